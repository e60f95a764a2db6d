#include "tests/unit/unit.h"
#include "watchlist/pair.h"

#include <stdio.h>
#include <string.h>

static struct name_form form[2];
static struct name_scratch scratch;

/* "SURNAME/GIVEN", all words rare. */
static struct name_score score_of(const char *carried, const char *listed)
{
	const char *const text[2] = { carried, listed };
	uint16_t weight[NAME_TOKENS];
	struct name_score s;

	for (int i = 0; i < 2; i++) {
		struct str given = str_of(text[i]);
		struct str surname = str_split(&given, '/');

		name_normalise(&form[i], surname, given,
			       i ? NAME_LISTED : NAME_CARRIED);
	}
	for (uint8_t i = 0; i < form[1].nr_tokens; i++)
		weight[i] = name_weight(form[1].kind[i], form[1].unit[i].part,
					WEIGHT_FULL);
	name_score(&s, &scratch, &form[0], &form[1], weight);
	return s;
}

/* The numbers are the definition: a change of one is a change of semantics. */
static const struct {
	const char *carried, *listed;
	unsigned int score;
} vectors[] = {
	{ "DOE/JOHN", "DOE/JOHN", 1000 },
	{ "DOE/JOHNMR", "DOE/JOHN", 1000 },
	{ "DOE/JOHN MR", "DOE/JOHN", 1000 },
	{ "MULLER/JURGEN", "M\xc3\x9cLLER/J\xc3\x9cRGEN", 990 },
	{ "MUELLER/JUERGEN", "M\xc3\x9cLLER/J\xc3\x9cRGEN", 1000 },
	{ "JOHN/DOE", "DOE/JOHN", 980 },
	{ "LUTZPETER/HANS", "LUTZ PETER/HANS", 985 },
	{ "VONDERTANNEN/KARL", "VON DER TANNEN/KARL", 987 },
	{ "TANNEN/KARL", "VON DER TANNEN/KARL", 986 },
	{ "XI/JIN PING", "XI/JINPING", 988 },
	{ "XIJINPING/FNU", "XI/JINPING", 659 }, /* two edits, no joining */
	{ "SMITH/JOHN", "SMITH/JOHN HENRY", 950 },
	{ "SMITH/JOHN HENRY", "SMITH/JOHN", 950 },
	{ "SMITH/PAUL", "SMITH/JOHN", 367 },
	{ "JONES/JOHN", "SMITH/JOHN", 255 },
	{ "GARCIA LOPEZ/JUAN", "GARCIA/JUAN", 936 },
	{ "SMITHE/JOHN", "SMITH/JOHN", 915 },
	{ "KOWALSKI/JON", "KOWALSKI/JOHN", 943 },
	{ "LI/WEN", "LI/WANG", 258 },
	{ "PUTIN/V", "PUTIN/VLADIMIR", 860 },
	{ "ALI/FNU", "MASRAWI/ALI", 623 },
	{ "DOE/FNU", "DOE/JOHN", 855 },
	{ "ABDEL KADER/OMAR", "ABDULKADER/OMAR", 1000 },
	{ "", "DOE/JOHN", 0 },
	{ "DOE/JOHN", "FNU/LNU", 0 },
};

START_TEST(vectors_stay_what_they_are)
{
	for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
		struct name_score s =
			score_of(vectors[i].carried, vectors[i].listed);

		ck_assert_msg(s.score == vectors[i].score,
			      "%s | %s: %u, not %u", vectors[i].carried,
			      vectors[i].listed, s.score, vectors[i].score);
	}
}
END_TEST

START_TEST(a_cut_field_is_a_beginning)
{
	/* 35 characters of surname; the rest and the last word are lost */
	ck_assert_uint_ge(score_of("WOLFESCHLEGELSTEINHAUSEN BERGERDORF/HU",
				   "WOLFESCHLEGELSTEINHAUSEN BERGERDORFFER "
				   "VON HOHENAU/HU")
				  .score,
			  950);
	ck_assert_uint_lt(score_of("WOLFESCHLEGELSTEINHAUSEN BERGERDOR/HU",
				   "WOLFESCHLEGELSTEINHAUSEN BERGERDORFFER "
				   "VON HOHENAU/HU")
				  .score,
			  950);
}
END_TEST

