/*
 * t_db_store.c - batches against a real PostgreSQL
 */
#include "db/copy.h"
#include "db/query.h"
#include "db/retention.h"
#include "db/series.h"
#include "db/status.h"
#include "tests/unit/db_fixture.h"

#include <time.h>

enum { DAY = 20779 }; /* 2026-11-22 */

#define CANARY "CANARYTEST"

/* A value for every column, made from `seed`; seed 0 is all null. */
static void fill(void *row, enum row_id id, int seed, struct arena *a)
{
	const struct row_table *t = &row_tables[id];

	memset(row, 0, t->size);
	for (uint32_t i = 0; i < t->nr; i++) {
		void *p = (char *)row + t->column[i].offset;
		int v = seed * 100 + (int)i;
		struct str *s;
		int64_t *n;

		switch (t->column[i].type) {
		case COL_DAY:
			*(int32_t *)p = DAY + v;
			break;
		case COL_I16:
			*(int16_t *)p = (int16_t)-v;
			break;
		case COL_I32:
			*(int32_t *)p = INT32_MIN + v;
			break;
		case COL_I64:
			*(int64_t *)p = INT64_MIN + v;
			break;
		case COL_N32:
		case COL_N64:
			*(struct row_number *)p =
				(struct row_number){ INT32_MAX - v, true };
			break;
		case COL_BOOL:
			*(bool *)p = true;
			break;
		case COL_CHAR:
			*(char *)p = (char)('A' + seed);
			break;
		case COL_TEXT:
			*(struct str *)p = arena_fmt(a, "text %d", v);
			break;
		case COL_BYTES:
			*(struct str *)p = arena_fmt(a, "%c\xff%d", 0, v);
			break;
		case COL_TEXTS:
			s = arena_alloc(a, 2 * sizeof(*s));
			s[0] = STR("");
			s[1] = arena_fmt(a, "t\"{,%d", v);
			*(struct row_texts *)p = (struct row_texts){ s, 2 };
			break;
		case COL_TOKENS:
			n = arena_alloc(a, 2 * sizeof(*n));
			n[0] = INT64_MIN;
			n[1] = v;
			*(struct row_tokens *)p = (struct row_tokens){ n, 2 };
			break;
		case COL_LOCAL:
		case COL_UTC:
			*(struct moment *)p =
				(struct moment){ -1 - v, MOMENT_SECOND };
			break;
		}
	}
}

/* Fail unless both rows have the same values. */
static void same(const void *got, const void *want, enum row_id id)
{
	const struct row_table *t = &row_tables[id];

	for (uint32_t i = 0; i < t->nr; i++) {
		const struct column *c = &t->column[i];
		struct buf x = { 0 }, y = { 0 };

		ck_assert(row_write_field(&x, c->type,
					  (const char *)got + c->offset));
		ck_assert(row_write_field(&y, c->type,
					  (const char *)want + c->offset));
		ck_assert_msg(str_eq(buf_view(&x), buf_view(&y)), "%s.%s",
			      t->name, c->name);
		buf_release(&x);
		buf_release(&y);
	}
}

/* The only row of a table. */
static void read_only_row(void *row, enum row_id id, struct pg *pg,
			  struct arena *a)
{
	struct pg_result *r = NULL;
	struct err e = { 0 };
	char sql[80];

	snprintf(sql, sizeof(sql), "SELECT * FROM %s", row_tables[id].name);
	ck_assert_msg(pg_run(pg, sql, sql, NULL, &r, &e) == 0, "%s", e.text);
	ck_assert_int_eq(pg_result_rows(r), 1);
	ck_assert_msg(pg_read_row(row, id, r, 0, 0, a, &e) == 0, "%s", e.text);
	pg_result_free(r);
}

static struct traveller_row traveller(int64_t flight, int64_t id)
{
	return (struct traveller_row){ .clock_day = DAY,
				       .flight_id = flight,
				       .traveller_id = id,
				       .sealed = STR("sealed") };
}

static struct hit_row hit(int64_t flight, int64_t id, const char *source,
			  int score)
{
	return (struct hit_row){ .clock_day = DAY,
				 .flight_id = flight,
				 .traveller_id = id,
				 .source = str_of(source),
				 .hit_id = id * 10,
				 .score = score };
}

static struct flight_claim flight(int64_t id, int64_t expected)
{
	return (struct flight_claim){
		{ .clock_day = DAY, .flight_id = id, .version = expected + 1 },
		expected
	};
}

START_TEST(columns_are_those_of_row_def)
{
	struct pg *pg = fixture_open(fixture_database());

	for (int id = 0; id < ROW_TABLES; id++) {
		const struct row_table *t = &row_tables[id];
		char sql[400];

		snprintf(sql, sizeof(sql),
			 "SELECT count(*) FROM pg_attribute "
			 "WHERE attrelid = '%s'::regclass AND attnum > 0 "
			 "AND NOT attisdropped",
			 t->name);
		ck_assert_int_eq(fixture_number(pg, sql), t->nr);
		for (uint32_t i = 0; i < t->nr; i++) {
			snprintf(sql, sizeof(sql),
				 "SELECT count(*) FROM pg_attribute WHERE "
				 "attrelid = '%s'::regclass AND attnum = %u "
				 "AND attname = '%s' AND atttypid = %u",
				 t->name, i + 1, t->column[i].name,
				 row_type_oid(t->column[i].type));
			ck_assert_msg(fixture_number(pg, sql) == 1, "%s.%s",
				      t->name, t->column[i].name);
		}
	}
	pg_close(pg);
}
END_TEST

START_TEST(a_closed_day_takes_nothing_more)
{
	const char *db = fixture_database();
	struct store *s = fixture_store(db, NULL, NULL);
	struct pg *pg = fixture_open(db), *other = fixture_open(db);
	struct traveller_row t = traveller(1, 1);
	struct store_batch b = { .traveller = &t, .nr_traveller = 1 };
	struct err e = { 0 };
	bool busy;

	ck_commit(s, &b, STORE_COMMITTED);
	/* somebody is at work on it: nothing is done, nobody waits */
	fixture_sql(other, "BEGIN; SELECT FROM pax.traveller_20261122");
	ck_assert_int_eq(retention_close(&busy, pg, DAY, &e), 0);
	ck_assert(busy);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM "
					    "ops.retention_day"),
			 0);
	fixture_sql(other, "COMMIT");
	ck_assert_int_eq(retention_close(&busy, pg, DAY, &e), 0);
	ck_assert(!busy);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM "
					    "pax.traveller"),
			 0);
	/* one who thinks that its partitions are there, and then knows */
	ck_commit(s, &b, STORE_DB_DOWN);
	ck_assert_int_eq(store_reopen(s, &e), 0);
	ck_commit(s, &b, STORE_FENCED);
	ck_assert_int_eq(partition_ensure(pg, DAY, &e), ERR_LEGAL);
	e = (struct err){ 0 };
	ck_assert_int_eq(partition_ensure(pg, DAY + 1, &e), 0);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pg_class "
					    "WHERE relname = "
					    "'traveller_20261122'"),
			 0);
	/* it was not settled: nothing is dropped */
	ck_assert(pg_script(pg, "x", "SELECT ops.retention_drop('2026-11-22')",
			    &e) < 0);
	store_close(s);
	pg_close(pg);
	pg_close(other);
}
END_TEST

