/*
 * docs.c - documents, visas and addresses in SSR texts (DOCS, DOCO, DOCA)
 *
 * AIRIMP: /type/issuer/number/nationality/birth/sex/expiry/surname/first/
 * middle. Senders lose or double slashes, so where the date of birth stands
 * decides: what is before it is told apart by its shape.
 */
#include "parsers/pnr.h"

#include "parsers/convert.h"
#include "parsers/name.h"
#include "parsers/ssr_fields.h"
#include "parsers/when.h"

#include <string.h>

enum { NUMBER_MAX = 35 };

static bool is_date(struct piece v)
{
	struct date d, today = { 2000, 1, 1 };

	return when_text_date(v.text, WHEN_NEAR, today, &d);
}

/* M, F, MI, FI, U, X, UI, XI */
static bool is_gender(struct piece v)
{
	return (v.text.len == 1 && strchr("MFUX", v.text.ptr[0])) ||
	       (v.text.len == 2 && strchr("MFUX", v.text.ptr[0]) &&
		v.text.ptr[1] == 'I');
}

static bool is_letters(struct piece v, size_t least, size_t most)
{
	for (size_t i = 0; i < v.text.len; i++)
		if (v.text.ptr[i] < 'A' || v.text.ptr[i] > 'Z')
			return false;
	return v.text.len >= least && v.text.len <= most;
}

/* What a DOCS text says. */
struct docs {
	struct piece type, issuer, number, nationality, birth, gender, expiry;
	unsigned names; /* index of the surname */
};

/* Fields before the date of birth, from the right, by their shape. */
static void read_shifted(const struct ssr_fields *f, unsigned birth,
			 struct docs *d)
{
	unsigned i = birth;

	if (i > 0 && is_letters(f->f[i - 1], 2, 3))
		d->nationality = f->f[--i];
	if (i > 0 && f->f[i - 1].text.len >= 5 &&
	    f->f[i - 1].text.len <= NUMBER_MAX)
		d->number = f->f[--i];
	if (i > 0 && d->number.text.ptr && is_letters(f->f[i - 1], 2, 3))
		d->issuer = f->f[--i];
	if (i > 0 && is_letters(f->f[i - 1], 1, 2))
		d->type = f->f[--i];
}

/* Where the date of birth stands, or would if it were stated. */
static unsigned find_birth(struct walk *w, const struct ssr_fields *f,
			   unsigned usual)
{
	unsigned first = 0;

	while (first < f->nr && !is_date(f->f[first]))
		first++;
	if (first == f->nr)
		return usual;
	/* it is empty or no date, but sex or expiry are in their places */
	if (first > usual &&
	    (is_gender(name_without_reference(w, ssr_field(f, usual + 1))) ||
	     (first == usual + 2 &&
	      !is_letters(ssr_field(f, usual + 1), 2, 3))))
		return usual;
	return first;
}

static void read_fields(struct walk *w, const struct ssr_fields *f,
			struct docs *d)
{
	enum { BIRTH = 4 };
	unsigned i = find_birth(w, f, BIRTH);
	struct piece gender;

	if (i == BIRTH) {
		d->type = ssr_field(f, 0);
		d->issuer = ssr_field(f, 1);
		d->number = ssr_field(f, 2);
		d->nationality = ssr_field(f, 3);
	} else {
		read_shifted(f, i, d);
	}
	if (is_date(ssr_field(f, i)))
		d->birth = f->f[i];
	i++;
	gender = name_without_reference(w, ssr_field(f, i));
	if (is_gender(gender)) {
		d->gender = gender;
		i++;
	} else if (!piece_is_set(ssr_field(f, i)) ||
		   is_date(ssr_field(f, i + 1))) {
		i++;
	}
	if (is_date(ssr_field(f, i)))
		d->expiry = f->f[i++];
	else if (!piece_is_set(ssr_field(f, i)))
		i++;
	d->names = i;
}

static struct person read_names(struct walk *w, const struct ssr_fields *f,
				unsigned first)
{
	struct person p = { 0 };

	p.surname =
		piece_keep(w, name_without_reference(w, ssr_field(f, first)));
	for (unsigned i = first + 1; i < first + 3; i++) {
		struct piece v = ssr_field(f, i);

		if (piece_is(v, "H")) /* primary holder of the document */
			break;
		name_add_given(w, &p, name_without_reference(w, v));
		if (name_without_reference(w, v).text.len != v.text.len)
			break;
	}
	return p;
}

static uint32_t new_traveller(struct walk *w, const struct person *p,
			      const char *type)
{
	uint32_t i = pnr_add_traveller(w, type);
	struct traveller *t = &booking_of(w)->travellers[i];

	t->surname = p->surname;
	t->given = p->given;
	t->title = p->title;
	return i;
}

static bool is_infant(const struct traveller *t)
{
	return str_eq(t->type, STR("INF"));
}

/* The only infant of a booking, or NOBODY. */
static uint32_t only_infant(const struct booking *b)
{
	uint32_t found = NOBODY;

	for (uint32_t i = 0; i < b->nr_travellers; i++) {
		if (!is_infant(&b->travellers[i]))
			continue;
		if (found != NOBODY)
			return NOBODY;
		found = i;
	}
	return found;
}

/* An infant's DOCS often stands in the adult's group. */
static uint32_t infant_of_docs(struct walk *w, uint32_t who,
			       const struct person *p)
{
	struct booking *b = booking_of(w);
	uint32_t i = pnr_find_name(b, p->surname, p->given);

	if (who < b->nr_travellers && is_infant(&b->travellers[who]))
		return who;
	if (i == NOBODY || i == who)
		i = only_infant(b);
	if (i == NOBODY)
		i = new_traveller(w, p, "INF");
	if (who < b->nr_travellers && !b->travellers[i].infant_of.ptr)
		b->travellers[i].infant_of = b->travellers[who].ref;
	return i;
}

