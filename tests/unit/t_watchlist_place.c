#include "tests/unit/unit.h"
#include "watchlist/pair.h"
#include "watchlist/place.h"

#include <stdio.h>
#include <string.h>

#define U WATCH_UNKNOWN
#define A WATCH_AGREE
#define P WATCH_PARTIAL
#define N WATCH_DISAGREE

static const struct {
	const char *text, *country; /* carried */
	const char *listed;
	enum watch_verdict verdict;
} rows[] = {
	{ NULL, NULL, NULL, U },
	{ NULL, NULL, "Linz", U },
	{ "LINZ", NULL, "", U },
	{ "LINZ", NULL, "Linz", A },
	{ "LINZ", NULL, "Graz", N },
	/* countries by name, inverted name, code; alone or behind words */
	{ "LINZ", "AT", "Linz, Austria", A },
	{ "LINZ", "AUT", "Austria", P },
	{ "LINZ", "AUT", "Graz, Austria", P },
	{ "LINZ", "AUT", "Paris, France", N },
	{ "LINZ", "AUT", "France", N },
	{ "LINZ", NULL, "Austria", U },
	{ "LINZ", "DEU", "Linz, Austria", P },
	{ "LINZ AUT", NULL, "Graz, Austria", P },
	{ "AUT", NULL, "Linz, AT", P },
	{ "NOWHERE", "COD", "Elsewhere, Congo, Democratic Republic of the", P },
	{ "NOWHERE", "RUS", "Elsewhere, Soviet Union", P },
	{ NULL, "XXA", "Austria", U },
	/* a letter, marks, other scripts, other languages */
	{ "MUENCHEN", NULL, "M\xc3\xbcnchen", A },
	{ "MUNICH", NULL, "M\xc3\xbcnchen, Germany", A },
	{ "WIEN", NULL, "Vienna", A },
	{ "MOSKVA", "RUS", "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0",
	  A },
	{ "KANDAHAR", NULL, "Qandahar", A },
	{ "PESHAWAR", NULL, "Peshawer", A },
	{ "BASRA", NULL, "Misrata", N },
	/* words that say nothing; several places; brackets and slashes */
	{ "LINZ DISTRICT", NULL, "Graz District", N },
	{ "DISTRICT", NULL, "Graz", U },
	{ "AB", NULL, "Graz", U },
	{ "GRAZ", NULL, "Linz, Austria; Graz, Austria", A },
	{ "GRAZ", "AUT", "Paris, France; Wels, Austria", P },
	{ "GRAZ", NULL, "Linz (formerly Graz)", A },
	{ "GRAZ", NULL, "Linz/Graz", A },
	{ "12", NULL, ";;,,()//", U },
};

START_TEST(places_agree_as_the_table_says)
{
	struct place a, b;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		place_read(&a, str_of(rows[i].text), str_of(rows[i].country));
		place_read(&b, str_of(rows[i].listed), STR_NONE);
		ck_assert_msg(place_compare(&a, &b) == rows[i].verdict &&
				      place_compare(&b, &a) == rows[i].verdict,
			      "row %zu: %s", i,
			      watch_verdict_word(place_compare(&a, &b)));
	}
}
END_TEST

START_TEST(limits_hold)
{
	char text[4000], *at = text;
	struct place p;

	for (int i = 0; i < 17; i++)
		at += snprintf(at, 40, "Placename%c;", 'a' + i);
	place_read(&p, (struct str){ text, (size_t)(at - text) - 11 },
		   STR_NONE);
	ck_assert_uint_eq(p.nr_words, PLACE_WORDS);
	place_read(&p, (struct str){ text, (size_t)(at - text) - 22 },
		   STR_NONE);
	ck_assert_uint_eq(p.nr_words, PLACE_WORDS - 1);
	place_read(&p, str_of(text), STR_NONE);
	ck_assert_uint_eq(p.nr_words, PLACE_WORDS);
	place_read(&p, STR("AUT;BEL;CZE;DEU;ESP;FRA;GBR;HUN;ITA"), STR_NONE);
	ck_assert_uint_eq(p.nr_countries, PLACE_COUNTRIES);
	/* bytes beyond the limit are not read */
	memset(text, ' ', sizeof(text));
	memcpy(text + PLACE_BYTES - 4, "Linz", 4);
	place_read(&p, (struct str){ text, sizeof(text) }, STR_NONE);
	ck_assert_uint_eq(p.nr_words, 1);
	memset(text, ' ', PLACE_BYTES);
	memcpy(text + PLACE_BYTES, "Linz", 4);
	place_read(&p, (struct str){ text, sizeof(text) }, STR_NONE);
	ck_assert_uint_eq(p.nr_words, 0);
}
END_TEST

START_TEST(any_bytes_are_a_place)
{
	uint32_t dice = 7;
	char text[600];
	struct place a, b;

	for (int round = 0; round < 3000; round++) {
		size_t len;

		for (size_t i = 0; i < sizeof(text); i++) {
			dice = dice * 1103515245 + 12345;
			text[i] =
				round % 2
					? (char)(dice >> 16)
					: "ab ,;/()Zu\xc3\xbc"[dice >> 16 & 11];
		}
		dice = dice * 1103515245 + 12345;
		len = (dice >> 16) % sizeof(text);
		place_read(&a, (struct str){ text, len }, STR_NONE);
		place_read(&b, (struct str){ text + len, sizeof(text) - len },
			   STR_NONE);
		ck_assert_uint_le(a.nr_words, PLACE_WORDS);
		ck_assert_int_eq(place_compare(&a, &b), place_compare(&b, &a));
	}
}
END_TEST

static struct watch_match match(const char *carried, const char *listed,
				unsigned int threshold)
{
	static struct watch_pair_scratch tmp;
	struct watch_name name = { STR("MUSTERTEST"),
				   STR("HANNA"),
				   { 130, 100 } };
	struct birth_range born = { 100, 100 };
	struct watch_entry n = { .names = &name,
				 .nr_names = 1,
				 .births = &born,
				 .nr_births = 1,
				 .birth_place = str_of(listed),
				 .threshold = (uint16_t)threshold };
	struct watch_query q = { .birth = date_from_days(100),
				 .birth_place = str_of(carried) };
	struct watch_match m;

	watch_query_add_name(&q, STR("MUSTERTEST"), STR("HANNE"));
	if (!watch_pair(&m, &tmp, &q, &n))
		m.total = 0;
	return m;
}

/* A line takes points off or is for the reviewer's eye; raises nothing. */
START_TEST(a_place_is_a_line_of_the_match)
{
	unsigned int plain = match(NULL, "Linz", 500).total;
	struct watch_match m = match("LINZ", "Linz", 500);

	ck_assert_int_eq(m.line[WATCH_PLACE].verdict, WATCH_AGREE);
	ck_assert_int_eq(m.line[WATCH_PLACE].points, 20);
	ck_assert_uint_eq(m.total, plain);
	m = match("GRAZ", "Linz", 500);
	ck_assert_int_eq(m.line[WATCH_PLACE].points, -30);
	ck_assert_uint_eq(m.total, plain - 30);
	/* no match by its name: whatever the place is */
	ck_assert_uint_eq(match("LINZ", "Linz", plain + 1).total, 0);
}
END_TEST

UNIT_MAIN("watchlist place", places_agree_as_the_table_says, limits_hold,
	  any_bytes_are_a_place, a_place_is_a_line_of_the_match)
