#include "tools/gen_spell.h"

#include <string.h>

enum { NAD_NAME = 35, FAR_YEARS = 9 };

#define SPELLER(name)                                                         \
	static bool name(struct gen_identity *id, const struct gen_entry *en, \
			 struct arena *a, struct rng *r)

static bool full_birth_date(struct gen_identity *id, const struct gen_entry *en)
{
	id->born = en->born[0];
	return date_is_full(id->born);
}

static char *writable(struct arena *a, const char *s)
{
	size_t len = strlen(s);

	/* zeroed, and room for one letter more */
	return memcpy(arena_alloc(a, len + 2), s, len);
}

SPELLER(as_listed)
{
	(void)a;
	(void)en;
	(void)r;
	return *id->given;
}

SPELLER(popular_letters)
{
	(void)a;
	(void)r;
	id->surname = en->short_surname;
	id->given = en->short_given;
	return strcmp(en->surname, id->surname) != 0 ||
	       strcmp(en->given, id->given) != 0;
}

SPELLER(one_edit)
{
	char *s = writable(a, id->surname);
	size_t len = strlen(s), at = 1 + rng_below(r, (uint32_t)len - 2);

	(void)en;
	if (len < 7 || strchr(s, ' ') || s[at] == s[at + 1])
		return false;
	switch (rng_below(r, 4)) {
	case 0:
		s[at] = s[at] == 'O' ? 'E' : 'O';
		break;
	case 1:
		memmove(s + at, s + at + 1, len - at);
		break;
	case 2:
		memmove(s + at + 1, s + at, len - at + 1);
		break;
	default:
		s[len] = s[at];
		s[at] = s[at + 1];
		s[at + 1] = s[len];
		s[len] = 0;
		break;
	}
	id->surname = s;
	return true;
}

SPELLER(swapped)
{
	const char *surname = id->surname;

	(void)a;
	(void)en;
	(void)r;
	id->surname = id->given;
	id->given = surname;
	return *id->surname;
}

static void join(char *s)
{
	char *to = s;

	for (; *s; s++)
		if (*s != ' ')
			*to++ = *s;
	*to = 0;
}

SPELLER(given_joined)
{
	char *s = writable(a, id->given);

	(void)en;
	(void)r;
	if (!strchr(s, ' '))
		return false;
	join(s);
	id->given = s;
	return true;
}

SPELLER(second_given_dropped)
{
	char *s = writable(a, id->given), *blank = strchr(s, ' ');

	(void)en;
	(void)r;
	if (!blank || blank - s < 4)
		return false;
	*blank = 0;
	id->given = s;
	return true;
}

SPELLER(title_glued)
{
	(void)en;
	(void)r;
	id->given =
		arena_fmt(a, "%s%s", id->given, id->sex == 'F' ? "MRS" : "MR")
			.ptr;
	id->has_title = true;
	return strlen(id->given) > 5;
}

SPELLER(field_cut)
{
	char *s = writable(a, id->surname);

	(void)en;
	(void)r;
	if (strlen(s) <= NAD_NAME)
		return false;
	s[NAD_NAME] = 0;
	id->surname = s;
	return true;
}

SPELLER(alias)
{
	const struct gen_alias *al;

	(void)a;
	if (!en->nr_alias)
		return false;
	al = &en->alias[rng_below(r, en->nr_alias)];
	id->surname = al->surname;
	id->given = al->given;
	return *id->given;
}

SPELLER(day_and_month_exchanged)
{
	uint8_t day = id->born.day;

	(void)a;
	(void)r;
	if (!full_birth_date(id, en) || day > 12 || day == id->born.month)
		return false;
	id->born.day = id->born.month;
	id->born.month = day;
	return *id->given;
}

SPELLER(first_of_january)
{
	(void)a;
	(void)r;
	if (!full_birth_date(id, en))
		return false;
	id->born.day = id->born.month = 1;
	return *id->given;
}

