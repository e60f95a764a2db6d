#include "engine/replay_desk.h"

#include "watchlist/pair.h"

#include <string.h>

void replay_desk_clear(struct replay_desk *d)
{
	struct arena a = d->arena;

	arena_clear(&a);
	*d = (struct replay_desk){ .arena = a };
}

void replay_desk_release(struct replay_desk *d)
{
	arena_release(&d->arena);
	*d = (struct replay_desk){ .nr = 0 };
}

void replay_desk_turn(struct replay_desk *d, const struct hit_row *h)
{
	if (d->flight_id != h->flight_id || d->clock_day != h->clock_day ||
	    arena_used(&d->arena) > DESK_BYTES)
		replay_desk_clear(d);
	d->flight_id = h->flight_id;
	d->clock_day = h->clock_day;
}

/* A hash is as good as random, also one that somebody has changed a bit of. */
static unsigned int chain_of(struct str hash)
{
	return hash.len ? (uint8_t)hash.ptr[0] % DESK_CHAINS : 0;
}

const struct desk_slice *replay_desk_find(const struct replay_desk *d,
					  struct str hash, struct str sealed)
{
	for (const struct desk_slice *s = d->slice[chain_of(hash)]; s;
	     s = s->next)
		if (str_eq(hash, (struct str){ (const char *)s->hash,
					       CRYPT_HASH_LEN }) &&
		    str_eq(sealed, s->sealed))
			return s;
	return NULL;
}

const struct desk_slice *replay_desk_add(struct replay_desk *d, struct str hash,
					 struct str sealed, struct str plain)
{
	struct desk_slice **chain = &d->slice[chain_of(hash)];
	struct desk_slice *s = arena_alloc(&d->arena, sizeof(*s));

	*s = (struct desk_slice){ .next = *chain,
				  .sealed = arena_str(&d->arena, sealed),
				  .plain = arena_str(&d->arena, plain) };
	memcpy(s->hash, hash.ptr, CRYPT_HASH_LEN);
	*chain = s;
	d->nr++;
	return s;
}

/* A slice lies on the desk once: its address says which it is. */
static bool same_side(const struct subject_side *x,
		      const struct subject_side *y)
{
	return x->header.ptr == y->header.ptr && x->slice.ptr == y->slice.ptr &&
	       x->index == y->index;
}

/* Counts of earlier bookings: the work's own, or the desk's. */
static bool same_past(const struct past *x, const struct past *y)
{
	return x && y ? !memcmp(x, y, sizeof(*x)) : x == y;
}

struct desk_traveller *replay_desk_traveller(struct replay_desk *d,
					     const struct screen_input *in)
{
	const struct subject_side *side =
		in->pnr.header.ptr ? &in->pnr : &in->api;
	unsigned int at = (side->slice_hash[0] + side->index) % DESK_CHAINS;
	struct desk_traveller *t;

	for (t = d->traveller[at]; t; t = t->next)
		if (same_side(&t->input.pnr, &in->pnr) &&
		    same_side(&t->input.api, &in->api) &&
		    same_past(t->input.past, in->past) &&
		    t->input.screened_at.s == in->screened_at.s &&
		    t->input.screened_at.precision == in->screened_at.precision)
			return t;
	t = arena_alloc(&d->arena, sizeof(*t));
	*t = (struct desk_traveller){ .next = d->traveller[at], .input = *in };
	if (in->past) {
		struct past *kept = arena_alloc(&d->arena, sizeof(*kept));

		*kept = *in->past;
		t->input.past = kept;
	}
	d->traveller[at] = t;
	return t;
}

int replay_desk_subject(struct desk_traveller *t, struct replay_desk *d,
			struct err *e)
{
	const struct screen_input *in = &t->input;

	if (!t->built) {
		t->built = true;
		(void)!subject_build(&t->subject, &in->pnr, &in->api,
				     in->screened_at, &d->parsed, &d->arena,
				     &t->failed);
	}
	if (t->failed.code)
		*e = t->failed;
	return t->failed.code;
}