#define ROWS_OF_A_BATCH
START_TEST(every_row_comes_back_as_it_went)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct store_batch b = { 0 };
	struct arena a = { 0 };
	struct flight_claim fl = { 0 };
	char got[512];
#define TABLE(t, name)        \
	struct t##_row t##_1; \
	fill(&t##_1, ROW_ID_##t, 1, &a);
#define COLUMN(t, m, type)
#define END(t)
#include "db/row.def"
#undef TABLE
	fl.row = flight_1;
	hit_1.state = STR("open");
	hit_1.suppressed = false;
	hit_1.kind = HIT_LIST;
	series_1.state = STR("waiting");
	b.flight = &fl;
#define TABLE(t, name)                         \
	if (ROW_ID_##t != ROW_ID_flight)       \
		*(const void **)&b.t = &t##_1; \
	b.nr_##t = 1;
#include "db/row.def"
#undef TABLE
	ck_commit(s, &b, STORE_COMMITTED);
#define TABLE(t, name)                                   \
	ck_assert_uint_le(sizeof(t##_1), sizeof(got));   \
	read_only_row(got, ROW_ID_##t, store_pg(s), &a); \
	same(got, &t##_1, ROW_ID_##t);
#include "db/row.def"
#undef TABLE
#undef COLUMN
#undef END
	store_close(s);
	arena_release(&a);
}
END_TEST
#undef ROWS_OF_A_BATCH

START_TEST(nulls_and_strange_texts_come_back)
{
	static const struct {
		struct str in;
		const char *out;
	} text[] = {
		{ STR_INIT(""), "" },
		{ STR_INIT("a\0b"), "a b" },
		{ STR_INIT("M\xfcller"), "M\xc3\xbcller" },
		{ STR_INIT("M\xc3\xbcller"), "M\xc3\xbcller" },
		{ STR_INIT("\xed\xa0\x80"), "\xc3\xad\xc2\xa0\xc2\x80" },
		{ STR_INIT("\xf0\x9f\x9b\xab\xf0\x9f"),
		  "\xf0\x9f\x9b\xab\xc3\xb0\xc2\x9f" },
	};
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct arena a = { 0 };
	struct traveller_row t = traveller(1, 2), got;
	struct store_batch b = { .traveller = &t, .nr_traveller = 1 };

	ck_commit(s, &b, STORE_COMMITTED);
	read_only_row(&got, ROW_ID_traveller, store_pg(s), &a);
	same(&got, &t, ROW_ID_traveller);
	ck_assert_ptr_null(got.status.ptr);
	for (size_t i = 0; i < ARRAY_SIZE(text); i++) {
		t.status = text[i].in;
		t.seat = (struct row_texts){ &text[i].in, 1 };
		ck_commit(s, &b, STORE_COMMITTED);
		read_only_row(&got, ROW_ID_traveller, store_pg(s), &a);
		ck_str_is(got.status, text[i].out);
		ck_assert_uint_eq(got.seat.nr, 1);
		ck_str_is(got.seat.v[0], text[i].out);
	}
	t.seat = (struct row_texts){ &text[0].in, 0 };
	ck_commit(s, &b, STORE_COMMITTED);
	read_only_row(&got, ROW_ID_traveller, store_pg(s), &a);
	ck_assert_ptr_nonnull(got.seat.v);
	ck_assert_uint_eq(got.seat.nr, 0);
	store_close(s);
	arena_release(&a);
}
END_TEST

START_TEST(newer_rows_take_the_place_of_older_ones)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct traveller_row t[] = { traveller(1, 1), traveller(1, 2),
				     traveller(2, 1) };
	struct booking_row bk = { .clock_day = DAY,
				  .flight_id = 1,
				  .booking_id = 5,
				  .sealed = STR("one") };
	struct slice_row sl[] = { { .clock_day = DAY,
				    .flight_id = 1,
				    .slice_hash = STR("h"),
				    .sealed = STR("first") },
				  { .clock_day = DAY,
				    .flight_id = 1,
				    .slice_hash = STR("h"),
				    .sealed = STR("second") } };
	struct traveller_key gone = { DAY, 1, 2 };
	struct store_batch b = { .traveller = t,
				 .nr_traveller = 3,
				 .booking = &bk,
				 .nr_booking = 1,
				 .slice = sl,
				 .nr_slice = 2 };

	ck_commit(s, &b, STORE_COMMITTED);
	t[0].status = STR("CHECKED");
	bk.agency_number = STR("81234567");
	sl[0].sealed = STR("third");
	b.nr_traveller = 1;
	b.removed = &gone;
	b.nr_removed = 1;
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.slice "
					    "WHERE sealed = 'first'"),
			 1);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM pax.booking WHERE "
				   "agency_number = '81234567'"),
		1);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.booking"),
			 1);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM pax.traveller WHERE "
				   "(flight_id = 1) = (status = 'CHECKED') "
				   "IS NOT FALSE AND traveller_id = 1"),
		2);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM pax.traveller"), 2);
	store_close(s);
}
END_TEST

static int64_t hits_in(struct pg *pg, int64_t flight_id, int64_t id,
		       const char *source, const char *state)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM pax.hit WHERE flight_id = %lld AND "
		 "traveller_id = %lld AND source = '%s' AND state = '%s'",
		 (long long)flight_id, (long long)id, source, state);
	return fixture_number(pg, sql);
}

/* "1.1.cash 2.1.cash": flight, traveller and source of all shadow hits. */
static void ck_shadow(struct pg *pg, const char *want)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "SELECT (coalesce(string_agg(flight_id || '.' || traveller_id "
		 "|| '.' || source, ' ' ORDER BY flight_id, "
		 "traveller_id), '') = '%s')::int::bigint "
		 "FROM pax.shadow",
		 want);
	sql[sizeof(sql) - 1] = '\0';
	ck_assert_msg(fixture_number(pg, sql) == 1, "not: %s", want);
}

static struct shadow_row shadow(int64_t flight, int64_t id, const char *source)
{
	return (struct shadow_row){ .clock_day = DAY,
				    .flight_id = flight,
				    .traveller_id = id,
				    .source = str_of(source),
				    .sealed = STR("x") };
}

START_TEST(shadow_hits_are_apart_and_said_anew)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct shadow_row h[] = { shadow(1, 1, "cash"), shadow(1, 2, "cash"),
				  shadow(2, 1, "late") };
	struct traveller_key screened = { DAY, 1, 1 }, gone = { DAY, 1, 2 };
	struct store_batch b = { .shadow = h, .nr_shadow = 3 };

	ck_commit(s, &b, STORE_COMMITTED);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_shadow(pg, "1.1.cash 1.2.cash 2.1.late");
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.hit"), 0);

	/* a set without shadow profiles leaves them alone */
	b = (struct store_batch){ .screened = &screened, .nr_screened = 1 };
	ck_commit(s, &b, STORE_COMMITTED);
	ck_shadow(pg, "1.1.cash 1.2.cash 2.1.late");

	b.has_shadow = true;
	b.removed = &gone;
	b.nr_removed = 1;
	h[0].source = STR("late");
	b.shadow = h;
	b.nr_shadow = 1;
	ck_commit(s, &b, STORE_COMMITTED);
	ck_shadow(pg, "1.1.late 2.1.late");
	store_close(s);
}
END_TEST

