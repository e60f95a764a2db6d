#include "tools/gen_message.h"

#include <string.h>

static void put_time(struct edi_writer *w, int qualifier, int airport,
		     int64_t utc)
{
	struct gen_clock t = gen_clock(gen_local(airport, utc));

	edi_put(w, "DTM+%d:%02d%02d%02d%02d%02d:201'", qualifier, t.year,
		t.month, t.day, t.hour, t.minute);
}

static void put_leg(struct edi_writer *w, const struct gen_flight *f, int from,
		    int to, int64_t departs, int64_t arrives)
{
	const char *code = gen_airlines[f->airline].code;
	bool border = from == f->from;

	edi_put(w, "TDT+20+%s%d+++%s'LOC+%d+%s'", code, f->number, code,
		border ? 125 : 92, gen_airports[from].code);
	put_time(w, 189, from, departs);
	edi_put(w, "LOC+%d+%s'", border ? 87 : 92, gen_airports[to].code);
	put_time(w, 232, to, arrives);
}

static void put_header(struct edi_writer *w, const struct gen_flight *f)
{
	const struct gen_airline *line = &gen_airlines[f->airline];
	int64_t hop = f->beyond < 0 ? 0
				    : gen_flying_minutes(f->beyond,
							 f->inbound ? f->from
								    : f->to) *
					      60;

	edi_put(w, "NAD+MS+++%s OPERATIONS'", line->name);
	edi_put(w, "COM+32 2 555 01%02d:TE+OCC@%s.EXAMPLE:EM'", f->airline,
		line->code);
	if (hop && f->inbound)
		put_leg(w, f, f->beyond, f->from, f->departs - hop - 4500,
			f->departs - 4500);
	put_leg(w, f, f->from, f->to, f->departs, f->arrives);
	if (hop && !f->inbound)
		put_leg(w, f, f->to, f->beyond, f->arrives + 4500,
			f->arrives + 4500 + hop);
}

static void put_date(struct edi_writer *w, int qualifier, struct date d)
{
	edi_put(w, "DTM+%d:%02d%02d%02d'", qualifier, d.year % 100, d.month,
		d.day);
}

/* What 05B and later say and 02B does not: bags, verification, contact. */
static void put_extras(struct edi_writer *w, const struct gen_flight *f,
		       const struct gen_person *t)
{
	const struct gen_airline *line = &gen_airlines[f->airline];

	if (!strcmp(line->paxlst, "02B"))
		return;
	if (t->bags) {
		edi_put(w,
			line->habits & HABIT_PLAIN_MEA ? "MEA+CT++%d'"
						       : "MEA+CT++:%d'",
			t->bags);
		edi_put(w, "MEA+WT++KGM:%d'", t->kg);
	}
	edi_put(w, "GEI+4+%s'", t->id % 50 ? "173" : "174");
	if (t->bags)
		edi_put(w, "FTX+BAG+++%s%06d:%d'", line->code, t->tag, t->bags);
}

static void put_person(struct edi_writer *w, const struct gen_flight *f,
		       const struct gen_booking *b, const struct gen_person *t)
{
	const char *code = gen_airlines[f->airline].code;
	bool late_nat = f->airline % 3 == 0;
	const struct gen_leg *last = &b->leg[b->pushed];

	edi_put(w, "NAD+FL+++%s:%s'ATT+2++%s'", t->surname, t->given,
		t->sex == 'M' ? "M" : "F");
	if (date_is_set(t->born))
		put_date(w, 329, t->born);
	put_extras(w, f, t);
	if (!late_nat)
		edi_put(w, "NAT+2+%s'", t->nation);
	edi_put(w, "LOC+178+%s'LOC+179+%s'LOC+174+%s'",
		gen_airports[b->pushed && b->leg[b->pushed - 1].to == f->from &&
					     f->inbound
				     ? b->leg[0].from
				     : f->from]
			.code,
		gen_airports[last->to].code, t->nation);
	if (late_nat)
		edi_put(w, "NAT+2+%s'", t->nation);
	edi_put(w, "RFF+AVF:%s'RFF+ABO:%s%03d%04d'", b->locator, code,
		f->number, t->id);
	if (*t->seat)
		edi_put(w, "RFF+SEA:%s'", t->seat);
	if (*t->doc_number) {
		edi_put(w,
			t->doc_type == 'I' ? "DOC+I:110:111+%s'"
					   : "DOC+P:110:111+%s'",
			t->doc_number);
		put_date(w, 36, t->expires);
		edi_put(w, "LOC+91+%s'", t->nation);
	}
	if (*t->visa)
		edi_put(w, "DOC+V:110:111+%s'LOC+91+%s'", t->visa,
			gen_airports[f->to].country);
}

void gen_write_paxlst(struct buf *out, const struct gen_envelope *env,
		      const struct gen_bookings *b, int from, int upto,
		      int total)
{
	const struct gen_flight *f = env->flight;
	struct edi_writer w = { out, gen_newline(f), 0 };
	int k = 0;

	gen_open(&w, env, "PAXLST");
	edi_put(&w, "BGM+745'");
	if (strcmp(gen_airlines[f->airline].paxlst, "02B") != 0)
		edi_put(&w, "RFF+TN:%s%dA:::1'", gen_airlines[f->airline].code,
			f->number);
	put_header(&w, f);
	for (uint32_t i = 0; i < b->nr && k < upto; i++) {
		const struct gen_booking *one = &b->item[i];

		if (!gen_is_active(one, PHASE_CLOSURE))
			continue;
		for (int j = 0; j < one->nr; j++) {
			if (!one->person[j].checked_in)
				continue;
			if (k >= from && k < upto)
				put_person(&w, f, one, &one->person[j]);
			k++;
		}
	}
	edi_put(&w, "CNT+42:%d'", total);
	gen_close(&w, env, "PAXLST");
}

void gen_write_crew(struct buf *out, const struct gen_envelope *env,
		    struct rng *r)
{
	const struct gen_flight *f = env->flight;
	struct edi_writer w = { out, gen_newline(f), 0 };
	int nr = rng_range(r, 6, 11);

	gen_open(&w, env, "PAXLST");
	edi_put(&w, "BGM+250+C'");
	put_header(&w, f);
	for (int i = 0; i < nr; i++) {
		char surname[GEN_NAME], given[GEN_NAME], nation[GEN_NAME];
		enum gen_culture c = (enum gen_culture)rng_below(r, CULTURES);
		bool man = rng_chance(r, 500);
		struct date born = { (int16_t)rng_range(r, 1965, 2002),
				     (uint8_t)rng_range(r, 1, 12),
				     (uint8_t)rng_range(r, 1, 28) };

		gen_pick_name(surname, c, LIST_SURNAMES, r);
		gen_pick_name(given, c, man ? LIST_MEN : LIST_WOMEN, r);
		gen_pick_name(nation, c, LIST_NATIONS, r);
		edi_put(&w, "NAD+FM+++%s:%s'ATT+2++%s'", surname, given,
			man ? "M" : "F");
		put_date(&w, 329, born);
		edi_put(&w,
			"LOC+178+%s'LOC+179+%s'EMP+1+CR%d:110:111'NAT+2+%s'"
			"DOC+P:110:111+L%07d'LOC+91+%s'",
			gen_airports[f->from].code, gen_airports[f->to].code,
			i < 2 ? 1 : 2, nation, rng_range(r, 1000000, 9999999),
			nation);
	}
	edi_put(&w, "CNT+41:%d'", nr);
	gen_close(&w, env, "PAXLST");
}
