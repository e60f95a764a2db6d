#include "tests/unit/unit.h"
#include "web/carriers.h"
#include "web/gzip.h"
#include "web/receipt.h"
#include "web/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the register ---- */

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct err wrong;

static struct carriers *read_text(const char *text)
{
	char path[] = "/tmp/carriers.XXXXXX";
	struct carriers *c = NULL;
	int fd = mkstemp(path);

	wrong = (struct err){ 0 };
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	if (carriers_load(&c, path, &wrong))
		c = NULL;
	unlink(path);
	return c;
}

START_TEST(register_says_what_is_wrong)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
		{ "carriers: oops\n", "one list 'carriers'" },
		{ "airlines: []\n", "one list 'carriers'" },
		{ "carriers:\n  - {carrier: X9}\n", "'name' is missing" },
		{ "carriers:\n  - {carrier: X, name: A, senders: [X], live: "
		  "true, tokens: [" HASH "]}\n",
		  "designator" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, tokens: [pxg_secret]}\n",
		  "kept as its hash" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, certificates: [ab]}\n",
		  "SHA-256" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true}\n",
		  "can not prove" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, tokens: [" HASH "], rate: \"0\"}\n",
		  "1 to 1000000" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, tokens: [" HASH "], rate: \"1000001\"}\n",
		  "1 to 1000000" },
		{ "carriers:\n"
		  "  - {carrier: X9, name: A, senders: [X], live: true, "
		  "tokens: "
		  "[" HASH "]}\n"
		  "  - {carrier: X9, name: B, senders: [X], live: true, "
		  "tokens: "
		  "[" HASH "]}\n",
		  "line 3, column 5: this carrier stands here twice" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, "
		  "tokens: [" HASH "], push: \"http://x9.example/\"}\n",
		  "push is an https URL" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, "
		  "tokens: [" HASH "], push: \"file:///etc/passwd\"}\n",
		  "push is an https URL" },
		{ "carriers:\n  - {carrier: X9, name: A, senders: [X], live: "
		  "true, "
		  "tokens: [" HASH
		  "], push: \"http://127.0.0.1:80@x9.example/\"}\n",
		  "push is an https URL" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		ck_assert_ptr_null(read_text(bad[i].text));
		ck_assert_msg(strstr(wrong.text, bad[i].why) != NULL, "%zu: %s",
			      i, wrong.text);
		ck_assert_ptr_null(strstr(wrong.text, "secret"));
	}
}
END_TEST

static struct carriers *one_with(const char *hash, const char *rate)
{
	char text[600];

	snprintf(text, sizeof(text),
		 "carriers:\n  - {carrier: X9, name: A, senders: [X9, X9B], "
		 "live: true, tokens: [" HASH ", %s], certificates: [" HASH
		 "], rate: \"%s\"}\n",
		 hash, rate);
	return read_text(text);
}

START_TEST(a_token_is_known_by_its_hash)
{
	char token[TOKEN_TEXT + 1], hash[TOKEN_TEXT + 1], last;
	struct carriers *c;
	struct carrier *x9;
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	token_make(token, hash);
	c = one_with(hash, "60");
	ck_assert_msg(c != NULL, "%s", wrong.text);
	x9 = carriers_find(c, STR("X9"));
	ck_assert_ptr_nonnull(x9);
	ck_assert_ptr_eq(carriers_by_token(c, str_of(token)), x9);
	/* the hash itself opens nothing, nor a token with another end */
	ck_assert_ptr_null(carriers_by_token(c, str_of(hash)));
	last = token[strlen(token) - 1];
	token[strlen(token) - 1] = last == '0' ? '1' : '0';
	ck_assert_ptr_null(carriers_by_token(c, str_of(token)));
	ck_assert_ptr_null(carriers_by_token(c, STR("")));
	ck_assert_ptr_null(carriers_by_token(c, STR_NONE));
	ck_assert_ptr_eq(carriers_by_certificate(c, HASH), x9);
	ck_assert_ptr_null(carriers_by_certificate(c, ""));
	ck_assert(carrier_is_sender(x9, STR("X9B")));
	ck_assert(!carrier_is_sender(x9, STR("X9C")));
	ck_assert(!carrier_is_sender(x9, STR_NONE));
	carriers_free(c);
}
END_TEST