START_TEST(what_profiles_were_is_for_good)
{
	static const char *const change[] = {
		"UPDATE ops.profile_text SET content = 'y'",
		"DELETE FROM ops.profile_text",
		"TRUNCATE ops.profile_text CASCADE",
		"UPDATE ops.profile_revision SET author = 'b'",
		"DELETE FROM ops.profile_revision",
	};
	struct pg *pg = fixture_open(fixture_database());

	fixture_sql(pg, "INSERT INTO ops.profile_text VALUES ('h', 'x');"
			"INSERT INTO ops.profile_revision (name, revision, "
			"text_hash, author) VALUES ('p', 1, 'h', 'a')");
	for (size_t i = 0; i < ARRAY_SIZE(change); i++) {
		struct err e = { 0 };

		ck_assert_msg(pg_script(pg, "changing", change[i], &e) ==
				      ERR_DB,
			      "%s", change[i]);
	}
	pg_close(pg);
}
END_TEST

START_TEST(hits_are_updated_withdrawn_and_opened_again)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct hit_row h[] = { hit(1, 1, "cash", 60), hit(1, 1, "late", 70),
			       hit(1, 2, "cash", 80), hit(2, 1, "cash", 90) };
	struct evidence_row ev = { .clock_day = DAY,
				   .flight_id = 1,
				   .hit_id = 10,
				   .sealed = STR("why") };
	struct traveller_key screened = { DAY, 1, 1 }, gone = { DAY, 1, 2 };
	struct store_batch b = {
		.hit = h, .nr_hit = 4, .evidence = &ev, .nr_evidence = 1
	};

	ck_commit(s, &b, STORE_COMMITTED);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.hit"), 4);

	/* traveller 1 of flight 1 keeps "late" with another score only */
	h[1].score = 75;
	b = (struct store_batch){ .hit = &h[1],
				  .nr_hit = 1,
				  .screened = &screened,
				  .nr_screened = 1 };
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(hits_in(pg, 1, 1, "cash", "withdrawn"), 1);
	ck_assert_int_eq(hits_in(pg, 1, 1, "late", "open"), 1);
	ck_assert_int_eq(hits_in(pg, 1, 2, "cash", "open"), 1);
	ck_assert_int_eq(hits_in(pg, 2, 1, "cash", "open"), 1);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.hit "
					    "WHERE score = 75"),
			 1);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM pax.evidence"), 1);

	/* and gets "cash" back; traveller 2 is no more */
	b = (struct store_batch){ .hit = h,
				  .nr_hit = 1,
				  .screened = &screened,
				  .nr_screened = 1,
				  .removed = &gone,
				  .nr_removed = 1 };
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(hits_in(pg, 1, 1, "cash", "open"), 1);
	ck_assert_int_eq(hits_in(pg, 1, 1, "late", "withdrawn"), 1);
	ck_assert_int_eq(hits_in(pg, 1, 2, "cash", "withdrawn"), 1);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pax.hit"), 4);
	store_close(s);
}
END_TEST

START_TEST(an_offset_moves_only_from_where_it_is)
{
	const char *db = fixture_database();
	struct store *one = fixture_store(db, NULL, NULL);
	struct store *two = fixture_store(db, NULL, NULL);
	struct traveller_row t = traveller(1, 1);
	struct offset_claim o[] = { { STR("pax.raw"), 1, 7, 9 },
				    { STR("pax.raw"), 0, 5, 6 } };
	struct store_batch b = { .cluster = STR("c"),
				 .group = STR("g"),
				 .offset = o,
				 .nr_offset = 2 };
	struct err e = { 0 };
	int64_t next;

	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(load_offset(&next, store_pg(one), b.cluster,
					     b.group, o[i].topic, o[i].part,
					     o[i].from, &e),
				 0);
		ck_assert_int_eq(next, o[i].from);
	}
	ck_commit(one, &b, STORE_COMMITTED);
	b.traveller = &t;
	b.nr_traveller = 1;
	ck_commit(two, &b, STORE_FENCED);
	/* one of two is enough */
	o[0].from = 9;
	o[0].to = 10;
	ck_commit(two, &b, STORE_FENCED);
	ck_assert_int_eq(fixture_number(store_pg(one),
					"SELECT count(*) FROM pax.traveller"),
			 0);
	ck_assert_int_eq(load_offset(&next, store_pg(two), b.cluster, b.group,
				     o[0].topic, 1, 77, &e),
			 0);
	ck_assert_int_eq(next, 9);
	o[1].from = 6;
	o[1].to = 8;
	ck_commit(two, &b, STORE_COMMITTED);
	/* an offset that nobody has loaded is no licence to begin */
	o[0] = (struct offset_claim){ STR("pax.raw"), 2, 0, 1 };
	b.nr_offset = 1;
	ck_commit(one, &b, STORE_FENCED);
	store_close(one);
	store_close(two);
}
END_TEST

START_TEST(a_version_moves_only_from_where_it_is)
{
	const char *db = fixture_database();
	struct store *one = fixture_store(db, NULL, NULL);
	struct store *two = fixture_store(db, NULL, NULL);
	struct flight_claim f[] = { flight(9, 0), flight(3, 0) };
	struct traveller_row t = traveller(9, 1);
	struct store_batch b = { .flight = f, .nr_flight = 2 };

	ck_commit(one, &b, STORE_COMMITTED);
	b.traveller = &t;
	b.nr_traveller = 1;
	ck_commit(two, &b, STORE_FENCED); /* there it is already */
	f[0] = flight(9, 1);
	ck_commit(two, &b, STORE_FENCED); /* 3 is still wrong */
	f[1] = flight(3, 1);
	f[1].row.carrier = STR("X9");
	ck_commit(two, &b, STORE_COMMITTED);
	ck_commit(one, &b, STORE_FENCED);
	ck_assert_int_eq(fixture_number(store_pg(one),
					"SELECT sum(version)::int8 FROM "
					"pax.flight"),
			 4);
	ck_assert_int_eq(fixture_number(store_pg(one),
					"SELECT count(*) FROM pax.flight "
					"WHERE carrier = 'X9'"),
			 1);
	/* a flight that has no row cannot be at version 1 */
	f[0] = flight(4, 1);
	b.nr_flight = 1;
	ck_commit(one, &b, STORE_FENCED);
	store_close(one);
	store_close(two);
}
END_TEST

