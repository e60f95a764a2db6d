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

/* Forms that are not in the table's columns (ICAO Doc 9303-3 section 5). */
static const struct {
	struct str written, alpha3;
} alias[] = {
	{ STR_INIT("D"), STR_INIT("DEU") },
	{ STR_INIT("D<<"), STR_INIT("DEU") },
	{ STR_INIT("GBD"), STR_INIT("GBR") },
	{ STR_INIT("GBN"), STR_INIT("GBR") },
	{ STR_INIT("GBO"), STR_INIT("GBR") },
	{ STR_INIT("GBP"), STR_INIT("GBR") },
	{ STR_INIT("GBS"), STR_INIT("GBR") },
	{ STR_INIT("UK"), STR_INIT("GBR") },
	{ STR_INIT("UT"), STR_INIT("UTO") },
	{ STR_INIT("XK"), STR_INIT("RKS") },
};

static const struct country *find(struct str canonical)
{
	for (size_t i = 0; i < ARRAY_SIZE(countries); i++)
		if (str_eq(countries[i].alpha3, canonical))
			return &countries[i];
	return NULL;
}

struct str country_canonical(struct str code)
{
	if (code.len == 0 || code.len > 3)
		return STR_NONE;
	for (size_t i = 0; i < ARRAY_SIZE(alias); i++)
		if (str_eq_nocase(alias[i].written, code))
			return alias[i].alpha3;
	for (size_t i = 0; i < ARRAY_SIZE(countries); i++)
		if (str_eq_nocase(countries[i].alpha3, code) ||
		    (code.len == 2 && str_eq_nocase(countries[i].alpha2, code)))
			return countries[i].alpha3;
	return STR_NONE;
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
