/*
 * reply_cusres.c - CUSRES: a PAXLST has come
 *
 * No group of a passenger is ever written (ERP+2, RFF+AVF and ABO), and no
 * board or do-not-board code: that is the border authority's to say.
 */
#include "parsers/reply_internal.h"

#include <stdio.h>

enum { MOST_FLIGHTS = 10 /* SG3 */ };

/* DTM+189:2611140930:201, or the day alone by format 101. */
static void write_time(struct edi_writer *w, const char *qualifier,
		       struct moment m)
{
	struct date d = date_of_moment(m);
	int minutes = (int)(m.s % SECONDS_PER_DAY / 60);
	bool has_time = m.precision > MOMENT_DAY;
	char text[64];

	if (!moment_is_set(m) || m.s < 0)
		return;
	snprintf(text, sizeof(text), "%02d%02d%02d%02d%02d", d.year % 100,
		 d.month, d.day, minutes / 60, minutes % 60);
	edi_write_segment(w, "DTM");
	edi_write_z(w, 1, 1, qualifier);
	edi_write(w, 1, 2, str_of(text), has_time ? 10 : 6);
	edi_write_z(w, 1, 3, has_time ? "201" : "101");
	edi_write_end(w);
}

static void write_place(struct edi_writer *w, const char *qualifier,
			struct str airport)
{
	if (str_empty(airport))
		return;
	edi_write_segment(w, "LOC");
	edi_write_z(w, 1, 1, qualifier);
	edi_write(w, 2, 1, airport, LEN_3225);
	edi_write_end(w);
}

static void write_flight(struct edi_writer *w, const struct flight *f)
{
	char number[2 * LEN_1154];

	if (str_empty(f->carrier) || str_empty(f->number))
		return;
	snprintf(number, sizeof(number), STR_FMT STR_FMT, STR_ARG(f->carrier),
		 STR_ARG(f->number));
	edi_write_segment(w, "RFF");
	edi_write_z(w, 1, 1, "AF");
	edi_write(w, 1, 2, str_of(number), LEN_1154);
	edi_write_end(w);
	write_time(w, "189", f->departs);
	write_time(w, "232", f->arrives);
	write_place(w, "125", f->origin);
	write_place(w, "87", f->destination);
}

void reply_cusres(struct edi_writer *w, const struct parsed *p)
{
	const struct message *m = &p->message;
	uint32_t nr =
		m->nr_flights < MOST_FLIGHTS ? m->nr_flights : MOST_FLIGHTS;

	edi_write_segment(w, "BGM");
	edi_write_z(w, 1, 1, "962"); /* response to a PAXLST */
	edi_write_end(w);
	if (!str_empty(m->transaction)) {
		edi_write_segment(w, "RFF");
		edi_write_z(w, 1, 1, "TN");
		edi_write(w, 1, 2, m->transaction, LEN_1154);
		edi_write_end(w);
	}
	for (uint32_t i = 0; i < nr; i++)
		write_flight(w, &m->flights[i]);
	if (!reply_fault_of(p).ackres)
		return;
	edi_write_segment(w, "ERP");
	edi_write_z(w, 1, 1, "1"); /* of the message, not of a person */
	edi_write_end(w);
	edi_write_segment(w, "ERC");
	edi_write_z(w, 1, 1, "118"); /* unable to process */
	edi_write_end(w);
}
