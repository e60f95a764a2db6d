/*
 * gen_pnr.h - the two halves of writing one booking (gen_message.h)
 *
 * gen_pnr.c writes the booking and its travellers, gen_pnr_trip.c the
 * itinerary with check-in data, and what follows it. Nobody else includes
 * this.
 */
#ifndef TOOLS_GEN_PNR_H
#define TOOLS_GEN_PNR_H

#include "tools/gen_message.h"
#include "tools/gen_recipe.h"

/* What the functions below write about. */
struct pnr {
	struct edi_writer *w;
	const struct gen_flight *f;
	const struct gen_booking *b;
	const struct gen_airline *line;
	enum gen_phase phase;
	bool active; /* not shown as cancelled */
};

/* Code of an airport by its index. */
static inline const char *gen_code(int airport)
{
	return gen_airports[airport].code;
}

/* TIF of a traveller without its end: +: or ' follows. */
void gen_put_name(struct pnr *p, const struct gen_person *t, int ref);

/* The legs; at closure the check-in data of the pushed one. */
void gen_put_itinerary(struct pnr *p);

/* Split, hotel, history and the text of the booking. */
void gen_put_rest(struct pnr *p);

#endif
