#include "base/utf8.h"
#include "tests/unit/unit.h"
#include "watchlist/normalise.h"
#include "watchlist/step.h"

#include <stdio.h>
#include <string.h>

static struct name_form form;

/* "SURNAME+KEY|given:..." : tokens with their keys and kinds, for a table. */
static void describe(char *out, size_t cap, const struct name_form *f)
{
	size_t n = 0;

	out[0] = '\0';
	for (uint8_t i = 0; i < f->nr_tokens; i++) {
		const struct name_unit *u = &f->unit[i];

		n += (size_t)snprintf(out + n, cap - n, "%s%s", i ? " " : "",
				      u->part == NAME_SURNAME ? "" : "'");
		for (uint8_t k = 0; k < u->nr_keys; k++)
			n += (size_t)snprintf(out + n, cap - n, "%s" STR_FMT,
					      k ? "|" : "",
					      STR_ARG(u->key[k].text));
		if (f->kind[i] != NAME_WORD)
			n += (size_t)snprintf(out + n, cap - n, ":%s",
					      name_kind_word(f->kind[i]));
	}
}

/* A quote before a token: it is of the given names. */
static const struct {
	const char *surname, *given, *tokens;
} carried[] = {
	{ "DOE", "JOHN", "DOE|DO 'JOHN" },
	{ "doe", "john", "DOE|DO 'JOHN" },
	{ "", "", "" },
	{ "  ", "--,.", "" },
	/* letters by ICAO, digraphs folded as another key */
	{ "M\xc3\xbcller", "J\xc3\xb6rg", "MUELLER|MULLER 'JOERG|JORG" },
	{ "M\xfcller", NULL, "MUELLER|MULLER" },      /* ISO 8859-1 */
	{ "Mu\xcc\x88ller", NULL, "MUELLER|MULLER" }, /* u and a mark */
	{ "MUELLER", "MANUEL", "MUELLER|MULLER 'MANUEL|MANUL" },
	{ "MUXXLLER", NULL, "MUXXLLER|MULLER" },
	{ "PENXXA", NULL, "PENXXA|PENA" },
	{ "MXHMD", "XSHRYF", "MXHMD|MHMD 'XSHRYF|SHRYF" },
	{ "HOXHA", "MAX", "HOXHA|HOHA 'MAX" },
	{ "\xc3\x85KESSON", "\xc3\x98YVIND",
	  "AAKESSON|AKESSON 'OEYVIND|OYVIND" },
	{ "GRO\xc3\x9f", "\xc3\x9e\xc3\xb3r", "GROSS 'THOR" },
	{ "\xc5\x81uk\xc3\xa1\xc5\x9b", NULL, "LUKAS" },
	{ "\xc3\x87I\xc3\x87"
	  "EK",
	  "\xc5\x9e"
	  "ENG\xc3\x9cL",
	  "CICEK|CHICHEK 'SENGUEL|SHENGUEL|SENGUL" },
	/* Turkish i: with and without its dot, both ways of writing it */
	{ "\xc4\xb0zmir", "I\xc5\x9f\xc4\xb1k", "IZMIR 'ISIK|ISHIK" },
	{ "i\xcc\x87zmir", NULL, "IZMIR" },
	/* full width and ligatures are compatibility forms */
	{ "\xef\xbc\xa4\xef\xbc\xaf\xef\xbc\xa5", "\xef\xac\x81n",
	  "DOE|DO 'FIN" },
	/* apostrophes join, the rest separates, digits go */
	{ "O'BRIEN",
	  "D\xe2\x80\x99"
	  "ARCY",
	  "OBRIEN 'DARCY" },
	{ "O\xc2\xb4NEILL", "JEAN-PAUL", "ONEILL 'JEAN 'PAUL" },
	{ "SMITH<JONES", "ANNA.MARIA,EVA", "SMITH JONES 'ANNA 'MARIA 'EVA" },
	{ "DOE2", "J0HN", "DOE|DO 'JHN" },
	/* titles: taken off, glued form kept; the unsure ones the other way */
	{ "DOE", "JOHNMR", "DOE|DO 'JOHN|JOHNMR" },
	{ "DOE", "ANNA MARIAMRS", "DOE|DO 'ANNA 'MARIA|MARIAMRS" },
	{ "DOE", "JOHN MR", "DOE|DO 'JOHN 'MR:title" },
	{ "DOE", "ALEKSANDR", "DOE|DO 'ALEKSANDR|ALEKSAN" },
	{ "DOE", "JMR", "DOE|DO 'JMR" },
	{ "SUHARTOMR", NULL, "SUHARTO|SUHARTOMR" },
	{ "WILLIAMS", "EVE", "WILLIAMS 'EVE" },
	/* placeholders, a surname repeated, initials, short parts */
	{ "THOMPSON", "FNU", "THOMPSON 'FNU:placeholder" },
	{ "LNU", "ELIZABETH", "LNU:placeholder 'ELIZABETH" },
	{ "SUHARTO", "SUHARTO", "SUHARTO 'SUHARTO:placeholder" },
	{ "XU", "A", "XU:short 'A:initial" },
	{ "DA SILVA JUNIOR", "E",
	  "DA:particle SILVA JUNIOR:suffix "
	  "'E:initial" },
	{ "LE", "VAN", "LE:short 'VAN" },
	{ "FIGUEIREDO E SOUSA", NULL, "FIGUEIREDO|FIGUIREDO E:particle SOUSA" },
	/* ABD AL X in one way, AL X as particle or glued */
	{ "ABD EL RAHMAN", "ALI", "ABDULRAHMAN|RAHMAN 'ALI:common" },
	{ "ABD ERRAHMAN", NULL, "ABDULERRAHMAN|ERRAHMAN" },
	{ "ABDERRAHMAN", NULL, "ABDERRAHMAN|ABDULRAHMAN|RAHMAN" },
	{ "ABDELKADER", NULL, "ABDELKADER|ABDULKADER|KADER" },
	{ "ABDUL KADER", NULL, "ABDULKADER|KADER" },
	{ "ABDOUL KADER", NULL, "ABDULKADER|KADER" },
	{ "ABD", "ALI", "ABD 'ALI:common" },
	{ "AL MASRI", NULL, "AL:particle MASRI" },
	{ "ALMASRI", NULL, "ALMASRI|MASRI" },
	{ "ELENA", NULL, "ELENA" },
	/* other scripts */
	{ "\xd0\xa9\xd0\xb5\xd1\x80\xd0\xb1\xd0\xb0",
	  "\xd0\xae\xd1\x80"
	  "\xd0\xb8\xd0\xb9",
	  "SHCHERBA 'IURII|YURIY|IURYY" },
	{ "\xd0\x93\xd0\xbb\xd0\xb8\xd0\xb1\xd0\xb0", NULL, "GLIBA|HLYBA" },
	{ "\xce\xa0\xce\xb1\xcf\x80\xce\xb1\xce\xbd\xcf\x84\xcf\x8e\xce\xbd"
	  "\xce\xb7\xcf\x82",
	  "\xce\x95\xcf\x85\xce\xb3\xce\xb5\xce\xbd\xce\xaf\xce\xb1",
	  "PAPANTONIS|PAPADONIS 'EVGENIA|EFGENIA" },
	{ "\xd8\xad\xd8\xb3\xd9\x86", NULL, "HSN" },
	{ "\xe6\xac\xa7\xe9\x98\xb3", NULL, "\xe6\xac\xa7\xe9\x98\xb3" },
};

