/*
 * pnrgov.c - PNRGOV: from group to group, and where records begin and end
 *
 * The same tag means something else in another group of the guide. A table
 * of moves says which group a segment leads to and what it opens; the rows of
 * pnr_rows.c then read it. No order is demanded: where a segment leads
 * nowhere new, the group stays.
 */
#include "parsers/pnr.h"

#include <pthread.h>

/* A segment moves the phase to `to` (0: `open` decides, or it stays). */
struct move {
	char tag[4];
	unsigned from; /* phases */
	unsigned to;
	void (*open)(struct walk *w);
};

static void open_source(struct walk *w);
static void open_implied(struct walk *w);
static void open_booked_leg(struct walk *w);

#define ANY (~0u)

/* The first that holds in the phase is made. Those of one tag together. */
static const struct move moves[] = {
	/* clang-format off */
	{ "SRC", ANY,			  GR1,	    open_source },
	{ "RCI", PNR_HEADER,		  GR1,	    open_implied },
	{ "TIF", PNR_HEADER,		  0,	    open_implied },
	{ "TIF", ANY & ~(PNR_HISTORY | GR7), 0,	    pnr_open_travellers },
	{ "TVL", PNR_HEADER,		  0,	    pnr_header_flight },
	{ "TVL", GR9,			  GR9_FULL, pnr_service_travel },
	{ "TVL", PNR_HISTORY,		  GR12,	    pnr_history_leg },
	{ "TVL", ANY & ~PNR_HEADER,	  0,	    open_booked_leg },
	{ "MSG", ANY & ~PNR_HEADER,	  GR9,	    pnr_open_service },
	{ "EQN", ANY & ~(PNR_HEADER | PNR_HISTORY), GR8, pnr_open_split },
	{ "TKT", GR1 | PNR_PERSON,	  GR3,	    pnr_open_ticket },
	{ "FOP", GR1 | PNR_PERSON,	  GR4,	    NULL },
	{ "DAT", PNR_FLIGHT,		  GR6,	    NULL },
	{ "DAT", PNR_HISTORY,		  GR10,	    NULL },
	{ "TRI", PNR_FLIGHT,		  GR7,	    pnr_open_checkin },
	{ "ABI", ANY & ~PNR_HEADER,	  GR10,	    pnr_open_history },
	{ "SAC", ANY & ~PNR_HEADER,	  GR11,	    NULL },
	/* clang-format on */
};

static void close_booking(struct walk *w)
{
	struct booking *b = booking_of(w);
	const struct agency *a;

	if (!b)
		return;
	pnr_store_checkin(w);
	pnr_close_ticket(w);
	pnr_set_traveller(w, NOBODY);
	ssr_apply_all(w);
	lts_apply_all(w);
	pnr_link_infants(w);
	if (!b->locator.ptr && !b->nr_locators)
		diag_add(w->parsed, w->arena, DIAG_WARNING, "rci-missing",
			 b->pos, "the booking has no locator (RCI)");
	if (b->nr_travellers > PNR_NAMES_MAX)
		diag_add(w->parsed, w->arena, DIAG_WARNING, "booking-size",
			 b->pos,
			 "%u travellers: beyond %d of a booking only "
			 "references, no names, tell whose something is",
			 b->nr_travellers, PNR_NAMES_MAX);
	a = &b->agency;
	/* an update names a booking without an originator: it is off */
	if (str_eq(w->msg->function, STR("141")) && !a->system.ptr &&
	    !a->number.ptr && !a->office.ptr && !a->location.ptr &&
	    !a->kind.ptr && !a->agent.ptr && !b->nr_travellers)
		b->cancelled = FLAG_YES;
	pnr_finish_travel(w);
}

static void new_booking(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	struct booking *b;

	close_booking(w);
	p->traveller = NOBODY;
	p->ticket_open = p->leg_is_pushed = p->checked_in = false;
	p->checkin.pending = false;
	p->calculation = NULL;
	arena_clear(&p->scratch);
	p->nr_ssr = p->nr_infant = p->nr_lts = 0;
	p->lts = NULL;
	p->lts_cancels = false;
	p->lts_version = -1;
	p->ssr = NULL;
	p->infant = NULL;
	p->change = (struct history){ .item = STR_NONE };
	for (int r = REC_BOOKING; r < NR_RECS; r++)
		w->rec[r] = NULL;
	b = LIST_PUSH(w, w->msg, bookings);
	w->rec[REC_BOOKING] = b;
	w->rec[REC_AGENCY] = &b->agency;
	b->pos = w->seg.pos;
	b->slice = walk_open_slice(w);
	b->known_locators = b->known_legs = b->known_payments = true;
	b->known_contacts = b->known_addresses = b->known_ssr = true;
	b->known_tickets = b->known_services = b->known_splits = true;
	b->known_history = b->known_travellers = true;
	b->known_bag_requests = b->known_excess_bags = true;
	w->phase = GR1;
}

