/*
 * t_edition.c - versions of the profile set: what makes one, what may be live,
 * what comes due by itself
 */
#include "base/log.h"
#include "engine/edition_make.h"
#include "engine/upkeep.h"
#include "law/approval.h"
#include "rules/profile_set.h"
#include "tests/unit/db_fixture.h"

#include <sys/stat.h>

enum { DAY = 20779 }; /* 2026-11-22 */

#define TODAY ((struct date){ 2026, 11, 22 })

/* A profile of one name; a revision, an author, its last day, a clause. */
#define PROFILE(revision, author, until, clause)                            \
	"profile: p\nrevision: " revision "\ntitle: t\npurpose:\n"          \
	"  offences: [\"04\"]\n  basis: b\n  author: " author "\n"          \
	"  valid: {from: 2026-09-01, until: " until "}\n"                   \
	"budget: {max_share: 0.001}\nincriminating:\n"                      \
	"  - {id: late, points: 30, when: 'booking.lead_time < 48h', why: " \
	"x}\n"                                                              \
	"  - {id: second, points: 30, when: '" clause "', why: y, reason: " \
	"r}\nexonerating:\n"                                                \
	"  - {id: family, points: -40, when: 'count(co_travellers) >= 3', " \
	"why: z}\nthreshold: 60\n"
#define CASH "any(booking.payments, form == CA)"

struct bench {
	struct config config;
	struct screen_set base;
	struct approvers *approvers;
	struct edition_source source;
	struct arena arena;
	char dir[100], key[120];
};

static void put_file(struct bench *t, const char *name, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", t->dir, name);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

/* A database, an empty folder, and an approver called "second". */
static void open_bench(struct bench *t)
{
	struct approver who = { .name = STR("second"),
				.from = { 2026, 1, 1 },
				.until = { 2026, 12, 31 } };
	struct err e = { 0 };
	struct config c;

	*t = (struct bench){ .dir = "" };
	ck_assert_int_eq(crypt_init(&e), 0);
	snprintf(t->dir, sizeof(t->dir), "%s/p%d", fixture_dir, (int)getpid());
	snprintf(t->key, sizeof(t->key), "%s.key", t->dir);
	ck_assert_int_eq(mkdir(t->dir, 0700), 0);
	ck_assert_int_eq(config_load(&t->config, NULL, &t->arena, &e), 0);
	t->config.database = fixture_database();
	t->config.profiles = t->dir;
	t->config.lists = "";
	t->config.approvers = arena_fmt(&t->arena, "%s.yaml", t->dir).ptr;
	t->config.budget_travellers = 2000;
	c = t->config;
	c.profiles = "";
	ck_assert_msg(!screen_set_load(&t->base, &c, &e), "%s", e.text);
	ck_assert_msg(!approver_create(&who, t->config.approvers, t->key,
				       STR(""), &e),
		      "%s", e.text);
	ck_assert_int_eq(approvers_load(&t->approvers, c.approvers, &e), 0);
	t->source = (struct edition_source){ &t->config, &t->base,
					     fixture_open(c.database),
					     t->approvers };
}

static void close_bench(struct bench *t)
{
	char cmd[150];

	pg_close(t->source.pg);
	approvers_free(t->approvers);
	screen_set_release(&t->base);
	arena_release(&t->arena);
	snprintf(cmd, sizeof(cmd), "rm -rf '%s'", t->dir);
	ck_assert_int_eq(system(cmd), 0);
}

/* Put the profile p there, and a signature of `second` beside it. */
static void put_profile(struct bench *t, const char *text, bool sign)
{
	struct approval by = { .approver = STR("second"),
			       .signed_at = { DAY * 86400LL, MOMENT_SECOND } };
	struct approver_key *key;
	struct buf sig = { 0 };
	struct err e = { 0 };

	put_file(t, "p.yaml", text);
	if (!sign)
		return;
	ck_assert_int_eq(approver_key_load(&key, t->key, STR(""), &e), 0);
	approval_sign(&by, key, str_of(text));
	approval_write(&sig, &by);
	buf_byte(&sig, '\0');
	put_file(t, "p.yaml.sig", sig.data);
	buf_release(&sig);
	approver_key_free(key);
}

/* The folder's edition is this version, and p is that in it. */
static struct edition *ck_folder(struct bench *t, int64_t version,
				 const char *state, struct date today)
{
	struct edition_folder *f = NULL;
	struct profile_items items;
	struct edition *ed = NULL;
	struct err e = { 0 };

	ck_assert_msg(!edition_folder_read(&f, &t->config, &t->base, &e) &&
			      !edition_of_folder(&ed, &t->source, f, today, &e),
		      "%s", e.text);
	edition_folder_free(f);
	ck_assert_int_eq(ed->version, version);
	ck_assert_int_eq(
		profiles_read(&items, t->source.pg, version, &t->arena, &e), 0);
	ck_assert_uint_eq(items.nr, 1);
	ck_assert_msg(str_eq(items.item[0].state, str_of(state)),
		      STR_FMT ", not %s", STR_ARG(items.item[0].state), state);
	ck_assert(str_eq(
		items.set_hash,
		(struct str){ (char *)ed->set.profiles_hash, CRYPT_HASH_LEN }));
	return ed;
}

static int64_t change(struct bench *t, const char *state, const char *why)
{
	struct edition_change c = { .name = STR("p"),
				    .state = str_of(state),
				    .why = str_of(why) };
	struct err e = { 0 };
	int64_t version;

	ck_assert_msg(!edition_change(&version, &t->source, &c, 1, false,
				      STR("test"), &e),
		      "%s", e.text);
	return version;
}

START_TEST(a_folder_is_a_version_once)
{
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), false);
	edition_drop(ck_folder(&t, 1, "draft", TODAY));
	edition_drop(ck_folder(&t, 1, "draft", TODAY));
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 2, "live", TODAY));
	edition_drop(ck_folder(&t, 2, "live", TODAY));
	/* another State has other sets */
	t.config.country = "FRA";
	edition_drop(ck_folder(&t, 3, "live", TODAY));
	close_bench(&t);
}
END_TEST