START_TEST(a_bad_row_leaves_nothing_and_harms_nothing)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct traveller_row t[] = { traveller(1, 1), traveller(1, 2) };
	/* sent after the bad row: the server does not even prepare it */
	struct counter_row c = { DAY, STR("X9"), STR("dropped"), 1 };
	struct store_batch b = { .traveller = t,
				 .nr_traveller = 2,
				 .counter = &c,
				 .nr_counter = 1 };

	t[1].bag_count = (struct row_number){ INT64_C(1) << 31, true };
	ck_commit(s, &b, STORE_BAD_ROW);
	t[1].bag_count.v--;
	t[0].sealed = STR_NONE;
	ck_commit(s, &b, STORE_BAD_ROW);
	t[0] = t[1];
	ck_commit(s, &b, STORE_BAD_ROW);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM pax.traveller"), 0);
	t[0] = traveller(1, 1);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM pax.traveller"), 2);
	store_close(s);
}
END_TEST

/* What a hook does when the store comes to a place. */
struct fault {
	const char *site; /* the place where it happens, once */
	const char *db;
	bool terminate; /* the store's session */
	struct store *store;
	int sleep_ms;
	char seen[100];
};

static void fault_at(const char *site, void *arg)
{
	struct fault *f = arg;
	struct pg *other;
	char sql[200];

	strncat(f->seen, site, sizeof(f->seen) - strlen(f->seen) - 1);
	strncat(f->seen, " ", sizeof(f->seen) - strlen(f->seen) - 1);
	if (!f->site || strcmp(f->site, site))
		return;
	f->site = NULL;
	if (f->sleep_ms)
		usleep((useconds_t)f->sleep_ms * 1000);
	if (!f->terminate)
		return;
	other = fixture_open(f->db);
	snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%d, 2000)",
		 pg_backend_pid(store_pg(f->store)));
	fixture_sql(other, sql);
	pg_close(other);
}

START_TEST(a_lost_session_is_told_from_an_unknown_commit)
{
	static const struct {
		const char *site;
		enum store_outcome outcome;
	} row[] = { { "begin", STORE_DB_DOWN },
		    { "copied", STORE_DB_DOWN },
		    { "claimed", STORE_UNKNOWN } };
	struct fault f = { .db = fixture_database() };
	struct store *s = fixture_store(f.db, fault_at, &f);
	struct flight_claim fl = flight(1, 0);
	struct traveller_row t = traveller(1, 1);
	struct store_batch b = { .flight = &fl,
				 .nr_flight = 1,
				 .traveller = &t,
				 .nr_traveller = 1 };
	struct err e = { 0 };

	f.store = s;
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		f.site = row[i].site;
		f.terminate = true;
		ck_commit(s, &b, row[i].outcome);
		ck_assert(!pg_is_alive(store_pg(s)));
		ck_commit(s, &b, STORE_DB_DOWN);
		ck_assert_int_eq(store_reopen(s, &e), 0);
		ck_assert_int_eq(fixture_number(store_pg(s),
						"SELECT count(*) FROM "
						"pax.traveller"),
				 0);
	}
	*f.seen = '\0';
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_str_eq(f.seen, "begin copied claimed committed ");
	store_close(s);
}
END_TEST

START_TEST(a_sleeper_is_ended_and_its_successor_goes_on)
{
	struct fault f = { .site = "claimed", .sleep_ms = 900 };
	struct store_settings set = {
		.pg = { .conninfo = fixture_database(),
			.idle_in_transaction_ms = 300,
			.lock_ms = 2000 },
		.hooks = { fault_at, &f },
	};
	struct flight_claim fl = flight(1, 0);
	struct store_batch b = { .flight = &fl, .nr_flight = 1 };
	struct err e = { 0 };
	struct store *s = NULL, *next;
	int status;
	pid_t pid;

	f.db = set.pg.conninfo;
	ck_assert_int_eq(store_open(&s, &set, &e), 0);
	pid = fork();
	if (!pid) {
		usleep(150 * 1000); /* the sleeper holds the row by now */
		next = fixture_store(f.db, NULL, NULL);
		_exit(store_commit(next, &b, &e) == STORE_COMMITTED ? 0 : 1);
	}
	ck_commit(s, &b, STORE_UNKNOWN);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	store_close(s);
}
END_TEST

START_TEST(a_lock_that_is_not_free_in_time_waits)
{
	const char *db = fixture_database();
	struct store_settings set = { .pg = { .conninfo = db,
					      .lock_ms = 200 } };
	struct flight_claim fl = flight(1, 0);
	struct store_batch b = { .flight = &fl, .nr_flight = 1 };
	struct err e = { 0 };
	struct store *s = NULL;
	struct pg *other = fixture_open(db);

	ck_assert_int_eq(store_open(&s, &set, &e), 0);
	ck_commit(s, &b, STORE_COMMITTED);
	fixture_sql(other, "BEGIN; SELECT FROM pax.flight FOR UPDATE");
	fl = flight(1, 1);
	ck_commit(s, &b, STORE_DB_DOWN);
	fixture_sql(other, "ROLLBACK");
	ck_commit(s, &b, STORE_COMMITTED);
	pg_close(other);
	store_close(s);
}
END_TEST

START_TEST(counters_add_up)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct counter_row c[] = { { DAY, STR("X9"), STR("dropped"), 2 },
				   { DAY, STR(""), STR("dropped"), 1 },
				   { DAY, STR("X9"), STR("dropped"), 3 } };
	struct store_batch b = { .counter = c, .nr_counter = 3 };

	ck_commit(s, &b, STORE_COMMITTED);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(fixture_number(store_pg(s),
					"SELECT n FROM ops.counter WHERE "
					"carrier = 'X9'"),
			 10);
	ck_assert_int_eq(
		fixture_number(store_pg(s), "SELECT count(*) FROM ops.counter"),
		2);
	store_close(s);
}
END_TEST

/* What stands in ops.series, as "state seen last" of its one row. */
static void series_is(struct pg *pg, const char *want)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		 "SELECT (coalesce((SELECT state || ' ' || seen || ' ' || "
		 "coalesce(last::text, '-') FROM ops.series), '') = "
		 "'%s')::int::int8",
		 want);
	ck_assert_msg(fixture_number(pg, sql), "not '%s'", want);
}

