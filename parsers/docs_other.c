/*
 * docs_other.c - visas, addresses and forms of identification in SSR texts
 * (DOCO, DOCA, FOID)
 */
#include "parsers/docs.h"

#include "base/docnumber.h"

/* The infant of whom it is, where the text ends with the mark of one. */
static uint32_t or_infant(struct walk *w, uint32_t who, struct piece mark)
{
	if (!piece_is(mark, "I"))
		return who;
	piece_claim(w, mark);
	return ssr_infant(booking_of(w), who);
}

/* DOCO: place of birth/V/number/place of issue/date of issue/country. */
void doco_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct docs_fields f = docs_split(w, text);
	uint32_t who = ssr_traveller(w, s);
	struct visa visa = { 0 };
	struct traveller *t;
	unsigned i = 0;

	while (i < f.nr && !piece_is(f.f[i], "V"))
		i++;
	if (i >= f.nr)
		return; /* redress and known traveller numbers are not kept */
	who = or_infant(w, who, docs_field(&f, i + 5));
	if (who == NOBODY)
		return;
	t = &booking_of(w)->travellers[who];
	piece_claim(w, f.f[i]);
	if (i > 0 && piece_is_set(f.f[i - 1]))
		t->birth_place = piece_keep(w, f.f[i - 1]);
	visa.number = piece_keep(w, docs_field(&f, i + 1));
	visa.canonical = docnumber_canonical(w->arena, visa.number);
	visa.place = piece_keep(w, docs_field(&f, i + 2));
	docs_date(w, docs_field(&f, i + 3), WHEN_PAST, &visa.issued);
	docs_country(w, docs_field(&f, i + 4), &visa.country);
	for (uint32_t k = 0; k < t->nr_visas; k++)
		if (docnumber_same(t->visas[k].number, visa.number))
			return;
	if (visa.number.ptr)
		*LIST_PUSH(w, t, visas) = visa;
}

/* DOCA: /D/country/street/city/state/postcode; D, R or B. */
void doca_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	static const struct {
		const char *code, *kind;
	} kinds[] = { { "D", "destination" },
		      { "R", "residence" },
		      { "B", "birth" } };
	struct docs_fields f = docs_split(w, text);
	uint32_t who = ssr_traveller(w, s);
	struct address a = { 0 };
	struct traveller *t;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (piece_is(docs_field(&f, 0), kinds[i].code))
			a.kind = str_of(kinds[i].kind);
	who = or_infant(w, who, docs_field(&f, 6));
	if (!a.kind.ptr || who == NOBODY)
		return;
	t = &booking_of(w)->travellers[who];
	piece_claim(w, f.f[0]);
	docs_country(w, docs_field(&f, 1), &a.country);
	a.street = piece_keep(w, docs_field(&f, 2));
	a.city = piece_keep(w, docs_field(&f, 3));
	a.region = piece_keep(w, docs_field(&f, 4));
	a.postcode = piece_keep(w, docs_field(&f, 5));
	for (uint32_t i = 0; i < t->nr_addresses; i++)
		if (str_eq(t->addresses[i].kind, a.kind) &&
		    str_eq(t->addresses[i].street, a.street) &&
		    str_eq(t->addresses[i].city, a.city))
			return;
	*LIST_PUSH(w, t, addresses) = a;
}

/*
 * FOID: PP passport or NI identity card, its number behind it. Cards of
 * payment, driving licences and the like are no travel documents.
 */
void foid_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	enum { SHORTEST = 5 };
	struct document doc = { .type = STR_NONE };
	uint32_t who = ssr_traveller(w, s);
	size_t from = 0, end;

	while (from < text.text.len &&
	       (text.text.ptr[from] == '/' || text.text.ptr[from] == ' '))
		from++;
	end = from;
	while (end < text.text.len &&
	       str_is_alnum(str_slice(text.text, end, end + 1)))
		end++;
	if (end < from + 2 + SHORTEST || end > from + 2 + DOCS_NUMBER_MAX ||
	    who == NOBODY)
		return;
	if (str_starts(str_slice(text.text, from, end), STR("PP")))
		doc.type = STR("P");
	else if (str_starts(str_slice(text.text, from, end), STR("NI")))
		doc.type = STR("I");
	else
		return;
	piece_claim(w, piece_slice(w, text, from, from + 2));
	doc.number = piece_keep(w, piece_slice(w, text, from + 2, end));
	docs_add(w, &booking_of(w)->travellers[who], &doc);
}
