/* search_form.c - the names like one form of the query (see search.h) */
#include "watchlist/search_steps.h"

static void search_set(struct search *s, const struct born_set *b)
{
	if (b->nr == 0)
		return;
	search_walk(s, b);
	search_look(s, b);
}

void search_form(struct search *s, const struct name_form *form,
		 unsigned int nr)
{
	if (form->nr_tokens == 0)
		return;
	bound_query_init(&s->query, form);
	s->bit = (uint8_t)(1u << nr);
	search_texts_find(s);
	search_set(s, &s->same);
	search_set(s, &s->part);
	search_set(s, &s->unknown);
	search_texts_forget(s);
}
