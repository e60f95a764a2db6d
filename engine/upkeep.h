/*
 * upkeep.h - what comes due of profiles by itself
 *
 * A profile that hit more than its share of a day's travellers is suspended,
 * one whose last day is over expires, one that reads traits of persons goes
 * back into shadow when its test of disparity is too old or failed. Each is a
 * new version of the set, with an alarm in the log. Reviews are announced 30,
 * 7 and 1 days ahead.
 */
#ifndef ENGINE_UPKEEP_H
#define ENGINE_UPKEEP_H

#include "engine/edition_make.h"

struct upkeep {
	struct date announced; /* the day whose reviews are announced */
};

/*
 * Look once, with what runs now. `today` is the machine's day, UTC: what
 * follows from it is recorded as a version. Returns 0 or as pg_run().
 */
MUST_CHECK int upkeep(struct upkeep *u, const struct edition_source *s,
		      const struct edition *ed, struct date today,
		      struct err *e);

#endif
