/*
 * t_history.c - what earlier bookings have in common with this one: counted
 * of days before, of 90 at most, each booking once, by one statement
 */
#include "engine/history.h"

#include "engine/past_json.h"
#include "tests/unit/db_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

enum { DAY = 20779 }; /* 2026-11-22 */

static struct arena arena;
static struct err e;
static struct store *store;
static struct key_folder *keys;
static struct key_pair pair;
static char folder[100];
static struct history_batch history;

#define ck_ok(call) ck_assert_msg((call) == 0, "%s", e.text)

static void setup(void)
{
	memset(&e, 0, sizeof(e));
	snprintf(folder, sizeof(folder), "%s/keys%d", fixture_dir,
		 (int)getpid());
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	ck_ok(crypt_init(&e));
	crypt_new_pair(&pair);
	ck_ok(key_folder_open(&keys, folder, &pair, &e));
	store = fixture_store(fixture_database(), NULL, NULL);
	ck_ok(load_offset(&(int64_t){ 0 }, store_pg(store), STR("c"), STR("g"),
			  STR("t"), 0, 0, &e));
}

static void teardown(void)
{
	store_close(store);
	key_folder_free(keys);
	arena_release(&arena);
}

/* A person of a booking. */
struct person {
	const char *surname, *document, *phone, *locator, *agency;
	int32_t day;
	const struct person *with; /* one co-traveller, or NULL */
	bool gone;
};

static struct traveller *traveller_of(const struct person *p)
{
	struct traveller *t = arena_alloc(&arena, sizeof(*t));
	struct document *d = arena_alloc(&arena, sizeof(*d));
	struct contact *c = arena_alloc(&arena, sizeof(*c));

	*d = (struct document){ .number = str_of(p->document),
				.issuer = STR("UTO") };
	*c = (struct contact){ .kind = STR("mobile"),
			       .value = str_of(p->phone) };
	*t = (struct traveller){ .surname = str_of(p->surname),
				 .given = STR("TESTA"),
				 .documents = d,
				 .nr_documents = p->document != NULL,
				 .contacts = c,
				 .nr_contacts = p->phone != NULL };
	if (p->surname)
		t->birth_date = (struct date){ 1980, 2, 3 };
	return t;
}

static struct history_who who_of(const struct person *p)
{
	struct subject *s = arena_alloc(&arena, sizeof(*s));
	struct booking *b = arena_alloc(&arena, sizeof(*b));
	struct flight *f = arena_alloc(&arena, sizeof(*f));
	const struct traveller **co = arena_alloc(&arena, sizeof(*co));

	*f = (struct flight){ .carrier = STR("X9") };
	*b = (struct booking){ .locator = str_of(p->locator) };
	b->agency.number = str_of(p->agency);
	*s = (struct subject){ .flight = f,
			       .booking = b,
			       .traveller = traveller_of(p) };
	if (p->with) {
		co[0] = traveller_of(p->with);
		s->co_traveller = co;
		s->nr_co_travellers = 1;
	}
	return (struct history_who){ s, p->day, p->day, 1 };
}

/* Store what these leave behind. */
static void keep(const struct person *p, size_t nr)
{
	struct store_batch b = { .cluster = STR("c"), .group = STR("g") };
	struct fact_row *row = NULL;

	history_init(&history, PAST_DAYS, keys, &arena);
	for (size_t i = 0; i < nr; i++) {
		struct history_who who = who_of(&p[i]);

		ck_ok(history_keep(&history, &who, p[i].gone, 0, &row,
				   &b.nr_fact, &e));
	}
	b.fact = row;
	ck_commit(store, &b, STORE_COMMITTED);
}

/* What is counted for one of them. */
static struct past count_for(const struct person *p)
{
	struct history_who who = who_of(p);
	const struct past *past;

	history_init(&history, PAST_DAYS, keys, &arena);
	ck_ok(history_ask(&history, &who, &e));
	ck_ok(history_load(&history, store_pg(store), &e));
	past = history_next(&history);
	ck_assert_ptr_nonnull(past);
	ck_assert_ptr_null(history_next(&history));
	return *past;
}

#define KEEP(...)                                             \
	do {                                                  \
		const struct person kept[] = { __VA_ARGS__ }; \
		keep(kept, ARRAY_SIZE(kept));                 \
	} while (0)
/* A test that begins with an empty database and an empty key folder. */
#define DB_TEST(name)                  \
	static void test_##name(void); \
	START_TEST(name)               \
	{                              \
		setup();               \
		test_##name();         \
		teardown();            \
	}                              \
	END_TEST                       \
	static void test_##name(void)

#define COUNT(...) count_for(&(const struct person){ __VA_ARGS__ })