START_TEST(names_become_tokens_with_keys)
{
	char got[1024];

	for (size_t i = 0; i < ARRAY_SIZE(carried); i++) {
		name_normalise(&form, str_of(carried[i].surname),
			       str_of(carried[i].given), NAME_CARRIED);
		describe(got, sizeof(got), &form);
		ck_assert_msg(!strcmp(got, carried[i].tokens),
			      "row %zu (%s/%s): got '%s', not '%s'", i,
			      carried[i].surname,
			      carried[i].given ? carried[i].given : "", got,
			      carried[i].tokens);
	}
}
END_TEST

/* Each step once, where it is the only one or with those that come with it. */
static const struct {
	const char *surname, *given, *steps;
} logged[] = {
	{ "DOE", "JOHN", "" },
	{ "DOE", "John", "capitals " },
	{ "M\xdcLLER", "EVA", "recoded script " },
	{ "Mu\xcc\x88LLER", "EVA", "capitals nfkc script " },
	{ "\xef\xbc\xa4OE", "EVA", "nfkc " }, /* full width */
	{ "O'BRIEN", "EVA", "apostrophe " },
	{ "SMITH<JONES", "EVA", "separator joined " },
	{ "SMITH JONES", "EVA", "joined " },
	{ "DOE2", "EVA", "digits " },
	{ "\xd8\xad\xd9\x8e\xd8\xb3\xd9\x86", "EVA", "marks script " },
	{ "\xd0\xa9\xd0\x95", "EVA", "script " },
	{ "\xe6\xac\xa7\xe9\x98\xb3", "EVA", "script unspelled " },
	{ "A B C D E F G H I", NULL, "overflow particle joined " },
	{ "\xea\xb9\x80\xeb\xaf\xbc\xec\x88\x98", NULL, "script family " },
	{ "ABD EL KADER", "OMAR", "servant " },
	{ "DOE", "EVAMRS", "title " },
	{ "DOE", "FNU", "placeholder mononym " },
	{ "DE WAAL", "EVA", "particle joined " },
	{ "SUHARTO", NULL, "mononym " },
	{ "SUHARTO", "SUHARTO", "placeholder mononym repeated " },
	{ "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHI", "EVA", "surname-cut " },
	{ "ABCDEFGHIJKLMNOPQRSTUVWX", "EVAEV", "given-cut " }, /* 31 in all */
};

