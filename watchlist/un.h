/*
 * un.h - the consolidated list of the United Nations Security Council, XML
 *
 * Read are individuals of a sanctions list (UN_LIST_TYPE) that the sheet maps
 * to an offence; entities are no persons. Published by others, it is read as
 * far as it can be: an individual that is none is warned of and left out, so
 * is a value. doc/watchlists.md says what is read from where. Structure: the
 * list's own schema, consolidated.xsd, of the Secretariat.
 *
 * Lifetime: everything is in the arena. Threads: none of its own.
 */
#ifndef WATCHLIST_UN_H
#define WATCHLIST_UN_H

#include "watchlist/list.h"

/*
 * Read the list `sheet` (of format SHEET_UN). Returns 0; ERR_SYNTAX or
 * ERR_LIMIT, "line L: ...", for a file that is no XML to its end: there is no
 * going on behind that; ERR_VALUE when no individual or entity is in it.
 */
MUST_CHECK int un_list_read(struct watch_list *out, struct arena *a,
			    const struct watch_sheet *sheet, struct str text,
			    struct list_warnings *w, struct err *e);

#endif
