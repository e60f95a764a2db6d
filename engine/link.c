#include "engine/link.h"

#include "base/docnumber.h"
#include "engine/notice.h"
#include "engine/pair.h"
#include "engine/series.h"
#include "engine/sighting.h"

#include <stdlib.h>
#include <string.h>

void flight_state_init(struct flight_state *s, const struct flight_key *key)
{
	struct str text = str_of(key->text);

	*s = (struct flight_state){ .key = *key };
	s->flight_id = crypt_id64("flight", &text, 1);
}

void flight_state_release(struct flight_state *s)
{
	arena_release(&s->arena);
	memset(s, 0, sizeof(*s));
}

/*
 * A copy of archive bytes in the state's arena. Sightings of one booking
 * share theirs; the previous one asked for is nearly always the one wanted.
 */
static const struct archived *keep_archived(struct flight_state *s,
					    const struct archived *in)
{
	struct archived *out;

	for (uint32_t i = s->nr_sighting; i-- > 0;) {
		const struct sighting *near = &s->sighting[i];

		if (!memcmp(near->header->hash, in->hash, CRYPT_HASH_LEN))
			return near->header;
		if (!memcmp(near->slice->hash, in->hash, CRYPT_HASH_LEN))
			return near->slice;
		if (s->nr_sighting - i > 16)
			break;
	}
	out = arena_alloc(&s->arena, sizeof(*out));
	out->bytes = arena_str(&s->arena, in->bytes);
	memcpy(out->hash, in->hash, sizeof(out->hash));
	return out;
}

/* Add a sighting; link_settle() keeps the newest of each person. */
static void add_sighting(struct flight_state *s, const struct sighting *in)
{
	struct sighting copy;

	sighting_copy(&copy, in, &s->arena);
	copy.header = keep_archived(s, in->header);
	copy.slice = keep_archived(s, in->slice);
	*(struct sighting *)arena_push(&s->arena, &s->sighting, &s->nr_sighting,
				       sizeof(copy)) = copy;
}

static void add_traveller(struct flight_state *s, const struct parsed *p,
			  const struct archived_message *am,
			  const uint8_t message_hash[CRYPT_HASH_LEN],
			  const struct booking *b, const struct traveller *t,
			  uint32_t index, struct arena *scratch)
{
	struct sighting in;
	uint32_t slice = b ? b->slice : t->slice;

	if (!sighting_is_passenger(&p->message, t) || slice >= am->nr_slice)
		return;
	sighting_make(&in, b ? SIGHTING_PNR : SIGHTING_API, p, b, t, index,
		      scratch);
	if (!b && notice_is(&p->message, t)) {
		notice_add(s, &in, t);
		return;
	}
	if (in.bare)
		notice_add(s, &in, t);
	in.header = &am->header;
	in.slice = &am->slice[slice];
	memcpy(in.message_hash, message_hash, CRYPT_HASH_LEN);
	add_sighting(s, &in);
}

static void note_cancelled(struct flight_state *s, struct str locator,
			   struct moment sent_at)
{
	struct tombstone *t;

	for (uint32_t i = 0; i < s->nr_tombstone; i++) {
		t = &s->tombstone[i];
		if (str_eq(t->locator, locator)) {
			if (sent_at.s > t->sent_at.s)
				t->sent_at = sent_at;
			return;
		}
	}
	t = arena_push(&s->arena, &s->tombstone, &s->nr_tombstone, sizeof(*t));
	t->locator = arena_str(&s->arena, locator);
	t->sent_at = sent_at;
}

/* A push of all bookings of the flight that is whole in one message. */
static bool is_full_push(const struct message *m)
{
	bool single = !m->part.set || (m->part.v == 1 && m->last == FLAG_YES);

	return str_eq(m->type, STR("PNRGOV")) &&
	       str_eq(m->function, STR("22")) && single;
}

/* The flight as a message states it, unless a newer one has spoken. */
static void note_flight(struct flight_state *s, const struct flight *f,
			struct moment sent_at,
			const uint8_t message[CRYPT_HASH_LEN])
{
	if (moment_is_set(s->flight_sent_at) &&
	    (sent_at.s < s->flight_sent_at.s ||
	     (sent_at.s == s->flight_sent_at.s &&
	      memcmp(message, s->flight_message, CRYPT_HASH_LEN) <= 0)))
		return;
	s->flight = *f;
	s->flight.carrier = arena_str(&s->arena, f->carrier);
	s->flight.number = arena_str(&s->arena, f->number);
	s->flight.origin = arena_str(&s->arena, f->origin);
	s->flight.destination = arena_str(&s->arena, f->destination);
	s->flight_sent_at = sent_at;
	memcpy(s->flight_message, message, CRYPT_HASH_LEN);
}

