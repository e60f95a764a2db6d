/*
 * docs_parts.c - fields of SSR texts about documents
 */
#include "parsers/docs.h"

#include "base/docnumber.h"
#include "parsers/convert.h"

#include <string.h>

/* A blank, or a separator that splits the text: structure, no field's. */
static bool is_around(const struct walk *w, char c)
{
	return piece_is_blank(c) || c == w->syntax.component ||
	       c == w->syntax.element;
}

/* The field [from, to) of the text. */
static struct piece field_between(const struct walk *w, struct piece text,
				  size_t from, size_t to)
{
	const char *p = text.text.ptr;

	while (from < to && is_around(w, p[from]))
		from++;
	while (to > from && is_around(w, p[to - 1]))
		to--;
	return piece_slice(w, text, from, to);
}

struct docs_fields docs_split(struct walk *w, struct piece text)
{
	const char *p = text.text.ptr, *slash;
	struct docs_fields out;
	size_t from, to;

	out.nr = 0; /* the fields themselves are written before they are read */
	if (!piece_is_set(text))
		return out;
	piece_claim_each(w, text, '/');
	from = p[0] == '/';
	do {
		slash = memchr(p + from, '/', text.text.len - from);
		to = slash ? (size_t)(slash - p) : text.text.len;
		out.f[out.nr++] = field_between(w, text, from, to);
		from = to + 1;
	} while (slash && out.nr < DOCS_FIELDS);
	return out;
}

void docs_date(struct walk *w, struct piece v, enum when_century c,
	       struct date *out)
{
	if (when_text_date(v.text, c, w->today, out))
		piece_claim(w, v);
}

void docs_country(struct walk *w, struct piece v, struct str *out)
{
	if (piece_is_set(v))
		convert_country(w, v, out);
}

static bool same_document(const struct document *a, const struct document *b)
{
	return docnumber_same(a->number, b->number) &&
	       (!a->type.ptr || !b->type.ptr || str_eq(a->type, b->type));
}

void docs_add(struct walk *w, struct traveller *t, const struct document *d)
{
	struct document *old;

	for (uint32_t i = 0; i < t->nr_documents; i++) {
		old = &t->documents[i];
		if (!same_document(old, d))
			continue;
		if (!old->type.ptr)
			old->type = d->type;
		if (!old->issuer.ptr)
			old->issuer = d->issuer;
		if (!date_is_set(old->expires))
			old->expires = d->expires;
		return;
	}
	old = LIST_PUSH(w, t, documents);
	*old = *d;
	old->canonical = docnumber_canonical(w->arena, d->number);
}
