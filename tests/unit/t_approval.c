/*
 * t_approval.c - who may approve a profile, and which signatures count
 */
#include "law/approval.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROFILE "profile: p\nrevision: 1\n"

static char room[64];
static struct approver_key *key;
static struct approvers *all;

static const char *path(const char *name)
{
	static char p[4][160];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(p[turn], sizeof(p[turn]), "%s/%s", room, name);
	return p[turn];
}

static void put(const char *name, const char *text)
{
	FILE *f = fopen(path(name), "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	ck_assert_int_eq(chmod(path(name), 0600), 0);
}

static struct approver row_of(const char *name)
{
	return (struct approver){ .name = str_of(name),
				  .from = { 2026, 9, 1 },
				  .until = { 2026, 12, 31 } };
}

static int make(const char *name, struct str passphrase, struct err *e)
{
	struct approver a = row_of(name);
	char file[80];

	snprintf(file, sizeof(file), "%s.key", name);
	return approver_create(&a, path("register.yaml"), path(file),
			       passphrase, e);
}

/* A register of two, and the key of the first. */
static void setup(void)
{
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	snprintf(room, sizeof(room), "/tmp/t_approval.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(room));
	ck_assert_msg(!make("first", STR(""), &e), "%s", e.text);
	ck_assert_msg(!make("second", STR("a b c"), &e), "%s", e.text);
	ck_assert_msg(!approver_key_load(&key, path("first.key"), STR(""), &e),
		      "%s", e.text);
	ck_assert_msg(!approvers_load(&all, path("register.yaml"), &e), "%s",
		      e.text);
}

static void teardown(void)
{
	char cmd[100];

	approver_key_free(key);
	approvers_free(all);
	snprintf(cmd, sizeof(cmd), "rm -rf %s", room);
	ck_assert_int_eq(system(cmd), 0);
}

static struct moment on(int month, int day)
{
	struct date d = { 2026, (uint8_t)month, (uint8_t)day };

	return moment_make(d, 10, 0, 0);
}

static struct approval by(const char *name, struct moment at)
{
	struct approval a = { .approver = str_of(name), .signed_at = at };

	approval_sign(&a, key, STR(PROFILE));
	return a;
}

/* It does not count, and the reason holds `says` and the article. */
static void ck_refused(const struct approval *a, struct str author,
		       struct str content, const char *says)
{
	struct err e = { 0 };

	ck_assert_int_eq(approval_check(a, all, author, content, &e),
			 ERR_LEGAL);
	ck_assert_msg(strstr(e.text, says) != NULL, "%s", e.text);
	ck_assert_msg(strstr(e.text, "Art. 6(4)") != NULL, "%s", e.text);
}

START_TEST(a_second_persons_signature_counts)
{
	struct approval a, b;
	struct buf text = { 0 };
	struct err e = { 0 };

	setup();
	a = by("first", on(11, 28));
	approval_write(&text, &a);
	ck_assert_msg(!approval_read(&b, buf_view(&text), &e), "%s", e.text);
	ck_assert_msg(
		!approval_check(&b, all, STR("analyst-07"), STR(PROFILE), &e),
		"%s", e.text);
	buf_release(&text);
	teardown();
}
END_TEST

START_TEST(what_is_signed_cannot_be_changed)
{
	struct approval a;

	setup();
	a = by("first", on(11, 28));
	ck_refused(&a, STR("x"), STR(PROFILE "\n"), "not over this text");
	ck_refused(&a, STR("x"), STR(""), "not over this text");
	for (size_t i = 0; i < sizeof(a.signature) * 8; i += 7) {
		struct approval bad = a;

		bad.signature[i / 8] ^= (uint8_t)(1 << i % 8);
		ck_refused(&bad, STR("x"), STR(PROFILE), "not over this text");
	}
	a.signed_at.s++; /* another time than the one signed */
	ck_refused(&a, STR("x"), STR(PROFILE), "not over this text");
	a = by("first", on(11, 28));
	a.approver = STR("second"); /* another one's name */
	ck_refused(&a, STR("x"), STR(PROFILE), "not over this text");
	teardown();
}
END_TEST

START_TEST(the_author_is_not_the_approver)
{
	struct approval a;

	setup();
	a = by("first", on(11, 28));
	ck_refused(&a, STR("first"), STR(PROFILE), "his own profile");
	ck_refused(&a, STR("FIRST"), STR(PROFILE), "his own profile");
	a = by("third", on(11, 28));
	ck_refused(&a, STR("x"), STR(PROFILE), "no registered approver");
	teardown();
}
END_TEST

START_TEST(a_key_signs_from_its_first_day_to_its_last)
{
	static const struct {
		int month, day;
		bool counts;
	} when[] = { { 8, 31, false }, { 9, 1, true }, { 12, 31, true } };
	struct approval a;
	struct err e = { 0 };

	setup();
	for (size_t i = 0; i < ARRAY_SIZE(when); i++) {
		a = by("first", on(when[i].month, when[i].day));
		if (when[i].counts)
			ck_assert_msg(!approval_check(&a, all, STR("x"),
						      STR(PROFILE), &e),
				      "%s", e.text);
		else
			ck_refused(&a, STR("x"), STR(PROFILE),
				   "not valid on the day");
	}
	a = by("first", on(12, 31));
	a.signed_at.s += SECONDS_PER_DAY;
	approval_sign(&a, key, STR(PROFILE));
	ck_refused(&a, STR("x"), STR(PROFILE), "not valid on the day");
	teardown();
}
END_TEST

START_TEST(a_key_is_its_holders_alone)
{
	struct approver_key *k = NULL;
	struct err e = { 0 };

	setup();
	ck_assert_int_eq(approver_key_load(&k, path("second.key"), STR(""), &e),
			 ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "is locked"));
	e = (struct err){ 0 };
	ck_assert_int_eq(
		approver_key_load(&k, path("second.key"), STR("a b d"), &e),
		ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "passphrase does not open"));
	e = (struct err){ 0 };
	ck_assert_int_eq(
		approver_key_load(&k, path("second.key"), STR("a b c"), &e), 0);
	approver_key_free(k);
	ck_assert_int_eq(chmod(path("first.key"), 0640), 0);
	ck_assert_int_eq(approver_key_load(&k, path("first.key"), STR(""), &e),
			 ERR_USAGE);
	put("first.key", "paxgate-approver-key-1 00\n");
	e = (struct err){ 0 };
	ck_assert_int_eq(approver_key_load(&k, path("first.key"), STR(""), &e),
			 ERR_SYNTAX);
	teardown();
}
END_TEST

