/*
 * ssr.c - special services, of those that Annex I allows
 *
 * The table is the closed list: a code that has no row is not kept, not even
 * as a code. What most rows say goes where it belongs (documents, seats,
 * contacts, tickets); the listed ones are noted in booking.ssr, too.
 */
#include "parsers/pnr.h"

#include "parsers/contact.h"
#include "parsers/convert.h"

#include <string.h>

struct ssr_code {
	char code[5];
	bool listed; /* in booking.ssr */
	bool text;   /* with its free text, a remark */
	void (*read)(struct walk *w, const struct pnr_ssr *s,
		     struct piece text);
};

static void seat_ssr(struct walk *, const struct pnr_ssr *, struct piece);
static void contact_ssr(struct walk *, const struct pnr_ssr *, struct piece);
static void ticket_ssr(struct walk *, const struct pnr_ssr *, struct piece);
static void flyer_ssr(struct walk *, const struct pnr_ssr *, struct piece);

static const struct ssr_code codes[] = {
	/* clang-format off */
	{ "DOCS", false, false, docs_read },
	{ "DOCO", false, false, doco_read },
	{ "DOCA", false, false, doca_read },
	{ "CTCM", false, false, contact_ssr },
	{ "CTCE", false, false, contact_ssr },
	{ "CTCH", false, false, contact_ssr },
	{ "CTCB", false, false, contact_ssr },
	{ "CTCP", false, false, contact_ssr },
	{ "FQTV", false, false, flyer_ssr },
	{ "FQTS", false, false, flyer_ssr },
	{ "FQTR", false, false, flyer_ssr },
	{ "FQTU", false, false, flyer_ssr },
	{ "SEAT", false, false, seat_ssr },
	{ "NSST", false, false, seat_ssr },
	{ "NSSA", false, false, seat_ssr },
	{ "NSSB", false, false, seat_ssr },
	{ "NSSW", false, false, seat_ssr },
	{ "SMST", false, false, seat_ssr },
	{ "SMSA", false, false, seat_ssr },
	{ "SMSB", false, false, seat_ssr },
	{ "SMSW", false, false, seat_ssr },
	{ "RQST", false, false, seat_ssr },
	{ "TKNE", false, false, ticket_ssr },
	{ "TKNA", false, false, ticket_ssr },
	{ "TKNM", false, false, ticket_ssr },
	{ "TKNO", false, false, ticket_ssr },
	{ "INFT", true,	 false, infant_read },
	{ "CHLD", true,	 false, child_read },
	{ "UMNR", true,	 true,	NULL },
	/* clang-format on */
};

static const struct ssr_code *find_code(struct piece v)
{
	enum { LEN = sizeof(codes[0].code) - 1 };

	if (v.text.len != LEN)
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (memcmp(v.text.ptr, codes[i].code, LEN) == 0)
			return &codes[i];
	return NULL;
}

void ssr_collect(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct piece name = piece_at(w, 1, 1);
	const struct ssr_code *code = find_code(name);
	const struct booking *b = booking_of(w);
	struct pnr_ssr *s;

	if (!code || !b || w->phase & (PNR_HISTORY | GR9 | GR9_FULL))
		return;
	s = arena_push(w->arena, &p->ssr, &p->nr_ssr, sizeof(*s));
	s->code = code;
	s->seg = walk_save_segment(w);
	s->phase = w->phase;
	s->traveller = w->phase & PNR_PERSON ? p->traveller : NOBODY;
	s->leg = w->phase & PNR_FLIGHT && b->nr_legs ? b->nr_legs - 1 : NOBODY;
	piece_claim(w, name);
	for (unsigned c = 2; c <= 4; c++) { /* status, quantity, carrier */
		struct piece v = piece_at(w, 1, c);

		if (v.text.len <= 3)
			piece_claim(w, v);
	}
}

/*
 * The free text, as it stands: component 9 and all behind it, or the first component behind
 * the carrier that begins with a slash. Absent: none.
 */
static struct piece text_of(struct walk *w, const struct edi_segment *seg)
{
	unsigned n = edi_components(seg, 1), from = 9;
	uint32_t first;
	struct edi_part raw = { 0 };

