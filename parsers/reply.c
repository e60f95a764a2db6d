#include "parsers/reply.h"

#include "parsers/reply_internal.h"

#include <stdio.h>

/* How the replies of a kind are addressed and named. */
static const struct kind {
	const char *word, *type;
	const char *answers; /* type of the messages it answers; NULL: any */
	void (*body)(struct edi_writer *w, const struct parsed *p);
	/* S009 where the message answered states none; CONTRL's own */
	const char *version, *release, *agency, *association;
	bool repetition; /* PADIS names '*' in UNA */
	bool part;	 /* UNH states 01:F */
} kinds[] = {
	[REPLY_CONTRL] = { "contrl", "CONTRL", NULL, NULL, "D", "3", "UN", "",
			   false, false },
	[REPLY_ACKRES] = { "ackres", "ACKRES", "PNRGOV", reply_ackres, "11",
			   "1", "IA", "", true, false },
	[REPLY_CUSRES] = { "cusres", "CUSRES", "PAXLST", reply_cusres, "D",
			   "05B", "UN", "IATA", false, true },
};

const char *reply_kind_name(enum reply_kind k)
{
	return kinds[k].word;
}

static bool is_type(const struct parsed *p, const char *type)
{
	return str_eq_nocase(p->message.type, str_of(type));
}

/* Is this message one that a reply of the kind answers? */
static bool is_answered(const struct kind *k, const struct parsed *p)
{
	return k->answers && is_type(p, k->answers);
}

static bool is_due(const struct reply_ask *ask)
{
	const struct kind *k = &kinds[ask->kind];
	const struct interchange_head *h = ask->head;
	const struct parsed *p = &ask->payload->parsed[h->first];

	if (str_empty(h->sender))
		return false;
	for (uint32_t i = 0; i < h->nr_parsed; i++) {
		if (is_answered(k, &p[i]))
			return true;
		/* an answer to an answer would never end */
		if (!k->answers && is_type(&p[i], k->type))
			return false;
	}
	return !k->answers && !str_empty(h->control);
}

/* UNOA:3 for CONTRL, whose own version is that of syntax 3; else as received. */
static void write_syntax(struct edi_writer *w, const struct reply_ask *ask)
{
	const struct interchange_head *h = ask->head;
	bool un = str_starts(h->syntax, STR("UNO"));

	if (ask->kind == REPLY_CONTRL) {
		edi_write(w, 1, 1, un ? h->syntax : STR("UNOA"), LEN_0001);
		edi_write_z(w, 1, 2, "3");
		return;
	}
	edi_write(w, 1, 1, h->syntax, LEN_0001);
	edi_write(w, 1, 2, h->syntax_version, 1);
}

static void write_unb(struct edi_writer *w, const struct reply_ask *ask)
{
	const struct interchange_head *h = ask->head;
	struct date d = date_of_moment(ask->at);
	int minutes = (int)(ask->at.s % SECONDS_PER_DAY / 60);
	char day[32], time[32];

	snprintf(day, sizeof(day), "%02d%02d%02d", d.year % 100, d.month,
		 d.day);
	snprintf(time, sizeof(time), "%02d%02d", minutes / 60, minutes % 60);
	edi_write_segment(w, "UNB");
	write_syntax(w, ask);
	edi_write(w, 2, 1, h->recipient, LEN_0004);
	edi_write(w, 2, 2, h->recipient_qualifier, LEN_0007);
	edi_write(w, 3, 1, h->sender, LEN_0004);
	edi_write(w, 3, 2, h->sender_qualifier, LEN_0007);
	edi_write(w, 4, 1, str_of(day), 6);
	edi_write(w, 4, 2, str_of(time), 4);
	edi_write(w, 5, 1, ask->control, LEN_0020);
	if (ask->kind == REPLY_ACKRES)
		edi_write_z(w, 7, 1, "ACKRES");
	else if (ask->kind == REPLY_CUSRES)
		edi_write(w, 7, 1, h->application, LEN_0026);
	if (h->test == FLAG_YES)
		edi_write_z(w, 11, 1, "1"); /* the answer to a test is one */
	edi_write_end(w);
}

/* S009 of the reply: the version of what it answers. */
static void write_version(struct edi_writer *w, const struct kind *k,
			  const struct parsed *p)
{
	static const struct unh none = { 0 };
	const struct unh *u = p ? &p->unh : &none;

	edi_write_z(w, 2, 1, k->type);
	if (str_empty(u->version) || str_empty(u->release)) {
		edi_write_z(w, 2, 2, k->version);
		edi_write_z(w, 2, 3, k->release);
		edi_write_z(w, 2, 4, k->agency);
		edi_write_z(w, 2, 5, k->association);
		return;
	}
	edi_write(w, 2, 2, u->version, LEN_0052);
	edi_write(w, 2, 3, u->release, LEN_0054);
	edi_write(w, 2, 4, str_empty(u->agency) ? str_of(k->agency) : u->agency,
		  LEN_0051);
	edi_write(w, 2, 5, u->association, LEN_0057);
}

/* Message `number` of the reply, about `p` (NULL: about the interchange). */
static void write_message(struct edi_writer *w, const struct reply_ask *ask,
			  uint32_t number, const struct parsed *p)
{
	const struct kind *k = &kinds[ask->kind];

	w->segments = 0;
	edi_write_segment(w, "UNH");
	edi_write_number(w, 1, 1, number);
	write_version(w, k, p);
	if (p)
		edi_write(w, 3, 1, p->unh.access, LEN_0068);
	if (k->part) {
		edi_write_z(w, 4, 1, "01");
		edi_write_z(w, 4, 2, "F");
	}
	edi_write_end(w);
	if (p)
		k->body(w, p);
	else
		reply_contrl(w, ask);
	edi_write_segment(w, "UNT");
	edi_write_number(w, 1, 1, w->segments + 1);
	edi_write_number(w, 2, 1, number);
	edi_write_end(w);
}

bool reply_write(struct buf *out, const struct reply_ask *ask)
{
	const struct kind *k = &kinds[ask->kind];
	const struct interchange_head *h = ask->head;
	struct edi_writer w = { .out = out, .repetition = k->repetition };
	uint32_t n = 0;

	if (!is_due(ask))
		return false;
	edi_write_una(&w);
	write_unb(&w, ask);
	if (!k->answers)
		write_message(&w, ask, ++n, NULL);
	for (uint32_t i = 0; i < h->nr_parsed; i++) {
		const struct parsed *p = &ask->payload->parsed[h->first + i];

		if (is_answered(k, p))
			write_message(&w, ask, ++n, p);
	}
	edi_write_segment(&w, "UNZ");
	edi_write_number(&w, 1, 1, n);
	edi_write(&w, 2, 1, ask->control, LEN_0020);
	edi_write_end(&w);
	return true;
}
