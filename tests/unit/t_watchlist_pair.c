#include "tests/unit/unit.h"
#include "watchlist/nation.h"
#include "watchlist/pair.h"

#include <string.h>

#define A WATCH_AGREE
#define P WATCH_PARTIAL
#define N WATCH_DISAGREE
#define U WATCH_UNKNOWN

static const struct {
	const char *number, *rest; /* empty: it stays as it is */
} checked[] = {
	/* the specimens of ICAO 9303-4 and -5 */
	{ "L898902C36", "L898902C3" },
	{ "D231458907", "D23145890" },
	{ "l898 902-c36", "L898902C3" },
	{ "L898902C37", "" },
	{ "L898902C3A", "" },
	{ "L898902C3", "" },
	{ "L898902C366", "" },
};

START_TEST(a_check_digit_read_along_is_known)
{
	for (size_t i = 0; i < ARRAY_SIZE(checked); i++) {
		struct document_number n = document_unchecked(
			document_canonical(str_of(checked[i].number)));
		struct watch_query q = { 0 };

		ck_assert_msg(str_eq((struct str){ n.text, n.len },
				     str_of(checked[i].rest)),
			      "%s", checked[i].number);
		watch_query_add_document(&q, str_of(checked[i].number),
					 STR("UTO"));
		ck_assert_uint_eq(q.nr_documents, n.len ? 2 : 1);
	}
}
END_TEST

static const struct {
	const char *a, *b;
	enum watch_verdict verdict;
} births[] = {
	{ "1970-02-14", "1970-02-14", A },
	{ "1970-02-14", "1970", P },
	{ "1970-02-14", "1970-02", P },
	{ "1970-02-14", "1969..1971", P },
	{ "1970-02-14", "1970-02-01..1970-02-13", N },
	{ "1970-02-14", "1971", N },
	{ "1970-12-31", "1971", N },
	{ "1970-02-14", "1970-03", N },
	{ "1970", "1970", P },
	{ "1970", "1971", N },
	{ "1970", "1968..1970", P },
	/* day and month exchanged */
	{ "1970-02-11", "1970-11-02", P },
	{ "1970-02-11", "1971-11-02", N },
	/* 1 January stands for an unknown day, of that year only */
	{ "1970-01-01", "1970-08-23", P },
	{ "1970-01-01", "1972-08-23", N },
	{ "1970-01-01", "1969-12-31", N },
	/* one digit wrong, or two neighbouring ones exchanged */
	{ "1970-02-14", "1971-02-14", P },
	{ "1970-02-14", "1960-02-14", P },
	{ "1970-02-14", "1970-02-24", P },
	{ "1970-02-14", "1970-03-14", P },
	{ "1978-02-14", "1987-02-14", P },
	{ "1970-02-14", "1970-02-25", N },
	{ "1970-02-14", "1972-03-14", N },
	{ "1978-02-14", "1987-02-15", N },
	{ "2000-02-29", "2000-02-28", P },
};

START_TEST(birth_dates_compare_as_the_table_says)
{
	for (size_t i = 0; i < ARRAY_SIZE(births); i++) {
		struct birth_range a, b;

		ck_assert(birth_read(str_of(births[i].a), &a));
		ck_assert(birth_read(str_of(births[i].b), &b));
		ck_assert_msg(birth_compare(a, b) == births[i].verdict &&
				      birth_compare(b, a) == births[i].verdict,
			      "%s | %s: %s", births[i].a, births[i].b,
			      watch_verdict_word(birth_compare(a, b)));
	}
}
END_TEST

