/*
 * profiles_audit.h - changes of profiles into the audit log
 *
 * For profiles.c alone: whoever changes the registry through it has the change
 * on record, in the same transaction. Threads: as the connection.
 */
#ifndef DB_PROFILES_AUDIT_H
#define DB_PROFILES_AUDIT_H

#include "db/profiles.h"

/*
 * One RULE_CHANGE for each profile and each named list in which `now`, a
 * version that is being added, differs from the version before: state, revision
 * or text; "removed" for what is not in it any more. `reason` says why, unless
 * the item does. Returns 0 or as audit_record().
 */
MUST_CHECK int profiles_audit(struct pg *pg, const struct profile_items *now,
			      struct str reason, struct err *e);

/*
 * One RULE_CHANGE for one revision: "committed", or "approved" by `approver`
 * (absent otherwise). As audit_record().
 */
MUST_CHECK int profiles_audit_revision(struct pg *pg, struct str name,
				       int32_t revision, const char *state,
				       struct str approver, struct err *e);

#endif
