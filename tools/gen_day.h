/*
 * gen_day.h - writes an invented day: messages, truth, manifest, summary
 *
 * Files of a day, KEY being the flight's key as in "X9-417-2026-11-14-CMN";
 * names sort in the order of sending:
 *
 *	KEY-1-pnrgov-48h.edi	KEY-2-pnrgov-24h.edi	KEY-3-crew.edi
 *	KEY-4-paxlst-01.edi ...	KEY-5-pnrgov-closure.edi
 *	truth.ndjson  manifest.ndjson  summary.json
 *
 * doc/generator.md says what stands in the last three.
 */
#ifndef TOOLS_GEN_DAY_H
#define TOOLS_GEN_DAY_H

#include "base/err.h"
#include "tools/gen_flight.h"
#include "tools/gen_plan.h"

struct gen_totals {
	int64_t travellers, bookings, messages,
		bytes; /* at closure: first two */
};

/*
 * Write the whole day to `dir`. `progress` may be NULL; else it is called
 * after each flight. Returns 0, or an err_code.
 */
MUST_CHECK int gen_day_write(struct gen_totals *out, const struct gen_day *day,
			     const struct gen_flight *flights,
			     const struct gen_plan *plan, const char *dir,
			     void (*progress)(int done, int of), struct err *e);

#endif
