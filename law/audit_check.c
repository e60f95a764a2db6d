#include "law/audit_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void audit_check_init(struct audit_check *c, struct arena *a,
		      const uint8_t (*key)[CRYPT_KEY_LEN], uint32_t nr_key)
{
	*c = (struct audit_check){ .arena = a, .key = key, .nr_key = nr_key };
}

void audit_check_fault(struct audit_check *c, struct str chain, int64_t seq,
		       const char *fmt, ...)
{
	char text[300];
	va_list ap;

	c->faults++;
	if (c->nr_fault == AUDIT_FAULTS)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->fault[c->nr_fault++] =
		(struct audit_fault){ arena_str(c->arena, chain),
				      arena_str(c->arena, str_of(text)), seq };
}

static bool is_trusted(const struct audit_check *c,
		       const uint8_t key[CRYPT_KEY_LEN])
{
	for (uint32_t i = 0; i < c->nr_key; i++)
		if (!memcmp(c->key[i], key, CRYPT_KEY_LEN))
			return true;
	return false;
}

static bool same_hash(const uint8_t *a, const uint8_t *b)
{
	return memcmp(a, b, CRYPT_HASH_LEN) == 0;
}

static void remember_spans(struct audit_check *c,
			   const struct audit_checkpoint *p)
{
	for (uint32_t i = 0; i < p->nr_span; i++) {
		struct audit_milestone *m = arena_push(
			c->arena, &c->milestone, &c->nr_milestone, sizeof(*m));

		m->chain = p->span[i].chain;
		m->seq = p->span[i].last;
		m->nr = p->nr;
		memcpy(m->hash, p->span[i].hash, CRYPT_HASH_LEN);
	}
}

void audit_check_checkpoint(struct audit_check *c, const struct audit_signed *s)
{
	struct audit_checkpoint p;
	struct err e = { 0 };
	long long nr = s->nr;

	c->checkpoints++;
	if (!audit_checkpoint_is_signed(s))
		audit_check_fault(c, STR_NONE, s->nr,
				  "checkpoint %lld: its signature is not over "
				  "this text",
				  nr);
	else if (!is_trusted(c, s->key))
		audit_check_fault(c, STR_NONE, s->nr,
				  "checkpoint %lld: signed by a key that is "
				  "not trusted",
				  nr);
	if (audit_checkpoint_read(&p, s->text, c->arena, &e)) {
		audit_check_fault(c, STR_NONE, s->nr, "checkpoint %lld: %s", nr,
				  e.text);
		return;
	}
	if (p.nr != s->nr || p.nr != c->last.nr + 1)
		audit_check_fault(c, STR_NONE, s->nr,
				  "checkpoint %lld comes after %lld", nr,
				  (long long)c->last.nr);
	else if (!same_hash(p.before, c->last_hash))
		audit_check_fault(c, STR_NONE, s->nr,
				  "checkpoint %lld does not follow from the "
				  "one before",
				  nr);
	remember_spans(c, &p);
	c->last = p;
	c->signed_until = p.at;
	audit_checkpoint_hash(c->last_hash, s->text);
}

