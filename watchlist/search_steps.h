/*
 * search_steps.h - the steps of search_form(), for its files alone
 *
 * In their order: the texts that are like a key of the form; for each set of
 * birth dates, which of them are of use and which names to look at by them; a
 * name's bound.
 *
 * Threads: as search.h says.
 */
#ifndef WATCHLIST_SEARCH_STEPS_H
#define WATCHLIST_SEARCH_STEPS_H

#include "watchlist/search.h"

enum {
	SEARCH_FEW = 64,  /* postings that are read one by one */
	SEARCH_DEAR = 16, /* a name looked at, in postings read */
};

/* The texts like the keys of the form in hand, and what names without a set of
 * its tokens may reach: text[], near[], bound[], gain[]. */
void search_texts_find(struct search *s);

/* Forget them. */
void search_texts_forget(struct search *s);

/*
 * Of the texts those that a name of `b` may have and yet be found: useful[],
 * their surplus[], and what they cost by mass[]. It passes over a text when
 * the name that is matched by it stays below what `b` needs, whatever else it
 * has.
 */
void search_texts_weigh(struct search *s, const struct born_set *b);

/* What a match with a text gives to a score of `need`, at most. */
int32_t search_text_gives(const struct search_text *t, unsigned int need);

/* Postings of `t` that `b` has to do with: all, or those without a date. */
uint32_t search_text_posts(const struct search *s, const struct search_text *t,
			   const struct born_set *b);

/*
 * By set of `nr` tokens, but the empty one: the least sum of v over any of its
 * tokens, at least one. A text may be like units that cover different tokens,
 * and its cover is all of these: a match by it covers some of them.
 */
void search_least_sums(const int32_t *v, unsigned int nr, int32_t *sum);

/* What it costs to follow the text, in postings read. */
uint32_t search_text_cost(const struct search *s, const struct search_text *t,
			  const struct born_set *b);

/*
 * How little the texts of each token may give to what `b` needs and not be
 * followed: a name all of whose matches give at most the sum of the levels of
 * the tokens that they cover stays below it. The cheapest such levels, about,
 * and what it costs to follow the texts above them; false: there are none.
 */
bool search_levels(const struct search *s, const struct born_set *b,
		   int32_t level[NAME_TOKENS], uint32_t *cost);

/* Go by the texts to the names of `b` that may be found. */
void search_walk(struct search *s, const struct born_set *b);

/* Look at the name at `born`, now or with search_look(); it is in `b`. */
void search_gather(struct search *s, uint32_t born, const struct born_set *b);

/* Look at all that are gathered. */
void search_look(struct search *s, const struct born_set *b);

#endif
