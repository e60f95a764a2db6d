#include "watchlist/memo.h"

#include <stdlib.h>
#include <string.h>

enum { LINES = 4096 };

struct line {
	uint32_t round; /* valid in this round of the memo */
	uint32_t nr;
	struct memo_key key;
	struct watch_match match[MEMO_MATCHES];
};

struct memo {
	uint32_t round; /* from 1: zeroed lines are of none */
	struct line line[LINES];
};

struct memo *memo_new(void)
{
	struct memo *m = calloc(1, sizeof(*m));

	if (m)
		m->round = 1;
	return m;
}

void memo_free(struct memo *m)
{
	free(m);
}

void memo_clear(struct memo *m)
{
	if (++m->round == 0) {
		memset(m, 0, sizeof(*m));
		m->round = 1;
	}
}

/* Append; too much makes the key useless, for good. */
static void put(struct memo_key *k, bool *whole, const void *bytes, size_t len)
{
	if (len > MEMO_BYTES - k->len) {
		*whole = false;
		return;
	}
	if (len)
		memcpy(k->bytes + k->len, bytes, len);
	k->len += (uint32_t)len;
}

/* With its length in front, so that neighbours cannot run together. */
static void put_text(struct memo_key *k, bool *whole, struct str s)
{
	uint16_t len = (uint16_t)s.len;

	if (s.len >= MEMO_BYTES)
		*whole = false;
	put(k, whole, &len, sizeof(len));
	put(k, whole, s.ptr, *whole ? s.len : 0);
}

void memo_key_make(struct memo_key *k, const struct watch_query *q)
{
	const uint8_t head[] = {
		(uint8_t)q->nr_names,	  (uint8_t)q->nr_nationalities,
		(uint8_t)q->nr_documents, (uint8_t)q->sex,
		(uint8_t)q->birth.year,	  (uint8_t)(q->birth.year >> 8),
		q->birth.month,		  q->birth.day,
	};
	bool whole = true;

	k->len = 0;
	put(k, &whole, head, sizeof(head));
	for (uint32_t i = 0; i < q->nr_names; i++) {
		put_text(k, &whole, q->name[i].surname);
		put_text(k, &whole, q->name[i].given);
	}
	for (uint32_t i = 0; i < q->nr_nationalities; i++)
		put_text(k, &whole, q->nationality[i]);
	put_text(k, &whole, q->birth_country);
	put_text(k, &whole, q->birth_place);
	for (uint32_t i = 0; i < q->nr_documents; i++) {
		const struct watch_document *d = &q->document[i];

		put_text(k, &whole,
			 (struct str){ d->number.text, d->number.len });
		put_text(k, &whole, d->issuer);
	}
	if (!whole)
		k->len = 0;
	k->hash = 0x811c9dc5u; /* FNV-1a */
	for (uint32_t i = 0; i < k->len; i++)
		k->hash = (k->hash ^ k->bytes[i]) * 0x01000193u;
}

bool memo_get(const struct memo *m, const struct memo_key *k,
	      struct watch_match *out, uint32_t cap, uint32_t *nr)
{
	const struct line *l = &m->line[k->hash % LINES];

	if (k->len == 0 || l->round != m->round || l->nr > cap ||
	    l->key.len != k->len || l->key.hash != k->hash ||
	    memcmp(l->key.bytes, k->bytes, k->len) != 0)
		return false;
	*nr = l->nr;
	memcpy(out, l->match, l->nr * sizeof(*out));
	return true;
}

void memo_put(struct memo *m, const struct memo_key *k,
	      const struct watch_match *match, uint32_t nr)
{
	struct line *l = &m->line[k->hash % LINES];

	if (k->len == 0 || nr > MEMO_MATCHES)
		return;
	l->round = m->round;
	l->nr = nr;
	l->key.len = k->len;
	l->key.hash = k->hash;
	memcpy(l->key.bytes, k->bytes, k->len);
	memcpy(l->match, match, nr * sizeof(*match));
}