START_TEST(rate_is_a_bucket_of_a_minute)
{
	struct carriers *c = one_with(HASH, "60"), *fresh;
	struct carrier *x9 = carriers_find(c, STR("X9"));

	ck_assert_int_eq(carrier_admit(x9, 60, 1000), 0);
	ck_assert_int_gt(carrier_admit(x9, 1, 1000), 0);
	ck_assert_int_eq(carrier_admit(x9, 1, 1001), 0);
	ck_assert_int_gt(carrier_admit(x9, 1, 1001), 0);
	/* what is asked for too early is not taken */
	ck_assert_int_eq(carrier_admit(x9, 10, 1011), 0);
	/* more than a minute's at once: when it is full */
	ck_assert_int_gt(carrier_admit(x9, 100, 1012), 0);
	ck_assert_int_eq(carrier_admit(x9, 100, 1080), 0);
	ck_assert_int_gt(carrier_admit(x9, 1, 1119), 0);
	ck_assert_int_eq(carrier_admit(x9, 1, 1130), 0);
	/* reading the register again makes nobody faster */
	ck_assert_int_gt(carrier_admit(x9, 60, 1131), 0);
	fresh = one_with(HASH, "60");
	carriers_inherit(fresh, c);
	ck_assert_int_gt(
		carrier_admit(carriers_find(fresh, STR("X9")), 60, 1131), 0);
	carriers_free(fresh);
	carriers_free(c);
}
END_TEST

/* ---- packed bodies ---- */

START_TEST(gzip_stops_at_its_limit)
{
	/* printf aaaaaaaaaa | gzip -n, twice: members follow each other */
	static const unsigned char one[] = { 0x1f, 0x8b, 8,    0,    0,	   0,
					     0,	   0,	 0,    3,    0x4b, 0x4c,
					     0x84, 0x01, 0x00, 0xf0, 0xcd, 0x11,
					     0x4c, 0x0a, 0,    0,    0 };
	char two[2 * sizeof(one)];
	struct str packed = { two, sizeof(two) };

	memcpy(two, one, sizeof(one));
	memcpy(two + sizeof(one), one, sizeof(one));
	for (size_t most = 18; most <= 22; most++) {
		struct buf out = { 0 };
		struct err e = { 0 };
		int rc = gzip_open(&out, packed, most, &e);

		ck_assert_int_eq(rc, most < 20 ? ERR_LIMIT : 0);
		if (rc == 0)
			ck_assert(str_eq(buf_view(&out),
					 STR("aaaaaaaaaaaaaaaaaaaa")));
		buf_release(&out);
	}
	for (size_t cut = 0; cut < sizeof(one); cut++) {
		struct buf out = { 0 };
		struct err e = { 0 };

		ck_assert_int_eq(
			gzip_open(&out, str_slice(packed, 0, cut), 99, &e),
			ERR_SYNTAX);
		buf_release(&out);
	}
}
END_TEST

/* ---- statuses ---- */

static struct str key_of(struct arena *a, unsigned n, const char *owner)
{
	return arena_fmt(a, "%08x%056x%s", n * 2654435761u, n, owner);
}

static struct str ask(struct statuses *s, struct arena *a, unsigned n,
		      const char *carrier)
{
	return statuses_find(s, str_of(carrier),
			     str_slice(key_of(a, n, ""), 0, 32), a);
}

START_TEST(a_status_is_its_owners)
{
	enum { MOST = 50, MANY = 500 };
	struct statuses *s;
	struct arena a = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(statuses_new(&s, MOST, &e), 0);
	for (unsigned i = 0; i < MANY; i++) {
		statuses_note(s, key_of(&a, i, "/X9"), STR("{}"));
		if (i % 2)
			statuses_note(s, key_of(&a, i, ""), STR("{\"n\":1}"));
		if (i % 3 == 0)
			statuses_note(s, key_of(&a, i, "/Y0"), STR("{}"));
	}
	for (unsigned i = 0; i < MANY; i++) {
		bool there = i >= MANY - MOST;

		ck_assert_int_eq(ask(s, &a, i, "X9").ptr != NULL, there);
		ck_assert_int_eq(ask(s, &a, i, "Y0").ptr != NULL,
				 there && i % 3 == 0);
		ck_assert_ptr_null(ask(s, &a, i, "Z7").ptr);
		if (there && i % 2)
			ck_assert(
				str_eq(ask(s, &a, i, "X9"), STR("{\"n\":1}")));
		else if (there)
			ck_assert(str_empty(ask(s, &a, i, "X9")));
	}
	/* what is no record of ours */
	statuses_note(s, STR("short"), STR("{}"));
	statuses_note(s, key_of(&a, 1, "/"), STR("{}"));
	statuses_note(s, key_of(&a, 1, "/X9LONG"), STR("{}"));
	ck_assert_ptr_null(ask(s, &a, 1, "X9").ptr);
	ck_assert_ptr_null(statuses_find(s, STR("X9"), STR(""), &a).ptr);
	statuses_free(s);
	arena_release(&a);
}
END_TEST

