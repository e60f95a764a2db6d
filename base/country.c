#include "base/country.h"

struct country {
	struct str alpha3, alpha2, name;
	bool is_eu;
};

static const struct country countries[] = {
#define COUNTRY(a3, a2, eu, n) { STR_INIT(a3), STR_INIT(a2), STR_INIT(n), eu },
#include "base/country.def"
#undef COUNTRY
};

/* Forms that are not in the table's columns. */
static const struct {
	struct str written, alpha3;
} alias[] = {
#define COUNTRY_OLD(w, a3) { STR_INIT(w), STR_INIT(a3) },
#include "base/country_old.def"
#undef COUNTRY_OLD
};

/* Names beside the table's. */
static const struct {
	struct str name, alpha3;
} other_names[] = {
#define COUNTRY_NAME(n, a3) { STR_INIT(n), STR_INIT(a3) },
#include "base/country_name.def"
#undef COUNTRY_NAME
};

static const struct country *find(struct str canonical)
{
	for (size_t i = 0; i < ARRAY_SIZE(countries); i++)
		if (str_eq(countries[i].alpha3, canonical))
			return &countries[i];
	return NULL;
}

/* Answers for codes of one to three letters, A 1, in base 27; 0: none. */
enum { BASE = 27, NR_CODES = BASE * BASE * BASE };
static const struct str *by_code[NR_CODES];

/* The place of a code in by_code; 0 when it is not one to three letters. */
static size_t place_of(struct str code)
{
	size_t place = 0;

	if (code.len > 3)
		return 0;
	for (size_t i = 0; i < code.len; i++) {
		char c = (char)(code.ptr[i] & ~0x20);

		if (c < 'A' || c > 'Z')
			return 0;
		place = place * BASE + (size_t)(c - 'A' + 1);
	}
	return place;
}

/* What is set later wins: aliases, then countries from the first. */
__attribute__((constructor)) static void fill_by_code(void)
{
	for (size_t i = ARRAY_SIZE(countries); i-- > 0;) {
		by_code[place_of(countries[i].alpha2)] = &countries[i].alpha3;
		by_code[place_of(countries[i].alpha3)] = &countries[i].alpha3;
	}
	for (size_t i = ARRAY_SIZE(alias); i-- > 0;)
		by_code[place_of(alias[i].written)] = &alias[i].alpha3;
	by_code[0] = NULL;
}

struct str country_canonical(struct str code)
{
	const struct str *found = code.ptr ? by_code[place_of(code)] : NULL;

	if (found)
		return *found;
	return str_eq_nocase(code, STR("D<<")) ? STR("DEU") : STR_NONE;
}

struct str country_name(struct str canonical)
{
	const struct country *c = find(canonical);

	return c ? c->name : STR_NONE;
}

bool country_is_eu(struct str canonical)
{
	const struct country *c = find(canonical);

	return c && c->is_eu;
}

struct str country_of_name(struct str name)
{
	for (size_t i = 0; i < ARRAY_SIZE(countries); i++)
		if (str_eq_nocase(countries[i].name, name))
			return countries[i].alpha3;
	for (size_t i = 0; i < ARRAY_SIZE(other_names); i++)
		if (str_eq_nocase(other_names[i].name, name))
			return other_names[i].alpha3;
	return STR_NONE;
}
