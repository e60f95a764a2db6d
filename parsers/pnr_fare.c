/*
 * pnr_fare.c - fares, taxes and excess baggage of a PNRGOV (FAR, TXD, EBD)
 */
#include "parsers/pnr.h"

#include "parsers/baggage.h"
#include "parsers/convert.h"

/* FAR's passenger types. Whatever else is written tells nothing we may keep. */
static const char *fare_type(struct piece v)
{
	static const struct {
		const char *code, *type;
	} types[] = {
		{ "A", "ADT" },	  { "C", "CHD" },   { "I", "INF" },
		{ "IN", "INF" },  { "N", "ADT" },   { "ADT", "ADT" },
		{ "CHD", "CHD" }, { "CNN", "CHD" }, { "INF", "INF" },
		{ "INS", "INF" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (piece_is(v, types[i].code))
			return types[i].type;
	return NULL;
}

/* Letters and digits, and the slash of a designator: YEE3M/CH33. */
static bool is_basis(struct piece v)
{
	enum { LONGEST = 18 };

	for (size_t i = 0; i < v.text.len; i++)
		if (v.text.ptr[i] != '/' &&
		    !str_is_alnum(str_slice(v.text, i, i + 1)))
			return false;
	return piece_is_set(v) && v.text.len <= LONGEST;
}

/* FAR+C+9+1:20:US+++YEE3M: type, age, discount, fare bases from element 6. */
void pnr_read_fare(struct walk *w)
{
	enum { FIRST_BASIS = 6 };
	struct traveller *t = w->rec[REC_TRAVELLER];
	struct piece type = piece_at(w, 1, 1), discount = piece_at(w, 3, 2);
	struct fare fare = { .type = STR_NONE };
	bool some = false;

	if (!t)
		return;
	if (fare_type(type)) {
		piece_claim(w, type);
		fare.type = str_of(fare_type(type));
		if (str_eq(t->type, STR("UNN")))
			t->type = fare.type;
	}
	if (piece_is_set(discount))
		convert_int(w, discount, &fare.discount);
	for (unsigned e = FIRST_BASIS; e <= w->seg.elems; e++) {
		struct piece v = piece_at(w, e, 1);

		if (!is_basis(v))
			continue;
		fare.basis = piece_keep(w, v);
		*LIST_PUSH(w, t, fares) = fare;
		some = true;
	}
	if (!some && (fare.type.ptr || fare.discount.set))
		*LIST_PUSH(w, t, fares) = fare;
}

/* The code of a tax; "AY6", "XF9.00": an amount is glued to it. */
static struct piece tax_code(const struct walk *w, struct piece v)
{
	struct str two = str_slice(v.text, 0, 2);

	if (v.text.len >= 3 && str_is_digits(str_slice(v.text, 2, 3)) &&
	    str_is_alnum(two) && !str_is_digits(two))
		return piece_slice(w, v, 0, 2);
	return v.text.len <= 3 && str_is_alnum(v.text) ? v
						       : (struct piece){ 0 };
}

/* TXD++32.10:MA:EUR:YQ+...: amount, country, currency, code. */
void pnr_read_taxes(struct walk *w)
{
	struct ticket *t = w->rec[REC_TICKET];

	for (unsigned e = 2; t && e <= w->seg.elems; e++) {
		struct piece country = piece_at(w, e, 2);
		struct tax tax = { .code = piece_keep(
					   w, tax_code(w, piece_at(w, e, 4))) };

		tax.amount = pnr_money(w, piece_at(w, e, 1), piece_at(w, e, 3));
		if (piece_is_set(country))
			convert_country(w, country, &tax.country);
		if (tax.amount.set || tax.code.ptr)
			*LIST_PUSH(w, t, taxes) = tax;
	}
}

/* One composite of EBD: 2::N two pieces, :12:700 or 12::700 kilograms. */
static bool read_excess(struct walk *w, unsigned e, struct excess_bag *x)
{
	struct piece count = piece_at(w, e, 1), weight = piece_at(w, e, 2);
	struct piece unit = piece_at(w, e, 3);

	if (!piece_is_set(weight) &&
	    (piece_is(unit, "700") || piece_is(unit, "701")))
		bag_weight_read(w, count, unit, &x->weight);
	else if (piece_is_set(count))
		convert_int(w, count, &x->pieces);
	bag_weight_read(w, weight, unit, &x->weight);
	return x->pieces.set || x->weight.set;
}

/* EBD+EUR:45.00+1::N: its price, then what is beyond the allowance. */
void pnr_read_excess(struct walk *w)
{
	enum { FIRST = 2, LAST = 4 };
	struct traveller *t = w->rec[REC_TRAVELLER];
	struct money rate = pnr_money(w, piece_at(w, 1, 2), piece_at(w, 1, 1));
	struct booking *b = booking_of(w);

	for (unsigned e = FIRST; e <= LAST && e <= w->seg.elems; e++) {
		struct excess_bag x = { .rate = rate };

		if (!read_excess(w, e, &x))
			continue;
		if (w->phase & PNR_PERSON && t)
			*LIST_PUSH(w, t, excess_bags) = x;
		else
			*LIST_PUSH(w, b, excess_bags) = x;
	}
}

/* How the fare was made up, of an IFT. It is cut where its lines were full. */
static void calculation_of(struct walk *w, const struct edi_segment *seg,
			   struct ticket *t)
{
	enum { FIRST = 2, LAST = 100 };
	unsigned last = seg->elems < LAST ? seg->elems : LAST;
	struct str text = STR_NONE;

	if (t->fare_calculation.ptr) /* the first one counts */
		return;
	for (unsigned e = FIRST; e <= last; e++) {
		struct str part = piece_text(w, piece_of(w, seg, e, 1));

		if (part.ptr)
			text = text.ptr
				       ? arena_fmt(w->arena, STR_FMT STR_FMT,
						   STR_ARG(text), STR_ARG(part))
				       : part;
	}
	for (unsigned e = FIRST; e <= last; e++)
		piece_scan_as(w, piece_of(w, seg, e, 1), CLAIM_REMARK, text);
	t->fare_calculation = text;
}

/* IFT+4:15 of the ticket at hand, or, before TKT, of the traveller's first. */
void pnr_read_calculation(struct walk *w)
{
	struct ticket *t = w->rec[REC_TICKET];

	if (t)
		calculation_of(w, &w->seg, t);
	else if (w->phase & PNR_PERSON && !pnr_of(w)->calculation)
		pnr_of(w)->calculation = walk_save_segment(w, w->arena);
}

void pnr_take_calculation(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	if (p->calculation)
		calculation_of(w, p->calculation, &p->ticket);
	p->calculation = NULL;
}
