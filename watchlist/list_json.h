/*
 * list_json.h - a list of ours as JSON lines
 *
 * Each line is an entry in the form of the canonical record that evidence
 * keeps (evidence.h), without what the build or the sheet says:
 *
 *	{"id": "W-1", "reference": "AT/26/0001", "offence": "04",
 *	 "valid_until": "2027-06-30",
 *	 "names": [{"surname": "DOE", "given": "JANE"}],
 *	 "birth_dates": ["1970-02-14", "1971"], "sex": "F",
 *	 "nationalities": ["AUT"], "birth_place": "Linz",
 *	 "documents": [{"number": "P1234567", "issuer": "AUT", "type": "P"}]}
 *
 * doc/watchlists.md says which members must be there. An unknown member is an
 * error: it may be one that matters, misspelt.
 */
#ifndef WATCHLIST_LIST_JSON_H
#define WATCHLIST_LIST_JSON_H

#include "watchlist/list.h"

/*
 * As watch_list_read_on(): rows that cannot be read are left out, counted and
 * warned of; ERR_VALUE when there is no row that is an entry's, though the
 * file is not empty. Everything is in the arena.
 */
MUST_CHECK int list_json_read(struct watch_list *out, struct arena *a,
			      const struct watch_sheet *sheet, struct str text,
			      const struct watch_registers *law,
			      struct list_warnings *w, struct err *e);

#endif
