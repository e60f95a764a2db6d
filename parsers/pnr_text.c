/*
 * pnr_text.c - IFT and ADD of a PNRGOV: contacts, payers, addresses
 */
#include "parsers/pnr.h"

#include "parsers/contact.h"
#include "parsers/convert.h"

/* Contacts go to the traveller in whose group they stand, or the booking. */
static struct contacts contacts_here(struct walk *w)
{
	struct booking *b = booking_of(w);
	struct traveller *t = w->rec[REC_TRAVELLER];

	if (w->phase & PNR_PERSON && t)
		return CONTACTS_OF(t);
	return CONTACTS_OF(b);
}

/*
 * IFT+4:43+name+address+telephone: who paid, where not the traveller. Of the
 * payment Annex I has the billing address, not a telephone of somebody else.
 */
static void read_payer(struct walk *w)
{
	struct payment *p = w->rec[REC_PAYMENT];

	if (!p || !(w->phase & GR4) || p->holder.ptr || p->address.ptr)
		return;
	p->holder = piece_scan(w, piece_at(w, 2, 1), CLAIM_REMARK);
	p->address = piece_scan(w, piece_at(w, 3, 1), CLAIM_REMARK);
}

/* Kinds of text (9980) that are a telephone number. */
static const char *telephone_kind(struct piece type)
{
	static const char *const types[][2] = {
		{ "3", "business" },
		{ "4", "home" },
		{ "5", "unknown" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (piece_is(type, types[i][0]))
			return types[i][1];
	return NULL;
}

void pnr_read_text(struct walk *w)
{
	struct contacts to = contacts_here(w);
	const char *kind;

	if (piece_is(piece_at(w, 1, 2), "43")) {
		piece_claim(w, piece_at(w, 1, 2));
		read_payer(w);
		return;
	}
	if (w->phase & (PNR_HISTORY | GR9 | GR9_FULL))
		return;
	if (piece_is(piece_at(w, 1, 2), "15")) {
		pnr_read_calculation(w);
		return;
	}
	kind = telephone_kind(piece_at(w, 1, 2));
	for (unsigned e = 1; e <= w->seg.elems; e++) {
		struct piece v = piece_at(w, e, 1);

		if (!contact_read_keyword(w, v, to) && kind && e > 1)
			contact_read_phones(w, v, kind, to);
	}
}

/* Purposes of an address: E, M, H, O, N are some senders' own. */
static const char *purpose_kind(struct piece purpose)
{
	static const char *const purposes[][2] = {
		{ "700", "phone" }, { "701", "phone" }, { "702", "phone" },
		{ "E", "email" },   { "M", "mobile" },	{ "H", "home" },
		{ "O", "unknown" }, { "N", "unknown" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(purposes); i++)
		if (piece_is(purpose, purposes[i][0]))
			return purposes[i][1];
	return NULL;
}

/*
 * The free text of an address: a telephone number, an e-mail address. Without
 * a purpose it may be an address in words, whose numbers are no telephone's.
 */
static void read_address_text(struct walk *w, struct piece v,
			      struct piece purpose)
{
	struct contacts to = contacts_here(w);
	const char *kind = purpose_kind(purpose);

	if (!piece_is_set(v) || contact_read_keyword(w, v, to))
		return;
	if (str_find(v.text, STR("//")) >= 0 || str_find_byte(v.text, '@') >= 0)
		contact_read_email(w, v, to);
	else if (kind)
		contact_read_phones(w, v, kind, to);
}

static bool is_set(const struct address *a)
{
	return a->street.ptr || a->city.ptr || a->region.ptr ||
	       a->postcode.ptr || a->country.ptr;
}

static struct address address_at(struct walk *w, unsigned e)
{
	struct address a = { .street = keep_at(w, e, 2),
			     .city = keep_at(w, e, 3),
			     .region = keep_at(w, e, 4) };
	struct piece country = piece_at(w, e, 6);

	if (!a.region.ptr)
		a.region = keep_at(w, e, 5);
	if (piece_is_set(country))
		convert_country(w, country, &a.country);
	a.postcode = keep_at(w, e, 7);
	return a;
}

/*
 * The billing address, in one line: a remark, for it may be anybody's. Where
 * IFT gave one already this is not asked for.
 */
static void read_billing(struct walk *w, unsigned e, struct payment *p)
{
	enum { FIRST = 2, LAST = 7 };
	struct str line = STR_NONE;

	if (p->address.ptr)
		return;
	for (unsigned c = FIRST; c <= LAST; c++) {
		struct str part = piece_text(w, piece_at(w, e, c));

		if (!part.ptr)
			continue;
		line = line.ptr ? arena_join(w->arena, line, STR(", "), part)
				: part;
	}
	for (unsigned c = FIRST; c <= LAST; c++)
		piece_scan_as(w, piece_at(w, e, c), CLAIM_REMARK, line);
	p->address = line;
}

/*
 * One composite of ADD. With the payment it is the billing address. Else 700 is
 * the traveller's own; 701 and 702 are emergency contacts, payers and the like,
 * who are no passengers (C-817/19, paragraph 131).
 */
static void one_address(struct walk *w, unsigned e)
{
	struct traveller *t = w->rec[REC_TRAVELLER];
	struct payment *p = w->rec[REC_PAYMENT];
	struct booking *b = booking_of(w);
	struct piece purpose = piece_at(w, e, 1);
	struct address a;

	if (purpose_kind(purpose))
		piece_claim(w, purpose);
	if (w->phase & GR4) { /* of a payment that is not kept: nobody's */
		if (p)
			read_billing(w, e, p);
		return;
	}
	if (piece_is(purpose, "701") || piece_is(purpose, "702"))
		return;
	if (w->phase & PNR_PERSON && t) {
		a = address_at(w, e);
		a.kind = STR("contact");
		if (is_set(&a))
			*LIST_PUSH(w, t, addresses) = a;
	} else {
		a = address_at(w, e);
		a.kind = STR("contact");
		if (is_set(&a))
			*LIST_PUSH(w, b, addresses) = a;
	}
	read_address_text(w, piece_at(w, e, 8), purpose);
}

void pnr_read_address(struct walk *w)
{
	if (w->phase & (PNR_HISTORY | GR9 | GR9_FULL))
		return;
	for (unsigned e = 2; e <= w->seg.elems; e++)
		one_address(w, e);
}
