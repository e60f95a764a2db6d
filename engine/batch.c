#include "engine/batch.h"

#include "engine/carrier_count.h"
#include "engine/in_scope.h"
#include "engine/quarantine.h"
#include "engine/sighting.h"

#include <string.h>

void batch_init(struct batch *b, struct engine *en, struct flights *f,
		struct screen_scratch *tmp, struct stage_clock *clock)
{
	*b = (struct batch){ .engine = en,
			     .flights = f,
			     .scratch = tmp,
			     .set = &en->set,
			     .clock = clock,
			     .topic = en->config.topic,
			     .group = en->config.group };
}

void batch_use(struct batch *b, const struct edition *ed)
{
	b->set = &ed->set;
	b->set_version = ed->version;
}

void batch_release(struct batch *b)
{
	arena_release(&b->arena);
}

void batch_clear(struct batch *b)
{
	struct arena arena = b->arena;

	arena_clear(&arena);
	*b = (struct batch){ .engine = b->engine,
			     .flights = b->flights,
			     .scratch = b->scratch,
			     .clock = b->clock,
			     .set = b->set,
			     .set_version = b->set_version,
			     .topic = b->topic,
			     .group = b->group,
			     .arena = arena };
}

static struct moment moment_of_ms(int64_t ms)
{
	return (struct moment){ ms / 1000, MOMENT_SECOND };
}

static int32_t day_of(struct moment m)
{
	return (int32_t)(m.s / SECONDS_PER_DAY);
}

void batch_claim_offset(struct batch *b, const struct source_message *m)
{
	for (uint32_t i = 0; i < b->rows.nr_offset; i++) {
		if (b->offset[i].part == m->partition) {
			b->offset[i].to = m->offset + 1;
			return;
		}
	}
	*BATCH_PUSH(b, offset) = (struct offset_claim){
		.topic = str_of(b->topic),
		.part = m->partition,
		.from = m->due,
		.to = m->offset + 1,
	};
}

void batch_quarantine(struct batch *b, const char *cluster,
		      const struct source_message *m, const char *code,
		      size_t byte, const char *sentence, struct str plain)
{
	char *hash = arena_alloc(&b->arena, CRYPT_HASH_LEN);
	struct str part[] = {
		str_of(cluster),
		str_of(b->topic),
		{ (const char *)&m->partition, sizeof(m->partition) },
		{ (const char *)&m->offset, sizeof(m->offset) },
		{ (const char *)&byte, sizeof(byte) },
	};

	crypt_hash((uint8_t *)hash, "payload", &m->payload, 1);
	*BATCH_PUSH(b, quarantine) = (struct quarantine_row){
		.quarantine_id =
			crypt_id64("quarantine", part, ARRAY_SIZE(part)),
		.cluster = arena_str(&b->arena, part[0]),
		.topic = part[1],
		.part = m->partition,
		.offset = m->offset,
		.received_at = moment_of_ms(m->timestamp_ms),
		.code = str_of(code),
		.byte = (int64_t)byte,
		.sentence = arena_str(&b->arena, str_of(sentence)),
		.payload_hash = { hash, CRYPT_HASH_LEN },
		.payload_len = (int64_t)m->payload.len,
		.skeleton = quarantine_skeleton(plain, &b->arena),
	};
	carrier_count_quarantined(b);
}

static bool has_slice(const struct batch *b, int64_t flight_id,
		      const uint8_t hash[CRYPT_HASH_LEN])
{
	for (uint32_t i = 0; i < b->rows.nr_slice; i++)
		if (b->slice[i].flight_id == flight_id &&
		    !memcmp(b->slice[i].slice_hash.ptr, hash, CRYPT_HASH_LEN))
			return true;
	return false;
}

static void add_slice(struct batch *b, const struct row_maker *m,
		      const struct archived *s, enum slice_kind kind)
{
	if (!has_slice(b, m->state->flight_id, s->hash))
		*BATCH_PUSH(b, slice) = rows_slice(m, s, kind);
}

/* Is this slice of a booking or of a passenger? No others are stored. */
static bool is_kept_slice(const struct message *m, uint32_t slice)
{
	for (uint32_t i = 0; i < m->nr_travellers; i++)
		if (m->travellers[i].slice == slice)
			return sighting_is_passenger(m, &m->travellers[i]);
	return true;
}

