/*
 * carriers_table.h - counters of carriers as lines, without personal data
 */
#ifndef TOOLS_CARRIERS_TABLE_H
#define TOOLS_CARRIERS_TABLE_H

#include "base/buf.h"
#include "db/query.h"

/*
 * Append a table with a row a carrier, and below it what was wrong, a row a
 * carrier and code, and a row for each message that lacks parts. `row` is
 * sorted by carrier. A share of nothing is "-".
 */
void carriers_table(struct buf *out, const struct counter_row *row, uint32_t nr,
		    const struct series_row *series, uint32_t nr_series);

/*
 * Append one JSON object a line for each carrier: the columns of the table,
 * under "counts" all there is, under "parts_missing" messages that lack some. Shares and means are null without a base.
 */
void carriers_json(struct buf *out, const struct counter_row *row, uint32_t nr,
		   const struct counter_filter *f,
		   const struct series_row *series, uint32_t nr_series);

#endif