/* The textbook's full table, to hold text_distance() against. */
static unsigned int plain_distance(struct str a, struct str b)
{
	unsigned int d[NAME_TEXT + 1][NAME_TEXT + 1];

	for (size_t i = 0; i <= a.len; i++) {
		for (size_t k = 0; k <= b.len; k++) {
			unsigned int v;

			if (i == 0 || k == 0) {
				d[i][k] = (unsigned int)(i + k);
				continue;
			}
			v = d[i - 1][k - 1] + (a.ptr[i - 1] != b.ptr[k - 1]);
			if (d[i - 1][k] + 1 < v)
				v = d[i - 1][k] + 1;
			if (d[i][k - 1] + 1 < v)
				v = d[i][k - 1] + 1;
			if (i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] &&
			    a.ptr[i - 2] == b.ptr[k - 1] &&
			    d[i - 2][k - 2] + 1 < v)
				v = d[i - 2][k - 2] + 1;
			d[i][k] = v;
		}
	}
	return d[a.len][b.len];
}

static uint64_t seed = 88172645463325252u;

static uint32_t next_number(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 11) % n;
}

static struct str random_text(char *out, uint32_t letters, uint32_t most)
{
	size_t len = 1 + next_number(most);

	for (size_t i = 0; i < len; i++)
		out[i] = (char)('A' + next_number(letters));
	return (struct str){ out, len };
}

START_TEST(distance_equals_the_full_table_and_keeps_its_bounds)
{
	char x[NAME_TEXT], y[NAME_TEXT];

	for (int i = 0; i < 200000; i++) {
		uint32_t letters = i % 2 ? 3 : 26;
		struct str a = random_text(x, letters, i % 3 ? 9 : NAME_TEXT);
		struct str b = random_text(y, letters, i % 3 ? 9 : NAME_TEXT);
		unsigned int d = plain_distance(a, b), limit = next_number(5);
		uint64_t sa = name_signature(a), sb = name_signature(b);
		struct text_pattern pattern;

		ck_assert_uint_eq(text_distance(a, b, NAME_TEXT), d);
		ck_assert_uint_eq(text_distance(a, b, limit),
				  d > limit ? limit + 1 : d);
		text_pattern_make(&pattern, a);
		ck_assert_uint_eq(text_pattern_distance(&pattern, b, limit),
				  d > limit ? limit + 1 : d);
		ck_assert_uint_le(__builtin_popcountll(sa & ~sb), (int)d);
		ck_assert_uint_le(__builtin_popcountll(sb & ~sa), (int)d);
	}
}
END_TEST