/* The earlier of two days, as a number; 0 when neither is set. */
static int32_t first_day(struct date x, struct date y)
{
	int64_t a = date_is_set(x) ? date_to_days(x) : 0;
	int64_t c = date_is_set(y) ? date_to_days(y) : 0;

	return (int32_t)(a && (!c || a < c) ? a : c);
}

int batch_row_maker(struct row_maker *m, struct batch *b,
		    const struct flight_entry *f, struct err *e)
{
	struct date day = date_from_days(f->clock_day);
	struct retention until =
		retention_dates(b->engine->regime, b->engine->nr_regime, day);

	*m = (struct row_maker){
		.arena = &b->arena,
		.state = &f->pending,
		.clock_day = f->clock_day,
		.mask_on = first_day(until.mask_on, until.delete_unlinked_on),
		.delete_on = first_day(until.delete_on, until.delete_on),
		.secret = b->engine->pair->secret_half
	};
	return key_folder_day(b->engine->keys, day, DAY_KEY_CREATE, &m->day_key,
			      e);
}

/* Link one message to its flight, and keep its slices. */
static int add_message(struct batch *b, const struct intake *in,
		       const struct parsed *p, const struct flight_key *key,
		       struct err *e)
{
	struct archived_message am;
	struct flight_entry *f;
	struct flight_state next;
	struct row_maker m;

	/* the day's key first: a masked day must not leave a pending state */
	if (flights_get(&f, b->flights, key, day_of(b->received_at), e) ||
	    batch_row_maker(&m, b, f, e))
		return e->code;
	archive_message(&am, in->archive, p, &b->arena);
	archive_seed(&b->cache, &am, p, &b->arena);
	link_apply(&next, f->has_pending ? &f->pending : &f->committed, p, &am);
	flight_state_release(&f->pending);
	f->pending = next;
	f->has_pending = true;
	batch_note_part(b, &f->pending, &p->message);
	add_slice(b, &m, &am.header, SLICE_HEADER);
	for (uint32_t i = 0; i < am.nr_slice; i++)
		if (is_kept_slice(&p->message, i))
			add_slice(b, &m, &am.slice[i],
				  p->message.nr_bookings
					  ? SLICE_BOOKING
					  : SLICE_TRAVELLER_GROUP);
	return 0;
}

/* A message that is stored. */
static void count_message(struct batch *b, const struct parsed *p,
			  const struct redaction *r)
{
	carrier_count_message(b, p);
	batch_count_removals(b, p, r);
}

/* Flights inside the Union: how many messages a decision let in, and which. */
static void count_decision(struct batch *b, struct str decision)
{
	if (decision.ptr)
		batch_count(b, b->carrier,
			    arena_fmt(&b->arena, "decision:" STR_FMT,
				      STR_ARG(decision)),
			    1);
}

static int add_parsed(struct batch *b, const char *cluster,
		      const struct source_message *sm, const struct intake *in,
		      struct str plain, const struct parsed *p, struct err *e)
{
	const struct message *m = &p->message;
	struct flight_key key;
	struct err no_flight = { 0 };
	struct scope_verdict in_law;
	int rc;

	if (m->test == FLAG_YES) { /* readable or not: it is not for real */
		batch_count(b, b->carrier, STR("test-message"), 1);
		return 0;
	}
	if (p->error.code) {
		batch_quarantine(b, cluster, sm, "unreadable", p->error.pos,
				 p->error.text, plain);
		return 0;
	}
	if (flight_key_make(&key, &m->flight, &no_flight)) {
		batch_quarantine(b, cluster, sm, "no-flight", p->whole.pos,
				 no_flight.text, plain);
		return 0;
	}
	in_law = message_scope(m, b->engine->set.reference, b->engine->scope);
	if (in_law.scope == SCOPE_UNKNOWN) {
		batch_quarantine(b, cluster, sm, "scope-unknown", p->whole.pos,
				 "an airport of the flight is not in "
				 "airports.csv, so nobody can say whether the "
				 "law covers it; add it and try again",
				 plain);
		return 0;
	}
	if (in_law.scope == SCOPE_OUT) {
		b->out_of_scope++;
		batch_count(b, b->carrier, STR("out-of-scope"), 1);
		return 0;
	}
	count_decision(b, in_law.decision);
	b->travellers += m->nr_travellers;
	for (uint32_t i = 0; i < m->nr_bookings; i++)
		b->travellers += m->bookings[i].nr_travellers;
	rc = add_message(b, in, p, &key, e);
	if (!rc)
		count_message(b, p, &in->redaction);
	if (rc != ERR_LEGAL)
		return rc;
	/* the flight's day is masked: nothing may be added to it any more */
	batch_quarantine(b, cluster, sm, "masked-day", p->whole.pos, e->text,
			 plain);
	*e = (struct err){ 0 };
	return 0;
}