START_TEST(each_step_is_logged)
{
	for (size_t i = 0; i < ARRAY_SIZE(logged); i++) {
		char got[200] = "";

		name_normalise(&form, str_of(logged[i].surname),
			       str_of(logged[i].given), NAME_CARRIED);
		for (unsigned int k = 0; k < NAME_STEPS; k++)
			if (form.steps >> k & 1)
				snprintf(got + strlen(got),
					 sizeof(got) - strlen(got), "%s ",
					 name_step_word(k));
		ck_assert_msg(!strcmp(got, logged[i].steps),
			      "row %zu: '%s', not '%s'", i, got,
			      logged[i].steps);
	}
	for (unsigned int k = 0; k < NAME_STEPS; k++)
		ck_assert_uint_gt(strlen(name_step_says(k)), 10);
}
END_TEST

START_TEST(a_listed_name_has_no_titles_glued)
{
	name_normalise(&form, STR("DOE"), STR("JOHNMR"), NAME_LISTED);
	ck_assert_uint_eq(form.unit[1].nr_keys, 1);
	name_normalise(&form, STR("SUHARTO"), STR("SUHARTO"), NAME_LISTED);
	ck_assert_uint_eq(form.kind[1], NAME_WORD);
}
END_TEST

static bool has_unit(const struct name_form *f, const char *text,
		     unsigned int mask)
{
	for (uint8_t i = 0; i < f->nr_units; i++)
		for (uint8_t k = 0; k < f->unit[i].nr_keys; k++)
			if (f->unit[i].mask == mask &&
			    str_eq(f->unit[i].key[k].text, str_of(text)))
				return true;
	return false;
}

START_TEST(neighbours_are_joined_within_their_part)
{
	name_normalise(&form, STR("VON DER TANNEN"), STR("HANS PETERMR"),
		       NAME_CARRIED);
	ck_assert(has_unit(&form, "VONDER", 3));
	ck_assert(has_unit(&form, "VONDERTANNEN", 7));
	ck_assert(has_unit(&form, "HANSPETER", 24));
	ck_assert(has_unit(&form, "HANSPETERMR", 24));
	ck_assert(!has_unit(&form, "TANNENHANS", 12));
	name_normalise(&form, STR("A"), STR("B C D"), NAME_CARRIED);
	ck_assert(!has_unit(&form, "BCD", 14)); /* three only with particles */
	name_normalise(&form, STR("M\xc3\x9cLLER LI"), STR_NONE, NAME_LISTED);
	ck_assert(has_unit(&form, "MUELLERLI", 3));
	ck_assert(has_unit(&form, "MULLERLI", 3));
}
END_TEST

static const struct {
	size_t surname, given;
	bool cut_surname, cut_given;
} cuts[] = {
	{ 35, 3, true, false },	 { 36, 3, false, false },
	{ 3, 35, false, true },	 { 3, 34, false, true },
	{ 3, 33, false, false }, { 3, 36, false, false },
	{ 3, 25, false, true },	 { 3, 26, false, true },
	{ 3, 27, false, false }, { 39, 0, true, false },
	{ 38, 0, false, false },
};

