/*
 * hits_table.h - hits as lines, without personal data
 */
#ifndef TOOLS_HITS_TABLE_H
#define TOOLS_HITS_TABLE_H

#include "base/buf.h"
#include "db/false_match.h"
#include "db/query.h"

/*
 * Append a table with a heading, in the order given. URGENCY is the time from
 * `now` (UTC) to departure: "in 45m", "in 22h05m", "in 3d04h", "departed", or
 * "unknown" when no departure is known.
 */
void hits_table(struct buf *out, const struct hit_view *v, uint32_t nr,
		struct moment now);

/* Append the time from `now` to `until`, likewise, padded to a column. */
void hits_table_left(struct buf *out, struct moment until, struct moment now);

/*
 * Append what the row of one hit says and how good the carrier's data of the
 * traveller are, some lines and a blank one.
 */
void hits_table_head(struct buf *out, const struct hit_view *v,
		     const struct quality_view *q);

/*
 * Append why a hit is suppressed, a line and a blank one; `m` without a reason:
 * the register does not say any more.
 */
void hits_table_suppressed(struct buf *out, const struct false_match *m);

#endif
