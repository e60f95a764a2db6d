#include "engine/history_value.h"

#include "base/buf.h"
#include "base/docnumber.h"
#include "law/crypt.h"

enum {
	PHONE_LEAST = 6,   /* digits; fewer are an extension */
	CARD_LEAST = 8,	   /* digits that tell a card from others */
	CARD_LAST = 4,	   /* that do so with its holder */
	ADDRESS_LEAST = 6, /* signs */
};

static void add(struct history_values *out, enum fact_kind kind,
		struct str text)
{
	*(struct history_value *)arena_push(out->arena, &out->v, &out->nr,
					    sizeof(*out->v)) =
		(struct history_value){ kind, text };
}

static uint32_t digits_of(struct str s)
{
	uint32_t nr = 0;

	for (size_t i = 0; i < s.len; i++)
		nr += s.ptr[i] >= '0' && s.ptr[i] <= '9';
	return nr;
}

static void add_phone(struct history_values *out, struct str number)
{
	if (digits_of(number) >= PHONE_LEAST)
		add(out, FACT_PHONE, docnumber_fold(out->arena, number));
}

static void add_contacts(struct history_values *out, const struct contact *c,
			 uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++) {
		if (str_eq(c[i].kind, STR("agency")) ||
		    str_eq(c[i].kind, STR("fax")))
			continue;
		if (!str_eq(c[i].kind, STR("email")) &&
		    str_find_byte(c[i].value, '@') < 0)
			add_phone(out, c[i].value);
		else if (docnumber_is_set(c[i].value))
			add(out, FACT_EMAIL,
			    docnumber_fold(out->arena, c[i].value));
	}
}

/* The same house may be on file as contact or as residence. */
static void add_addresses(struct history_values *out, const struct address *x,
			  uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++) {
		struct str place = docnumber_is_set(x[i].postcode)
					   ? x[i].postcode
					   : x[i].city;
		struct str text;

		if (str_eq(x[i].kind, STR("birth")) ||
		    str_eq(x[i].kind, STR("destination")) ||
		    !docnumber_is_set(x[i].street) || !docnumber_is_set(place))
			continue;
		text = arena_fmt(out->arena, STR_FMT STR_FMT STR_FMT,
				 STR_ARG(x[i].street), STR_ARG(place),
				 STR_ARG(x[i].country));
		text = docnumber_fold(out->arena, text);
		if (text.len >= ADDRESS_LEAST)
			add(out, FACT_ADDRESS, text);
	}
}

static void add_cards(struct history_values *out, const struct payment *p,
		      uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++) {
		struct str account = docnumber_fold(out->arena, p[i].account);
		struct str holder = docnumber_fold(out->arena, p[i].holder);
		uint32_t digits = digits_of(account);

		if (!str_eq(p[i].form, STR("CC")))
			continue;
		if (digits >= CARD_LEAST)
			holder = STR("");
		else if (digits < CARD_LAST || str_empty(holder) ||
			 str_empty(p[i].expires))
			continue;
		add(out, FACT_CARD,
		    arena_fmt(out->arena,
			      STR_FMT ":" STR_FMT ":" STR_FMT ":" STR_FMT,
			      STR_ARG(p[i].vendor), STR_ARG(account),
			      STR_ARG(p[i].expires), STR_ARG(holder)));
	}
}

/* An office without a number has one of its system. */
static void add_agency(struct history_values *out, const struct agency *g)
{
	if (docnumber_is_set(g->number))
		add(out, FACT_AGENCY, docnumber_fold(out->arena, g->number));
	else if (docnumber_is_set(g->system) && docnumber_is_set(g->office))
		add(out, FACT_AGENCY,
		    arena_fmt(out->arena, STR_FMT ":" STR_FMT,
			      STR_ARG(g->system),
			      STR_ARG(docnumber_fold(out->arena, g->office))));
}

void history_identity_of(struct history_values *out, const struct traveller *t)
{
	struct buf born = { 0 };

	for (uint32_t i = 0; i < t->nr_documents; i++) {
		struct str number =
			docnumber_canonical(out->arena, t->documents[i].number);

		if (!str_empty(number))
			add(out, FACT_DOCUMENT,
			    arena_fmt(out->arena, STR_FMT ":" STR_FMT,
				      STR_ARG(number),
				      STR_ARG(t->documents[i].issuer)));
	}
	if (!date_is_full(t->birth_date) || !docnumber_is_set(t->surname))
		return;
	date_write(&born, t->birth_date);
	add(out, FACT_PERSON,
	    arena_fmt(out->arena, STR_FMT "/" STR_FMT "/" STR_FMT,
		      STR_ARG(docnumber_fold(out->arena, t->surname)),
		      STR_ARG(docnumber_fold(out->arena, t->given)),
		      STR_ARG(buf_view(&born))));
	buf_release(&born);
}

void history_values_of(struct history_values *out, const struct subject *s)
{
	const struct traveller *t = s->traveller;
	const struct booking *b = s->booking;

	history_identity_of(out, t);
	add_contacts(out, t->contacts, t->nr_contacts);
	add_addresses(out, t->addresses, t->nr_addresses);
	if (!b)
		return;
	add_contacts(out, b->contacts, b->nr_contacts);
	add_addresses(out, b->addresses, b->nr_addresses);
	add_cards(out, b->payments, b->nr_payments);
	add_agency(out, &b->agency);
}

int64_t history_trip(const struct subject *s, int64_t flight_id,
		     int64_t traveller_id, struct arena *a)
{
	struct str locator =
		s->booking ? s->booking->locator : s->traveller->locator;
	struct str booking[] = { s->flight->carrier,
				 docnumber_fold(a, locator) };
	struct str alone[] = {
		{ (const char *)&flight_id, sizeof(flight_id) },
		{ (const char *)&traveller_id, sizeof(traveller_id) },
	};

	return docnumber_is_set(locator) ? crypt_id64("trip", booking, 2)
					 : crypt_id64("trip alone", alone, 2);
}