static void open_source(struct walk *w)
{
	new_booking(w);
}

void pnr_open_booking(struct walk *w)
{
	diag_add(w->parsed, w->arena, DIAG_WARNING, "src-missing", w->seg.pos,
		 "%s without the SRC that begins a booking", w->seg.tag);
	new_booking(w);
}

static void open_implied(struct walk *w)
{
	pnr_open_booking(w);
	if (w->seg.code == EDI_TAG('T', 'I', 'F'))
		pnr_open_travellers(w);
}

static void open_booked_leg(struct walk *w)
{
	pnr_close_ticket(w);
	pnr_open_leg(w);
}

static struct segmap map;
static struct tag_rows moves_by_tag;
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void make_tables(void)
{
	segmap_init(&map, pnr_rows, pnr_rows_nr);
	for (size_t i = 0; i < ARRAY_SIZE(moves); i++)
		tag_rows_add(&moves_by_tag, moves[i].tag, i);
}

static void move(struct walk *w)
{
	const struct tag_slot *s = tag_rows_find(&moves_by_tag, w->seg.code);

	for (unsigned i = 0; i < s->nr; i++) {
		const struct move *m = &moves[s->first + i];

		if (!(m->from & w->phase))
			continue;
		if (m->open)
			m->open(w);
		if (m->to)
			w->phase = m->to;
		return;
	}
}

static void pnrgov_begin(struct walk *w)
{
	struct pnr *p = arena_alloc(w->arena, sizeof(*p));

	pthread_once(&tables_once, make_tables);
	p->scratch.parent = w->arena;
	p->traveller = NOBODY;
	w->state = p;
	w->phase = PNR_HEADER;
	w->rec[REC_MESSAGE] = w->msg;
	w->rec[REC_FLIGHT] = &w->msg->flight;
	w->msg->known_bookings = true;
}

static bool is_known_tag(const struct pnr *p, const struct walk *w)
{
	for (size_t i = 0; i < ARRAY_SIZE(moves); i++)
		if (memcmp(moves[i].tag, w->seg.tag, sizeof(w->seg.tag)) == 0)
			return true;
	for (uint32_t i = 0; i < p->nr_unknown; i++) /* told before */
		if (p->unknown[i] == w->seg.code)
			return true;
	return false;
}

/* A segment that no table has says nothing: its sender is told, once. */
static void note_unknown(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	if (w->seg.odd & EDI_BAD_TAG || segmap_has(&map, w->seg.code) ||
	    p->nr_unknown == PNR_UNKNOWN_MAX || is_known_tag(p, w))
		return;
	p->unknown[p->nr_unknown++] = w->seg.code;
	diag_add(w->parsed, w->arena, DIAG_INFO, "segment-unknown", w->seg.pos,
		 "no segment of a PNRGOV; skipped");
}

static void pnrgov_segment(struct walk *w)
{
	struct pnr *p = pnr_of(w);

	if (p->checkin.pending && w->seg.code != EDI_TAG('T', 'I', 'F'))
		pnr_store_checkin(w);
	move(w);
	if (!segmap_apply(&map, w))
		note_unknown(w);
}

static void pnrgov_end(struct walk *w)
{
	struct pnr *p = pnr_of(w);
	uint32_t nr = w->msg->nr_bookings;

	close_booking(w);
	walk_close_slice(w);
	if (p->pnrs_stated && p->pnrs_stated != nr && !w->msg->part.set)
		diag_add(w->parsed, w->arena, DIAG_WARNING, "eqn-count",
			 p->pnrs_stated_at,
			 "EQN states %u bookings, the message has %u",
			 p->pnrs_stated, nr);
}

const struct message_kind pnrgov_kind = {
	"PNRGOV",
	pnrgov_begin,
	pnrgov_segment,
	pnrgov_end,
};
