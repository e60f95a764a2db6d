/*
 * ssr_text.c - what is picked out of SSR texts: contacts, tickets, cards of
 * frequent flyers; and baggage of a special kind, of which the text is not
 */
#include "parsers/pnr.h"

#include "parsers/contact.h"
#include "parsers/convert.h"

/* Telephone and e-mail: "/number/EN-1SURNAME/GIVEN". */
void ssr_contact(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	uint32_t who = ssr_traveller(w, s);
	struct contacts to = CONTACTS_OF(b);

	if (!piece_is_set(text))
		return;
	if (who < b->nr_travellers)
		to = CONTACTS_OF(&b->travellers[who]);
	if (s->code->code[3] == 'E')
		contact_read_email(w, text, to);
	else
		contact_read_phones(w, text, contact_kind(s->code->code[3]),
				    to);
}

/* The number of a ticket in a text: 10 digits or more, before its coupon. */
static struct piece ticket_number(struct walk *w, struct piece text)
{
	for (size_t i = 0; i < text.text.len; i++) {
		size_t end = i;

		while (end < text.text.len && text.text.ptr[end] >= '0' &&
		       text.text.ptr[end] <= '9')
			end++;
		if (end - i >= 10)
			return piece_slice(w, text, i, end);
		if (end > i)
			i = end;
	}
	return (struct piece){ 0 };
}

/* "INF1392222222222C1" is the ticket of the infant of whoever it refers to. */
static uint32_t ticket_holder(struct walk *w, const struct pnr_ssr *s,
			      struct piece text)
{
	ptrdiff_t inf = str_find(text.text, STR("INF"));
	uint32_t who = ssr_traveller(w, s);

	if (inf < 0)
		return who;
	piece_claim(w, piece_slice(w, text, (size_t)inf, (size_t)inf + 3));
	return ssr_infant(booking_of(w), who);
}

void ssr_ticket(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct ticket t = { 0 };
	struct piece number = ticket_number(w, text);

	if (!piece_is_set(number))
		return;
	t.number = piece_keep(w, number);
	pnr_add_ticket(w, ticket_holder(w, s, text), &t);
}

/* Baggage of a special kind; the text, which may say anything, is not kept. */
void ssr_bag(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	struct piece status = piece_of(w, s->seg, 1, 2);
	struct piece pieces = piece_of(w, s->seg, 1, 3);
	uint32_t who = ssr_traveller(w, s);
	struct bag_request *r = LIST_PUSH(w, b, bag_requests);

	(void)text;
	r->code = str_of(s->code->code);
	r->pos = s->seg->pos;
	if (status.text.len == 2 && str_is_alnum(status.text))
		r->status = piece_keep(w, status);
	if (piece_is_set(pieces))
		convert_int(w, pieces, &r->pieces);
	if (who < b->nr_travellers)
		r->traveller = b->travellers[who].ref;
}

/* "/LH123456-NAME/FIRST": carrier and number up to what is neither. */
void ssr_flyer(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	uint32_t who = ssr_traveller(w, s);
	struct frequent_flyer f = { 0 };
	size_t from = 0, end;
	struct traveller *t;
	bool bare; /* the carrier alone */

	while (from < text.text.len &&
	       (text.text.ptr[from] == '/' || text.text.ptr[from] == ' '))
		from++;
	end = from;
	while (end < text.text.len &&
	       str_is_alnum(str_slice(text.text, end, end + 1)))
		end++;
	bare = end == from + 2 && end == text.text.len;
	if ((end < from + 4 && !bare) || end > from + 27 ||
	    who >= b->nr_travellers || text.text.ptr + from == s->name)
		return; /* a name is kept, and stands alone when a card is not */
	t = &b->travellers[who];
	f.carrier = piece_keep(w, piece_slice(w, text, from, from + 2));
	if (!bare)
		f.number = piece_keep(w, piece_slice(w, text, from + 2, end));
	for (uint32_t i = 0; i < t->nr_frequent_flyers; i++)
		if (str_eq(t->frequent_flyers[i].number, f.number) &&
		    (!bare || str_eq(t->frequent_flyers[i].carrier, f.carrier)))
			return;
	*LIST_PUSH(w, t, frequent_flyers) = f;
}
