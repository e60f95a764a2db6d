/*
 * approve.h - which profiles of a folder are approved
 *
 * A profile with a valid signature beside it (FILE.yaml.sig, law/approval.h)
 * is live; one without, or with one that does not count, is a draft; one that
 * reads traits of persons stays in shadow until a test of disparity is on
 * record, which a folder has none of.
 */
#ifndef ENGINE_APPROVE_H
#define ENGINE_APPROVE_H

#include "law/approval.h"
#include "rules/profile_set.h"

/*
 * Give each profile its state, before the set is shared. What does not count
 * is logged with its reason. Returns 0, or an error of the register.
 */
MUST_CHECK int approve_by_files(struct profile_set *set, const char *register_,
				struct err *e);

/*
 * The approval beside a profile's file: 1 when it counts, 0 when there is
 * none, or the error that says why it does not. Texts in the arena.
 */
MUST_CHECK int approve_read(struct approval *out, const struct profile *p,
			    const struct approvers *r, struct arena *a,
			    struct err *e);

#endif