START_TEST(who_signed_decides)
{
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "second", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 1, "draft", TODAY)); /* the author */
	put_profile(&t, PROFILE("2", "a", "2027-02-28", CASH), false);
	edition_drop(ck_folder(&t, 2, "draft", TODAY)); /* other bytes */
	put_profile(&t, PROFILE("3", "a", "2027-02-28", "traveller.sex == M"),
		    true);
	edition_drop(ck_folder(&t, 3, "shadow", TODAY)); /* reads a trait */
	put_profile(&t, PROFILE("4", "a", "2026-11-21", CASH), true);
	edition_drop(ck_folder(&t, 4, "expired", TODAY));
	close_bench(&t);
}
END_TEST

/* Events of the log whose lines hold this. */
static int64_t events(struct bench *t, const char *line)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM ops.audit WHERE line LIKE "
		 "'%%\"RULE_CHANGE\"%%%s%%'",
		 line);
	return fixture_number(t->source.pg, sql);
}

START_TEST(each_change_is_on_record)
{
	struct bench t;
	char cmd[200];

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 1, "live", TODAY));
	ck_assert_int_eq(events(&t, "\"rule\":\"p\",\"rule_version\":\"1\","
				    "\"rule_state\":\"committed\""),
			 1);
	ck_assert_int_eq(events(&t, "\"approver\":\"second\"%\"approved\""), 1);
	ck_assert_int_eq(events(&t, "\"rule_state\":\"live\""), 1);
	ck_assert_int_eq(events(&t, "start on folder"), 1);
	edition_drop(ck_folder(&t, 1, "live", TODAY)); /* nothing new */
	ck_assert_int_eq(events(&t, ""), 3);
	ck_assert_int_eq(change(&t, "suspended", "too many families"), 2);
	ck_assert_int_eq(events(&t, "too many families%\"suspended\""), 1);
	ck_assert_int_eq(events(&t, ""), 4);
	snprintf(cmd, sizeof(cmd), "rm '%s'/p.yaml*", t.dir);
	ck_assert_int_eq(system(cmd), 0);
	{
		struct edition_folder *f = NULL;
		struct edition *ed = NULL;
		struct err e = { 0 };

		ck_assert_int_eq(
			edition_folder_read(&f, &t.config, &t.base, &e), 0);
		ck_assert_int_eq(
			edition_of_folder(&ed, &t.source, f, TODAY, &e), 0);
		edition_folder_free(f);
		edition_drop(ed);
	}
	ck_assert_int_eq(events(&t, "\"rule_state\":\"removed\""), 1);
	ck_assert_int_eq(events(&t, ""), 5);
	close_bench(&t);
}
END_TEST

