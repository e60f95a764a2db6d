/*
 * entry_add.h - an entry's sets grow within their limits
 *
 * For those who read lists. Each call says whether there was room: what to do
 * when there was none is the reader's business, but it is never silent.
 * Everything is in the arena; the arrays grow through these calls only.
 */
#ifndef WATCHLIST_ENTRY_ADD_H
#define WATCHLIST_ENTRY_ADD_H

#include "base/arena.h"
#include "watchlist/entry.h"

/*
 * Of an entry: names, and members of each other set; a snapshot counts them in
 * a byte. The US Treasury's list has up to 46 names of one person.
 */
enum { LIST_NAMES = 128, LIST_VALUES = 32 };

/* A name, copied without blanks at its ends. False: there are LIST_NAMES. */
MUST_CHECK bool entry_add_name(struct watch_entry *n, struct arena *a,
			       struct str surname, struct str given);

/*
 * A name in one text: "DOE, John"; without a comma, whose order nobody knows,
 * all of it is the surname (score.h lets parts cross for little).
 */
void entry_name_split(struct str name, struct str *surname, struct str *given);

/* A range of birth dates. False: there are LIST_VALUES; so below. */
MUST_CHECK bool entry_add_birth(struct watch_entry *n, struct arena *a,
				struct birth_range range);
/* A canonical code, borrowed. */
MUST_CHECK bool entry_add_nationality(struct watch_entry *n, struct arena *a,
				      struct str code);
/* A document; its texts are borrowed. */
MUST_CHECK bool entry_add_document(struct watch_entry *n, struct arena *a,
				   const struct watch_document *d);

#endif
