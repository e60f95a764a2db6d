#include "watchlist/score.h"

#include <string.h>

enum {
	PART_CROSSED = 20, /* off the similarity: surname met a given name */
	SURNAME_PERCENT = 130,
	LOG_SMALL_LIST = 10 << 4, /* 16 * log2(1,024) */
};

/* Percent of a word's weight, by enum name_kind. */
static const uint8_t kind_percent[NAME_KINDS] = {
	100, 60, 30, 50, 10, 20, 10, 0, 0,
};

uint16_t name_weight(enum name_kind kind, enum name_part part,
		     unsigned int base)
{
	unsigned int w = base * kind_percent[kind] / 100;

	return (uint16_t)(part == NAME_SURNAME ? w * SURNAME_PERCENT / 100 : w);
}

/* 16 * log2(v), rounded down to the straight line between powers of two. */
static unsigned int log2_16(uint32_t v)
{
	unsigned int whole = 31 - (unsigned int)__builtin_clz(v | 1);
	unsigned int part = (unsigned int)(((uint64_t)v << 4) >> whole) & 15;

	return (whole << 4) + part;
}

unsigned int name_base_weight(uint32_t df, uint32_t nr)
{
	unsigned int all = log2_16(nr);
	unsigned int common = log2_16(df);

	if (all < LOG_SMALL_LIST)
		all = LOG_SMALL_LIST;
	if (common > all)
		common = all;
	return WEIGHT_FULL - (WEIGHT_FULL - WEIGHT_LEAST) * common / all;
}

unsigned int rest_weight(unsigned int weight, uint8_t part, const bool met[2])
{
	return part == NAME_SURNAME && met[NAME_SURNAME] && met[NAME_GIVEN]
		       ? weight * SECOND_PERCENT / 100
		       : weight;
}

static bool is_joined(const struct name_unit *u)
{
	return (u->mask & (u->mask - 1)) != 0;
}

/* The best pair of keys of two units; false when nothing is alike. */
static bool compare_units(struct name_match *m, const struct name_unit *q,
			  const struct name_unit *n)
{
	m->sim = 0;
	for (uint8_t i = 0; i < q->nr_keys; i++) {
		for (uint8_t k = 0; k < n->nr_keys; k++) {
			unsigned int s = text_similarity(&q->key[i], &n->key[k],
							 q->stub);
			unsigned int off = q->key[i].cost + n->key[k].cost;

			if (q->part != n->part)
				off += PART_CROSSED;
			if (s <= off || s - off <= m->sim)
				continue;
			m->sim = (uint16_t)(s - off);
			m->carried_key = i;
			m->listed_key = k;
		}
	}
	return m->sim != 0;
}

static uint16_t mask_weight(unsigned int mask, const uint16_t *weight)
{
	unsigned int sum = 0;

	for (unsigned int i = 0; mask >> i; i++)
		if (mask >> i & 1)
			sum += weight[i];
	return (uint16_t)sum;
}

static void find_edges(struct name_scratch *tmp, const struct name_form *q,
		       const struct name_form *n, const uint16_t *weight)
{
	tmp->nr_edges = 0;
	for (uint8_t i = 0; i < q->nr_units; i++) {
		for (uint8_t k = 0; k < n->nr_units; k++) {
			struct name_match *m = &tmp->edge[tmp->nr_edges];

			if (is_joined(&q->unit[i]) && is_joined(&n->unit[k]))
				continue;
			if (!compare_units(m, &q->unit[i], &n->unit[k]))
				continue;
			m->carried = i;
			m->listed = k;
			m->weight = mask_weight(n->unit[k].mask, weight);
			tmp->nr_edges++;
		}
	}
}

static int32_t gain(const struct name_match *m)
{
	return (int32_t)m->weight * m->sim;
}

/*
 * The assignment: each token is in at most one match, and the sum of weight *
 * similarity is the greatest. Tokens of the query are decided in their order.
 * `ahead` has bit 0 set when token `at` is taken already by a unit that
 * began before it, bit 1 when the next is; `used` are the listed tokens
 * taken. A unit covers three neighbours at most, so two bits are enough.
 */
struct assignment {
	struct name_scratch *tmp;
	const struct name_form *q, *n;
};

static int32_t *state(const struct assignment *a, unsigned int at,
		      unsigned int ahead, unsigned int used)
{
	return &a->tmp->best[((at << 2 | ahead) << a->n->nr_tokens) + used];
}

/* May the edge, which begins at token `at`, be taken? */
static bool edge_fits(const struct assignment *a, const struct name_match *m,
		      unsigned int at, unsigned int ahead, unsigned int used)
{
	unsigned int mask = a->q->unit[m->carried].mask;

	return (mask & ((2u << at) - 1)) == 1u << at && !(mask >> at & ahead) &&
	       !(a->n->unit[m->listed].mask & used);
}

/* What is taken ahead of the next token once this edge is. */
static unsigned int edge_ahead(const struct assignment *a,
			       const struct name_match *m, unsigned int at,
			       unsigned int ahead)
{
	unsigned int mask = (unsigned int)a->q->unit[m->carried].mask >> at;

	return (mask | ahead) >> 1;
}

static int32_t solve(const struct assignment *a, unsigned int at,
		     unsigned int ahead, unsigned int used);

/* Greatest sum from token `at` on when it is left out, or not free. */
static int32_t solve_without(const struct assignment *a, unsigned int at,
			     unsigned int ahead, unsigned int used)
{
	return solve(a, at + 1, ahead >> 1, used);
}

