#include "tools/gen_pnr.h"

static void put_leg(struct pnr *p, const struct gen_leg *leg, bool full)
{
	struct gen_clock d = gen_clock(gen_local(leg->from, leg->departs));
	struct gen_clock a = gen_clock(gen_local(leg->to, leg->arrives));
	const char *code = gen_airlines[leg->airline].code;
	char class[2] = { leg->class, 0 };

	edi_put(p->w, "TVL+%02d%02d%02d:%02d%02d:%02d%02d%02d:%02d%02d+%s+%s",
		d.day, d.month, d.year, d.hour, d.minute, a.day, a.month,
		a.year, a.hour, a.minute, gen_code(leg->from),
		gen_code(leg->to));
	if (leg->partner < 0) {
		edi_put(p->w, "+%s+%d:%s'", code, leg->number, class);
		return;
	}
	edi_put(p->w, "+%s:%s+%d:%s'", gen_airlines[leg->partner].code, code,
		leg->partner_number, class);
	/* since 14.1 the operating flight has a segment of its own */
	if (full && p->line->pnrgov >= 14)
		edi_put(p->w, "TRA+%s+%d:%s'", code, leg->number, class);
	else if (full)
		edi_put(p->w, "TVL+++++%d:%s'", leg->number, class);
}

static void put_bags(struct pnr *p, const struct gen_person *t)
{
	const struct gen_person *head = &p->b->person[0];
	bool pool = p->b->nr > 2 && head->bags && !p->b->group;

	if (!t->bags && !(pool && t->type == 'C'))
		return;
	if (!t->bags) {
		edi_put(p->w, "TBD+++MP:%s-%03d'", gen_code(p->f->from),
			head->sequence);
		return;
	}
	edi_put(p->w, "TBD++%d:%d:700", t->bags, t->kg);
	if (pool && t == head)
		edi_put(p->w, "++HP:%s-%03d", gen_code(p->f->from),
			t->sequence);
	else
		edi_put(p->w, "++NP");
	edi_put(p->w, "+%s:0%s%06d:%d:%s:%s'", p->line->code,
		p->line->accounting, t->tag, t->bags,
		gen_code(p->b->leg[p->b->nr_legs - 1].to == p->f->from
				 ? p->f->to
				 : p->b->leg[p->b->pushed].to),
		p->line->accounting);
}

static void put_check_in(struct pnr *p)
{
	const struct gen_booking *b = p->b;
	struct gen_clock t = gen_clock(b->person[0].checked_in_at);

	if (p->phase != PHASE_CLOSURE || !p->active || !b->person[0].checked_in)
		return;
	edi_put(p->w, "DAT+2:%02d%02d%02d:%02d%02d'ORG+%s:%s'", t.day, t.month,
		t.year, t.hour, t.minute, p->line->code, gen_code(p->f->from));
	for (int i = 0; i < b->nr; i++) {
		const struct gen_person *who = &b->person[i];

		edi_put(p->w, "TRI++%s-%03d:::%d'", gen_code(p->f->from),
			who->sequence, i + 1);
		gen_put_name(p, who, i + 1);
		edi_put(p->w, "'");
		if (*who->seat)
			edi_put(p->w, "SSD+%s++++Y'", who->seat);
		put_bags(p, who);
	}
}

static void put_infants(struct pnr *p)
{
	for (int i = 0; i < p->b->nr; i++) {
		const struct gen_person *t = &p->b->person[i];

		if (t->type == 'I')
			edi_put(p->w,
				"SSR+INFT:HK:1:%s:::%s:%s:%s/%s%s %s+::%d'",
				p->line->code, gen_code(p->f->from),
				gen_code(p->f->to), t->tif_surname,
				t->tif_given, t->title, gen_ddmmmyy(t->born).z,
				t->adult + 1);
	}
}

