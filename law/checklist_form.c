/*
 * checklist_form.c - the form a reviewer fills in
 */
#include "law/checklist.h"

#include "base/json_write.h"
#include "base/yaml.h"

#include <stdio.h>

void checklist_form_write(struct buf *out, const struct checklist *c,
			  struct str hit)
{
	buf_fmt(out,
		"# Write one of the words in brackets behind each "
		"question.\nhit: " STR_FMT "\nchecklist: %d\n",
		STR_ARG(hit), c->version);
	for (uint32_t i = 0; i < c->nr; i++) {
		const struct checklist_question *q = &c->question[i];

		buf_fmt(out, "\n# " STR_FMT "\n# [", STR_ARG(q->ask));
		for (uint32_t k = 0; k < q->nr; k++)
			buf_fmt(out, "%s" STR_FMT, k ? ", " : "",
				STR_ARG(q->answer[k]));
		buf_fmt(out, "]\n" STR_FMT ":\n", STR_ARG(q->id));
		if (q->words)
			buf_fmt(out, STR_FMT "-words: \"\"\n", STR_ARG(q->id));
	}
	buf_z(out, "\n# To confirm: what supports reasonable suspicion, in "
		   "your own words.\nsuspicion: \"\"\n");
}

static int wrong(const struct yaml_node *n, struct err *e, const char *key,
		 const char *what)
{
	return err_at(e, ERR_VALUE, 0, "line %u, column %u: '%s:' %s",
		      n->key_line ? n->key_line : n->line,
		      n->key_column ? n->key_column : n->column, key, what);
}

/* A member's text; absent when it is not there or not a text. */
static struct str value(const struct yaml_node *doc, struct str key)
{
	const struct yaml_node *n = yaml_get(doc, key);

	return n && n->kind == YAML_SCALAR && n->text.len ? n->text : STR_NONE;
}

static int read_words(struct json *j, const struct yaml_node *doc,
		      struct str key, bool must, struct err *e)
{
	struct str v = value(doc, key);

	if (!v.ptr && must)
		return err_at(e, ERR_VALUE, 0,
			      "'" STR_FMT ":' takes a sentence", STR_ARG(key));
	if (v.len > CHECKLIST_WORDS)
		return err_at(e, ERR_VALUE, 0,
			      "'" STR_FMT ":' takes at most %d bytes",
			      STR_ARG(key), CHECKLIST_WORDS);
	if (v.ptr) {
		char name[2 * CHECKLIST_ID];

		snprintf(name, sizeof(name), STR_FMT, STR_ARG(key));
		json_str(j, name, v);
	}
	return 0;
}

static int read_answer(struct checklist_form *f, struct json *j,
		       const struct checklist_question *q,
		       const struct yaml_node *doc, struct arena *a,
		       struct err *e)
{
	struct str v = value(doc, q->id);
	uint32_t i = 0;

	while (i < q->nr && !str_eq(q->answer[i], v))
		i++;
	if (i == q->nr) {
		const struct yaml_node *n = yaml_get(doc, q->id);

		return wrong(n ? n : doc, e, arena_str(a, q->id).ptr,
			     "takes one of the words above it in the form");
	}
	f->answer[f->nr++] =
		arena_fmt(a, STR_FMT "=" STR_FMT, STR_ARG(q->id), STR_ARG(v));
	if (!q->confirms[i] && !f->against.ptr)
		f->against = q->id;
	if (str_eq(q->id, STR("air-link")))
		f->air_link = arena_str(a, v);
	if (!q->words)
		return 0;
	return read_words(j, doc,
			  arena_fmt(a, STR_FMT "-words", STR_ARG(q->id)), true,
			  e);
}

/* Is there a member that no question asked for? A typing error hides no answer. */
static int refuse_unknown(const struct checklist *c,
			  const struct yaml_node *doc, struct arena *a,
			  struct err *e)
{
	for (const struct yaml_node *n = doc->child; n; n = n->next) {
		bool known = str_eq(n->key, STR("hit")) ||
			     str_eq(n->key, STR("checklist")) ||
			     str_eq(n->key, STR("suspicion"));

		for (uint32_t i = 0; i < c->nr && !known; i++) {
			const struct checklist_question *q = &c->question[i];

			known = str_eq(n->key, q->id) ||
				(q->words &&
				 str_eq(n->key, arena_fmt(a, STR_FMT "-words",
							  STR_ARG(q->id))));
		}
		if (!known)
			return err_at(e, ERR_VALUE, 0,
				      "line %u, column %u: the checklist does "
				      "not ask this",
				      n->key_line, n->key_column);
	}
	return 0;
}

int checklist_form_read(struct checklist_form *out, const struct checklist *c,
			struct str hit, struct str text, struct arena *a,
			struct err *e)
{
	struct buf words = { 0 };
	struct yaml_node *doc;
	struct json j;
	int64_t version;

	*out = (struct checklist_form){
		.answer = arena_alloc(a, (c->nr + 1) * sizeof(*out->answer))
	};
	if (yaml_read(&doc, a, text, e) || refuse_unknown(c, doc, a, e))
		return e->code;
	if (!str_eq(value(doc, STR("hit")), hit))
		return wrong(doc, e, "hit", "names another hit");
	if (!str_to_i64(value(doc, STR("checklist")), &version) ||
	    version != c->version)
		return wrong(doc, e, "checklist",
			     "is another version than the one in force; make "
			     "a new form");
	json_init(&j, &words);
	json_open(&j, NULL, '{');
	for (uint32_t i = 0; i < c->nr && !e->code; i++)
		(void)!read_answer(out, &j, &c->question[i], doc, a, e);
	if (!e->code)
		(void)!read_words(&j, doc, STR("suspicion"), false, e);
	json_close(&j, '}');
	out->suspicion = value(doc, STR("suspicion"));
	out->words = arena_str(a, buf_view(&words));
	buf_release(&words);
	return e->code;
}