START_TEST(a_name_is_registered_once)
{
	struct approver a = row_of("third");
	struct err e = { 0 };

	setup();
	ck_assert_int_eq(make("first", STR(""), &e), ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "stands in register"));
	e = (struct err){ 0 };
	ck_assert_int_eq(make("Third", STR(""), &e), ERR_USAGE);
	a.until = (struct date){ 2026, 8, 31 };
	e = (struct err){ 0 };
	ck_assert_int_eq(approver_create(&a, path("register.yaml"),
					 path("third.key"), STR(""), &e),
			 ERR_USAGE);
	ck_assert_int_ne(access(path("third.key"), F_OK), 0);
	teardown();
}
END_TEST

#define ROW(name, key, from, until) \
	"- {name: " name ", key: " key ", from: " from ", until: " until "}\n"
#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

START_TEST(a_bad_register_is_refused_with_its_place)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "name: x\n", "line 1, column 1: expected a line for each" },
		{ ROW("x", "00", "2026-01-01", "2026-02-01"),
		  "64 hexadecimal digits" },
		{ ROW("x", HEX, "2026-02-01", "2026-01-01"),
		  "last day is before the first" },
		{ ROW("x", HEX, "2026-01-01", "2026-02-01")
			  ROW("x", HEX, "2026-01-01", "2026-02-01"),
		  "line 2, column 3: this approver stands here twice" },
		{ ROW("X", HEX, "2026-01-01", "2026-02-01"), "small letters" },
		{ "- {name: x}\n", "is missing" },
		{ "- {nam: x}\n", "nam" },
	};
	struct approvers *r;

	setup();
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct err e = { 0 };

		put("bad.yaml", bad[i].text);
		ck_assert_int_ne(approvers_load(&r, path("bad.yaml"), &e), 0);
		ck_assert_msg(strstr(e.text, bad[i].says) != NULL, "%s",
			      e.text);
	}
	teardown();
}
END_TEST

START_TEST(no_register_and_an_empty_one_are_nobody)
{
	struct approvers *r;
	struct err e = { 0 };

	setup();
	ck_assert_int_eq(approvers_load(&r, path("none.yaml"), &e), 0);
	ck_assert_ptr_null(approver_find(r, STR("first")));
	approvers_free(r);
	put("empty.yaml", "# nobody yet\n");
	ck_assert_int_eq(approvers_load(&r, path("empty.yaml"), &e), 0);
	approvers_free(r);
	teardown();
}
END_TEST

START_TEST(what_is_no_signature_file_is_refused)
{
	static const char *const bad[] = {
		"",
		"paxgate-approval-2\n",
		"paxgate-approval-1\napprover: first\nsigned: 2026-11-28\n"
		"signature: " HEX HEX "\n", /* no time of day */
		"paxgate-approval-1\napprover: First\n"
		"signed: 2026-11-28T10:00:00Z\nsignature: " HEX HEX "\n",
		"paxgate-approval-1\napprover: first\n"
		"signed: 2026-11-28T10:00:00Z\nsignature: " HEX "\n",
		"paxgate-approval-1\napprover: first\n"
		"signed: 2026-11-28T10:00:00Z\nsignature: " HEX HEX "\nx",
	};
	struct approval a;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct err e = { 0 };

		ck_assert_int_eq(approval_read(&a, str_of(bad[i]), &e),
				 ERR_SYNTAX);
	}
}
END_TEST

UNIT_MAIN("approval", a_second_persons_signature_counts,
	  what_is_signed_cannot_be_changed, the_author_is_not_the_approver,
	  a_key_signs_from_its_first_day_to_its_last,
	  a_key_is_its_holders_alone, a_name_is_registered_once,
	  a_bad_register_is_refused_with_its_place,
	  no_register_and_an_empty_one_are_nobody,
	  what_is_no_signature_file_is_refused)
