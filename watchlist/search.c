#include "watchlist/search.h"

#include "watchlist/pair.h"

#include <stdlib.h>
#include <string.h>

/* Words of a set's pieces. */
static size_t nr_pieces(const struct watchlist *wl)
{
	return wl->nr_born / (SEARCH_PIECE * 64) + 1;
}

int search_init(struct search *s, const struct watchlist *wl,
		sig_filter_fn *filter, struct err *e)
{
	memset(s, 0, sizeof(*s));
	s->wl = wl;
	s->cache = similar_cache_new(filter, wl, SIMILAR_KEPT);
	s->near = calloc((size_t)wl->nr_text + 1, sizeof(*s->near));
	s->text = calloc((size_t)wl->nr_text + 1, sizeof(*s->text));
	s->useful = calloc((size_t)wl->nr_text + 1, sizeof(*s->useful));
	s->met = calloc((size_t)wl->nr_born + 1, sizeof(*s->met));
	s->hit = calloc((size_t)wl->nr_born + 1, sizeof(*s->hit));
	s->passed = calloc((size_t)wl->nr_name + 1, sizeof(*s->passed));
	s->name = calloc((size_t)wl->nr_name + 1, sizeof(*s->name));
	s->same.piece = calloc(nr_pieces(wl), sizeof(*s->same.piece));
	s->part.piece = calloc(nr_pieces(wl), sizeof(*s->part.piece));
	s->unknown.piece = calloc(nr_pieces(wl), sizeof(*s->unknown.piece));
	if (!s->cache || !s->near || !s->text || !s->useful || !s->met ||
	    !s->hit || !s->passed || !s->name || !s->same.piece ||
	    !s->part.piece || !s->unknown.piece) {
		search_release(s);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	s->threshold = SCORE_MAX;
	for (uint32_t i = 0; i < wl->nr_list; i++)
		if (wl->list[i].threshold < s->threshold)
			s->threshold = wl->list[i].threshold;
	for (uint32_t i = 0; i < wl->nr_text; i++)
		if (wl->text[i].most > s->most)
			s->most = wl->text[i].most;
	return 0;
}

void search_release(struct search *s)
{
	similar_cache_free(s->cache);
	free(s->near);
	free(s->text);
	free(s->useful);
	free(s->met);
	free(s->hit);
	free(s->passed);
	free(s->name);
	free(s->same.piece);
	free(s->part.piece);
	free(s->unknown.piece);
	memset(s, 0, sizeof(*s));
}

/* Where the names of the first key that is not below `key` begin. */
static uint32_t born_from(const struct watchlist *wl, int64_t key)
{
	uint32_t from = 0, to = wl->nr_day;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (wl->day[middle].key < key)
			from = middle + 1;
		else
			to = middle;
	}
	return from < wl->nr_day ? wl->day[from].first : wl->nr_born;
}

static void add_range(struct born_set *b, uint32_t from, uint32_t to)
{
	if (from >= to)
		return;
	b->range[b->nr++] = (struct born_range){ from, to };
	b->all += to - from;
	for (uint32_t p = from / SEARCH_PIECE; p <= (to - 1) / SEARCH_PIECE;
	     p++)
		b->piece[p / 64] |= 1ull << p % 64;
}

/* Take its ranges out again. */
static void clear_set(struct born_set *b)
{
	for (uint32_t i = 0; i < b->nr; i++)
		for (uint32_t p = b->range[i].from / SEARCH_PIECE;
		     p <= (b->range[i].to - 1) / SEARCH_PIECE; p++)
			b->piece[p / 64] = 0;
	b->nr = b->all = 0;
}

static unsigned int at_least(unsigned int threshold, unsigned int least)
{
	return threshold > least ? threshold : least;
}

/* Names that have this very date. */
static void add_day(struct search *s, int32_t day)
{
	add_range(&s->same, born_from(s->wl, day),
		  born_from(s->wl, (int64_t)day + 1));
}

void search_begin(struct search *s, const struct watch_query *q)
{
	const struct watchlist *wl = s->wl;
	struct birth_keys near[BIRTH_RANGES];
	uint32_t nr;

	s->same.need = s->threshold;
	s->part.need = at_least(s->threshold, PARTIAL_SCORE);
	s->unknown.need = at_least(s->threshold, ALONE_SCORE);
	s->unknown.mass = ALONE_RARITY * SCORE_MAX;
	s->unknown.first = true;
	s->unknown.undated = date_is_set(q->birth) && date_is_valid(q->birth);
	if (!s->unknown.undated) {
		add_range(&s->unknown, 0, wl->nr_born);
		return;
	}
	add_range(&s->unknown, 0, born_from(wl, BIRTH_KEY_WIDE));
	if (date_is_full(q->birth))
		add_day(s, (int32_t)date_to_days(q->birth));
	nr = birth_keys_near(q->birth, near);
	for (uint32_t i = 0; i < nr; i++)
		add_range(&s->part, born_from(wl, near[i].from),
			  born_from(wl, (int64_t)near[i].to + 1));
}

void search_end(struct search *s)
{
	for (uint32_t i = 0; i < s->nr_name; i++)
		s->passed[s->name[i]] = 0;
	s->nr_name = 0;
	clear_set(&s->same);
	clear_set(&s->part);
	clear_set(&s->unknown);
}