/* What there is to push to these carriers, as "X9 17,Y0 17,". */
static void due(char *text, size_t room, struct statuses *s, struct arena *a)
{
	static const struct str pushed_to[] = { STR("X9"), STR("Y0") };
	struct status_due d;
	uint32_t at = 0;

	text[0] = 0;
	while (statuses_due(&d, s, &at, pushed_to, ARRAY_SIZE(pushed_to), a))
		snprintf(text + strlen(text), room - strlen(text),
			 STR_FMT " " STR_FMT ",", STR_ARG(*d.carrier),
			 STR_ARG(d.json));
}

#define DUE(want)                               \
	do {                                    \
		due(text, sizeof(text), s, &a); \
		ck_assert_str_eq(text, want);   \
	} while (0)

START_TEST(a_carrier_is_told_once_of_each_state)
{
	static const struct str x9 = STR("X9");
	struct statuses *s;
	struct arena a = { 0 };
	struct status_due d;
	struct err e = { 0 };
	char text[200];
	uint32_t at = 0;

	ck_assert_int_eq(crypt_init(&e), 0);
	ck_assert_int_eq(statuses_new(&s, 8, &e), 0);
	statuses_note(s, key_of(&a, 1, "/X9"), STR("{}"));
	DUE(""); /* the engine has said nothing yet */
	statuses_note(s, key_of(&a, 1, ""), STR("1"));
	statuses_note(s, key_of(&a, 2, ""), STR("2"));
	DUE("X9 1,"); /* of 2 it is not known who handed it in */
	statuses_note(s, key_of(&a, 2, "/Z7"), STR("{}"));
	DUE("X9 1,");
	ck_assert(statuses_due(&d, s, &at, &x9, 1, &a));
	ck_assert(str_eq(d.key, key_of(&a, 1, "/X9")));
	ck_assert_int_eq(strncmp(d.digits, key_of(&a, 1, "").ptr, 32), 0);
	statuses_note(s, d.key, d.told);
	DUE("");
	/* the same word again is no news, another one is */
	statuses_note(s, key_of(&a, 1, ""), STR("1"));
	DUE("");
	statuses_note(s, key_of(&a, 1, ""), STR("3"));
	DUE("X9 3,");
	/* what one was told another was not */
	statuses_note(s, d.key, d.told);
	statuses_note(s, key_of(&a, 1, ""), STR("1"));
	statuses_note(s, key_of(&a, 1, "/Y0"), STR("{}"));
	DUE("Y0 1,");
	/* handed in anew, told anew */
	statuses_note(s, key_of(&a, 1, "/X9"), STR("{}"));
	DUE("X9 1,");
	statuses_free(s);
	arena_release(&a);
}
END_TEST

START_TEST(who_does_not_answer_is_waited_with)
{
	struct carriers *c = one_with(HASH, "60"), *fresh;
	struct carrier *x9 = carriers_find(c, STR("X9"));

	carrier_push_failed(x9, 1000);
	ck_assert_double_eq(x9->push_at, 1001);
	carrier_push_failed(x9, 1001);
	ck_assert_double_eq(x9->push_at, 1003);
	for (int i = 0; i < 20; i++)
		carrier_push_failed(x9, 2000);
	ck_assert_double_eq(x9->push_at, 2300);
	fresh = one_with(HASH, "60"); /* the register is read again */
	carriers_inherit(fresh, c);
	ck_assert_double_eq(carriers_find(fresh, STR("X9"))->push_at, 2300);
	carrier_pushed(x9);
	carrier_push_failed(x9, 3000);
	ck_assert_double_eq(x9->push_at, 3001);
	carriers_free(c);
	carriers_free(fresh);
}
END_TEST

