/*
 * t_checklist.c - the questions of a review, and forms filled in
 */
#include "law/checklist.h"
#include "tests/unit/unit.h"

#include <string.h>

#define HIT "20261122-9f3c01d2a4b5c6d7"

static struct arena arena;

static struct checklist sample(void)
{
	struct checklist c;
	struct err e = { 0 };
	struct buf text = { 0 };

	ck_assert_int_eq(
		buf_read_file(&text, "etc/checklist.yaml", 1 << 20, &e), 0);
	ck_assert_msg(!checklist_read(&c, buf_view(&text), &arena, &e), "%s",
		      e.text);
	buf_release(&text);
	return c;
}

/* `text` with the first `from` made `to`. */
static struct str with(struct str text, const char *from, const char *to)
{
	const char *at = memmem(text.ptr, text.len, from, strlen(from));

	ck_assert_msg(at != NULL, "no '%s'", from);
	return arena_fmt(&arena, "%.*s%s%s", (int)(at - text.ptr), text.ptr, to,
			 at + strlen(from));
}

START_TEST(wrong_checklists)
{
	static const struct {
		const char *from, *to, *says;
		enum err_code code;
	} row[] = {
		{ "version: 1", "version: 0", "'version:' takes", ERR_VALUE },
		{ "version: 1", "version: 2147483648", "'version:' takes",
		  ERR_VALUE },
		{ "id: alert", "id: identity", "no other question", ERR_VALUE },
		{ "id: alert", "id: Alert", "lower-case", ERR_VALUE },
		{ "id: alert", "id: other", "'alert' is missing", ERR_LEGAL },
		{ "[pass, fail]", "[pass]", NULL, 0 },
		{ "[pass, fail]", "[pass, pass]", "each once", ERR_VALUE },
		{ "confirms: [pass]", "confirms: [fail]", "pass confirms",
		  ERR_LEGAL },
		{ "confirms: [pass]", "confirms: [pass, fail]", "pass confirms",
		  ERR_LEGAL },
		{ "confirms: [pass]", "confirms: [x]", "none of the answers",
		  ERR_VALUE },
		{ "[direct, indirect, none]", "[direct, indirect, maybe]", NULL,
		  ERR_VALUE },
		{ "words: yes", "words: maybe", "yes or no", ERR_VALUE },
		{ "words: yes", "word: yes", "the keys id", ERR_VALUE },
		{ "questions:", "question:", "'questions:' takes", ERR_VALUE },
	};
	struct str text = sample().text;

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct checklist c;
		struct err e = { 0 };

		ck_assert_msg(checklist_read(&c,
					     with(text, row[i].from, row[i].to),
					     &arena, &e) == (int)row[i].code,
			      "%s: %d %s", row[i].to, e.code, e.text);
		ck_assert_msg(!row[i].says || strstr(e.text, row[i].says),
			      "%s: %s", row[i].to, e.text);
	}
}
END_TEST

/* The form as it is written, filled in. */
static struct str filled(const struct checklist *c)
{
	struct buf out = { 0 };
	struct str text;

	checklist_form_write(&out, c, STR(HIT));
	text = arena_str(&arena, buf_view(&out));
	buf_release(&out);
	for (uint32_t i = 0; i < c->nr; i++) {
		const struct checklist_question *q = &c->question[i];
		const char *id =
			arena_fmt(&arena, "\n" STR_FMT ":\n", STR_ARG(q->id))
				.ptr;

		text = with(text, id,
			    arena_fmt(&arena, "\n" STR_FMT ": " STR_FMT "\n",
				      STR_ARG(q->id), STR_ARG(q->answer[0]))
				    .ptr);
		if (q->words)
			text = with(text,
				    arena_fmt(&arena, STR_FMT "-words: \"\"",
					      STR_ARG(q->id))
					    .ptr,
				    arena_fmt(&arena, STR_FMT "-words: why",
					      STR_ARG(q->id))
					    .ptr);
	}
	return text;
}

START_TEST(form_goes_round)
{
	struct checklist c = sample();
	struct checklist_form f;
	struct err e = { 0 };
	struct str text = filled(&c);

	ck_assert_msg(!checklist_form_read(&f, &c, STR(HIT), text, &arena, &e),
		      "%s", e.text);
	ck_assert_uint_eq(f.nr, c.nr);
	ck_str_is(f.answer[0], "identity=match");
	ck_str_is(f.air_link, "direct");
	ck_assert(!f.against.ptr && !f.suspicion.ptr);
	ck_str_is(f.words, "{\"seriousness-words\":\"why\","
			   "\"air-link-words\":\"why\"}");
	text = with(text, "suspicion: \"\"", "suspicion: a \"b\"");
	text = with(text, "alert: valid", "alert: over");
	ck_assert_int_eq(
		checklist_form_read(&f, &c, STR(HIT), text, &arena, &e), 0);
	ck_str_is(f.suspicion, "a \"b\"");
	ck_str_is(f.against, "alert");
}
END_TEST

START_TEST(wrong_forms)
{
	char *longest = arena_alloc(&arena, CHECKLIST_WORDS + 20);
	const struct {
		const char *from, *to, *says;
	} row[] = {
		{ "identity: match", "identity:", "'identity:' takes" },
		{ "identity: match", "identity: maybe", "'identity:' takes" },
		{ "identity: match", "", "'identity:' takes" },
		{ "identity: match", "identity: [match]", "'identity:' takes" },
		{ "air-link-words: why", "", "'air-link-words:' takes" },
		{ "air-link-words: why", longest, "at most 4000" },
		{ "hit: 2026", "hit: 2025", "another hit" },
		{ "checklist: 1", "checklist: 2", "another version" },
		{ "suspicion: \"\"", "suspicions: \"\"", "does not ask" },
		{ "suspicion: \"\"", "a: [", "line" },
	};
	struct checklist c = sample();
	struct checklist_form f;
	struct err e = { 0 };
	struct str text = filled(&c);

	memset(longest, 'x', CHECKLIST_WORDS + 17);
	memcpy(longest, "air-link-words: ", 16);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		e = (struct err){ 0 };
		ck_assert_int_ne(
			checklist_form_read(&f, &c, STR(HIT),
					    with(text, row[i].from, row[i].to),
					    &arena, &e),
			0);
		ck_assert_msg(strstr(e.text, row[i].says), "%s: %s", row[i].to,
			      e.text);
	}
	e = (struct err){ 0 };
	longest[CHECKLIST_WORDS + 16] = '\0'; /* the limit itself */
	ck_assert_msg(
		!checklist_form_read(&f, &c, STR(HIT),
				     with(text, "air-link-words: why", longest),
				     &arena, &e),
		"%s", e.text);
}
END_TEST

UNIT_MAIN("checklist", wrong_checklists, form_goes_round, wrong_forms)