static int by_place(const void *a, const void *b)
{
	const struct audit_milestone *x = a, *y = b;
	int order = str_cmp(x->chain, y->chain);

	return order ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

/* What is signed of a chain, or NULL. */
static const struct audit_span *signed_span(const struct audit_check *c,
					    struct str chain)
{
	for (uint32_t i = 0; i < c->last.nr_span; i++)
		if (str_eq(c->last.span[i].chain, chain))
			return &c->last.span[i];
	return NULL;
}

/* A head that says less than what is signed. */
static void check_head(struct audit_check *c, const struct audit_span *h)
{
	const struct audit_span *s = signed_span(c, h->chain);

	if (!s && (h->first != 1 || !same_hash(h->before, audit_origin)))
		audit_check_fault(c, h->chain, h->first,
				  "begins at event %lld, and no checkpoint "
				  "says that what was before is removed",
				  (long long)h->first);
	else if (s &&
		 (h->first != s->first || !same_hash(h->before, s->before)))
		audit_check_fault(c, h->chain, h->first,
				  "begins at event %lld, not at %lld as the "
				  "last checkpoint says",
				  (long long)h->first, (long long)s->first);
	if (s && h->last < s->last)
		audit_check_fault(c, h->chain, h->last,
				  "ends at event %lld, but event %lld was "
				  "signed: a tail is cut off",
				  (long long)h->last, (long long)s->last);
}

static bool has_head(const struct audit_check *c, struct str chain)
{
	for (uint32_t i = 0; i < c->nr_head; i++)
		if (str_eq(c->head[i].chain, chain))
			return true;
	return false;
}

void audit_check_heads(struct audit_check *c, const struct audit_span *head,
		       uint32_t nr)
{
	if (c->nr_milestone)
		qsort(c->milestone, c->nr_milestone, sizeof(*c->milestone),
		      by_place);
	c->head = head ? head : c->last.span;
	c->nr_head = head ? nr : c->last.nr_span;
	for (uint32_t i = 0; i < c->nr_head; i++)
		check_head(c, &c->head[i]);
	for (uint32_t i = 0; i < c->last.nr_span; i++)
		if (!has_head(c, c->last.span[i].chain))
			audit_check_fault(c, c->last.span[i].chain, 0,
					  "was signed and is gone");
}

/* Does the chain in hand end where it ought to? */
static void close_chain(struct audit_check *c)
{
	const struct audit_span *end = c->ends;
	struct str chain = c->now.chain;

	if (!chain.ptr)
		return;
	if (end && c->now.last < end->last)
		audit_check_fault(c, chain, end->last,
				  "events %lld to %lld are missing: the tail "
				  "is cut off",
				  (long long)c->now.last + 1,
				  (long long)end->last);
	else if (end && c->now.last == end->last &&
		 !same_hash(c->now.hash, end->hash))
		audit_check_fault(c, chain, end->last,
				  "event %lld does not have the hash that the "
				  "chain ends with",
				  (long long)end->last);
}

/* The next chain that ought to be there begins. */
static void open_chain(struct audit_check *c, const struct audit_span *head)
{
	c->chains++;
	c->now = *head;
	c->now.last = head->first - 1;
	memcpy(c->now.hash, head->before, CRYPT_HASH_LEN);
	c->ends = head;
}

/* Heads before `chain` have no events: right only if none are due. */
static void skip_heads(struct audit_check *c, struct str chain)
{
	while (c->next_head < c->nr_head &&
	       (!chain.ptr ||
		str_cmp(c->head[c->next_head].chain, chain) < 0)) {
		open_chain(c, &c->head[c->next_head++]);
		close_chain(c);
	}
}

static void change_chain(struct audit_check *c, struct str chain)
{
	static const struct audit_span fresh = { .first = 1 };
	struct audit_span unknown = fresh;

	close_chain(c);
	skip_heads(c, chain);
	if (c->next_head < c->nr_head &&
	    str_eq(c->head[c->next_head].chain, chain)) {
		open_chain(c, &c->head[c->next_head++]);
		return;
	}
	unknown.chain = arena_str(c->arena, chain);
	audit_check_fault(c, chain, 0,
			  has_head(c, chain)
				  ? "its events do not stand together"
				  : "nobody knows of this chain");
	open_chain(c, &unknown);
	c->ends = NULL;
}

/* Compare with what was signed of this event. */
static void check_milestones(struct audit_check *c, const struct audit_link *l)
{
	while (c->next_milestone < c->nr_milestone) {
		const struct audit_milestone *m =
			&c->milestone[c->next_milestone];
		int order = str_cmp(m->chain, l->chain);

		if (order > 0 || (order == 0 && m->seq > l->seq))
			return;
		c->next_milestone++;
		if (order == 0 && m->seq == l->seq &&
		    !same_hash(m->hash, l->hash))
			audit_check_fault(c, l->chain, l->seq,
					  "event %lld does not have the hash "
					  "that checkpoint %lld signed",
					  (long long)l->seq, (long long)m->nr);
	}
}

void audit_check_event(struct audit_check *c, const struct audit_link *l)
{
	uint8_t hash[CRYPT_HASH_LEN];

	c->events++;
	if (!str_eq(c->now.chain, l->chain))
		change_chain(c, l->chain);
	if (l->seq > c->now.last + 1) {
		audit_check_fault(
			c, l->chain, l->seq, "events %lld to %lld are missing",
			(long long)c->now.last + 1, (long long)l->seq - 1);
	} else if (l->seq < c->now.last + 1) {
		audit_check_fault(c, l->chain, l->seq,
				  "event %lld comes after %lld: doubled, or "
				  "out of order",
				  (long long)l->seq, (long long)c->now.last);
	} else {
		audit_hash(hash, c->now.hash, l->chain, l->seq, l->line);
		if (!same_hash(hash, l->hash))
			audit_check_fault(c, l->chain, l->seq,
					  "event %lld was changed: it does not "
					  "have its hash, or does not follow "
					  "from the one before",
					  (long long)l->seq);
	}
	if (c->ends && l->seq > c->ends->last)
		audit_check_fault(c, l->chain, l->seq,
				  "event %lld stands behind the end of the "
				  "chain, %lld",
				  (long long)l->seq, (long long)c->ends->last);
	check_milestones(c, l);
	c->now.last = l->seq;
	memcpy(c->now.hash, l->hash, CRYPT_HASH_LEN);
}

void audit_check_end(struct audit_check *c)
{
	close_chain(c);
	skip_heads(c, STR_NONE);
}
