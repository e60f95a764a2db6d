/*
 * paxlst.c - PAXLST: travellers and documents begin and end
 */
#include "parsers/paxlst.h"

#include "base/docnumber.h"
#include "parsers/baggage.h"
#include "parsers/convert.h"
#include "parsers/name.h"

#include <pthread.h>

/* Who NAD may open. FL: a passenger, whose age class PAXLST does not state. */
static const struct party {
	const char *code, *type;
	bool crew;
} parties[] = {
	{ "FL", "UNN", false },
	{ "DDU", "TRN", false },
	{ "FM", "CRW", true },
	{ "DDT", "CRW", true },
};

static void close_traveller(struct walk *w)
{
	struct traveller *t = w->rec[REC_TRAVELLER];

	if (t && !t->bag_weight.set && paxlst_of(w)->tag_weight)
		t->bag_weight =
			(struct number){ paxlst_of(w)->tag_weight, true };
	if (t && t->known_bags)
		bags_fill(w, t, paxlst_of(w)->pieces);
	w->rec[REC_TRAVELLER] = NULL;
	w->rec[REC_DOCUMENT] = w->rec[REC_VISA] = NULL;
}

/* Street and number: up to four components. */
static struct str read_street(struct walk *w)
{
	struct str street = keep_at(w, 5, 1);

	for (unsigned c = 2; c <= 4; c++) {
		struct str more = keep_at(w, 5, c);

		if (more.ptr)
			street = street.ptr ? arena_fmt(w->arena,
							STR_FMT ", " STR_FMT,
							STR_ARG(street),
							STR_ARG(more))
					    : more;
	}
	return street;
}

static void read_address(struct walk *w, struct traveller *t, bool crew)
{
	struct address a = { .kind = str_of(crew ? "residence" : "destination"),
			     .street = read_street(w),
			     .city = keep_at(w, 6, 1),
			     .region = keep_at(w, 7, 1),
			     .postcode = keep_at(w, 8, 1) };
	struct piece country = piece_at(w, 9, 1);

	if (!a.region.ptr) /* by its name, where it has no code */
		a.region = keep_at(w, 7, 4);
	if (piece_is_set(country))
		convert_country(w, country, &a.country);
	if (a.street.ptr || a.city.ptr || a.region.ptr || a.postcode.ptr ||
	    a.country.ptr)
		*LIST_PUSH(w, t, addresses) = a;
}

struct traveller *pax_begin_traveller(struct walk *w, const struct person *name,
				      const char *type,
				      struct name_source source)
{
	struct paxlst *p = paxlst_of(w);
	struct traveller *t;
	uint32_t slice;

	close_traveller(w);
	pax_close_transport(w);
	slice = walk_open_slice(w);
	t = LIST_PUSH(w, w->msg, travellers);
	w->rec[REC_TRAVELLER] = t;
	w->phase = PAX_TRAVELLER;
	p->pieces = 0;
	p->tag_weight = 0;
	t->slice = slice;
	t->pos = w->seg.pos;
	t->surname = name->surname;
	t->given = name->given;
	t->title = name->title;
	t->type = str_of(type);
	t->status = str_of(p->status);
	t->known_documents = t->known_visas = true;
	name_note(w, t, name, source);
	return t;
}

void pax_read_name(struct walk *w, unsigned elem, struct person *name)
{
	struct piece given = piece_at(w, elem, 2),
		     middle = piece_at(w, elem, 3);

	*name = (struct person){ 0 };
	if (piece_is_set(given) || piece_is_set(middle))
		name->surname = keep_at(w, elem, 1);
	else
		name_set_whole(w, name, piece_at(w, elem, 1));
	name_add_given(w, name, given);
	name_add_given(w, name, middle);
}

static void open_traveller(struct walk *w, const struct party *party)
{
	struct person name;

	pax_read_name(w, 4, &name);
	piece_claim(w, piece_at(w, 1, 1));
	read_address(
		w,
		pax_begin_traveller(w, &name, party->type, NAME_SOURCE("NAD")),
		party->crew);
}

void pax_open_party(struct walk *w)
{
	struct piece qual = piece_at(w, 1, 1);

	close_traveller(w);
	for (size_t i = 0; i < ARRAY_SIZE(parties); i++)
		if (piece_is(qual, parties[i].code)) {
			open_traveller(w, &parties[i]);
			return;
		}
	/* MS sends the message, ZZZ is nobody */
	if (piece_is(qual, "MS") || piece_is(qual, "ZZZ"))
		piece_claim(w, qual);
	else
		pax_note_unknown(w, qual);
	if (w->phase == PAX_FLIGHT)
		pax_close_transport(w);
	w->phase = PAX_OTHER;
}