START_TEST(missing_parts_are_asked_for_and_counted_once)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct series_row r = { .series_id = -42,
				.flight = STR("X9-417-2026-11-14-CMN"),
				.carrier = STR("X9"),
				.first_sent_at = { 1000, MOMENT_SECOND },
				.latest_sent_at = { 1060, MOMENT_SECOND },
				.seen = STR("1-2"),
				.due_at = { 2000, MOMENT_SECOND },
				.state = STR("waiting") };
	struct store_batch b = { .series = &r, .nr_series = 1 };
	struct store_batch time_is_up = { .missing = &r.series_id,
					  .nr_missing = 1,
					  .missing_day = 20000 };
	struct outbox_row message = { .outbox_id = 1,
				      .topic = STR("pax.control"),
				      .payload = STR("x"),
				      .created_at = r.due_at };
	struct series_row *due;
	struct arena a = { 0 };
	struct err e = { 0 };
	uint32_t nr;

	ck_commit(s, &b, STORE_COMMITTED);
	series_is(pg, "waiting 1-2 -");
	/* nobody has asked: what says that time is up is not believed */
	ck_commit(s, &time_is_up, STORE_COMMITTED);
	series_is(pg, "waiting 1-2 -");
	ck_assert_int_eq(series_due(&due, &nr, pg, 10, &a, &e), 0);
	ck_assert_uint_eq(nr, 1);
	ck_str_is(due->flight, "X9-417-2026-11-14-CMN");
	ck_assert_int_eq(series_asked(pg, due, nr, &message, 1, &a, &e), 0);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM ops.outbox"),
			 1);
	ck_assert_int_eq(series_due(&due, &nr, pg, 10, &a, &e), 0);
	ck_assert_uint_eq(nr, 0);
	/* another part in between, and still not all; told once */
	r.seen = STR("1-3");
	r.last = (struct row_number){ 5, true };
	ck_commit(s, &b, STORE_COMMITTED);
	for (int i = 0; i < 2; i++) {
		ck_commit(s, &time_is_up, STORE_COMMITTED);
		series_is(pg, "missing 1-3 5");
		ck_assert_int_eq(
			fixture_number(pg, "SELECT n FROM ops.counter WHERE "
					   "carrier = 'X9' AND code = "
					   "'warning.part-missing' AND day = "
					   "date '2024-10-04'"),
			1);
	}
	/* a late part of it: it stays told; the next push waits anew */
	ck_commit(s, &b, STORE_COMMITTED);
	series_is(pg, "missing 1-3 5");
	r.first_sent_at.s = 1061;
	r.latest_sent_at.s = 1061;
	r.seen = STR("1");
	r.last.set = false;
	ck_commit(s, &b, STORE_COMMITTED);
	series_is(pg, "waiting 1 -");
	r.state = STR("whole");
	ck_commit(s, &b, STORE_COMMITTED);
	series_is(pg, "");
	ck_commit(s, &time_is_up, STORE_COMMITTED);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT sum(n)::int8 FROM ops.counter"), 1);
	/* what waits longer is not due */
	r.state = STR("waiting");
	r.due_at.s = 4000000000;
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(series_due(&due, &nr, pg, 10, &a, &e), 0);
	ck_assert_uint_eq(nr, 0);
	store_close(s);
	arena_release(&a);
}
END_TEST

START_TEST(days_keep_apart_however_many)
{
	enum { DAYS = 70 };
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct traveller_row t[] = { traveller(1, 1), traveller(2, 1) };
	struct flight_claim f[] = { flight(1, 0), flight(2, 0) };
	struct store_batch b = {
		.traveller = t, .nr_traveller = 2, .flight = f, .nr_flight = 2
	};
	struct traveller_row many[17];

	for (int i = 0; i < DAYS; i++) {
		t[0].clock_day = f[0].row.clock_day = DAY + i;
		t[1].clock_day = f[1].row.clock_day = DAY + 100 + i;
		ck_commit(s, &b, STORE_COMMITTED);
	}
	ck_assert_int_eq(fixture_number(store_pg(s),
					"SELECT count(DISTINCT tableoid) FROM "
					"pax.traveller"),
			 2 * DAYS);
	for (int i = 0; i < 17; i++) {
		many[i] = traveller(1, 1);
		many[i].clock_day = DAY + i;
	}
	b = (struct store_batch){ .traveller = many, .nr_traveller = 17 };
	ck_commit(s, &b, STORE_BAD_ROW);
	store_close(s);
}
END_TEST

START_TEST(a_flight_is_loaded_with_all_it_is_made_of)
{
	const char *db = fixture_database();
	struct store *s = fixture_store(db, NULL, NULL);
	struct pg *pg = store_pg(s);
	struct arena a = { 0 };
	struct slice_row sl[3];
	struct traveller_row t[] = { traveller(1, 8), traveller(1, 4),
				     traveller(2, 1) };
	struct flight_claim f = flight(1, 0);
	struct store_batch b = { .slice = sl,
				 .nr_slice = 3,
				 .traveller = t,
				 .nr_traveller = 3,
				 .flight = &f,
				 .nr_flight = 1 };
	struct flight_rows got;
	struct err e = { 0 };
	int32_t day;

	for (int i = 0; i < 3; i++)
		sl[i] = (struct slice_row){ .clock_day = DAY,
					    .flight_id = 1,
					    .kind = (int16_t)i,
					    .sealed = STR("sealed") };
	sl[0].slice_hash = STR("hz");
	sl[1].slice_hash = STR("ha");
	sl[2].slice_hash = STR("not used");
	t[0].pnr_header = t[1].api_header = STR("hz");
	t[0].pnr_slice = STR("ha");
	ck_assert_int_eq(load_clock_day(&day, pg, 1, DAY, &e), 0);
	ck_assert_int_eq(load_clock_day(&day, pg, 1, DAY + 1, &e), 0);
	ck_assert_int_eq(day, DAY);
	ck_assert_int_eq(load_flight(&got, pg, 1, DAY, &a, &e), 0);
	ck_assert_int_eq(got.flight.version, 0);
	ck_assert_uint_eq(got.nr_traveller, 0);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_msg(load_flight(&got, pg, 1, DAY, &a, &e) == 0, "%s", e.text);
	ck_assert_int_eq(got.flight.version, 1);
	ck_assert_uint_eq(got.nr_traveller, 2);
	same(&got.traveller[0], &t[1], ROW_ID_traveller);
	same(&got.traveller[1], &t[0], ROW_ID_traveller);
	ck_assert_uint_eq(got.nr_slice, 2);
	same(&got.slice[0], &sl[1], ROW_ID_slice);
	same(&got.slice[1], &sl[0], ROW_ID_slice);
	fixture_sql(pg, "DELETE FROM pax.slice WHERE slice_hash = 'ha'");
	ck_assert_int_eq(load_flight(&got, pg, 1, DAY, &a, &e), ERR_INTEGRITY);
	store_close(s);
	arena_release(&a);
}
END_TEST

/* Fork `nr` processes at once; how many did not end with 0? */
static int together(int nr, int (*fn)(const char *db, int i), const char *db)
{
	int failed = 0, status, go[2];
	char byte;

	ck_assert_int_eq(pipe(go), 0);
	for (int i = 0; i < nr; i++) {
		if (fork())
			continue;
		close(go[1]);
		if (read(go[0], &byte, 1) < 0) /* until the parent closes */
			_exit(1);
		_exit(fn(db, i));
	}
	close(go[0]);
	close(go[1]);
	for (int i = 0; i < nr; i++)
		failed += wait(&status) < 0 || status;
	return failed;
}

static int ensure_days(const char *db, int i)
{
	struct pg *pg = fixture_open(db);
	struct err e = { 0 };
	int rc = 0;

	(void)i;
	for (int day = 0; day < 5 && rc == 0; day++)
		rc = partition_ensure(pg, DAY + day, &e);
	if (rc < 0)
		fprintf(stderr, "%s\n", e.text);
	pg_close(pg);
	return rc < 0;
}

