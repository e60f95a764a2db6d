#include "base/buf.h"
#include "base/json.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static struct json_node *read_ok(const char *text)
{
	struct json_node *doc = NULL;
	struct err e = { 0 };

	ck_assert_msg(json_read(&doc, str_of(text), &e) == 0, "%s: %s", text,
		      e.text);
	return doc;
}

START_TEST(what_was_written_is_read)
{
	struct json_node *doc = read_ok(
		"{\"kind\":\"list\",\"score\":-7,\"draft\":true,\"x\":null,"
		"\"names\":[\"DOE\",\"D\\u00d6E\"],\"share\":0.5}");
	const struct json_node *names = json_node_get(doc, "names");
	int64_t v = 0;

	ck_str_is(json_node_text(json_node_get(doc, "kind")), "list");
	ck_assert(json_node_int(json_node_get(doc, "score"), &v));
	ck_assert_int_eq(v, -7);
	ck_assert(json_node_is_true(json_node_get(doc, "draft")));
	ck_assert_int_eq(json_node_kind(json_node_get(doc, "x")),
			 JSON_KIND_NULL);
	ck_assert_int_eq(json_node_kind(json_node_get(doc, "share")),
			 JSON_KIND_DECIMAL);
	ck_assert_uint_eq(json_node_nr(names), 2);
	ck_str_is(json_node_text(json_node_at(names, 1)), "D\xc3\x96"
							  "E");
	ck_assert_ptr_null(json_node_at(names, 2));
	json_node_free(doc);
}
END_TEST

START_TEST(what_is_not_there_stays_not_there)
{
	struct json_node *doc = read_ok("[]");
	const struct json_node *none = json_node_get(doc, "a");
	const char *key;
	void *iter = NULL;
	int64_t v = 5;

	ck_assert_ptr_null(none);
	ck_assert_ptr_null(json_node_get(json_node_get(none, "b"), "c"));
	ck_assert_ptr_null(json_node_text(none).ptr);
	ck_assert(!json_node_int(none, &v));
	ck_assert(!json_node_int(doc, &v));
	ck_assert_int_eq(v, 5);
	ck_assert(!json_node_is_true(none));
	ck_assert_uint_eq(json_node_nr(none), 0);
	ck_assert_ptr_null(json_node_at(none, 0));
	ck_assert_ptr_null(json_node_next(none, &iter, &key));
	json_node_free(doc);
	json_node_free(NULL);
}
END_TEST

START_TEST(members_come_in_the_order_of_the_text)
{
	struct json_node *doc = read_ok("{\"z\":1,\"a\":2,\"m\":[{\"k\":3}]}");
	const struct json_node *m;
	struct buf b = { 0 };
	const char *key;
	void *iter = NULL;

	while ((m = json_node_next(doc, &iter, &key))) {
		buf_z(&b, key);
		json_node_write(&b, m);
		buf_byte(&b, ' ');
	}
	ck_str_is(buf_view(&b), "z1 a2 m[{\"k\":3}] ");
	buf_release(&b);
	json_node_free(doc);
}
END_TEST

START_TEST(bad_text_is_refused_at_its_byte_and_not_quoted)
{
	static const struct {
		struct str text;
		size_t pos;
	} bad[] = {
		{ STR_INIT(""), 0 },
		{ STR_INIT("{\"surname\":\"DOETEST\""), 20 },
		{ STR_INIT("{\"DOETEST\":1,\"DOETEST\":2}"), 22 },
		{ STR_INIT("[DOETEST]"), 8 },
		{ STR_INIT("[1] DOETEST"), 11 },
		{ STR_INIT("\"DOETEST\xff\""), 8 },
		{ STR_INIT("\"DOETEST\\u0000\""), 15 },
		{ STR_INIT("99999999999999999999"), 20 },
		{ STR_INIT("\0"), 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct json_node *doc = NULL;
		struct err e = { 0 };

		ck_assert_int_eq(json_read(&doc, bad[i].text, &e), ERR_SYNTAX);
		ck_assert_ptr_null(doc);
		ck_assert_msg(!strstr(e.text, "DOETEST"), "%s", e.text);
		ck_assert_msg(e.pos == bad[i].pos, "row %zu: byte %zu", i,
			      e.pos);
	}
}
END_TEST

/* clang-format off */
static const struct {
	const char *text, *key, *value; /* NULL: none */
} skims[] = {
	{ "{\"a\":1,\"b\":2}", "a", "1" },
	{ "{\"a\":1,\"b\":2}", "b", "2" },
	{ "{\"a\":{\"b\":[1,{}]},\"b\":{\"a\":[]}}", "b", "{\"a\":[]}" },
	{ "{\"a\":\"},\\\"b\\\":\\\\\",\"b\":null}", "b", "null" },
	{ "{\"a\":[\"]}\"],\"b\":\"x\"}", "b", "\"x\"" },
	{ "{\"a\":[[],[]]}", "a", "[[],[]]" },
	{ "{\"ab\":1}", "a", NULL },
	{ "{\"a\":1}", "ab", NULL },
	{ "{\"x\":{\"a\":1}}", "a", NULL },
	{ "[\"a\",1]", "a", NULL },
	{ "{ \"a\":1}", "a", NULL },
	{ "{\"a\" :1}", "a", NULL },
	{ "{}", "a", NULL },
	{ "", "a", NULL },
	/* what is broken ends with the text */
	{ "{", "a", NULL },
	{ "{\"a", "a", NULL },
	{ "{\"a\\", "a", NULL },
	{ "{\"a\"", "a", NULL },
	{ "{\"a\":", "a", NULL },
	{ "{\"a\":[{\"", "a", "[{\"" },
	{ "{\"a\":\"\\", "a", "\"\\" },
	{ "{\"a\":}]}", "b", NULL },
};
/* clang-format on */

START_TEST(one_member_is_found_without_the_others)
{
	for (size_t i = 0; i < ARRAY_SIZE(skims); i++) {
		size_t len = strlen(skims[i].text);
		char *text = malloc(len + !len); /* no NUL behind it */
		struct str got;

		memcpy(text, skims[i].text, len);
		got = json_skim((struct str){ text, len }, skims[i].key);
		ck_assert_msg(skims[i].value
				      ? str_eq(got, str_of(skims[i].value))
				      : !got.ptr,
			      "row %zu: " STR_FMT, i, STR_ARG(got));
		free(text);
	}
	ck_assert(!json_skim(STR_NONE, "a").ptr);
}
END_TEST

START_TEST(depth_has_a_limit)
{
	struct json_node *doc = NULL;
	struct err e = { 0 };
	struct buf b = { 0 };

	for (int i = 0; i < 100000; i++)
		buf_byte(&b, '[');
	ck_assert_int_eq(json_read(&doc, buf_view(&b), &e), ERR_SYNTAX);
	buf_release(&b);
}
END_TEST

UNIT_MAIN("json", what_was_written_is_read, what_is_not_there_stays_not_there,
	  one_member_is_found_without_the_others,
	  members_come_in_the_order_of_the_text,
	  bad_text_is_refused_at_its_byte_and_not_quoted, depth_has_a_limit)
