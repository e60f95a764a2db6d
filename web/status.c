#include "web/status.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIGITS = 32,	/* of the hash, by which it is found */
	CARRIER = 3,	/* letters of a designator */
	OWNERS = 4,	/* carriers that handed in the same bytes */
	SLOTS_EACH = 2, /* of the table, for one remembered */
};

struct status {
	char digits[DIGITS];
	char owner[OWNERS][CARRIER + 1];
	char *json; /* of the engine; NULL: none yet */
	size_t len;
	uint32_t next; /* of the same slot, plus one; 0: the last */
};

/* A ring of the remembered; slot[] begins chains into it. */
struct statuses {
	pthread_mutex_t lock;
	struct status *ring;
	uint32_t most, nr, oldest;
	uint32_t *slot, slots;
};

int statuses_new(struct statuses **out, uint32_t most, struct err *e)
{
	struct statuses *s = calloc(1, sizeof(*s));

	if (s) {
		s->most = most;
		s->slots = most * SLOTS_EACH + 1;
		s->ring = calloc(most, sizeof(*s->ring));
		s->slot = calloc(s->slots, sizeof(*s->slot));
		pthread_mutex_init(&s->lock, NULL);
	}
	if (!s || !s->ring || !s->slot) {
		statuses_free(s);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	*out = s;
	return 0;
}

void statuses_free(struct statuses *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; s->ring && i < s->nr; i++)
		free(s->ring[i].json);
	pthread_mutex_destroy(&s->lock);
	free(s->ring);
	free(s->slot);
	free(s);
}

/* The digits are those of a hash: any of them spread well. */
static uint32_t *slot_of(struct statuses *s, const char *digits)
{
	uint64_t v = 0;

	memcpy(&v, digits, sizeof(v));
	return &s->slot[v * 0x9e3779b97f4a7c15u % s->slots];
}

static struct status *find(struct statuses *s, const char *digits)
{
	uint32_t i = *slot_of(s, digits);

	while (i && memcmp(s->ring[i - 1].digits, digits, DIGITS) != 0)
		i = s->ring[i - 1].next;
	return i ? &s->ring[i - 1] : NULL;
}

static void forget(struct statuses *s, struct status *old)
{
	uint32_t *at = slot_of(s, old->digits);
	uint32_t index = (uint32_t)(old - s->ring) + 1;

	while (*at != index)
		at = &s->ring[*at - 1].next;
	*at = old->next;
	free(old->json);
}

static struct status *find_or_add(struct statuses *s, const char *digits)
{
	struct status *st = find(s, digits);
	uint32_t *slot = slot_of(s, digits);

	if (st)
		return st;
	if (s->nr < s->most) {
		st = &s->ring[s->nr++];
	} else {
		st = &s->ring[s->oldest];
		s->oldest = (s->oldest + 1) % s->most;
		forget(s, st);
	}
	*st = (struct status){ .next = *slot };
	memcpy(st->digits, digits, DIGITS);
	*slot = (uint32_t)(st - s->ring) + 1;
	return st;
}

static bool owns(const struct status *st, struct str carrier)
{
	for (int i = 0; i < OWNERS; i++)
		if (str_eq(str_of(st->owner[i]), carrier))
			return true;
	return false;
}

static void add_owner(struct status *st, struct str carrier)
{
	for (int i = 0; i < OWNERS; i++)
		if (!st->owner[i][0] && !owns(st, carrier)) {
			memcpy(st->owner[i], carrier.ptr, carrier.len);
			return;
		}
}

static void set_json(struct status *st, struct str value)
{
	char *json = malloc(value.len + 1);

	if (!json)
		return; /* it stays as "received" */
	memcpy(json, value.ptr, value.len);
	free(st->json);
	st->json = json;
	st->len = value.len;
}

void statuses_note(struct statuses *s, struct str key, struct str value)
{
	struct str hash = str_split(&key, '/');
	struct status *st;

	if (hash.len < DIGITS || key.len > CARRIER ||
	    (key.ptr && str_empty(key)))
		return;
	pthread_mutex_lock(&s->lock);
	st = find_or_add(s, hash.ptr);
	if (key.ptr)
		add_owner(st, key);
	else
		set_json(st, value);
	pthread_mutex_unlock(&s->lock);
}

struct str statuses_find(struct statuses *s, struct str carrier,
			 struct str digits, struct arena *a)
{
	struct str found = STR_NONE;
	const struct status *st;

	if (digits.len != DIGITS)
		return found;
	pthread_mutex_lock(&s->lock);
	st = find(s, digits.ptr);
	if (st && owns(st, carrier))
		found = arena_str(a, (struct str){ st->json ? st->json : "",
						   st->json ? st->len : 0 });
	pthread_mutex_unlock(&s->lock);
	return found;
}
