/*
 * bench_swap.h - what it costs to take over other watchlists or profiles
 */
#ifndef TOOLS_BENCH_SWAP_H
#define TOOLS_BENCH_SWAP_H

#include "tools/bench.h"

/*
 * Print watchlist.swap_load (open, check, test and hash the snapshot beside the
 * old one), watchlist.swap_pause (what a worker waits between two batches) and
 * watchlist.delta_load (the same snapshot, a delta of one withdrawal), with a
 * copy of the snapshot in the scratch folder. `of` says what was measured on.
 * Returns 0 or the error.
 */
MUST_CHECK int bench_swap(struct bench *b, const char *of, struct err *e);

/*
 * Print profiles.swap_load (10,000 profiles read, checked and compiled, in a
 * thread of its own in the engine) and profiles.swap_pause (what a worker waits
 * between two batches, without the transaction that says from which offsets on
 * they hold, and the first traveller with them). Returns 0 or the error.
 */
MUST_CHECK int bench_profile_swap(struct bench *b, struct err *e);

#endif
