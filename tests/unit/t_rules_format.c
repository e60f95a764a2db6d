/*
 * A profile's one form: it says what the file says, keeps its comments, and
 * does not change when it is formatted again.
 */
#include "rules/folder.h"
#include "rules/format.h"
#include "tests/unit/rules_random.h"
#include "tests/unit/rules_same.h"

#include <stdio.h>

enum { SHAKES = 400 };

static const char *const row[][2] = {
	/* keys in their order, quotes, conditions */
	{ "threshold: 60\nprofile: 'a'\nincriminating:\n"
	  "- {when: \"a==1\", points: +5, id: x}\n",
	  "profile: a\nincriminating:\n  - id: x\n    points: +5\n"
	  "    when: 'a == 1'\nthreshold: 60\n" },
	/* a comment keeps what it speaks of, wherever that goes */
	{ "# top\nthreshold: 60 # enough\n\n# of the name\nprofile: a\n# end\n",
	  "# of the name\nprofile: a\n# top\nthreshold: 60  # enough\n# "
	  "end\n" },
	{ "incriminating: # against\n  # first\n  - # odd\n    points: 1 # "
	  "one\n"
	  "    # name\n    id: x # is x\n",
	  "incriminating:  # against\n  # first\n  # odd\n  # name\n"
	  "  - id: x  # is x\n    points: 1  # one\n" },
	/* a '#' in a text is none */
	{ "title: \"a # b\"\npurpose: {basis: 'x #1'} # c\n",
	  "title: \"a # b\"\npurpose:\n  basis: \"x #1\"  # c\n" },
	{ "incriminating:\n  - when: > # why so\n      a == \"#\"\n      # b\n"
	  "    id: x\n",
	  NULL },
	/* long conditions break at their topmost and, comments stay behind */
	{ "incriminating:\n- when: 'aaaaaaaaaaaaaaaaaaaaaaaa == 1 and "
	  "bbbbbbbbbbbbbbbbbbbbbbbbbbb == 2 and c == 3' # x\n",
	  "incriminating:\n  - when: >-  # x\n"
	  "      aaaaaaaaaaaaaaaaaaaaaaaa == 1\n"
	  "      and bbbbbbbbbbbbbbbbbbbbbbbbbbb == 2\n"
	  "      and c == 3\n" },
	/* what YAML needs quotes for */
	{ "title: 'a: b'\nconstants: {x: '\"A\"', y: [A, 'B,C'], z: -3}\n",
	  "title: \"a: b\"\nconstants:\n  x: \"\\\"A\\\"\"\n"
	  "  y: [A, \"B,C\"]\n  z: -3\n" },
	{ "title: \"\\x01\\u2028\\n\xc3\xa9\"\n",
	  "title: \"\\x01\\u2028\\n\xc3\xa9\"\n" },
	{ "incriminating:\n- when: 'a == \"it''s\"'\n",
	  "incriminating:\n  - when: 'a == \"it''s\"'\n" },
	/* what it does not know stands behind the rest, on one line */
	{ "odd:\n  - a\n  - b: c\nprofile: a\npurpose: [1]\n",
	  "profile: a\npurpose: [1]\nodd: [a, {b: c}]\n" },
	{ "exonerating: []\npurpose: {}\n", "purpose: {}\nexonerating: []\n" },
	/* not YAML; no condition */
	{ "a: [\n", NULL },
	{ "incriminating:\n- when: 'a ==='\n", NULL },
	{ "- a\n", NULL },
};

/* Returns false when it is refused. */
static bool format(struct buf *out, struct str text)
{
	struct arena a = { 0 };
	struct faults faults = { .arena = &a };
	bool ok;

	buf_clear(out);
	ok = profile_format(out, text, &faults) == 0;
	ck_assert_int_eq(ok, faults.nr == 0);
	arena_release(&a);
	return ok;
}

START_TEST(it_has_one_form)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		bool ok = format(&b, str_of(row[i][0]));

		ck_assert_msg(ok == (row[i][1] != NULL), "row %zu", i);
		if (ok)
			ck_str_is(buf_view(&b), row[i][1]);
	}
	buf_release(&b);
}
END_TEST

