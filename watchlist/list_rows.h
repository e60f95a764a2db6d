/*
 * list_rows.h - what the readers of all formats have in common
 *
 *	struct list_reading r = { .list = &list, .arena = a, ... };
 *	rc = list_admit(&r, &n, &row, e);	may this entry be used?
 *	list_keep(&r, &n, line);
 *	list_leave_out(&r, line, &wrong);	a row that is none
 *	rc = list_finish(&r, e);
 *
 * Lifetime: everything is in the arena. Threads: none of its own.
 */
#ifndef WATCHLIST_LIST_ROWS_H
#define WATCHLIST_LIST_ROWS_H

#include "watchlist/list.h"

/* An entry and where it stood. */
struct listed {
	struct watch_entry entry;
	size_t line;
};

struct list_reading {
	struct watch_list *list;
	struct arena *arena;
	const struct watch_registers *law;
	struct list_warnings *w; /* NULL: the first bad row is an error */
	struct listed *listed;	 /* grows by list_keep() */
	uint32_t nr_listed;
};

/* What every entry of a list of ours states. */
struct list_ground {
	struct str id, reference, offence, valid_until;
};

/*
 * Is the entry one that the list may be used for? 1: yes, its ground is filled
 * in; 0: left out and counted, for its offence or as run out; ERR_VALUE when
 * `valid_until` is no date.
 */
MUST_CHECK int list_admit(struct list_reading *r, struct watch_entry *n,
			  const struct list_ground *g, struct err *e);

/* The offence of the sheet's first programme that is `name`, or absent. */
struct str list_program(const struct watch_sheet *s, struct str name);

/*
 * Fill in what an entry of another's list has from the sheet: list, validity,
 * threshold.
 */
void list_ground_of_sheet(struct watch_entry *n, const struct watch_sheet *s);

/* Keep an entry that stood at `line`. */
void list_keep(struct list_reading *r, const struct watch_entry *n,
	       size_t line);

/*
 * A row that cannot be used: counted, and warned of with the text of `e`,
 * which may begin "line L". `r->w` must be there.
 */
void list_leave_out(struct list_reading *r, size_t line, const struct err *e);

/*
 * Sort the entries by id into the list. Of two with one id the one that stood
 * first stays; without warnings that is ERR_VALUE.
 */
MUST_CHECK int list_finish(struct list_reading *r, struct err *e);

#endif
