/*
 * pnr_people.c - travellers of a PNRGOV, and what GR7 says of them
 */
#include "parsers/pnr.h"

#include "parsers/baggage.h"
#include "parsers/convert.h"
#include "parsers/name.h"

#include <string.h>

void pnr_set_traveller(struct walk *w, uint32_t i)
{
	struct booking *b = booking_of(w);

	pnr_of(w)->traveller = i;
	w->rec[REC_TRAVELLER] = i == NOBODY ? NULL : &b->travellers[i];
}

uint32_t pnr_add_traveller(struct walk *w, const char *type)
{
	struct booking *b = booking_of(w);
	struct traveller *t = LIST_PUSH(w, b, travellers);
	uint32_t current = pnr_of(w)->traveller;

	t->type = str_of(type);
	t->pos = w->seg.pos;
	t->slice = b->slice;
	t->known_names = t->known_documents = t->known_visas = true;
	t->known_seats = t->known_tickets = t->known_frequent_flyers = true;
	t->known_addresses = t->known_contacts = true;
	t->known_fares = t->known_excess_bags = true;
	if (current != NOBODY) /* the array may have moved */
		pnr_set_traveller(w, current);
	return b->nr_travellers - 1;
}

/* The part before a dot, without zeros: "1.1" and "001" are both "1". */
static struct str plain_ref(struct str ref)
{
	return without_zeros(str_split(&ref, '.'));
}

uint32_t pnr_find_ref(const struct booking *b, struct str ref)
{
	if (str_empty(ref))
		return NOBODY;
	for (uint32_t i = 0; i < b->nr_travellers; i++)
		if (str_eq(b->travellers[i].ref, ref))
			return i;
	for (uint32_t i = 0; i < b->nr_travellers; i++)
		if (b->travellers[i].ref.ptr &&
		    str_eq(plain_ref(b->travellers[i].ref), plain_ref(ref)))
			return i;
	return NOBODY;
}

uint32_t pnr_find_name(const struct booking *b, struct str surname,
		       struct str given)
{
	uint32_t found = NOBODY, best = 0, same = 0;

	if (b->nr_travellers > PNR_NAMES_MAX)
		return NOBODY;
	for (uint32_t i = 0; i < b->nr_travellers; i++) {
		const struct traveller *t = &b->travellers[i];
		uint32_t m = (uint32_t)name_match(t->surname, t->given, surname,
						  given);

		if (m > best) {
			best = m;
			found = i;
			same = 1;
		} else if (m && m == best) {
			same++;
		}
	}
	return same == 1 ? found : NOBODY;
}