static void add_message(struct flight_state *s, const struct parsed *p,
			const struct archived_message *am)
{
	const struct message *m = &p->message;
	struct arena scratch = { 0 };

	note_flight(s, &m->flight, m->sent_at, am->hash);
	if (is_full_push(m) && (!moment_is_set(s->full_push_at) ||
				m->sent_at.s > s->full_push_at.s))
		s->full_push_at = m->sent_at;
	series_note(s, m);
	for (uint32_t i = 0; i < m->nr_bookings; i++) {
		const struct booking *b = &m->bookings[i];

		if (b->cancelled == FLAG_YES)
			note_cancelled(s, docnumber_fold(&scratch, b->locator),
				       m->sent_at);
		for (uint32_t k = 0; k < b->nr_travellers; k++)
			add_traveller(s, p, am, am->hash, b, &b->travellers[k],
				      k, &scratch);
	}
	notice_add_flight(s, m);
	for (uint32_t k = 0; k < m->nr_travellers; k++)
		add_traveller(s, p, am, am->hash, NULL, &m->travellers[k], 0,
			      &scratch);
	arena_release(&scratch);
}

/* By source and identity, the newest of each person first. */
static int by_identity(const void *x, const void *y)
{
	const struct sighting *a = x, *b = y;
	int c = (int)a->source - (int)b->source;

	if (!c)
		c = str_cmp(a->identity, b->identity);
	if (c)
		return c;
	return sighting_is_newer(a, b) ? -1 : sighting_is_newer(b, a);
}

/* Sort the sightings and keep the newest of each person. */
static void keep_newest(struct flight_state *s)
{
	uint32_t kept = 0;

	if (s->nr_sighting)
		qsort(s->sighting, s->nr_sighting, sizeof(*s->sighting),
		      by_identity);
	for (uint32_t i = 0; i < s->nr_sighting; i++) {
		const struct sighting *x = &s->sighting[i];

		if (kept && x->source == s->sighting[kept - 1].source &&
		    str_eq(x->identity, s->sighting[kept - 1].identity))
			continue;
		s->sighting[kept++] = *x;
	}
	s->nr_sighting = kept;
}