START_TEST(eight_sessions_make_a_day_once)
{
	const char *db = fixture_database();
	struct pg *pg = fixture_open(db);

	ck_assert_int_eq(together(8, ensure_days, db), 0);
	ck_assert_int_eq(fixture_number(pg, "SELECT count(*) FROM pg_inherits "
					    "WHERE inhparent = "
					    "'pax.hit'::regclass"),
			 5);
	pg_close(pg);
}
END_TEST

static int see_flight(const char *db, int i)
{
	struct pg *pg = fixture_open(db);
	struct err e = { 0 };
	int32_t day, again;
	int bad = 0;

	for (int64_t id = 0; id < 50 && !bad; id++)
		bad = load_clock_day(&day, pg, id, DAY + i, &e) < 0 ||
		      load_clock_day(&again, pg, id, DAY + 99, &e) < 0 ||
		      day != again;
	pg_close(pg);
	return bad;
}

START_TEST(eight_sessions_see_one_clock_day)
{
	const char *db = fixture_database();

	ck_assert_int_eq(together(8, see_flight, db), 0);
}
END_TEST

static int migrate_all(const char *db, int i)
{
	struct pg *pg = fixture_open(db);
	struct err e = { 0 };
	int rc = migrate(pg, &e);

	(void)i;
	if (rc < 0)
		fprintf(stderr, "%s\n", e.text);
	pg_close(pg);
	return rc < 0;
}

enum { WRITERS = 4, ROUNDS = 40, FLIGHTS = 5, EACH = 3 };

/* Take some flights in any order, load them, add a row, go again if fenced. */
static int write_flights(const char *db, int i)
{
	struct store *s = fixture_store(db, NULL, NULL);
	unsigned int seed = (unsigned int)i + 1;
	struct arena a = { 0 };
	int done = 0, bad = 0;

	for (int tries = 0; done < ROUNDS && tries < 5000 && !bad; tries++) {
		struct flight_claim f[EACH];
		struct traveller_row t[EACH];
		struct counter_row c = { DAY, STR("X9"), STR("seen"), EACH };
		struct store_batch b = { .flight = f,
					 .nr_flight = EACH,
					 .traveller = t,
					 .nr_traveller = EACH,
					 .counter = &c,
					 .nr_counter = 1 };
		int first = rand_r(&seed) % FLIGHTS;
		enum store_outcome o;
		struct err e = { 0 };

		for (int k = 0; k < EACH; k++) {
			int64_t id = 1 + (first + 2 * k) % FLIGHTS;
			struct flight_rows got;

			bad |= load_flight(&got, store_pg(s), id, DAY, &a, &e) <
			       0;
			f[k] = flight(id, got.flight.version);
			/* the same row for all writers, and one for each */
			t[k] = traveller(id, k ? i * 1000 + done : 1);
		}
		o = store_commit(s, &b, &e);
		done += o == STORE_COMMITTED;
		bad |= o != STORE_COMMITTED && o != STORE_FENCED;
		if (bad)
			fprintf(stderr, "%s\n", e.text);
		arena_clear(&a);
	}
	arena_release(&a);
	store_close(s);
	return bad || done != ROUNDS;
}

START_TEST(writers_of_the_same_flights_lose_nothing)
{
	const char *db = fixture_database();
	struct pg *pg = fixture_open(db);

	ck_assert_int_eq(together(WRITERS, write_flights, db), 0);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT sum(version)::int8 FROM pax.flight"),
		WRITERS * ROUNDS * EACH);
	ck_assert_int_eq(fixture_number(pg, "SELECT n FROM ops.counter"),
			 WRITERS * ROUNDS * EACH);
	pg_close(pg);
}
END_TEST

START_TEST(engines_that_start_at_once_migrate_once)
{
	const char *db = fixture_empty();
	struct pg *pg = fixture_open(db);
	struct err e = { 0 };

	ck_assert_int_eq(migrate_check(pg, &e), ERR_INTEGRITY);
	ck_assert_ptr_nonnull(strstr(e.text, "paxgate db init"));
	ck_assert_int_eq(together(4, migrate_all, db), 0);
	e = (struct err){ 0 };
	ck_assert_int_eq(migrate(pg, &e), 0);
	ck_assert_int_eq(migrate_check(pg, &e), 0);
	pg_close(pg);
}
END_TEST

START_TEST(a_foreign_schema_is_refused)
{
	struct pg *pg = fixture_open(fixture_database());
	struct err e = { 0 };

	fixture_sql(pg, "INSERT INTO ops.migration VALUES ('9999_x', '')");
	ck_assert_int_eq(migrate(pg, &e), ERR_INTEGRITY);
	ck_assert_ptr_nonnull(strstr(e.text, "9999_x"));
	e = (struct err){ 0 };
	ck_assert_int_eq(migrate_check(pg, &e), ERR_INTEGRITY);
	fixture_sql(pg, "DELETE FROM ops.migration WHERE name = '9999_x'; "
			"UPDATE ops.migration SET text_hash = ''");
	e = (struct err){ 0 };
	ck_assert_int_eq(migrate(pg, &e), ERR_INTEGRITY);
	ck_assert_ptr_nonnull(strstr(e.text, "another text"));
	pg_close(pg);
}
END_TEST

START_TEST(no_value_gets_into_a_log_or_an_error)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct quarantine_row q = { .quarantine_id = 1,
				    .cluster = STR(CANARY),
				    .topic = STR(CANARY),
				    .received_at = { 1, MOMENT_SECOND },
				    .code = STR(CANARY),
				    .sentence = STR(CANARY) };
	struct hit_row h[] = { hit(1, 1, CANARY, 1), hit(1, 1, CANARY, 2) };
	struct store_batch b = { .quarantine = &q, .nr_quarantine = 1 };
	struct err e = { 0 };
	char cmd[400];

	/* the server would tell the whole failing row */
	ck_assert_int_eq(store_commit(s, &b, &e), STORE_BAD_ROW);
	ck_assert_ptr_null(strstr(e.text, CANARY));
	ck_assert_ptr_nonnull(strstr(e.text, "SQLSTATE 23502"));
	b = (struct store_batch){ .hit = h, .nr_hit = 2 };
	e = (struct err){ 0 };
	ck_assert_int_eq(store_commit(s, &b, &e), STORE_BAD_ROW);
	ck_assert_ptr_null(strstr(e.text, CANARY));
	ck_assert_ptr_nonnull(strstr(e.text, "SQLSTATE 21000"));
	snprintf(cmd, sizeof(cmd),
		 "find %s -name '*log*' -type f -size +0 | grep -q . && "
		 "! find %s -name '*log*' -type f | xargs grep -q %s",
		 fixture_dir, fixture_dir, CANARY);
	ck_assert_int_eq(system(cmd), 0);
	store_close(s);
}
END_TEST