DB_TEST(days_before_count_ninety_of_them)
{
	static const struct {
		int32_t day;
		int32_t n;
	} cases[] = { { DAY - 91, 0 }, { DAY - 90, 1 }, { DAY - 89, 1 },
		      { DAY - 1, 1 },  { DAY, 0 },	{ DAY + 1, 0 } };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *phone =
			arena_fmt(&arena, "+43 660 12345%zu", i).ptr;

		KEEP({ .phone = phone,
		       .locator = "AAAAA1",
		       .day = cases[i].day });
		/* that it is still there does not make it count */
		fixture_sql(store_pg(store),
			    "UPDATE pax.fact SET delete_on = '2027-12-31'");
		ck_assert_int_eq(
			COUNT(.phone = phone, .locator = "AAAAA2", .day = DAY)
				.n[PAST_SAME_PHONE],
			cases[i].n);
	}
}

/* First and last days of months, where spans of two keys meet. */
DB_TEST(no_day_falls_between_two_months)
{
	int32_t nr = 0;

	for (int32_t day = DAY - 90; day < DAY; day++) {
		const char *locator = arena_fmt(&arena, "B%05d", day).ptr;

		if (date_first_of_month(day) != day &&
		    date_first_of_month(day + 1) != day + 1)
			continue;
		nr++;
		KEEP({ .phone = "0660 7654321",
		       .locator = locator,
		       .day = day });
	}
	ck_assert_int_eq(nr, 6);
	ck_assert_int_eq(
		COUNT(.phone = "0660-7654321", .locator = "CCCCC1", .day = DAY)
			.n[PAST_SAME_PHONE],
		nr);
}

DB_TEST(a_booking_counts_once_and_its_own_never)
{
	KEEP({ .phone = "0660111111", .locator = "AAAAA1", .day = DAY - 60 },
	     { .phone = "0660111111", .locator = "AAAAA1", .day = DAY - 3 },
	     { .phone = "0660111111", .locator = "AAAAA1", .day = DAY - 3 },
	     { .phone = "0660111111", .locator = "AAAAA2", .day = DAY - 3 });
	ck_assert_int_eq(
		COUNT(.phone = "0660111111", .locator = "AAAAA3", .day = DAY)
			.n[PAST_SAME_PHONE],
		2);
	ck_assert_int_eq(
		COUNT(.phone = "0660111111", .locator = "AAAAA1", .day = DAY)
			.n[PAST_SAME_PHONE],
		1);
}

DB_TEST(trips_cancellations_and_company_are_told)
{
	const struct person friend = { .surname = "FRIENDTEST",
				       .document = "FR7654321",
				       .locator = "AAAAA1",
				       .day = DAY - 5 };
	const struct person stranger = { .surname = "STRANGERTEST",
					 .document = "ST7654321" };
	struct past p;

	KEEP({ .surname = "DOETEST",
	       .document = "X1234567",
	       .locator = "AAAAA1",
	       .day = DAY - 5,
	       .with = &friend },
	     friend,
	     { .surname = "DOETEST", .locator = "AAAAA2", .day = DAY - 50 },
	     { .document = "X1234567",
	       .locator = "AAAAA3",
	       .day = DAY - 2,
	       .gone = true });
	p = COUNT(.surname = "DOETEST", .document = "x 123-4567",
		  .locator = "AAAAA9", .day = DAY, .with = &friend);
	ck_assert_int_eq(p.n[PAST_TRIPS], 2);
	ck_assert_int_eq(p.n[PAST_CANCELLATIONS], 1);
	ck_assert_int_eq(p.n[PAST_SAME_DOCUMENT], 2);
	ck_assert_int_eq(p.n[PAST_CO_TRAVELLERS], 1);
	p = COUNT(.surname = "DOETEST", .locator = "AAAAA9", .day = DAY,
		  .with = &stranger);
	ck_assert_int_eq(p.n[PAST_CO_TRAVELLERS], 0);
	ck_assert_int_eq(p.n[PAST_TRIPS], 2);
	ck_assert_int_eq(p.n[PAST_CANCELLATIONS], 0); /* known by document */
}

DB_TEST(what_is_not_stated_is_unknown_and_not_none)
{
	const struct person nobody = { .locator = "AAAAA1" };
	struct past p = COUNT(.locator = "AAAAA1", .day = DAY);

	for (size_t i = 0; i < PAST_COUNTS; i++)
		ck_assert_int_eq(p.n[i], PAST_UNKNOWN);
	ck_assert_int_eq(p.days, PAST_DAYS);
	p = COUNT(.surname = "DOETEST", .locator = "AAAAA1", .day = DAY);
	ck_assert_int_eq(p.n[PAST_TRIPS], 0);
	ck_assert_int_eq(p.n[PAST_CO_TRAVELLERS], 0);
	ck_assert_int_eq(p.n[PAST_SAME_PHONE], PAST_UNKNOWN);
	p = COUNT(.surname = "DOETEST", .locator = "AAAAA1", .day = DAY,
		  .with = &nobody);
	ck_assert_int_eq(p.n[PAST_CO_TRAVELLERS], PAST_UNKNOWN);
}

