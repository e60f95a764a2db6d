/*
 * gen_tables.h - the generator's world: airports, invented airlines, names
 *
 * Made of gen_airport.def, gen_airline.def and gen_names.def. Static and
 * read-only; everything that is named by an index is an index into these.
 */
#ifndef TOOLS_GEN_TABLES_H
#define TOOLS_GEN_TABLES_H

#include "tools/gen_rng.h"

enum gen_culture {
#define CULTURE(id, nations, men, women, surnames) CULTURE_##id,
#include "tools/gen_names.def"
#undef CULTURE
	CULTURES,
};

struct gen_airport {
	const char *code, *city, *country, *alpha2;
	int lat, lon;	/* tenths of a degree */
	int utc_offset; /* minutes */
	enum gen_culture culture[2];
};

enum gen_habit {
	HABIT_NO_UNA = 1,
	HABIT_NO_UNG = 2,
	HABIT_TYPE_B = 4,
	HABIT_LF = 8,
	HABIT_CRLF = 16,
	HABIT_PLAIN_MEA = 32,
};

struct gen_airline {
	const char *code, *name, *accounting, *crs;
	int pnrgov;	    /* 14: release 14:1 of the guide */
	const char *paxlst; /* "05B": directory D:05B */
	int part; /* travellers in a part of a PAXLST; 0: any number */
	unsigned habits;
};

extern const struct gen_airport gen_airports[];
extern const int gen_airports_nr;
extern const struct gen_airline gen_airlines[];
extern const int gen_airlines_nr;

enum { GEN_NAME = 48 }; /* room for a name, its NUL included */

enum gen_list { LIST_NATIONS, LIST_MEN, LIST_WOMEN, LIST_SURNAMES };

/* Index of an airport by its code, or of a country's main one; -1: none. */
int gen_airport_find(const char *code);
int gen_airport_of_country(const char *alpha3);

/* Minutes in the air and on the ground from `a` to `b`, a multiple of 5. */
int gen_flying_minutes(int a, int b);

/* Throw one entry of a culture's list into `out`. */
void gen_pick_name(char out[GEN_NAME], enum gen_culture c, enum gen_list list,
		   struct rng *r);

#endif
