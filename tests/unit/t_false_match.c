/*
 * t_false_match.c - who is the same traveller, what is the same entry; a false
 * match is learnt, suppresses, and ends with entry, documents and source
 */
#include "db/false_match.h"
#include "db/query.h"
#include "engine/false_match.h"
#include "tests/unit/db_fixture.h"
#include "watchlist/entry.h"

#include <string.h>

enum { DAY = 20000 };

static struct arena arena;

/* Two subjects: surname, given, birth, document, issuer, carrier, locator. */
static const struct {
	const char *one[7], *two[7];
	bool same;
} travellers[] = {
	/* by document: whatever flight, booking and given names */
	{ { "DOE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  { "DOE", "JOHNMR", "1970-01-02", "p 123", "AUT", "X8", "ZZ99ZZ" },
	  true },
	{ { "DOE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-02", "P124", "AUT", "X9", "AB12CD" },
	  false },
	{ { "DOE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-02", "P123", "DEU", "X9", "AB12CD" },
	  false },
	{ { "DOE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-03", "P123", "AUT", "X9", "AB12CD" },
	  false },
	{ { "DOE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  { "ROE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  false },
	{ { "DOE", "JOHN", "1970-01-02", "P123", "AUT", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CD" },
	  false },
	/* without one: in his booking */
	{ { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CD" },
	  true },
	{ { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CE" },
	  false },
	{ { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CD" },
	  { "DOE", "JOHN", "1970-01-02", "", "", "X8", "AB12CD" },
	  false },
	{ { "DOE", "JOHN", "1970-01-02", "", "", "X9", "AB12CD" },
	  { "DOE", "JACK", "1970-01-02", "", "", "X9", "AB12CD" },
	  false },
};

static struct row_number key_of(const uint8_t *secret, const char *const t[7])
{
	struct document d = { .number = str_of(t[3]), .issuer = str_of(t[4]) };
	struct document twice[] = { d, d };
	struct traveller who = { .surname = str_of(t[0]),
				 .given = str_of(t[1]),
				 .documents = twice,
				 .nr_documents = *t[3] ? 2 : 0,
				 .locator = str_of(t[6]) };
	struct flight flight = { .carrier = str_of(t[5]) };
	struct subject s = { .traveller = &who, .flight = &flight };

	ck_assert(date_read(str_of(t[2]), &who.birth_date));
	return false_match_traveller(secret, &s, &arena);
}

START_TEST(who_is_the_same_traveller)
{
	static const char *const nobody[] = { "DOE", "JOHN", "1970-01-02",
					      "",    "",     "X9",
					      "" };
	uint8_t secret[CRYPT_KEY_LEN] = { 1 }, other[CRYPT_KEY_LEN] = { 2 };
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(travellers); i++) {
		struct row_number a = key_of(secret, travellers[i].one);
		struct row_number b = key_of(secret, travellers[i].two);

		ck_assert(a.set && b.set);
		ck_assert_msg((a.v == b.v) == travellers[i].same, "row %zu", i);
		ck_assert(key_of(other, travellers[i].one).v != a.v);
	}
	ck_assert(!key_of(secret, nobody).set);
	ck_assert(!key_of(NULL, travellers[0].one).set);
	arena_release(&arena);
}
END_TEST

START_TEST(what_is_the_same_entry)
{
	struct watch_name name = { .surname = STR("DOE"), .weight = { 1 } };
	struct birth_range born = { 1, 1 };
	struct watch_entry n = { .list = STR("l"),
				 .id = STR("1"),
				 .names = &name,
				 .nr_names = 1,
				 .births = &born,
				 .nr_births = 1,
				 .threshold = 800 };
	uint8_t was[CRYPT_HASH_LEN], is[CRYPT_HASH_LEN];
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	false_match_entry(was, &n);
	/* what changes without the entry */
	name.weight[0] = 77;
	n.threshold = 900;
	n.list_version = 1;
	n.valid_until = (struct date){ 2030, 1, 1 };
	false_match_entry(is, &n);
	ck_assert_mem_eq(was, is, CRYPT_HASH_LEN);
	born.to = 2;
	false_match_entry(is, &n);
	ck_assert_mem_ne(was, is, CRYPT_HASH_LEN);
	born.to = 1;
	name.given = STR("J");
	false_match_entry(is, &n);
	ck_assert_mem_ne(was, is, CRYPT_HASH_LEN);
	name.given = STR_NONE;
	n.id = STR("2");
	false_match_entry(is, &n);
	ck_assert_mem_ne(was, is, CRYPT_HASH_LEN);
}
END_TEST

static struct traveller_row traveller_row(int64_t flight)
{
	return (struct traveller_row){ .clock_day = DAY,
				       .flight_id = flight,
				       .traveller_id = 1,
				       .sealed = STR("x") };
}

/* A list hit of flight `id`'s traveller 1, whose key and entry are numbers. */
static void put(struct store *s, int64_t flight, int64_t key, const char *entry)
{
	struct hit_row h = { .clock_day = DAY,
			     .flight_id = flight,
			     .traveller_id = 1,
			     .kind = HIT_LIST,
			     .source = STR("l:1"),
			     .hit_id = 100 + flight,
			     .traveller_key = { key, key != 0 },
			     .entry_hash = str_of(entry) };
	struct traveller_row t = traveller_row(flight);
	struct store_batch b = {
		.hit = &h, .nr_hit = 1, .traveller = &t, .nr_traveller = 1
	};

	ck_commit(s, &b, STORE_COMMITTED);
}

static bool is_suppressed(struct pg *pg, int64_t flight)
{
	char sql[120];

	snprintf(sql, sizeof(sql),
		 "SELECT suppressed::int::bigint FROM pax.hit WHERE flight_id "
		 "= %d",
		 (int)flight);
	return fixture_number(pg, sql) == 1;
}

START_TEST(learnt_once_and_until_it_ends)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct hit_filter f = { .limit = 100, .state = STR("open") };
	struct hit_view *v;
	struct false_match m;
	struct err e = { 0 };
	uint32_t shown;
	int64_t nr;

	put(s, 1, 7, "entry");
	put(s, 2, 7, "entry");
	put(s, 3, 7, "another");
	put(s, 4, 8, "entry");
	put(s, 5, 0, "entry");
	ck_assert_int_eq(false_match_add(&nr, pg, DAY, 101, STR("other"), &e),
			 0);
	ck_assert_int_eq(nr, 2);
	ck_assert(is_suppressed(pg, 1) && is_suppressed(pg, 2));
	ck_assert(!is_suppressed(pg, 3) && !is_suppressed(pg, 4) &&
		  !is_suppressed(pg, 5));
	/* later flights; the same again is still suppressed */
	put(s, 6, 7, "entry");
	put(s, 7, 7, "changed");
	put(s, 1, 7, "entry");
	ck_assert(is_suppressed(pg, 6) && is_suppressed(pg, 1));
	ck_assert(!is_suppressed(pg, 7));
	/* what is listed */
	ck_assert_int_eq(query_hits(&v, &shown, pg, &f, &arena, &e), 0);
	ck_assert_uint_eq(shown, 4);
	f.suppressed = true;
	ck_assert_int_eq(query_hits(&v, &shown, pg, &f, &arena, &e), 0);
	ck_assert_uint_eq(shown, 3);
	ck_assert(v[0].hit.suppressed);
	f.all = true;
	ck_assert_int_eq(query_hits(&v, &shown, pg, &f, &arena, &e), 0);
	ck_assert_uint_eq(shown, 7);
	ck_assert_int_eq(false_match_read(&m, pg, &v[0].hit, &arena, &e), 0);
	/* the record it was decided on is deleted: later hits are open */
	ck_assert_int_eq(pg_script(pg, "deleting",
				   "DELETE FROM pax.traveller "
				   "WHERE flight_id = 1",
				   &e),
			 0);
	put(s, 8, 7, "entry");
	ck_assert(!is_suppressed(pg, 8));
	/* decided on another, and taken back */
	ck_assert_int_eq(false_match_add(&nr, pg, DAY, 108, STR("other"), &e),
			 0);
	ck_assert_int_eq(nr, 1);
	put(s, 9, 7, "entry");
	ck_assert(is_suppressed(pg, 9));
	ck_assert_int_eq(false_match_lift(&nr, pg, DAY, 109, &e), 0);
	ck_assert_int_eq(nr, 5);
	put(s, 10, 7, "entry");
	ck_assert(!is_suppressed(pg, 10) && !is_suppressed(pg, 2));
	/* none to lift; one who is nobody; no such hit */
	ck_assert_int_eq(false_match_lift(&nr, pg, DAY, 109, &e), ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(false_match_add(&nr, pg, DAY, 105, STR("other"), &e),
			 ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(false_match_add(&nr, pg, DAY, 999, STR("other"), &e),
			 ERR_USAGE);
	/* each of the three that were done is on record, none of the others */
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM ops.audit "
					    "WHERE line LIKE '%\"REVIEW\"%"
					    "\"review_outcome\":\"suppressed\"%"
					    "\"reason\":\"other\"%'"),
			 2);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM ops.audit "
					    "WHERE line LIKE '%\"lifted\"%'"),
			 1);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM ops.audit "
					    "WHERE line LIKE '%\"REVIEW\"%'"),
			 3);
	arena_release(&arena);
	store_close(s);
}
END_TEST

START_TEST(a_false_match_ends_with_the_day_it_stems_from)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct err e = { 0 };

	put(s, 1, 7, "entry");
	ck_assert_int_eq(pg_script(pg, "remembering",
				   "INSERT INTO ops.false_match (traveller_key,"
				   " entry_hash, clock_day, flight_id,"
				   " traveller_id, hit_id, source, reason)"
				   " VALUES (7, 'entry', '2001-01-01', 1, 1, 1,"
				   " 'l:1', 'other')",
				   &e),
			 0);
	put(s, 2, 7, "entry");
	ck_assert(!is_suppressed(pg, 2));
	store_close(s);
}
END_TEST

int main(void)
{
	const TTest *test[] = {
		who_is_the_same_traveller,
		what_is_the_same_entry,
		learnt_once_and_until_it_ends,
		a_false_match_ends_with_the_day_it_stems_from,
	};

	return fixture_run("false match", test, ARRAY_SIZE(test));
}
