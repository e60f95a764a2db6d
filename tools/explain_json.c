/*
 * explain_json.c - an explanation as one JSON object
 */
#include "base/json_write.h"
#include "rules/expr_write.h"
#include "tools/explain_print.h"

struct writing {
	struct json *j;
	const struct explanation *x;
	struct buf text;
};

static void put_text(struct writing *w, const char *key)
{
	json_str(w->j, key, buf_view(&w->text));
	buf_clear(&w->text);
}

static void put_value(struct writing *w, const char *key, const struct value *v)
{
	value_write(&w->text, v);
	put_text(w, key);
}

static void put_sources(struct writing *w, const struct value_source *s)
{
	json_open(w->j, "bytes", '[');
	for (uint32_t i = 0; i < s->nr; i++) {
		const struct source_span *at = &s->span[i];
		struct explained_place p = explain_place(w->x, at);

		json_open(w->j, NULL, '{');
		json_z(w->j, "of", at->api ? "api" : "booking");
		json_z(w->j, "slice", p.is_header ? "header" : "body");
		json_int(w->j, "byte", (int64_t)p.byte);
		json_int(w->j, "length", at->at.len);
		json_str(w->j, "text", p.text);
		json_close(w->j, '}');
	}
	json_close(w->j, ']');
}

static void put_test(const struct reason *test, void *arg)
{
	struct writing *w = arg;
	const struct reason_value *v = &w->x->reasons->value[test->value];

	json_open(w->j, NULL, '{');
	expr_write(&w->text, test->expr);
	put_text(w, "test");
	json_z(w->j, "outcome", tri_name(test->outcome));
	json_str(w->j, "path", v->path);
	put_value(w, "value", &v->value);
	put_sources(w, &w->x->source[test->value]);
	json_close(w->j, '}');
}

static void put_reason(struct writing *w, const struct reason *r)
{
	json_z(w->j, "outcome", tri_name(r->outcome));
	json_open(w->j, "decided_by", '[');
	reason_each_deciding(r, put_test, w);
	json_close(w->j, ']');
}

static void put_clauses(struct writing *w)
{
	const struct reasons *r = w->x->reasons;

	json_open(w->j, "clauses", '[');
	for (uint32_t i = 0; i < r->nr_clauses; i++) {
		const struct clause *c = r->clause[i].clause;

		json_open(w->j, NULL, '{');
		json_str(w->j, "id", c->id);
		json_int(w->j, "points", c->points);
		json_str(w->j, "why", c->why);
		put_reason(w, r->clause[i].reason);
		json_close(w->j, '}');
	}
	json_close(w->j, ']');
}

/* null: none was found. */
static void put_change(struct writing *w)
{
	const struct change_set *c = w->x->change;

	if (!c->found) {
		json_null(w->j, "smallest_change");
		json_bool(w->j, "all_tried", c->ended);
		return;
	}
	json_open(w->j, "smallest_change", '[');
	for (uint32_t i = 0; i < c->nr; i++) {
		const struct reason_value *v =
			&w->x->reasons->value[c->change[i].value];

		json_open(w->j, NULL, '{');
		json_str(w->j, "path", v->path);
		put_value(w, "value", &v->value);
		if (c->change[i].other)
			json_null(w->j, "instead");
		else
			put_value(w, "instead", &c->change[i].instead);
		json_close(w->j, '}');
	}
	json_close(w->j, ']');
}

void explain_write_json(struct buf *b, const struct explanation *x)
{
	const struct reasons *r = x->reasons;
	struct json j;
	struct writing w = { .j = &j, .x = x };

	json_init(&j, b);
	json_open(&j, NULL, '{');
	json_str(&j, "profile", r->profile->name);
	json_int(&j, "revision", r->profile->revision);
	if (x->message) {
		json_z(&j, "message", x->message);
		json_int(&j, "traveller", x->traveller);
	} else {
		json_z(&j, "of", x->hit);
		json_bool(&j, "identical", x->identical);
	}
	json_bool(&j, "hit", x->change->hit);
	json_int(&j, "score", x->change->score);
	json_int(&j, "threshold", r->profile->threshold);
	json_bool(&j, "valid", r->valid);
	if (r->scope) {
		json_open(&j, "scope", '{');
		put_reason(&w, r->scope);
		json_close(&j, '}');
	} else {
		json_null(&j, "scope");
	}
	put_clauses(&w);
	put_change(&w);
	json_close(&j, '}');
	buf_byte(b, '\n');
	buf_release(&w.text);
}