START_TEST(connections_that_cannot_be_say_why_and_no_secret)
{
	static const struct {
		const char *conninfo;
		enum err_code code;
		const char *part;
	} bad[] = {
		{ "host=/nowhere application_name=" CANARY, ERR_IO,
		  "no database at '/nowhere' port 5432: no server listens" },
		{ "host=/nowhere password=" CANARY, ERR_USAGE,
		  "may not hold a password" },
		{ "host=/nowhere pass word=" CANARY, ERR_USAGE,
		  "not well formed" },
		{ "postgresql://" CANARY ":" CANARY "@[::1", ERR_USAGE,
		  "not well formed" },
		{ "postgresql://u:" CANARY "@127.0.0.1:1/x", ERR_USAGE,
		  "passfile" },
		{ "postgresql://u@127.0.0.1:1/" CANARY, ERR_IO,
		  "no server listens there" },
		{ "dbname=" CANARY, ERR_IO, "there is no such database" },
		{ "user=" CANARY, ERR_IO, "there is no such role" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct pg_settings s = { 0 };
		struct err e = { 0 };
		struct pg *pg = NULL;
		char conninfo[400];

		snprintf(conninfo, sizeof(conninfo), "%s%s",
			 i < 6 ? "" : fixture_server, bad[i].conninfo);
		s.conninfo = conninfo;
		ck_assert_int_eq(pg_open(&pg, &s, &e), bad[i].code);
		ck_assert_ptr_null(pg);
		ck_assert_msg(strstr(e.text, bad[i].part), "%s", e.text);
		ck_assert_msg(!strstr(e.text, CANARY), "%s", e.text);
	}
}
END_TEST

START_TEST(settings_outlive_the_caller_s_texts)
{
	char conninfo[300], name[] = "first name";
	struct store_settings set = { .pg = { .conninfo = conninfo,
					      .application = name } };
	struct err e = { 0 };
	struct store *s = NULL;

	snprintf(conninfo, sizeof(conninfo), "%s", fixture_database());
	ck_assert_int_eq(store_open(&s, &set, &e), 0);
	memset(conninfo, 'x', sizeof(conninfo) - 1);
	memset(name, 'x', sizeof(name) - 1);
	ck_assert_int_eq(store_reopen(s, &e), 0);
	ck_assert_int_eq(fixture_number(store_pg(s),
					"SELECT count(*) FROM pg_stat_activity "
					"WHERE pid = pg_backend_pid() AND "
					"application_name = 'first name'"),
			 1);
	store_close(s);
}
END_TEST

START_TEST(copy_writes_what_the_store_writes)
{
	struct pg *pg = fixture_open(fixture_database());
	struct arena a = { 0 };
	struct copy c = { 0 };
	struct traveller_row t, got;
	struct err e = { 0 };

	fill(&t, ROW_ID_traveller, 1, &a);
	ck_assert_int_eq(partition_ensure(pg, t.clock_day, &e), 0);
	copy_begin(&c, ROW_ID_traveller);
	copy_row(&c, &t);
	ck_assert_msg(copy_end(&c, pg, "pax.traveller", &e) == 0, "%s", e.text);
	read_only_row(&got, ROW_ID_traveller, pg, &a);
	same(&got, &t, ROW_ID_traveller);
	/* there is one with this key */
	copy_begin(&c, ROW_ID_traveller);
	copy_row(&c, &t);
	e = (struct err){ 0 };
	ck_assert_int_eq(copy_end(&c, pg, "pax.traveller", &e), ERR_DB);
	ck_assert_int_eq(pg_last_fault(pg), PG_THERE);
	/* a failure sticks until the next begin */
	t.bag_count.v = INT64_MAX;
	copy_begin(&c, ROW_ID_traveller);
	copy_row(&c, &t);
	t.bag_count.v = 1;
	copy_row(&c, &t);
	e = (struct err){ 0 };
	ck_assert_int_eq(copy_end(&c, pg, "pax.traveller", &e), ERR_VALUE);
	ck_assert_ptr_nonnull(strstr(e.text, "'bag_count'"));
	copy_begin(&c, ROW_ID_traveller);
	e = (struct err){ 0 };
	ck_assert_int_eq(copy_end(&c, pg, "pax.nowhere", &e), ERR_DB);
	ck_assert_int_eq(fixture_number(pg, "SELECT 1::int8"), 1);
	copy_release(&c);
	pg_close(pg);
	arena_release(&a);
}
END_TEST

/* Names and values of what is found, in order. */
static void ck_hits(struct pg *pg, const struct hit_filter *f, const char *want)
{
	struct hit_view *v = NULL;
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct err e = { 0 };
	uint32_t nr = 0;

	ck_assert_msg(query_hits(&v, &nr, pg, f, &a, &e) == 0, "%s", e.text);
	for (uint32_t i = 0; i < nr; i++)
		buf_fmt(&b, "%lld ", (long long)v[i].hit.hit_id);
	ck_str_is(buf_view(&b), want);
	buf_release(&b);
	arena_release(&a);
}

#define AT(hours)                                                 \
	{                                                         \
		DAY *INT64_C(86400) + (hours)*3600, MOMENT_SECOND \
	}

START_TEST(hits_are_listed_most_urgent_first)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct pg *pg = store_pg(s);
	struct flight_claim f[] = { flight(1, 0), flight(2, 0) };
	struct hit_row h[] = {
		hit(1, 1, "late", 70),	hit(1, 2, "late", 80),
		hit(1, 3, "gone", 80),	hit(2, 4, "soon", 10),
		hit(2, 5, "when", 10),	hit(2, 6, "list", 10),
		hit(3, 7, "older", 10),
	};
	struct moment at[] = { AT(20),	  AT(20), AT(2), AT(13),
			       NO_MOMENT, AT(13), AT(1) };
	struct store_batch b = {
		.flight = f, .nr_flight = 2, .hit = h, .nr_hit = 7
	};
	struct hit_filter all = { .now = AT(12), .limit = 100 }, one;

	for (int i = 0; i < 7; i++)
		h[i].departs_utc = at[i];
	h[5].class = 'A';
	h[3].class = 'B';
	h[6].clock_day = DAY - 10;
	f[0].row.carrier = STR("X9");
	f[0].row.number = STR("0417");
	f[0].row.origin = STR("CMN");
	f[0].row.departs = (struct moment)AT(20);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_hits(pg, &all, "60 40 20 10 50 30 70 ");
	one = all;
	one.limit = 2;
	ck_hits(pg, &one, "60 40 ");
	one = all;
	one.since = DAY;
	ck_hits(pg, &one, "60 40 20 10 50 30 ");
	one = all;
	one.carrier = STR("X9");
	one.number = STR("417");
	ck_hits(pg, &one, "20 10 30 ");
	one.departs_on = DAY + 1;
	ck_hits(pg, &one, "");
	one.departs_on = DAY;
	one.origin = STR("CMN");
	ck_hits(pg, &one, "20 10 30 ");
	one.state = STR("withdrawn");
	ck_hits(pg, &one, "");
	store_close(s);
}
END_TEST

