/*
 * pnr_travel.c - flights and services of a PNRGOV
 */
#include "parsers/pnr.h"

void pnr_header_flight(struct walk *w)
{
	struct flight *f = &w->msg->flight;
	struct pnr_times t;

	if (f->carrier.ptr || f->origin.ptr)
		return; /* the first one counts */
	t = pnr_times(w);
	*f = (struct flight){
		pnr_carrier(w, 4, 1), pnr_number(w, 5), pnr_airport(w, 2),
		pnr_airport(w, 3),    t.departs,	t.arrives
	};
}

static bool same_day(struct moment a, struct moment b)
{
	return moment_is_set(a) && moment_is_set(b) &&
	       moment_days(a) == moment_days(b);
}

/* Is the leg the flight this message is about? The destination may differ. */
bool pnr_is_pushed(const struct flight *f, const struct leg *l)
{
	bool marketing =
		str_eq(l->carrier, f->carrier) && str_eq(l->number, f->number);
	bool operating = str_eq(l->operating_carrier, f->carrier) &&
			 (str_eq(l->operating_number, f->number) ||
			  str_eq(l->number, f->number));

	return f->carrier.ptr && f->origin.ptr &&
	       str_eq(l->origin, f->origin) &&
	       same_day(l->departs, f->departs) && (marketing || operating);
}

static void mark_pushed(struct walk *w)
{
	const struct leg *l = w->rec[REC_LEG];

	pnr_of(w)->leg_is_pushed = l && pnr_is_pushed(&w->msg->flight, l);
}

/* TRA, from 14.1 on: its suffix; it may name the flight of the message. */
void pnr_operating_flight(struct walk *w)
{
	struct leg *l = w->rec[REC_LEG];
	struct str number = pnr_number(w, 2);

	if (l && number.ptr)
		l->operating_number = number;
	mark_pushed(w);
}

static bool nothing_but_number(const struct leg *l)
{
	return !moment_is_set(l->departs) && !moment_is_set(l->arrives) &&
	       !l->origin.ptr && !l->destination.ptr && !l->carrier.ptr &&
	       !l->operating_carrier.ptr && str_is_digits(l->number);
}

void pnr_open_leg(struct walk *w)
{
	struct pnr_times t = pnr_times(w);
	struct leg *before = w->rec[REC_LEG];
	struct leg l = {
		.pos = w->seg.pos,
		.departs = t.departs,
		.arrives = t.arrives,
		.origin = pnr_airport(w, 2),
		.destination = pnr_airport(w, 3),
		.carrier = pnr_carrier(w, 4, 1),
		.operating_carrier = pnr_carrier(w, 4, 2),
		.number = pnr_number(w, 5),
	};

	/* up to 13.1 a second TVL: the flight that really operates the leg */
	if (before && w->phase & PNR_FLIGHT && nothing_but_number(&l)) {
		before->operating_number = l.number;
		before->operating_class = keep_at(w, 5, 2);
	} else {
		l.booking_class = keep_at(w, 5, 2);
		w->rec[REC_LEG] = LIST_PUSH(w, booking_of(w), legs);
		*(struct leg *)w->rec[REC_LEG] = l;
		w->phase = GR5;
	}
	mark_pushed(w);
}

void pnr_open_service(struct walk *w)
{
	static const struct {
		const char *code, *kind;
	} kinds[] = { { "8", "hotel" }, { "2", "car" } };
	struct service *s = w->rec[REC_SERVICE] =
		LIST_PUSH(w, booking_of(w), services);

	s->kind = keep_at(w, 1, 1);
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_eq(s->kind, str_of(kinds[i].code)))
			s->kind = str_of(kinds[i].kind);
}

void pnr_service_travel(struct walk *w)
{
	struct service *s = w->rec[REC_SERVICE];
	struct pnr_times t = pnr_times(w);

	s->from = t.departs;
	s->until = t.arrives;
	s->place = pnr_airport(w, 2);
	s->name = keep_at(w, 2, 2);
	if (!s->name.ptr)
		s->name = keep_at(w, 3, 2);
	s->company = pnr_carrier(w, 4, 1);
}
