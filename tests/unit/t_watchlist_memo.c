#include "tests/unit/unit.h"
#include "watchlist/memo.h"

#include <string.h>

static struct watch_query plain(void)
{
	struct watch_query q = { .birth = { 1970, 2, 14 }, .sex = 'M' };

	watch_query_add_name(&q, STR("DOE"), STR("JOHN"));
	watch_query_add_nationality(&q, STR("AUT"));
	watch_query_add_document(&q, STR("P1234567"), STR("AUT"));
	return q;
}

/* Each changes one thing that a search looks at. */

/* clang-format off */
#define CHANGE(name, what) \
	static void name(struct watch_query *q) { what; }
CHANGE(year, q->birth.year++)
CHANGE(century, q->birth.year = (int16_t)(q->birth.year - 256))
CHANGE(month, q->birth.month = 0)
CHANGE(day, q->birth.day = 0)
CHANGE(sex, q->sex = 0)
CHANGE(surname, q->name[0].surname = STR("DOF"))
CHANGE(given, q->name[0].given = STR("JOHNMR"))
CHANGE(border, q->name[0].surname = STR("DO"); q->name[0].given = STR("EJOHN"))
CHANGE(second, watch_query_add_name(q, STR("ROE"), STR("JOHN")))
CHANGE(nation, q->nationality[0] = STR("DEU"))
CHANGE(nations, watch_query_add_nationality(q, STR("DEU")))
CHANGE(place, q->birth_place = STR("LINZ"))
CHANGE(country, q->birth_country = STR("LINZ"))
CHANGE(number, q->document[0].number.text[3] = '9')
CHANGE(issuer, q->document[0].issuer = STR("DEU"))
CHANGE(no_issuer, q->document[0].issuer = STR_NONE)
CHANGE(no_document, q->nr_documents = 0)
#undef CHANGE
static void (*const change[])(struct watch_query *q) = {
	year, century, month, day, sex, surname, given, border, second, nation,
	nations, place, country, number, issuer, no_issuer, no_document,
};
/* clang-format on */

START_TEST(whatever_differs_is_another_query)
{
	struct watch_query q = plain();
	struct memo_key key, other;

	memo_key_make(&key, &q);
	memo_key_make(&other, &q);
	ck_assert_uint_eq(key.len, other.len);
	ck_assert_int_eq(memcmp(key.bytes, other.bytes, key.len), 0);
	for (size_t i = 0; i < ARRAY_SIZE(change); i++) {
		q = plain();
		change[i](&q);
		memo_key_make(&other, &q);
		ck_assert_msg(other.len != key.len ||
				      memcmp(key.bytes, other.bytes, key.len),
			      "change %zu", i);
	}
}
END_TEST

START_TEST(an_answer_comes_back_as_it_was)
{
	struct memo *m = memo_new();
	struct watch_query q = plain();
	struct watch_match match[MEMO_MATCHES + 1] = { { .entry = 7 },
						       { .entry = 9 } },
						out[3];
	struct memo_key key, other;
	uint32_t nr = 99;

	memo_key_make(&key, &q);
	ck_assert(!memo_get(m, &key, out, 3, &nr));
	memo_put(m, &key, match, 2);
	ck_assert(memo_get(m, &key, out, 3, &nr));
	ck_assert_uint_eq(nr, 2);
	ck_assert_int_eq(memcmp(out, match, 2 * sizeof(*out)), 0);
	/* room for fewer: the search has to choose */
	ck_assert(memo_get(m, &key, out, 2, &nr));
	ck_assert(!memo_get(m, &key, out, 1, &nr));
	/* another query on the same line takes its place */
	q.sex = 'F';
	memo_key_make(&other, &q);
	other.hash = key.hash;
	ck_assert(!memo_get(m, &other, out, 3, &nr));
	memo_put(m, &other, match, 0);
	ck_assert(!memo_get(m, &key, out, 3, &nr));
	ck_assert(memo_get(m, &other, out, 0, &nr));
	ck_assert_uint_eq(nr, 0);
	memo_clear(m);
	ck_assert(!memo_get(m, &other, out, 3, &nr));
	memo_put(m, &key, match, MEMO_MATCHES + 1);
	ck_assert(!memo_get(m, &key, out, 3, &nr));
	memo_free(m);
}
END_TEST

START_TEST(a_query_that_is_too_long_is_not_kept)
{
	struct memo *m = memo_new();
	struct watch_match out[1];
	char text[MEMO_BYTES * 2];
	struct memo_key key;
	uint32_t nr, kept = 0;

	memset(text, 'A', sizeof(text));
	for (size_t len = 1; len < sizeof(text); len++) {
		struct watch_query q = { .sex = 0 };

		watch_query_add_name(&q, (struct str){ text, len }, STR("B"));
		memo_key_make(&key, &q);
		memo_put(m, &key, out, 0);
		ck_assert_int_eq(memo_get(m, &key, out, 1, &nr), key.len != 0);
		kept += key.len != 0;
	}
	/* 8 bytes before the names, 2 before each of four texts */
	ck_assert_uint_eq(kept, MEMO_BYTES - 8 - 4 * 2 - 1);
	memo_free(m);
}
END_TEST

UNIT_MAIN("watchlist memo", whatever_differs_is_another_query,
	  an_answer_comes_back_as_it_was, a_query_that_is_too_long_is_not_kept)
