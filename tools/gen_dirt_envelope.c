/*
 * gen_dirt_envelope.c - dirt in UNB to UNZ, their counts and references
 */
#include "tools/gen_dirt_text.h"

bool dirty_unt_count(struct dirt *d)
{
	static const char *const counts[] = { "0000", "2100", "3", "" };
	int i = dirt_next(d, 0, "UNT");

	dirt_set_element(
		d, i, 1,
		str_of(counts[rng_below(d->dice, ARRAY_SIZE(counts))]));
	return true;
}

bool dirty_unt_reference(struct dirt *d)
{
	int i = dirt_next(d, 0, "UNT");

	dirt_set(d, i, "UNT+" STR_FMT, STR_ARG(dirt_element(d, i, 1)));
	return true;
}

bool dirty_unz_reference(struct dirt *d)
{
	int i = dirt_next(d, 0, "UNZ");

	if (i < 0)
		return false;
	dirt_set(d, i, "UNZ+1+OTHER");
	if (rng_chance(d->dice, 500))
		d->seg[i].end = d->seg[i].gap = "";
	return true;
}

bool dirty_envelope_gap(struct dirt *d)
{
	static const char *const tags[] = { "UNZ", "UNE", "UNG", "UNT" };
	int i = dirt_next(d, 0, tags[rng_below(d->dice, ARRAY_SIZE(tags))]);

	if (i < 0)
		i = dirt_next(d, 0, "UNZ");
	if (i < 0)
		return false;
	dirt_remove(d, i);
	return true;
}

bool dirty_odd_reference(struct dirt *d)
{
	int unb = dirt_next(d, 0, "UNB"), unz = dirt_next(d, 0, "UNZ");
	struct str odd =
		rng_chance(d->dice, 500) ? STR("0.579602") : STR("A/1 -2");

	dirt_set_element(d, unb, 5, odd);
	if (unz >= 0)
		dirt_set(d, unz, "UNZ+1+" STR_FMT, STR_ARG(odd));
	return true;
}

bool dirty_application_early(struct dirt *d)
{
	int i = dirt_next(d, 0, "UNB");
	struct str app = dirt_element(d, i, 7);

	if (str_empty(app))
		return false;
	dirt_set_element(d, i, 7, STR(""));
	dirt_set_element(d, i, 6, app);
	return true;
}

bool dirty_ung_version(struct dirt *d)
{
	int i = dirt_next(d, 0, "UNG");

	if (i < 0)
		return false;
	dirt_set_element(d, i, 7, d->pnr ? STR("10:1") : STR("D:98B"));
	return true;
}

/* All from UNH to UNT again. */
bool dirty_reference_twice(struct dirt *d)
{
	int unh = dirt_next(d, 0, "UNH"), unt = dirt_next(d, 0, "UNT");

	if (unt < 0)
		return false;
	dirt_copy(d, unh, unt + 1, unt + 1);
	return true;
}