START_TEST(a_revision_does_not_change)
{
	struct profile_revision r = { STR("p"), 1, STR("other"), STR("a"),
				      STR("text") };
	struct err e = { 0 };
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 1, "live", TODAY));
	/* signed anew, but under the number of another text */
	put_profile(&t, PROFILE("1", "a", "2027-02-27", CASH), true);
	edition_drop(ck_folder(&t, 2, "draft", TODAY));
	ck_assert_int_eq(profiles_add_revision(t.source.pg, &r, &e), ERR_VALUE);
	ck_assert_ptr_nonnull(strstr(e.text, "raise 'revision:'"));
	close_bench(&t);
}
END_TEST

START_TEST(suspended_stays_so_until_a_higher_revision)
{
	struct edition *ed;
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("2", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 1, "live", TODAY));
	ck_assert_int_eq(change(&t, "suspended", "why"), 2);
	ck_assert_int_eq(change(&t, "suspended", "why"), 2);
	ed = ck_folder(&t, 2, "suspended", TODAY);
	ck_assert_uint_eq(profile_set_nr(ed->profiles), 0);
	ck_assert_uint_eq(ed->nr_resting, 1);
	edition_drop(ed);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 3, "suspended", TODAY));
	put_profile(&t, PROFILE("3", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 4, "live", TODAY));
	close_bench(&t);
}
END_TEST

START_TEST(live_without_an_approval_is_refused)
{
	struct edition *ed = NULL;
	struct err e = { 0 };
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), false);
	edition_drop(ck_folder(&t, 1, "draft", TODAY));
	ck_assert_int_eq(change(&t, "live", NULL), 2); /* past the commands */
	ck_assert_int_eq(edition_load(&ed, &t.source, 2, &e), ERR_INTEGRITY);
	ck_assert_msg(strstr(e.text, "live without approval") &&
			      strstr(e.text, "Art. 6(4)"),
		      "%s", e.text);
	/* replay asks what was, not what may be */
	t.source.approvers = NULL;
	e = (struct err){ 0 };
	ck_assert_int_eq(edition_load(&ed, &t.source, 2, &e), 0);
	edition_drop(ed);
	ck_assert_int_eq(edition_load(&ed, &t.source, 9, &e), ERR_INTEGRITY);
	close_bench(&t);
}
END_TEST

/* So many hits of revision 1 among so many travellers of a day. */
static void put_hits(struct bench *t, int hits, int travellers)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
		 "DELETE FROM pax.hit; DELETE FROM pax.traveller;"
		 "INSERT INTO pax.hit (clock_day, flight_id, traveller_id, "
		 "kind, source, hit_id, revision, score, draft, state) "
		 "SELECT date '2026-11-22', 1, i, 0, 'p', i, 1, 60, false, "
		 "'withdrawn' FROM generate_series(1, %d) i;"
		 "INSERT INTO pax.traveller (clock_day, flight_id, "
		 "traveller_id, sealed) SELECT date '2026-11-22', 1, i, 'x' "
		 "FROM generate_series(1, %d) i",
		 hits, travellers);
	fixture_sql(t->source.pg, sql);
}

/* Look once; the newest version afterwards. */
static int64_t keep_up(struct bench *t, const struct edition *ed,
		       struct date today)
{
	struct upkeep u = { .announced = today };
	struct err e = { 0 };
	int64_t version;

