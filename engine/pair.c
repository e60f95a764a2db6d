#include "engine/pair.h"

#include "engine/sighting.h"

#include <stdlib.h>

/* Something two sightings of one person have in common. */
struct clue {
	char kind; /* 'D' document, 'L' locator, 'N' surname */
	struct str text;
	uint32_t who;
};

struct pair {
	bool off; /* the booking's person was taken off it */
	int likeness;
	uint32_t pnr, api;
};

static int by_clue(const void *x, const void *y)
{
	const struct clue *a = x, *b = y;
	int c = a->kind - b->kind;

	if (!c)
		c = str_cmp(a->text, b->text);
	return c ? c : (a->who > b->who) - (a->who < b->who);
}

static int by_likeness(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->off != b->off)
		return a->off ? 1 : -1;
	if (a->likeness != b->likeness)
		return b->likeness - a->likeness;
	if (a->api != b->api)
		return a->api < b->api ? -1 : 1;
	return (a->pnr > b->pnr) - (a->pnr < b->pnr);
}

struct clues {
	struct clue *item;
	uint32_t nr;
	struct arena *arena;
};

static void add_clue(struct clues *c, char kind, struct str text, uint32_t who)
{
	if (!str_empty(text))
		*(struct clue *)arena_push(c->arena, &c->item, &c->nr,
					   sizeof(struct clue)) =
			(struct clue){ kind, text, who };
}

static struct clues collect(const struct sighting *s, uint32_t nr,
			    struct arena *a)
{
	struct clues c = { .arena = a };

	for (uint32_t i = 0; i < nr; i++) {
		add_clue(&c, 'L', s[i].locator, i);
		for (uint32_t k = 0; k < s[i].nr_alias; k++)
			add_clue(&c, 'L', s[i].alias[k], i);
		add_clue(&c, 'N', s[i].surname, i);
		for (uint32_t k = 0; k < s[i].nr_document; k++)
			add_clue(&c, 'D', s[i].document[k], i);
	}
	if (c.nr)
		qsort(c.item, c.nr, sizeof(*c.item), by_clue);
	return c;
}

/* All pairs that share a clue and can be one person, surest first. */
static struct pair *candidates(const struct sighting *s, const bool *off,
			       const struct clues *c, uint32_t *nr,
			       struct arena *a)
{
	struct pair *pair = NULL;
	uint32_t end;

	*nr = 0;
	for (uint32_t from = 0; from < c->nr; from = end) {
		const struct clue *x = &c->item[from];

		for (end = from + 1; end < c->nr; end++)
			if (c->item[end].kind != x->kind ||
			    !str_eq(c->item[end].text, x->text))
				break;
		for (uint32_t p = from; p < end; p++) {
			for (uint32_t q = p + 1; q < end; q++) {
				uint32_t pnr = c->item[p].who;
				uint32_t api = c->item[q].who;
				int sure;

				if (s[pnr].source == s[api].source)
					continue;
				sure = sighting_likeness(&s[pnr], &s[api]);
				if (sure)
					*(struct pair *)arena_push(
						a, &pair, nr, sizeof(*pair)) =
						(struct pair){ off[pnr] ||
								       off[api],
							       sure, pnr, api };
			}
		}
	}
	if (*nr)
		qsort(pair, *nr, sizeof(*pair), by_likeness);
	return pair;
}

void pair_sightings(int32_t *mate, const struct sighting *s, const bool *off,
		    uint32_t nr, struct arena *a)
{
	struct clues c = collect(s, nr, a);
	uint32_t nr_pair;
	struct pair *pair = candidates(s, off, &c, &nr_pair, a);

	for (uint32_t i = 0; i < nr; i++)
		mate[i] = PAIR_NONE;
	for (uint32_t i = 0; i < nr_pair; i++) {
		if (mate[pair[i].pnr] != PAIR_NONE ||
		    mate[pair[i].api] != PAIR_NONE)
			continue;
		mate[pair[i].pnr] = (int32_t)pair[i].api;
		mate[pair[i].api] = (int32_t)pair[i].pnr;
	}
}