/* What the profile says, or nothing when it has faults. */
static void read_as_bytes(struct buf *out, const char *file, struct str text)
{
	struct arena a = { 0 };
	struct regex *regexes = NULL;
	struct offences *o = NULL;
	struct named_lists *lists = NULL;
	struct faults faults = { 0 };
	struct profile *p = NULL;
	struct err e = { 0 };

	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &e), 0);
	ck_assert_int_eq(named_lists_load(&lists, "etc/lists", &e), 0);
	struct profile_source s = { file, text, o, lists, &a, &regexes };

	buf_clear(out);
	if (!profile_read(&p, &s, &faults, &e))
		same_write(out, p);
	regex_free_list(regexes);
	named_lists_free(lists);
	offences_free(o);
	arena_release(&a);
}

static unsigned count_of(struct str s, const char *word)
{
	unsigned nr = 0;

	for (ptrdiff_t i; (i = str_find(s, str_of(word))) >= 0; nr++)
		s = str_slice(s, (size_t)i + strlen(word), s.len);
	return nr;
}

/* Comments put in at random, each of them once. */
static unsigned put_shaken(struct buf *out, struct str text)
{
	unsigned nr = 0;

	buf_clear(out);
	while (text.ptr) {
		struct str line = str_split(&text, '\n');
		bool in_block = line.len && str_find_byte(line, ':') < 0;

		if (!text.ptr && !line.len)
			break;
		if (below(6) == 0 && !in_block)
			buf_fmt(out, "%*s# c%u, \"of '\n", (int)below(5), "",
				1000 + nr++);
		buf_str(out, line);
		if (below(6) == 0 && str_find_byte(line, ':') > 0)
			buf_fmt(out, " # c%u: x", 1000 + nr++);
		if (below(8) == 0)
			buf_byte(out, '\n');
		buf_byte(out, '\n');
	}
	return nr;
}

static int try_file(void *arg, const char *path, struct str text, struct err *e)
{
	struct buf b = { 0 }, shaken = { 0 }, twice = { 0 };
	struct buf want = { 0 }, got = { 0 };

	(void)arg;
	(void)e;
	read_as_bytes(&want, path, text);
	ck_assert_uint_gt(want.len, 0);
	for (int i = 0; i < SHAKES / 12; i++) {
		unsigned nr = put_shaken(&shaken, text);

		ck_assert_msg(format(&b, buf_view(&shaken)), "%.*s",
			      STR_ARG(buf_view(&shaken)));
		read_as_bytes(&got, path, buf_view(&b));
		ck_assert_msg(str_eq(buf_view(&got), buf_view(&want)), "%.*s",
			      STR_ARG(buf_view(&b)));
		for (unsigned k = 0; k < nr; k++) {
			char word[16];

			snprintf(word, sizeof(word), "# c%u", 1000 + k);
			ck_assert_msg(count_of(buf_view(&b), word) == 1,
				      "%s in:\n%.*s\nof:\n%.*s", word,
				      STR_ARG(buf_view(&b)),
				      STR_ARG(buf_view(&shaken)));
		}
		ck_assert(format(&twice, buf_view(&b)));
		ck_assert_msg(str_eq(buf_view(&b), buf_view(&twice)),
			      "%.*s\nbecomes\n%.*s", STR_ARG(buf_view(&b)),
			      STR_ARG(buf_view(&twice)));
	}
	buf_release(&b);
	buf_release(&shaken);
	buf_release(&twice);
	buf_release(&want);
	buf_release(&got);
	return 0;
}

START_TEST(content_and_comments_stay)
{
	struct folder folder = { "etc/profiles", "profiles", 100, 1 << 20 };
	struct err e = { 0 };

	random_state = 0x9e3779b97f4a7c15u;
	ck_assert_int_eq(folder_read(&folder, try_file, NULL, &e), 0);
}
END_TEST

UNIT_MAIN("rules/format", it_has_one_form, content_and_comments_stay)