	ck_assert_msg(!upkeep(&u, &t->source, ed, today, &e), "%s", e.text);
	ck_assert_int_eq(profiles_newest(&version, t->source.pg, &e), 0);
	return version;
}

START_TEST(a_budget_is_a_share_of_a_days_travellers)
{
	static const struct {
		int hits, travellers;
		int64_t version;
	} row[] = {
		{ 2, 10, 1 },	/* of 2,000 at least */
		{ 3, 3000, 1 }, /* just the share */
		{ 4, 4000, 1 },
		{ 5, 4999, 2 }, /* one above */
	};
	struct profile_items items;
	struct err e = { 0 };
	struct edition *ed;
	struct bench t;

	open_bench(&t);
	ck_assert_int_eq(partition_ensure(t.source.pg, DAY, &e), 0);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	ed = ck_folder(&t, 1, "live", TODAY);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		put_hits(&t, row[i].hits, row[i].travellers);
		ck_assert_int_eq(keep_up(&t, ed, TODAY), row[i].version);
	}
	/* another engine that looks at the same time makes no version more */
	ck_assert_int_eq(keep_up(&t, ed, TODAY), 2);
	ck_assert_int_eq(profiles_read(&items, t.source.pg, 2, &t.arena, &e),
			 0);
	ck_assert(str_eq(items.item[0].state, STR("suspended")));
	ck_assert(str_find(items.item[0].why, STR("C-817/19, 198")) > 0);
	edition_drop(ed);
	/* another revision begins at nothing */
	put_profile(&t, PROFILE("2", "a", "2027-02-28", CASH), true);
	ed = ck_folder(&t, 3, "live", TODAY);
	ck_assert_int_eq(keep_up(&t, ed, TODAY), 3);
	edition_drop(ed);
	close_bench(&t);
}
END_TEST

START_TEST(the_last_day_is_the_last)
{
	struct edition *ed;
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2026-11-22", CASH), true);
	ed = ck_folder(&t, 1, "live", TODAY);
	ck_assert_int_eq(keep_up(&t, ed, TODAY), 1);
	ck_assert_int_eq(keep_up(&t, ed, (struct date){ 2026, 11, 23 }), 2);
	edition_drop(ed);
	edition_drop(
		ck_folder(&t, 2, "expired", (struct date){ 2026, 11, 23 }));
	close_bench(&t);
}
END_TEST

/* How many lines of this event a look on this day leaves in the log. */
static int64_t told(struct bench *t, const struct edition *ed,
		    const char *event, struct date last, struct date today)
{
	struct upkeep u = { .announced = last };
	struct buf log = { 0 };
	struct err e = { 0 };
	int64_t nr = 0;
	char path[150];
	struct str rest;

	snprintf(path, sizeof(path), "%s/log", t->dir);
	unlink(path);
	ck_assert_int_eq(log_open(path, &e), 0);
	ck_assert_int_eq(upkeep(&u, &t->source, ed, today, &e), 0);
	ck_assert_int_eq(upkeep(&u, &t->source, ed, today, &e), 0); /* once */
	ck_assert_int_eq(log_open(NULL, &e), 0);
	ck_assert_int_eq(buf_read_file(&log, path, 0, &e), 0);
	rest = buf_view(&log);
	while (rest.ptr)
		nr += str_find(str_split(&rest, '\n'), str_of(event)) >= 0;
	buf_release(&log);
	return nr;
}

START_TEST(reviews_are_announced_30_7_and_1_days_ahead)
{
	struct date last = { 2027, 2, 28 };
	struct edition *ed;
	struct bench t;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	ed = ck_folder(&t, 1, "live", TODAY);
	for (int64_t left = 0; left < 40; left++) {
		int64_t day = date_to_days(last) - left;
		bool due = left == 30 || left == 7 || left == 1;

		ck_assert_msg(told(&t, ed, "review-due",
				   date_from_days(day - 1),
				   date_from_days(day)) == due,
			      "%d days", (int)left);
		/* at its start an engine says whatever is near */
		ck_assert_int_eq(told(&t, ed, "review-due", DATE_NONE,
				      date_from_days(day)),
				 left <= 30);
	}
	edition_drop(ed);
	close_bench(&t);
}
END_TEST