	for (unsigned c = 5; c < 9 && n < 9; c++) {
		struct piece slash = piece_of(w, seg, 1, c);

		if (piece_is_set(slash) && slash.text.ptr[0] == '/') {
			piece_claim(w, piece_slice(w, slash, 0, 1));
			from = c;
			break;
		}
	}
	if (from > n)
		return (struct piece){ STR_NONE };
	first = seg->first[1] + from - 1;
	raw.pos = seg->bound[first] + 1;
	raw.len = seg->bound[seg->first[1] + n] - raw.pos;
	for (unsigned c = from; c <= n; c++)
		raw.dirty |= edi_part_nr(seg, first + c - from).dirty;
	return piece_raw(w, raw);
}

static bool is_ref(struct piece v)
{
	return piece_is_set(v) && v.text.len <= 10;
}

/* The traveller of a reference, which is claimed when there is one. */
static uint32_t traveller_of_ref(struct walk *w, struct piece ref)
{
	uint32_t i =
		is_ref(ref) ? pnr_find_ref(booking_of(w), ref.text) : NOBODY;

	if (i != NOBODY)
		piece_claim(w, ref);
	return i;
}

uint32_t ssr_traveller(struct walk *w, const struct pnr_ssr *s)
{
	const struct booking *b = booking_of(w);

	for (unsigned e = 2; e <= s->seg->elems; e++) {
		uint32_t i = traveller_of_ref(w, piece_of(w, s->seg, e, 3));

		if (i != NOBODY)
			return i;
	}
	if (s->traveller != NOBODY)
		return s->traveller;
	return b->nr_travellers == 1 ? 0 : NOBODY;
}

/* Board and off point, or those of the leg it stands under. */
struct route {
	struct str origin, destination;
};

static struct route route_of(struct walk *w, const struct pnr_ssr *s)
{
	struct piece from = piece_of(w, s->seg, 1, 7);
	struct piece to = piece_of(w, s->seg, 1, 8);
	const struct booking *b = booking_of(w);
	struct route r = { STR_NONE, STR_NONE };

	if (piece_is_set(from))
		convert_airport(w, from, &r.origin);
	if (piece_is_set(to))
		convert_airport(w, to, &r.destination);
	if (s->leg < b->nr_legs && !r.origin.ptr && !r.destination.ptr) {
		r.origin = b->legs[s->leg].origin;
		r.destination = b->legs[s->leg].destination;
	}
	return r;
}

/* ".03BN03AN": a row and a letter, then what kind of seat it is. */
static void seats_in_text(struct walk *w, const struct pnr_ssr *s,
			  struct piece text)
{
	struct route r = route_of(w, s);
	uint32_t who = ssr_traveller(w, s);
	bool in_order = who == NOBODY; /* one each, as they stand in it */

	if (in_order)
		who = 0;
	for (size_t i = 0; i < text.text.len; i++) {
		size_t end = i;
		struct str number;

		while (end < text.text.len && text.text.ptr[end] >= '0' &&
		       text.text.ptr[end] <= '9')
			end++;
		if (end == i || end - i > 3) {
			i = end;
			continue;
		}
		if (!seat_read(str_slice(text.text, i, end + 1), &number))
			continue;
		piece_claim(w, piece_slice(w, text, i, end + 1));
		pnr_add_seat(w, who, number, r.origin, r.destination);
		who += in_order;
		i = end;
	}
}

static void seat_ssr(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct route r = route_of(w, s);
	bool some = false;

	for (unsigned e = 2; e <= s->seg->elems; e++) {
		struct piece v = piece_of(w, s->seg, e, 1);
		struct piece ref = piece_of(w, s->seg, e, 3);
		struct str number;
		uint32_t who;

		if (!piece_is_set(v) || !seat_read(v.text, &number))
			continue;
		piece_claim(w, v);
		some = true;
		who = traveller_of_ref(w, ref);
		if (who == NOBODY)
			who = ssr_traveller(w, s);
		pnr_add_seat(w, who, number, r.origin, r.destination);
	}
	if (!some && piece_is_set(text) && text.text.ptr[0] == '.') {
		piece_claim(w, piece_slice(w, text, 0, 1));
		seats_in_text(w, s, text);
	}
}

