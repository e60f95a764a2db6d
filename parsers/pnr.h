/*
 * pnr.h - shared by the files that read PNRGOV: the state of one message
 *
 * pnrgov.c moves through the groups of the guide (GR1, GR2, ...: the phase)
 * and opens records; the others fill them. SSRs are kept until a booking is
 * complete, for they name travellers that come later.
 */
#ifndef PARSERS_PNR_H
#define PARSERS_PNR_H

#include "parsers/segmap.h"

/* Groups of the guide, as bits of walk.phase. */
enum pnr_phase {
	PNR_HEADER = 1 << 0,
	GR1 = 1 << 1,	    /* booking */
	GR2 = 1 << 2,	    /* traveller */
	GR3 = 1 << 3,	    /* ticket */
	GR4 = 1 << 4,	    /* payment */
	GR5 = 1 << 5,	    /* flight */
	GR6 = 1 << 6,	    /* check-in */
	GR7 = 1 << 7,	    /* traveller at check-in */
	GR8 = 1 << 8,	    /* divided booking */
	GR9 = 1 << 9,	    /* service, its TVL still to come */
	GR9_FULL = 1 << 10, /* service with its TVL */
	GR10 = 1 << 11,	    /* history */
	GR11 = 1 << 12,
	GR12 = 1 << 13,

	PNR_FLIGHT = GR5 | GR6 | GR7,
	PNR_HISTORY = GR10 | GR11 | GR12,
	PNR_PERSON = GR2 | GR3 | GR4,
};

enum { NOBODY = UINT32_MAX };

/* Travellers of a booking up to which their names are compared with others. */
enum { PNR_NAMES_MAX = 1024 };

/* Lines of text of a booking that are read. */
enum { LTS_LINES_MAX = 1000 };

/* Tags that no PNRGOV has are told once each, and not without end. */
enum { PNR_UNKNOWN_MAX = 16 };

/* What becomes of a service. */
enum ssr_use {
	SSR_LISTED = 1, /* in booking.ssr */
	SSR_MINOR = 2,	/* of minors alone, with what minor.h keeps */
	SSR_EACH = 4,	/* read for each traveller it refers to */
};

struct pnr_ssr;

/* A service that the law allows; ssr.c has the table. */
struct ssr_code {
	char code[5];
	uint8_t use; /* enum ssr_use */
	void (*read)(struct walk *w, const struct pnr_ssr *s,
		     struct piece text);
};

/* An SSR, to be read when all travellers are known. */
struct pnr_ssr {
	const struct ssr_code *code;
	const struct edi_segment *seg;
	unsigned phase;
	uint32_t traveller; /* whose group it stands in, or NOBODY */
	uint32_t leg;	    /* index, or NOBODY */
	uint32_t named;	    /* of several it refers to, the one at hand */
	bool in_text;	    /* it is a line of an LTS */
	const char *name;   /* of the one named, in that line, or NULL */
};

/* TRI says who, and with which number, before TIF corrects who. */
struct pnr_checkin {
	bool pending;
	struct str boarding;
};

struct pnr_infant {
	uint32_t adult;
	struct str ref; /* "1": has one */
};

struct pnr {
	struct arena scratch; /* of what is forgotten with the booking */
	uint32_t traveller;   /* index in the booking, or NOBODY */
	struct ticket ticket; /* being filled */
	bool ticket_open;
	struct edi_segment *calculation; /* of a ticket still to come */
	bool leg_is_pushed; /* the leg at hand is the flight of the message */
	bool checked_in;    /* the booking shows check-in data */
	struct pnr_checkin checkin;
	struct pnr_ssr *ssr;
	uint32_t nr_ssr;
	struct pnr_infant *infant;
	uint32_t nr_infant;
	struct history change; /* what the history's next row begins with */
	struct edi_part *lts;  /* lines of text */
	uint32_t nr_lts;
	bool lts_cancels;     /* some of them may take others back */
	int64_t lts_version;  /* of the changes that await their moment ... */
	uint32_t lts_stamped; /* ... and the first of them */
	uint32_t unknown[PNR_UNKNOWN_MAX]; /* tags that were told */
	uint32_t nr_unknown;
	uint32_t pnrs_stated; /* EQN of the header */
	uint32_t pnrs_stated_at;
};

static inline struct pnr *pnr_of(struct walk *w)
{
	return w->state;
}

static inline struct booking *booking_of(struct walk *w)
{
	return w->rec[REC_BOOKING];
}

/* Rows of PNRGOV; pnr_rows.c. */
extern const struct seg_row pnr_rows[];
extern const size_t pnr_rows_nr;

/* pnrgov.c: begin a booking whose SRC is missing. */
void pnr_open_booking(struct walk *w);

/* pnr_people.c */
/* TIF: opens travellers, or refers to one who is known; sets the phase. */
void pnr_open_travellers(struct walk *w);
/* Make traveller `i` (or NOBODY) the one that rows fill. */
void pnr_set_traveller(struct walk *w, uint32_t i);
/* Append a traveller: his index. Older traveller pointers are stale. */
uint32_t pnr_add_traveller(struct walk *w, const char *type);
/* The traveller with that reference, or NOBODY. */
uint32_t pnr_find_ref(const struct booking *b, struct str ref);
/*
 * The traveller with that name, or NOBODY when none or several fit, or there
 * are more than PNR_NAMES_MAX.
 */
uint32_t pnr_find_name(const struct booking *b, struct str surname,
		       struct str given);
