/*
 * history_count.c - from answers to counts
 */
#include "engine/history.h"

#include <stdlib.h>

/* Trips, sorted, each once; `cut`: there are more that were not read. */
struct trips {
	int64_t *v;
	uint32_t nr;
	bool cut;
};

static int by_id(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static bool has(const struct trips *t, int64_t trip)
{
	return t->nr && bsearch(&trip, t->v, t->nr, sizeof(trip), by_id);
}

/* All that was answered for a use, without the traveller's own trip. */
static struct trips trips_of(const struct history_batch *h,
			     const struct history_subject *s, uint8_t use,
			     uint32_t who)
{
	const struct history_ref *ref = h->ref + s->ref;
	struct trips out = { NULL, 0, false };
	uint32_t nr = 0;

	for (uint32_t i = 0; i < s->nr_ref; i++) {
		const struct row_tokens *t = &h->ask[ref[i].ask].trips;

		if (ref[i].use != use || ref[i].who != who)
			continue;
		out.cut = out.cut || t->nr >= FACT_TRIPS;
		for (uint32_t k = 0; k < t->nr; k++)
			if (t->v[k] != s->trip)
				*(int64_t *)arena_push(
					h->arena, &out.v, &out.nr,
					sizeof(*out.v)) = t->v[k];
	}
	if (!out.nr)
		return out;
	qsort(out.v, out.nr, sizeof(*out.v), by_id);
	for (uint32_t i = 0; i < out.nr; i++)
		if (!nr || out.v[nr - 1] != out.v[i])
			out.v[nr++] = out.v[i];
	out.nr = nr;
	return out;
}

static int32_t at_most(uint32_t nr)
{
	return nr < PAST_MOST ? (int32_t)nr : PAST_MOST;
}

static bool was_asked(const struct history_subject *s, uint8_t use)
{
	return s->asked & (1U << use);
}

/* Trips made and not made; who has more than are read is not one person. */
static void count_own(struct past *p, const struct history_subject *s,
		      const struct trips *self, const struct trips *gone)
{
	uint32_t made = 0;

	if (!was_asked(s, HISTORY_SELF) || self->cut)
		return;
	for (uint32_t i = 0; i < self->nr; i++)
		made += !has(gone, self->v[i]);
	p->n[PAST_TRIPS] = at_most(made);
	p->n[PAST_CANCELLATIONS] = at_most(gone->nr);
}

static void count_others(struct past *p, const struct history_batch *h,
			 const struct history_subject *s,
			 const struct trips *self)
{
	uint32_t known = 0;

	if (!was_asked(s, HISTORY_SELF) || self->cut || !s->others_known)
		return;
	for (uint32_t who = 0; who < s->nr_others; who++) {
		struct trips t = trips_of(h, s, HISTORY_OTHER, who);
		bool together = false;

		if (t.cut)
			return;
		for (uint32_t i = 0; i < t.nr && !together; i++)
			together = has(self, t.v[i]);
		known += together;
	}
	p->n[PAST_CO_TRAVELLERS] = at_most(known);
}

const struct past *history_next(struct history_batch *h)
{
	const struct history_subject *s;
	struct trips self, gone;
	struct past *p;

	if (!h->days || h->next == h->nr_subject)
		return NULL;
	s = &h->subject[h->next++];
	p = arena_alloc(h->arena, sizeof(*p));
	p->days = h->days;
	for (size_t i = 0; i < PAST_COUNTS; i++)
		p->n[i] = PAST_UNKNOWN;
	for (uint8_t use = 0; use < PAST_TRIPS; use++)
		if (was_asked(s, use))
			p->n[use] = at_most(trips_of(h, s, use, 0).nr);
	self = trips_of(h, s, HISTORY_SELF, 0);
	gone = trips_of(h, s, HISTORY_GONE, 0);
	count_own(p, s, &self, &gone);
	count_others(p, h, s, &self);
	return p;
}
