/*
 * docs_parts.c - fields of SSR texts about documents
 */
#include "parsers/docs.h"

#include "base/docnumber.h"
#include "base/word.h"
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
	return from < to ? (struct piece){ { p + from, to - from } }
			 : (struct piece){ STR_NONE };
}

/* Where the first slashes of a text stand, and where it ends. */
struct slashes {
	size_t at[DOCS_FIELDS + 1];
	unsigned nr;
};

/* All slashes of a text stay, a word of it at a time; the first are noted. */
static void claim_slashes(struct walk *w, struct piece text,
			  struct slashes *out)
{
	const char *p = text.text.ptr;
	size_t pos = (size_t)((uintptr_t)p - (uintptr_t)w->in.ptr);
	bool far = pos >= w->in.len; /* a cleaned copy, not of the payload */

	out->nr = 0;
	for (size_t i = 0; i < text.text.len; i += WORD_MAX) {
		size_t left = text.text.len - i;
		uint64_t v =
			word_load(p + i, left < WORD_MAX ? left : WORD_MAX);
		uint64_t bits = word_between(v, '/', '/');

		for (; bits; bits &= bits - 1) {
			size_t at = i + (size_t)__builtin_ctzll(bits) / 8;

			if (!far)
				claims_keep_short(w->claims, pos + at, 1);
			if (out->nr <= DOCS_FIELDS)
				out->at[out->nr++] = at;
		}
	}
	if (far)
		piece_claim_each(w, text, '/');
}

struct docs_fields docs_split(struct walk *w, struct piece text)
{
	struct slashes slash;
	struct docs_fields out;
	size_t from;
	unsigned i;

	out.nr = 0; /* the fields themselves are written before they are read */
	if (!piece_is_set(text))
		return out;
	claim_slashes(w, text, &slash);
	i = slash.nr && slash.at[0] == 0; /* one before the first field */
	from = i;
	for (; out.nr < DOCS_FIELDS; i++) {
		size_t to = i < slash.nr ? slash.at[i] : text.text.len;

		out.f[out.nr++] = field_between(w, text, from, to);
		from = to + 1;
		if (i >= slash.nr)
			break;
	}
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
