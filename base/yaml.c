#include "base/yaml.h"

#include <yaml.h>

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	struct err *e;
	uint32_t nodes;
};

static int fail(struct reader *r, const yaml_mark_t *at, const char *what)
{
	return err_at(r->e, ERR_SYNTAX, at->index, "line %zu, column %zu: %s",
		      at->line + 1, at->column + 1, what);
}

static int next_event(struct reader *r, yaml_event_t *ev)
{
	const yaml_parser_t *p = &r->parser;

	if (yaml_parser_parse(&r->parser, ev))
		return 0;
	return err_at(r->e, ERR_SYNTAX, p->problem_mark.index,
		      "line %zu, column %zu: not YAML: %s",
		      p->problem_mark.line + 1, p->problem_mark.column + 1,
		      p->problem ? p->problem : "unreadable");
}

static int read_children(struct reader *r, struct yaml_node *n, int depth);

static int refuse_tricks(struct reader *r, const yaml_event_t *ev)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (ev->type == YAML_ALIAS_EVENT)
		return fail(r, &ev->start_mark, "aliases are not allowed");
	if (ev->type == YAML_SCALAR_EVENT) {
		anchor = ev->data.scalar.anchor;
		tag = ev->data.scalar.tag;
	} else if (ev->type == YAML_SEQUENCE_START_EVENT) {
		anchor = ev->data.sequence_start.anchor;
		tag = ev->data.sequence_start.tag;
	} else if (ev->type == YAML_MAPPING_START_EVENT) {
		anchor = ev->data.mapping_start.anchor;
		tag = ev->data.mapping_start.tag;
	}
	if (anchor || tag)
		return fail(r, &ev->start_mark,
			    "anchors and tags are not allowed");
	return 0;
}

static void fill_scalar(struct reader *r, struct yaml_node *n,
			const yaml_event_t *ev)
{
	size_t len = ev->data.scalar.length;
	size_t width = ev->end_mark.index - ev->start_mark.index;

	n->kind = YAML_SCALAR;
	n->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	n->block = ev->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
		   ev->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
	n->end_line = (uint32_t)ev->end_mark.line + 1;
	n->end_column = (uint32_t)ev->end_mark.column + 1;
	n->text = arena_str(r->arena,
			    (struct str){ (char *)ev->data.scalar.value, len });
	n->plain_inline = ev->start_mark.line == ev->end_mark.line &&
			  width == len + (n->quoted ? 2 : 0);
	if (n->quoted && n->plain_inline)
		n->column++; /* text starts behind the quote */
}

/* Turn an event that opens a value into a node, children and all. */
static int read_value(struct reader *r, yaml_event_t *ev,
		      struct yaml_node **out, int depth)
{
	struct yaml_node *n;
	int rc = refuse_tricks(r, ev);

	if (rc)
		return rc;
	if (depth > YAML_MAX_DEPTH || ++r->nodes > YAML_MAX_NODES)
		return err_at(r->e, ERR_LIMIT, ev->start_mark.index,
			      "line %zu, column %zu: deeper than %d levels or "
			      "more than %d values",
			      ev->start_mark.line + 1,
			      ev->start_mark.column + 1, YAML_MAX_DEPTH,
			      YAML_MAX_NODES);
	n = arena_alloc(r->arena, sizeof(*n));
	n->line = (uint32_t)ev->start_mark.line + 1;
	n->column = (uint32_t)ev->start_mark.column + 1;
	*out = n;
	if (ev->type == YAML_SCALAR_EVENT) {
		fill_scalar(r, n, ev);
		return 0;
	}
	n->kind = ev->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_SEQ;
	return read_children(r, n, depth);
}

static int read_key(struct reader *r, const struct yaml_node *map,
		    const yaml_event_t *ev, struct yaml_node *k)
{
	if (ev->type != YAML_SCALAR_EVENT)
		return fail(r, &ev->start_mark, "a key must be plain text");
	k->key =
		arena_str(r->arena, (struct str){ (char *)ev->data.scalar.value,
						  ev->data.scalar.length });
	k->key_line = (uint32_t)ev->start_mark.line + 1;
	k->key_column = (uint32_t)ev->start_mark.column + 1;
	if (yaml_get(map, k->key))
		return fail(r, &ev->start_mark, "this key stands here twice");
	return 0;
}

static int read_children(struct reader *r, struct yaml_node *n, int depth)
{
	struct yaml_node **tail = &n->child;
	int rc = 0;

	for (;;) {
		struct yaml_node key = { 0 };
		yaml_event_t ev;

		rc = next_event(r, &ev);
		if (rc)
			return rc;
		if (ev.type == YAML_SEQUENCE_END_EVENT ||
		    ev.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&ev);
			return 0;
		}
		if (n->kind == YAML_MAP) {
			rc = read_key(r, n, &ev, &key);
			yaml_event_delete(&ev);
			if (!rc)
				rc = next_event(r, &ev);
			if (rc)
				return rc;
		}
		rc = read_value(r, &ev, tail, depth + 1);
		yaml_event_delete(&ev);
		if (rc)
			return rc;
		(*tail)->key = key.key;
		(*tail)->key_line = key.key_line;
		(*tail)->key_column = key.key_column;
		tail = &(*tail)->next;
		n->nr++;
	}
}

/* What stands outside the one document: nothing may follow it. */
static int read_stream(struct reader *r, struct yaml_node **out)
{
	struct yaml_node *doc = NULL;
	yaml_event_t ev;
	int rc;

	for (;;) {
		rc = next_event(r, &ev);
		if (rc)
			return rc;
		if (ev.type == YAML_STREAM_END_EVENT)
			break;
		if (ev.type == YAML_DOCUMENT_START_EVENT && doc)
			rc = fail(r, &ev.start_mark,
				  "a second document begins here; one file "
				  "holds one");
		else if (ev.type == YAML_SCALAR_EVENT ||
			 ev.type == YAML_SEQUENCE_START_EVENT ||
			 ev.type == YAML_MAPPING_START_EVENT ||
			 ev.type == YAML_ALIAS_EVENT)
			rc = read_value(r, &ev, &doc, 0);
		yaml_event_delete(&ev);
		if (rc)
			return rc;
	}
	yaml_event_delete(&ev);
	if (!doc) {
		doc = arena_alloc(r->arena, sizeof(*doc));
		doc->kind = YAML_MAP;
		doc->line = doc->column = 1;
	}
	*out = doc;
	return 0;
}

int yaml_read(struct yaml_node **out, struct arena *a, struct str text,
	      struct err *e)
{
	struct reader r = { .arena = a, .e = e };
	int rc;

	if (!yaml_parser_initialize(&r.parser))
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	yaml_parser_set_input_string(
		&r.parser, (const unsigned char *)(text.ptr ? text.ptr : ""),
		text.len);
	rc = read_stream(&r, out);
	yaml_parser_delete(&r.parser);
	return rc;
}

const struct yaml_node *yaml_get(const struct yaml_node *n, struct str key)
{
	if (!n || n->kind != YAML_MAP)
		return NULL;
	for (const struct yaml_node *c = n->child; c; c = c->next)
		if (str_eq(c->key, key))
			return c;
	return NULL;
}
