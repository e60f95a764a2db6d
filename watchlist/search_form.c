/* search_form.c - the names like one form of the query (see search.h) */
#include "watchlist/search.h"

#include <string.h>

enum {
	NO_SET = SEARCH_SETS, /* no set of tokens will do */
	FEW_BORN = 128,	      /* names of the ranges: all are looked at */
	FEW = 64,	      /* postings that are read one by one */
	DEAR = 16,	      /* a name considered, in postings read */
};

/* ---- the texts that are like the form's keys ---- */

static void gain(struct search *s, unsigned int cover, uint32_t weight,
		 unsigned int sim)
{
	struct bound_query *q = &s->query;

	for (unsigned int i = 0; cover >> i; i++) {
		if (!(cover >> i & 1))
			continue;
		if (weight * sim > q->gain[i])
			q->gain[i] = weight * sim;
		if (sim > q->sim[i])
			q->sim[i] = (uint16_t)sim;
	}
}

static void take_text(void *ctx, uint32_t text, unsigned int sim)
{
	struct search *s = ctx;
	struct text_near *n = &s->near[text];

	if (n->cover == 0)
		s->text[s->nr_text++] = text;
	if (sim > n->best)
		n->best = (uint16_t)sim;
	n->cover |= s->cover;
	gain(s, s->cover, s->wl->text[text].most, sim);
}

/* A key of one letter: every text that begins with it. */
static void open_letter(struct search *s, char letter)
{
	unsigned int at = (unsigned int)(letter - 'A');

	if (at >= SEARCH_LETTERS)
		return;
	s->open |= s->cover;
	s->letter[at] |= s->cover;
	gain(s, s->cover, s->most, SIM_INITIAL);
}

/* mass[] of a set becomes that of all covers within it. */
static void sum_masses(struct search *s)
{
	unsigned int nr = s->query.form->nr_tokens;

	for (unsigned int set = 0; set < 1u << nr; set++)
		s->bound[set] =
			(uint16_t)bound_without(&s->query, set, &s->gain[set]);
	for (unsigned int i = 0; i < nr; i++)
		for (unsigned int set = 0; set < 1u << nr; set++) {
			if (!(set >> i & 1))
				continue;
			s->mass[set].posts += s->mass[set ^ 1u << i].posts;
			s->mass[set].walk += s->mass[set ^ 1u << i].walk;
		}
}

static void find_texts(struct search *s)
{
	const struct name_form *form = s->query.form;

	for (uint8_t i = 0; i < form->nr_units; i++) {
		const struct name_unit *u = &form->unit[i];

		s->cover = u->mask;
		for (uint8_t k = 0; k < u->nr_keys; k++) {
			if (u->key[k].text.len == 1)
				open_letter(s, u->key[k].text.ptr[0]);
			similar_find(s->cache, s->wl, &u->key[k], u->stub,
				     (u->mask & (u->mask - 1)) != 0, take_text,
				     s);
		}
	}
	for (uint32_t i = 0; i < s->nr_text; i++) {
		struct text_mass *m = &s->mass[s->near[s->text[i]].cover];
		uint32_t posts = s->wl->text[s->text[i]].nr_posts;

		m->posts += posts;
		m->walk += posts < FEW ? posts : FEW;
	}
	sum_masses(s);
}

static void forget_texts(struct search *s)
{
	memset(s->mass, 0, sizeof(s->mass[0]) << s->query.form->nr_tokens);
	for (uint32_t i = 0; i < s->nr_text; i++)
		s->near[s->text[i]] = (struct text_near){ .best = 0 };
	s->nr_text = 0;
	if (s->open)
		memset(s->letter, 0, sizeof(s->letter));
	s->open = 0;
}

/* ---- a name's bound ---- */

/* What the texts of unit `u` are like, and what of the query they cover. */
static struct text_near near_unit(const struct search *s,
				  const struct snap_unit *u,
				  const struct snap_key *key)
{
	struct text_near all = { .best = 0 };

	for (uint8_t k = 0; k < u->nr_keys; k++) {
		struct text_near n = s->near[snap_key_text(key[k])];

		if (s->open) {
			unsigned int letter =
				s->wl->text[snap_key_text(key[k])].first - 'A';

			if (letter < SEARCH_LETTERS && s->letter[letter]) {
				n.cover |= s->letter[letter];
				if (n.best < SIM_INITIAL)
					n.best = SIM_INITIAL;
			}
		}
		if (n.best > all.best)
			all.best = n.best;
		all.cover |= n.cover;
	}
	return all;
}