/* TIF's type codes. Whatever else is written tells nothing we may keep. */
static const char *type_of(struct piece v)
{
	static const struct {
		const char *code, *type;
	} types[] = {
		{ "A", "ADT" },	  { "C", "CHD" },   { "IN", "INF" },
		{ "F", "ADT" },	  { "M", "ADT" },   { "IF", "INF" },
		{ "IM", "INF" },  { "N", "ADT" },   { "ADT", "ADT" },
		{ "CHD", "CHD" }, { "CNN", "CHD" }, { "INF", "INF" },
		{ "INS", "INF" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (piece_is(v, types[i].code))
			return types[i].type;
	return NULL;
}

/* TIF+SEETHE WORLD:G: the name of a group, and how many they are. */
static bool read_group(struct walk *w)
{
	struct booking *b = booking_of(w);
	struct piece name = piece_at(w, 1, 1), qual = piece_at(w, 1, 2);
	struct piece size = piece_at(w, 1, 3);

	if (!piece_is(qual, "G"))
		return false;
	piece_claim(w, qual);
	if (!b->group_name.ptr) /* the first one counts */
		b->group_name = piece_scan(w, name, CLAIM_REMARK);
	if (piece_is_set(size))
		convert_int(w, size, &b->group_size);
	return true;
}

/* One given name of TIF (element `e`) with its type and reference. */
struct tif {
	struct person person;
	const char *type;
	struct str ref, infant;
};

static bool is_ref(struct piece v)
{
	return piece_is_set(v) && v.text.len <= 10;
}

static struct tif read_tif(struct walk *w, unsigned e)
{
	enum { OTHER_NAMES = 5 };
	struct piece type = piece_at(w, e, 2), ref = piece_at(w, e, 3);
	struct piece infant = piece_at(w, e, 4);
	struct tif t = { .type = type_of(type) };

	t.person.surname = keep_at(w, 1, 1);
	name_add_given(w, &t.person, piece_at(w, e, 1));
	for (unsigned c = OTHER_NAMES; c < OTHER_NAMES + 2; c++)
		name_add_given(w, &t.person, piece_at(w, e, c));
	if (t.type)
		piece_scan(w, type, CLAIM_TYPE);
	if (is_ref(ref))
		t.ref = piece_keep(w, ref);
	if (is_ref(infant))
		t.infant = piece_keep(w, infant);
	return t;
}

static void new_traveller(struct walk *w, const struct tif *tif)
{
	struct pnr *p = pnr_of(w);
	uint32_t i = pnr_add_traveller(w, tif->type ? tif->type : "UNN");
	struct traveller *t = &booking_of(w)->travellers[i];

	t->surname = tif->person.surname;
	t->given = tif->person.given;
	t->title = tif->person.title;
	t->ref = tif->ref;
	name_note(w, t, &tif->person, NAME_SOURCE("TIF"));
	if (tif->infant.ptr) {
		struct pnr_infant *inf = arena_push(
			&p->scratch, &p->infant, &p->nr_infant, sizeof(*inf));

		*inf = (struct pnr_infant){ i, tif->infant };
	}
	pnr_set_traveller(w, i);
}

/* Behind the flights a TIF refers to somebody, if it names one we know. */
static uint32_t find_known(const struct booking *b, const struct tif *t)
{
	uint32_t by_name = pnr_find_name(b, t->person.surname, t->person.given);
	uint32_t by_ref = pnr_find_ref(b, t->ref);

	if (by_ref != NOBODY && name_match(b->travellers[by_ref].surname,
					   b->travellers[by_ref].given,
					   t->person.surname, t->person.given))
		return by_ref;
	return by_name;
}

void pnr_open_travellers(struct walk *w)
{
	struct booking *b = booking_of(w);
	bool late = w->phase & (PNR_FLIGHT | GR8 | GR9 | GR9_FULL);
	unsigned last = w->seg.elems > 2 ? w->seg.elems : 2;

	pnr_close_ticket(w);
	pnr_of(w)->calculation = NULL;
	if (read_group(w)) {
		pnr_set_traveller(w, NOBODY);
		w->phase = GR2;
		return;
	}
	for (unsigned e = 2; e <= last; e++) {
		struct tif t = read_tif(w, e);
		uint32_t known = late ? find_known(b, &t) : NOBODY;

		if (e > 2 && !t.person.given.ptr)
			continue;
		if (!t.person.surname.ptr && !t.person.given.ptr)
			continue;
		if (known != NOBODY) {
			pnr_set_traveller(w, known);
			continue;
		}
		new_traveller(w, &t);
		w->phase = GR2;
	}
}

void pnr_open_checkin(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct piece number = piece_at(w, 2, 1), ref = piece_at(w, 2, 4);
	uint32_t who = NOBODY;

	p->checked_in = true;
	p->checkin = (struct pnr_checkin){ .pending = true };
	if (piece_is_set(number))
		convert_code(w, number, &p->checkin.boarding);
	if (is_ref(ref))
		who = pnr_find_ref(booking_of(w), ref.text);
	if (who != NOBODY)
		piece_claim(w, ref);
	else if (booking_of(w)->nr_travellers == 1)
		who = 0;
	pnr_set_traveller(w, who);
}

void pnr_checkin_name(struct walk *w)
{
	struct tif t = read_tif(w, 2);
	uint32_t i = find_known(booking_of(w), &t);

	if (i != NOBODY)
		pnr_set_traveller(w, i);
	else if (t.person.surname.ptr)
		diag_add(w->parsed, w->arena, DIAG_WARNING, "name-unknown",
			 w->seg.pos,
			 "the booking has no traveller of this name");
}

void pnr_store_checkin(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct traveller *t = w->rec[REC_TRAVELLER];

	if (!p->checkin.pending)
		return;
	p->checkin.pending = false;
	if (!t || !p->leg_is_pushed)
		return;
	if (p->checkin.boarding.ptr)
		t->boarding = p->checkin.boarding;
	t->status = STR("checked_in");
}

void pnr_add_seat(struct walk *w, uint32_t traveller, struct seat seat)
{
	struct booking *b = booking_of(w);
	struct traveller *t;

	if (traveller >= b->nr_travellers)
		return;
	t = &b->travellers[traveller];
	for (uint32_t i = 0; i < t->nr_seats; i++) {
		struct seat *s = &t->seats[i];

		if (!str_eq(s->number, seat.number) ||
		    !str_eq(s->origin, seat.origin) ||
		    !str_eq(s->destination, seat.destination))
			continue;
		if (seat.cabin.ptr)
			s->cabin = seat.cabin;
		return;
	}
	*LIST_PUSH(w, t, seats) = seat;
}

void pnr_read_seat(struct walk *w)
{
	const struct leg *l = w->rec[REC_LEG];
	struct piece v = piece_at(w, 1, 1), cabin = piece_at(w, 5, 1);
	struct seat seat = { .number = STR_NONE };

	if (!piece_is_set(v) || !seat_read(v.text, &seat.number) ||
	    pnr_of(w)->traveller == NOBODY)
		return;
	piece_claim(w, v);
	if (l) {
		seat.origin = l->origin;
		seat.destination = l->destination;
	}
	if (piece_is_set(cabin))
		convert_short(w, cabin, &seat.cabin);
	pnr_add_seat(w, pnr_of(w)->traveller, seat);
}

void pnr_read_bags(struct walk *w)
{
	struct traveller *t = w->rec[REC_TRAVELLER];

	pnr_of(w)->checked_in = true;
	if (t)
		tbd_read(w, booking_of(w), t);
}

/* Whose card it is: the reference tells, else the group it stands in. */
static struct traveller *flyer(struct walk *w, struct booking *b,
			       struct piece ref)
{
	uint32_t i = is_ref(ref) ? pnr_find_ref(b, ref.text) : NOBODY;

	if (i == NOBODY)
		return w->rec[REC_TRAVELLER];
	piece_claim(w, ref);
	return &b->travellers[i];
}

/* GOLD, EMER, PREM3: a word. Miles are not kept (C-817/19, paragraph 133). */
static bool is_tier(struct str s)
{
	enum { LONGEST = 12 };

	return s.len && s.len <= LONGEST && str_is_alnum(s) &&
	       (s.ptr[0] | 0x20) >= 'a';
}

void pnr_read_frequent_flyer(struct walk *w)
{
	struct booking *b = booking_of(w);

	for (unsigned e = 1; e <= w->seg.elems; e++) {
		struct frequent_flyer f = { 0 };
		struct piece number = piece_at(w, e, 2);
		struct traveller *t = flyer(w, b, piece_at(w, e, 3));
		bool known = false;

		if (!t)
			continue;
		f.carrier = pnr_carrier(w, e, 1);

		if (piece_is_set(number))
			convert_code(w, number, &f.number);
		if (!f.number.ptr && !f.carrier.ptr)
			continue;
		for (unsigned c = 5; c <= 7 && !f.tier.ptr; c++)
			if (is_tier(piece_at(w, e, c).text))
				f.tier = keep_at(w, e, c);
		for (uint32_t i = 0; i < t->nr_frequent_flyers; i++)
			known = known || (str_eq(t->frequent_flyers[i].number,
						 f.number) &&
					  str_eq(t->frequent_flyers[i].carrier,
						 f.carrier));
		if (!known)
			*LIST_PUSH(w, t, frequent_flyers) = f;
	}
}

/* The adult who travels with an infant, where his TIF says so. */
void pnr_link_infants(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct booking *b = booking_of(w);

	for (uint32_t i = 0; i < b->nr_travellers; i++) {
		struct traveller *t = &b->travellers[i];

		if (!str_eq(t->type, STR("INF")) || t->infant_of.ptr)
			continue;
		for (uint32_t k = 0; k < p->nr_infant && !t->infant_of.ptr;
		     k++) {
			const struct pnr_infant *inf = &p->infant[k];

			if (str_eq(inf->ref, t->ref) || p->nr_infant == 1)
				t->infant_of = b->travellers[inf->adult].ref;
		}
	}
}
