/*
 * gen_dirt_pax.c - dirt in what a PAXLST says
 */
#include "tools/gen_dirt_text.h"

/* The last segment of the traveller of whom `i` is one, and one more. */
static int end_of_group(const struct dirt *d, int i)
{
	uint32_t group = d->seg[i].group;

	while ((uint32_t)i < d->nr && d->seg[i].group == group)
		i++;
	return i;
}

bool dirty_part_count(struct dirt *d)
{
	int unh = dirt_next(d, 0, "UNH"), cnt = dirt_next(d, 0, "CNT+42");

	if (cnt < 0)
		return false;
	dirt_set_element(d, unh, 4, STR("02"));
	dirt_set(d, cnt, "CNT+42:412");
	return true;
}

bool dirty_cnt_element(struct dirt *d)
{
	int i = dirt_next(d, 0, "CNT+4");

	if (i < 0)
		return false;
	dirt_set(d, i, "CNT+%.2s+" STR_FMT, d->seg[i].text.ptr + 4,
		 STR_ARG(dirt_component(dirt_element(d, i, 1), 2)));
	return true;
}

bool dirty_cnt_unknown(struct dirt *d)
{
	int i = dirt_next(d, 0, "UNT");

	if (i < 0)
		return false;
	dirt_insert(d, i, rng_chance(d->dice, 500) ? "CNT+3" : "CNT+3:77");
	return true;
}

bool dirty_dates_again(struct dirt *d)
{
	int i = dirt_find(d, "DTM+36:");
	struct str text;

	if (i < 0)
		return false;
	text = d->seg[i].text;
	switch (rng_below(d->dice, 4)) {
	case 0:
		dirt_insert(d, i, "DTM+36:");
		break;
	case 1:
		dirt_insert(d, i + 1, "DTM+36:");
		break;
	case 2:
		dirt_insert(d, i, STR_FMT, STR_ARG(text));
		break;
	default:
		if (!dirt_is(d, i + 1, "LOC+91"))
			return false;
		d->seg[i].text = d->seg[i + 1].text;
		d->seg[i + 1].text = text;
	}
	return true;
}

bool dirty_document_odd(struct dirt *d)
{
	int i = dirt_find(d, "DOC+P");
	struct str number;

	if (i < 0)
		return false;
	number = dirt_element(d, i, 2);
	switch (rng_below(d->dice, 4)) {
	case 0:
		dirt_set(d, i, "DOC++" STR_FMT, STR_ARG(number));
		break;
	case 1:
		dirt_set(d, i, "DOC+P+" STR_FMT, STR_ARG(number));
		break;
	case 2:
		dirt_set(d, i, "DOC+P:1812019+" STR_FMT, STR_ARG(number));
		break;
	default:
		dirt_insert(d, i, "DOC++");
	}
	return true;
}

bool dirty_name_in_one(struct dirt *d)
{
	int i = dirt_find(d, "NAD+FL");
	struct str name, surname, given;

	if (i < 0)
		return false;
	name = dirt_element(d, i, 4);
	surname = dirt_component(name, 1);
	given = dirt_component(name, 2);
	if (rng_chance(d->dice, 500))
		name = arena_fmt(d->arena, STR_FMT " " STR_FMT,
				 STR_ARG(surname), STR_ARG(given));
	else
		name = arena_fmt(d->arena, STR_FMT ":" STR_FMT "%s",
				 STR_ARG(surname), STR_ARG(given),
				 rng_chance(d->dice, 500) ? "MR" : " MRS");
	dirt_set_element(d, i, 4, name);
	return true;
}

/* Put a segment behind a traveller's NAD. */
static bool add_to_traveller(struct dirt *d, const char *text)
{
	int i = dirt_find(d, "NAD+FL");

	if (i < 0)
		i = dirt_find(d, "NAD+FM");
	if (i < 0)
		return false;
	dirt_insert(d, i + 1, "%s", text);
	return true;
}

bool dirty_bag_null(struct dirt *d)
{
	return add_to_traveller(d, "FTX+BAG+++NULL");
}

bool dirty_empty_locator(struct dirt *d)
{
	return add_to_traveller(d, "RFF+AVF");
}

bool dirty_all_male(struct dirt *d)
{
	for (uint32_t i = 0; i < d->nr; i++)
		if (dirt_is(d, (int)i, "ATT+2"))
			dirt_set(d, (int)i, "ATT+2++M");
	return true;
}

bool dirty_contact_gap(struct dirt *d)
{
	return add_to_traveller(
		d, "COM+32 2 555 0199:TE++SOMEBODY@POST.EXAMPLE:EM");
}

bool dirty_short_country(struct dirt *d)
{
	static const struct {
		const char *alpha3, *other;
	} codes[] = { { "DEU", "D" },  { "BEL", "BE" }, { "FRA", "FR" },
		      { "MAR", "MA" }, { "IND", "IN" }, { "TUR", "TR" } };

	for (uint32_t i = 0; i < d->nr; i++)
		for (size_t k = 0; k < ARRAY_SIZE(codes); k++)
			if ((dirt_is(d, (int)i, "LOC+91") ||
			     dirt_is(d, (int)i, "NAT+2")) &&
			    str_eq(dirt_element(d, (int)i, 2),
				   str_of(codes[k].alpha3)))
				dirt_set_element(d, (int)i, 2,
						 str_of(codes[k].other));
	return true;
}

bool dirty_birth_place_text(struct dirt *d)
{
	return add_to_traveller(d, rng_chance(d->dice, 500)
					   ? "LOC+180+:::AMBER HILL GBR"
					   : "LOC+180+GBR+:::LONDON+:::GREATER "
					     "LONDON");
}

bool dirty_passenger_twice(struct dirt *d)
{
	int from = dirt_find(d, "NAD+FL"), to;

	if (from < 0)
		return false;
	to = end_of_group(d, from);
	dirt_copy(d, from, to, to);
	dirt_set_element(d, to, 1, STR("DDU"));
	return true;
}

bool dirty_crew_among(struct dirt *d)
{
	int i = dirt_find(d, "NAD+FL");

	if (i < 0)
		return false;
	dirt_insert(d, i, "NAD+FM+++PILOTTEST:ANN");
	dirt_insert(d, i + 1, "ATT+2++F");
	dirt_insert(d, i + 2, "EMP+1+CR1:110:111");
	return true;
}

bool dirty_date_forms(struct dirt *d)
{
	bool hyphens = rng_chance(d->dice, 500), any = false;

	for (uint32_t i = 0; i < d->nr; i++) {
		bool birth = dirt_is(d, (int)i, "DTM+329:");
		struct str v;

		if (!birth && !dirt_is(d, (int)i, "DTM+36:"))
			continue;
		v = dirt_component(dirt_element(d, (int)i, 1), 2);
		if (v.len != 6)
			continue;
		dirt_set(d, (int)i, "DTM+%s:%s%.2s%s%.2s%s%.2s",
			 birth ? "329" : "36",
			 birth && v.ptr[0] > '2' ? "19" : "20", v.ptr,
			 hyphens ? "-" : "", v.ptr + 2, hyphens ? "-" : "",
			 v.ptr + 4);
		any = true;
	}
	return any;
}