void gen_put_itinerary(struct pnr *p)
{
	const struct gen_booking *b = p->b;
	struct gen_clock c = gen_clock(b->created);

	for (int i = 0; i < b->nr_legs; i++) {
		struct gen_leg leg = b->leg[i];

		if (i == b->nr_legs - 1 && p->phase < b->moved &&
		    b->moved != PHASE_NEVER) {
			leg.departs -= SECONDS_PER_DAY;
			leg.arrives -= SECONDS_PER_DAY;
		}
		put_leg(p, &leg, true);
		edi_put(p->w, "RPI+%d+%s'APD+%s'", b->nr,
			p->active ? "HK" : "HX", leg.equipment);
		if (i != b->pushed)
			continue;
		put_infants(p);
		edi_put(p->w, "RCI+%s:%s::%02d%02d%02d:%02d%02d'",
			p->line->code, b->locator, c.day, c.month, c.year,
			c.hour, c.minute);
	}
	put_check_in(p);
}

static void put_history(struct pnr *p)
{
	const struct gen_booking *b = p->b;

	for (int i = 0; i < b->nr_changes; i++) {
		const struct gen_change *c = &b->change[i];
		char action[2] = { c->action, 0 };
		struct gen_clock t = gen_clock(c->at);

		if (c->at > gen_sent_at(p->f, p->phase))
			continue;
		edi_put(p->w,
			"ABI+4+%d:GS+%s++%s'DAT+T:%02d%02d%02d:%02d%02d'"
			"SAC+++%s'",
			b->agency_number % 900000 + 100000,
			gen_code(b->agency_airport), p->line->code, t.day,
			t.month, t.year, t.hour, t.minute, action);
		put_leg(p, &c->leg, false);
		edi_put(p->w, "RPI+%d+%s'", b->nr, c->status);
	}
}

/* The booking as text, in the words of the system that holds it. */
static void put_text(struct pnr *p)
{
	const struct gen_booking *b = p->b;
	struct gen_clock t = gen_clock(b->created);

	edi_put(p->w,
		"LTS+Z/%02d%02d%02d %02d%02dZ %s %s%04dAS/%d NAMES %d SEGMENTS'"
		"LTS+0/O/AP/%s %s-EXAMPLE TRAVEL REF %s'",
		t.day, t.month, t.year, t.hour, t.minute, p->line->crs,
		gen_code(b->agency_airport), b->agency_number % 10000, b->nr,
		b->nr_legs, gen_code(b->agency_airport), b->phone,
		b->crs_locator);
	for (int i = 0; i < b->nr; i++)
		edi_put(p->w, "LTS+0/O/NM/%s/%s%s'LTS+0/O/TK/ETKT %s/%s'",
			b->person[i].tif_surname, b->person[i].tif_given,
			b->person[i].title, b->person[i].ticket, b->locator);
	for (int i = 0; i < b->nr_legs; i++) {
		const struct gen_leg *leg = &b->leg[i];
		struct gen_clock d =
			gen_clock(gen_local(leg->from, leg->departs));

		edi_put(p->w, "LTS+0/O/SG/%s%d %02d%02d %s%s HK%d %02d%02d'",
			gen_airlines[leg->airline].code, leg->number, d.day,
			d.month, gen_code(leg->from), gen_code(leg->to), b->nr,
			d.hour, d.minute);
	}
}

void gen_put_rest(struct pnr *p)
{
	const struct gen_booking *b = p->b;
	struct gen_clock s = gen_clock(b->split_at);

	if (*b->split)
		edi_put(p->w, "EQN+1'RCI+%s:%s::%02d%02d%02d:%02d%02d'",
			p->line->code, b->split, s.day, s.month, s.year, s.hour,
			s.minute);
	if (b->hotel) {
		const struct gen_leg *leg = &b->leg[b->pushed];
		struct gen_clock in =
			gen_clock(gen_local(leg->to, leg->arrives));
		struct gen_clock out = gen_clock(
			gen_local(leg->to, leg->arrives) + 2 * SECONDS_PER_DAY);

		edi_put(p->w,
			"MSG+8'TVL+%02d%02d%02d:1600:%02d%02d%02d+%s:%s++ZZ+"
			"1A1K:ROH'",
			in.day, in.month, in.year, out.day, out.month, out.year,
			gen_code(leg->to), b->hotel);
	}
	put_history(p);
	put_text(p);
}
