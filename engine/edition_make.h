/*
 * edition_make.h - new versions of the profile set
 *
 * One is made when the engine starts on a folder that holds other profiles than
 * the newest version, by the commands that activate and suspend, and by the
 * engine itself for a budget or a last day. Whoever makes one holds the
 * registry's lock; engines that run take it up by themselves.
 */
#ifndef ENGINE_EDITION_MAKE_H
#define ENGINE_EDITION_MAKE_H

#include "engine/edition.h"

enum { DISPARITY_DAYS = 31 }; /* a test of disparity holds for so long */

/* What becomes of one profile. */
struct edition_change {
	struct str name;
	struct str state;		     /* suspended, live, ... */
	struct str why;			     /* absent: nobody said */
	const struct profile_revision *text; /* NULL: as it is */
};

/*
 * Make a version out of the newest one and some changes; with `lists`, the
 * lists are those of screen.lists. *version is the newest one when nothing
 * changes. Returns 0; ERR_USAGE for a profile that is not in the set and has
 * no text; a fault of a profile; or as pg_run().
 */
MUST_CHECK int edition_change(int64_t *version, const struct edition_source *s,
			      const struct edition_change *change, uint32_t nr,
			      bool lists, struct str reason, struct err *e);

/*
 * The folder screen.profiles with its lists, read and checked: before there is
 * a database. Returns 0, ERR_IO or a fault of a file.
 */
struct edition_folder;
MUST_CHECK int edition_folder_read(struct edition_folder **out,
				   const struct config *c,
				   const struct screen_set *base,
				   struct err *e);
/* Free it; NULL is fine. */
void edition_folder_free(struct edition_folder *f);

/*
 * Its edition: the newest version, if that says the same, or a new one. A
 * profile with a valid signature beside it is live, another one a draft; one
 * that reads traits of persons stays in shadow without a test of disparity;
 * what was suspended stays so until a higher revision; one whose last day is
 * before `today` is expired. Revisions and approvals are kept. Returns 0 or as
 * pg_run().
 */
MUST_CHECK int edition_of_folder(struct edition **out,
				 const struct edition_source *s,
				 const struct edition_folder *f,
				 struct date today, struct err *e);

/* The newest version of the registry; the first one, without profiles. */
MUST_CHECK int edition_of_registry(struct edition **out,
				   const struct edition_source *s,
				   struct err *e);

/*
 * Add items (of any order) as the next version, in the open transaction, and
 * build it. For edition_folder.c.
 */
MUST_CHECK int edition_publish(struct edition **out,
			       const struct edition_source *s,
			       struct profile_items *items, struct str reason,
			       struct err *e);

#endif
