/*
 * pnr_money.c - tickets, fares and payments of a PNRGOV
 */
#include "parsers/pnr.h"

#include "parsers/convert.h"

static bool same_ticket(const struct ticket *a, const struct ticket *b)
{
	return a->number.ptr && str_eq(a->number, b->number);
}

static bool has_ticket(const struct ticket *list, uint32_t nr,
		       const struct ticket *t)
{
	for (uint32_t i = 0; i < nr; i++)
		if (same_ticket(&list[i], t))
			return true;
	return false;
}

void pnr_add_ticket(struct walk *w, uint32_t traveller,
		    const struct ticket *ticket)
{
	struct booking *b = booking_of(w);

	if (!has_ticket(b->tickets, b->nr_tickets, ticket))
		*LIST_PUSH(w, b, tickets) = *ticket;
	if (traveller < b->nr_travellers) {
		struct traveller *t = &b->travellers[traveller];

		if (!has_ticket(t->tickets, t->nr_tickets, ticket))
			*LIST_PUSH(w, t, tickets) = *ticket;
	}
}

void pnr_open_ticket(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	pnr_close_ticket(w);
	p->ticket = (struct ticket){ 0 };
	p->ticket_open = true;
	w->rec[REC_TICKET] = &p->ticket;
	w->rec[REC_PAYMENT] = NULL;
	pnr_take_calculation(w);
}

/* The currency of the fare, where it is stated. */
static struct str fare_currency(const struct ticket *t)
{
	return t->total.set ? t->total.currency : t->base.currency;
}

void pnr_close_ticket(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	if (!p->ticket_open)
		return;
	p->ticket_open = false;
	w->rec[REC_TICKET] = NULL;
	for (uint32_t i = 0; i < p->ticket.nr_taxes; i++)
		if (!p->ticket.taxes[i].amount.currency.ptr)
			p->ticket.taxes[i].amount.currency =
				fare_currency(&p->ticket);
	pnr_add_ticket(w, p->traveller, &p->ticket);
}

static bool is_currency(struct piece v)
{
	return v.text.len == 3 && str_is_alnum(v.text);
}

struct money pnr_money(struct walk *w, struct piece amount,
		       struct piece currency)
{
	struct money m = { 0 };

	if (!piece_is_set(amount) || !decimal_read(amount.text, &m.milli))
		return m;
	piece_claim(w, amount);
	m.set = true;
	if (is_currency(currency))
		m.currency = piece_keep(w, currency);
	return m;
}

/* Where the ticket has the amount of that qualifier; NULL: it is not kept. */
static struct money *amount_of(struct ticket *t, struct piece qual)
{
	if (piece_is(qual, "B"))
		return &t->base;
	if (piece_is(qual, "E"))
		return &t->equivalent;
	return piece_is(qual, "T") ? &t->total : NULL;
}

/* MON: base and total fare; without qualifiers in that order. */
void pnr_read_money(struct walk *w)
{
	struct ticket *t = w->rec[REC_TICKET];
	struct money plain[2] = { { 0 }, { 0 } };
	unsigned nr_plain = 0;

	for (unsigned e = 1; t && e <= w->seg.elems; e++) {
		struct piece qual = piece_at(w, e, 1);
		struct piece amount = piece_at(w, e, 2);
		struct money m, *into = amount_of(t, qual);

		if (into == &t->total && piece_is(amount, "AWARD")) {
			piece_claim(w, amount);
			piece_claim(w, qual);
			t->award = FLAG_YES;
			continue;
		}
		/* of other amounts nothing is kept; they stay unqualified */
		if (!into) {
			if (piece_is_set(qual))
				piece_claim(w, qual);
			else if (nr_plain < 2)
				plain[nr_plain] =
					pnr_money(w, amount, piece_at(w, e, 3));
			nr_plain += !piece_is_set(qual) && nr_plain < 2 &&
				    plain[nr_plain].set;
			continue;
		}
		piece_claim(w, qual);
		m = pnr_money(w, amount, piece_at(w, e, 3));
		if (m.set)
			*into = m;
	}
	if (nr_plain == 2 && !t->base.set)
		t->base = plain[0];
	if (nr_plain && !t->total.set)
		t->total = plain[nr_plain - 1];
}

/* PTK: non-refundable, time limit. */
void pnr_read_pricing(struct walk *w)
{
	struct ticket *t = w->rec[REC_TICKET];

	if (!t)
		return;
	for (unsigned c = 1; c <= edi_components(&w->seg, 1); c++)
		if (piece_is(piece_at(w, 1, c), "NR")) {
			piece_claim(w, piece_at(w, 1, c));
			t->non_refundable = FLAG_YES;
		}
	t->deadline = pnr_moment(w, piece_at(w, 3, 1), piece_at(w, 3, 2));
	t->carrier = pnr_carrier(w, 4, 1);
	t->city = pnr_airport(w, 6);
}

struct piece pnr_without_card(const struct walk *w, struct piece v)
{
	enum { SHOWN = 4, SHORTEST = 12 }; /* ISO/IEC 7812: up to 19 digits */
	size_t digits = 0;

	for (size_t i = 0; i < v.text.len; i++) {
		char c = v.text.ptr[i];

		if (c >= '0' && c <= '9')
			digits++;
		else if (c != ' ' && c != '-')
			return v;
	}
	return digits >= SHORTEST
		       ? piece_slice(w, v, v.text.len - SHOWN, v.text.len)
		       : v;
}

static void read_payment(struct walk *w, unsigned e)
{
	const struct ticket *t = w->rec[REC_TICKET];
	struct piece form = piece_at(w, e, 1), expires = piece_at(w, e, 6);
	struct piece account = pnr_without_card(w, piece_at(w, e, 5));
	struct payment p = { 0 };

	if (piece_is_set(form))
		convert_code(w, form, &p.form);
	p.amount = pnr_money(w, piece_at(w, e, 3), (struct piece){ 0 });
	p.vendor = pnr_carrier(w, e, 4);
	if (piece_is_set(account))
		convert_code(w, account, &p.account);
	if (expires.text.len == 4 && str_is_digits(expires.text))
		p.expires = piece_keep(w, expires);
	if (!p.form.ptr && !p.amount.set && !p.vendor.ptr && !p.account.ptr)
		return;
	if (p.amount.set && t)
		p.amount.currency = fare_currency(t);
	p.holder = piece_scan(w, piece_at(w, e, 11), CLAIM_REMARK);
	w->rec[REC_PAYMENT] = LIST_PUSH(w, booking_of(w), payments);
	*(struct payment *)w->rec[REC_PAYMENT] = p;
}

/*
 * A ticket for a flight: T, 1 without a paper, 700 some senders'. Any other is
 * of a service beside it, which is not the ticket's (C-817/19, paragraph 132).
 */
static bool is_of_flight(const struct ticket *t)
{
	static const char *const kinds[] = { "T", "1", "700" };

	if (!t || !t->kind.ptr)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_eq(t->kind, str_of(kinds[i])))
			return true;
	return false;
}

void pnr_open_payments(struct walk *w)
{
	if (!is_of_flight(w->rec[REC_TICKET])) {
		w->rec[REC_PAYMENT] = NULL;
		return;
	}
	for (unsigned e = 1; e <= w->seg.elems; e++)
		read_payment(w, e);
}
