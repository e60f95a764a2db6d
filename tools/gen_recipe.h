/*
 * gen_recipe.h - kinds of booking, as rows of gen_recipe.def
 *
 * Static and read-only.
 */
#ifndef TOOLS_GEN_RECIPE_H
#define TOOLS_GEN_RECIPE_H

#include <stdbool.h>

enum gen_trip { TRIP_ONEWAY, TRIP_RETURN };

enum gen_form { FORM_CARD, FORM_CASH, FORM_MISC, FORM_MILE };

enum gen_flag {
	FLAG_MAY_FLY_OFTEN = 1 << 0, /* half of them have a number */
	FLAG_FLIES_OFTEN = 1 << 1,
	FLAG_MAY_FAIL = 1 << 2,	   /* may be cancelled or not show up */
	FLAG_MAY_CHANGE = 1 << 3,  /* may have a history, a moved leg */
	FLAG_MAY_CONNECT = 1 << 4, /* may have feeder flights */
	FLAG_CONNECTS = 1 << 5,
	FLAG_PAID_BY_OTHER = 1 << 6,
	FLAG_PAID_BY_COMPANION = 1 << 7,
	FLAG_AGENCY_ABROAD = 1 << 8, /* of neither end of the trip */
	FLAG_AT_AIRLINE = 1 << 9,
	FLAG_SPLIT = 1 << 10,
	FLAG_CHANGED_LATE = 1 << 11, /* three changes, the last one late */
	FLAG_BY_CARRIER = 1 << 12,   /* one of them by the airline */
	FLAG_KIN = 1 << 13,	     /* one surname */
	FLAG_GROUP = 1 << 14,
	FLAG_UMNR = 1 << 15,
	FLAG_HEAVY = 1 << 16,
	FLAG_TURNS_BACK = 1 << 17,	/* out and back before the flight */
	FLAG_AGENCY_REPORTED = 1 << 18, /* of etc/lists */
};

struct gen_range {
	int lo, hi;
};

struct gen_recipe {
	int weight; /* among the background; 0 in the planted ones */
	struct gen_range adults, children, infants, lead; /* lead in hours */
	enum gen_trip trip;
	struct gen_range stay; /* hours */
	enum gen_form form;
	struct gen_range bags; /* of each adult */
	unsigned flags;
};

/* A booking of which the truth file speaks: a profile should hit, or not. */
struct gen_pattern {
	const char *profile;
	bool hits;
	int who;	  /* index of the traveller meant */
	const char *from; /* airport the flight comes from; "": any */
	struct gen_recipe recipe;
};

extern const struct gen_recipe gen_recipes[];
extern const int gen_recipes_nr;
extern const struct gen_pattern gen_patterns[];
extern const int gen_patterns_nr;

/* The booking of a person of a watchlist: innocent, alone, on any flight. */
extern const struct gen_recipe gen_listed_recipe;

#endif
