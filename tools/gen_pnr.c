#include "tools/gen_pnr.h"

static void put_rci(struct pnr *p)
{
	struct gen_clock t = gen_clock(p->b->created);
	const char *code = p->line->code, *crs = p->line->crs;

	edi_put(p->w, "RCI+%s:%s::%02d%02d%02d:%02d%02d", code, p->b->locator,
		t.day, t.month, t.year, t.hour, t.minute);
	if (p->b->agency_kind == 'T')
		edi_put(p->w, "+%s:%s::%02d%02d%02d:%02d%02d", crs,
			p->b->crs_locator, t.day, t.month, t.year, t.hour,
			t.minute);
	edi_put(p->w, "'");
}

static void put_contacts(struct pnr *p)
{
	const struct gen_booking *b = p->b;
	const char *code = p->line->code;

	edi_put(p->w, "SSR+CTCM:HK:1:%s:::::%s+::1'", code, b->phone);
	if (*b->email)
		edi_put(p->w, "SSR+CTCE:HK:1:%s:::::%s+::1'", code, b->email);
	if (b->group)
		edi_put(p->w, "SSR+GRPS:HK:%d:%s:::::TCP%d %s'", b->nr, code,
			b->nr, b->group);
	edi_put(p->w, "SSR+OTHS:HK:1:%s:::::PLS ADV FQTV NBR AND CTC'", code);
}

static void put_dates(struct pnr *p)
{
	struct gen_clock c = gen_clock(p->b->changed[p->phase]);
	struct gen_clock t = gen_clock(p->b->ticketed);

	edi_put(p->w,
		"DAT+700:%02d%02d%02d:%02d%02d+710:%02d%02d%02d:%02d%02d'",
		c.day, c.month, c.year, c.hour, c.minute, t.day, t.month,
		t.year, t.hour, t.minute);
}

static void put_agency(struct pnr *p)
{
	const struct gen_booking *b = p->b;
	const struct gen_airport *at = &gen_airports[b->agency_airport];
	char kind[2] = { b->agency_kind, 0 };

	if (b->agency_kind == 'T')
		edi_put(p->w,
			"IFT+4:28::%s+CTCT %s %s EXAMPLE TRAVEL'"
			"ORG+%s:%s+%d:%s%s%04d+%s++T+%s:%s:EN+A%04dAS'",
			p->line->code, at->code, b->phone, p->line->crs,
			at->code, b->agency_number, at->code, p->line->crs,
			b->agency_number % 10000, at->code, at->alpha2,
			b->currency, b->agency_number / 7 % 10000);
	else
		edi_put(p->w, "ORG+%s:%s+%d+%s++%s+%s:%s:EN+0%03dWW'",
			p->line->code, at->code, b->agency_number, at->code,
			kind, at->alpha2, b->currency, b->agency_number % 1000);
	edi_put(p->w, "ADD++700:%d MARKET STREET:%s:::%s:%04d:%s'",
		b->agency_number % 190 + 1, at->city, at->alpha2,
		b->agency_number % 9000 + 1000, b->phone);
}

static void put_docs(struct pnr *p, const struct gen_person *t, int ref)
{
	const char *sex = t->type == 'I'  ? t->sex == 'M' ? "MI" : "FI"
			  : t->sex == 'M' ? "M"
					  : "F";
	char type[2] = { t->doc_type, 0 };

	if (t->docs_since > p->phase || !date_is_full(t->born))
		return;
	edi_put(p->w, "SSR+DOCS:HK:1:%s:::%s:%s:", p->line->code,
		gen_code(p->f->from), gen_code(p->f->to));
	if (*t->doc_number)
		edi_put(p->w, "/%s/%s/%s/%s/%s/%s/%s", type, t->nation,
			t->doc_number, t->nation, gen_ddmmmyy(t->born).z, sex,
			gen_ddmmmyy(t->expires).z);
	else
		edi_put(p->w, "////%s/%s/%s/", t->nation,
			gen_ddmmmyy(t->born).z, sex);
	edi_put(p->w, "/%s/%s+::%d'", t->surname, t->given, ref);
	if (t->type == 'A' && t->id % 3 == 0)
		edi_put(p->w,
			"SSR+DOCA:HK:1:%s:::%s:%s:/D/%s/%d HARBOUR STREET/"
			"%s//%04d+::%d'",
			p->line->code, gen_code(p->f->from), gen_code(p->f->to),
			gen_airports[p->f->to].country, t->id % 90 + 1,
			gen_airports[p->f->to].city, 1000 + t->id, ref);
	if (*t->visa)
		edi_put(p->w, "SSR+DOCO:HK:1:%s:::%s:%s:%s/V/%s/%s/%s/%s+::%d'",
			p->line->code, gen_code(p->f->from), gen_code(p->f->to),
			gen_airports[p->f->from].city, t->visa,
			gen_airports[p->f->from].city,
			gen_ddmmmyy(
				date_from_days(p->b->created / SECONDS_PER_DAY))
				.z,
			gen_airports[p->f->to].country, ref);
}