static int32_t solve_with(const struct assignment *a,
			  const struct name_match *m, unsigned int at,
			  unsigned int ahead, unsigned int used)
{
	return gain(m) + solve(a, at + 1, edge_ahead(a, m, at, ahead),
			       used | a->n->unit[m->listed].mask);
}

static int32_t solve(const struct assignment *a, unsigned int at,
		     unsigned int ahead, unsigned int used)
{
	int32_t *known, best;

	if (at >= a->q->nr_tokens)
		return 0;
	known = state(a, at, ahead, used);
	if (*known >= 0)
		return *known;
	best = solve_without(a, at, ahead, used);
	for (uint32_t i = 0; i < a->tmp->nr_edges; i++) {
		const struct name_match *m = &a->tmp->edge[i];
		int32_t v;

		if (!edge_fits(a, m, at, ahead, used))
			continue;
		v = solve_with(a, m, at, ahead, used);
		if (v > best)
			best = v;
	}
	*known = best;
	return best;
}

/* Walk the greatest sum again; among equals the first edge, then none. */
static void take_best(struct name_score *out, const struct assignment *a)
{
	unsigned int ahead = 0, used = 0;

	for (unsigned int at = 0; at < a->q->nr_tokens; at++) {
		int32_t best = solve(a, at, ahead, used);
		const struct name_match *taken = NULL;

		for (uint32_t i = 0; i < a->tmp->nr_edges && !taken; i++) {
			const struct name_match *m = &a->tmp->edge[i];

			if (edge_fits(a, m, at, ahead, used) &&
			    solve_with(a, m, at, ahead, used) == best)
				taken = m;
		}
		if (!taken) {
			ahead >>= 1;
			continue;
		}
		out->match[out->nr++] = *taken;
		ahead = edge_ahead(a, taken, at, ahead);
		used |= a->n->unit[taken->listed].mask;
	}
}

/* What is left of one name: weight no match covers, and its price. */
struct rest {
	uint32_t weight; /* against which that of the other name counts */
	uint32_t price;	 /* thousandths */
};

/* May the token stand for its field? A particle or title does not. */
static bool is_word(const struct name_form *f, uint8_t token)
{
	return f->kind[token] < NAME_PARTICLE;
}

/* `used` has a bit for each token that a match covers. */
static void add_rest(struct rest *r, const struct name_form *f,
		     unsigned int used, uint8_t token, uint16_t weight)
{
	uint8_t part = f->unit[token].part;
	bool met[2] = { false, false };

	if (used >> token & 1)
		return;
	for (uint8_t i = 0; i < f->nr_tokens; i++)
		met[f->unit[i].part] |= (used >> i & 1) && is_word(f, i);
	r->weight += rest_weight(weight, part, met);
	r->price += weight * (met[part] ? PRICE_EXCESS : PRICE_ABSENT);
}

/*
 * What a cut field may have lost is not held against anybody. It was cut in its
 * last word or behind it: where that has met nothing, and is not too short to
 * do so, the cut explains nothing.
 */
static bool is_lost(const struct name_form *q, uint8_t part, unsigned int used)
{
	uint8_t last = q->nr_tokens;

	if (!q->cut[part])
		return false;
	while (last > 0 && q->unit[last - 1].part != part)
		last--;
	return last == 0 || used >> (last - 1) & 1 ||
	       q->unit[last - 1].key[0].text.len < STUB_LEAST;
}

static void find_rests(const struct name_score *s, const struct name_form *q,
		       const struct name_form *n, const uint16_t *weight,
		       struct rest *carried, struct rest *listed)
{
	unsigned int q_used = 0, n_used = 0;

	for (uint8_t i = 0; i < s->nr; i++) {
		q_used |= q->unit[s->match[i].carried].mask;
		n_used |= n->unit[s->match[i].listed].mask;
	}
	for (uint8_t i = 0; i < n->nr_tokens; i++)
		if (!is_lost(q, n->unit[i].part, q_used))
			add_rest(listed, n, n_used, i, weight[i]);
	for (uint8_t i = 0; i < q->nr_tokens; i++)
		add_rest(carried, q, q_used, i,
			 name_weight(q->kind[i], q->unit[i].part, WEIGHT_FULL));
}

void name_score(struct name_score *out, struct name_scratch *tmp,
		const struct name_form *carried, const struct name_form *listed,
		const uint16_t *weight)
{
	const struct assignment a = { tmp, carried, listed };
	struct rest rest_q = { 0, 0 }, rest_n = { 0, 0 };
	uint32_t matched = 0, sum = 0, whole;

	memset(out, 0, sizeof(*out));
	find_edges(tmp, carried, listed, weight);
	if (tmp->nr_edges == 0)
		return;
	memset(tmp->best, 0xff,
	       ((size_t)carried->nr_tokens << (2 + listed->nr_tokens)) *
		       sizeof(tmp->best[0]));
	take_best(out, &a);
	for (uint8_t i = 0; i < out->nr; i++) {
		matched += out->match[i].weight;
		sum += (uint32_t)gain(&out->match[i]);
	}
	find_rests(out, carried, listed, weight, &rest_q, &rest_n);
	whole = SCORE_MAX * matched + rest_q.price + rest_n.price +
		PRICE_CONFLICT * (rest_q.weight < rest_n.weight
					  ? rest_q.weight
					  : rest_n.weight);
	out->rarity = (uint16_t)(sum / SCORE_MAX);
	if (whole)
		out->score = (uint16_t)((uint64_t)sum * SCORE_MAX / whole);
}