/* Numbers of five digits are extensions; of six they are numbers. */
DB_TEST(a_short_number_is_nobody_s)
{
	ck_assert_int_eq(COUNT(.phone = "12345", .day = DAY).n[PAST_SAME_PHONE],
			 PAST_UNKNOWN);
	ck_assert_int_eq(
		COUNT(.phone = "123456", .day = DAY).n[PAST_SAME_PHONE], 0);
}

DB_TEST(a_hundred_is_as_far_as_it_counts)
{
	static const int32_t cases[] = { 99, 100, 101, 102, 103, 150 };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *agency = arena_fmt(&arena, "3049900%zu", i).ptr;
		struct person *p =
			arena_alloc(&arena, (size_t)cases[i] * sizeof(*p));
		int32_t want = cases[i] < PAST_MOST ? cases[i] : PAST_MOST;

		for (int32_t k = 0; k < cases[i]; k++)
			p[k] = (struct person){
				.agency = agency,
				.locator = arena_fmt(&arena, "K%05d", k).ptr,
				.day = k % 2 ? DAY - 1 : DAY - 60
			};
		keep(p, (size_t)cases[i]);
		ck_assert_int_eq(
			COUNT(.agency = agency, .locator = "AAAAA1", .day = DAY)
				.n[PAST_SAME_AGENCY],
			want);
	}
}

/* Two of one day see the same, whoever comes first. */
DB_TEST(order_within_a_day_does_not_matter)
{
	const struct person first = { .phone = "0660111111",
				      .locator = "AAAAA1",
				      .day = DAY };
	const struct person second = { .phone = "0660111111",
				       .locator = "AAAAA2",
				       .day = DAY };
	struct past p, q;

	KEEP({ .phone = "0660111111", .locator = "AAAAA0", .day = DAY - 1 });
	p = count_for(&first);
	keep(&second, 1);
	q = count_for(&first);
	ck_assert_mem_eq(&p, &q, sizeof(p));
	keep(&first, 1);
	q = count_for(&second);
	ck_assert_mem_eq(&p, &q, sizeof(p));
	ck_assert_int_eq(p.n[PAST_SAME_PHONE], 1);
}

DB_TEST(a_batch_asks_each_question_once)
{
	const struct person p = { .agency = "30499001",
				  .locator = "AAAAA1",
				  .day = DAY };
	struct history_who who = who_of(&p);

	KEEP({ .agency = "30499001", .locator = "AAAAA0", .day = DAY - 1 });
	history_init(&history, PAST_DAYS, keys, &arena);
	for (int i = 0; i < 1000; i++)
		ck_ok(history_ask(&history, &who, &e));
	ck_assert_uint_eq(history.nr_ask, 1); /* other months have no key */
	ck_ok(history_load(&history, store_pg(store), &e));
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(history_next(&history)->n[PAST_SAME_AGENCY],
				 1);
}

/* The key of a month goes with its first day: facts are as if not there. */
DB_TEST(a_month_that_is_masked_has_no_facts)
{
	const struct person p = { .phone = "0660111111",
				  .locator = "AAAAA0",
				  .day = DAY - 30 };
	struct fact_row *row = NULL;
	struct history_who who = who_of(&p);
	uint32_t nr = 0;
	int fd;

	keep(&p, 1);
	ck_assert_int_eq(
		COUNT(.phone = "0660111111", .day = DAY).n[PAST_SAME_PHONE], 1);
	fd = open(arena_fmt(&arena, "%s/2026-10-01.masked", folder).ptr,
		  O_CREAT | O_WRONLY, 0600);
	ck_assert_int_ge(fd, 0);
	close(fd);
	key_folder_free(keys);
	ck_ok(key_folder_open(&keys, folder, &pair, &e));
	ck_assert_int_eq(
		COUNT(.phone = "0660111111", .day = DAY).n[PAST_SAME_PHONE], 0);
	history_init(&history, PAST_DAYS, keys, &arena);
	ck_ok(history_keep(&history, &who, false, 0, &row, &nr, &e));
	ck_assert_uint_eq(nr, 0);
}

/* Tokens of two months, or of two installations, do not say the same. */
DB_TEST(tokens_of_two_months_differ)
{
	struct pg *pg = store_pg(store);

	KEEP({ .phone = "0660111111", .locator = "AAAAA0", .day = DAY },
	     { .phone = "0660111111", .locator = "AAAAA1", .day = DAY - 1 },
	     { .phone = "0660111111", .locator = "AAAAA2", .day = DAY - 40 });
	ck_assert_int_eq(
		fixture_number(pg,
			       "SELECT count(DISTINCT token) FROM pax.fact"),
		2);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.fact"),
			 3);
	/* masking meets the first of the month, whose key it was */
	ck_assert_int_eq(fixture_number(pg,
					"SELECT count(*) FROM pg_class WHERE "
					"relname = 'flight_20261101'"),
			 1);
}