/*
 * Whose document it is: the reference tells, or the group, but a name that is
 * another traveller's, exactly or by its beginning, tells better.
 */
static uint32_t holder(struct walk *w, uint32_t who, const struct person *p,
		       bool infant)
{
	struct booking *b = booking_of(w);
	uint32_t named;

	if (infant)
		return infant_of_docs(w, who, p);
	named = pnr_find_name(b, p->surname, p->given);
	if (named != NOBODY &&
	    (who == NOBODY ||
	     !name_match(b->travellers[who].surname, b->travellers[who].given,
			 p->surname, p->given)))
		return named;
	return who != NOBODY ? who : new_traveller(w, p, "UNN");
}

/* The same where the text has no name: an infant's is not the adult's. */
static uint32_t nameless_holder(const struct booking *b, uint32_t who,
				bool infant)
{
	if (!infant ||
	    (who < b->nr_travellers && is_infant(&b->travellers[who])))
		return who;
	return only_infant(b);
}

static bool same_document(const struct document *a, const struct document *b)
{
	return str_eq(a->number, b->number) &&
	       (!a->type.ptr || !b->type.ptr || str_eq(a->type, b->type));
}

/* The same document in GR2 and GR5 is one: the later fills gaps. */
static void add_document(struct walk *w, struct traveller *t,
			 const struct document *d)
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
	*LIST_PUSH(w, t, documents) = *d;
}

static void text_date(struct walk *w, struct piece v, enum when_century c,
		      struct date *out)
{
	if (when_text_date(v.text, c, w->today, out))
		piece_claim(w, v);
}

static void country(struct walk *w, struct piece v, struct str *out)
{
	if (piece_is_set(v))
		convert_country(w, v, out);
}

static void store_person(struct walk *w, const struct docs *d,
			 const struct person *p, struct traveller *t)
{
	if (is_gender(d->gender)) {
		piece_claim(w, d->gender);
		if (d->gender.text.ptr[0] != 'U')
			t->sex = str_slice(d->gender.text, 0, 1);
	}
	text_date(w, d->birth, WHEN_PAST, &t->birth_date);
	country(w, d->nationality, &t->nationality);
	name_note(w, t, p, NAME_SOURCE("DOCS"));
}

void docs_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct ssr_fields f;
	struct docs d = { 0 };
	struct document doc = { 0 };
	struct person p = { 0 };
	uint32_t who = ssr_traveller(w, s);
	bool infant;

	ssr_split(w, text, &f);
	read_fields(w, &f, &d);
	infant = d.gender.text.len == 2;
	if (piece_is_set(name_without_reference(w, ssr_field(&f, d.names)))) {
		p = read_names(w, &f, d.names);
		who = holder(w, who, &p, infant);
	} else {
		who = nameless_holder(booking_of(w), who, infant);
	}
	if (who == NOBODY)
		return;
	store_person(w, &d, &p, &booking_of(w)->travellers[who]);
	if (d.type.text.len <= 2)
		doc.type = piece_keep(w, d.type);
	country(w, d.issuer, &doc.issuer);
	if (d.number.text.len <= NUMBER_MAX)
		doc.number = piece_keep(w, d.number);
	text_date(w, d.expiry, WHEN_EXPIRY, &doc.expires);
	if (doc.number.ptr)
		add_document(w, &booking_of(w)->travellers[who], &doc);
}

/* DOCO: place of birth/V/number/place of issue/date of issue/country. */
void doco_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct ssr_fields f;
	uint32_t who = ssr_traveller(w, s);
	struct visa visa = { 0 };
	struct traveller *t;
	unsigned i = 0;

	ssr_split(w, text, &f);
	while (i < f.nr && !piece_is(f.f[i], "V"))
		i++;
	if (i >= f.nr || who == NOBODY)
		return; /* redress and known traveller numbers are not kept */
	t = &booking_of(w)->travellers[who];
	piece_claim(w, f.f[i]);
	if (i > 0 && piece_is_set(f.f[i - 1]))
		t->birth_place = piece_keep(w, f.f[i - 1]);
	visa.number = piece_keep(w, ssr_field(&f, i + 1));
	visa.place = piece_keep(w, ssr_field(&f, i + 2));
	text_date(w, ssr_field(&f, i + 3), WHEN_PAST, &visa.issued);
	country(w, ssr_field(&f, i + 4), &visa.country);
	for (uint32_t k = 0; k < t->nr_visas; k++)
		if (str_eq(t->visas[k].number, visa.number))
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
	struct ssr_fields f;
	uint32_t who = ssr_traveller(w, s);
	struct address a = { 0 };
	struct traveller *t;

	ssr_split(w, text, &f);
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (piece_is(ssr_field(&f, 0), kinds[i].code))
			a.kind = str_of(kinds[i].kind);
	if (!a.kind.ptr || who == NOBODY)
		return;
	t = &booking_of(w)->travellers[who];
	piece_claim(w, f.f[0]);
	country(w, ssr_field(&f, 1), &a.country);
	a.street = piece_keep(w, ssr_field(&f, 2));
	a.city = piece_keep(w, ssr_field(&f, 3));
	a.region = piece_keep(w, ssr_field(&f, 4));
	a.postcode = piece_keep(w, ssr_field(&f, 5));
	for (uint32_t i = 0; i < t->nr_addresses; i++)
		if (str_eq(t->addresses[i].kind, a.kind) &&
		    str_eq(t->addresses[i].street, a.street) &&
		    str_eq(t->addresses[i].city, a.city))
			return;
	*LIST_PUSH(w, t, addresses) = a;
}
