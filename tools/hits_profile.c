/*
 * hits_profile.c - a profile's verdict: what speaks against a traveller, what
 * for
 */
#include "tools/hits_person.h"
#include "tools/hits_view.h"

enum { POINTS_WIDTH = 5, OUTCOME_WIDTH = 15 };

static void put_profile(struct hits_sheet *s, const struct json_node *evidence,
			const struct json_node *v)
{
	const struct json_node *approved = json_node_get(v, "approved");

	buf_z(s->out, "PROFILE HIT\n");
	hits_row(s, "profile", v, "profile", "");
	hits_row(s, "revision", v, "revision",
		 json_node_kind(approved) == JSON_KIND_BOOL &&
				 !json_node_is_true(approved)
			 ? "  DRAFT: not approved"
			 : "");
	if (json_node_kind(approved) == JSON_KIND_BOOL)
		hits_take(s, v, "approved");
	hits_label(s, "score");
	hits_put(s, s->out, v, "score");
	buf_z(s->out, " points, ");
	hits_put(s, s->out, v, "threshold");
	buf_z(s->out, " needed\n");
	hits_row(s, "semantics", evidence, "semantics", "  of the engine");
}

static void put_who(struct hits_sheet *s, const struct json_node *t)
{
	struct buf lines = { 0 };

	hits_heading(s, "TRAVELLER");
	hits_person_names(s, &lines, t, NO_NAME_MET);
	hits_column(s, "names", &lines);
	hits_row(s, "birth date", t, "birth_date", "");
	hits_row(s, "sex", t, "sex", "");
	hits_person_nationality(s, &lines, t);
	hits_column(s, "nationality", &lines);
	hits_person_documents(s, &lines, t);
	hits_column(s, "documents", &lines);
	hits_row(s, "locator", t, "locator", "");
	buf_release(&lines);
}

/* The widest id of both lists. */
static int id_width(const struct json_node *verdict, const char *key, int least)
{
	const struct json_node *list = json_node_get(verdict, key);

	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *c = json_node_at(list, i);
		int w = hits_width(json_node_text(json_node_get(c, "id")));

		least = w > least ? w : least;
	}
	return least;
}

/* "path = value" of all that was looked at, as many in a line as fit. */
static void put_values(struct hits_sheet *s, const struct json_node *clause,
		       int indent)
{
	const struct json_node *list = hits_list(s, clause, "values");
	struct buf item = { 0 };
	int at = indent;

	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *v = json_node_at(list, i);
		int width;

		if (json_node_kind(v) != JSON_KIND_OBJECT)
			continue;
		buf_clear(&item);
		hits_put(s, &item, v, "path");
		buf_z(&item, " = ");
		hits_put(s, &item, v, "value");
		width = hits_width(buf_view(&item));
		if (at > indent && at + 3 + width > HITS_LINE) {
			buf_fmt(s->out, "\n%*s", indent, "");
			at = indent;
		}
		buf_z(s->out, at > indent ? "   " : "");
		buf_str(s->out, buf_view(&item));
		at += width + (at > indent ? 3 : 0);
	}
	buf_z(s->out, at == indent ? "nothing was looked at\n" : "\n");
	buf_release(&item);
}

static void put_outcome(struct hits_sheet *s, struct buf *to,
			const struct json_node *clause)
{
	static const struct {
		struct str outcome;
		const char *word;
	} words[] = {
		{ STR("true"), "yes" },
		{ STR("false"), "no" },
		{ STR("unknown"), "not evaluable" },
	};
	const struct json_node *n = hits_take(s, clause, "outcome");

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (str_eq(json_node_text(n), words[i].outcome)) {
			buf_z(to, words[i].word);
			return;
		}
	}
	hits_value(to, n);
}

static void put_clause(struct hits_sheet *s, const struct json_node *c, int ids)
{
	struct str outcome = json_node_text(json_node_get(c, "outcome"));
	int indent = 2 + POINTS_WIDTH + 2 + ids + 2 + OUTCOME_WIDTH;
	struct buf cell = { 0 };

	buf_z(s->out, str_eq(outcome, STR("true")) ? "> " : "  ");
	hits_put_points(s, &cell, c, "points");
	hits_cell(s->out, &cell, POINTS_WIDTH + 2);
	hits_put(s, &cell, c, "id");
	hits_cell(s->out, &cell, ids + 2);
	put_outcome(s, &cell, c);
	hits_cell(s->out, &cell, OUTCOME_WIDTH);
	put_values(s, c, indent);
	buf_fmt(s->out, "%*s", indent, "");
	hits_put(s, s->out, c, "why");
	buf_byte(s->out, '\n');
	buf_release(&cell);
}

static void put_clauses(struct hits_sheet *s, const struct json_node *verdict,
			const char *key, const char *title, int ids)
{
	const struct json_node *list = hits_list(s, verdict, key);

	hits_heading(s, title);
	for (size_t i = 0; i < json_node_nr(list); i++)
		if (json_node_kind(json_node_at(list, i)) == JSON_KIND_OBJECT)
			put_clause(s, json_node_at(list, i), ids);
	if (!json_node_nr(list))
		buf_z(s->out, "  none\n");
}

void hits_view_profile(struct hits_sheet *s, const struct json_node *evidence)
{
	const struct json_node *verdict = json_node_get(evidence, "verdict");
	int ids = id_width(verdict, "exonerating",
			   id_width(verdict, "incriminating", 0));

	put_profile(s, evidence, verdict);
	put_who(s, json_node_get(evidence, "traveller"));
	hits_view_flight(s, evidence);
	put_clauses(s, verdict, "incriminating",
		    "SPEAKS AGAINST (> counts: it is so)", ids);
	put_clauses(s, verdict, "exonerating",
		    "SPEAKS FOR (> counts: it is so)", ids);
}
