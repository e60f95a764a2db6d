/*
 * t_retention.c - which duty a day has when; links; the key folder when a day
 * is masked
 */
#include "engine/retention.h"
#include "law/keyfile.h"
#include "law/link.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char room[64];
static struct err e;

static const char *path(const char *name)
{
	static char p[8][160];
	static int turn;

	turn = (turn + 1) % 8;
	snprintf(p[turn], sizeof(p[turn]), "%s/%s", room, name);
	return p[turn];
}

static int32_t day(const char *text)
{
	struct date d;

	ck_assert(date_read(str_of(text), &d));
	return (int32_t)date_to_days(d);
}

static struct retention_rules rules(const char *names)
{
	struct config c = { .regime = names, .regimes = "etc/regimes.yaml" };
	struct retention_rules r;

	e = (struct err){ 0 };
	ck_assert_msg(retention_rules_load(&r, &c, &e) == 0, "%s", e.text);
	return r;
}

START_TEST(a_day_falls_due)
{
	static const struct {
		enum retention_stage stage;
		const char *mask_on, *delete_on; /* as stored; NULL: unknown */
		int64_t people, linked;
		const char *today;
		enum retention_act act;
		const char *due;
	} t[] = {
		/* by the regime, whatever is stored; the last of a month */
		{ RETENTION_ACTIVE, NULL, NULL, 0, 0, "2026-09-01",
		  RETENTION_MASK, "2027-02-28" },
		{ RETENTION_ACTIVE, NULL, NULL, 0, 5, "2031-08-30",
		  RETENTION_MASK, "2027-02-28" },
		{ RETENTION_ACTIVE, NULL, NULL, 0, 5, "2031-08-31",
		  RETENTION_DELETE, "2031-08-31" },
		/* what is stored, if that is earlier */
		{ RETENTION_ACTIVE, "2027-01-31", "2031-01-01", 0, 0,
		  "2026-09-01", RETENTION_MASK, "2027-01-31" },
		{ RETENTION_ACTIVE, "2028-01-31", "2032-01-01", 0, 0,
		  "2026-09-01", RETENTION_MASK, "2027-02-28" },
		{ RETENTION_ACTIVE, "2027-01-31", "2027-01-31", 0, 0,
		  "2026-09-01", RETENTION_DELETE, "2027-01-31" },
		{ RETENTION_CLOSED, NULL, NULL, 9, 3, "2027-03-05",
		  RETENTION_FINISH, "2027-03-05" },
		{ RETENTION_MASKED, NULL, "2031-08-31", 3, 3, "2027-03-05",
		  RETENTION_DELETE, "2031-08-31" },
		{ RETENTION_MASKED, NULL, "2031-08-31", 3, 2, "2027-03-05",
		  RETENTION_LAPSED, "2027-03-05" },
		{ RETENTION_MASKED, NULL, "2031-08-31", 3, 2, "2031-08-31",
		  RETENTION_DELETE, "2031-08-31" },
	};
	struct retention_rules r = rules("eu_pnr_2016_681_ljdh");

	ck_assert(r.by_link);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct retention_day d = {
			.day = day("2026-08-31"),
			.stage = t[i].stage,
			.mask_on = t[i].mask_on ? day(t[i].mask_on) : 0,
			.delete_on = t[i].delete_on ? day(t[i].delete_on) : 0,
			.people = { t[i].people, true },
			.linked = t[i].linked,
		};
		struct retention_duty is =
			retention_due(&r, &d, day(t[i].today));

		ck_assert_msg(is.act == t[i].act && is.due == day(t[i].due),
			      "row %zu: %s on day %d", i,
			      retention_act_name(is.act), is.due);
	}
	retention_rules_release(&r);
}
END_TEST

START_TEST(links_are_codes_with_a_day_of_review)
{
	const struct date today = { 2026, 11, 28 };
	const struct period none = { 0, 0 }, half = { 6, 0 };
	char long_one[LINK_REASON_MAX + 2];

	for (size_t i = 0; link_code(i); i++) {
		ck_assert(link_is_known(str_of(link_code(i))));
		ck_assert(*link_help(i));
	}
	ck_assert(!link_is_known(STR("hunch")));
	ck_assert(!link_is_known(STR("")));
	ck_assert(link_is_reason(STR("drugs-case")));
	ck_assert(!link_is_reason(STR("John Doe")));
	ck_assert(!link_is_reason(STR("-x")));
	ck_assert(!link_is_reason(STR_NONE));
	memset(long_one, 'a', sizeof(long_one));
	ck_assert(link_is_reason((struct str){ long_one, LINK_REASON_MAX }));
	ck_assert(
		!link_is_reason((struct str){ long_one, LINK_REASON_MAX + 1 }));
	ck_assert(link_is_case(STR("26-114/A.3_b")));
	ck_assert(!link_is_case(STR("26 114")));
	ck_assert(!link_is_case(STR("")));
	/* tomorrow to twelve months, or less where the regime says so */
	ck_assert(!link_review_is_good(today, today, none));
	ck_assert(link_review_is_good(today, (struct date){ 2026, 11, 29 },
				      none));
	ck_assert(link_review_is_good(today, (struct date){ 2027, 11, 28 },
				      none));
	ck_assert(!link_review_is_good(today, (struct date){ 2027, 11, 29 },
				       none));
	ck_assert(
		link_review_is_good(today, (struct date){ 2027, 5, 28 }, half));
	ck_assert(!link_review_is_good(today, (struct date){ 2027, 5, 29 },
				       half));
}
END_TEST

