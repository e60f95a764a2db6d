#include "watchlist/bound.h"

#include <string.h>

void bound_query_init(struct bound_query *q, const struct name_form *form)
{
	memset(q, 0, sizeof(*q));
	q->form = form;
	for (uint8_t i = 0; i < form->nr_tokens; i++)
		q->weight[i] = name_weight(form->kind[i], form->unit[i].part,
					   WEIGHT_FULL);
}

/* Tokens that are left over for certain: their weight and price. */
struct left {
	uint32_t weight, price;
};

static void leave(struct left *l, uint32_t weight, uint8_t part,
		  const bool met[2])
{
	l->weight += rest_weight(weight, part, met);
	l->price += weight * (met[part] ? PRICE_EXCESS : PRICE_ABSENT);
}

/* The query's tokens of `set`, which nothing meets. */
static struct left left_of_query(const struct bound_query *q, unsigned int set)
{
	bool met[2] = { false, false };
	struct left l = { 0, 0 };

	for (uint8_t i = 0; i < q->form->nr_tokens; i++)
		met[q->form->unit[i].part] |= !(set >> i & 1);
	for (uint8_t i = 0; i < q->form->nr_tokens; i++)
		if (set >> i & 1)
			leave(&l, q->weight[i], q->form->unit[i].part, met);
	return l;
}

unsigned int bound_without(const struct bound_query *q, unsigned int set,
			   uint32_t *mass)
{
	uint64_t sum = 0, whole;
	unsigned int sim = 0;

	for (uint8_t i = 0; i < q->form->nr_tokens; i++) {
		if (set >> i & 1)
			continue;
		sum += q->gain[i];
		if (q->sim[i] > sim)
			sim = q->sim[i];
	}
	*mass = (uint32_t)sum;
	if (sum == 0)
		return 0;
	whole = sum * SCORE_MAX / sim + left_of_query(q, set).price;
	return (unsigned int)(sum * SCORE_MAX / whole);
}

unsigned int bound_of_name(const struct bound_query *q,
			   const struct bound_name *n, uint32_t *mass)
{
	unsigned int all = (1u << q->form->nr_tokens) - 1;
	struct left mine = left_of_query(q, all & ~(unsigned int)n->covered);
	struct left theirs = { 0, 0 };
	bool met[2] = { false, false };
	uint64_t sum = 0, open = 0, whole;

	for (uint8_t i = 0; i < n->nr; i++)
		met[n->part[i]] |= n->best[i] != 0;
	for (uint8_t i = 0; i < n->nr; i++) {
		sum += (uint64_t)n->weight[i] * n->best[i];
		if (q->form->cut[n->part[i]])
			continue; /* left over, it costs nothing */
		if (n->best[i])
			open += n->weight[i];
		else
			leave(&theirs, n->weight[i], n->part[i], met);
	}
	*mass = (uint32_t)sum;
	if (sum == 0)
		return 0;
	whole = sum * (SCORE_MAX - PRICE_EXCESS) / SCORE_MAX +
		open * PRICE_EXCESS + mine.price + theirs.price +
		PRICE_CONFLICT * (uint64_t)(mine.weight < theirs.weight
						    ? mine.weight
						    : theirs.weight);
	return (unsigned int)(sum * SCORE_MAX / whole);
}

uint32_t bound_loss(const struct bound_query *q, uint8_t token,
		    unsigned int need)
{
	const struct name_unit *unit = q->form->unit;
	unsigned int price = PRICE_ABSENT; /* alone in its field */

	for (uint8_t i = 0; i < q->form->nr_tokens; i++)
		if (i != token && unit[i].part == unit[token].part)
			price = PRICE_EXCESS;
	return need * q->weight[token] * price / SCORE_MAX;
}