/* So many hits of the day were decided, so many of these confirmed. */
static void put_decisions(struct bench *t, int decided, int confirmed)
{
	char sql[600];

	put_hits(t, decided + 1, decided + 1); /* one is still in review */
	snprintf(sql, sizeof(sql),
		 "DELETE FROM pax.review; INSERT INTO pax.review (clock_day, "
		 "flight_id, hit_id, step, review_id, state, reviewer, at, "
		 "seen_revision, seen_score) SELECT date '2026-11-22', 1, i, "
		 "step, i, CASE WHEN step = 1 OR i > %d THEN 'in_review' "
		 "WHEN i > %d THEN 'rejected' ELSE 'confirmed' END, 'r', "
		 "now(), 1, 60 FROM generate_series(1, %d) i, "
		 "generate_series(1, 2) step",
		 decided, confirmed, decided + 1);
	fixture_sql(t->source.pg, sql);
}

START_TEST(few_confirmed_hits_are_told_once_a_day)
{
	static const struct {
		int decided, confirmed, told;
	} row[] = {
		{ 19, 0, 0 },		    /* too few to say */
		{ 20, 0, 1 }, { 20, 1, 0 }, /* just 5 of a hundred */
		{ 40, 1, 1 }, { 100, 5, 0 }, { 101, 5, 1 },
	};
	struct date yesterday = { 2026, 11, 21 };
	struct err e = { 0 };
	struct edition *ed;
	struct bench t;

	open_bench(&t);
	t.config.budget_travellers = 1000000;
	/* no lot is drawn for a second reviewer: rows come again and again */
	fixture_sql(t.source.pg, "UPDATE ref.review_limit SET value = 0 "
				 "WHERE name = 'second_percent'");
	ck_assert_int_eq(partition_ensure(t.source.pg, DAY, &e), 0);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	ed = ck_folder(&t, 1, "live", TODAY);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		put_decisions(&t, row[i].decided, row[i].confirmed);
		ck_assert_msg(told(&t, ed, "profile-precision", yesterday,
				   TODAY) == row[i].told,
			      "row %zu", i);
		ck_assert_int_eq(
			told(&t, ed, "profile-precision", TODAY, TODAY), 0);
	}
	/* ninety days back, and no further */
	ck_assert_int_eq(told(&t, ed, "profile-precision", yesterday,
			      (struct date){ 2027, 2, 20 }),
			 1);
	ck_assert_int_eq(told(&t, ed, "profile-precision", yesterday,
			      (struct date){ 2027, 2, 21 }),
			 0);
	t.config.confirmed_percent = 0;
	ck_assert_int_eq(told(&t, ed, "profile-precision", yesterday, TODAY),
			 0);
	edition_drop(ed);
	close_bench(&t);
}
END_TEST

static void put_test(struct bench *t, bool passed, int days_ago)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "INSERT INTO ops.profile_disparity (text_hash, tested_at, "
		 "first_day, last_day, figures, passed, note) SELECT text_hash,"
		 " now() - interval '%d days', '2026-11-01', '2026-11-22', "
		 "'{}', %s, 'n' FROM ops.profile_revision WHERE revision = 1",
		 days_ago, passed ? "true" : "false");
	fixture_sql(t->source.pg, sql);
}

START_TEST(a_trait_needs_a_test_that_holds)
{
	static const char text[] =
		PROFILE("1", "a", "2027-02-28", "traveller.age < 18");
	struct edition *ed;
	struct bench t;

	open_bench(&t);
	put_profile(&t, text, true);
	edition_drop(ck_folder(&t, 1, "shadow", TODAY));
	put_test(&t, true, 32); /* too old */
	edition_drop(ck_folder(&t, 1, "shadow", TODAY));
	put_test(&t, true, 30);
	ed = ck_folder(&t, 2, "live", TODAY);
	ck_assert_int_eq(keep_up(&t, ed, TODAY), 2);
	put_test(&t, false, 1); /* the newest counts */
	ck_assert_int_eq(keep_up(&t, ed, TODAY), 3);
	edition_drop(ed);
	edition_drop(ck_folder(&t, 3, "shadow", TODAY));
	close_bench(&t);
}
END_TEST

