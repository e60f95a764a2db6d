/*
 * ssr.c - special services, of those that Annex I allows
 *
 * The table is the closed list: a code that has no row is not kept, not even
 * as a code. What most rows say goes where it belongs (documents, seats,
 * contacts, tickets); the listed ones are noted in booking.ssr, too.
 */
#include "parsers/pnr.h"

#include "parsers/convert.h"
#include "parsers/minor.h"
#include "parsers/name.h"
#include "parsers/segment_list.h"

#include <string.h>

static void seat_ssr(struct walk *, const struct pnr_ssr *, struct piece);

static const struct ssr_code codes[] = {
	/* clang-format off */
	{ "DOCS", 0, docs_read },
	{ "PSPT", 0, pspt_read },
	{ "FOID", 0, foid_read },
	{ "DOCO", 0, doco_read },
	{ "DOCA", SSR_EACH, doca_read },
	{ "CTCM", SSR_EACH, ssr_contact },
	{ "CTCE", SSR_EACH, ssr_contact },
	{ "CTCH", SSR_EACH, ssr_contact },
	{ "CTCB", SSR_EACH, ssr_contact },
	{ "CTCP", SSR_EACH, ssr_contact },
	{ "CTCF", SSR_EACH, ssr_contact },
	{ "FQTV", 0, ssr_flyer },
	{ "FQTS", 0, ssr_flyer },
	{ "FQTR", 0, ssr_flyer },
	{ "FQTU", 0, ssr_flyer },
	{ "SEAT", 0, seat_ssr },
	{ "NSST", 0, seat_ssr },
	{ "NSSA", 0, seat_ssr },
	{ "NSSB", 0, seat_ssr },
	{ "NSSW", 0, seat_ssr },
	{ "SMST", 0, seat_ssr },
	{ "SMSA", 0, seat_ssr },
	{ "SMSB", 0, seat_ssr },
	{ "SMSW", 0, seat_ssr },
	{ "RQST", 0, seat_ssr },
	{ "TKNE", 0, ssr_ticket },
	{ "TKNA", 0, ssr_ticket },
	{ "TKNM", 0, ssr_ticket },
	{ "TKNO", 0, ssr_ticket },
	{ "INFT", SSR_LISTED, infant_read },
	{ "CHLD", SSR_LISTED | SSR_EACH, child_read },
	{ "UMNR", SSR_LISTED | SSR_MINOR | SSR_EACH, NULL },
	{ "YPTA", SSR_LISTED | SSR_MINOR | SSR_EACH, NULL },
	{ "BIKE", SSR_EACH, ssr_bag },
	{ "CBBG", SSR_EACH, ssr_bag },
	{ "SPEQ", SSR_EACH, ssr_bag },
	{ "XBAG", SSR_EACH, ssr_bag },
	{ "PETC", SSR_EACH, ssr_bag },
	{ "AVIH", SSR_EACH, ssr_bag },
	/* clang-format on */
};

/* Where a code's row is looked for: its place + 1, or 0; then the next one. */
enum { CODE_LEN = sizeof(codes[0].code) - 1, CODE_SLOTS = 128 };
static uint8_t by_code[CODE_SLOTS];

static size_t slot_of(const char *code)
{
	uint32_t v;

	memcpy(&v, code, sizeof(v));
	return v * 2654435761u >> 25;
}

__attribute__((constructor)) static void fill_by_code(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
		size_t at = slot_of(codes[i].code);

		while (by_code[at])
			at = (at + 1) % CODE_SLOTS;
		by_code[at] = (uint8_t)(i + 1);
	}
}

const struct ssr_code *ssr_find(struct str code)
{
	if (code.len != CODE_LEN)
		return NULL;
	for (size_t at = slot_of(code.ptr); by_code[at];
	     at = (at + 1) % CODE_SLOTS) {
		const struct ssr_code *c = &codes[by_code[at] - 1];

		if (memcmp(code.ptr, c->code, CODE_LEN) == 0)
			return c;
	}
	return NULL;
}

const char *ssr_code_at(size_t i)
{
	return i < ARRAY_SIZE(codes) ? codes[i].code : NULL;
}