/* ---- receipts ---- */

#define LIST(ref)                                                           \
	"UNB+UNOA:4+X9+PIU+261114:0915+" ref "'UNH+1+PAXLST:D:05B:UN:IATA'" \
	"BGM+745'TDT+20+X9417'LOC+125+CMN'DTM+189:2611140730:201'"          \
	"LOC+87+BRU'NAD+FL+++DOE:JOHN'UNT+8+1'UNZ+1+" ref "'"

static uint32_t make(struct receipt **list, struct str body, uint32_t most,
		     size_t longest, struct arena *a)
{
	struct parse_limits limits = { longest };
	uint32_t nr = 0;

	wrong = (struct err){ 0 };
	return receipts_make(list, &nr, most, body, &limits, a, &wrong) ? 0
									: nr;
}

START_TEST(one_receipt_for_one_interchange)
{
	struct str one = STR(LIST("A1")), pair = STR(LIST("A1") LIST("A2"));
	struct str wrapped =
		STR("QU PIUXXXX\r\n.HDQRMX9 141215\r\n\002" LIST("A1") "\003");
	struct receipt *r, *p;
	struct arena a = { 0 };

	ck_assert_uint_eq(make(&r, one, 10, 10000, &a), 1);
	ck_assert(str_eq(r[0].bytes, one));
	ck_assert(str_eq(r[0].sender, STR("X9")));
	ck_assert(!r[0].test);
	ck_assert_uint_eq(make(&p, pair, 10, 10000, &a), 2);
	ck_assert_str_eq(p[0].hash, r[0].hash);
	ck_assert_str_ne(p[1].hash, r[0].hash);
	ck_assert_uint_eq(p[0].bytes.len + p[1].bytes.len, pair.len);
	ck_assert_uint_eq(make(&p, wrapped, 10, 10000, &a), 1);
	ck_assert(str_eq(p[0].bytes, wrapped));
	/* limits: at, above */
	ck_assert_uint_eq(make(&p, pair, 2, one.len, &a), 2);
	ck_assert_uint_eq(make(&p, pair, 2, one.len - 1, &a), 0);
	ck_assert_int_eq(wrong.code, ERR_LIMIT);
	ck_assert_uint_eq(make(&p, pair, 1, one.len, &a), 0);
	ck_assert_int_eq(wrong.code, ERR_LIMIT);
	ck_assert_uint_eq(make(&p, STR("nothing"), 2, 100, &a), 0);
	ck_assert_int_eq(wrong.code, ERR_SYNTAX);
	arena_release(&a);
}
END_TEST

START_TEST(a_report_names_the_segment)
{
	struct str bad = STR("UNB+UNOA:4+X9+PIU+261114:0915+A1'UNH+1+PAXLST:D:"
			     "05B:UN:IATA'BGM+745'TDT+20+X9417'LOC+125+CMN'"
			     "DTM+189:2611140730:201'LOC+87+BRU'NAD+FL+++DOE:"
			     "JOHN'UNT+9+1'UNZ+1+A1'");
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct receipt *r;
	struct json j;

	ck_assert_uint_eq(make(&r, STR(LIST("A1")), 1, 10000, &a), 1);
	json_init(&j, &out);
	receipt_write_report(&j, r, &a);
	ck_assert_msg(receipt_is_clean(r), "%.*s", (int)out.len, out.data);
	buf_clear(&out);
	ck_assert_uint_eq(make(&r, bad, 1, 10000, &a), 1);
	ck_assert(!receipt_is_clean(r));
	json_init(&j, &out);
	receipt_write_report(&j, r, &a);
	ck_assert_msg(
		str_find(buf_view(&out), STR("\"code\":\"unt-count\"")) > 0 &&
			str_find(buf_view(&out),
				 STR("\"segment\":9,\"tag\":\"UNT\"")) > 0,
		"%.*s", (int)out.len, out.data);
	ck_assert(str_find(buf_view(&out), STR("DOE")) < 0);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("gateway", register_says_what_is_wrong, a_token_is_known_by_its_hash,
	  rate_is_a_bucket_of_a_minute, gzip_stops_at_its_limit,
	  a_status_is_its_owners, a_carrier_is_told_once_of_each_state,
	  who_does_not_answer_is_waited_with, one_receipt_for_one_interchange,
	  a_report_names_the_segment)
