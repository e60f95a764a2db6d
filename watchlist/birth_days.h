/*
 * birth_days.h - birth dates as keys to sort by, and which keys may agree
 *
 * The index keeps names by birth date, so that a search looks only at those
 * whose date does not disagree (birth.h). A set of listed dates has a key for
 * each full date, one for each year of a range, and one of two keys where that
 * would be too many or none. What a traveller's date may agree with are a few
 * ranges of keys.
 *
 * Never too few: whatever birth_compare_set() does not call a disagreement has
 * a key in the ranges. Pure functions.
 */
#ifndef WATCHLIST_BIRTH_DAYS_H
#define WATCHLIST_BIRTH_DAYS_H

#include "watchlist/birth.h"

enum {
	BIRTH_KEY_NONE = INT32_MIN, /* no date is known */
	BIRTH_KEY_WIDE,		    /* a range of more than BIRTH_YEARS years */
	BIRTH_KEY_YEAR,		    /* and of year y: plus y */
	/* full dates: days since 1970, far above these */

	BIRTH_YEARS = 8,
	BIRTH_KEYS = 256, /* of an entry; more: BIRTH_KEY_WIDE alone */
	/* same, exchanged, 1 January, 8 * 9 digits, 7 exchanges; and wide,
	 * year or years, days of a month or year as one range */
	BIRTH_RANGES = 96,
};

/* Keys from `from` to `to`, both included. */
struct birth_keys {
	int32_t from, to;
};

/*
 * The keys of a set of `nr` listed ranges, rising, each once; at least one.
 * `out` has room for BIRTH_KEYS.
 */
uint32_t birth_keys_of_set(const struct birth_range *listed, size_t nr,
			   int32_t *out);

/*
 * The keys that a date (set and valid) may agree with, rising and apart;
 * BIRTH_KEY_NONE is not among them. `out` has room for BIRTH_RANGES.
 */
uint32_t birth_keys_near(struct date d, struct birth_keys *out);

#endif
