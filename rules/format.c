#include "rules/format.h"

#include "rules/comment.h"
#include "rules/expr_write.h"
#include "rules/format_scalar.h"
#include "rules/parse.h"

enum { WIDTH = 80, INDENT = 2 };

enum style {
	STYLE_PLAIN,  /* quotes only where needed */
	STYLE_TEXT,   /* in double quotes */
	STYLE_CODES,  /* on one line, each value in double quotes */
	STYLE_FLOW,   /* on one line */
	STYLE_EXPR,   /* a condition */
	STYLE_MAP,    /* a key a line */
	STYLE_VALUES, /* a map of constants */
	STYLE_EXPRS,  /* a map of definitions */
	STYLE_ITEMS,  /* a list of maps, a key a line */
	STYLE_LINES,  /* a list of maps, each on one line */
};

/* How the value of a key is written, keys in this order. */
struct key_row {
	const char *key;
	enum style style;
	const struct key_row *below; /* of a map, of a list's items */
};

static const struct key_row purpose_keys[] = {
	{ "offences", STYLE_CODES, NULL }, { "basis", STYLE_TEXT, NULL },
	{ "author", STYLE_PLAIN, NULL },   { "valid", STYLE_FLOW, NULL },
	{ NULL, STYLE_FLOW, NULL },
};

static const struct key_row clause_keys[] = {
	{ "id", STYLE_PLAIN, NULL },	{ "points", STYLE_PLAIN, NULL },
	{ "when", STYLE_EXPR, NULL },	{ "why", STYLE_TEXT, NULL },
	{ "reason", STYLE_TEXT, NULL }, { NULL, STYLE_FLOW, NULL },
};

static const struct key_row profile_keys[] = {
	{ "profile", STYLE_PLAIN, NULL },
	{ "revision", STYLE_PLAIN, NULL },
	{ "title", STYLE_PLAIN, NULL },
	{ "purpose", STYLE_MAP, purpose_keys },
	{ "scope", STYLE_FLOW, NULL },
	{ "budget", STYLE_FLOW, NULL },
	{ "constants", STYLE_VALUES, NULL },
	{ "let", STYLE_EXPRS, NULL },
	{ "incriminating", STYLE_ITEMS, clause_keys },
	{ "exonerating", STYLE_ITEMS, clause_keys },
	{ "threshold", STYLE_PLAIN, NULL },
	{ "tests", STYLE_LINES, NULL },
	{ NULL, STYLE_FLOW, NULL },
};

struct formatting {
	struct buf *out;
	struct faults *faults;
	struct comments comments;
	struct regex *regexes;
};

/* A node that is not of the shape its style wants goes on one line. */
static enum style style_of(const struct key_row *row, const struct yaml_node *n)
{
	enum yaml_kind want =
		row->style >= STYLE_ITEMS ? YAML_SEQ
		: row->style >= STYLE_MAP ? YAML_MAP
		: row->style == STYLE_FLOW || row->style == STYLE_CODES
			? n->kind
			: YAML_SCALAR;

	return n->kind == want ? row->style : STYLE_FLOW;
}

static const struct key_row *row_of(const struct key_row *rows, struct str key)
{
	while (rows->key && !str_eq(str_of(rows->key), key))
		rows++;
	return rows;
}

static const struct key_row *rows_below(const struct key_row *row,
					enum style style)
{
	static const struct key_row value[] = { { NULL, STYLE_FLOW, NULL } };
	static const struct key_row expr[] = { { NULL, STYLE_EXPR, NULL } };

	if (style == STYLE_EXPRS)
		return expr;
	return row->below ? row->below : value;
}

/* Everything that will begin a line, in the order of the file. */
static void find_places(struct formatting *f, const struct yaml_node *map,
			const struct key_row *rows)
{
	for (const struct yaml_node *c = map->child; c; c = c->next) {
		const struct key_row *row = row_of(rows, c->key);
		enum style style = style_of(row, c);

		comments_place(&f->comments, c, c->key_line);
		if (style == STYLE_MAP || style == STYLE_VALUES ||
		    style == STYLE_EXPRS)
			find_places(f, c, rows_below(row, style));
		if (style < STYLE_ITEMS)
			continue;
		for (const struct yaml_node *k = c->child; k; k = k->next) {
			comments_place(&f->comments, k, k->line);
			if (style == STYLE_ITEMS && k->kind == YAML_MAP)
				find_places(f, k, row->below);
		}
	}
}

static void put_above(struct formatting *f, const struct yaml_node *n,
		      int indent)
{
	const struct place *p = comments_of(&f->comments, n);

	for (const struct comment *c = p ? p->above : NULL; c; c = c->next)
		buf_fmt(f->out, "%*s" STR_FMT "\n", indent, "",
			STR_ARG(c->text));
}

static void end_line(struct formatting *f, const struct yaml_node *n)
{
	const struct place *p = comments_of(&f->comments, n);

	if (p && p->behind)
		buf_fmt(f->out, "  " STR_FMT, STR_ARG(p->behind->text));
	buf_byte(f->out, '\n');
}

