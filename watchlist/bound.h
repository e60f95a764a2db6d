/*
 * bound.h - the most that a score can be, from less than the whole name
 *
 * The bounds of doc/matching.md, section 4. They never lie below what
 * name_score() gives; where they lie below the threshold a name is passed
 * over. Pure functions.
 */
#ifndef WATCHLIST_BOUND_H
#define WATCHLIST_BOUND_H

#include "watchlist/score.h"

/* One form of the query, and what the lists have for its tokens. */
struct bound_query {
	const struct name_form *form;
	uint16_t weight[NAME_TOKENS]; /* as name_score() weighs them */
	/*
	 * Of all matches that a unit covering token i may have in any name:
	 * the greatest weight * similarity, and the greatest similarity.
	 */
	uint32_t gain[NAME_TOKENS];
	uint16_t sim[NAME_TOKENS];
};

/* One listed name. */
struct bound_name {
	uint8_t nr; /* tokens */
	uint8_t part[NAME_TOKENS];
	uint16_t weight[NAME_TOKENS];
	/* Greatest similarity of a text of a unit covering token i; 0: none. */
	uint16_t best[NAME_TOKENS];
	uint8_t covered; /* bit j: token j of the query has one that is alike */
};

/* Set form and weights, the rest to nothing. */
void bound_query_init(struct bound_query *q, const struct name_form *form);

/*
 * The most that any name can score that has nothing like the tokens of `set`
 * (bit j: token j). *mass: the greatest sum of weight * similarity that its
 * matches can have.
 */
unsigned int bound_without(const struct bound_query *q, unsigned int set,
			   uint32_t *mass);

/* The most that this name can score, and the greatest sum. */
unsigned int bound_of_name(const struct bound_query *q,
			   const struct bound_name *n, uint32_t *mass);

/*
 * What token `token` of the query takes away from a score of `need` when it is
 * left over, at least: in weight * (similarity - need), as a match gives it.
 */
uint32_t bound_loss(const struct bound_query *q, uint8_t token,
		    unsigned int need);

#endif
