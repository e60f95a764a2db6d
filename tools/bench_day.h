/*
 * bench_day.h - the day of traffic that figures are taken on
 *
 * The same bytes each time: made by the functions behind `paxgate gen`, or a
 * folder that command has filled. Held in memory as payloads, and, once
 * linked, as the travellers that screening sees.
 *
 *	bench_day_make(dir, flights, &e);
 *	bench_day_load(&day, dir, &e);
 *	bench_day_link(&day, &set, scope, &e);
 *	bench_day_release(&day);
 *
 * Lifetime: all is the day's own. Threads: one.
 */
#ifndef TOOLS_BENCH_DAY_H
#define TOOLS_BENCH_DAY_H

#include "engine/screen_files.h"

struct bench_file {
	struct str bytes;
	bool is_pnrgov;
};

/* A traveller on a flight, as all messages of the day together tell. */
struct bench_person {
	const struct flight_state *flight;
	const struct linked *linked;
	struct subject subject;
};

struct bench_day {
	struct arena arena;
	struct bench_file *file; /* by name */
	uint32_t nr_file;
	struct screen_files linked; /* flights; zeroed until linked */
	struct bench_person *person;
	uint32_t nr_person;
};

/* Most persons whose records are held; evenly spread over a longer day. */
enum { BENCH_PERSONS = 5000 };

/* Write an invented day into the empty or missing folder `dir`. */
MUST_CHECK int bench_day_make(const char *dir, int flights, struct err *e);

/*
 * Read all *.edi of a folder. Returns 0, ERR_IO, or ERR_USAGE when there are
 * none.
 */
MUST_CHECK int bench_day_load(struct bench_day *day, const char *dir,
			      struct err *e);

/* Link its messages and build the subjects. `set` and `scope` are borrowed. */
MUST_CHECK int bench_day_link(struct bench_day *day,
			      const struct screen_set *set,
			      const struct scope *scope, struct err *e);

/* The two sides a linked traveller is made of. */
struct screen_input bench_input(const struct linked *l, struct moment at);

/* Free it; a zeroed day is fine. */
void bench_day_release(struct bench_day *day);

#endif