DB_TEST(facts_go_after_ninety_days_or_with_the_record)
{
	const struct person p = { .phone = "0660111111",
				  .locator = "AAAAA0",
				  .day = DAY };
	static const struct {
		int32_t delete_on, want;
	} cases[] = { { 0, DAY + 91 },
		      { DAY + 90, DAY + 90 },
		      { DAY + 91, DAY + 91 },
		      { DAY + 92, DAY + 91 } };
	struct history_who who = who_of(&p);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fact_row *row = NULL;
		uint32_t nr = 0;

		history_init(&history, PAST_DAYS, keys, &arena);
		ck_ok(history_keep(&history, &who, false, cases[i].delete_on,
				   &row, &nr, &e));
		ck_assert_uint_eq(nr, 1);
		ck_assert_int_eq(row[0].delete_on, cases[i].want);
	}
	keep(&p, 1);
	ck_ok(fact_expire(store_pg(store), DAY + 90, &e));
	ck_assert_int_eq(fixture_number(store_pg(store),
					"SELECT count(*) FROM pax.fact"),
			 1);
	ck_ok(fact_expire(store_pg(store), DAY + 91, &e));
	ck_assert_int_eq(fixture_number(store_pg(store),
					"SELECT count(*) FROM pax.fact"),
			 0);
}

/* Whether it was deleted in time or not, the counts are the same. */
DB_TEST(what_is_due_does_not_count)
{
	KEEP({ .phone = "0660111111", .locator = "AAAAA0", .day = DAY - 9 });
	fixture_sql(store_pg(store),
		    "UPDATE pax.fact SET delete_on = '2026-11-23'");
	ck_assert_int_eq(
		COUNT(.phone = "0660111111", .day = DAY).n[PAST_SAME_PHONE], 1);
	fixture_sql(store_pg(store),
		    "UPDATE pax.fact SET delete_on = '2026-11-22'");
	ck_assert_int_eq(
		COUNT(.phone = "0660111111", .day = DAY).n[PAST_SAME_PHONE], 0);
}

START_TEST(off_is_unknown_and_leaves_nothing)
{
	const struct person p = { .phone = "0660111111", .day = DAY };
	struct history_who who = who_of(&p);
	struct fact_row *row = NULL;
	uint32_t nr = 0;

	history_init(&history, 0, keys, &arena);
	ck_ok(history_ask(&history, &who, &e));
	ck_ok(history_load(&history, NULL, &e));
	ck_ok(history_keep(&history, &who, false, 0, &row, &nr, &e));
	ck_assert_ptr_null(history_next(&history));
	ck_assert_uint_eq(nr, 0);
}
END_TEST

START_TEST(counts_come_back_from_json)
{
	static const char *const bad[] = {
		"{}",
		"{\"days\": 0}",
		"{\"days\": 91}",
		"{\"days\": 90, \"same_phone\": 1}",
	};
	struct past p = { .days = 90 }, q = { .days = 0 };
	struct buf text = { 0 };
	struct json_node *doc;
	struct json j;

	for (int32_t i = 0; i < PAST_COUNTS; i++)
		p.n[i] = i == 4 ? PAST_MOST : i - 1;
	json_init(&j, &text);
	json_open(&j, NULL, '{');
	past_write_json(&j, "past", &p);
	json_close(&j, '}');
	ck_ok(json_read(&doc, buf_view(&text), &e));
	ck_assert(past_read_json(&q, json_node_get(doc, "past")));
	ck_assert_mem_eq(&p, &q, sizeof(p));
	json_node_free(doc);
	buf_release(&text);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		ck_ok(json_read(&doc, str_of(bad[i]), &e));
		ck_assert(!past_read_json(&q, doc));
		json_node_free(doc);
	}
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		days_before_count_ninety_of_them,
		no_day_falls_between_two_months,
		a_booking_counts_once_and_its_own_never,
		trips_cancellations_and_company_are_told,
		what_is_not_stated_is_unknown_and_not_none,
		a_short_number_is_nobody_s,
		a_hundred_is_as_far_as_it_counts,
		order_within_a_day_does_not_matter,
		a_batch_asks_each_question_once,
		a_month_that_is_masked_has_no_facts,
		tokens_of_two_months_differ,
		facts_go_after_ninety_days_or_with_the_record,
		what_is_due_does_not_count,
		off_is_unknown_and_leaves_nothing,
		counts_come_back_from_json,
	};

	return fixture_run("history", test, ARRAY_SIZE(test));
}