static int by_id(const void *x, const void *y)
{
	const struct linked *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

/*
 * When a booking's person was last taken off it: by a later push of all
 * bookings without him, or a cancellation. NO_MOMENT: he was not.
 */
static struct moment taken_off(const struct flight_state *s,
			       const struct sighting *pnr)
{
	struct moment off = NO_MOMENT;

	if (moment_is_set(s->pushed_at) && pnr->sent_at.s < s->pushed_at.s)
		off = s->pushed_at;
	for (uint32_t i = 0; i < s->nr_tombstone; i++) {
		const struct tombstone *t = &s->tombstone[i];

		if (str_eq(t->locator, pnr->locator) &&
		    t->sent_at.s >= pnr->sent_at.s &&
		    (!moment_is_set(off) || t->sent_at.s > off.s))
			off = t->sent_at;
	}
	return off;
}

/* API data that are newer say that he travels all the same. */
static bool is_gone(const struct flight_state *s, const struct sighting *pnr,
		    const struct sighting *api)
{
	struct moment off = pnr ? taken_off(s, pnr) : NO_MOMENT;

	return moment_is_set(off) && (!api || api->sent_at.s < off.s);
}

static void add_linked(struct flight_state *s, const struct sighting *pnr,
		       const struct sighting *api)
{
	struct str part[] = { str_of(s->key.text),
			      pnr ? pnr->identity : api->identity };
	struct linked *l =
		arena_push(&s->arena, &s->linked, &s->nr_linked, sizeof(*l));

	*l = (struct linked){ .id = crypt_id64("traveller", part, 2),
			      .pnr = pnr,
			      .api = api,
			      .gone = is_gone(s, pnr, api) };
}

void link_settle(struct flight_state *s)
{
	struct arena scratch = { 0 };
	struct moment in_parts = series_settle(s);
	int32_t *mate;
	bool *off;

	s->pushed_at = s->full_push_at;
	if (moment_is_set(in_parts) &&
	    (!moment_is_set(s->pushed_at) || in_parts.s > s->pushed_at.s))
		s->pushed_at = in_parts;
	keep_newest(s);
	mate = arena_alloc(&scratch, s->nr_sighting * sizeof(*mate) + 1);
	off = arena_alloc(&scratch, s->nr_sighting + 1);
	for (uint32_t i = 0; i < s->nr_sighting; i++)
		off[i] = s->sighting[i].source == SIGHTING_PNR &&
			 moment_is_set(taken_off(s, &s->sighting[i]));
	pair_sightings(mate, s->sighting, off, s->nr_sighting, &scratch);
	s->linked = NULL;
	s->nr_linked = 0;
	for (uint32_t i = 0; i < s->nr_sighting; i++) {
		const struct sighting *x = &s->sighting[i];
		const struct sighting *other =
			mate[i] == PAIR_NONE ? NULL : &s->sighting[mate[i]];

		if (x->source == SIGHTING_PNR)
			add_linked(s, x, other);
		else if (!other)
			add_linked(s, NULL, x);
	}
	if (s->nr_linked)
		qsort(s->linked, s->nr_linked, sizeof(*s->linked), by_id);
	notices_settle(s);
	arena_release(&scratch);
}

static bool same_side(const struct sighting *x, const struct sighting *y)
{
	if (!x || !y)
		return x == y;
	return !memcmp(x->message_hash, y->message_hash, CRYPT_HASH_LEN) &&
	       x->index == y->index && str_eq(x->identity, y->identity);
}

/* Did this sighting come with a message applied since the last commit? */
static bool is_applied(const struct flight_state *s, const struct sighting *x)
{
	for (uint32_t i = 0; x && i < s->nr_applied; i++)
		if (!memcmp(s->applied[i], x->message_hash, CRYPT_HASH_LEN))
			return true;
	return false;
}

static void note_applied(struct flight_state *s,
			 const uint8_t hash[CRYPT_HASH_LEN])
{
	struct str copy = { (const char *)hash, CRYPT_HASH_LEN };

	*(const uint8_t **)arena_push(&s->arena, &s->applied, &s->nr_applied,
				      sizeof(*s->applied)) =
		(const uint8_t *)arena_str(&s->arena, copy).ptr;
}

static const struct linked *find_linked(const struct flight_state *s,
					int64_t id)
{
	struct linked key = { .id = id };

	return s->nr_linked ? bsearch(&key, s->linked, s->nr_linked,
				      sizeof(key), by_id)
			    : NULL;
}

void link_compare(struct flight_state *s, const struct flight_state *old)
{
	for (uint32_t i = 0; i < s->nr_linked; i++) {
		struct linked *l = &s->linked[i];
		const struct linked *was = find_linked(old, l->id);

		l->changed = s->rescreen || !was || was->gone != l->gone ||
			     !same_side(was->pnr, l->pnr) ||
			     !same_side(was->api, l->api) ||
			     is_applied(s, l->pnr) || is_applied(s, l->api);
	}
	s->removed = NULL;
	s->nr_removed = 0;
	for (uint32_t i = 0; i < old->nr_linked; i++)
		if (!find_linked(s, old->linked[i].id))
			*(int64_t *)arena_push(
				&s->arena, &s->removed, &s->nr_removed,
				sizeof(int64_t)) = old->linked[i].id;
}

static void copy_state(struct flight_state *out, const struct flight_state *old)
{
	flight_state_init(out, &old->key);
	if (moment_is_set(old->flight_sent_at))
		note_flight(out, &old->flight, old->flight_sent_at,
			    old->flight_message);
	out->full_push_at = old->full_push_at;
	for (uint32_t i = 0; i < old->nr_tombstone; i++)
		note_cancelled(out, old->tombstone[i].locator,
			       old->tombstone[i].sent_at);
	for (uint32_t i = 0; i < old->nr_notice; i++)
		*(struct notice *)arena_push(
			&out->arena, &out->notice, &out->nr_notice,
			sizeof(*out->notice)) = old->notice[i];
	for (uint32_t i = 0; i < old->nr_part; i++)
		*(struct series_part *)arena_push(
			&out->arena, &out->part, &out->nr_part,
			sizeof(*out->part)) = old->part[i];
	for (uint32_t i = 0; i < old->nr_applied; i++)
		note_applied(out, old->applied[i]);
	for (uint32_t i = 0; i < old->nr_sighting; i++)
		add_sighting(out, &old->sighting[i]);
}

void link_apply(struct flight_state *out, const struct flight_state *old,
		const struct parsed *p, const struct archived_message *am)
{
	copy_state(out, old);
	out->rescreen = old->rescreen;
	note_applied(out, am->hash);
	add_message(out, p, am);
	link_settle(out);
}

void link_restore(struct flight_state *s, const struct parsed *p,
		  const struct archived_message *am, uint32_t index,
		  const uint8_t message_hash[CRYPT_HASH_LEN])
{
	const struct message *m = &p->message;
	struct arena scratch = { 0 };

	note_flight(s, &m->flight, m->sent_at, message_hash);
	if (m->nr_bookings && index < m->bookings[0].nr_travellers)
		add_traveller(s, p, am, message_hash, &m->bookings[0],
			      &m->bookings[0].travellers[index], index,
			      &scratch);
	else if (m->nr_travellers && index < m->nr_travellers)
		add_traveller(s, p, am, message_hash, NULL,
			      &m->travellers[index], index, &scratch);
	arena_release(&scratch);
}

void link_again(struct flight_state *out, const struct flight_state *old)
{
	copy_state(out, old);
	link_settle(out);
}
