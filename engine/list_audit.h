/*
 * list_audit.h - lists that go live, into the audit log
 *
 * Directive (EU) 2016/681 Art. 6(3)(a), 13(5): what was compared with what, and
 * since when. One LIST_CHANGE for each snapshot or delta that an engine takes
 * up, also when it starts, with the hash that its COLLECT events and hits have.
 */
#ifndef ENGINE_LIST_AUDIT_H
#define ENGINE_LIST_AUDIT_H

#include "engine/list_set.h"

/*
 * Put on record that `s` is live, in a connection of its own to the settings'
 * database. Threads: any. Returns 0, or as pg_open() or audit_record().
 */
MUST_CHECK int list_audit_live(const struct config *c, const struct list_set *s,
			       struct err *e);

#endif
