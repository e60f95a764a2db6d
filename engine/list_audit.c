#include "engine/list_audit.h"

#include "db/audit.h"
#include "watchlist/delta.h"

enum { HEX_DIGITS = 16 }; /* of a hash, as batch_audit.c has it */

/* The lists' ids; those beyond what an event takes are left out. */
static struct audit_codes lists_of(const struct watchlist *wl, struct arena *a)
{
	uint32_t nr =
		wl->nr_list < AUDIT_CODES_MAX ? wl->nr_list : AUDIT_CODES_MAX;
	struct str *id = arena_alloc(a, (nr + 1) * sizeof(*id));

	for (uint32_t i = 0; i < nr; i++)
		id[i] = watchlist_text(wl, wl->list[i].id);
	return (struct audit_codes){ nr ? id : NULL, nr };
}

int list_audit_live(const struct config *c, const struct list_set *s,
		    struct err *e)
{
	const struct pg_settings settings = {
		.conninfo = c->database,
		.application = "paxgate lists",
		.lock_ms = (int)c->lock_timeout_ms,
	};
	char hex[2 * CRYPT_HASH_LEN + 1];
	struct arena a = { 0 };
	struct pg *pg = NULL;
	struct audit_event ev = {
		.operation = AUDIT_LIST_CHANGE,
		.list_state = STR("live"),
		.records = lists_of(s->base, &a),
		.results = { s->base->nr_entry, true }, /* entries that count */
		.delta = { s->delta->sequence, s->delta->sequence != 0 },
	};

	crypt_to_hex(hex, s->hash, CRYPT_HASH_LEN);
	ev.list_version = (struct str){ hex, HEX_DIGITS };
	if (s->delta->added)
		ev.results.v += s->delta->added->nr_entry;
	for (uint32_t i = 0; s->hidden && i < s->base->nr_entry; i++)
		ev.results.v -= s->hidden[i];
	if (!pg_open(&pg, &settings, e))
		(void)!audit_record(pg, &ev, e);
	pg_close(pg);
	arena_release(&a);
	return e->code;
}
