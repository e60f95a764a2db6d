/*
 * bench_many.h - more profiles than anybody has written, to measure with
 *
 * Made of the conditions that etc/profiles has, with bounds, airports and
 * countries of their own: at least half of the predicates are distinct. They
 * pass every check that an author's do. Same number, seed and day, same texts.
 */
#ifndef TOOLS_BENCH_MANY_H
#define TOOLS_BENCH_MANY_H

#include "rules/profile_set.h"
#include "tools/bench.h"

enum { BENCH_MANY_SEED = 5 };

/*
 * Write `nr` profiles, named "made-00000" and so on, valid around the day
 * `today` (of 1970), into the arena: the array, for profile_set_read().
 */
const struct profile_text *bench_many_make(uint32_t nr, uint64_t seed,
					   int64_t today, struct arena *a);

/*
 * As many as b->many asks for, as files in the scratch folder with approvals of
 * an approver made up for it; the settings name them. Call crypt_init() first.
 * Returns 0 or an err_code.
 */
MUST_CHECK int bench_many_files(struct bench *b, struct err *e);

#endif