void ssr_collect(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct piece name = piece_at(w, 1, 1);
	const struct ssr_code *code = ssr_find(name.text);
	const struct booking *b = booking_of(w);
	struct pnr_ssr *s;

	if (!code || !b || w->phase & (PNR_HISTORY | GR9 | GR9_FULL))
		return;
	s = arena_push(&p->scratch, &p->ssr, &p->nr_ssr, sizeof(*s));
	s->code = code;
	s->seg = walk_save_segment(w, &p->scratch);
	s->phase = w->phase;
	s->traveller = w->phase & PNR_PERSON ? p->traveller : NOBODY;
	s->leg = w->phase & PNR_FLIGHT && b->nr_legs ? b->nr_legs - 1 : NOBODY;
	s->named = NOBODY;
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
		raw.dirty |= edi_part_at(seg, first + c - from).dirty;
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

	if (s->named != NOBODY)
		return s->named;
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
		pnr_add_seat(w, who,
			     (struct seat){ .number = number,
					    .origin = r.origin,
					    .destination = r.destination });
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
		pnr_add_seat(w, who,
			     (struct seat){ .number = number,
					    .origin = r.origin,
					    .destination = r.destination });
	}
	if (!some && piece_is_set(text) && text.text.ptr[0] == '.') {
		piece_claim(w, piece_slice(w, text, 0, 1));
		seats_in_text(w, s, text);
	}
}

/* The law knows remarks about minors only: he may be one? */
static bool may_be_minor(const struct walk *w, uint32_t who)
{
	const struct booking *b = booking_of((struct walk *)(uintptr_t)w);
	const struct traveller *t =
		who < b->nr_travellers ? &b->travellers[who] : NULL;

	return !t || !date_is_full(t->birth_date) || !date_is_full(w->today) ||
	       date_years_between(t->birth_date, w->today) < MINOR_ADULT;
}

/* Note it in booking.ssr. */
static void list(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	struct booking *b = booking_of(w);
	struct piece status = piece_of(w, s->seg, 1, 2);
	struct piece carrier = piece_of(w, s->seg, 1, 4);
	uint32_t who = ssr_traveller(w, s);
	struct minor minor = { .text = STR_NONE };
	struct ssr *out;

	if (s->code->use & SSR_MINOR) {
		if (!may_be_minor(w, who))
			return;
		minor_read(w, name_without_reference(w, text), &minor);
	}
	out = LIST_PUSH(w, b, ssr);
	out->age = minor.age;
	out->text = minor.text;
	out->code = str_of(s->code->code);
	out->pos = s->seg->pos;
	if (status.text.len == 2 && str_is_alnum(status.text))
		out->status = piece_keep(w, status);
	if (piece_is_set(carrier))
		convert_carrier(w, carrier, &out->carrier);
	if (who < b->nr_travellers)
		out->traveller = b->travellers[who].ref;
}

static void apply(struct walk *w, const struct pnr_ssr *s, struct piece text)
{
	if (s->code->read)
		s->code->read(w, s, text);
	if (s->code->use & SSR_LISTED)
		list(w, s, text);
}

/* Once for each traveller it refers to; false: it refers to nobody. */
static bool apply_each(struct walk *w, struct pnr_ssr *s, struct piece text)
{
	bool some = false;

	for (unsigned e = 2; e <= s->seg->elems; e++) {
		s->named = traveller_of_ref(w, piece_of(w, s->seg, e, 3));
		if (s->named == NOBODY)
			continue;
		apply(w, s, text);
		some = true;
	}
	return some;
}

/* "-1DOETEST/JON" behind a text names whom it is about. */
static uint32_t named_in(struct walk *w, struct piece text)
{
	size_t from = name_reference_at(text.text);
	struct piece rest = piece_slice(w, text, from + 2, text.text.len);
	struct piece surname = piece_split(w, &rest, '/');
	struct piece given = piece_split(w, &rest, '/');
	uint32_t who;

	if (from + 2 >= text.text.len)
		return NOBODY;
	who = pnr_find_name(booking_of(w), piece_text(w, surname),
			    piece_text(w, given));
	if (who == NOBODY)
		return NOBODY;
	piece_claim(w, piece_slice(w, text, from, from + 2));
	piece_claim_each(w, piece_slice(w, text, from, text.text.len), '/');
	piece_claim(w, surname);
	piece_claim(w, given);
	return who;
}

static void apply_one(struct walk *w, struct pnr_ssr *s)
{
	struct piece text = text_of(w, s->seg);

	if (s->code->use & SSR_EACH && apply_each(w, s, text))
		return;
	if (s->traveller == NOBODY && ssr_traveller(w, s) == NOBODY)
		s->named = named_in(w, text);
	apply(w, s, text);
}

void ssr_apply_all(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	/* whether it is a minor documents tell: those come first */
	for (unsigned minors = 0; minors <= SSR_MINOR; minors += SSR_MINOR)
		for (uint32_t i = 0; i < p->nr_ssr; i++)
			if ((p->ssr[i].code->use & SSR_MINOR) == minors)
				apply_one(w, &p->ssr[i]);
}
