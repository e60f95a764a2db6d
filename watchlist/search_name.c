/* search_name.c - names looked at, by their bound (see search.h) */
#include "watchlist/search_steps.h"

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
 * Each step needs what the one before has read, far away:
 * all of them take it together.
 */
void search_look(struct search *s, const struct born_set *b)
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
void search_gather(struct search *s, uint32_t born, const struct born_set *b)
{
	s->batch[s->nr_batch++] = born;
	if (s->nr_batch == SEARCH_BATCH)
		search_look(s, b);
}
