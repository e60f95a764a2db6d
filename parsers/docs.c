/*
 * docs.c - documents in SSR texts (DOCS and, older, PSPT)
 *
 * AIRIMP: /type/issuer/number/nationality/birth/sex/expiry/surname/first/
 * middle. Senders lose or double slashes, so where the date of birth stands
 * decides: what is before it is told apart by its shape.
 */
#include "parsers/docs.h"

#include "parsers/name.h"

#include <string.h>

static bool is_date(struct piece v)
{
	struct date d, today = { 2000, 1, 1 };

	return when_text_date(v.text, WHEN_NEAR, today, &d);
}

/* M, F, MI, FI, U, X, UI, XI */
static bool is_gender(struct piece v)
{
	char c = v.text.len ? v.text.ptr[0] : ' ';

	return (c == 'M' || c == 'F' || c == 'U' || c == 'X' || !c) &&
	       (v.text.len == 1 || (v.text.len == 2 && v.text.ptr[1] == 'I'));
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
	unsigned given; /* how many given names are behind it */
	bool is_passport;
};

/* Two or three letters, or Germany's one. */
static bool is_country(struct piece v)
{
	return is_letters(v, 2, 3) || piece_is(v, "D") || piece_is(v, "D<<");
}

/* Fields before the date of birth, from the right, by their shape. */
static void read_shifted(const struct docs_fields *f, unsigned birth,
			 struct docs *d)
{
	unsigned i = birth;

	if (i > 0 && is_country(f->f[i - 1]))
		d->nationality = f->f[--i];
	if (i > 0 && f->f[i - 1].text.len >= 5 &&
	    f->f[i - 1].text.len <= DOCS_NUMBER_MAX)
		d->number = f->f[--i];
	if (i > 0 && d->number.text.ptr &&
	    (is_letters(f->f[i - 1], 2, 3) ||
	     (i > 1 && is_country(f->f[i - 1]) &&
	      is_letters(f->f[i - 2], 1, 2))))
		d->issuer = f->f[--i];
	if (i > 0 && is_letters(f->f[i - 1], 1, 2))
		d->type = f->f[--i];
}

/* Where the date of birth stands, or would if it were stated. */
static unsigned find_birth(struct walk *w, const struct docs_fields *f,
			   unsigned usual)
{
	unsigned first = 0;

	while (first < f->nr && !is_date(f->f[first]))
		first++;
	if (first == f->nr)
		return usual;
	/* it is empty or no date, but sex or expiry are in their places */
	if (first > usual &&
	    (is_gender(name_without_reference(w, docs_field(f, usual + 1))) ||
	     (first == usual + 2 &&
	      !is_letters(docs_field(f, usual + 1), 2, 3))))
		return usual;
	return first;
}

static void read_fields(struct walk *w, const struct docs_fields *f,
			struct docs *d)
{
	enum { BIRTH = 4 };
	unsigned i = find_birth(w, f, BIRTH);
	struct piece gender;

	if (i == BIRTH) {
		d->type = docs_field(f, 0);
		d->issuer = docs_field(f, 1);
		d->number = docs_field(f, 2);
		d->nationality = docs_field(f, 3);
	} else {
		read_shifted(f, i, d);
	}
	if (is_date(docs_field(f, i)))
		d->birth = f->f[i];
	i++;
	gender = name_without_reference(w, docs_field(f, i));
	if (is_gender(gender)) {
		d->gender = gender;
		i++;
	} else if (!piece_is_set(docs_field(f, i)) ||
		   is_date(docs_field(f, i + 1))) {
		i++;
	}
	if (is_date(docs_field(f, i)))
		d->expiry = f->f[i++];
	else if (!piece_is_set(docs_field(f, i)))
		i++;
	d->names = i;
}