START_TEST(budget_follows_the_longer_word)
{
	static const struct {
		const char *a, *b;
		unsigned int sim;
	} row[] = {
		{ "LEE", "LEI", 0 },
		{ "LEE", "LEES", 750 },
		{ "ANNA", "ANNE", 750 },
		{ "ANNA", "ENNE", 0 },
		{ "MARIA", "MAIRA", 800 },
		{ "MARIA", "MERIE", 0 },
		{ "MARTIN", "MERTEN", 0 }, /* 667 is too little */
		{ "MARTIN", "MORTEM", 0 },
		{ "ALEKSANDRA", "ALEXANDRA", 800 },
		{ "ALEKSANDRA", "OLEXANDRA", 700 },
		{ "V", "VLADIMIR", 680 },
		{ "V", "IVAN", 0 },
		{ "\xe6\xac\xa7", "\xe6\xac\xa8", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct name_key a = { .text = str_of(row[i].a) };
		struct name_key b = { .text = str_of(row[i].b) };

		a.sig = name_signature(a.text);
		b.sig = name_signature(b.text);
		ck_assert_msg(text_similarity(&a, &b, false) == row[i].sim,
			      "%s %s: %u", row[i].a, row[i].b,
			      text_similarity(&a, &b, false));
		ck_assert_uint_eq(text_similarity(&b, &a, false), row[i].sim);
	}
}
END_TEST

/* Every way to assign, tried one by one. */
static int64_t plain_best(uint32_t from, unsigned int q, unsigned int n)
{
	int64_t best = 0;

	for (uint32_t i = from; i < scratch.nr_edges; i++) {
		const struct name_match *m = &scratch.edge[i];
		unsigned int qm = form[0].unit[m->carried].mask;
		unsigned int nm = form[1].unit[m->listed].mask;
		int64_t v;

		if (qm & q || nm & n)
			continue;
		v = (int64_t)m->weight * m->sim +
		    plain_best(i + 1, q | qm, n | nm);
		if (v > best)
			best = v;
	}
	return best;
}

static const char *const pool[] = {
	"ANNA",	 "ANNE", "HANS", "HANSA",    "PETER",	 "PETRA",
	"LI",	 "LIN",	 "DE",	 "LA",	     "CRUZ",	 "AL",
	"MASRI", "MR",	 "JEAN", "ANNAHANS", "DELACRUZ",
};

static void random_name(char *out, size_t cap, uint32_t most)
{
	uint32_t nr = 1 + next_number(most);
	size_t n = 0;

	for (uint32_t i = 0; i < nr; i++)
		n += (size_t)snprintf(out + n, cap - n, "%s%s",
				      i == 0   ? ""
				      : i == 1 ? "/"
					       : " ",
				      pool[next_number(ARRAY_SIZE(pool))]);
}

START_TEST(the_assignment_is_the_best_of_all)
{
	char a[256], b[256];

	for (int i = 0; i < 20000; i++) {
		struct name_score s;
		int64_t sum = 0;
		unsigned int q = 0, n = 0;

		random_name(a, sizeof(a), 4);
		random_name(b, sizeof(b), 4);
		s = score_of(a, b);
		for (uint8_t k = 0; k < s.nr; k++) {
			unsigned int qm = form[0].unit[s.match[k].carried].mask;
			unsigned int nm = form[1].unit[s.match[k].listed].mask;

			ck_assert_uint_eq(q & qm, 0);
			ck_assert_uint_eq(n & nm, 0);
			q |= qm;
			n |= nm;
			sum += (int64_t)s.match[k].weight * s.match[k].sim;
		}
		ck_assert_msg(sum == plain_best(0, 0, 0), "%s | %s", a, b);
	}
}
END_TEST

START_TEST(weights_fall_with_frequency)
{
	unsigned int before = WEIGHT_FULL;

	ck_assert_uint_eq(name_base_weight(0, 10), WEIGHT_FULL);
	ck_assert_uint_eq(name_base_weight(1, 1000000), WEIGHT_FULL);
	for (uint32_t df = 1; df <= 1000000; df += 1 + df / 7) {
		unsigned int w = name_base_weight(df, 1000000);

		ck_assert_uint_le(w, before);
		ck_assert_uint_ge(w, WEIGHT_LEAST);
		before = w;
	}
	ck_assert_uint_eq(name_base_weight(1000000, 1000000), WEIGHT_LEAST);
	ck_assert_uint_eq(name_base_weight(UINT32_MAX, 1), WEIGHT_LEAST);
}
END_TEST

START_TEST(exchanging_the_names_changes_little)
{
	/* Equal weights on both sides: the formula is symmetric then. */
	static const char *const row[][2] = {
		{ "SMITH/JOHN", "SMITH/JOHN HENRY" },
		{ "MULLER/HANS", "MUELLER/HANS" },
		{ "JOHN/DOE", "DOE/JOHN" },
		{ "KOWALSKI/JON", "KOWALSKA/JAN" },
		{ "DELACRUZ/JUAN", "DE LA CRUZ/JUAN" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		int a = score_of(row[i][0], row[i][1]).score;
		int b = score_of(row[i][1], row[i][0]).score;

		ck_assert_msg(abs(a - b) <= 2, "row %zu: %d %d", i, a, b);
	}
}
END_TEST

UNIT_MAIN("watchlist score", vectors_stay_what_they_are,
	  a_cut_field_is_a_beginning,
	  distance_equals_the_full_table_and_keeps_its_bounds,
	  budget_follows_the_longer_word, the_assignment_is_the_best_of_all,
	  weights_fall_with_frequency, exchanging_the_names_changes_little)
