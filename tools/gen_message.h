/*
 * gen_message.h - writes what was invented as airlines would send it
 *
 * The layouts are the generator's own, not the parsers' tables: what one side
 * gets wrong the other does not excuse. PNRGOV 11.1, 13.1 and 14.1, PAXLST
 * D.02B, 05B and 12B with the habits of gen_airline.def.
 */
#ifndef TOOLS_GEN_MESSAGE_H
#define TOOLS_GEN_MESSAGE_H

#include "base/buf.h"
#include "tools/gen_edifact.h"
#include "tools/gen_model.h"

/* One interchange: where it stands in the day, and when it is sent. */
struct gen_envelope {
	const struct gen_flight *flight;
	const char *recipient; /* "PIUBEL" */
	int64_t sent_at;
	int kind;	 /* 0 to 9, tells a flight's interchanges apart */
	int part, parts; /* PAXLST: from 1 */
};

/* A full push of a flight's bookings (PNRGOV, MSG 22). */
void gen_write_pnrgov(struct buf *out, const struct gen_envelope *env,
		      const struct gen_bookings *b, enum gen_phase phase);

/* One booking, SRC to before the next SRC (gen_pnr.c). */
void gen_write_booking(struct edi_writer *w, const struct gen_flight *f,
		       const struct gen_booking *b, enum gen_phase phase);

/*
 * One part of the passenger list (PAXLST 745) of those checked in: persons
 * `from` to `upto` - 1 of `total`, counted over the bookings.
 */
void gen_write_paxlst(struct buf *out, const struct gen_envelope *env,
		      const struct gen_bookings *b, int from, int upto,
		      int total);

/* The crew list (PAXLST 250); dice are the caller's. */
void gen_write_crew(struct buf *out, const struct gen_envelope *env,
		    struct rng *r);

/* Up to and including UNH; then the closing segments (gen_envelope.c). */
void gen_open(struct edi_writer *w, const struct gen_envelope *env,
	      const char *type);
void gen_close(struct edi_writer *w, const struct gen_envelope *env,
	       const char *type);

/* Line ends of the flight's airline: "", "\n" or "\r\n". */
const char *gen_newline(const struct gen_flight *f);

/* "17APR82", as SSR DOCS writes dates. */
struct gen_ddmmmyy {
	char z[8];
};
struct gen_ddmmmyy gen_ddmmmyy(struct date d);

#endif