static int add_plain(struct batch *b, const char *cluster,
		     const struct source_message *m, struct str plain,
		     struct err *e)
{
	struct parse_limits limits = {
		(size_t)b->engine->config.message_bytes
	};
	struct batch_mark from = { cluster, m, b->rows.nr_quarantine,
				   b->rows.nr_outbox };
	struct intake in;
	struct err unreadable = { 0 };

	stage_enter(b->clock, STAGE_intake);
	if (intake_read(&in, plain, &limits, &b->arena, &unreadable)) {
		batch_quarantine(b, cluster, m, "unreadable", unreadable.pos,
				 unreadable.text, plain);
		batch_status(b, plain, NULL, from);
		return 0;
	}
	stage_enter(b->clock, STAGE_link);
	for (uint32_t i = 0; i < in.payload.nr_parsed; i++) {
		const struct parsed *p = &in.payload.parsed[i];

		b->carrier = p->message.flight.carrier;
		if (add_parsed(b, cluster, m, &in, plain, p, e))
			return e->code;
	}
	batch_reply(b, &from, &in);
	batch_status(b, plain, &in, from);
	return 0;
}

static int64_t monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

void batch_receive(struct batch *b, const struct source_message *m)
{
	if (!b->nr_messages) {
		b->sent_ms = m->timestamp_ms;
		b->came_us = monotonic_us();
	}
	b->received_at = moment_of_ms(m->timestamp_ms);
	b->carrier = STR_NONE;
	b->nr_messages++;
	b->bytes += (int64_t)m->payload.len;
}

/* Open it and put what it says into the rows. */
static int add_payload(struct batch *b, const char *cluster,
		       const struct source_message *m, struct err *e)
{
	struct buf plain = { 0 };
	struct err sealed = { 0 };
	int rc = 0;

	stage_enter(b->clock, STAGE_open);
	if (crypt_open_payload(&plain, b->engine->pair, m->payload, &sealed))
		batch_quarantine(b, cluster, m, "not-for-us", sealed.pos,
				 sealed.text, STR_NONE);
	else
		rc = add_plain(b, cluster, m,
			       arena_str(&b->arena, buf_view(&plain)), e);
	crypt_wipe(plain.data, plain.len);
	buf_release(&plain);
	stage_enter(b->clock, STAGE_poll);
	return rc;
}

int batch_add(struct batch *b, const char *cluster,
	      const struct source_message *m, struct err *e)
{
	int rc;

	batch_receive(b, m);
	rc = add_payload(b, cluster, m, e);
	if (!rc)
		batch_claim_offset(b, m);
	return rc;
}

int batch_add_again(struct batch *b, const char *cluster, const char *topic,
		    const struct source_message *m, struct err *e)
{
	const char *ours = b->topic;
	int rc;

	b->topic = topic;
	rc = add_payload(b, cluster, m, e);
	b->topic = ours;
	b->carrier = STR_NONE;
	return rc;
}

void batch_refuse(struct batch *b, const char *cluster,
		  const struct source_message *m, const char *why)
{
	struct buf plain = { 0 };
	struct err sealed = { 0 };

	batch_receive(b, m);
	(void)!crypt_open_payload(&plain, b->engine->pair, m->payload, &sealed);
	batch_quarantine(b, cluster, m, "refused", 0, why, buf_view(&plain));
	batch_status(b, buf_view(&plain), NULL,
		     (struct batch_mark){ .cluster = cluster, .message = m });
	crypt_wipe(plain.data, plain.len);
	buf_release(&plain);
	batch_claim_offset(b, m);
}