START_TEST(a_hit_is_found_by_its_name)
{
	static const char *const bad[] = {
		"",
		"20261122",
		"20261122-",
		"20261322-1",
		"2026112-1",
		"20261122-00000000000000001",
		"20261122-xyz",
		"00000000-1",
		"20261122 1",
		"-1",
	};
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct hit_row h = hit(1, 1, "late", 70);
	struct evidence_row ev = { .clock_day = DAY,
				   .flight_id = 1,
				   .hit_id = -2,
				   .sealed = STR("why") };
	struct store_batch b = {
		.hit = &h, .nr_hit = 1, .evidence = &ev, .nr_evidence = 1
	};
	struct hit_view got;
	struct evidence_row why;
	struct arena a = { 0 };
	struct err e = { 0 };
	int32_t day = 0;
	int64_t id = 0;

	h.hit_id = -2;
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_str_eq(hit_name_of(DAY, -2).text,
			 "20261122-fffffffffffffffe");
	ck_assert(hit_name_read(STR("20261122-FFFFfffffffffffe"), &day, &id));
	ck_assert_int_eq(day, DAY);
	ck_assert_int_eq(id, -2);
	ck_assert_int_eq(query_hit(&got, &why, store_pg(s), day, id, &a, &e),
			 0);
	ck_str_is(got.hit.source, "late");
	ck_str_is(got.hit.state, "open");
	ck_str_is(why.sealed, "why");
	ck_assert_int_eq(got.flight.flight_id, 0);
	ck_assert_int_eq(
		query_hit(&got, &why, store_pg(s), DAY + 1, id, &a, &e),
		ERR_USAGE);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(!hit_name_read(str_of(bad[i]), &day, &id), "%s",
			      bad[i]);
	arena_release(&a);
	store_close(s);
}
END_TEST

START_TEST(quarantine_is_listed_and_shown)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct arena a = { 0 };
	struct quarantine_row q[2], *got = NULL;
	struct store_batch b = { .quarantine = q, .nr_quarantine = 2 };
	struct quarantine_filter f = { .limit = 10 };
	struct err e = { 0 };
	uint32_t nr = 0;

	fill(&q[0], ROW_ID_quarantine, 1, &a);
	fill(&q[1], ROW_ID_quarantine, 2, &a);
	q[1].received_at.s = q[0].received_at.s + 10;
	q[1].skeleton = STR_NONE;
	ck_commit(s, &b, STORE_COMMITTED);
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(query_quarantine(&got, &nr, store_pg(s), &f, &a, &e),
			 0);
	ck_assert_uint_eq(nr, 2);
	same(&got[0], &q[1], ROW_ID_quarantine);
	f.code = q[0].code;
	ck_assert_int_eq(query_quarantine(&got, &nr, store_pg(s), &f, &a, &e),
			 0);
	ck_assert_uint_eq(nr, 1);
	same(&got[0], &q[0], ROW_ID_quarantine);
	f.id = (struct row_number){ q[1].quarantine_id, true };
	ck_assert_int_eq(query_quarantine(&got, &nr, store_pg(s), &f, &a, &e),
			 0);
	ck_assert_uint_eq(nr, 0);
	f.code = STR_NONE;
	f.since = q[1].received_at;
	ck_assert_int_eq(query_quarantine(&got, &nr, store_pg(s), &f, &a, &e),
			 0);
	ck_assert_uint_eq(nr, 1);
	store_close(s);
	arena_release(&a);
}
END_TEST

START_TEST(status_tells_steps_days_and_leaky_settings)
{
	const char *db = fixture_empty();
	struct pg *pg = fixture_open(db);
	struct db_status st;
	struct arena a = { 0 };
	struct err e = { 0 };
	uint32_t before;
	bool seen = false;

	ck_assert_msg(status_read(&st, pg, &a, &e) == 0, "%s", e.text);
	ck_assert(!st.has_schema);
	ck_assert_int_eq(st.step[0].state, MIGRATION_PENDING);
	before = st.nr_warning;
	for (uint32_t i = 0; i < before; i++)
		ck_assert(!str_starts(st.warning[i].name, STR("log_min")));
	ck_assert_int_gt(migrate(pg, &e), 0);
	ck_assert_int_eq(partition_ensure(pg, DAY, &e), 0);
	ck_assert_int_eq(partition_ensure(pg, DAY + 1, &e), 0);
	fixture_sql(pg, "SET log_min_messages = warning");
	ck_assert_msg(status_read(&st, pg, &a, &e) == 0, "%s", e.text);
	ck_assert(st.has_schema);
	ck_assert_int_eq(st.step[0].state, MIGRATION_APPLIED);
	ck_assert_int_eq(st.days, 2);
	ck_str_is(st.first, "20261122");
	ck_str_is(st.last, "20261123");
	for (uint32_t i = 0; i < st.nr_warning; i++)
		seen |= str_eq(st.warning[i].name, STR("log_min_messages"));
	ck_assert(seen);
	ck_assert_uint_eq(st.nr_warning, before + 1);
	pg_close(pg);
	arena_release(&a);
}
END_TEST

START_TEST(the_server_may_stop_and_come_back)
{
	struct store *s = fixture_store(fixture_database(), NULL, NULL);
	struct flight_claim f = flight(1, 0);
	struct store_batch b = { .flight = &f, .nr_flight = 1 };
	struct err e = { 0 };
	char line[200];

	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(fixture_sh("stop", line, sizeof(line)), 0);
	f = flight(1, 1);
	ck_commit(s, &b, STORE_DB_DOWN);
	ck_assert_int_eq(store_reopen(s, &e), ERR_IO);
	ck_assert_msg(strstr(e.text, "no server listens there"), "%s", e.text);
	e = (struct err){ 0 };
	ck_commit(s, &b, STORE_DB_DOWN);
	ck_assert_int_eq(fixture_start(), 0);
	ck_assert_int_eq(store_reopen(s, &e), 0);
	ck_commit(s, &b, STORE_COMMITTED);
	store_close(s);
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		columns_are_those_of_row_def,
		a_closed_day_takes_nothing_more,
		every_row_comes_back_as_it_went,
		nulls_and_strange_texts_come_back,
		newer_rows_take_the_place_of_older_ones,
		hits_are_updated_withdrawn_and_opened_again,
		shadow_hits_are_apart_and_said_anew,
		what_profiles_were_is_for_good,
		an_offset_moves_only_from_where_it_is,
		a_version_moves_only_from_where_it_is,
		a_bad_row_leaves_nothing_and_harms_nothing,
		a_lost_session_is_told_from_an_unknown_commit,
		a_sleeper_is_ended_and_its_successor_goes_on,
		a_lock_that_is_not_free_in_time_waits,
		counters_add_up,
		missing_parts_are_asked_for_and_counted_once,
		days_keep_apart_however_many,
		a_flight_is_loaded_with_all_it_is_made_of,
		eight_sessions_make_a_day_once,
		eight_sessions_see_one_clock_day,
		writers_of_the_same_flights_lose_nothing,
		engines_that_start_at_once_migrate_once,
		a_foreign_schema_is_refused,
		no_value_gets_into_a_log_or_an_error,
		connections_that_cannot_be_say_why_and_no_secret,
		settings_outlive_the_caller_s_texts,
		copy_writes_what_the_store_writes,
		hits_are_listed_most_urgent_first,
		a_hit_is_found_by_its_name,
		quarantine_is_listed_and_shown,
		status_tells_steps_days_and_leaky_settings,
		the_server_may_stop_and_come_back,
	};

	return fixture_run("db_store", test, ARRAY_SIZE(test));
}
