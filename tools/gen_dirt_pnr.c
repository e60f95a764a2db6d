/*
 * gen_dirt_pnr.c - dirt in a PNRGOV: groups, flights, travellers
 */
#include "tools/gen_dirt_text.h"

bool dirty_header_gap(struct dirt *d)
{
	int i = dirt_next(d, 0, rng_chance(d->dice, 500) ? "MSG" : "ORG");

	if (i < 0)
		return false;
	dirt_remove(d, i);
	return true;
}

bool dirty_rci_missing(struct dirt *d)
{
	int src = dirt_find(d, "SRC");

	if (!dirt_is(d, src + 1, "RCI"))
		return false;
	dirt_remove(d, src + 1);
	return true;
}

bool dirty_three_times(struct dirt *d)
{
	int i = dirt_next(d, 0, "TVL");
	struct str v;

	if (i < 0)
		return false;
	v = dirt_element(d, i, 1);
	dirt_set_element(d, i, 1,
			 arena_fmt(d->arena, STR_FMT ":" STR_FMT ":" STR_FMT,
				   STR_ARG(dirt_component(v, 1)),
				   STR_ARG(dirt_component(v, 2)),
				   STR_ARG(dirt_component(v, 4))));
	return true;
}

/* The operating number, in a TVL of its own behind the flight's RCI. */
bool dirty_flight_late(struct dirt *d)
{
	int src = dirt_find(d, "SRC"), tvl = dirt_next(d, src, "TVL+");
	int rci = dirt_next(d, tvl, "RCI");

	if (src < 0 || tvl < 0 || rci < 0 ||
	    d->seg[rci].group != d->seg[tvl].group)
		return false;
	dirt_insert(d, rci + 1, "TVL+++++972:M");
	return true;
}

bool dirty_empty_dat(struct dirt *d)
{
	int i = dirt_find(d, "TRI");

	if (i < 0)
		i = dirt_find(d, "APD");
	if (i < 0)
		return false;
	dirt_insert(d, i + !dirt_is(d, i, "TRI"),
		    rng_chance(d->dice, 500) ? "DAT" : "DAT+2:");
	return true;
}

bool dirty_eqn_count(struct dirt *d)
{
	int i = dirt_next(d, 0, "EQN");

	if (i < 0 ||
	    str_starts(dirt_element(d, dirt_next(d, 0, "UNH"), 4), STR("02")))
		return false;
	dirt_set(d, i, "EQN+9999");
	return true;
}

/* The text of the DOCS at `i` from its fourth slash on, and where. */
static bool docs_text(struct dirt *d, int i, struct str *head, struct str *text)
{
	struct str s = i < 0 ? STR("") : dirt_element(d, i, 1);
	ptrdiff_t at = str_find_byte(s, '/');

	if (at < 0)
		return false;
	*head = str_slice(s, 0, (size_t)at);
	*text = str_slice(s, (size_t)at, s.len);
	return true;
}

bool dirty_docs_shifted(struct dirt *d)
{
	int i = dirt_find(d, "SSR+DOCS"), tvl = dirt_next(d, i, "TVL");
	struct str head, text;

	if (!docs_text(d, i, &head, &text))
		return false;
	switch (rng_below(d->dice, 4)) {
	case 0: /* one slash more in front */
		dirt_set_element(d, i, 1,
				 arena_fmt(d->arena, STR_FMT "/" STR_FMT,
					   STR_ARG(head), STR_ARG(text)));
		break;
	case 1:
		dirt_set_element(d, i, 1,
				 arena_fmt(d->arena,
					   STR_FMT STR_FMT "-1DOETEST/JON",
					   STR_ARG(head), STR_ARG(text)));
		break;
	case 2:
		dirt_set_element(d, i, 1,
				 arena_fmt(d->arena, STR_FMT STR_FMT "/",
					   STR_ARG(head), STR_ARG(text)));
		break;
	default: /* again behind the flight */
		if (tvl < 0 || d->seg[tvl].group != d->seg[i].group)
			return false;
		dirt_insert(d, tvl + 1, STR_FMT, STR_ARG(d->seg[i].text));
	}
	return true;
}

bool dirty_seat_shifted(struct dirt *d)
{
	int i = dirt_find(d, "TVL+");

	if (d->seg[i].group == 0)
		i = dirt_next(d, dirt_next(d, 0, "SRC"), "TVL+");
	if (i < 0)
		return false;
	dirt_insert(d, i + 1, "%s",
		    rng_chance(d->dice, 500)
			    ? "SSR+SEAT:HK:1:XX++12A::1"
			    : "SSR+NSSA:HK:2:XX:::::.03BN03AN");
	return true;
}

bool dirty_seat_zeros(struct dirt *d)
{
	bool any = false;

	for (uint32_t i = 0; i < d->nr; i++) {
		struct str seat;

		if (!dirt_is(d, (int)i, "SSD+"))
			continue;
		seat = dirt_element(d, (int)i, 1);
		dirt_set_element(d, (int)i, 1,
				 arena_fmt(d->arena, "%.*s" STR_FMT,
					   seat.len < 4 ? 4 - (int)seat.len : 0,
					   "000", STR_ARG(seat)));
		any = true;
	}
	return any;
}

bool dirty_titles(struct dirt *d)
{
	int i = dirt_find(d, "TIF+");
	struct str v, given, rest;

	if (i < 0)
		return false;
	v = dirt_element(d, i, 2);
	given = dirt_component(v, 1);
	rest = str_slice(v, given.len, v.len);
	switch (rng_below(d->dice, 3)) {
	case 0:
		v = arena_fmt(d->arena, "MR" STR_FMT STR_FMT, STR_ARG(given),
			      STR_ARG(rest));
		break;
	case 1:
		v = arena_fmt(d->arena, STR_FMT " MRS" STR_FMT, STR_ARG(given),
			      STR_ARG(rest));
		break;
	default:
		dirt_set_element(d, i, 1,
				 arena_fmt(d->arena, STR_FMT "JR",
					   STR_ARG(dirt_element(d, i, 1))));
		return true;
	}
	dirt_set_element(d, i, 2, v);
	return true;
}

bool dirty_reference_forms(struct dirt *d)
{
	static const char *const forms[] = { "1.1", "001", " 1" };
	struct str form = str_of(forms[rng_below(d->dice, ARRAY_SIZE(forms))]);
	bool any = false;

	for (uint32_t i = 0; i < d->nr; i++) {
		struct str v;

		if (!dirt_is(d, (int)i, "TRI+"))
			continue;
		v = dirt_element(d, (int)i, 2);
		if (!str_eq(dirt_component(v, 4), STR("1")))
			continue;
		dirt_set_element(d, (int)i, 2,
				 arena_fmt(d->arena, STR_FMT ":::" STR_FMT,
					   STR_ARG(dirt_component(v, 1)),
					   STR_ARG(form)));
		any = true;
	}
	return any;
}

/* The booking's first name behind TRI, and in a history. */
bool dirty_name_again(struct dirt *d)
{
	int src = dirt_find(d, "SRC"), tif = dirt_next(d, src, "TIF+");
	int end = tif;

	if (tif < 0 || d->seg[src].group != d->seg[tif].group)
		return false;
	while (d->seg[end].group == d->seg[src].group &&
	       !dirt_is(d, end, "LTS"))
		end++;
	dirt_insert(d, end, "ABI+4+05FD28:GS+BRU++XX");
	dirt_insert(d, end + 1, "SAC+++X");
	dirt_insert(d, end + 2, STR_FMT, STR_ARG(d->seg[tif].text));
	return true;
}
