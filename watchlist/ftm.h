/*
 * ftm.h - lists in the form of FollowTheMoney, as OpenSanctions publishes them
 *
 * JSON lines, an entity each: {"id", "schema", "properties": {NAME: [...]}}.
 * Both of the published forms are read: entities.ftm.json, where documents and
 * sanctions are lines of their own that name their person, and
 * targets.nested.json, where they stand inside of him.
 *
 * Read are persons with a topic, or a sanction of a programme, that the sheet
 * maps to an offence. Politically exposed persons, relatives and persons of
 * interest are not sought: they are left out and counted, and a sheet that
 * maps such a topic is refused (sheet.h). doc/watchlists.md says what is read.
 *
 * Lifetime: everything is in the arena. Threads: none of its own.
 */
#ifndef WATCHLIST_FTM_H
#define WATCHLIST_FTM_H

#include "watchlist/list.h"

/*
 * Read the list `sheet` (of format SHEET_FTM). Returns 0, or ERR_VALUE when no
 * line is an entity.
 */
MUST_CHECK int ftm_list_read(struct watch_list *out, struct arena *a,
			     const struct watch_sheet *sheet, struct str text,
			     struct list_warnings *w, struct err *e);

#endif
