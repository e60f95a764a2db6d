/*
 * t_custodian.c - custodians' wraps of day keys, and the engine's next pair
 */
#include "law/custodian.h"
#include "law/keyfolder.h"
#include "law/keyrotate.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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

static void scratch(void)
{
	e = (struct err){ 0 };
	ck_assert_int_eq(crypt_init(&e), 0);
	snprintf(room, sizeof(room), "/tmp/t_custodian.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(room));
	ck_assert_int_eq(mkdir(path("days"), 0700), 0);
	ck_assert_int_eq(key_pair_create(path("e.key"), path("e.pub"), &e), 0);
}

static void clean(void)
{
	char cmd[100];

	snprintf(cmd, sizeof(cmd), "rm -rf %s", room);
	ck_assert_int_eq(system(cmd), 0);
}

static const struct date today = { 2026, 11, 28 };

static int make(const char *name, const char *with, const char *words)
{
	struct custodian row = { .name = str_of(name),
				 .from = { 2026, 1, 1 },
				 .until = { 2026, 12, 31 },
				 .with = str_of(with) };

	e = (struct err){ 0 };
	return custodian_create(&row, path("c.yaml"), path(name),
				str_of(words ? words : ""), &e);
}

static struct key_pair *load(const char *name, const char *words)
{
	struct key_pair *pair = NULL;

	ck_assert_msg(custodian_key_load(&pair, path(name),
					 str_of(words ? words : ""), &e) == 0,
		      "%s", e.text);
	return pair;
}

/* Ask for a day as the engine does; the key, copied. */
static void engine_day(uint8_t key[CRYPT_KEY_LEN], struct date day)
{
	struct custodians *c = NULL;
	struct key_folder *kf = NULL;
	struct key_pair *pair = NULL;
	const uint8_t *k = NULL;

	ck_assert_int_eq(key_pair_load(&pair, path("e.key"), &e), 0);
	ck_assert_int_eq(key_folder_open(&kf, path("days"), pair, &e), 0);
	ck_assert_msg(custodians_load(&c, path("c.yaml"), &e) == 0, "%s",
		      e.text);
	key_folder_custodians(kf, c);
	ck_assert_msg(key_folder_day(kf, day, DAY_KEY_CREATE, &k, &e) == 0,
		      "%s", e.text);
	memcpy(key, k, CRYPT_KEY_LEN);
	key_folder_free(kf);
	key_pair_free(pair);
	custodians_free(c);
}

static bool opens(uint8_t key[CRYPT_KEY_LEN], const char *file, struct date day,
		  const struct key_pair *his, const struct key_pair *others)
{
	struct buf b = { 0 };
	bool good;

	ck_assert_msg(buf_read_file(&b, path(file), 0, &e) == 0, "%s", e.text);
	good = key_folder_unwrap(key, day, buf_view(&b), his, others);
	buf_release(&b);
	return good;
}

START_TEST(a_day_is_wrapped_for_each_custodian)
{
	uint8_t key[CRYPT_KEY_LEN], got[CRYPT_KEY_LEN];
	struct key_pair *court, *dpo, *deputy;

	scratch();
	ck_assert_int_eq(make("court", NULL, "a court's words"), 0);
	ck_assert_int_eq(make("deputy", NULL, NULL), 0);
	ck_assert_int_eq(make("dpo", "deputy", NULL), 0);
	engine_day(key, today);
	court = load("court", "a court's words");
	dpo = load("dpo", NULL);
	deputy = load("deputy", NULL);

	/* alone */
	ck_assert(opens(got, "days/2026-11-28.court.box", today, court, NULL));
	ck_assert_mem_eq(got, key, CRYPT_KEY_LEN);
	ck_assert(!opens(got, "days/2026-11-28.court.box", today, dpo, NULL));
	/* nested: both, in this order, and neither alone */
	memset(got, 0, sizeof(got));
	ck_assert(opens(got, "days/2026-11-28.dpo.box", today, dpo, deputy));
	ck_assert_mem_eq(got, key, CRYPT_KEY_LEN);
	ck_assert(!opens(got, "days/2026-11-28.dpo.box", today, dpo, NULL));
	ck_assert(!opens(got, "days/2026-11-28.dpo.box", today, deputy, NULL));
	ck_assert(!opens(got, "days/2026-11-28.dpo.box", today, deputy, dpo));
	ck_assert(!opens(got, "days/2026-11-28.dpo.box", today, dpo, court));
	/* another day's wrap */
	engine_day(got, (struct date){ 2026, 11, 29 });
	ck_assert(!opens(got, "days/2026-11-29.court.box", today, court, NULL));
	/* who is none on the day gets none */
	engine_day(got, (struct date){ 2027, 1, 1 });
	ck_assert_int_ne(access(path("days/2027-01-01.court.box"), F_OK), 0);
	engine_day(got, (struct date){ 2026, 12, 31 });
	ck_assert_int_eq(access(path("days/2026-12-31.court.box"), F_OK), 0);
	key_pair_free(court);
	key_pair_free(dpo);
	key_pair_free(deputy);
	clean();
}
END_TEST

START_TEST(a_wrap_that_lacks_is_made)
{
	uint8_t key[CRYPT_KEY_LEN], again[CRYPT_KEY_LEN];
	struct key_rewrap done;
	struct custodians *c = NULL;
	struct key_folder *kf = NULL;
	struct key_pair *pair = NULL, *late;

	scratch();
	ck_assert_int_eq(make("court", NULL, NULL), 0);
	engine_day(key, today);
	/* an engine that died in between */
	ck_assert_int_eq(unlink(path("days/2026-11-28.court.box")), 0);
	engine_day(again, today);
	ck_assert_mem_eq(again, key, CRYPT_KEY_LEN);
	ck_assert_int_eq(access(path("days/2026-11-28.court.box"), F_OK), 0);
	/* one who came later */
	ck_assert_int_eq(make("late", NULL, NULL), 0);
	ck_assert_int_eq(key_pair_load(&pair, path("e.key"), &e), 0);
	ck_assert_int_eq(key_folder_open(&kf, path("days"), pair, &e), 0);
	ck_assert_int_eq(custodians_load(&c, path("c.yaml"), &e), 0);
	key_folder_custodians(kf, c);
	ck_assert_int_eq(key_folder_rewrap(kf, &done, &e), 0);
	ck_assert_int_eq(done.days, 0);
	ck_assert_int_eq(done.wraps, 1);
	late = load("late", NULL);
	ck_assert(opens(again, "days/2026-11-28.late.box", today, late, NULL));
	ck_assert_mem_eq(again, key, CRYPT_KEY_LEN);
	key_pair_free(late);
	key_folder_free(kf);
	key_pair_free(pair);
	custodians_free(c);
	clean();
}
END_TEST

START_TEST(registers_that_are_wrong_are_refused)
{
	static const struct {
		const char *text, *says;
	} row[] = {
		{ "- {name: Court, key: K, from: 2026-01-01, until: "
		  "2026-12-31}",
		  "small letters" },
		{ "- {name: a, key: 12, from: 2026-01-01, until: 2026-12-31}",
		  "64 hexadecimal" },
		{ "- {name: a, key: K, from: 2026-01-01, until: 2025-12-31}",
		  "last day is before" },
		{ "- {name: a, key: K, from: 2026-01-01, until: 2026-12-31, "
		  "with: a}",
		  "name another one" },
		{ "- {name: a, key: K, from: 2026-01-01, until: 2026-12-31, "
		  "with: b}",
		  "name another one" },
		{ "- {name: a, key: K, from: 2026-01-01, until: 2026-12-31}\n"
		  "- {name: a, key: K, from: 2026-01-01, until: 2026-12-31}",
		  "twice" },
		{ "name: a", "a line for each" },
	};
	static const char key[] = "00112233445566778899aabbccddeeff"
				  "00112233445566778899aabbccddeeff";

	scratch();
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct custodians *c = NULL;
		FILE *f = fopen(path("c.yaml"), "w");

		for (const char *p = row[i].text; *p; p++)
			if (p[0] == 'K')
				fputs(key, f);
			else
				fputc(*p, f);
		fclose(f);
		e = (struct err){ 0 };
		ck_assert_int_lt(custodians_load(&c, path("c.yaml"), &e), 0);
		ck_assert_msg(strstr(e.text, row[i].says), "%s", e.text);
	}
	unlink(path("c.yaml"));
	ck_assert_int_eq(make("court", NULL, NULL), 0);
	ck_assert_int_eq(make("court", NULL, NULL), ERR_USAGE);
	ck_assert_int_eq(make("dpo", "nobody", NULL), ERR_USAGE);
	ck_assert_int_eq(make("../x", NULL, NULL), ERR_USAGE);
	clean();
}
END_TEST

