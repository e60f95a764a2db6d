/*
 * bench_swap.h - what it costs to take over other watchlists
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

#endif