START_TEST(birth_dates_are_read_and_written_alike)
{
	static const char *const good[] = {
		"1970-02-14",
		"1970-02",
		"1970",
		"1970-01-01..1975-12-31",
		"1970-02-14..1970-03-01",
	};
	static const char *const bad[] = {
		"",	      "1970-13-01",  "1970-02-30", "70",
		"1970..",     "..1970",	     "1971..1970", "1970-02-14 ",
		"14.02.1970", "1970...1971",
	};
	struct birth_range r;
	struct buf b = { .data = NULL };

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		ck_assert(birth_read(str_of(good[i]), &r));
		buf_clear(&b);
		birth_write(&b, r);
		ck_str_is(buf_view(&b), good[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(!birth_read(str_of(bad[i]), &r), "%s", bad[i]);
	buf_release(&b);
}
END_TEST

START_TEST(a_set_of_birth_dates_takes_the_best)
{
	struct birth_range set[3];
	struct date d = { 1970, 2, 14 };

	ck_assert(birth_read(STR("1955"), &set[0]));
	ck_assert(birth_read(STR("1970"), &set[1]));
	ck_assert(birth_read(STR("1970-02-14"), &set[2]));
	ck_assert_int_eq(birth_compare_set(d, set, 1), N);
	ck_assert_int_eq(birth_compare_set(d, set, 2), P);
	ck_assert_int_eq(birth_compare_set(d, set, 3), A);
	ck_assert_int_eq(birth_compare_set(d, set, 0), U);
	ck_assert_int_eq(birth_compare_set(DATE_NONE, set, 3), U);
	d.day = 0;
	ck_assert_int_eq(birth_compare_set(d, set, 3), P);
}
END_TEST

static const struct {
	const char *a, *a_issuer, *b, *b_issuer;
	enum watch_verdict verdict;
} documents[] = {
	{ "X1234567", "AUT", "X1234567", "AUT", A },
	{ "x 123-45.67", "AUT", "X1234567", "AUT", A },
	{ "X1234567", "AUT", "X1234567", "DEU", N },
	{ "X1234567", "AUT", "X1234567", "", P },
	{ "X1234567", "", "X1234567", "", P },
	{ "XO234I67", "AUT", "X0234167", "AUT", P },
	{ "XO234I67", "AUT", "X0234167", "", N },
	{ "X1234567", "AUT", "X1234568", "AUT", N },
	{ "1234", "AUT", "1234", "AUT", N },	 /* too short */
	{ "ABCDEF", "AUT", "ABCDEF", "AUT", N }, /* no digit */
	{ "00000000", "AUT", "00000000", "AUT", N },
	{ "1234567890123456789012345", "AUT", "1234567890123456789012345",
	  "AUT", N },
	{ "123456789012345678901234", "AUT", "123456789012345678901234", "AUT",
	  A },
};

START_TEST(documents_compare_as_the_table_says)
{
	for (size_t i = 0; i < ARRAY_SIZE(documents); i++) {
		struct document_number a =
			document_canonical(str_of(documents[i].a));
		struct document_number b =
			document_canonical(str_of(documents[i].b));
		struct str x = str_of(documents[i].a_issuer);
		struct str y = str_of(documents[i].b_issuer);

		ck_assert_msg(document_compare(a, x, b, y) ==
					      documents[i].verdict &&
				      document_compare(b, y, a, x) ==
					      documents[i].verdict,
			      "row %zu", i);
		if (documents[i].verdict != N)
			ck_assert_uint_eq(document_hash(a), document_hash(b));
	}
}
END_TEST

START_TEST(nationalities_know_codes_that_name_none)
{
	static const struct {
		struct str a[2], b[2];
		uint32_t nr_a, nr_b;
		enum watch_verdict verdict;
	} row[] = {
		{ { STR_INIT("AUT") }, { STR_INIT("AUT") }, 1, 1, A },
		{ { STR_INIT("AUT") }, { STR_INIT("DEU") }, 1, 1, N },
		{ { STR_INIT("AUT") },
		  { STR_INIT("DEU"), STR_INIT("AUT") },
		  1,
		  2,
		  A },
		{ { STR_INIT("XXA") }, { STR_INIT("DEU") }, 1, 1, U },
		{ { STR_INIT("AUT") }, { STR_INIT("AUT") }, 0, 1, U },
		{ { STR_INIT("SCG") }, { STR_INIT("SRB") }, 1, 1, P },
		{ { STR_INIT("SRB") }, { STR_INIT("SCG") }, 1, 1, P },
		{ { STR_INIT("SCG") }, { STR_INIT("HRV") }, 1, 1, N },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		ck_assert_msg(watch_nationality(row[i].a, row[i].nr_a, row[i].b,
						row[i].nr_b) == row[i].verdict,
			      "row %zu", i);
	ck_assert_int_eq(watch_sex('M', 'F'), N);
	ck_assert_int_eq(watch_sex('M', 'M'), A);
	ck_assert_int_eq(watch_sex('X', 'F'), U);
	ck_assert_int_eq(watch_sex(0, 'F'), U);
}
END_TEST

static const struct {
	unsigned int score, rarity;
	enum watch_verdict birth, sex, nationality, place, document;
	enum watch_class class;
	unsigned int total;
} grades[] = {
	{ 0, 0, U, U, U, U, A, WATCH_CLASS_A, 0 },
	{ 0, 0, N, N, N, U, A, WATCH_CLASS_A, 0 },
	{ 1000, 230, N, A, A, U, P, WATCH_NO_MATCH, 750 },
	{ 1000, 230, N, A, A, U, N, WATCH_NO_MATCH, 750 },
	{ 800, 100, A, U, U, U, U, WATCH_CLASS_B, 800 },
	{ 799, 230, A, A, A, U, P, WATCH_NO_MATCH, 799 },
	{ 800, 100, A, N, N, U, N, WATCH_CLASS_B, 640 },
	{ 870, 100, P, U, U, U, U, WATCH_CLASS_C, 870 },
	{ 869, 100, P, A, A, U, U, WATCH_NO_MATCH, 869 },
	{ 929, 100, P, U, N, U, U, WATCH_NO_MATCH, 869 },
	{ 930, 100, P, U, N, U, U, WATCH_CLASS_C, 870 },
	{ 969, 100, P, N, U, U, U, WATCH_NO_MATCH, 869 },
	{ 800, 100, U, U, U, U, P, WATCH_CLASS_C, 800 },
	{ 800, 100, P, U, U, U, P, WATCH_CLASS_C, 800 },
	{ 799, 100, P, U, U, U, P, WATCH_NO_MATCH, 799 },
	{ 940, 150, U, U, U, U, U, WATCH_CLASS_D, 940 },
	{ 940, 150, U, A, A, U, U, WATCH_CLASS_D, 940 },
	{ 939, 150, U, A, A, U, U, WATCH_NO_MATCH, 939 },
	{ 940, 149, U, A, A, U, U, WATCH_NO_MATCH, 940 },
	{ 999, 230, U, N, U, U, U, WATCH_NO_MATCH, 899 },
	{ 800, 100, A, U, U, N, U, WATCH_CLASS_B, 770 },
	{ 899, 100, P, U, U, N, U, WATCH_NO_MATCH, 869 },
	{ 900, 100, P, U, U, N, U, WATCH_CLASS_C, 870 },
	{ 869, 100, P, U, U, A, U, WATCH_NO_MATCH, 869 },
	{ 870, 100, P, U, U, P, U, WATCH_CLASS_C, 870 },
	{ 969, 150, U, A, A, N, U, WATCH_NO_MATCH, 939 },
	{ 970, 150, U, A, A, N, U, WATCH_CLASS_D, 940 },
	{ 829, 100, P, U, U, N, P, WATCH_NO_MATCH, 799 },
	{ 830, 100, P, U, U, N, P, WATCH_CLASS_C, 800 },
	{ 0, 0, N, N, N, N, A, WATCH_CLASS_A, 0 },
};

START_TEST(classes_follow_the_rules)
{
	for (size_t i = 0; i < ARRAY_SIZE(grades); i++) {
		struct watch_match m = {
			.name = { .score = (uint16_t)grades[i].score,
				  .rarity = (uint16_t)grades[i].rarity }
		};
		bool hit;

		m.line[WATCH_BIRTH].verdict = (uint8_t)grades[i].birth;
		m.line[WATCH_SEX].verdict = (uint8_t)grades[i].sex;
		m.line[WATCH_NATIONALITY].verdict =
			(uint8_t)grades[i].nationality;
		m.line[WATCH_PLACE].verdict = (uint8_t)grades[i].place;
		m.line[WATCH_DOCUMENT].verdict = (uint8_t)grades[i].document;
		hit = watch_grade(&m, 800);
		ck_assert_msg(m.class == grades[i].class &&
				      m.total == grades[i].total &&
				      hit == (m.class != WATCH_NO_MATCH),
			      "row %zu: class %s total %u", i,
			      watch_class_word(m.class), m.total);
	}
}
END_TEST

START_TEST(a_traveller_becomes_a_query)
{
	struct name names[] = { { STR("DOE"), STR("JOHN"), STR("NAD") },
				{ STR("DOE"), STR("JOHN A"), STR("DOCS") } };
	struct document docs[] = {
		{ .number = STR("x12 34567"), .issuer = STR("D") },
		{ .number = STR("X1234567"), .issuer = STR("DEU") },
		{ .number = STR("1"), .issuer = STR("DEU") },
	};
	struct traveller t = {
		.surname = STR("DOE"),
		.given = STR("JOHN"),
		.names = names,
		.nr_names = 2,
		.birth_date = { 1970, 2, 0 },
		.sex = STR("M"),
		.nationality = STR("AT"),
		.second_nationality = STR("AUT"),
		.birth_place = STR("LINZ"),
		.birth_country = STR("AUT"),
		.documents = docs,
		.nr_documents = 3,
	};
	struct watch_query q;

	watch_query_of_traveller(&q, &t);
	ck_assert_uint_eq(q.nr_names, 2);
	ck_str_is(q.name[1].given, "JOHN A");
	ck_assert_int_eq(q.birth.month, 2);
	ck_assert_int_eq(q.sex, 'M');
	ck_assert_uint_eq(q.nr_nationalities, 1);
	ck_str_is(q.nationality[0], "AUT");
	ck_str_is(q.birth_place, "LINZ");
	ck_str_is(q.birth_country, "AUT");
	ck_assert_uint_eq(q.nr_documents, 1);
	ck_str_is(q.document[0].issuer, "DEU");
	t = (struct traveller){ .sex = STR("Q") };
	watch_query_of_traveller(&q, &t);
	ck_assert_uint_eq(q.nr_names + q.nr_documents + q.nr_nationalities, 0);
	ck_assert_int_eq(q.sex, 0);
	ck_assert(!date_is_set(q.birth));
}
END_TEST

UNIT_MAIN("watchlist pair", birth_dates_compare_as_the_table_says,
	  birth_dates_are_read_and_written_alike,
	  a_set_of_birth_dates_takes_the_best,
	  documents_compare_as_the_table_says,
	  a_check_digit_read_along_is_known,
	  nationalities_know_codes_that_name_none, classes_follow_the_rules,
	  a_traveller_becomes_a_query)