START_TEST(a_locked_key_opens_with_its_words_only)
{
	struct key_pair *pair = NULL;

	scratch();
	ck_assert_int_eq(make("dpo", NULL, "right words"), 0);
	ck_assert_int_eq(
		custodian_key_load(&pair, path("dpo"), STR("wrong words"), &e),
		ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(custodian_key_load(&pair, path("dpo"), STR(""), &e),
			 ERR_USAGE);
	e = (struct err){ 0 };
	key_pair_free(load("dpo", "right words"));
	clean();
}
END_TEST

/* A payload for the pair of e.pub. */
static void seal(struct buf *out)
{
	uint8_t key[CRYPT_KEY_LEN];

	buf_clear(out);
	ck_assert_int_eq(key_public_load(key, path("e.pub"), &e), 0);
	crypt_seal_payload(out, key, STR("payload"));
}

static bool opens_payload(const struct buf *sealed)
{
	struct key_pair *pair = NULL;
	struct buf plain = { 0 };
	struct err no = { 0 };
	bool good;

	ck_assert_int_eq(key_pair_load(&pair, path("e.key"), &e), 0);
	good = !crypt_open_payload(&plain, pair, buf_view(sealed), &no);
	buf_release(&plain);
	key_pair_free(pair);
	return good;
}

static void rewrap(int64_t days)
{
	struct key_folder *kf = NULL;
	struct key_pair *pair = NULL;
	struct key_rewrap done;

	ck_assert_int_eq(key_pair_load(&pair, path("e.key"), &e), 0);
	ck_assert_int_eq(key_folder_open(&kf, path("days"), pair, &e), 0);
	ck_assert_msg(key_folder_rewrap(kf, &done, &e) == 0, "%s", e.text);
	ck_assert_int_eq(done.days, days);
	key_folder_free(kf);
	key_pair_free(pair);
}

START_TEST(a_rotated_pair_opens_all_there_was)
{
	uint8_t key[CRYPT_KEY_LEN], got[CRYPT_KEY_LEN];
	struct buf before = { 0 }, after = { 0 };

	scratch();
	engine_day(key, today);
	seal(&before);
	ck_assert_msg(key_pair_rotate(path("e.key"), path("e.pub"), &e) == 0,
		      "%s", e.text);
	seal(&after);
	ck_assert(opens_payload(&before));
	ck_assert(opens_payload(&after));
	engine_day(got, today); /* not wrapped anew yet */
	ck_assert_mem_eq(got, key, CRYPT_KEY_LEN);
	rewrap(1);
	rewrap(0);
	ck_assert_int_eq(key_pair_rotate(path("e.key"), path("e.pub"), &e),
			 ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(key_pair_retire(path("e.key"), &e), 0);
	ck_assert_int_eq(access(path("e.key.old"), F_OK), -1);
	ck_assert(!opens_payload(&before));
	ck_assert(opens_payload(&after));
	engine_day(got, today);
	ck_assert_mem_eq(got, key, CRYPT_KEY_LEN);
	ck_assert_int_eq(key_pair_retire(path("e.key"), &e), ERR_USAGE);
	buf_release(&before);
	buf_release(&after);
	clean();
}
END_TEST

/* Wherever it was cut short, the next call ends it. */
START_TEST(a_rotation_goes_on_where_it_ended)
{
	for (int cut = 0; cut < 3; cut++) {
		struct buf before = { 0 }, after = { 0 };

		scratch();
		seal(&before);
		/* the new pair is there; the old one has two names; ... */
		ck_assert_int_eq(key_pair_create(path("e.key.next"),
						 path("e.pub.next"), &e),
				 0);
		if (cut > 0)
			ck_assert_int_eq(link(path("e.key"), path("e.key.old")),
					 0);
		if (cut > 1)
			ck_assert_int_eq(
				rename(path("e.key.next"), path("e.key")), 0);
		ck_assert_msg(
			key_pair_rotate(path("e.key"), path("e.pub"), &e) == 0,
			"cut %d: %s", cut, e.text);
		seal(&after);
		ck_assert(opens_payload(&before));
		ck_assert(opens_payload(&after));
		ck_assert_int_eq(access(path("e.key.next"), F_OK), -1);
		ck_assert_int_eq(access(path("e.pub.next"), F_OK), -1);
		ck_assert_int_eq(key_pair_retire(path("e.key"), &e), 0);
		ck_assert(!opens_payload(&before));
		ck_assert(opens_payload(&after));
		buf_release(&before);
		buf_release(&after);
		clean();
	}
}
END_TEST

START_TEST(who_has_a_key_leaves_no_core)
{
	struct key_pair *pair = NULL;
	struct rlimit core;

	scratch();
	ck_assert_int_eq(key_pair_load(&pair, path("e.key"), &e), 0);
	ck_assert_int_eq(getrlimit(RLIMIT_CORE, &core), 0);
	ck_assert_int_eq(core.rlim_cur, 0);
	ck_assert_int_eq(core.rlim_max, 0);
#ifndef __SANITIZE_ADDRESS__
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE), 0);
#endif
	key_pair_free(pair);
	clean();
}
END_TEST

UNIT_MAIN("custodian", a_day_is_wrapped_for_each_custodian,
	  a_wrap_that_lacks_is_made, registers_that_are_wrong_are_refused,
	  a_locked_key_opens_with_its_words_only,
	  a_rotated_pair_opens_all_there_was, a_rotation_goes_on_where_it_ended,
	  who_has_a_key_leaves_no_core)
