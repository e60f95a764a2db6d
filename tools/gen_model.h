/*
 * gen_model.h - what the generator invents before a message is written
 *
 * A day is flights; a flight has bookings; a booking has travellers and legs.
 * Bookings are made for one flight at a time from the dice of that flight, so
 * a day of any size needs the memory of one flight, and no flight depends on
 * another. gen_booking.c makes them, gen_pnrgov.c and gen_paxlst.c write them.
 *
 * Times are seconds since 1970, UTC; gen_local() gives an airport's local
 * time. Lifetime: all is in the flight's arena. Threads: none.
 */
#ifndef TOOLS_GEN_MODEL_H
#define TOOLS_GEN_MODEL_H

#include "base/arena.h"
#include "base/date.h"
#include "tools/gen_tables.h"

/* The full pushes of a flight's bookings. */
enum gen_phase {
	PHASE_48H,
	PHASE_24H,
	PHASE_CLOSURE,
	PHASES,
	PHASE_NEVER = PHASES,
};

struct gen_flight {
	int index;		     /* in the day, from 0 */
	int airline, number;	     /* operating */
	int partner, partner_number; /* codeshare; partner -1: none */
	int from, to;
	int beyond; /* the flight begins (inbound) or goes on there; -1: no */
	int64_t departs, arrives;
	bool inbound;
	int travellers; /* wanted at closure */
	const char *equipment;
};

/* Who somebody is, when the dice do not decide: a person of a list. */
struct gen_identity {
	const char *surname, *given;
	struct date born;
	char sex;		/* M, F, or 0 */
	const char *nation;	/* alpha-3, or "" */
	const char *doc_number; /* or "" */
	bool has_title;		/* `given` ends with one */
};

struct gen_person {
	char surname[GEN_NAME], given[GEN_NAME]; /* as in the document */
	char tif_surname[GEN_NAME], tif_given[GEN_NAME]; /* in the booking */
	const char *title; /* glued to tif_given */
	char type;	   /* A adult, C child, I infant */
	char sex;
	struct date born, expires;
	char nation[4]; /* alpha-3 */
	enum gen_culture culture;
	char doc_type;
	char doc_number[16];
	char visa[16]; /* "": none */
	char ticket[16];
	int adult;		   /* of an infant: index of who holds it */
	enum gen_phase docs_since; /* when the document is known */
	int frequent_flyer;	   /* number, 0: none */
	const char *tier;
	const char *special; /* SSR code of a meal or need, NULL: none */
	const char *remark;  /* OSI text about the person, NULL: none */
	bool checked_in;
	int64_t checked_in_at;
	char seat[16];
	int sequence; /* boarding number, from 1 */
	int bags, kg;
	int tag; /* of the first bag, six digits */
	int id;	 /* number in the flight, from 1 */
};

struct gen_leg {
	int airline, number;
	int partner, partner_number; /* marketed by; partner -1: nobody else */
	int from, to;
	int64_t departs, arrives;
	char class;
	const char *equipment;
};

/* One line of the history: an itinerary leg added or cancelled. */
struct gen_change {
	int64_t at;
	char action;	    /* A or X */
	const char *status; /* of the leg: HK, HX, TK */
	struct gen_leg leg;
};

enum { GEN_LEGS = 6, GEN_CHANGES = 6 };

struct gen_booking {
	const struct gen_recipe *recipe;
	const struct gen_plant *plant;		   /* NULL: background */
	char locator[8], crs_locator[8], split[8]; /* split "": none */
	int64_t created, ticketed, split_at;
	int64_t changed[PHASES]; /* last transaction, by push */
	enum gen_phase since;	 /* first push that has it */
	enum gen_phase until;	 /* push that has it no more */
	bool shows_cancelled;	 /* from then on with status HX, not gone */
	enum gen_phase moved;	 /* before that push the last leg is a day
				  * earlier */
	int agency_airport, agency_number;
	char agency_kind;	/* T travel agent, A the airline */
	const char *form;	/* CC, CA, MS */
	const char *vendor;	/* VI, CA, AX; "" */
	int card, card_expires; /* last four digits; MMYY */
	int fare, tax;		/* cents, per adult */
	const char *currency;
	char payer[2 * GEN_NAME]; /* "": the traveller */
	char phone[20], email[2 * GEN_NAME];
	const char *group; /* name of the party, NULL: none */
	const char *hotel; /* NULL: none */
	bool alone_minor;
	struct gen_leg leg[GEN_LEGS];
	int nr_legs, pushed; /* index of the leg of this flight */
	struct gen_change change[GEN_CHANGES];
	int nr_changes;
	struct gen_person *person;
	int nr;
};

struct gen_bookings {
	struct gen_booking *item;
	uint32_t nr;
};

/* Local civil time of `utc` at an airport, as seconds like a moment. */
int64_t gen_local(int airport, int64_t utc);

/* "X9-417-2026-11-14-CMN": the engine's key of a flight. In the arena. */
const char *gen_flight_key(struct arena *a, const struct gen_flight *f);

/* When a push of a flight is sent, UTC. */
int64_t gen_sent_at(const struct gen_flight *f, enum gen_phase phase);

/* Is the booking in that push, and does it still hold seats there? */
bool gen_in_push(const struct gen_booking *b, enum gen_phase phase);
bool gen_is_active(const struct gen_booking *b, enum gen_phase phase);

/* Day, month, year, hour and minute of a time, for formats. */
struct gen_clock {
	int year, month, day, hour, minute; /* year of two digits */
};
struct gen_clock gen_clock(int64_t s);

#endif
