/*
 * The examples of doc/profiles.md: each line of an ```expr block is evaluated
 * and must give what stands behind its #. Those of a ```let block are the
 * definitions for what follows.
 */
#include "base/buf.h"
#include "tests/unit/rules_fixture.h"

#include <string.h>

static void try_error(struct fixture *f, const char *text, struct str part)
{
	struct expr *n;

	ck_assert_msg(fixture_compile(f, text, false, &n) != 0,
		      "%s: should be refused", text);
	ck_assert_msg(str_find(str_of(f->e.text), part) >= 0, "%s: %s", text,
		      f->e.text);
}

static void try_line(struct fixture *f, struct str line)
{
	ptrdiff_t hash = str_find(line, STR(" # "));
	struct str text, want;

	ck_assert_msg(hash > 0, "no result: %.*s", STR_ARG(line));
	text = arena_str(&f->arena, str_trim(str_slice(line, 0, (size_t)hash)));
	want = str_trim(str_slice(line, (size_t)hash + 3, line.len));
	if (str_starts(want, STR("error: ")))
		try_error(f, text.ptr, str_slice(want, 7, want.len));
	else
		ck_assert_msg(
			str_eq(str_of(tri_name(fixture_eval(f, text.ptr))),
			       want),
			"%s: not %.*s", text.ptr, STR_ARG(want));
}

/* What the language has: each stands in an example that gives true. */
static struct construct {
	const char *word;
	bool shown;
} constructs[] = {
	{ " and ", false },
	{ " or ", false },
	{ "not (", false },
	{ " == ", false },
	{ " != ", false },
	{ " < ", false },
	{ " <= ", false },
	{ " > ", false },
	{ " >= ", false },
	{ " in [", false },
	{ " not in [", false },
	{ " between ", false },
	{ " contains ", false },
	{ " starts_with ", false },
	{ " matches /", false },
	{ "/i ", false },
	{ " ends_with ", false },
	{ " not contains ", false },
	{ " not matches ", false },
	{ " not between ", false },
	{ " not starts_with ", false },
	{ " not ends_with ", false },
	{ " + ", false },
	{ " - ", false },
	{ " * ", false },
	{ " / ", false },
	{ "avg(", false },
	{ "distinct(", false },
	{ "known(", false },
	{ "abs(", false },
	{ "rushed and", false },
	{ "any(", false },
	{ "all(", false },
	{ "none(", false },
	{ "count(", false },
	{ "sum(", false },
	{ "min(", false },
	{ "max(", false },
	{ "country(", false },
	/* literals of each type */
	{ " 3", false },
	{ " 23.4", false },
	{ " EUR", false },
	{ "\"", false },
	{ " CA)", false },
	{ " 2026-11-22 ", false },
	{ " 2026-11-22T15:00", false },
	{ " 48h", false },
	{ " CYP", false },
	{ " VIE", false },
	/* where paths begin */
	{ "flight.", false },
	{ "booking.", false },
	{ "traveller.", false },
	{ "message.", false },
	{ "trip.", false },
	{ "co_travellers", false },
	{ "now ", false },
};

/* `name: "expression"` */
static void define(struct fixture *f, struct str line)
{
	static struct arena kept; /* longer than the lines' */
	struct constant *k = arena_alloc(&kept, sizeof(*k));
	struct str text = line, name = str_split(&text, ':');
	struct expr *value, *checked;
	struct check_rules rules = { .arena = &kept,
				     .constants = f->constants };

	text = str_trim(text);
	text = arena_str(&kept, str_slice(text, 1, text.len - 1));
	ck_assert_int_eq(expr_parse(&value, &kept, &f->regexes, text, &f->e),
			 0);
	ck_assert_int_eq(expr_parse(&checked, &kept, &f->regexes, text, &f->e),
			 0);
	ck_assert_msg(expr_check_definition(checked, &rules, &f->e) == 0, "%s",
		      f->e.text);
	k->name = arena_str(&kept, name);
	k->is_definition = true;
	k->value = value;
	k->next = f->constants;
	f->constants = k;
}

static void tick_off(struct str line)
{
	ptrdiff_t hash = str_find(line, STR(" # "));
	struct str text = str_slice(line, 0, (size_t)hash);

	if (!str_ends(line, STR("# true")))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(constructs); i++)
		if (str_find(text, str_of(constructs[i].word)) >= 0)
			constructs[i].shown = true;
}

START_TEST(the_examples_of_the_page_are_true)
{
	struct buf b = { 0 };
	struct fixture f;
	struct str rest;
	bool inside = false, defines = false;
	unsigned nr = 0;

	fixture_init(&f);
	ck_assert_int_eq(buf_read_file(&b, "doc/profiles.md", 0, &f.e), 0);
	rest = buf_view(&b);
	while (rest.ptr) {
		struct str line = str_split(&rest, '\n');

		if (str_starts(line, STR("```"))) {
			inside = str_eq(line, STR("```expr"));
			defines = str_eq(line, STR("```let"));
			continue;
		}
		if (defines)
			define(&f, line);
		if (inside) {
			try_line(&f, line);
			tick_off(line);
			nr++;
		}
	}
	ck_assert_uint_gt(nr, 40);
	for (size_t i = 0; i < ARRAY_SIZE(constructs); i++)
		ck_assert_msg(constructs[i].shown, "no example of '%s'",
			      constructs[i].word);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/doc", the_examples_of_the_page_are_true)
