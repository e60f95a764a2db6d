/*
 * perf_table.h - what profiles cost, as lines for people
 *
 * Reads what rules_costs_write() writes, whoever ran it. Threads: one.
 */
#ifndef TOOLS_PERF_TABLE_H
#define TOOLS_PERF_TABLE_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Append tables of the first `top` profiles and predicates of `lines`. Returns
 * 0, or ERR_SYNTAX with the number of the line that is none of them in e->pos.
 */
MUST_CHECK int perf_table_write(struct buf *out, struct str lines, int64_t top,
				struct err *e);

#endif
