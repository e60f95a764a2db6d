#include "rules/intern.h"

enum { FIRST_CAP = 64 };

/* Eight bytes at a time; keys come from profiles, not from strangers. */
static uint64_t hash_of(uint32_t seed, struct str key)
{
	const uint64_t odd = 0x9e3779b97f4a7c15u;
	uint64_t h = (seed + 1) * odd ^ key.len;

	while (key.len) {
		size_t n = key.len < 8 ? key.len : 8;
		uint64_t piece = 0;

		memcpy(&piece, key.ptr, n);
		h = (h ^ piece) * odd;
		h ^= h >> 32;
		key = str_slice(key, n, key.len);
	}
	return h;
}

/* The slot of a key, or the free one where it belongs. */
static struct intern_slot *seek(const struct intern *t, uint64_t hash,
				uint32_t seed, struct str key)
{
	uint32_t i = (uint32_t)hash & (t->cap - 1);

	while (t->slot[i].key.ptr &&
	       (t->slot[i].hash != hash || t->slot[i].seed != seed ||
		!str_eq(t->slot[i].key, key)))
		i = (i + 1) & (t->cap - 1);
	return &t->slot[i];
}

static void grow(struct intern *t)
{
	struct intern old = *t;

	t->cap = old.cap ? old.cap * 2 : FIRST_CAP;
	t->slot = arena_alloc(t->arena, t->cap * sizeof(*t->slot));
	for (uint32_t i = 0; i < old.cap; i++) {
		const struct intern_slot *s = &old.slot[i];

		if (s->key.ptr)
			*seek(t, s->hash, s->seed, s->key) = *s;
	}
}

uint32_t intern_put(struct intern *t, uint32_t seed, struct str key)
{
	uint64_t hash = hash_of(seed, key);
	struct intern_slot *s;

	if (t->nr >= t->cap / 2)
		grow(t);
	s = seek(t, hash, seed, key);
	if (!s->key.ptr)
		*s = (struct intern_slot){ hash, arena_str(t->arena, key), seed,
					   t->nr++ };
	return s->number;
}

uint32_t intern_find(const struct intern *t, uint32_t seed, struct str key)
{
	const struct intern_slot *s;

	if (!t->cap)
		return INTERN_NONE;
	s = seek(t, hash_of(seed, key), seed, key);
	return s->key.ptr ? s->number : INTERN_NONE;
}
