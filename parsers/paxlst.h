/*
 * paxlst.h - shared by the files that read PAXLST
 *
 * NAD opens a traveller; everything until the next NAD or CNT is his. DOC
 * opens a document: DTM 36 and 182 and LOC 91 behind it are the document's,
 * all other DTM and LOC the traveller's.
 */
#ifndef PARSERS_PAXLST_H
#define PARSERS_PAXLST_H

#include "parsers/segmap.h"

/* Where in the message, as bits of walk.phase. */
enum pax_phase {
	PAX_HEADER = 1 << 0,
	PAX_OTHER = 1 << 1, /* reporting party, or nobody */
	PAX_FLIGHT = 1 << 2,
	PAX_TRAVELLER = 1 << 3,
	PAX_DOCUMENT = 1 << 4,
	PAX_VISA = 1 << 5,
	PAX_END = 1 << 6,

	PAX_PERSON = PAX_TRAVELLER | PAX_DOCUMENT | PAX_VISA,
};

/* A point of the route: LOC with its DTMs. */
struct route_point {
	char role; /* 'o' LOC 125, 'd' LOC 87, 'v' any other */
	struct str airport;
	struct moment arrives, departs;
};

struct paxlst {
	const char *status; /* of all travellers, by BGM; NULL: not stated */
	struct str carrier, number; /* of the TDT at hand */
	struct route_point *point;
	uint32_t nr_points;
	uint32_t border_index;			/* of the leg that crosses it */
	int64_t passengers_stated, crew_stated; /* CNT, -1: not */
	uint32_t passengers_at, crew_at;
	int64_t pieces; /* MEA CT of the traveller at hand, 0: not stated */
};

static inline struct paxlst *paxlst_of(struct walk *w)
{
	return w->state;
}

/* Rows of PAXLST; pax_rows.c. */
extern const struct seg_row pax_rows[];
extern const size_t pax_rows_nr;

/* paxlst.c: NAD and DOC open something, CNT ends the travellers. */
void pax_open_party(struct walk *w);
void pax_open_document(struct walk *w);
void pax_read_count(struct walk *w);

/* pax_route.c: legs from TDT, LOC and DTM. */
void pax_open_transport(struct walk *w);
void pax_route_point(struct walk *w);
void pax_route_time(struct walk *w);
/* The TDT at hand has no more points: make its legs. */
void pax_close_transport(struct walk *w);
/* All legs are known: choose the one that crosses the border. */
void pax_finish_route(struct walk *w);

/* pax_twice.c: warn of travellers who stand on the list twice. */
void pax_note_repeated(struct walk *w);

#endif
