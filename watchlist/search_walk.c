/* search_walk.c - from texts to the names to be looked at (see search.h) */
#include "watchlist/search_steps.h"

enum {
	NO_SET = SEARCH_SETS, /* no set of tokens will do */
	FEW_BORN = 128,	      /* names of the ranges: all are looked at */
	WORTH = 32,	      /* postings read to spare a name */
	CHUNK = 32,	      /* texts whose memory is waited for together */
};

/*
 * A set of the query's tokens such that a name with nothing like any of them
 * stays below what is needed, whose texts cost least to follow; NO_SET when to
 * look at all the names of the ranges costs less.
 */
static unsigned int choose_set(const struct search *s, const struct born_set *b,
			       double least)
{
	unsigned int all = (1u << s->query.form->nr_tokens) - 1;
	unsigned int best = NO_SET;
	/* of the postings counted, how many are in the ranges */
	double share =
		b->undated ? 1.0 : (double)b->all / (s->wl->nr_born + 1.0);

	for (unsigned int set = 0; set <= all; set++) {
		const struct text_mass *rest = &s->mass[all & ~set];
		double cost;

		if (set & s->open ||
		    (s->bound[set] >= b->need && s->gain[set] >= b->mass))
			continue;
		cost = (double)(s->mass[all].walk - rest->walk) +
		       (double)(s->mass[all].posts - rest->posts) * share *
			       SEARCH_DEAR;
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

	if (t->nr_posts < SEARCH_FEW) {
		for (; at < t->nr_posts; at++) {
			uint32_t p = post[at] / SEARCH_PIECE;

			if (b->piece[p / 64] >> p % 64 & 1 &&
			    is_in(b, post[at]))
				search_gather(s, post[at], b);
		}
		return;
	}
	for (uint32_t r = 0; r < b->nr && at < t->nr_posts; r++) {
		at = skip_to(post, at, t->nr_posts, b->range[r].from);
		for (; at < t->nr_posts && post[at] < b->range[r].to; at++)
			search_gather(s, post[at], b);
	}
}

static void walk_all(struct search *s, const struct born_set *b)
{
	for (uint32_t r = 0; r < b->nr; r++)
		for (uint32_t i = b->range[r].from; i < b->range[r].to; i++)
			search_gather(s, i, b);
}

/* The texts that are followed. */
struct following {
	unsigned int need;
	bool by_set; /* all of a set of tokens; else those above the levels */
	unsigned int set;
	int32_t level[SEARCH_SETS]; /* by cover */
};

/* The cheapest way; false: to look at all the names of the ranges. */
static bool follow(const struct search *s, const struct born_set *b,
		   struct following *f)
{
	double least = (double)b->all * SEARCH_DEAR;
	int32_t level[NAME_TOKENS];
	uint32_t cost;
	bool found = search_levels(s, b, level, &cost) && cost < least;

	f->need = b->need;
	f->set = choose_set(s, b, found ? cost : least);
	f->by_set = f->set != NO_SET;
	if (found && !f->by_set)
		search_least_sums(level, s->query.form->nr_tokens, f->level);
	return found || f->by_set;
}

static bool is_followed(const struct following *f, const struct search_text *t)
{
	if (f->by_set)
		return t->cover & f->set;
	return search_text_gives(t, f->need) > f->level[t->cover];
}

/* What the chunk's texts need of memory, all together. */
static void fetch_posts(const struct search *s,
			const struct search_text *const *t, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		__builtin_prefetch(&s->wl->text[t[i]->text]);
	for (uint32_t i = 0; i < nr; i++)
		__builtin_prefetch(
			&s->wl->post[s->wl->text[t[i]->text].first_post]);
}

/* Read the postings of some texts, in the way of the set. */
typedef void walk_fn(struct search *s, const struct search_text *t,
		     const struct born_set *b);

/* Those that are followed, or the others of at most `most` postings. */
static void walk_texts(struct search *s, const struct born_set *b,
		       const struct following *f, bool followed, uint32_t most,
		       walk_fn *walk)
{
	const struct search_text *t[CHUNK];
	uint32_t nr = 0;

	for (uint32_t i = 0; i < s->nr_useful; i++) {
		t[nr] = &s->useful[i];
		if (is_followed(f, t[nr]) == followed &&
		    search_text_posts(s, t[nr], b) <= most)
			nr++;
		if (nr < CHUNK && i + 1 < s->nr_useful)
			continue;
		fetch_posts(s, t, nr);
		for (uint32_t k = 0; k < nr; k++)
			walk(s, t[k], b);
		nr = 0;
	}
}

static void walk_ranges(struct search *s, const struct search_text *t,
			const struct born_set *b)
{
	walk_posts(s, &s->wl->text[t->text], b);
}

/* ---- one range from the first on: postings tell which tokens are met ---- */

static void hit_names(struct search *s, const struct search_text *t,
		      const struct born_set *b)
{
	const struct snap_text *x = &s->wl->text[t->text];
	const uint32_t *post = s->wl->post + x->first_post;

	for (uint32_t i = 0; i < x->nr_posts && post[i] < b->all; i++) {
		if (!s->met[post[i]])
			s->hit[s->nr_hit++] = post[i];
		s->met[post[i]] |= t->cover;
	}
}

static void add_met(struct search *s, const struct search_text *t,
		    const struct born_set *b)
{
	const struct snap_text *x = &s->wl->text[t->text];
	const uint32_t *post = s->wl->post + x->first_post;

	for (uint32_t i = 0; i < x->nr_posts && post[i] < b->all; i++)
		if (s->met[post[i]])
			s->met[post[i]] |= t->cover;
}

/* Tokens that a name may meet without being told of it. */
static unsigned int untold(const struct search *s, const struct born_set *b,
			   const struct following *f, uint32_t most)
{
	unsigned int cover = s->open;

	for (uint32_t i = 0; i < s->nr_useful; i++)
		if (search_text_posts(s, &s->useful[i], b) > most &&
		    !is_followed(f, &s->useful[i]))
			cover |= s->useful[i].cover;
	return cover;
}

/*
 * Most names of a text of the set have nothing else of the query's: those that
 * do not meet enough of its tokens are not looked at.
 */
static void walk_first(struct search *s, const struct born_set *b,
		       const struct following *f)
{
	unsigned int all = (1u << s->query.form->nr_tokens) - 1, more;
	uint32_t most;

	walk_texts(s, b, f, true, UINT32_MAX, hit_names);
	most = s->nr_hit * WORTH;
	walk_texts(s, b, f, false, most, add_met);
	more = untold(s, b, f, most);
	for (uint32_t i = 0; i < s->nr_hit; i++) {
		uint32_t born = s->hit[i];
		unsigned int less = all & ~(s->met[born] | more);

		s->met[born] = 0;
		if (s->bound[less] >= b->need && s->gain[less] >= b->mass)
			search_gather(s, born, b);
	}
	s->nr_hit = 0;
}

void search_walk(struct search *s, const struct born_set *b)
{
	struct following f;

	if (b->all > FEW_BORN)
		search_texts_weigh(s, b);
	if (b->all <= FEW_BORN || !follow(s, b, &f))
		walk_all(s, b);
	else if (b->first)
		walk_first(s, b, &f);
	else
		walk_texts(s, b, &f, true, UINT32_MAX, walk_ranges);
}
