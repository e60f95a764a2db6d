#include "base/xml.h"

#include "base/buf.h"

#include <expat.h>

enum { STEP = 1 << 20 }; /* bytes given to expat at once */

struct open_node {
	struct xml_node *node;
	struct xml_node **tail; /* where its next child goes */
	struct buf text;	/* so far */
};

struct reading {
	XML_Parser parser;
	const char *const *record;
	xml_handler *handler;
	void *ctx;
	struct err *e;
	struct arena arena; /* of the record in hand */
	struct open_node open[XML_DEPTH];
	int depth;   /* of the record's open elements; 0: outside */
	int nesting; /* of all */
	uint32_t nodes;
	size_t bytes; /* of the record's texts */
};

static size_t line_of(const struct reading *r)
{
	return (size_t)XML_GetCurrentLineNumber(r->parser);
}

static void stop(struct reading *r, enum err_code code, const char *what)
{
	if (!r->e->code)
		err_at(r->e, code, 0, "line %zu: %s", line_of(r), what);
	XML_StopParser(r->parser, XML_FALSE);
}

static bool is_record(const struct reading *r, const char *name)
{
	for (const char *const *one = r->record; *one; one++)
		if (str_eq(str_of(*one), str_of(name)))
			return true;
	return false;
}

static void on_start(void *ctx, const char *name, const char **attribute)
{
	struct reading *r = ctx;
	struct xml_node *n;

	(void)attribute;
	if (++r->nesting > XML_NESTING) {
		stop(r, ERR_LIMIT, "more than 64 elements in each other");
		return;
	}
	if (!r->depth && !is_record(r, name))
		return;
	if (r->depth == XML_DEPTH || r->nodes == XML_NODES) {
		stop(r, ERR_LIMIT,
		     "a record of more than 16 levels or 4096 elements");
		return;
	}
	n = arena_alloc(&r->arena, sizeof(*n));
	n->name = arena_str(&r->arena, str_of(name));
	n->line = line_of(r);
	if (r->depth) {
		*r->open[r->depth - 1].tail = n;
		r->open[r->depth - 1].tail = &n->next;
	}
	buf_clear(&r->open[r->depth].text);
	r->open[r->depth].node = n;
	r->open[r->depth++].tail = &n->child;
	r->nodes++;
}

static void on_text(void *ctx, const char *text, int len)
{
	struct reading *r = ctx;
	struct str more = { text, (size_t)len };

	if (!r->depth)
		return;
	r->bytes += more.len;
	if (r->bytes > XML_RECORD) {
		stop(r, ERR_LIMIT, "a record of more than 1 MiB of text");
		return;
	}
	buf_str(&r->open[r->depth - 1].text, more);
}

static void on_end(void *ctx, const char *name)
{
	struct reading *r = ctx;
	struct open_node *o;

	(void)name;
	r->nesting--;
	if (!r->depth)
		return;
	o = &r->open[--r->depth];
	if (o->text.failed) {
		stop(r, ERR_NOMEM, "out of memory");
		return;
	}
	o->node->text = arena_str(&r->arena, str_trim(buf_view(&o->text)));
	if (r->depth)
		return;
	if (!r->e->code && r->handler(r->ctx, o->node, r->e))
		XML_StopParser(r->parser, XML_FALSE);
	arena_clear(&r->arena);
	r->nodes = 0;
	r->bytes = 0;
}

static void on_doctype(void *ctx, const char *name, const char *system,
		       const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(ctx, ERR_SYNTAX, "a document type definition; none is read");
}

static void parse(struct reading *r, struct str text)
{
	do {
		size_t n = text.len < STEP ? text.len : STEP;
		enum XML_Status s =
			XML_Parse(r->parser, text.ptr, (int)n, n == text.len);

		if (s != XML_STATUS_OK && !r->e->code)
			stop(r, ERR_SYNTAX,
			     XML_ErrorString(XML_GetErrorCode(r->parser)));
		text = str_slice(text, n, text.len);
	} while (text.len && !r->e->code);
}

int xml_read_records(struct str text, const char *const *record,
		     xml_handler *handler, void *ctx, struct err *e)
{
	struct reading r = {
		.record = record, .handler = handler, .ctx = ctx, .e = e
	};

	r.parser = XML_ParserCreate(NULL);
	if (!r.parser)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	parse(&r, text.ptr ? text : STR(""));
	XML_ParserFree(r.parser);
	arena_release(&r.arena);
	for (int i = 0; i < XML_DEPTH; i++)
		buf_release(&r.open[i].text);
	return e->code;
}

const struct xml_node *xml_child(const struct xml_node *n, const char *name)
{
	struct str want = str_of(name);

	for (n = n ? n->child : NULL; n; n = n->next)
		if (str_eq(n->name, want))
			return n;
	return NULL;
}

const struct xml_node *xml_next(const struct xml_node *n)
{
	const struct xml_node *m = n->next;

	while (m && !str_eq(m->name, n->name))
		m = m->next;
	return m;
}

struct str xml_text(const struct xml_node *n, const char *name)
{
	n = xml_child(n, name);
	return n && !str_empty(n->text) ? n->text : STR_NONE;
}
