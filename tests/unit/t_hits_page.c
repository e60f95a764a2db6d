/*
 * t_hits_page.c - a hit for people: tests/data/hits/NAME.json and .txt
 *
 * GOLDEN_WRITE=1 in the environment writes the .txt files anew.
 */
#include "tests/unit/unit.h"

#include "tools/hits_match.c"
#include "tools/hits_person.c"
#include "tools/hits_print.c"
#include "tools/hits_profile.c"
#include "tools/hits_sheet.c"
#include "tools/hits_table.c"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN "tests/data/hits/"

static struct buf file_of(const char *path)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	ck_assert_msg(buf_read_file(&b, path, 0, &e) == 0, "%s", e.text);
	return b;
}

static struct json_node *json_of(struct str text)
{
	struct json_node *doc = NULL;
	struct err e = { 0 };

	ck_assert_msg(json_read(&doc, text, &e) == 0, "%s in " STR_FMT, e.text,
		      STR_ARG(text));
	return doc;
}

static struct buf page_of(struct str text)
{
	struct json_node *doc = json_of(text);
	struct buf page = { 0 };

	hits_print_evidence(&page, doc);
	json_node_free(doc);
	return page;
}

START_TEST(pages_are_as_they_were)
{
	glob_t g;

	ck_assert_int_eq(glob(GOLDEN "*.json", 0, NULL, &g), 0);
	ck_assert_uint_ge(g.gl_pathc, 4);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct buf json = file_of(g.gl_pathv[i]), want;
		struct buf got = page_of(buf_view(&json));
		char path[100];

		snprintf(path, sizeof(path), "%.*s.txt",
			 (int)strlen(g.gl_pathv[i]) - 5, g.gl_pathv[i]);
		if (getenv("GOLDEN_WRITE")) {
			FILE *f = fopen(path, "w");

			ck_assert_ptr_nonnull(f);
			fwrite(got.data, 1, got.len, f);
			fclose(f);
		}
		want = file_of(path);
		ck_assert_msg(str_eq(buf_view(&got), buf_view(&want)),
			      "%s is now:\n" STR_FMT, path,
			      STR_ARG(buf_view(&got)));
		buf_release(&json);
		buf_release(&got);
		buf_release(&want);
	}
	globfree(&g);
}
END_TEST

/* What another program, or a wicked one, may put in any place. */
static const char *const strange[] = {
	"\"ODDTEST\"",
	"[\"ODDTEST\"]",
	"[[\"ODDTEST\"]]",
	"[{\"ODDTEST\":1}]",
	"{\"ODDTEST\":1}",
	"{\"x\":{\"y\":[\"\\u001b\\u009b\\nODDTEST\"]}}",
	"{\"surname\":\"ODDTEST\",\"given\":[]}",
};

/* The document with node number `at` replaced; counts *nr nodes. */
static void write_with(struct buf *out, const struct json_node *n, size_t at,
		       const char *with, size_t *nr)
{
	const struct json_node *m;
	const char *key = NULL, *before = "";
	void *iter = NULL;

	if ((*nr)++ == at) {
		buf_z(out, with);
	} else if (json_node_kind(n) == JSON_KIND_OBJECT) {
		buf_z(out, "{");
		while ((m = json_node_next(n, &iter, &key))) {
			buf_fmt(out, "%s\"%s\":", before, key);
			write_with(out, m, at, with, nr);
			before = ",";
		}
		buf_z(out, "}");
	} else if (json_node_kind(n) == JSON_KIND_ARRAY) {
		buf_z(out, "[");
		for (size_t i = 0; i < json_node_nr(n); i++) {
			buf_z(out, i ? "," : "");
			write_with(out, json_node_at(n, i), at, with, nr);
		}
		buf_z(out, "]");
	} else {
		json_node_write(out, n);
	}
}

static bool has_control(const struct buf *b)
{
	for (size_t i = 0; i < b->len; i++) {
		unsigned char c = (unsigned char)b->data[i];

		if ((c < ' ' && c != '\n') || c == 0x7f ||
		    (c == 0xc2 && (unsigned char)b->data[i + 1] < 0xa0))
			return true;
	}
	return false;
}

static size_t nodes_of(const struct json_node *doc)
{
	struct buf text = { 0 };
	size_t nr = 0;

	write_with(&text, doc, SIZE_MAX, "", &nr);
	buf_release(&text);
	return nr;
}

static void check_shown(const struct json_node *doc, size_t at,
			const char *with)
{
	struct buf text = { 0 }, page;
	size_t nr = 0;

	write_with(&text, doc, at, with, &nr);
	page = page_of(buf_view(&text));
	ck_assert_msg(!has_control(&page), "control in\n" STR_FMT,
		      STR_ARG(buf_view(&page)));
	buf_byte(&page, '\0');
	ck_assert_msg(strstr(page.data, "ODDTEST"),
		      "hidden of " STR_FMT ":\n%s", STR_ARG(buf_view(&text)),
		      page.data);
	buf_release(&text);
	buf_release(&page);
}

START_TEST(nothing_in_the_evidence_is_hidden)
{
	static const char *const files[] = { GOLDEN "profile.json",
					     GOLDEN "list.json" };

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct buf json = file_of(files[i]);
		struct json_node *doc = json_of(buf_view(&json));
		size_t nodes = nodes_of(doc);

		ck_assert_uint_gt(nodes, 80);
		for (size_t at = 0; at < nodes; at++)
			for (size_t k = 0; k < ARRAY_SIZE(strange); k++)
				check_shown(doc, at, strange[k]);
		json_node_free(doc);
		buf_release(&json);
	}
}
END_TEST

static void check_line(const struct hit_view *v, struct moment now,
		       const char *word)
{
	struct buf out = { 0 };

	hits_table(&out, v, 1, now);
	buf_byte(&out, '\0');
	ck_assert_msg(strstr(out.data, word), "no '%s' in\n%s", word, out.data);
	buf_release(&out);
}

START_TEST(urgency_is_the_time_to_departure)
{
	static const struct {
		int64_t left;
		const char *word;
	} rows[] = {
		{ -1, " departed  " },
		{ 0, " in 0m  " },
		{ 3599, " in 59m  " },
		{ 3600, " in 1h00m  " },
		{ 48 * 3600 - 1, " in 47h59m  " },
		{ 48 * 3600, " in 2d00h  " },
		{ 90000 * 3, " in 3d03h  " },
	};
	struct moment now = { INT64_C(1800000000), MOMENT_SECOND };
	struct hit_view v = { .hit = { .source = STR("late-cash"),
				       .state = STR("open"),
				       .class = 'B' } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		v.hit.departs_utc =
			(struct moment){ now.s + rows[i].left, MOMENT_MINUTE };
		check_line(&v, now, rows[i].word);
	}
	v.hit.departs_utc = NO_MOMENT;
	check_line(&v, now, " unknown    -  ");
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		pages_are_as_they_were,
		nothing_in_the_evidence_is_hidden,
		urgency_is_the_time_to_departure,
	};

	return unit_run("hits_page", test, ARRAY_SIZE(test));
}
