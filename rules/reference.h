/*
 * reference.h - airports, their countries and clocks, as tables of our own
 *
 * Read from DIR/airports.csv and DIR/zones.csv. The machine's own time zone
 * data is never asked: a replay years later needs the same tables, so their
 * hash is an input of screening (reference_texts()).
 *
 * Format: ASCII lines, `#` begins a comment line, fields divided by commas,
 * no quotes. airports.csv: airport, city code or nothing, country (alpha-3),
 * zone; zones.csv: zone, UTC second it begins to hold, minutes east of UTC,
 * sorted by zone and second.
 *
 * Lifetime: owned by reference_free(). Threads: read-only once loaded.
 */
#ifndef RULES_REFERENCE_H
#define RULES_REFERENCE_H

#include "base/date.h"
#include "base/err.h"

struct reference;

struct reference_zone;

struct reference_place {
	char code[4], city[4], country[4]; /* ended by a NUL; city may be "" */
	const struct reference_zone *zone;
};

/* Load both tables. Returns 0, ERR_IO or ERR_SYNTAX naming file and line. */
MUST_CHECK int reference_load(struct reference **out, const char *dir,
			      struct err *e);
/* The same from texts (borrowed for the call), for tests and replay. */
MUST_CHECK int reference_read(struct reference **out, struct str airports,
			      struct str zones, struct err *e);
/* Free it; NULL is fine. */
void reference_free(struct reference *r);

/* The two files' texts in their order: hash these. Lives as long as `r`. */
struct str reference_airports_text(const struct reference *r);
struct str reference_zones_text(const struct reference *r);

/*
 * The airport of an IATA code, or, where there is none, an airport of the
 * city with that code; NULL when neither. No allocation.
 */
const struct reference_place *reference_find(const struct reference *r,
					     struct str code);

/* Country of an airport or city code; absent when unknown. */
struct str reference_country(const struct reference *r, struct str code);

/* Same airport, or airports (or city codes) of one city? */
bool reference_same_city(const struct reference *r, struct str a, struct str b);

/*
 * Local time at an airport -> UTC; *east gets the offset in seconds. An hour
 * that happens twice is taken as its first, one that is skipped by the clock
 * before the change. False, *utc untouched, when the airport is unknown or
 * the moment not set.
 */
MUST_CHECK bool reference_to_utc(const struct reference *r, struct str airport,
				 struct moment local, struct moment *utc,
				 int64_t *east);

#endif
