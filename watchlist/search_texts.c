/* search_texts.c - the texts that are like a form's keys (see search.h) */
#include "watchlist/search_steps.h"

#include <string.h>

enum {
	AHEAD = 24, /* texts whose memory is on its way */
	WAIT = 4,   /* for a text, in postings read */
};

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

static void take_texts(void *ctx, const struct similar_text *t, uint32_t nr)
{
	struct search *s = ctx;
	uint8_t cover = s->cover;

	for (uint32_t i = 0; i < nr; i++) {
		struct text_near *n = &s->near[t[i].text];

		if (i + AHEAD < nr)
			__builtin_prefetch(&s->near[t[i + AHEAD].text], 1);
		if (n->cover == 0)
			s->text[s->nr_text++] = (struct search_text){
				.text = t[i].text,
				.most = t[i].most,
				.least = t[i].least,
				.posts = t[i].posts,
				.undated = t[i].undated,
			};
		if (t[i].sim > n->best)
			n->best = t[i].sim;
		n->cover |= cover;
		gain(s, cover, t[i].most, t[i].sim);
	}
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

static void bound_sets(struct search *s)
{
	unsigned int nr = s->query.form->nr_tokens;

	for (unsigned int set = 0; set < 1u << nr; set++)
		s->bound[set] =
			(uint16_t)bound_without(&s->query, set, &s->gain[set]);
}

void search_texts_find(struct search *s)
{
	const struct name_form *form = s->query.form;

	for (uint8_t i = 0; i < form->nr_units; i++) {
		const struct name_unit *u = &form->unit[i];

		s->cover = u->mask;
		for (uint8_t k = 0; k < u->nr_keys; k++) {
			if (u->key[k].text.len == 1)
				open_letter(s, u->key[k].text.ptr[0]);
			similar_find(s->cache, s->wl, &u->key[k], u->stub,
				     (u->mask & (u->mask - 1)) != 0, take_texts,
				     s);
		}
	}
	for (uint32_t i = 0; i < s->nr_text; i++) {
		struct text_near n = s->near[s->text[i].text];

		s->text[i].best = n.best;
		s->text[i].cover = n.cover;
	}
	bound_sets(s);
}

void search_texts_forget(struct search *s)
{
	for (uint32_t i = 0; i < s->nr_text; i++)
		s->near[s->text[i].text] = (struct text_near){ .best = 0 };
	s->nr_text = 0;
	if (s->open)
		memset(s->letter, 0, sizeof(s->letter));
	s->open = 0;
}

/* ---- of use for a set ---- */

int32_t search_text_gives(const struct search_text *t, unsigned int need)
{
	int32_t more = (int32_t)t->best - (int32_t)need;

	return more * (more > 0 ? t->most : t->least * SNAP_STEP);
}

uint32_t search_text_posts(const struct search *s, const struct search_text *t,
			   const struct born_set *b)
{
	uint32_t nr = b->undated ? t->undated : t->posts;

	if (nr < SIMILAR_MANY)
		return nr;
	return b->undated ? s->wl->text[t->text].nr_undated
			  : s->wl->text[t->text].nr_posts;
}

/*
 * The most that texts give, by token. An open letter gives nothing: what needs
 * so little that it would has a use for all texts.
 */
static void find_surplus(struct search *s, unsigned int need)
{
	memset(s->surplus, 0, sizeof(s->surplus));
	for (uint32_t i = 0; i < s->nr_text; i++) {
		const struct search_text *t = &s->text[i];
		uint32_t v;

		if (t->best <= need)
			continue;
		v = (uint32_t)search_text_gives(t, need);
		for (unsigned int k = 0; t->cover >> k; k++)
			if (t->cover >> k & 1 && v > s->surplus[k])
				s->surplus[k] = v;
	}
}

void search_least_sums(const int32_t *v, unsigned int nr, int32_t *sum)
{
	for (unsigned int set = 1; set < 1u << nr; set++) {
		unsigned int rest = set & (set - 1);
		int32_t one = v[__builtin_ctz(set)];

		sum[set] = one;
		if (rest && sum[rest] < one)
			sum[set] = sum[rest];
		if (rest && sum[rest] + one < sum[set])
			sum[set] = sum[rest] + one;
	}
}

/*
 * By cover: how little a text may give, when all other tokens give their most.
 */
static void find_floors(const struct search *s, int32_t *floor)
{
	unsigned int nr = s->query.form->nr_tokens;
	int32_t v[NAME_TOKENS] = { 0 }, all = 0;

	for (unsigned int k = 0; k < nr; k++) {
		v[k] = (int32_t)s->surplus[k];
		all += v[k];
	}
	search_least_sums(v, nr, floor);
	for (unsigned int set = 1; set < 1u << nr; set++)
		floor[set] -= all;
}

/* mass[] of a set becomes that of all covers within it. */
static void sum_masses(struct search *s)
{
	unsigned int nr = s->query.form->nr_tokens;

	for (unsigned int i = 0; i < nr; i++)
		for (unsigned int set = 0; set < 1u << nr; set++) {
			if (!(set >> i & 1))
				continue;
			s->mass[set].posts += s->mass[set ^ 1u << i].posts;
			s->mass[set].walk += s->mass[set ^ 1u << i].walk;
		}
}

/* Of so many postings, how many are read. */
static uint32_t read_of(const struct born_set *b, uint32_t posts)
{
	return posts < SEARCH_FEW || b->first ? posts : SEARCH_FEW;
}

uint32_t search_text_cost(const struct search *s, const struct search_text *t,
			  const struct born_set *b)
{
	uint32_t posts = search_text_posts(s, t, b);
	uint64_t in = posts;

	if (!b->undated)
		in = in * b->all / (s->wl->nr_born + 1ull);
	return WAIT + read_of(b, posts) + (uint32_t)in * SEARCH_DEAR;
}

void search_texts_weigh(struct search *s, const struct born_set *b)
{
	int32_t floor[SEARCH_SETS];
	bool all = b->need <= SIM_INITIAL;

	memset(s->mass, 0, sizeof(s->mass[0]) << s->query.form->nr_tokens);
	find_surplus(s, b->need);
	if (!all)
		find_floors(s, floor);
	s->nr_useful = 0;
	for (uint32_t i = 0; i < s->nr_text; i++) {
		const struct search_text *t = &s->text[i];
		struct text_mass *m = &s->mass[t->cover];
		uint32_t posts = search_text_posts(s, t, b);

		if (posts == 0 ||
		    (!all && search_text_gives(t, b->need) < floor[t->cover]))
			continue;
		s->useful[s->nr_useful++] = *t;
		m->posts += posts;
		m->walk += WAIT + read_of(b, posts);
	}
	sum_masses(s);
}