/* May the name have the score and the mass that those of `set` need? */
static bool may_reach(const struct search *s, uint32_t name,
		      const struct born_set *set)
{
	const struct snap_name *n = &s->wl->name[name];
	const struct snap_unit *unit = &s->wl->unit[n->first_unit];
	const struct snap_key *key = &s->wl->key[n->first_key];
	struct bound_name b = { .nr = n->nr_tokens };
	uint32_t mass;

	for (uint8_t i = 0; i < n->nr_tokens; i++) {
		b.part[i] = unit[i].part;
		b.weight[i] = unit[i].weight;
	}
	for (uint8_t i = 0; i < n->nr_units; key += unit[i].nr_keys, i++) {
		struct text_near near = near_unit(s, &unit[i], key);

		b.covered |= near.cover;
		for (uint8_t k = 0; near.best && k < n->nr_tokens; k++)
			if (unit[i].mask >> k & 1 && near.best > b.best[k])
				b.best[k] = near.best;
	}
	return bound_of_name(&s->query, &b, &mass) >= set->need &&
	       mass >= set->mass;
}

static void consider(struct search *s, uint32_t name, const struct born_set *b)
{
	if (s->passed[name] & s->bit || !may_reach(s, name, b))
		return;
	if (!s->passed[name])
		s->name[s->nr_name++] = name;
	s->passed[name] |= s->bit;
}

/*
 * The names gathered. Each step needs what the one before has read, far away:
 * all of them take it together.
 */
static void consider_batch(struct search *s, const struct born_set *b)
{
	const struct watchlist *wl = s->wl;
	uint32_t nr = s->nr_batch, *at = s->batch;

	for (uint32_t i = 0; i < nr; i++)
		__builtin_prefetch(&wl->born[at[i]]);
	for (uint32_t i = 0; i < nr; i++) {
		at[i] = wl->born[at[i]];
		__builtin_prefetch(&wl->name[at[i]]);
		__builtin_prefetch(&s->passed[at[i]]);
	}
	for (uint32_t i = 0; i < nr; i++) {
		const struct snap_name *n = &wl->name[at[i]];

		__builtin_prefetch(&wl->unit[n->first_unit]);
		__builtin_prefetch(&wl->key[n->first_key]);
	}
	for (uint32_t i = 0; i < nr; i++) {
		const struct snap_name *n = &wl->name[at[i]];

		for (uint8_t k = 0; k < n->nr_units; k++)
			__builtin_prefetch(&s->near[snap_key_text(
				wl->key[n->first_key + k])]);
	}
	for (uint32_t i = 0; i < nr; i++)
		consider(s, at[i], b);
	s->nr_batch = 0;
}

/* The name at `born`, soon. */
static void gather(struct search *s, uint32_t born, const struct born_set *b)
{
	s->batch[s->nr_batch++] = born;
	if (s->nr_batch == SEARCH_BATCH)
		consider_batch(s, b);
}

/* ---- candidates ---- */

/*
 * A set of the query's tokens such that a name with nothing like any of them
 * stays below what is needed, whose texts cost least to follow; NO_SET when to
 * look at all the names of the ranges costs less.
 */
static unsigned int choose_set(const struct search *s, const struct born_set *b)
{
	unsigned int all = (1u << s->query.form->nr_tokens) - 1;
	unsigned int best = NO_SET;
	double in = (double)b->all / (s->wl->nr_born + 1.0), least = b->all;

	least *= DEAR;
	for (unsigned int set = 0; set <= all; set++) {
		const struct text_mass *rest = &s->mass[all & ~set];
		double cost;

		if (set & s->open ||
		    (s->bound[set] >= b->need && s->gain[set] >= b->mass))
			continue;
		cost = (double)(s->mass[all].walk - rest->walk) +
		       (double)(s->mass[all].posts - rest->posts) * in * DEAR;
		if (cost >= least)
			continue;
		best = set;
		least = cost;
	}
	return best;
}