/* Telephone and e-mail: "/number/EN-1SURNAME/GIVEN". */
static void contact_ssr(struct walk *w, const struct pnr_ssr *s,
			struct piece text)
{
	struct booking *b = booking_of(w);
	uint32_t who = ssr_traveller(w, s);
	struct contacts to = CONTACTS_OF(b);

	if (!piece_is_set(text))
		return;
	if (who < b->nr_travellers)
		to = CONTACTS_OF(&b->travellers[who]);
	if (s->code->code[3] == 'E')
		contact_read_email(w, text, to);
	else
		contact_read_phones(w, text, contact_kind(s->code->code[3]),
				    to);
}

/* The number of a ticket in a text: 10 digits or more, before its coupon. */
static struct piece ticket_number(struct walk *w, struct piece text)
{
	for (size_t i = 0; i < text.text.len; i++) {
		size_t end = i;

		while (end < text.text.len && text.text.ptr[end] >= '0' &&
		       text.text.ptr[end] <= '9')
			end++;
		if (end - i >= 10)
			return piece_slice(w, text, i, end);
		if (end > i)
			i = end;
	}
	return (struct piece){ STR_NONE };
}

static void ticket_ssr(struct walk *w, const struct pnr_ssr *s,
		       struct piece text)
{
	struct ticket t = { 0 };
	struct piece number = ticket_number(w, text);

	if (!piece_is_set(number))
		return;
	t.number = piece_keep(w, number);
	pnr_add_ticket(w, ssr_traveller(w, s), &t);
}

/* "/LH123456-NAME/FIRST": carrier and number up to what is neither. */
static void flyer_ssr(struct walk *w, const struct pnr_ssr *s,
		      struct piece text)
{
	struct booking *b = booking_of(w);
	uint32_t who = ssr_traveller(w, s);
	struct frequent_flyer f = { 0 };
	size_t from = 0, end;
	struct traveller *t;

	while (from < text.text.len &&
	       (text.text.ptr[from] == '/' || text.text.ptr[from] == ' '))
		from++;
	end = from;
	while (end < text.text.len &&
	       str_is_alnum(str_slice(text.text, end, end + 1)))
		end++;
	if (end < from + 4 || end > from + 27 || who >= b->nr_travellers)
		return;
	t = &b->travellers[who];
	f.carrier = piece_keep(w, piece_slice(w, text, from, from + 2));
	f.number = piece_keep(w, piece_slice(w, text, from + 2, end));
	for (uint32_t i = 0; i < t->nr_frequent_flyers; i++)
		if (str_eq(t->frequent_flyers[i].number, f.number))
			return;
	*LIST_PUSH(w, t, frequent_flyers) = f;
}

/* Note it in booking.ssr. */
static void list(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	struct piece status = piece_of(w, s->seg, 1, 2);
	struct piece carrier = piece_of(w, s->seg, 1, 4);
	struct ssr *out = LIST_PUSH(w, b, ssr);
	uint32_t who;

	out->code = str_of(s->code->code);
	out->pos = s->seg->pos;
	if (status.text.len == 2 && str_is_alnum(status.text))
		out->status = piece_keep(w, status);
	if (piece_is_set(carrier))
		convert_carrier(w, carrier, &out->carrier);
	who = ssr_traveller(w, s);
	if (who < b->nr_travellers)
		out->traveller = b->travellers[who].ref;
	if (s->code->text)
		out->text =
			piece_scan(w, piece_slice(w, text, 0, text.text.len),
				   CLAIM_REMARK);
}

void ssr_apply_all(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	for (uint32_t i = 0; i < p->nr_ssr; i++) {
		const struct pnr_ssr *s = &p->ssr[i];
		struct piece text = text_of(w, s->seg);

		if (s->code->read)
			s->code->read(w, s, text);
		if (s->code->listed)
			list(w, s, text);
	}
}
