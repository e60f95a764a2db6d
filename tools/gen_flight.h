/*
 * gen_flight.h - a day's flights into and out of the home country
 *
 * Lifetime: in the caller's arena. Threads: none.
 */
#ifndef TOOLS_GEN_FLIGHT_H
#define TOOLS_GEN_FLIGHT_H

#include "tools/gen_model.h"

struct gen_day {
	struct date date; /* local date of departure of every flight */
	uint64_t seed;
	int flights, travellers;
	int home;      /* airport */
	uint64_t dirt; /* rows of gen_dirt.def done to every message */
	bool dirty;    /* no, two at most to each as the dice fall */
};

/*
 * Make the flights of a day, day->flights of them, by turns inbound and
 * outbound; the first comes from Addis Ababa (a plant needs it), every eighth
 * pair stays inside the EU. Their `travellers` add up to day->travellers.
 */
struct gen_flight *gen_day_flights(const struct gen_day *day, struct arena *a);

#endif
