#include "engine/rescreen.h"

#include "base/json_write.h"
#include "db/outbox.h"
#include "db/query.h"
#include "rules/reference.h"
#include "watchlist/delta.h"

#include <time.h>

enum { DAYS_BACK = 14 }; /* a flight's first message comes at most so early */

void rescreen_write(struct buf *out, struct str flight)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "kind", "rescreen");
	json_str(&j, "flight", flight);
	json_close(&j, '}');
}

/* Inbound until it arrives, else until it departs; not known: to come. */
static bool is_to_come(const struct engine *en, const struct flight_row *f,
		       int64_t now)
{
	const struct reference *r = en->set.reference;
	bool inbound =
		str_eq(reference_country(r, f->destination), en->set.country) &&
		moment_is_set(f->arrives);
	struct moment utc;
	int64_t east;

	if (!reference_to_utc(r, inbound ? f->destination : f->origin,
			      inbound ? f->arrives : f->departs, &utc, &east))
		return true;
	return utc.s > now;
}

static bool key_of(struct flight_key *key, const struct flight_row *row)
{
	struct flight f = { .carrier = row->carrier,
			    .number = row->number,
			    .origin = row->origin,
			    .departs = row->departs };
	struct err ignored = { 0 };

	return !flight_key_make(key, &f, &ignored);
}

/* The same flight and lists give the same row: it is asked once. */
static struct outbox_row message_of(const struct engine *en,
				    const struct list_set *lists,
				    const struct flight_key *key, int64_t now,
				    struct arena *a)
{
	struct str flight = arena_str(a, str_of(key->text));
	int64_t sequence = lists->delta->sequence;
	struct str part[] = {
		STR("rescreen"),
		flight,
		{ (const char *)lists->hash, CRYPT_HASH_LEN },
		{ (const char *)&sequence, sizeof(sequence) },
	};
	struct buf payload = { 0 };
	struct outbox_row row = {
		.outbox_id = crypt_id64("outbox", part, ARRAY_SIZE(part)),
		.topic = str_of(en->control_name),
		.key = flight,
		.created_at = { now, MOMENT_SECOND },
	};

	rescreen_write(&payload, flight);
	row.payload = arena_str(a, buf_view(&payload));
	buf_release(&payload);
	return row;
}

static int ask(uint32_t *asked, struct pg *pg, const struct engine *en,
	       const struct list_set *lists, struct arena *a, struct err *e)
{
	int64_t now = time(NULL);
	struct moment utc = { now, MOMENT_SECOND };
	struct outbox_row *row = NULL;
	struct flight_row *f;
	uint32_t nr;

	*asked = 0;
	if (query_flights(&f, &nr, pg,
			  (int32_t)(now / SECONDS_PER_DAY) - DAYS_BACK, utc, a,
			  e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		struct flight_key key;

		if (is_to_come(en, &f[i], now) && key_of(&key, &f[i]))
			*(struct outbox_row *)arena_push(a, &row, asked,
							 sizeof(*row)) =
				message_of(en, lists, &key, now, a);
	}
	return *asked ? outbox_put(pg, row, *asked, e) : 0;
}

int64_t rescreen_ask(const struct engine *en, const struct list_set *lists,
		     struct err *e)
{
	struct pg_settings settings = {
		.conninfo = en->config.database,
		.application = "paxgate lists",
		.lock_ms = (int)en->config.lock_timeout_ms,
	};
	struct arena a = { 0 };
	struct pg *pg = NULL;
	uint32_t nr = 0;

	if (!pg_open(&pg, &settings, e))
		(void)!ask(&nr, pg, en, lists, &a, e);
	pg_close(pg);
	arena_release(&a);
	return e->code ? e->code : (int64_t)nr;
}

int batch_rescreen(struct batch *b, const struct flight_key *key, struct err *e)
{
	struct flight_entry *f;
	struct row_maker m;

	if (flights_get(&f, b->flights, key,
			(int32_t)(b->received_at.s / SECONDS_PER_DAY), e))
		return e->code;
	if (!f->version && !f->has_pending)
		return 0;
	if (batch_row_maker(&m, b, f, e)) {
		if (e->code == ERR_LEGAL) /* masked: nobody travels any more */
			*e = (struct err){ 0 };
		return e->code;
	}
	if (!f->has_pending)
		link_again(&f->pending, &f->committed);
	f->has_pending = true;
	f->pending.rescreen = true;
	return 0;
}
