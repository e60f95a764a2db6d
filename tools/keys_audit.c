#include "tools/keys_audit.h"

#include "law/signkey.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int keys_audit_create(const struct config *c, bool if_missing, struct err *e)
{
	if (if_missing && !access(c->audit_key, F_OK) &&
	    !access(c->audit_public, F_OK))
		return 0;
	if (sign_pair_create(c->audit_key, c->audit_public, e))
		return e->code;
	printf("made %s (secret) and %s (public), for the audit log\n",
	       c->audit_key, c->audit_public);
	return 0;
}

int keys_audit_check(const struct config *c, struct err *e)
{
	struct sign_pair *pair = NULL;
	uint8_t(*key)[CRYPT_KEY_LEN] = NULL;
	struct arena a = { 0 };
	uint32_t nr = 0;

	if (!sign_pair_load(&pair, c->audit_key, e) &&
	    !sign_keys_load(&key, &nr, c->audit_public, &a, e) &&
	    memcmp(key[nr - 1], pair->public_half, CRYPT_KEY_LEN))
		(void)err_at(e, ERR_INTEGRITY, 0,
			     "the last key of '%s' is not the public half of "
			     "'%s'",
			     c->audit_public, c->audit_key);
	sign_pair_free(pair);
	arena_release(&a);
	return e->code;
}
