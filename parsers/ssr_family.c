/*
 * ssr_family.c - infants and children in SSR texts (INFT, CHLD)
 */
#include "parsers/name.h"
#include "parsers/pnr.h"
#include "parsers/when.h"

bool ssr_is_infant(const struct traveller *t)
{
	return str_eq(t->type, STR("INF"));
}

uint32_t ssr_only_infant(const struct booking *b)
{
	uint32_t found = NOBODY;

	for (uint32_t i = 0; i < b->nr_travellers; i++) {
		if (!ssr_is_infant(&b->travellers[i]))
			continue;
		if (found != NOBODY)
			return NOBODY;
		found = i;
	}
	return found;
}

uint32_t ssr_infant(const struct booking *b, uint32_t adult)
{
	if (adult < b->nr_travellers && ssr_is_infant(&b->travellers[adult]))
		return adult;
	for (uint32_t i = 0; adult < b->nr_travellers && i < b->nr_travellers;
	     i++)
		if (ssr_is_infant(&b->travellers[i]) &&
		    b->travellers[i].infant_of.ptr &&
		    str_eq(b->travellers[i].infant_of,
			   b->travellers[adult].ref))
			return i;
	return ssr_only_infant(b);
}

/* A date of birth in a text, and where it stands; false: there is none. */
struct text_date {
	struct date date;
	size_t from, to;
};

static bool date_in_text(struct walk *w, struct str s, struct text_date *out)
{
	for (size_t n = 9; n >= 7; n -= 2)
		for (size_t i = 0; i + n <= s.len; i++)
			if (when_text_date(str_slice(s, i, i + n), WHEN_PAST,
					   w->today, &out->date)) {
				out->from = i;
				out->to = i + n;
				return true;
			}
	return false;
}

static void store_birth(struct walk *w, struct traveller *t, struct piece text,
			const struct text_date *d)
{
	piece_claim(w, piece_slice(w, text, d->from, d->to));
	if (!date_is_set(t->birth_date))
		t->birth_date = d->date;
}

/* "BELT/SOPHY 20SEP12": an infant's name and date of birth. */
void infant_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	uint32_t adult = ssr_traveller(w, s), infant;
	struct text_date born = { DATE_NONE, text.text.len, 0 };
	bool has_date = date_in_text(w, text.text, &born);
	struct piece name = piece_slice(w, text, 0, born.from);
	struct person p = { 0 };

	if (str_find_byte(name.text, '/') < 0)
		return;
	piece_claim_each(w, name, '/');
	p.surname = piece_keep(w, piece_split(w, &name, '/'));
	if (!p.surname.ptr) /* a slash before it */
		p.surname = piece_keep(w, piece_split(w, &name, '/'));
	name_add_given(w, &p, piece_split(w, &name, '/'));
	if (!p.surname.ptr)
		return;
	infant = pnr_find_name(b, p.surname, p.given);
	if (infant == NOBODY) {
		infant = pnr_add_traveller(w, "INF");
		b->travellers[infant].surname = p.surname;
		b->travellers[infant].given = p.given;
		b->travellers[infant].title = p.title;
	}
	if (has_date)
		store_birth(w, &b->travellers[infant], text, &born);
	name_note(w, &b->travellers[infant], &p, NAME_SOURCE("INFT"));
	if (adult < b->nr_travellers && adult != infant)
		b->travellers[infant].infant_of = b->travellers[adult].ref;
}

/* "/12MAR18": a child's date of birth. */
void child_read(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	uint32_t who = ssr_traveller(w, s);
	struct text_date born;

	if (who >= b->nr_travellers)
		return;
	b->travellers[who].type = STR("CHD");
	if (date_in_text(w, text.text, &born))
		store_birth(w, &b->travellers[who], text, &born);
}
