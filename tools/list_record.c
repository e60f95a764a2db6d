#include "tools/list_record.h"

#include "db/audit.h"
#include "tools/database.h"

enum { HEX_DIGITS = 16 }; /* of a hash, as engine/list_audit.c has it */

static int put(struct pg *pg, const struct list_change *x, struct err *e)
{
	uint8_t hash[CRYPT_HASH_LEN];
	char hex[2 * CRYPT_HASH_LEN + 1];
	bool few = x->nr && x->nr <= AUDIT_CODES_MAX;
	struct audit_event ev = {
		.operation = AUDIT_LIST_CHANGE,
		.list_state = str_of(x->state),
		.records = { few ? x->name : NULL, few ? x->nr : 0 },
		.results = { x->entries, true },
		.delta = { x->delta, x->delta != 0 },
	};

	crypt_hash(hash, "watchlist", &x->snapshot, 1);
	crypt_to_hex(hex, hash, CRYPT_HASH_LEN);
	ev.list_version = (struct str){ hex, HEX_DIGITS };
	return audit_record(pg, &ev, e);
}

int list_record_put(const struct list_record *r,
		    const struct list_change *change, struct err *e)
{
	struct arena a = { 0 };
	struct pg *pg = NULL;
	struct config c;

	if (!r->config && !r->database)
		return 0;
	if (!tool_settings(&c, r->config, r->database, &a, e) &&
	    !database_open_checked(&pg, &c, e) && !crypt_init(e))
		(void)!put(pg, change, e);
	pg_close(pg);
	arena_release(&a);
	return e->code;
}
