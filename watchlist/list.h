/*
 * list.h - a registered list with its entries; our own CSV read
 *
 * Formats: doc/watchlists.md. Entries whose offence is not one the sheet and
 * the catalogue have are left out and counted (law: only lists for terrorist
 * offences and serious crime), and so are those that have run out.
 *
 * Lifetime: everything is in the arena. Threads: none of its own.
 */
#ifndef WATCHLIST_LIST_H
#define WATCHLIST_LIST_H

#include "watchlist/entry.h"
#include "watchlist/list_version.h"
#include "watchlist/sheet.h"

/*
 * What was not as expected and did not refuse the list. A zeroed struct only
 * counts.
 */
struct list_warnings {
	void (*say)(void *ctx, const char *text); /* "FILE: line L: ..." */
	void *ctx;
	const char *file; /* where the reader is */
	size_t line;
	uint32_t nr;
};

/* One more, at the reader's place. No personal values in it. */
void list_warn(struct list_warnings *w, const char *fmt, ...) PRINTF(2, 3);

struct watch_list {
	struct watch_sheet sheet;
	uint8_t version[LIST_VERSION]; /* of its files; 0: not stated */
	struct watch_entry *entries;   /* sorted by id */
	uint32_t nr_entries;
	uint32_t left_out_offence; /* not in the catalogue or the sheet */
	uint32_t left_out_expired;
	uint32_t left_out_bad;	/* rows that cannot be read */
	uint32_t left_out_same; /* alerts that stand twice: list_merge.h */
	/* of lists that others publish */
	uint32_t left_out_kind; /* no persons: firms, ships, aircraft */
	uint32_t unread;	/* values of entries that cannot be read */
};

/*
 * Read the entries of the list `sheet` from its CSV text. Returns 0, or an
 * error whose text begins "line L, column 'C': ". Two entries of one id are
 * refused.
 */
MUST_CHECK int watch_list_read(struct watch_list *out, struct arena *a,
			       const struct watch_sheet *sheet, struct str text,
			       const struct watch_registers *law,
			       struct err *e);

/*
 * The same, going on behind rows that cannot be read: they are left out,
 * counted and warned of, each by itself. Only a header that is none, or a file
 * of whose rows none can be read, is refused.
 */
MUST_CHECK int watch_list_read_on(struct watch_list *out, struct arena *a,
				  const struct watch_sheet *sheet,
				  struct str text,
				  const struct watch_registers *law,
				  struct list_warnings *w, struct err *e);

#endif