/* TRI; the TIF behind it; what they say is stored. */
void pnr_open_checkin(struct walk *w);
void pnr_checkin_name(struct walk *w);
void pnr_store_checkin(struct walk *w);
/* SSD and TBD of the traveller at check-in. */
void pnr_read_seat(struct walk *w);
void pnr_read_bags(struct walk *w);
void pnr_read_frequent_flyer(struct walk *w);
/* Infants without an adult get theirs. */
void pnr_link_infants(struct walk *w);
/* Add a seat, or its cabin if the traveller has it. Views are kept. */
void pnr_add_seat(struct walk *w, uint32_t traveller, struct seat seat);

/* pnr_parts.c: values that several segments share; claimed. */
struct pnr_times {
	struct moment departs, arrives; /* local */
};

/* DDMMYY and HHMM or HHMMSS; without a time, the day. */
struct moment pnr_moment(struct walk *w, struct piece date, struct piece time);
/* The first element of TVL. */
struct pnr_times pnr_times(struct walk *w);
/* Airport or city, carrier, flight number with suffix; absent when unsound. */
struct str pnr_airport(struct walk *w, unsigned elem);
struct str pnr_carrier(struct walk *w, unsigned elem, unsigned comp);
struct str pnr_number(struct walk *w, unsigned elem);

/* pnr_travel.c */
/* Is the leg the flight this message is about? The destination may differ. */
bool pnr_is_pushed(const struct flight *f, const struct leg *l);
void pnr_header_flight(struct walk *w);
/* TVL: a leg, the operating flight of the leg at hand, a service, history. */
void pnr_open_leg(struct walk *w);
/* TRA: the operating flight of the leg at hand. */
void pnr_operating_flight(struct walk *w);
void pnr_open_service(struct walk *w);
void pnr_service_travel(struct walk *w);

/* pnr_history.c: ABI, SAC, and what was changed. */
void pnr_open_history(struct walk *w);
void pnr_history_action(struct walk *w);
/* A row that begins as pnr.change says; valid until the next. */
struct history *pnr_history_add(struct walk *w, const char *item);
void pnr_history_leg(struct walk *w);
void pnr_history_name(struct walk *w);
void pnr_history_bags(struct walk *w);
void pnr_history_service(struct walk *w);

/* pnr_dates.c */
void pnr_open_split(struct walk *w);
void pnr_read_locators(struct walk *w);
void pnr_split_locator(struct walk *w);
void pnr_read_dates(struct walk *w);
/* Statuses and what else is known when a booking ends. */
void pnr_finish_travel(struct walk *w);

/* pnr_fare.c: FAR, TXD, EBD, and IFT with a fare calculation. */
void pnr_read_fare(struct walk *w);
void pnr_read_taxes(struct walk *w);
void pnr_read_excess(struct walk *w);
void pnr_read_calculation(struct walk *w);
/* The calculation that stood before the ticket, if one did. */
void pnr_take_calculation(struct walk *w);

/* pnr_money.c */
/* Of a whole card number its last four digits, which tell cards apart. */
struct piece pnr_without_card(const struct walk *w, struct piece v);
/* An amount with its currency, claimed; unset where it is no number. */
struct money pnr_money(struct walk *w, struct piece amount,
		       struct piece currency);
void pnr_open_ticket(struct walk *w);
void pnr_close_ticket(struct walk *w);
void pnr_read_money(struct walk *w);
void pnr_read_pricing(struct walk *w);
void pnr_open_payments(struct walk *w);
/* Add a ticket to a traveller (or NOBODY) and his booking, unless known. */
void pnr_add_ticket(struct walk *w, uint32_t traveller,
		    const struct ticket *ticket);

/* pnr_text.c: IFT and ADD, by phase. */
void pnr_read_text(struct walk *w);
void pnr_read_address(struct walk *w);

/* ssr.c */
/* Keep the SSR at hand, if its code is one that the law allows. */
void ssr_collect(struct walk *w);
/* The row of a code; NULL: the law does not allow it. */
const struct ssr_code *ssr_find(struct str code);
/* Read what was kept; the booking is complete. */
void ssr_apply_all(struct walk *w);

/* pnr_lts.c */
/* Keep the line at hand; read what was kept, behind all else of a booking. */
void lts_collect(struct walk *w);
void lts_apply_all(struct walk *w);

/* docs.c: texts of DOCS and PSPT. `text` is the SSR's free text. */
void docs_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
void pspt_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
/* docs_other.c: texts of DOCO, DOCA, FOID. */
void doco_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
void doca_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
void foid_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
/* ssr_text.c: CTC*, TKN*, FQT*, and baggage of a special kind. */
void ssr_contact(struct walk *w, const struct pnr_ssr *s, struct piece text);
void ssr_ticket(struct walk *w, const struct pnr_ssr *s, struct piece text);
void ssr_flyer(struct walk *w, const struct pnr_ssr *s, struct piece text);
void ssr_bag(struct walk *w, const struct pnr_ssr *s, struct piece text);
/* ssr_family.c: texts of INFT, CHLD. */
void infant_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
void child_read(struct walk *w, const struct pnr_ssr *s, struct piece text);
bool ssr_is_infant(const struct traveller *t);
/* The only infant of a booking, or NOBODY. */
uint32_t ssr_only_infant(const struct booking *b);
/* The infant that travels with that adult, or NOBODY. */
uint32_t ssr_infant(const struct booking *b, uint32_t adult);
/* The traveller an SSR is about: by reference, by place, the only one. */
uint32_t ssr_traveller(struct walk *w, const struct pnr_ssr *s);

#endif
