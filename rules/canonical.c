#include "rules/canonical.h"

static void put_number(struct buf *out, int64_t v)
{
	buf_add(out, &v, sizeof(v));
}

static void put_pointer(struct buf *out, const void *p)
{
	buf_add(out, &p, sizeof(p));
}

/* Its length goes before it: "AB", "C" is not "A", "BC". */
static void put_text(struct buf *out, struct str s)
{
	put_number(out, s.ptr ? (int64_t)s.len : -1);
	buf_str(out, s);
}

static void put_value(struct buf *out, const struct value *v)
{
	buf_byte(out, (char)v->type);
	buf_byte(out, (char)v->known);
	buf_byte(out, (char)v->truth);
	buf_byte(out, (char)v->local);
	put_number(out, v->lo);
	put_number(out, v->hi);
	put_number(out, v->east);
	put_text(out, v->text);
}

/* A field or a collection: where it stands. */
static void put_path(struct buf *out, const struct expr *n)
{
	put_pointer(out, n->field);
	put_pointer(out, n->derived);
	put_pointer(out, n->record);
	buf_byte(out, (char)n->base);
	buf_byte(out, (char)n->depth);
	put_number(out, (int64_t)n->offset);
	put_number(out, (int64_t)n->zone);
}

void canonical_write(struct buf *out, const struct expr *n)
{
	if (!n) {
		buf_byte(out, (char)-1);
		return;
	}
	buf_byte(out, (char)n->kind);
	buf_byte(out, (char)n->type);
	buf_byte(out, (char)n->cmp);
	if (n->kind == EXPR_LITERAL)
		put_value(out, &n->value);
	else if (n->kind == EXPR_FIELD || n->kind == EXPR_COLLECTION)
		put_path(out, n);
	else if (n->kind == EXPR_MATCHES)
		put_text(out, n->text); /* the pattern with its flag */
	for (size_t i = 0; i < ARRAY_SIZE(n->arg); i++)
		canonical_write(out, n->arg[i]);
	for (const struct expr *k = n->child; k; k = k->next)
		canonical_write(out, k);
	buf_byte(out, (char)-1); /* no more children */
}