/* A folder with a day, and two custodians; `dpo` needs `court`. */
static const struct date masked = { 2026, 5, 22 };
static struct key_folder *folder;
static struct key_pair *engine, *court, *dpo;
static struct custodians *register_;

static struct key_pair *custodian(const char *name, const char *with)
{
	struct custodian row = { .name = str_of(name),
				 .from = { 2026, 1, 1 },
				 .until = { 2031, 12, 31 },
				 .with = str_of(with) };
	struct key_pair *pair = NULL;

	ck_assert_msg(custodian_create(&row, path("c.yaml"), path(name),
				       STR_NONE, &e) == 0,
		      "%s", e.text);
	ck_assert_int_eq(custodian_key_load(&pair, path(name), STR_NONE, &e),
			 0);
	return pair;
}

static const uint8_t *scratch(void)
{
	const uint8_t *key;

	e = (struct err){ 0 };
	ck_assert_int_eq(crypt_init(&e), 0);
	snprintf(room, sizeof(room), "/tmp/t_retention.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(room));
	ck_assert_int_eq(mkdir(path("days"), 0700), 0);
	ck_assert_int_eq(key_pair_create(path("e.key"), path("e.pub"), &e), 0);
	ck_assert_int_eq(key_pair_load(&engine, path("e.key"), &e), 0);
	court = custodian("court", NULL);
	dpo = custodian("dpo", "court");
	ck_assert_int_eq(custodians_load(&register_, path("c.yaml"), &e), 0);
	ck_assert_int_eq(key_folder_open(&folder, path("days"), engine, &e), 0);
	key_folder_custodians(folder, register_);
	ck_assert_msg(
		key_folder_day(folder, masked, DAY_KEY_CREATE, &key, &e) == 0,
		"%s", e.text);
	return key;
}

static void clean(void)
{
	char cmd[100];

	key_folder_free(folder);
	custodians_free(register_);
	key_pair_free(engine);
	key_pair_free(court);
	key_pair_free(dpo);
	snprintf(cmd, sizeof(cmd), "rm -rf %s", room);
	ck_assert_int_eq(system(cmd), 0);
}

START_TEST(a_masked_day_has_no_key_in_files_or_memory)
{
	static const uint8_t zeros[CRYPT_KEY_LEN];
	const uint8_t *key = scratch(), *again;
	uint8_t copy[CRYPT_KEY_LEN];
	bool there;
	int64_t files;

	ck_assert_int_eq(key_mask_open(folder, masked, copy, &there, &e), 0);
	ck_assert(there && !memcmp(copy, key, CRYPT_KEY_LEN));
	ck_assert(!key_mask_is_marked(folder, masked));
	/* whoever asks now, is refused, though he knew it */
	ck_assert_int_eq(key_mask_mark(folder, masked, &e), 0);
	ck_assert_int_eq(
		key_folder_day(folder, masked, DAY_KEY_CREATE, &again, &e),
		ERR_LEGAL);
	ck_assert_mem_eq(key, zeros, CRYPT_KEY_LEN);
	e = (struct err){ 0 };
	/* the procedure itself still opens it, to begin anew */
	ck_assert_int_eq(key_mask_open(folder, masked, copy, &there, &e), 0);
	ck_assert(there);
	close(open(path("days/2026-05-22.0123.new"), O_CREAT | O_WRONLY, 0600));
	close(open(path("days/2026-05-23.0123.new"), O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(key_mask_sweep(&files, folder, false, &e), 0);
	ck_assert_int_eq(files, 4); /* .key, two .box, .new; not the 23rd */
	ck_assert_int_eq(key_mask_destroy(folder, masked, &files, &e), 0);
	ck_assert_int_eq(files, 4);
	ck_assert_int_eq(key_mask_destroy(folder, masked, &files, &e), 0);
	ck_assert_int_eq(files, 0);
	ck_assert_int_eq(key_mask_open(folder, masked, copy, &there, &e), 0);
	ck_assert(!there);
	ck_assert(!access(path("days/2026-05-22.masked"), F_OK));
	ck_assert(!access(path("days/2026-05-23.0123.new"), F_OK));
	clean();
}
END_TEST

START_TEST(an_engine_forgets_what_was_masked_beside_it)
{
	static const uint8_t zeros[CRYPT_KEY_LEN];
	const struct date other = { 2026, 5, 23 };
	const uint8_t *key = scratch(), *stays;

	ck_assert_int_eq(
		key_folder_day(folder, other, DAY_KEY_CREATE, &stays, &e), 0);
	key_folder_forget(folder, DATE_NONE);
	ck_assert(memcmp(key, zeros, CRYPT_KEY_LEN));
	close(open(path("days/2026-05-22.masked"), O_CREAT | O_WRONLY, 0600));
	key_folder_forget(folder, DATE_NONE);
	ck_assert_mem_eq(key, zeros, CRYPT_KEY_LEN);
	ck_assert(memcmp(stays, zeros, CRYPT_KEY_LEN));
	clean();
}
END_TEST

static bool unwraps(struct kept_key *k, struct date d, int64_t id,
		    const char *name, const struct key_pair *his,
		    const struct key_pair *others)
{
	uint8_t got[CRYPT_KEY_LEN];
	struct buf file = { 0 };
	bool good;

	ck_assert_int_eq(
		buf_read_file(&file, path("days/2026-05-22.kept"), 0, &e), 0);
	good = key_kept_unwrap(got, buf_view(&file), d, id, str_of(name), his,
			       others);
	if (good)
		ck_assert_mem_eq(got, k->key, CRYPT_KEY_LEN);
	buf_release(&file);
	return good;
}

START_TEST(custodians_alone_open_what_is_kept)
{
	const struct date today = { 2026, 11, 22 }, other = { 2026, 5, 23 };
	struct kept_key k[3] = { { .id = 7 },
				 { .id = -1 },
				 { .id = INT64_MIN } };
	struct arena a = { 0 };
	int64_t *id;
	uint32_t nr;

	(void)scratch();
	for (int i = 0; i < 3; i++)
		crypt_random(k[i].key, CRYPT_KEY_LEN);
	ck_assert(key_kept_has_custodian(folder, today));
	ck_assert(!key_kept_has_custodian(folder, (struct date){ 2032, 1, 1 }));
	ck_assert_int_eq(key_kept_write(folder, masked,
					(struct date){ 2032, 1, 1 }, k, 3, &e),
			 ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(key_kept_write(folder, masked, today, k, 3, &e), 0);
	ck_assert(unwraps(&k[0], masked, 7, "court", court, NULL));
	ck_assert(unwraps(&k[1], masked, -1, "court", court, NULL));
	ck_assert(unwraps(&k[2], masked, INT64_MIN, "dpo", dpo, court));
	ck_assert(!unwraps(&k[2], masked, INT64_MIN, "dpo", dpo, NULL));
	ck_assert(!unwraps(&k[0], masked, 7, "court", engine, NULL));
	ck_assert(!unwraps(&k[0], masked, 7, "court", dpo, NULL));
	ck_assert(!unwraps(&k[0], other, 7, "court", court, NULL));
	ck_assert(!unwraps(&k[0], masked, 8, "court", court, NULL));
	/* one goes, the others stay; then all */
	ck_assert_int_eq(key_kept_remove(folder, masked, &k[1].id, 1, &e), 0);
	ck_assert(!unwraps(&k[1], masked, -1, "court", court, NULL));
	ck_assert(unwraps(&k[2], masked, INT64_MIN, "dpo", dpo, court));
	ck_assert_int_eq(key_kept_list(&id, &nr, folder, masked, &a, &e), 0);
	ck_assert_uint_eq(nr, 2);
	ck_assert(id[0] == 7 && id[1] == INT64_MIN);
	ck_assert_int_eq(key_kept_remove(folder, masked, NULL, 0, &e), 0);
	ck_assert(access(path("days/2026-05-22.kept"), F_OK));
	ck_assert_int_eq(key_kept_remove(folder, masked, NULL, 0, &e), 0);
	ck_assert_int_eq(key_kept_list(&id, &nr, folder, masked, &a, &e), 0);
	ck_assert_uint_eq(nr, 0);
	arena_release(&a);
	clean();
}
END_TEST

UNIT_MAIN("retention", a_day_falls_due, links_are_codes_with_a_day_of_review,
	  a_masked_day_has_no_key_in_files_or_memory,
	  an_engine_forgets_what_was_masked_beside_it,
	  custodians_alone_open_what_is_kept)
