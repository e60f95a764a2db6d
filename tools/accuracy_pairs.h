/*
 * accuracy_pairs.h - pairs of names from a table, scored as a list would be
 */
#ifndef TOOLS_ACCURACY_PAIRS_H
#define TOOLS_ACCURACY_PAIRS_H

#include "tools/accuracy.h"
#include "tools/tsv.h"

/* What to make of a table's rows. */
struct pairs_options {
	struct str where; /* COLUMN=VALUE,...; absent: all rows */
	int from, to;	  /* print pairs whose score is there, with `print` */
	bool print;
};

/*
 * Score the pairs of `t`: columns name_a and name_b (or name and alias, or
 * name1 and name2), expected (or is_match: yes, no, true, false; rows with
 * anything else are passed over; without the column all should match),
 * optionally birth_a and birth_b. A name is "SURNAME, GIVEN", "SURNAME/GIVEN"
 * or written in one. name_a is what a carrier sent, all name_b are one list,
 * which gives the weights. A birth date that disagrees makes the score 0.
 *
 * Returns 0; ERR_SYNTAX without the columns; ERR_VALUE for a date or a `where`
 * that cannot be read; ERR_NOMEM. The error says the line, no values.
 */
MUST_CHECK int accuracy_of_pairs(struct accuracy *out, struct tsv *t,
				 const struct pairs_options *o, struct err *e);

/* A name as a table has it in one column. */
void accuracy_name(struct str name, struct str *surname, struct str *given);

/* May the row in hand stay? `where` as above. False and e->code set: a column
 * that is not there. */
bool accuracy_where(const struct tsv *t, struct str where, struct err *e);

#endif