static void put_ticket(struct pnr *p, const struct gen_person *t)
{
	const struct gen_booking *b = p->b;
	int share = t->type == 'A' ? 100 : t->type == 'C' ? 75 : 10;
	int fare = b->fare / 100 * share, total = fare + b->tax;
	struct gen_clock i = gen_clock(b->ticketed);
	bool miles = b->recipe->form == FORM_MILE;

	edi_put(p->w, "TKT+%s:T:1'", t->ticket);
	if (miles)
		edi_put(p->w, "MON+T:AWARD'");
	else
		edi_put(p->w, "MON+B:%d.%02d:%s+T:%d.%02d:%s'", fare / 100,
			fare % 100, b->currency, total / 100, total % 100,
			b->currency);
	edi_put(p->w,
		"PTK+NR++%02d%02d%02d:2359+%s+%s+%s'"
		"TXD++%d.%02d:%s:%s:YQ+%d.%02d:%s:%s:%s'"
		"DAT+710:%02d%02d%02d:%02d%02d'",
		i.day, i.month, i.year, p->line->code, p->line->accounting,
		gen_code(b->agency_airport), b->tax / 300, b->tax / 3 % 100,
		gen_airports[p->f->from].alpha2, b->currency, b->tax / 150,
		b->tax % 100, gen_airports[p->f->to].alpha2, b->currency,
		gen_airports[p->f->to].alpha2, i.day, i.month, i.year, i.hour,
		i.minute);
	edi_put(p->w, "IFT+4:15:0+%s %s %s Q4.00 %d.00NUC%d.00END ROE1.000000'",
		gen_code(p->f->from), p->line->code, gen_code(p->f->to),
		fare / 100, fare / 100 + 4);
	total = miles ? b->tax : total;
	if (*b->vendor)
		edi_put(p->w, "FOP+%s::%d.%02d:%s:XXXXXXXXXXXX%04d:%04d'",
			b->form, total / 100, total % 100, b->vendor, b->card,
			b->card_expires);
	else
		edi_put(p->w, "FOP+%s::%d.%02d'", b->form, total / 100,
			total % 100);
	if (*b->payer)
		edi_put(p->w, "IFT+4:43+%s+%d LEDGER STREET %s+%s'", b->payer,
			b->card % 90 + 1, gen_airports[b->agency_airport].city,
			b->phone);
}

static void put_requests(struct pnr *p, const struct gen_person *t, int ref)
{
	const char *code = p->line->code;

	if (t->frequent_flyer)
		edi_put(p->w, "SSR+FQTV:HK:1:%s:::::/%s%d-%s/%s+::%d'", code,
			code, t->frequent_flyer, t->tif_surname, t->tif_given,
			ref);
	/* where exactly somebody sits is known at check-in only */
	if (*t->seat)
		edi_put(p->w, "SSR+%s:HK:1:%s:::%s:%s:%s SEAT ASKED FOR+::%d'",
			t->id % 2 ? "NSSA" : "NSSW", code, gen_code(p->f->from),
			gen_code(p->f->to), t->id % 2 ? "AISLE" : "WINDOW",
			ref);
	if (t->special)
		edi_put(p->w, "SSR+%s:HK:1:%s:::%s:%s+::%d'", t->special, code,
			gen_code(p->f->from), gen_code(p->f->to), ref);
	if (p->b->alone_minor && t->type == 'C')
		edi_put(p->w, "SSR+UMNR:HK:1:%s:::%s:%s:UM%02d+::%d'", code,
			gen_code(p->f->from), gen_code(p->f->to),
			date_years_between(t->born,
					   date_from_days(p->f->departs /
							  SECONDS_PER_DAY)),
			ref);
	if (t->type == 'C' && !p->b->alone_minor && t->docs_since <= p->phase)
		edi_put(p->w, "SSR+CHLD:HK:1:%s:::::%s+::%d'", code,
			gen_ddmmmyy(t->born).z, ref);
	edi_put(p->w, "SSR+TKNE:HK:1:%s:::%s:%s:%sC%d+::%d'", code,
		gen_code(p->f->from), gen_code(p->f->to), t->ticket,
		p->b->pushed + 1, ref);
}

void gen_put_name(struct pnr *p, const struct gen_person *t, int ref)
{
	const char *type = t->type == 'A' ? "A" : t->type == 'C' ? "C" : "IN";

	edi_put(p->w, "TIF+%s+%s%s:%s:%d", t->tif_surname, t->tif_given,
		t->title, type, ref);
}

static void put_person(struct pnr *p, const struct gen_person *t, int ref)
{
	char class[2] = { p->b->leg[p->b->pushed].class, 0 };
	bool holds_infant = false;

	for (int i = 0; i < p->b->nr; i++)
		holds_infant |= p->b->person[i].type == 'I' &&
				p->b->person[i].adult == ref - 1;
	gen_put_name(p, t, ref);
	edi_put(p->w, holds_infant ? ":1'" : "'");
	if (t->frequent_flyer)
		edi_put(p->w, "FTI+%s:%d:%d::%s'", p->line->code,
			t->frequent_flyer, ref, t->tier);
	edi_put(p->w, "REF+:%s%03d%04d'FAR+%s+++++%sLOW3M'", p->line->code,
		p->f->number, t->id,
		t->type == 'A'	 ? "A"
		: t->type == 'C' ? "C"
				 : "I",
		class);
	put_docs(p, t, ref);
	put_requests(p, t, ref);
	put_ticket(p, t);
	if (t->remark)
		edi_put(p->w, "IFT+4:28::%s+%s'", p->line->code, t->remark);
}

void gen_write_booking(struct edi_writer *w, const struct gen_flight *f,
		       const struct gen_booking *b, enum gen_phase phase)
{
	struct pnr p = { .w = w,
			 .f = f,
			 .b = b,
			 .line = &gen_airlines[f->airline],
			 .phase = phase,
			 .active = gen_is_active(b, phase) };

	edi_put(w, "SRC'");
	put_rci(&p);
	put_contacts(&p);
	put_dates(&p);
	put_agency(&p);
	for (int i = 0; i < b->nr; i++)
		put_person(&p, &b->person[i], i + 1);
	gen_put_itinerary(&p);
	gen_put_rest(&p);
}