/* The first posting from `at` on that is not below `born`. */
static uint32_t skip_to(const uint32_t *post, uint32_t at, uint32_t nr,
			uint32_t born)
{
	uint32_t step = 1, to;

	if (at >= nr || post[at] >= born)
		return at;
	while (step < nr - at && post[at + step] < born) {
		at += step;
		step *= 2;
	}
	to = step < nr - at ? at + step : nr;
	for (at++; at < to;) {
		uint32_t middle = at + (to - at) / 2;

		if (post[middle] < born)
			at = middle + 1;
		else
			to = middle;
	}
	return at;
}

static bool is_in(const struct born_set *b, uint32_t born)
{
	uint32_t from = 0, to = b->nr;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (b->range[middle].to <= born)
			from = middle + 1;
		else
			to = middle;
	}
	return from < b->nr && b->range[from].from <= born;
}

/* The names of a text whose birth date is in the set. */
static void walk_posts(struct search *s, const struct snap_text *t,
		       const struct born_set *b)
{
	const uint32_t *post = s->wl->post + t->first_post;
	uint32_t at = 0;

	if (t->nr_posts < FEW) {
		for (; at < t->nr_posts; at++) {
			uint32_t p = post[at] / SEARCH_PIECE;

			if (b->piece[p / 64] >> p % 64 & 1 &&
			    is_in(b, post[at]))
				gather(s, post[at], b);
		}
		return;
	}
	for (uint32_t r = 0; r < b->nr && at < t->nr_posts; r++) {
		at = skip_to(post, at, t->nr_posts, b->range[r].from);
		for (; at < t->nr_posts && post[at] < b->range[r].to; at++)
			gather(s, post[at], b);
	}
}

static void walk_all(struct search *s, const struct born_set *b)
{
	for (uint32_t r = 0; r < b->nr; r++)
		for (uint32_t i = b->range[r].from; i < b->range[r].to; i++)
			gather(s, i, b);
}

/* What a match with a text gives to a score of `need`, at most. */
static int32_t given(const struct search *s, uint32_t text, unsigned int need)
{
	const struct snap_text *t = &s->wl->text[text];
	int32_t more = (int32_t)s->near[text].best - (int32_t)need;

	return more > 0 ? (int32_t)t->most * more
			: (int32_t)t->least * SNAP_STEP * more;
}

/*
 * The same by token, of all texts. An open letter is below any need that this
 * is asked for.
 */
static void find_surplus(const struct search *s, unsigned int need,
			 uint32_t surplus[NAME_TOKENS])
{
	memset(surplus, 0, NAME_TOKENS * sizeof(*surplus));
	for (uint32_t i = 0; i < s->nr_text; i++) {
		const struct text_near *n = &s->near[s->text[i]];
		int32_t v;

		if (n->best <= need)
			continue;
		v = given(s, s->text[i], need);
		for (unsigned int k = 0; n->cover >> k; k++)
			if (n->cover >> k & 1 && (uint32_t)v > surplus[k])
				surplus[k] = (uint32_t)v;
	}
}

/* Names that have something of `set`: those texts that may be enough. */
static void walk_set(struct search *s, const struct born_set *b,
		     unsigned int set)
{
	uint32_t surplus[NAME_TOKENS];
	int32_t level[NAME_TOKENS];
	bool few = b->need > SIM_INITIAL;

	if (few) {
		find_surplus(s, b->need, surplus);
		few = bound_levels(&s->query, set, b->need, surplus, level);
	}
	for (uint32_t i = 0; i < s->nr_text; i++) {
		uint32_t text = s->text[i];
		unsigned int cover = s->near[text].cover & set;
		int32_t least = 0;

		if (!cover)
			continue;
		for (unsigned int k = 0; few && cover >> k; k++)
			if (cover >> k & 1)
				least += level[k];
		if (!few || given(s, text, b->need) > least)
			walk_posts(s, &s->wl->text[text], b);
	}
}

static void search_set(struct search *s, const struct born_set *b)
{
	unsigned int set;

	if (b->nr == 0)
		return;
	set = b->all <= FEW_BORN ? NO_SET : choose_set(s, b);
	if (set == NO_SET)
		walk_all(s, b);
	else
		walk_set(s, b, set);
	consider_batch(s, b);
}

void search_form(struct search *s, const struct name_form *form,
		 unsigned int nr)
{
	if (form->nr_tokens == 0)
		return;
	bound_query_init(&s->query, form);
	s->bit = (uint8_t)(1u << nr);
	find_texts(s);
	search_set(s, &s->same);
	search_set(s, &s->part);
	search_set(s, &s->unknown);
	forget_texts(s);
}
