#include "tools/big_list.h"

#include "tools/gen_tables.h"

#include <stdio.h>
#include <string.h>

enum {
	EDITED = 333, /* of a thousand names */
	OLDEST = 80 * 365,
	YOUNGEST = 16 * 365,
	TODAY = 20000, /* days since 1970: the list does not age */
};

/* Change, add, drop or exchange a letter of `name`. */
static void edit(char name[GEN_NAME], struct rng *r)
{
	size_t len = strlen(name), at = rng_below(r, (uint32_t)len);
	char letter = (char)('A' + rng_below(r, 26));

	if (len < 4 || len + 2 > GEN_NAME || name[at] == ' ')
		return;
	switch (rng_below(r, 4)) {
	case 0:
		memmove(name + at + 1, name + at, len - at + 1);
		name[at] = letter;
		break;
	case 1:
		memmove(name + at, name + at + 1, len - at);
		break;
	case 2:
		if (at + 1 < len && name[at + 1] != ' ') {
			letter = name[at];
			name[at] = name[at + 1];
			name[at + 1] = letter;
		}
		break;
	default:
		name[at] = letter;
		break;
	}
}

static struct str pick(struct arena *a, enum gen_culture c, enum gen_list list,
		       struct rng *r)
{
	char name[GEN_NAME];

	gen_pick_name(name, c, list, r);
	if (rng_chance(r, EDITED))
		edit(name, r);
	return arena_str(a, str_of(name));
}

static struct str pick_given(struct arena *a, enum gen_culture c, char sex,
			     struct rng *r)
{
	enum gen_list list = sex == 'F' ? LIST_WOMEN : LIST_MEN;
	struct str one = pick(a, c, list, r), two;

	if (!rng_chance(r, 250))
		return one;
	two = pick(a, c, list, r);
	return arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(one), STR_ARG(two));
}

static void give_names(struct watch_entry *n, struct arena *a,
		       enum gen_culture c, struct rng *r)
{
	/* 0 to 4 of them, 1.4 in the middle */
	static const uint8_t aliases[] = { 0, 0, 0, 1, 1, 1, 2, 2, 3, 4 };

	n->nr_names = 1u + aliases[rng_below(r, ARRAY_SIZE(aliases))];
	n->names = arena_alloc(a, n->nr_names * sizeof(*n->names));
	for (uint32_t i = 0; i < n->nr_names; i++) {
		struct watch_name *name = &n->names[i];

		name->surname = pick(a, c, LIST_SURNAMES, r);
		name->given = pick_given(a, c, n->sex, r);
		if (i && rng_chance(r, 300)) /* a nickname, same family */
			name->surname = n->names[0].surname;
	}
}

static void give_births(struct watch_entry *n, struct arena *a, struct rng *r)
{
	uint32_t kind = rng_below(r, 100);

	n->nr_births = kind < 80 ? 1 : kind < 88 ? 2 : kind < 96 ? 1 : 0;
	n->births = arena_alloc(a, n->nr_births * sizeof(*n->births));
	for (uint32_t i = 0; i < n->nr_births; i++) {
		struct date d =
			date_from_days(TODAY - rng_range(r, YOUNGEST, OLDEST));

		if (kind >= 88)
			d.month = d.day = 0;
		n->births[i] = birth_of_date(d);
	}
}

static void give_rest(struct watch_entry *n, struct arena *a,
		      enum gen_culture c, struct rng *r)
{
	char nation[GEN_NAME];

	gen_pick_name(nation, c, LIST_NATIONS, r);
	if (rng_chance(r, 600)) {
		n->nr_nationalities = 1;
		n->nationalities = arena_alloc(a, sizeof(*n->nationalities));
		n->nationalities[0] =
			arena_str(a, str_slice(str_of(nation), 0, 3));
	}
	if (rng_chance(r, 250)) {
		struct str number =
			arena_fmt(a, "X%08d", rng_range(r, 1, 99999999));

		n->nr_documents = 1;
		n->documents = arena_alloc(a, sizeof(*n->documents));
		n->documents[0] = (struct watch_document){
			.number = document_canonical(number),
			.issuer = arena_str(a, str_slice(str_of(nation), 0, 3)),
			.type = STR("P"),
		};
	}
	if (rng_chance(r, 300))
		n->birth_place = STR("NOWHERE");
}

void big_list_make(struct watch_list *out, struct arena *a, uint32_t persons,
		   uint64_t seed)
{
	*out = (struct watch_list){
		.sheet = { .id = STR("big"),
			   .title = STR("Invented persons, to measure on"),
			   .owner = STR("AT-BK"),
			   .basis = STR("none"),
			   .alert = STR("examine"),
			   .from = { 2026, 1, 1 },
			   .until = { 2099, 1, 1 },
			   .threshold = SHEET_THRESHOLD,
			   .test = true },
		.nr_entries = persons,
	};
	out->entries = arena_alloc(a, persons * sizeof(*out->entries));
	for (uint32_t i = 0; i < persons; i++) {
		struct watch_entry *n = &out->entries[i];
		enum gen_culture c;
		struct rng r;

		rng_seed(&r, seed, i);
		c = (enum gen_culture)rng_below(&r, CULTURES);
		*n = (struct watch_entry){
			.id = arena_fmt(a, "P%07u", i),
			.reference = arena_fmt(a, "AT/26/%07u", i),
			.offence = STR("01"),
			.valid_until = { 2099, 1, 1 },
			.threshold = out->sheet.threshold,
			.sex = rng_chance(&r, 600) ? 'M' : 'F',
		};
		give_names(n, a, c, &r);
		give_births(n, a, &r);
		give_rest(n, a, c, &r);
	}
}
