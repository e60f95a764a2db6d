/*
 * pnr_lts.c - the lines of text (LTS) that a system adds to a booking
 *
 * "14/A/SR/SSR DOCSX9HK1 P/UTO/...": version, action (O original, A added, C
 * or X cancelled, R changed, Z the transaction that made them), element. Lines
 * are old and new at once, so they only fill what no segment of the booking
 * says: documents, contacts, cards of frequent flyers, tickets, payments, the
 * agency, the history. Of that the values are kept; all else of a line is
 * nobody's and is blanked. A line that a later one cancels says nothing.
 */
#include "parsers/pnr.h"

#include "parsers/contact.h"
#include "parsers/lts.h"

enum {
	CANCELLED_MAX = 64 /* lines that take others back */
};

/* What LTS may fill: bits. */
enum gap {
	GAP_DOCUMENTS = 1,
	GAP_CONTACTS = 2,
	GAP_FLYERS = 4,
	GAP_TICKETS = 8,
	GAP_PAYMENTS = 16,
	GAP_AGENCY = 32,
	GAP_HISTORY = 64,
};

struct reading {
	unsigned gaps;
	struct str cancelled[CANCELLED_MAX];
	uint32_t nr_cancelled;
};

/* "8/C/": does the line take another back? Dirty ones may. */
static bool may_cancel(const struct walk *w, const struct edi_part *raw)
{
	const char *s = w->in.ptr + raw->pos;
	uint32_t i = 0;

	while (i < raw->len && s[i] < 'A') /* numbers and slashes */
		i++;
	return raw->dirty || (i < raw->len && (s[i] == 'C' || s[i] == 'X'));
}

void lts_collect(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	unsigned last = w->seg.elems;
	struct edi_part from, to, *raw;

	if (!booking_of(w) || p->nr_lts == LTS_LINES_MAX ||
	    !edi_part(&w->seg, 1, 1, &from) ||
	    !edi_part(&w->seg, last, edi_components(&w->seg, last), &to))
		return;
	raw = arena_push(&p->scratch, &p->lts, &p->nr_lts, sizeof(*raw));
	/* separators nobody released belong to the text: dirty */
	*raw = (struct edi_part){ from.pos, to.pos + to.len - from.pos,
				  from.dirty || from.pos != to.pos };
	p->lts_cancels |= may_cancel(w, raw);
}

static unsigned gaps_of(const struct booking *b)
{
	const struct agency *a = &b->agency;
	unsigned gaps = GAP_DOCUMENTS | GAP_CONTACTS | GAP_FLYERS |
			GAP_TICKETS | GAP_PAYMENTS | GAP_AGENCY | GAP_HISTORY;

	for (uint32_t i = 0; i < b->nr_travellers; i++) {
		const struct traveller *t = &b->travellers[i];

		if (t->nr_documents || t->nr_visas || t->nr_addresses ||
		    date_is_set(t->birth_date))
			gaps &= ~(unsigned)GAP_DOCUMENTS;
		if (t->nr_contacts)
			gaps &= ~(unsigned)GAP_CONTACTS;
		if (t->nr_frequent_flyers)
			gaps &= ~(unsigned)GAP_FLYERS;
	}
	if (b->nr_contacts)
		gaps &= ~(unsigned)GAP_CONTACTS;
	if (b->nr_tickets)
		gaps &= ~(unsigned)GAP_TICKETS;
	if (b->nr_payments)
		gaps &= ~(unsigned)GAP_PAYMENTS;
	if (a->number.ptr || a->office.ptr)
		gaps &= ~(unsigned)GAP_AGENCY;
	if (b->nr_history)
		gaps &= ~(unsigned)GAP_HISTORY;
	return gaps;
}

/* The gap that the text of a service would fill; 0: none. */
static unsigned gap_of(const struct ssr_code *code)
{
	if (code->read == docs_read || code->read == pspt_read ||
	    code->read == doco_read || code->read == doca_read ||
	    code->read == foid_read)
		return GAP_DOCUMENTS;
	if (code->read == ssr_contact)
		return GAP_CONTACTS;
	if (code->read == ssr_flyer)
		return GAP_FLYERS;
	return code->read == ssr_ticket ? GAP_TICKETS : 0;
}

