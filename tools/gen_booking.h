/*
 * gen_booking.h - invents the bookings of one flight
 *
 * All dice come from the flight's own series, so a flight's bookings do not
 * depend on other flights. Lifetime: in the caller's arena. Threads: none.
 */
#ifndef TOOLS_GEN_BOOKING_H
#define TOOLS_GEN_BOOKING_H

#include "tools/gen_flight.h"
#include "tools/gen_plan.h"
#include "tools/gen_recipe.h"

struct gen_maker {
	const struct gen_day *day;
	const struct gen_flight *flight;
	const struct gen_plan *plan;
	struct arena *arena;
	struct rng rng;
	struct gen_bookings made;
	int persons; /* numbered so far */
};

/*
 * Make a flight's bookings: the planted ones, then background until
 * f->travellers hold seats at closure. The result is in m->made.
 */
void gen_make_bookings(struct gen_maker *m, const struct gen_day *day,
		       const struct gen_flight *f, const struct gen_plan *plan,
		       struct arena *a);

/* The itinerary of `b` around the flight, per its recipe (gen_trip.c). */
void gen_make_trip(struct gen_booking *b, struct gen_maker *m);

/* Who booked, who pays and how (gen_sale.c). */
void gen_make_sale(struct gen_booking *b, struct gen_maker *m);

/* When it appears, changes and goes away; history (gen_life.c). */
void gen_make_life(struct gen_booking *b, struct gen_maker *m);

#endif