void pax_add_document(struct walk *w, struct piece type, struct piece number)
{
	struct traveller *t = w->rec[REC_TRAVELLER];
	struct str kind = STR_NONE, id = STR_NONE;

	w->phase = PAX_TRAVELLER;
	if (type.text.len >= 1 && type.text.len <= 2)
		convert_short(w, type, &kind);
	if (piece_is_set(number))
		convert_code(w, number, &id);
	if (!id.ptr && !kind.ptr)
		return;
	if (str_eq(kind, STR("V"))) {
		struct visa *v = LIST_PUSH(w, t, visas);

		v->number = id;
		v->canonical = docnumber_canonical(w->arena, id);
		w->rec[REC_VISA] = v;
		w->phase = PAX_VISA;
	} else {
		struct document *d = LIST_PUSH(w, t, documents);

		d->type = kind;
		d->number = id;
		d->canonical = docnumber_canonical(w->arena, id);
		w->rec[REC_DOCUMENT] = d;
		w->phase = PAX_DOCUMENT;
	}
}

void pax_open_document(struct walk *w)
{
	pax_add_document(w, piece_at(w, 1, 1), piece_at(w, 2, 1));
}

/* CNT+42:2, or CNT+41+8 of those who mistake the separator. */
void pax_read_count(struct walk *w)
{
	struct paxlst *p = paxlst_of(w);
	struct piece qual = piece_at(w, 1, 1), v = piece_at(w, 1, 2);
	struct number n = { 0 };

	close_traveller(w);
	walk_close_slice(w);
	if (w->phase == PAX_FLIGHT)
		pax_close_transport(w);
	w->phase = PAX_END;
	if (!piece_is_set(v))
		v = piece_at(w, 2, 1);
	if (!piece_is(qual, "42") && !piece_is(qual, "41")) {
		pax_note_unknown(w, qual);
		return;
	}
	piece_claim(w, qual);
	if (!piece_is_set(v) || !convert_int(w, v, &n))
		return;
	if (piece_is(qual, "42")) {
		p->passengers_stated = n.v;
		p->passengers_at = piece_span(w, v).pos;
	} else {
		p->crew_stated = n.v;
		p->crew_at = piece_span(w, v).pos;
	}
}

static struct segmap map;
static pthread_once_t map_once = PTHREAD_ONCE_INIT;

static void make_map(void)
{
	segmap_init(&map, pax_rows, pax_rows_nr);
}

static void paxlst_begin(struct walk *w)
{
	struct paxlst *p = arena_alloc(w->arena, sizeof(*p));

	pthread_once(&map_once, make_map);
	p->border_index = UINT32_MAX;
	p->passengers_stated = p->crew_stated = -1;
	w->state = p;
	w->phase = PAX_HEADER;
	w->rec[REC_MESSAGE] = w->msg;
	w->rec[REC_FLIGHT] = &w->msg->flight;
	w->msg->known_travellers = w->msg->known_flights = true;
}

static void paxlst_segment(struct walk *w)
{
	if (!segmap_apply(&map, w))
		pax_note_unknown(w, piece_at(w, 1, 1));
}

/* A part of a series states the total of all parts: compare single ones. */
static void compare_counts(struct walk *w)
{
	struct paxlst *p = paxlst_of(w);
	int64_t crew = 0, others;

	for (uint32_t i = 0; i < w->msg->nr_travellers; i++)
		crew += str_eq(w->msg->travellers[i].type, STR("CRW"));
	others = w->msg->nr_travellers - crew;
	if (w->msg->part.set)
		return;
	if (p->passengers_stated >= 0 && p->passengers_stated != others)
		diag_add(w->parsed, w->arena, DIAG_WARNING, "cnt-count",
			 p->passengers_at,
			 "CNT 42 states %d passengers, the message has %d",
			 (int)p->passengers_stated, (int)others);
	if (p->crew_stated >= 0 && p->crew_stated != crew)
		diag_add(w->parsed, w->arena, DIAG_WARNING, "cnt-count",
			 p->crew_at,
			 "CNT 41 states %d crew, the message has %d",
			 (int)p->crew_stated, (int)crew);
}

static void paxlst_end(struct walk *w)
{
	close_traveller(w);
	walk_close_slice(w);
	pax_finish_route(w);
	compare_counts(w);
	pax_note_repeated(w);
}

const struct message_kind paxlst_kind = {
	"PAXLST",
	paxlst_begin,
	paxlst_segment,
	paxlst_end,
};