/* Where the name begins in a text, as a field or a word; -1: nowhere. */
static ptrdiff_t find_name(struct str s, struct str name)
{
	for (size_t from = 0; from < s.len; from++) {
		ptrdiff_t at = str_find(str_slice(s, from, s.len), name);

		if (at < 0)
			return -1;
		from += (size_t)at;
		if (from == 0 || s.ptr[from - 1] == '/' ||
		    piece_is_blank(s.ptr[from - 1]))
			return (ptrdiff_t)from;
	}
	return -1;
}

/* The traveller whose name stands in a line, as the booking has it; where? */
static uint32_t named_in(struct walk *w, const struct lts_line *line,
			 const char **where)
{
	enum { TRAVELLERS_MAX = 32 };
	const struct booking *b = booking_of(w);
	struct str s = line->text.text;

	for (uint32_t i = 0; i < b->nr_travellers && i < TRAVELLERS_MAX; i++) {
		const struct traveller *t = &b->travellers[i];
		struct str name;
		ptrdiff_t at;

		if (!t->surname.ptr || !t->given.ptr)
			continue;
		name = arena_fmt(w->arena, STR_FMT "/" STR_FMT,
				 STR_ARG(t->surname), STR_ARG(t->given));
		at = find_name(s, name);
		if (at < 0)
			continue;
		piece_claim(w, piece_slice(w, line->text, (size_t)at,
					   (size_t)at + name.len));
		*where = s.ptr + at;
		return i;
	}
	return NOBODY;
}

static void read_service(struct walk *w, const struct lts_line *line,
			 unsigned gaps)
{
	const struct ssr_code *code = ssr_find(line->service);
	struct edi_segment none = { .elems = 0 };
	struct pnr_ssr s = { .code = code,
			     .seg = &none,
			     .traveller = NOBODY,
			     .leg = NOBODY,
			     .named = NOBODY,
			     .in_text = true };

	if (!code || !(gap_of(code) & gaps))
		return;
	lts_claim_service(w, line);
	if (booking_of(w)->nr_travellers > 1)
		s.named = named_in(w, line, &s.name);
	code->read(w, &s, lts_service_text(line));
}

static void read_contact(struct walk *w, const struct lts_line *line)
{
	struct contacts to = CONTACTS_OF(booking_of(w));
	struct piece value = lts_value(w, line);
	char kind = line->code.ptr[2];

	lts_claim_head(w, line);
	if (kind == 'E')
		contact_read_email(w, value, to);
	else
		contact_read_phones(w, value, contact_kind(kind), to);
}

static bool is_cancelled(const struct reading *r, struct str what)
{
	for (uint32_t i = 0; i < r->nr_cancelled; i++)
		if (str_eq(r->cancelled[i], what))
			return true;
	return false;
}

static void read_line(struct walk *w, const struct reading *r,
		      const struct lts_line *line)
{
	unsigned gaps = r->gaps;

	if (line->action == 'Z') {
		if (gaps & GAP_AGENCY && line->version == 0)
			lts_read_agency(w, line);
		if (gaps & GAP_HISTORY && line->version > 0)
			lts_stamp_history(w, line);
		return;
	}
	if (gaps & GAP_HISTORY && line->version > 0)
		lts_read_change(w, line);
	if (lts_takes_back(line) || line->action == 'R' ||
	    is_cancelled(r, line->what))
		return;
	if (line->service.ptr)
		read_service(w, line, gaps);
	else if (gaps & GAP_PAYMENTS && str_eq(line->code, STR("FP")))
		lts_read_payment(w, line);
	else if (gaps & GAP_TICKETS && str_eq(line->code, STR("FA")))
		lts_read_ticket(w, line);
	else if (gaps & GAP_CONTACTS && lts_is_contact(line))
		read_contact(w, line);
}

void lts_apply_all(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct reading r = { .gaps = gaps_of(booking_of(w)) };
	struct lts_line line;

	if (!p->nr_lts || !r.gaps)
		return;
	p->change = (struct history){ .item = STR_NONE };
	p->lts_stamped = booking_of(w)->nr_history;
	for (uint32_t i = 0; p->lts_cancels && i < p->nr_lts; i++) {
		lts_cut(w, &p->lts[i], &line);
		if (lts_takes_back(&line) && r.nr_cancelled < CANCELLED_MAX)
			r.cancelled[r.nr_cancelled++] = line.what;
	}
	for (uint32_t i = 0; i < p->nr_lts; i++) {
		lts_cut(w, &p->lts[i], &line);
		read_line(w, &r, &line);
	}
}