SPELLER(particles_glued)
{
	static const char *const first[] = { "AL ", "EL ", "DE ", "VON " };
	char *s = writable(a, id->surname);

	(void)en;
	(void)r;
	for (size_t i = 0; i < ARRAY_SIZE(first); i++)
		if (!strncmp(s, first[i], strlen(first[i]))) {
			join(s);
			id->surname = s;
			return *id->given;
		}
	return false;
}

SPELLER(no_birth_date)
{
	(void)a;
	(void)en;
	(void)r;
	id->born = DATE_NONE;
	return strlen(id->surname) >= 8 && strlen(id->given) >= 5;
}

/* Somebody of another name; an entry's name could not be taken for it. */
static void strange_name(struct gen_identity *id, struct arena *a,
			 struct rng *r)
{
	char *surname = arena_alloc(a, GEN_NAME);
	char *given = arena_alloc(a, GEN_NAME);

	gen_pick_name(surname, CULTURE_JAPANESE, LIST_SURNAMES, r);
	gen_pick_name(given, CULTURE_VIETNAMESE,
		      id->sex == 'F' ? LIST_WOMEN : LIST_MEN, r);
	id->surname = surname;
	id->given = given;
}

SPELLER(document_alone)
{
	strange_name(id, a, r);
	id->born = (struct date){ (int16_t)rng_range(r, 1960, 1995), 5, 17 };
	id->doc_number = en->doc_number;
	id->nation = en->doc_issuer;
	return *en->doc_number;
}

SPELLER(born_years_apart)
{
	int years = rng_chance(r, 500) ? FAR_YEARS : -FAR_YEARS;

	(void)a;
	/* two dates of birth on the list: both would have to be far */
	if (!full_birth_date(id, en) || en->nr_born > 1)
		return false;
	id->born.year = (int16_t)(id->born.year + years);
	id->born.month = (uint8_t)(id->born.month % 12 + 1);
	id->born.day = (uint8_t)((id->born.day + 13) % 28 + 1);
	return *id->given && id->born.year < 2006;
}

SPELLER(outside_the_years)
{
	int last = en->born_upto.year;

	(void)a;
	(void)r;
	if (full_birth_date(id, en) || en->nr_born > 1)
		return false;
	last = last ? last : en->born[0].year;
	id->born = (struct date){ (int16_t)(last - FAR_YEARS), 8, 19 };
	return *id->given;
}

SPELLER(other_surname)
{
	const char *given = id->given;

	(void)en;
	strange_name(id, a, r);
	id->given = given;
	return *given;
}

SPELLER(other_given)
{
	const char *surname = id->surname;

	(void)en;
	strange_name(id, a, r);
	id->surname = surname;
	return strlen(surname) > 5;
}

SPELLER(surname_alone)
{
	if (strchr(id->surname, ' ') || !born_years_apart(id, en, a, r))
		return false;
	id->given = "FNU";
	return true;
}

SPELLER(number_of_another_issuer)
{
	strange_name(id, a, r);
	id->born = (struct date){ (int16_t)rng_range(r, 1960, 1995), 5, 17 };
	id->doc_number = en->doc_number;
	id->nation = strcmp(en->doc_issuer, "JPN") ? "JPN" : "VNM";
	return *en->doc_number;
}

const struct gen_spelling gen_spellings[] = {
	{ "as listed", true, as_listed },
	{ "popular letters", true, popular_letters },
	{ "one edit", true, one_edit },
	{ "surname and given name swapped", true, swapped },
	{ "given names joined", true, given_joined },
	{ "second given name dropped", true, second_given_dropped },
	{ "title glued", true, title_glued },
	{ "field cut", true, field_cut },
	{ "alias", true, alias },
	{ "day and month exchanged", true, day_and_month_exchanged },
	{ "first of january", true, first_of_january },
	{ "particles glued", true, particles_glued },
	{ "no birth date", true, no_birth_date },
	{ "document alone", true, document_alone },
	{ "born years apart", false, born_years_apart },
	{ "outside the years", false, outside_the_years },
	{ "other surname", false, other_surname },
	{ "other given name", false, other_given },
	{ "surname alone", false, surname_alone },
	{ "number of another issuer", false, number_of_another_issuer },
};
const int gen_spellings_nr = ARRAY_SIZE(gen_spellings);
