#include "engine/archive.h"

#include <string.h>

void archive_message(struct archived_message *out, struct str archive,
		     const struct parsed *p, struct arena *a)
{
	size_t hashes = (size_t)(p->nr_slice + 1) * CRYPT_HASH_LEN;
	char *all = arena_alloc(a, hashes);

	out->header.bytes = message_head(archive, p, a);
	crypt_hash(out->header.hash, "slice", &out->header.bytes, 1);
	memcpy(all, out->header.hash, CRYPT_HASH_LEN);
	out->nr_slice = p->nr_slice;
	out->slice = arena_alloc(a, p->nr_slice * sizeof(*out->slice) + 1);
	for (uint32_t i = 0; i < p->nr_slice; i++) {
		struct archived *s = &out->slice[i];

		s->bytes = str_slice(archive, p->slice[i].pos,
				     p->slice[i].pos + p->slice[i].len);
		crypt_hash(s->hash, "slice", &s->bytes, 1);
		memcpy(all + (size_t)(i + 1) * CRYPT_HASH_LEN, s->hash,
		       CRYPT_HASH_LEN);
	}
	crypt_hash(out->hash, "message", &(struct str){ all, hashes }, 1);
}

int archive_parse(struct parsed *out, struct str header, struct str slice,
		  struct arena *a, struct err *e)
{
	struct parse_limits limits = { SIZE_MAX };
	struct payload p;
	char *bytes = arena_alloc(a, header.len + slice.len + 1);

	memcpy(bytes, header.ptr, header.len);
	memcpy(bytes + header.len, slice.ptr, slice.len);
	if (payload_parse(&p, (struct str){ bytes, header.len + slice.len },
			  &limits, a, e) ||
	    p.nr_parsed != 1 || p.parsed[0].error.code)
		return err_at(e, ERR_INTEGRITY, 0,
			      "a stored slice does not parse as one message");
	*out = p.parsed[0];
	return 0;
}

struct archive_parsed {
	const char *header, *slice; /* NULL: free */
	struct parsed *parsed;
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

int archive_parse_once(const struct parsed **out, struct archive_cache *cache,
		       struct str header, struct str slice, struct arena *a,
		       struct err *e)
{
	struct archive_parsed *s = NULL;
	struct parsed *p;

	if (cache) {
		if (cache->nr * 2 >= cache->cap)
			grow(cache, a);
		s = find_slot(cache->slot, cache->cap, header.ptr, slice.ptr);
		if (s->slice) {
			*out = s->parsed;
			return 0;
		}
	}
	p = arena_alloc(a, sizeof(*p));
	if (archive_parse(p, header, slice, a, e))
		return e->code;
	*out = p;
	if (s) {
		*s = (struct archive_parsed){ header.ptr, slice.ptr, p };
		cache->nr++;
	}
	return 0;
}
