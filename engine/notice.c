#include "engine/notice.h"

#include <stdlib.h>
#include <string.h>

bool notice_is(const struct message *m, const struct traveller *t)
{
	return str_starts(m->function, STR("266")) ||
	       str_eq(t->status, STR("cancelled")) ||
	       str_eq(t->status, STR("not_on_board"));
}

static int64_t id_key(const struct flight_state *s, const struct sighting *x)
{
	struct str part[] = { str_of(s->key.text), x->carrier_id };

	return x->carrier_id.ptr ? crypt_id64("notice-id", part, 2) : 0;
}

static int64_t name_key(const struct flight_state *s, const struct sighting *x)
{
	struct str part[] = { str_of(s->key.text), x->locator, x->surname,
			      x->given };

	if (str_empty(x->locator) || str_empty(x->surname))
		return 0;
	return crypt_id64("notice-name", part, 4);
}

static void push_notice(struct flight_state *s, struct notice n)
{
	*(struct notice *)arena_push(&s->arena, &s->notice, &s->nr_notice,
				     sizeof(n)) = n;
}

void notice_add(struct flight_state *s, const struct sighting *x,
		const struct traveller *t)
{
	struct notice n = { id_key(s, x), name_key(s, x), x->sent_at,
			    x->bare || str_eq(t->status, STR("on_board")) };

	/* a close-out without CLNB or CLOB says only that it is closed */
	if ((x->bare || t->status.ptr) && (n.id || n.name))
		push_notice(s, n);
}

void notice_add_flight(struct flight_state *s, const struct message *m)
{
	if (str_eq(m->function, STR("266:XF")))
		push_notice(s, (struct notice){ .sent_at = m->sent_at });
}

static int cmp_i64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* By person, the newest first; of two at one time the one who travels. */
static int by_person(const void *x, const void *y)
{
	const struct notice *a = x, *b = y;
	int c = cmp_i64(a->id, b->id);

	if (!c)
		c = cmp_i64(a->name, b->name);
	if (!c)
		c = cmp_i64(b->sent_at.s, a->sent_at.s);
	return c ? c : (int)b->travels - (int)a->travels;
}

static void keep_newest(struct flight_state *s)
{
	uint32_t kept = 0;

	if (s->nr_notice)
		qsort(s->notice, s->nr_notice, sizeof(*s->notice), by_person);
	for (uint32_t i = 0; i < s->nr_notice; i++) {
		const struct notice *n = &s->notice[i];

		if (kept && n->id == s->notice[kept - 1].id &&
		    n->name == s->notice[kept - 1].name)
			continue;
		s->notice[kept++] = *n;
	}
	s->nr_notice = kept;
}

/* A key of one of the linked. */
struct known_by {
	int64_t key;
	uint32_t linked;
};

struct known {
	struct known_by *by;
	uint32_t nr;
};

static int by_key(const void *x, const void *y)
{
	const struct known_by *a = x, *b = y;
	int c = cmp_i64(a->key, b->key);

	return c ? c : cmp_i64(a->linked, b->linked);
}

/* All keys of one kind, sorted; a person whose sides agree has one. */
static struct known known_keys(const struct flight_state *s,
			       int64_t (*key)(const struct flight_state *,
					      const struct sighting *),
			       struct arena *a)
{
	struct known k = { arena_alloc(a, 2 * s->nr_linked * sizeof(*k.by) + 1),
			   0 };
	uint32_t nr = 0;

	for (uint32_t i = 0; i < s->nr_linked; i++) {
		const struct sighting *side[] = { s->linked[i].pnr,
						  s->linked[i].api };

		for (size_t n = 0; n < ARRAY_SIZE(side); n++) {
			int64_t v = side[n] ? key(s, side[n]) : 0;

			if (v)
				k.by[k.nr++] = (struct known_by){ v, i };
		}
	}
	if (k.nr)
		qsort(k.by, k.nr, sizeof(*k.by), by_key);
	for (uint32_t i = 0; i < k.nr; i++)
		if (!nr || by_key(&k.by[nr - 1], &k.by[i]))
			k.by[nr++] = k.by[i];
	k.nr = nr;
	return k;
}

/* The person with that key; NULL when there is none or are several. */
static struct linked *only_one(struct flight_state *s, const struct known *k,
			       int64_t key)
{
	uint32_t low = 0, high = k->nr;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (k->by[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	if (!key || low == k->nr || k->by[low].key != key ||
	    (low + 1 < k->nr && k->by[low + 1].key == key))
		return NULL;
	return &s->linked[k->by[low].linked];
}

/* Does the carrier's reference say that it is somebody else of the name? */
static bool is_other(const struct flight_state *s, const struct notice *n,
		     const struct linked *l)
{
	int64_t pnr = l->pnr ? id_key(s, l->pnr) : 0;
	int64_t api = l->api ? id_key(s, l->api) : 0;

	return n->id && (pnr || api) && n->id != pnr && n->id != api;
}

static bool is_older(struct moment at, const struct linked *l)
{
	return (l->pnr && at.s < l->pnr->sent_at.s) ||
	       (l->api && at.s < l->api->sent_at.s);
}

static void apply(struct flight_state *s, const struct notice *n,
		  struct linked *l)
{
	bool push_is_newer =
		moment_is_set(s->pushed_at) && n->sent_at.s < s->pushed_at.s;

	if (is_older(n->sent_at, l) || (n->travels && push_is_newer))
		return;
	if (moment_is_set(l->noticed_at) &&
	    (n->sent_at.s < l->noticed_at.s ||
	     (n->sent_at.s == l->noticed_at.s && !n->travels)))
		return;
	l->noticed_at = n->sent_at;
	l->gone = !n->travels;
}

void notices_settle(struct flight_state *s)
{
	struct arena scratch = { 0 };
	struct known ids, names;

	if (!s->nr_notice)
		return;
	keep_newest(s);
	ids = known_keys(s, id_key, &scratch);
	names = known_keys(s, name_key, &scratch);
	for (uint32_t i = 0; i < s->nr_notice; i++) {
		const struct notice *n = &s->notice[i];
		struct linked *l = only_one(s, &ids, n->id);

		if (!l)
			l = only_one(s, &names, n->name);
		if (l && !is_other(s, n, l))
			apply(s, n, l);
		else if (!n->id && !n->name)
			for (uint32_t k = 0; k < s->nr_linked; k++)
				apply(s, n, &s->linked[k]);
	}
	arena_release(&scratch);
}
