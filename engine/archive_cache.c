/*
 * archive_cache.c - slices that need not be parsed again
 */
#include "engine/archive.h"

#include <string.h>

struct archive_parsed {
	const char *header, *slice; /* NULL: free */
	const struct parsed *parsed;
};

/* A message whose records are there. */
struct seeded {
	const struct parsed *whole;
	const struct parsed *first; /* a slice of it, parsed; NULL: none yet */
	uint8_t header_hash[CRYPT_HASH_LEN];
};

struct archive_seed {
	struct seeded *message; /* NULL: free */
	const uint8_t *hash;	/* of the slice */
	uint32_t record;	/* index of the booking or the traveller */
};

enum { FIRST_SLOTS = 64 };

/* The slot of these bytes, or the free one where they belong. */
static struct archive_parsed *find_slot(struct archive_parsed *slot,
					uint32_t cap, const char *header,
					const char *slice)
{
	uint64_t h = ((uintptr_t)header * 31 + (uintptr_t)slice) *
		     0x9e3779b97f4a7c15u;
	uint32_t i = (uint32_t)(h >> 32) & (cap - 1);

	while (slot[i].slice &&
	       (slot[i].header != header || slot[i].slice != slice))
		i = (i + 1) & (cap - 1);
	return &slot[i];
}

static void grow(struct archive_cache *c, struct arena *a)
{
	uint32_t cap = c->cap ? c->cap * 2 : FIRST_SLOTS;
	struct archive_parsed *slot = arena_alloc(a, cap * sizeof(*slot));

	for (uint32_t i = 0; i < c->cap; i++)
		if (c->slot[i].slice)
			*find_slot(slot, cap, c->slot[i].header,
				   c->slot[i].slice) = c->slot[i];
	c->slot = slot;
	c->cap = cap;
}

/* The same for seeds; a hash is as good as random. */
static struct archive_seed *find_seed(struct archive_seed *seed, uint32_t cap,
				      const uint8_t *header_hash,
				      const uint8_t *hash)
{
	uint32_t i;

	memcpy(&i, hash, sizeof(i));
	for (i &= cap - 1; seed[i].message; i = (i + 1) & (cap - 1))
		if (!memcmp(seed[i].hash, hash, CRYPT_HASH_LEN) &&
		    !memcmp(seed[i].message->header_hash, header_hash,
			    CRYPT_HASH_LEN))
			break;
	return &seed[i];
}

static void grow_seeds(struct archive_cache *c, struct arena *a)
{
	uint32_t cap = c->cap_seed ? c->cap_seed * 2 : FIRST_SLOTS;
	struct archive_seed *seed = arena_alloc(a, cap * sizeof(*seed));

	for (uint32_t i = 0; i < c->cap_seed; i++) {
		const struct archive_seed *s = &c->seed[i];

		if (s->message)
			*find_seed(seed, cap, s->message->header_hash,
				   s->hash) = *s;
	}
	c->seed = seed;
	c->cap_seed = cap;
}

static void add_seed(struct archive_cache *c, struct seeded *message,
		     const struct archived *slice, uint32_t record,
		     struct arena *a)
{
	struct archive_seed *s;

	if (c->nr_seed * 2 >= c->cap_seed)
		grow_seeds(c, a);
	s = find_seed(c->seed, c->cap_seed, message->header_hash, slice->hash);
	c->nr_seed += !s->message;
	*s = (struct archive_seed){ message, slice->hash, record };
}

void archive_seed(struct archive_cache *c, const struct archived_message *am,
		  const struct parsed *p, struct arena *a)
{
	const struct message *m = &p->message;
	struct seeded *s = arena_alloc(a, sizeof(*s));

	s->whole = p;
	memcpy(s->header_hash, am->header.hash, CRYPT_HASH_LEN);
	for (uint32_t i = 0; i < m->nr_bookings; i++)
		if (m->bookings[i].slice < am->nr_slice)
			add_seed(c, s, &am->slice[m->bookings[i].slice], i, a);
	for (uint32_t i = 0; i < m->nr_travellers; i++)
		if (m->travellers[i].slice < am->nr_slice)
			add_seed(c, s, &am->slice[m->travellers[i].slice], i,
				 a);
}

/* What the slice would parse to: the header of one, the record of another. */
static const struct parsed *from_seed(const struct archive_seed *s,
				      struct arena *a)
{
	const struct message *whole = &s->message->whole->message;
	struct parsed *p = arena_room(a, sizeof(*p));

	*p = *s->message->first;
	if (whole->nr_bookings)
		p->message.bookings = &whole->bookings[s->record];
	else
		p->message.travellers = &whole->travellers[s->record];
	return p;
}

/* One slice is one booking or one traveller: else it is parsed itself. */
static bool is_usual(const struct message *m, const struct message *whole)
{
	return m->nr_bookings == (whole->nr_bookings > 0) &&
	       m->nr_travellers == (whole->nr_bookings == 0);
}

static int parse_or_seed(const struct parsed **out, struct archive_cache *c,
			 const struct archive_ref *ref, struct arena *a,
			 struct err *e)
{
	struct archive_seed *s = NULL;
	struct parsed *p;

	if (c && c->cap_seed && ref->slice_hash)
		s = find_seed(c->seed, c->cap_seed, ref->header_hash,
			      ref->slice_hash);
	if (s && s->message && s->message->first) {
		*out = from_seed(s, a);
		return 0;
	}
	p = arena_alloc(a, sizeof(*p));
	if (archive_parse(p, ref->header, ref->slice, a, e))
		return e->code;
	if (s && s->message &&
	    is_usual(&p->message, &s->message->whole->message))
		s->message->first = p;
	*out = p;
	return 0;
}

int archive_parse_once(const struct parsed **out, struct archive_cache *cache,
		       const struct archive_ref *ref, struct arena *a,
		       struct err *e)
{
	struct archive_parsed *s;

	if (!cache)
		return parse_or_seed(out, NULL, ref, a, e);
	if (cache->nr * 2 >= cache->cap)
		grow(cache, a);
	s = find_slot(cache->slot, cache->cap, ref->header.ptr, ref->slice.ptr);
	if (s->slice) {
		*out = s->parsed;
		return 0;
	}
	if (parse_or_seed(out, cache, ref, a, e))
		return e->code;
	*s = (struct archive_parsed){ ref->header.ptr, ref->slice.ptr, *out };
	cache->nr++;
	return 0;
}
