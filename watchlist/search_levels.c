/* search_levels.c - how little a text may give not to be followed (search.h) */
#include "watchlist/search_steps.h"

#include <string.h>

enum {
	STEPS = 20, /* levels of a token that are looked at, at most */
	BUDGET = STEPS * NAME_TOKENS,
	DEAREST = UINT32_MAX / 16, /* eight of them can be added */
};

/* Levels of a token: lowest, lowest + step, ..., the last its surplus. */
struct ladder {
	int32_t lowest;
	uint32_t nr;		  /* steps from the lowest to the surplus */
	uint32_t cost[STEPS + 1]; /* of the texts above the level */
};

struct levels {
	const struct search *s;
	struct ladder token[NAME_TOKENS];
	unsigned int nr, shift; /* tokens; a step is 1 << shift */
};

/* The lowest: a token left over gives no more; an open letter gives nothing,
 * but is not listed. */
static void begin(struct levels *l, unsigned int need)
{
	uint32_t most = 0;

	l->nr = l->s->query.form->nr_tokens;
	for (unsigned int i = 0; i < l->nr; i++) {
		struct ladder *t = &l->token[i];
		uint32_t range;

		memset(t->cost, 0, sizeof(t->cost));
		t->lowest = l->s->open >> i & 1
				    ? 0
				    : -(int32_t)bound_loss(&l->s->query,
							   (uint8_t)i, need);
		range = (uint32_t)((int32_t)l->s->surplus[i] - t->lowest);
		most = range > most ? range : most;
	}
	for (l->shift = 0; most >> l->shift >= STEPS;)
		l->shift++;
	for (unsigned int i = 0; i < l->nr; i++) {
		struct ladder *t = &l->token[i];
		uint32_t range =
			(uint32_t)((int32_t)l->s->surplus[i] - t->lowest);

		t->nr = (range + (1u << l->shift) - 1) >> l->shift;
	}
}

/* What the texts of each token cost that are above each of its levels. Those of
 * several tokens are few. */
static void count(struct levels *l, const struct born_set *b)
{
	for (uint32_t i = 0; i < l->s->nr_useful; i++) {
		const struct search_text *t = &l->s->useful[i];
		unsigned int k = (unsigned int)__builtin_ctz(t->cover);
		int32_t above =
			search_text_gives(t, b->need) - l->token[k].lowest;

		if (above <= 0 || t->cover & (t->cover - 1))
			continue;
		l->token[k].cost[(uint32_t)(above - 1) >> l->shift] +=
			search_text_cost(l->s, t, b);
	}
	for (unsigned int i = 0; i < l->nr; i++) {
		uint32_t *cost = l->token[i].cost;

		cost[l->token[i].nr] = 0;
		for (uint32_t k = l->token[i].nr; k > 0; k--) {
			cost[k - 1] += cost[k];
			if (cost[k - 1] > DEAREST)
				cost[k - 1] = DEAREST;
		}
	}
}

/*
 * The cheapest steps of all tokens that take `budget` together, as a knapsack
 * is filled.
 */
static uint32_t fill(const struct levels *l, uint32_t budget,
		     uint32_t steps[NAME_TOKENS])
{
	uint32_t best[2][BUDGET + 1];
	uint8_t step[NAME_TOKENS][BUDGET + 1];
	unsigned int now = 0;

	memset(best[0], 0, (budget + 1) * sizeof(best[0][0]));
	for (unsigned int i = 0; i < l->nr; i++, now ^= 1) {
		const struct ladder *t = &l->token[i];

		for (uint32_t room = 0; room <= budget; room++) {
			uint32_t least = UINT32_MAX;

			for (uint32_t k = 0; k <= t->nr && k <= room; k++) {
				uint32_t cost =
					t->cost[k] + best[now][room - k];

				if (cost >= least)
					continue;
				least = cost;
				step[i][room] = (uint8_t)k;
			}
			best[now ^ 1][room] = least;
		}
	}
	for (unsigned int i = l->nr, room = budget; i-- > 0;) {
		steps[i] = step[i][room];
		room -= steps[i];
	}
	return best[now][budget];
}

/* What is left of the sum, to whoever can take it. */
static void spend(const struct search *s, unsigned int nr,
		  int32_t level[NAME_TOKENS])
{
	int32_t left = -1;

	for (unsigned int i = 0; i < nr; i++)
		left -= level[i];
	for (unsigned int i = 0; i < nr; i++) {
		int32_t more = (int32_t)s->surplus[i] - level[i];

		more = more < left ? more : left;
		level[i] += more;
		left -= more;
	}
}

bool search_levels(const struct search *s, const struct born_set *b,
		   int32_t level[NAME_TOKENS], uint32_t *cost)
{
	struct levels l = { .s = s };
	uint32_t steps[NAME_TOKENS], budget;
	int64_t room = -1;

	if (b->need <= SIM_INITIAL)
		return false;
	begin(&l, b->need);
	for (unsigned int i = 0; i < l.nr; i++)
		room -= l.token[i].lowest;
	if (room < 0)
		return false;
	count(&l, b);
	budget = (uint32_t)(room >> l.shift);
	*cost = fill(&l, budget < BUDGET ? budget : BUDGET, steps);
	for (unsigned int i = 0; i < l.nr; i++) {
		int32_t at = l.token[i].lowest + (int32_t)(steps[i] << l.shift);

		level[i] = at < (int32_t)s->surplus[i] ? at
						       : (int32_t)s->surplus[i];
	}
	spend(s, l.nr, level);
	return true;
}
