/*
 * keys_audit.h - the audit log's key, as `paxgate keys` makes and checks it
 */
#ifndef TOOLS_KEYS_AUDIT_H
#define TOOLS_KEYS_AUDIT_H

#include "engine/config.h"

/*
 * Make the pair where keys.audit and keys.audit_public say, and tell. With
 * `if_missing` a pair that is there stays. As sign_pair_create().
 */
MUST_CHECK int keys_audit_create(const struct config *c, bool if_missing,
				 struct err *e);

/*
 * Is the secret half closed to others, and its public half the last one of the
 * public file? ERR_INTEGRITY when not; else as sign_pair_load().
 */
MUST_CHECK int keys_audit_check(const struct config *c, struct err *e);

#endif
