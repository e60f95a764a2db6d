/*
 * docs_parts.c - fields of SSR texts about documents
 */
#include "parsers/docs.h"

#include "base/docnumber.h"
#include "parsers/convert.h"

/* Separators that split the text are structure, not part of a field. */
static struct piece without_separators(struct walk *w, struct piece v)
{
	const char c = w->syntax.component;
	size_t from = 0, to = v.text.len;

	while (from < to && (v.text.ptr[from] == c || v.text.ptr[from] == ' '))
		from++;
	while (to > from &&
	       (v.text.ptr[to - 1] == c || v.text.ptr[to - 1] == ' '))
		to--;
	return piece_slice(w, v, from, to);
}

struct docs_fields docs_split(struct walk *w, struct piece text)
{
	struct docs_fields out = { .nr = 0 };
	struct piece rest = text;

	if (!piece_is_set(text))
		return out;
	piece_claim_each(w, text, '/');
	if (text.text.ptr[0] == '/')
		piece_split(w, &rest, '/');
	while (rest.text.ptr && out.nr < DOCS_FIELDS)
		out.f[out.nr++] =
			without_separators(w, piece_split(w, &rest, '/'));
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