static int link_side(struct flight_state *s, const struct subject_side *side,
		     struct replay_desk *d, struct err *e)
{
	struct archive_ref ref = { side->header, side->slice, side->header_hash,
				   side->slice_hash };
	struct archived slice = { .bytes = side->slice };
	struct archived_message am = { .header.bytes = side->header,
				       .slice = &slice,
				       .nr_slice = 1 };
	const struct parsed *p;

	if (!side->header.ptr)
		return 0;
	if (archive_parse_once(&p, &d->parsed, &ref, &d->arena, e))
		return e->code;
	memcpy(am.header.hash, side->header_hash, CRYPT_HASH_LEN);
	memcpy(slice.hash, side->slice_hash, CRYPT_HASH_LEN);
	link_restore(s, p, &am, side->index, am.header.hash);
	return 0;
}

const struct desk_link *replay_desk_link(struct desk_traveller *t,
					 struct replay_desk *d)
{
	struct desk_link *l = &t->link;
	struct flight_state s;
	struct err e = { 0 };

	if (l->done)
		return l;
	l->done = true;
	l->known = !flight_key_make(&l->key, t->subject.flight, &e);
	if (!l->known)
		return l;
	flight_state_init(&s, &l->key);
	s.arena.parent = &d->arena;
	l->rc = link_side(&s, &t->input.pnr, d, &e);
	if (!l->rc)
		l->rc = link_side(&s, &t->input.api, d, &e);
	if (!l->rc) {
		link_settle(&s);
		l->flight_id = s.flight_id;
		l->nr = s.nr_linked;
		l->traveller_id = s.nr_linked ? s.linked->id : 0;
	}
	return l;
}

static bool same_set(const struct screen_set *x, const struct screen_set *y)
{
	return !memcmp(x->profiles_hash, y->profiles_hash, CRYPT_HASH_LEN) &&
	       !memcmp(x->watchlist_hash, y->watchlist_hash, CRYPT_HASH_LEN) &&
	       !memcmp(x->reference_hash, y->reference_hash, CRYPT_HASH_LEN) &&
	       x->watchlist_delta == y->watchlist_delta &&
	       str_eq(x->country, y->country);
}

/* The set may be gone before the desk is cleared: keep nothing that is its. */
static void keep(struct desk_hits *h, const struct screen_set *set,
		 struct arena *a)
{
	struct screen_set *k = &h->set;

	h->lists = set->watchlist;
	k->country = arena_str(a, set->country);
	k->watchlist_delta = set->watchlist_delta;
	memcpy(k->profiles_hash, set->profiles_hash, CRYPT_HASH_LEN);
	memcpy(k->watchlist_hash, set->watchlist_hash, CRYPT_HASH_LEN);
	memcpy(k->reference_hash, set->reference_hash, CRYPT_HASH_LEN);
	for (uint32_t i = 0; i < h->hits.nr; i++)
		h->hits.hit[i].source = arena_str(a, h->hits.hit[i].source);
}

int replay_desk_screen(const struct hit_list **out, struct desk_traveller *t,
		       struct replay_desk *d, const struct screen_set *set,
		       struct screen_scratch *tmp,
		       const uint8_t hash[CRYPT_HASH_LEN], struct err *e)
{
	struct screen_input in = t->input;
	struct desk_hits *h;

	for (h = t->screened; h; h = h->next)
		if (h->lists == !!set->watchlist && same_set(&h->set, set))
			break;
	if (!h) {
		h = arena_alloc(&d->arena, sizeof(*h));
		in.subject = &t->subject;
		in.hash = hash;
		if (screen_traveller(&h->hits, set, tmp, &in, &d->arena, e))
			return e->code;
		keep(h, set, &d->arena);
		h->next = t->screened;
		t->screened = h;
	}
	*out = &h->hits;
	return 0;
}

struct watch_pair_scratch *replay_desk_pair(struct replay_desk *d)
{
	if (!d->pair)
		d->pair = arena_alloc(&d->arena, sizeof(*d->pair));
	return d->pair;
}