/* A value on one line; its keys in their order. */
static void put_flow(struct buf *out, const struct yaml_node *n, bool in_flow,
		     bool codes)
{
	bool map = n->kind == YAML_MAP;

	if (n->kind == YAML_SCALAR) {
		if (codes)
			format_quoted(out, n->text);
		else
			format_plain(out, n->text, in_flow);
		return;
	}
	buf_byte(out, map ? '{' : '[');
	for (const struct yaml_node *c = n->child; c; c = c->next) {
		if (map) {
			format_plain(out, c->key, true);
			buf_z(out, ": ");
		}
		put_flow(out, c, true, codes);
		if (c->next)
			buf_z(out, ", ");
	}
	buf_byte(out, map ? '}' : ']');
}

/* In lines when it is long and has sides to break at. */
static void put_expr(struct formatting *f, const struct yaml_node *n,
		     int indent)
{
	struct buf text = { 0 };
	size_t width = (size_t)indent + n->key.len + 4;
	struct expr *e;
	struct err err = { 0 };

	if (expr_parse(&e, f->faults->arena, &f->regexes, n->text, &err)) {
		fault_in_scalar(f->faults, n, &err);
		end_line(f, n);
		return;
	}
	buf_byte(f->out, ' ');
	expr_write(&text, e);
	if ((e->kind == EXPR_AND || e->kind == EXPR_OR) &&
	    width + text.len > WIDTH && format_is_printable(buf_view(&text))) {
		buf_z(f->out, ">-");
		end_line(f, n);
		buf_fmt(f->out, "%*s", indent + INDENT, "");
		expr_write_lines(f->out, e, indent + INDENT);
		buf_byte(f->out, '\n');
	} else {
		format_single(f->out, buf_view(&text));
		end_line(f, n);
	}
	buf_release(&text);
}

static void put_map(struct formatting *f, const struct yaml_node *map,
		    const struct key_row *rows, int indent, bool item);

/* The key that will stand first: its comments go above the item's "- ". */
static const struct yaml_node *first_key(const struct yaml_node *map,
					 const struct key_row *rows)
{
	for (; rows->key; rows++)
		if (yaml_get(map, str_of(rows->key)))
			return yaml_get(map, str_of(rows->key));
	return map->child;
}

static void put_items(struct formatting *f, const struct yaml_node *list,
		      const struct key_row *rows, int indent)
{
	for (const struct yaml_node *c = list->child; c; c = c->next) {
		bool in_lines = rows && c->kind == YAML_MAP && c->nr;

		put_above(f, c, indent);
		if (in_lines)
			put_above(f, first_key(c, rows), indent);
		buf_fmt(f->out, "%*s- ", indent, "");
		if (in_lines) {
			put_map(f, c, rows, indent + INDENT, true);
		} else {
			put_flow(f->out, c, false, false);
			end_line(f, c);
		}
	}
}

static void put_value(struct formatting *f, const struct yaml_node *n,
		      const struct key_row *row, int indent)
{
	enum style style = style_of(row, n);

	switch (style) {
	case STYLE_EXPR:
		put_expr(f, n, indent);
		return;
	case STYLE_PLAIN:
	case STYLE_FLOW:
	case STYLE_CODES:
		buf_byte(f->out, ' ');
		put_flow(f->out, n, false, style == STYLE_CODES);
		break;
	case STYLE_TEXT:
		buf_byte(f->out, ' ');
		format_quoted(f->out, n->text);
		break;
	default: /* of several lines */
		if (!n->nr) {
			buf_z(f->out, n->kind == YAML_MAP ? " {}" : " []");
			break;
		}
		end_line(f, n);
		if (style >= STYLE_ITEMS)
			put_items(f, n,
				  style == STYLE_ITEMS ? row->below : NULL,
				  indent + INDENT);
		else
			put_map(f, n, rows_below(row, style), indent + INDENT,
				false);
		return;
	}
	end_line(f, n);
}

static void put_key(struct formatting *f, const struct yaml_node *n,
		    const struct key_row *row, int indent, bool *item)
{
	if (!*item) { /* else "- " stands there already */
		put_above(f, n, indent);
		buf_fmt(f->out, "%*s", indent, "");
	}
	*item = false;
	format_plain(f->out, n->key, true);
	buf_byte(f->out, ':');
	put_value(f, n, row, indent);
}

/* Known keys in their order, then the others in theirs. */
static void put_map(struct formatting *f, const struct yaml_node *map,
		    const struct key_row *rows, int indent, bool item)
{
	const struct key_row *row = rows;

	for (; row->key; row++) {
		const struct yaml_node *n = yaml_get(map, str_of(row->key));

		if (n)
			put_key(f, n, row, indent, &item);
	}
	for (const struct yaml_node *c = map->child; c; c = c->next)
		if (row_of(rows, c->key) == row)
			put_key(f, c, row, indent, &item);
}

int profile_format(struct buf *out, struct str text, struct faults *faults)
{
	struct formatting f = { .out = out,
				.faults = faults,
				.comments = { .arena = faults->arena } };
	struct yaml_node *doc;
	struct err e = { 0 };

	faults->source = text;
	if (yaml_read(&doc, faults->arena, text, &e))
		return fault_of_yaml(faults, &e);
	if (doc->kind != YAML_MAP)
		return fault_at(faults, ERR_VALUE, doc,
				"expected keys and values here, as "
				"'profile: ...'");
	find_places(&f, doc, profile_keys);
	comments_find(&f.comments, text, doc);
	put_map(&f, doc, profile_keys, 0, false);
	for (const struct comment *c = f.comments.below; c; c = c->next)
		buf_fmt(out, STR_FMT "\n", STR_ARG(c->text));
	regex_free_list(f.regexes);
	return faults->nr ? faults->fault[0].code : 0;
}
