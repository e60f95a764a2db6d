/*
 * period.h - legal periods and the days they end on
 *
 * A period is written as ISO 8601 does, "P6M", "P5Y6M", "P30D", and added as
 * a calendar would: months first, cut to the last day of a shorter month,
 * then days. 31 August and six months is 28 February, 29 in a leap year.
 */
#ifndef LAW_PERIOD_H
#define LAW_PERIOD_H

#include "base/date.h"

struct period {
	uint32_t months, days; /* years count as 12 months; both 0: absent */
};

enum {
	PERIOD_MAX_MONTHS = 1200,
	PERIOD_MAX_DAYS = 36525,
};

static inline bool period_is_set(struct period p)
{
	return p.months || p.days;
}

/*
 * Read "PnYnMnD", each part once and in this order, at least one, not zero
 * altogether, at most a hundred years. False: not of that form.
 */
MUST_CHECK bool period_read(struct str s, struct period *out);

/* The day a period ends that begins on the full date `d`. */
struct date period_after(struct date d, struct period p);

#endif
