/*
 * t_db_replay.c - hits with their inputs, page by page, on a real PostgreSQL
 */
#include "db/query.h"
#include "tests/unit/db_fixture.h"

enum { DAY = 20779, HITS = 7 };

#define AT(day, second)                                          \
	{                                                        \
		(day) * INT64_C(86400) + (second), MOMENT_SECOND \
	}

static const struct {
	int32_t day;
	int64_t flight, hit;
	struct moment at;
} rows[HITS] = {
	/* in the order they should come */
	{ DAY - 1, 5, 1, AT(DAY, 0) },
	{ DAY, INT64_MIN + 1, 1, AT(DAY, 10) },
	{ DAY, -3, -9, AT(DAY, 20) },
	{ DAY, -3, 9, AT(DAY, 30) },
	{ DAY, 4, INT64_MIN, AT(DAY, 40) },
	{ DAY, 4, INT64_MAX, AT(DAY, 50) },
	{ DAY + 3, -7, 1, AT(DAY + 3, 0) },
};

static struct hit_row hit_row(int i)
{
	static const char *const source[HITS] = { "g", "f", "e", "d",
						  "c", "b", "a" };

	return (struct hit_row){ .clock_day = rows[i].day,
				 .flight_id = rows[i].flight,
				 .traveller_id = 1,
				 .source = str_of(source[i]),
				 .hit_id = rows[i].hit,
				 .screened_at = rows[i].at,
				 .pnr_header = STR("ph"),
				 .pnr_slice = STR("ps"),
				 .api_slice = STR("as") };
}

static struct pg *database_with_hits(struct store **s)
{
	struct hit_row h[HITS];
	struct evidence_row why = { .clock_day = DAY,
				    .flight_id = -3,
				    .hit_id = 9,
				    .sealed = STR("why") };
	struct slice_row slice[] = {
		{ .clock_day = DAY, .flight_id = -3, .slice_hash = STR("ps") },
		{ .clock_day = DAY, .flight_id = -3, .slice_hash = STR("ph") },
		{ .clock_day = DAY, .flight_id = 4, .slice_hash = STR("as") },
	};
	struct store_batch b = { .hit = h,
				 .nr_hit = HITS,
				 .evidence = &why,
				 .nr_evidence = 1,
				 .slice = slice,
				 .nr_slice = ARRAY_SIZE(slice) };

	for (int i = 0; i < HITS; i++)
		h[i] = hit_row(HITS - 1 - i);
	for (size_t i = 0; i < ARRAY_SIZE(slice); i++)
		slice[i].sealed = slice[i].slice_hash;
	*s = fixture_store(fixture_database(), NULL, NULL);
	ck_commit(*s, &b, STORE_COMMITTED);
	return store_pg(*s);
}

static const struct replay_filter everything = {
	.day = 1, .last_day = DAY + 100, .flight = INT64_MIN, .id = INT64_MIN
};

/* Read in pages and fail unless these hits come, "gfe". */
static void ck_pages(struct pg *pg, struct replay_filter f, int64_t limit,
		     const char *want)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	char got[2 * HITS + 1] = "";
	struct hit_inputs *in;
	uint32_t nr = (uint32_t)limit, all = 0;

	f.limit = limit;
	while (nr == limit) {
		ck_assert_msg(query_replay(&in, &nr, pg, &f, &a, &e) == 0, "%s",
			      e.text);
		for (uint32_t i = 0; i < nr && all < 2 * HITS; i++) {
			got[all++] = in[i].hit.source.ptr[0];
			f.day = in[i].hit.clock_day;
			f.flight = in[i].hit.flight_id;
			f.id = in[i].hit.hit_id;
		}
	}
	ck_assert_str_eq(got, want);
	arena_release(&a);
}

START_TEST(pages_hold_every_hit_once)
{
	struct store *s;
	struct pg *pg = database_with_hits(&s);

	for (int64_t limit = 1; limit <= HITS + 1; limit++)
		ck_pages(pg, everything, limit, "gfedcba");
	store_close(s);
}
END_TEST

START_TEST(time_is_from_and_before)
{
	struct store *s;
	struct pg *pg = database_with_hits(&s);
	struct replay_filter f = everything;

	f.from = rows[2].at;
	ck_pages(pg, f, 2, "edcba");
	f.to = rows[4].at;
	ck_pages(pg, f, 2, "ed");
	f.from = NO_MOMENT;
	ck_pages(pg, f, 3, "gfed");
	f = everything;
	f.last_day = DAY;
	ck_pages(pg, f, 3, "gfedcb");
	f.hit_id = (struct row_number){ 1, true };
	f.day = f.last_day = DAY;
	ck_pages(pg, f, 1, "f");
	f.day = f.last_day = DAY + 1;
	ck_pages(pg, f, 1, "");
	store_close(s);
}
END_TEST

START_TEST(a_hit_comes_with_what_there_is)
{
	struct store *s;
	struct pg *pg = database_with_hits(&s);
	struct replay_filter f = everything;
	struct hit_inputs *in;
	struct arena a = { 0 };
	struct err e = { 0 };
	uint32_t nr;

	f.limit = 10;
	ck_assert_int_eq(query_replay(&in, &nr, pg, &f, &a, &e), 0);
	ck_assert_uint_eq(nr, HITS);
	ck_str_is(in[3].evidence.sealed, "why");
	ck_str_is(in[3].pnr_header.sealed, "ph");
	ck_str_is(in[3].pnr_slice.sealed, "ps");
	ck_assert_ptr_null(in[3].api_header.sealed.ptr);
	ck_assert_ptr_null(in[3].api_slice.sealed.ptr);
	ck_assert_ptr_null(in[2].evidence.sealed.ptr);
	ck_str_is(in[2].pnr_slice.sealed, "ps");
	ck_str_is(in[4].api_slice.sealed, "as");
	ck_assert_ptr_null(in[4].pnr_slice.sealed.ptr);
	ck_assert_ptr_null(in[0].pnr_slice.sealed.ptr);
	store_close(s);
	arena_release(&a);
}
END_TEST

int main(void)
{
	const TTest *const test[] = { pages_hold_every_hit_once,
				      time_is_from_and_before,
				      a_hit_comes_with_what_there_is };

	return fixture_run("db_replay", test, ARRAY_SIZE(test));
}
