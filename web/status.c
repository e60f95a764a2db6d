#include "web/status.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
	DIGITS = STATUS_DIGITS,
	HEX = 2 * CRYPT_HASH_LEN,
	CARRIER = 3,	/* letters of a designator */
	OWNERS = 4,	/* carriers that handed in the same bytes */
	SLOTS_EACH = 2, /* of the table, for one remembered */
};

/* A carrier's note: that it was told the status of this hash. */
#define TOLD "{\"state\":\"told\",\"of\":\""

struct status {
	char hash[HEX]; /* its first DIGITS are the key */
	char owner[OWNERS][CARRIER + 1];
	char told[OWNERS][DIGITS]; /* of the JSON's hash; zeros: nothing */
	char *json;		   /* of the engine; NULL: none yet */
	char now[DIGITS];	   /* of its hash */
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

	while (i && memcmp(s->ring[i - 1].hash, digits, DIGITS) != 0)
		i = s->ring[i - 1].next;
	return i ? &s->ring[i - 1] : NULL;
}

static void forget(struct statuses *s, struct status *old)
{
	uint32_t *at = slot_of(s, old->hash);
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
	memcpy(st->hash, digits, HEX);
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

static void json_digits(char out[DIGITS], struct str json)
{
	uint8_t hash[CRYPT_HASH_LEN];
	char hex[HEX + 1];

	crypt_hash(hash, "status", &json, 1);
	crypt_to_hex(hex, hash, sizeof(hash));
	memcpy(out, hex, DIGITS);
}

/* Handed in, or told; what is handed in anew is told anew. */
static void note_owner(struct status *st, struct str carrier, struct str note)
{
	struct str told = str_starts(note, STR(TOLD))
				  ? str_slice(note, sizeof(TOLD) - 1, note.len)
				  : STR_NONE;

	for (int i = 0; i < OWNERS; i++) {
		if (!st->owner[i][0] && !owns(st, carrier))
			memcpy(st->owner[i], carrier.ptr, carrier.len);
		if (!str_eq(str_of(st->owner[i]), carrier))
			continue;
		memset(st->told[i], 0, DIGITS);
		if (told.len >= DIGITS)
			memcpy(st->told[i], told.ptr, DIGITS);
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
	json_digits(st->now, value);
	st->len = value.len;
}

void statuses_note(struct statuses *s, struct str key, struct str value)
{
	struct str hash = str_split(&key, '/');
	struct status *st;

	if (hash.len != HEX || key.len > CARRIER || (key.ptr && str_empty(key)))
		return;
	pthread_mutex_lock(&s->lock);
	st = find_or_add(s, hash.ptr);
	if (key.ptr)
		note_owner(st, key, value);
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

/* Which of the carriers is to be told of it? Sets out->carrier. */
static bool is_due(struct status_due *out, const struct status *st,
		   const struct str *carrier, uint32_t nr)
{
	for (int i = 0; i < OWNERS; i++)
		for (uint32_t k = 0; k < nr; k++)
			if (str_eq(str_of(st->owner[i]), carrier[k]) &&
			    memcmp(st->told[i], st->now, DIGITS) != 0) {
				out->carrier = &carrier[k];
				return true;
			}
	return false;
}

bool statuses_due(struct status_due *out, struct statuses *s, uint32_t *at,
		  const struct str *carrier, uint32_t nr, struct arena *a)
{
	bool found = false;

	pthread_mutex_lock(&s->lock);
	for (; *at < s->nr && !found; ++*at) {
		const struct status *st = &s->ring[*at];

		found = st->json && is_due(out, st, carrier, nr);
		if (!found)
			continue;
		memcpy(out->digits, st->hash, DIGITS);
		out->digits[DIGITS] = 0;
		out->json = arena_str(a, (struct str){ st->json, st->len });
		out->key = arena_fmt(a, "%.*s/" STR_FMT, HEX, st->hash,
				     STR_ARG(*out->carrier));
		out->told = arena_fmt(a, TOLD "%.*s\"}", DIGITS, st->now);
	}
	pthread_mutex_unlock(&s->lock);
	return found;
}
