/*
 * pnr_dates.c - locators, dates and what is known when a booking ends
 */
#include "parsers/pnr.h"

#include "parsers/convert.h"
#include "parsers/when.h"

void pnr_open_split(struct walk *w)
{
	w->rec[REC_SPLIT] = LIST_PUSH(w, booking_of(w), splits);
}

static bool is_locator(struct piece v)
{
	return piece_is_set(v) && v.text.len <= 20 && str_is_alnum(v.text);
}

/* Date and time of RCI; some senders leave out the type before them. */
static struct moment created_at(struct walk *w, unsigned e)
{
	struct moment m = pnr_moment(w, piece_at(w, e, 4), piece_at(w, e, 5));

	return moment_is_set(m)
		       ? m
		       : pnr_moment(w, piece_at(w, e, 3), piece_at(w, e, 4));
}

void pnr_split_locator(struct walk *w)
{
	struct booking *b = booking_of(w);
	struct split *s = w->rec[REC_SPLIT];

	for (unsigned e = 1; s && e <= w->seg.elems; e++) {
		struct piece v = piece_at(w, e, 2);

		if (!is_locator(v))
			continue;
		if (s->locator.ptr) { /* a second booking divided off */
			pnr_open_split(w);
			s = w->rec[REC_SPLIT];
		}
		s->system = pnr_carrier(w, e, 1);
		s->locator = piece_keep(w, v);
		s->created_at = created_at(w, e);
		if (!b->split_from.ptr)
			b->split_from = s->locator;
	}
}

static bool has_locator(const struct booking *b, struct str system,
			struct str value)
{
	for (uint32_t i = 0; i < b->nr_locators; i++)
		if (str_eq(b->locators[i].system, system) &&
		    str_eq(b->locators[i].value, value))
			return true;
	return false;
}

/* RCI: up to nine copies of the locator. Type C is no booking's. */
void pnr_read_locators(struct walk *w)
{
	struct booking *b = booking_of(w);

	for (unsigned e = 1; e <= w->seg.elems; e++) {
		struct piece v = piece_at(w, e, 2), type = piece_at(w, e, 3);
		struct locator l = { 0 };

		if (piece_is(type, "C")) {
			piece_claim(w, type);
			continue;
		}
		if (!is_locator(v))
			continue;
		l.system = pnr_carrier(w, e, 1);
		l.value = piece_keep(w, v);
		l.created_at = created_at(w, e);
		if (!has_locator(b, l.system, l.value))
			*LIST_PUSH(w, b, locators) = l;
	}
}

/* "L FT WW D014357 12AUG121423Z": the last DDMMMYYHHMMZ of a text. */
static struct moment text_moment(struct walk *w, struct piece v)
{
	for (size_t i = 0; i + 12 <= v.text.len; i++) {
		struct date d;
		struct str time = str_slice(v.text, i + 7, i + 11);

		if (v.text.ptr[i + 11] == 'Z' && str_is_digits(time) &&
		    when_text_date(str_slice(v.text, i, i + 7), WHEN_WINDOW,
				   w->today, &d) &&
		    date_is_full(d)) {
			piece_claim(w, piece_slice(w, v, i, i + 12));
			return when_moment(d, time);
		}
	}
	return NO_MOMENT;
}

static void checkin_date(struct walk *w, unsigned e, struct piece qual)
{
	struct leg *l = w->rec[REC_LEG];
	struct moment m =
		piece_is(qual, "3")
			? text_moment(w, piece_at(w, e, 2))
			: pnr_moment(w, piece_at(w, e, 2), piece_at(w, e, 3));

	if (!moment_is_set(m) || !l)
		return;
	piece_claim(w, qual);
	pnr_of(w)->checked_in = true;
	if (!moment_is_set(l->checked_in_at) || m.s < l->checked_in_at.s)
		l->checked_in_at = m;
}

/* The last moment that is stated counts. */
static void set_moment(struct moment *m, struct moment v)
{
	if (moment_is_set(v))
		*m = v;
}

static void one_date(struct walk *w, unsigned e)
{
	struct pnr *p = pnr_of(w);
	struct booking *b = booking_of(w);
	struct piece qual = piece_at(w, e, 1);
	struct piece date = piece_at(w, e, 2), time = piece_at(w, e, 3);

	if (w->phase & PNR_HISTORY) {
		set_moment(&p->change.at, pnr_moment(w, date, time));
	} else if (piece_is(qual, "700")) {
		piece_claim(w, qual);
		set_moment(&b->changed_at, pnr_moment(w, date, time));
	} else if (piece_is(qual, "710") && p->ticket_open) {
		piece_claim(w, qual);
		set_moment(&p->ticket.issued_at, pnr_moment(w, date, time));
	} else if (piece_is(qual, "710")) {
		piece_claim(w, qual);
		set_moment(&b->ticketed_at, pnr_moment(w, date, time));
	} else if (w->phase & PNR_FLIGHT) {
		checkin_date(w, e, qual);
	}
}

void pnr_read_dates(struct walk *w)
{
	for (unsigned e = 1; e <= w->seg.elems; e++)
		one_date(w, e);
}

/* AIRIMP statuses of somebody who does not travel. */
static bool is_off(struct str status)
{
	static const char off[][3] = { "HX", "UN", "US", "UC", "XX",
				       "NO", "XL", "XR", "UU" };

	for (size_t i = 0; i < ARRAY_SIZE(off); i++)
		if (str_eq(status, str_of(off[i])))
			return true;
	return false;
}

static void finish_leg(struct leg *l)
{
	bool same_carrier = str_eq(l->operating_carrier, l->carrier);
	bool same_number = !l->operating_number.ptr ||
			   str_eq(l->operating_number, l->number);

	if (same_carrier && same_number)
		l->operating_carrier = l->operating_number = STR_NONE;
}

/* The booking's locator is the sending carrier's, else the first. */
static void finish_locators(struct walk *w, struct booking *b)
{
	for (uint32_t i = 0; i < b->nr_locators; i++) {
		const struct locator *l = &b->locators[i];

		if (!b->locator.ptr)
			b->locator = l->value;
		if (str_eq(l->system, w->msg->flight.carrier)) {
			b->locator = l->value;
			break;
		}
	}
	for (uint32_t i = 0; i < b->nr_locators; i++)
		if (!moment_is_set(b->created_at))
			b->created_at = b->locators[i].created_at;
}

void pnr_finish_travel(struct walk *w)
{
	struct booking *b = booking_of(w);
	bool on = false, off = false;

	for (uint32_t i = 0; i < b->nr_legs; i++) {
		if (pnr_is_pushed(&w->msg->flight, &b->legs[i])) {
			if (is_off(b->legs[i].status))
				off = true;
			else
				on = true;
		}
		finish_leg(&b->legs[i]);
	}
	if (off && !on)
		b->cancelled = FLAG_YES;
	for (uint32_t i = 0; i < b->nr_travellers; i++) {
		struct traveller *t = &b->travellers[i];

		if (b->cancelled == FLAG_YES)
			t->status = STR("cancelled");
		else if (!t->status.ptr)
			t->status = STR("booked");
		if (pnr_of(w)->checked_in)
			t->known_bags = true;
	}
	finish_locators(w, b);
	for (uint32_t i = 0; i < b->nr_tickets; i++)
		if (!moment_is_set(b->ticketed_at))
			b->ticketed_at = b->tickets[i].issued_at;
}
