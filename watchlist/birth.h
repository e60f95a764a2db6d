/*
 * birth.h - birth dates as sets of ranges of days, and how two of them agree
 *
 * Lists know several dates of a person, or a year, or a span; carriers send a
 * date that may lack its day or month. doc/matching.md has the table.
 * Pure functions on values.
 */
#ifndef WATCHLIST_BIRTH_H
#define WATCHLIST_BIRTH_H

#include "base/date.h"

/* How a feature of the traveller compares with the entry's. */
enum watch_verdict {
	WATCH_UNKNOWN, /* one of the two does not say */
	WATCH_AGREE,
	WATCH_PARTIAL,
	WATCH_DISAGREE,
};

/* Days since 1970-01-01, both ends included; one day: a full date. */
struct birth_range {
	int32_t from, to;
};

/*
 * Read "1970-02-14", "1970-02", "1970" or "FROM..TO" of such. False: not of
 * that form, no such date, or the end before the beginning.
 */
MUST_CHECK bool birth_read(struct str s, struct birth_range *out);

/* Write it as read, in the shortest way that says the same. */
void birth_write(struct buf *b, struct birth_range r);

/*
 * "About that date": whole years, so many more on both sides, within years 1
 * to 9999.
 */
enum { BIRTH_CIRCA_YEARS = 2 };
void birth_widen(struct birth_range *r, int years);

/* The days that a date, perhaps partial, may mean; it must be set. */
struct birth_range birth_of_date(struct date d);

/*
 * Two ranges. AGREE: the same full date. PARTIAL: one is not a full date and
 * they overlap; or two full dates of which one is the other with day and
 * month exchanged, or one is 1 January (a dummy) of the other's year, or that
 * differ by one digit or two neighbouring digits exchanged (YYYYMMDD).
 * DISAGREE: anything else. Symmetric.
 */
enum watch_verdict birth_compare(struct birth_range a, struct birth_range b);

/* The best verdict against any of `nr` listed ranges; none or no date:
 * unknown. */
enum watch_verdict
birth_compare_set(struct date d, const struct birth_range *listed, size_t nr);

#endif
