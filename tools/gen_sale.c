#include "tools/gen_booking.h"

#include <stdio.h>
#include <string.h>

/* A country that is neither end of the trip, for an agency abroad. */
static int pick_abroad(const struct gen_booking *b, struct rng *r)
{
	for (;;) {
		int i = (int)rng_below(r, (uint32_t)gen_airports_nr);
		bool on_trip = false;

		for (int k = 0; k < b->nr_legs; k++)
			on_trip |= !strcmp(gen_airports[b->leg[k].from].country,
					   gen_airports[i].country) ||
				   !strcmp(gen_airports[b->leg[k].to].country,
					   gen_airports[i].country);
		if (!on_trip)
			return i;
	}
}

static void choose_agency(struct gen_booking *b, struct rng *r)
{
	unsigned flags = b->recipe->flags;

	b->agency_kind =
		flags & FLAG_AT_AIRLINE || (!b->plant && rng_chance(r, 300))
			? 'A'
			: 'T';
	b->agency_airport =
		flags & FLAG_AGENCY_ABROAD ? pick_abroad(b, r) : b->leg[0].from;
	b->agency_number = flags & FLAG_AGENCY_REPORTED
				   ? rng_range(r, 0, 2) * 11 + 90000014
				   : rng_range(r, 91000000, 99999999);
	b->currency = !strcmp(gen_airports[b->agency_airport].country, "USA")
			      ? "USD"
			      : "EUR";
}

/* Name of whoever pays: no word of it is a word of the travellers' names. */
static void name_payer(struct gen_booking *b, struct gen_maker *m)
{
	char given[GEN_NAME], surname[GEN_NAME];
	bool taken;

	do {
		enum gen_culture c =
			(enum gen_culture)rng_below(&m->rng, CULTURES);

		gen_pick_name(given, c, LIST_MEN, &m->rng);
		gen_pick_name(surname, c, LIST_SURNAMES, &m->rng);
		taken = strchr(surname, '\'') || strlen(surname) < 4;
		for (int i = 0; i < b->nr; i++)
			taken |= strstr(surname, b->person[i].surname) ||
				 strstr(b->person[i].surname, surname) ||
				 strstr(given, b->person[i].surname);
	} while (taken);
	snprintf(b->payer, sizeof(b->payer), "%s %s", given, surname);
}

static void choose_payment(struct gen_booking *b, struct gen_maker *m)
{
	static const char *const vendors[] = { "VI", "VI", "CA",
					       "CA", "AX", "DC" };
	struct rng *r = &m->rng;
	unsigned flags = b->recipe->flags;

	b->vendor = "";
	switch (b->recipe->form) {
	case FORM_CASH:
		b->form = "CA";
		break;
	case FORM_MISC:
		b->form = "MS";
		break;
	case FORM_CARD:
	case FORM_MILE:
		b->form = "CC";
		b->vendor = vendors[rng_below(r, ARRAY_SIZE(vendors))];
		b->card = rng_range(r, 0, 9999);
		b->card_expires =
			rng_range(r, 1, 12) * 100 + rng_range(r, 27, 31);
		break;
	}
	if (flags & FLAG_PAID_BY_COMPANION)
		snprintf(b->payer, sizeof(b->payer), "%s %s",
			 b->person[1].tif_given, b->person[1].tif_surname);
	if (flags & FLAG_PAID_BY_OTHER)
		name_payer(b, m);
}

static void choose_contact(struct gen_booking *b, struct rng *r)
{
	static const char *const prefix[] = { "32", "33", "31", "49",  "44",
					      "34", "39", "90", "212", "243" };
	const struct gen_person *p = &b->person[0];

	snprintf(b->phone, sizeof(b->phone), "%s 555 %03d %04d",
		 prefix[rng_below(r, ARRAY_SIZE(prefix))], rng_range(r, 0, 999),
		 rng_range(r, 0, 9999));
	/* as SSR CTCE writes it: // for @ */
	if (rng_chance(r, 700))
		snprintf(b->email, sizeof(b->email), "%.20s.%.20s%d//%s",
			 p->tif_given, p->tif_surname, rng_range(r, 1, 99),
			 rng_chance(r, 500) ? "MAIL.INVALID" : "POST.EXAMPLE");
	for (char *c = b->email; *c; c++)
		if (*c == '\'')
			*c = '.';
}

void gen_make_sale(struct gen_booking *b, struct gen_maker *m)
{
	static const char *const hotels[] = { "HARBOUR HOUSE",
					      "HOTEL DU PARC EXEMPLE",
					      "SAMPLE INN", "THE OLD MINT" };
	struct rng *r = &m->rng;
	int minutes = gen_flying_minutes(m->flight->from, m->flight->to);

	choose_agency(b, r);
	choose_payment(b, m);
	choose_contact(b, r);
	b->fare = (minutes * rng_range(r, 40, 160) + 4000) / 100 * 100;
	b->tax = rng_range(r, 2200, 9800);
	if (!b->plant && rng_chance(r, 60))
		b->hotel = hotels[rng_below(r, ARRAY_SIZE(hotels))];
}
