/*
 * bench_resident.h - how much memory watchlists hold
 */
#ifndef TOOLS_BENCH_RESIDENT_H
#define TOOLS_BENCH_RESIDENT_H

#include "tools/bench.h"
#include "watchlist/query.h"

/*
 * Print watchlist.resident (a snapshot and the working memory of two workers
 * that have looked for all the queries) and watchlist.swap_resident (the most
 * that is held while another is loaded, tested and taken over beside it): what
 * the process has more than before, pages of the file included. `of` says what
 * was measured on. Returns 0 or the error.
 */
MUST_CHECK int bench_resident(struct bench *b, const struct watch_query *query,
			      uint32_t nr_query, const char *of, struct err *e);

#endif
