/*
 * accuracy_people.h - travellers from a table against a snapshot
 */
#ifndef TOOLS_ACCURACY_PEOPLE_H
#define TOOLS_ACCURACY_PEOPLE_H

#include "tools/tsv.h"
#include "watchlist/match.h"

/* How many travellers had a match, by the best class. */
struct people_count {
	uint32_t asked, matched[WATCH_NO_MATCH];
};

/*
 * Ask `wl` about each row of `t`: columns surname and given (or last_name,
 * first_name and middle_name, or full_name or name), birth_date (or
 * date_of_birth), sex (or gender), nationality, by code or by name; all but
 * the name may lack. `where` as in accuracy_pairs.h. With `print` the matches
 * of class and score are printed with the line they are for.
 *
 * Returns 0, ERR_SYNTAX without a column of names, ERR_NOMEM, or what
 * accuracy_where() gave.
 */
MUST_CHECK int accuracy_of_people(struct people_count *out, struct tsv *t,
				  const struct watchlist *wl, struct str where,
				  bool print, struct err *e);

#endif