START_TEST(a_field_at_its_limit_may_be_cut)
{
	char text[64];

	memset(text, 'A', sizeof(text));
	for (size_t i = 0; i < ARRAY_SIZE(cuts); i++) {
		name_normalise(&form, (struct str){ text, cuts[i].surname },
			       (struct str){ text, cuts[i].given },
			       NAME_CARRIED);
		ck_assert_msg(form.cut[NAME_SURNAME] == cuts[i].cut_surname &&
				      form.cut[NAME_GIVEN] == cuts[i].cut_given,
			      "row %zu", i);
		ck_assert(form.unit[0].stub == cuts[i].cut_surname);
	}
}
END_TEST

START_TEST(hostile_names_stay_within_the_form)
{
	static char text[20000];
	static const char *const pattern[] = {
		"A ",
		"\xc3\x9c",
		"\xef\xb7\xba",
		"\xff\xfe",
		"\xcc\x88",
		"ABD ",
		"\xf0\x9d\x95\xac",
		"-",
		"UE",
		"\xd0\xa9 ",
		"\x00",
	};

	for (size_t i = 0; i < ARRAY_SIZE(pattern); i++) {
		size_t len = pattern[i][0] ? strlen(pattern[i]) : 1;
		struct str s = { text, sizeof(text) / len * len };

		for (size_t k = 0; k < s.len; k++)
			text[k] = pattern[i][k % len];
		for (size_t cut = 0; cut < 3; cut++) {
			name_normalise(&form, s, str_slice(s, cut, s.len),
				       NAME_CARRIED);
			ck_assert_uint_le(form.nr_tokens, NAME_TOKENS);
			ck_assert_uint_le(form.nr_units, NAME_UNITS);
			ck_assert_uint_le(form.pool_len, NAME_POOL);
		}
	}
	name_normalise(&form, STR("A B C D E F G H I J"), STR_NONE,
		       NAME_LISTED);
	ck_assert_uint_eq(form.nr_tokens, NAME_TOKENS);
	ck_assert(form.steps & name_step_bit(STEP_OVERFLOW));
}
END_TEST

START_TEST(code_points_survive_any_bytes)
{
	char bytes[4];
	uint32_t cp[64];
	struct str s = STR("\xc3\xa9\xe9z");

	ck_assert_uint_eq(utf8_next(&s), 0xe9);
	ck_assert_uint_eq(utf8_next(&s), 0xe9);
	ck_assert_uint_eq(utf8_next(&s), 'z');
	ck_assert_int_eq(utf8_find_bad(STR("ab\xc3")), 2);
	ck_assert_int_eq(utf8_find_bad(STR("\xf0\x9d\x95\xac")), -1);
	ck_assert_int_eq(utf8_find_bad(STR("\xed\xa0\x80")), 0);
	ck_assert_uint_eq(utf8_put(bytes, 0x20ac), 3);
	ck_assert_uint_eq(utf8_upper_nfkc(STR("e\xcc\x81\xc7\x86"), cp, 64), 3);
	ck_assert_uint_eq(cp[0], 0xc9);
	ck_assert_uint_eq(utf8_upper_nfkc(STR("abcd"), cp, 2), 4);
	ck_assert_uint_eq(utf8_base(0x1ed4), 'O');
	for (uint32_t c = 0; c < 0x80; c++)
		ck_assert_uint_eq(utf8_base(c), c);
}
END_TEST

/* translit_letter() looks up none below 0x80: there must be none. */
START_TEST(tables_of_letters_have_no_ascii)
{
#define LETTER(cp, mrz, popular, national) ck_assert_uint_ge(cp, 0x80);
#define PAIR(first, second, mrz, popular) \
	ck_assert_uint_ge(first, 0x80);   \
	ck_assert_uint_ge(second, 0x80);
#define START(cp, mrz, popular) ck_assert_uint_ge(cp, 0x80);
#include "watchlist/translit.def"
#undef LETTER
#undef PAIR
#undef START
}
END_TEST

UNIT_MAIN("watchlist normalise", tables_of_letters_have_no_ascii,
	  names_become_tokens_with_keys, each_step_is_logged,
	  a_listed_name_has_no_titles_glued,
	  neighbours_are_joined_within_their_part,
	  a_field_at_its_limit_may_be_cut, hostile_names_stay_within_the_form,
	  code_points_survive_any_bytes)