static struct person read_names(struct walk *w, const struct docs_fields *f,
				unsigned first, unsigned end)
{
	struct person p = { 0 };

	p.surname =
		piece_keep(w, name_without_reference(w, docs_field(f, first)));
	for (unsigned i = first + 1; i < end; i++) {
		struct piece v = docs_field(f, i);

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

/* An infant's DOCS often stands in the adult's group. */
static uint32_t infant_of_docs(struct walk *w, uint32_t who,
			       const struct person *p)
{
	struct booking *b = booking_of(w);
	uint32_t i = pnr_find_name(b, p->surname, p->given);

	if (who < b->nr_travellers && ssr_is_infant(&b->travellers[who]))
		return who;
	if (i == NOBODY || i == who)
		i = ssr_only_infant(b);
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
	    (who < b->nr_travellers && ssr_is_infant(&b->travellers[who])))
		return who;
	return ssr_only_infant(b);
}

static void store_person(struct walk *w, const struct docs *d,
			 const struct person *p, struct traveller *t)
{
	if (is_gender(d->gender)) {
		piece_claim(w, d->gender);
		if (d->gender.text.ptr[0] != 'U')
			t->sex = str_slice(d->gender.text, 0, 1);
	}
	docs_date(w, d->birth, WHEN_PAST, &t->birth_date);
	docs_country(w, d->nationality, &t->nationality);
	name_note(w, t, p, NAME_SOURCE("DOCS"));
}

/* In a text that tells of old times only who still travels is looked for. */
static bool is_known(struct walk *w, const struct docs_fields *f,
		     const struct docs *d)
{
	struct str surname = piece_text(w, docs_field(f, d->names));
	struct str given = piece_text(w, docs_field(f, d->names + 1));

	return surname.ptr &&
	       pnr_find_name(booking_of(w), surname, given) != NOBODY;
}

/* Whose it is, with his name in *p; NOBODY: nobody's. */
static uint32_t find_holder(struct walk *w, const struct pnr_ssr *s,
			    const struct docs_fields *f, const struct docs *d,
			    struct person *p)
{
	bool infant = d->gender.text.len == 2;
	uint32_t who;

	if (s->in_text && !is_known(w, f, d))
		return NOBODY;
	who = ssr_traveller(w, s);
	if (!piece_is_set(name_without_reference(w, docs_field(f, d->names))))
		return nameless_holder(booking_of(w), who, infant);
	*p = read_names(w, f, d->names, d->names + 1 + d->given);
	if (s->in_text)
		return pnr_find_name(booking_of(w), p->surname, p->given);
	return holder(w, who, p, infant);
}

static void read_document(struct walk *w, const struct pnr_ssr *s,
			  const struct docs_fields *f, const struct docs *d)
{
	struct document doc = { .type = d->is_passport ? STR("P") : STR_NONE };
	struct person p = { 0 };
	uint32_t who = find_holder(w, s, f, d, &p);

	if (who == NOBODY)
		return;
	store_person(w, d, &p, &booking_of(w)->travellers[who]);
	if (piece_is_set(d->type) && d->type.text.len <= 2)
		doc.type = piece_keep(w, d->type);
	docs_country(w, d->issuer, &doc.issuer);
	if (d->number.text.len <= DOCS_NUMBER_MAX)
		doc.number = piece_keep(w, d->number);
	docs_date(w, d->expiry, WHEN_EXPIRY, &doc.expires);
	if (doc.number.ptr)
		docs_add(w, &booking_of(w)->travellers[who], &doc);
}

void docs_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct docs_fields f = docs_split(w, text);
	/* behind it such a text has the name again, as the booking has it */
	struct docs d = { .given = s->in_text ? 1 : 2 };

	read_fields(w, &f, &d);
	read_document(w, s, &f, &d);
}

/* PSPT: number/country/birth/surname/given names/sex. */
void pspt_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	enum { NUMBER, ISSUER, BIRTH, NAMES, SEX = 5 };
	struct docs_fields f = docs_split(w, text);
	struct docs d = { .number = docs_field(&f, NUMBER),
			  .issuer = docs_field(&f, ISSUER),
			  .names = NAMES,
			  .given = 1,
			  .is_passport = true };

	if (is_date(docs_field(&f, BIRTH)))
		d.birth = docs_field(&f, BIRTH);
	if (is_gender(name_without_reference(w, docs_field(&f, SEX))))
		d.gender = name_without_reference(w, docs_field(&f, SEX));
	read_document(w, s, &f, &d);
}
