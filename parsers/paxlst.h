/*
 * paxlst.h - shared by the files that read PAXLST
 *
 * NAD opens a traveller; everything until the next NAD or CNT is his. DOC
 * opens a document: DTM 36 and 182 and LOC 91 behind it are the document's,
 * all other DTM and LOC the traveller's. The US dialect has a PDT for each
 * person instead, with his document (pax_us.c).
 */
#ifndef PARSERS_PAXLST_H
#define PARSERS_PAXLST_H

#include "parsers/name.h"
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

/* Codes that nobody here knows are told once each, and not without end. */
enum { PAX_UNKNOWN_MAX = 16, PAX_CODE_MAX = 4 };

struct pax_unknown {
	uint32_t tag; /* EDI_TAG() */
	char code[PAX_CODE_MAX];
};

struct paxlst {
	const char *status; /* of all travellers, by BGM; NULL: not stated */
	struct pax_unknown unknown[PAX_UNKNOWN_MAX];
	uint32_t nr_unknown;
	struct str carrier, number; /* of the TDT at hand */
	struct route_point *point;
	uint32_t nr_points;
	bool at_point;	       /* DTM belongs to the last point */
	uint32_t border_index; /* of the leg that crosses it */
	int64_t passengers_stated, crew_stated; /* CNT, -1: not */
	uint32_t passengers_at, crew_at;
	int64_t pieces;	    /* MEA CT of the traveller at hand, 0: not stated */
	int64_t tag_weight; /* his bags' by FTX, thousandths of a kilogram */
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

/* Surname, given and middle name in components 1 to 3 of an element. */
void pax_read_name(struct walk *w, unsigned elem, struct person *name);

/*
 * A traveller with his slice begins with the segment at hand, the one before
 * him ends. `type` and `source` are constants. The pointer is stale after the
 * next one.
 */
struct traveller *pax_begin_traveller(struct walk *w, const struct person *name,
				      const char *type,
				      struct name_source source);
/*
 * A document of the traveller at hand. A V is a visa; without type and number
 * it is nothing.
 */
void pax_add_document(struct walk *w, struct piece type, struct piece number);

/* pax_bgm.c: what the message is for, and what that says of its persons. */
void pax_read_purpose(struct walk *w);

/*
 * pax_unknown.c: say once that the segment at hand is skipped, since its tag
 * or its code, which may be absent, says nothing here.
 */
void pax_note_unknown(struct walk *w, struct piece code);

/* pax_us.c: UNS ends the flights, PDT is a person; times in three elements. */
void pax_us_section(struct walk *w);
void pax_us_person(struct walk *w);
void pax_us_time(struct walk *w);
/* struct str: country and airport in one, of which the airport is kept. */
bool convert_us_place(struct walk *w, struct piece v, void *member);

/* pax_route.c: legs from TDT, LOC and DTM. */
void pax_open_transport(struct walk *w);
void pax_route_point(struct walk *w);
void pax_route_time(struct walk *w);
/* The point at hand is left or reached at `m`, as the DTM at hand says. */
void pax_set_time(struct walk *w, struct moment m);
/* The TDT at hand has no more points: make its legs. */
void pax_close_transport(struct walk *w);
/* All legs are known: choose the one that crosses the border. */
void pax_finish_route(struct walk *w);

/* pax_twice.c: warn of travellers who stand on the list twice. */
void pax_note_repeated(struct walk *w);

#endif
