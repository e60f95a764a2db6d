/*
 * t_hits_queue.c - order and reach of the reviewers' queue
 */
#include "tests/unit/unit.h"
#include "tools/hits_queue.h"

enum { NOW = 1000000, HIT_S = 600 };

static const struct moment now = { NOW, MOMENT_SECOND };
static struct review_waiting w[8];

static struct hits_place place(int i, int64_t left)
{
	return (struct hits_place){ .waiting = &w[i],
				    .until = { NOW + left, MOMENT_SECOND } };
}

static struct hits_place without(int i)
{
	return (struct hits_place){ .waiting = &w[i] };
}

START_TEST(sorted_by_time_left)
{
	struct hits_place p[] = { place(0, -5),	  without(1),
				  place(2, 9000), place(3, -1),
				  place(4, 5000), without(5),
				  place(6, 5000), place(7, 0) };
	static const int order[] = { 4, 6, 2, 1, 5, 7, 3, 0 };

	hits_queue_sort(p, ARRAY_SIZE(p), now, HIT_S, 1);
	for (size_t i = 0; i < ARRAY_SIZE(p); i++)
		ck_assert_int_eq(p[i].waiting - w, order[i]);
}
END_TEST

/* The turn ends at the very second; a second less is too late. */
START_TEST(reach_ends_at_arrival)
{
	for (int less = 0; less < 2; less++) {
		struct hits_place p[] = { place(0, HIT_S - less),
					  place(1, 2 * HIT_S - less),
					  place(2, 3 * HIT_S) };
		uint32_t late =
			hits_queue_sort(p, ARRAY_SIZE(p), now, HIT_S, 1);

		ck_assert_uint_eq(late, less ? 2 : 0);
		ck_assert_int_eq(p[0].reached, !less);
		ck_assert_int_eq(p[1].reached, !less);
		ck_assert_int_eq(p[2].reached, true);
	}
}
END_TEST

START_TEST(more_reviewers_reach_more)
{
	static const struct {
		int64_t reviewers;
		uint32_t late;
	} row[] = { { 1, 3 }, { 2, 2 }, { 3, 1 }, { 4, 0 }, { 1000, 0 } };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct hits_place p[] = { place(0, HIT_S), place(1, HIT_S),
					  place(2, HIT_S), place(3, HIT_S),
					  place(4, -1),	   without(5) };

		ck_assert_uint_eq(hits_queue_sort(p, ARRAY_SIZE(p), now, HIT_S,
						  row[i].reviewers),
				  row[i].late);
		ck_assert(!p[5].reached && p[5].arrived);
		ck_assert(p[4].reached);
	}
}
END_TEST

START_TEST(what_changed_since)
{
	static const struct row_number quality = { 70, true };
	struct hit_view v = {
		.hit = { .input_hash = STR("i"),
			 .evidence_hash = STR("e"),
			 .score = 60,
			 .revision = 2,
			 .departs_utc = { 5, MOMENT_SECOND } },
		.review = { .step = 1,
			    .seen_input = STR("i"),
			    .seen_evidence = STR("e"),
			    .seen_score = 60,
			    .seen_revision = 2,
			    .seen_quality = { 70, true },
			    .seen_departs_utc = { 5, MOMENT_SECOND } },
	};
	struct hit_view x = v;

	ck_assert_uint_eq(review_changes(&v, &quality), 0);
	x.hit.input_hash = STR("j");
	ck_assert_uint_eq(review_changes(&x, &quality), REVIEW_DATA);
	x = v;
	x.hit.evidence_hash = STR("f");
	ck_assert_uint_eq(review_changes(&x, &quality), REVIEW_DATA);
	x = v;
	x.hit.score++;
	x.hit.revision++;
	ck_assert_uint_eq(review_changes(&x, &quality),
			  REVIEW_SCORE | REVIEW_PROFILE);
	x = v;
	x.hit.departs_utc.s++;
	ck_assert_uint_eq(review_changes(&x, &quality), REVIEW_DEPARTS);
	x.hit.departs_utc = (struct moment){ 0 };
	ck_assert_uint_eq(review_changes(&x, &quality), REVIEW_DEPARTS);
	x = v;
	x.review.seen_quality.v = 71;
	ck_assert_uint_eq(review_changes(&x, &quality), REVIEW_QUALITY);
	ck_assert_uint_eq(review_changes(&x, NULL), 0);
	x.review.step = 0; /* nobody has seen it */
	ck_assert_uint_eq(review_changes(&x, &quality), 0);
}
END_TEST

UNIT_MAIN("hits queue", sorted_by_time_left, reach_ends_at_arrival,
	  more_reviewers_reach_more, what_changed_since)