/* The next offsets and versions of partitions 0 to 2. */
static void ck_offsets(struct bench *t, const char *want)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "SELECT (string_agg(part || '@' || next_offset || ':' || "
		 "set_version, ' ' ORDER BY part) = '%s')::int::bigint FROM "
		 "ops.kafka_offset",
		 want);
	ck_assert_msg(fixture_number(t->source.pg, sql) == 1, "not %s", want);
}

static void put_offset(struct bench *t, int32_t part, int64_t next)
{
	struct err e = { 0 };
	int64_t is;

	ck_assert_int_eq(load_offset(&is, t->source.pg, STR("c"), STR("g"),
				     STR("t"), part, next, &e),
			 0);
}

static void take(struct bench *t, int64_t version)
{
	struct err e = { 0 };

	ck_assert_msg(!profiles_take(t->source.pg, STR("c"), STR("g"), STR("t"),
				     version, &e),
		      "%s", e.text);
}

START_TEST(a_version_holds_from_the_offsets_that_are_stored)
{
	struct offset_claim o = { STR("t"), 1, 20, 21 };
	struct store_batch b = { .cluster = STR("c"),
				 .group = STR("g"),
				 .offset = &o,
				 .nr_offset = 1,
				 .set_version = 1 };
	struct profile_where *w;
	struct err e = { 0 };
	struct store *s;
	struct bench t;
	uint32_t nr;

	open_bench(&t);
	put_profile(&t, PROFILE("1", "a", "2027-02-28", CASH), true);
	edition_drop(ck_folder(&t, 1, "live", TODAY));
	ck_assert_int_eq(change(&t, "suspended", "x"), 2);
	s = fixture_store(t.config.database, NULL, NULL);
	put_offset(&t, 0, 10);
	put_offset(&t, 1, 20);
	take(&t, 1);
	ck_offsets(&t, "0@10:1 1@20:1");
	ck_commit(s, &b, STORE_COMMITTED);
	put_offset(&t, 2, 30); /* nobody took it up there yet */
	take(&t, 2);
	take(&t, 1); /* the older one does not come back */
	ck_offsets(&t, "0@10:2 1@21:2 2@30:2");
	/* who works with the old one is fenced; with the new one he is not */
	o.from = 21;
	o.to = 22;
	ck_commit(s, &b, STORE_FENCED);
	b.set_version = 2;
	ck_commit(s, &b, STORE_COMMITTED);
	ck_assert_int_eq(fixture_number(t.source.pg,
					"SELECT count(*) FROM "
					"ops.profile_effect WHERE version = 2 "
					"AND from_offset IN (10, 21, 30)"),
			 3);
	ck_assert_int_eq(profiles_where(&w, &nr, t.source.pg, 2, &t.arena, &e),
			 0);
	ck_assert_uint_eq(nr, 3);
	ck_assert(w[1].from.set && w[1].from.v == 21);
	ck_assert_int_eq(profiles_where(&w, &nr, t.source.pg, 3, &t.arena, &e),
			 0);
	ck_assert(!w[1].from.set);
	store_close(s);
	close_bench(&t);
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		a_folder_is_a_version_once,
		who_signed_decides,
		each_change_is_on_record,
		a_revision_does_not_change,
		suspended_stays_so_until_a_higher_revision,
		live_without_an_approval_is_refused,
		a_budget_is_a_share_of_a_days_travellers,
		the_last_day_is_the_last,
		few_confirmed_hits_are_told_once_a_day,
		reviews_are_announced_30_7_and_1_days_ahead,
		a_trait_needs_a_test_that_holds,
		a_version_holds_from_the_offsets_that_are_stored,
	};

	return fixture_run("edition", test, ARRAY_SIZE(test));
}
