/*
 * scope.h - whom and which flights the PNR Directive lets us look at
 *
 * Crew are not passengers (Article 3(4)). Flights between the Union and third
 * countries are in scope. Flights inside the Union are so only as far as a
 * decision selects them (Article 2; C-817/19, paragraphs 171 to 174): its
 * reference, reasons, validity and the day of its next review stand in a file,
 * by default etc/scope.yaml, which selects none. A decision that has expired,
 * or whose review is overdue, selects nothing.
 *
 *	rc = scope_load(&scope, "etc/scope.yaml", &e);
 *	v = scope_flight(scope, stops, 2, day);
 *	if (v.scope == SCOPE_OUT)
 *		...delete at once, count
 *
 * Threads: read-only once loaded, shared.
 */
#ifndef LAW_SCOPE_H
#define LAW_SCOPE_H

#include "base/date.h"
#include "base/err.h"

/* Is a traveller of this type ("ADT", "CRW", ...) a passenger? Absent: yes. */
bool scope_traveller(struct str type);

/* A place the flight takes off from or lands at. */
struct scope_stop {
	struct str airport; /* IATA code, for the decisions */
	struct str country; /* alpha-3; absent when the airport is unknown */
};

enum flight_scope {
	SCOPE_EXTRA_EU,		 /* Article 3(2) */
	SCOPE_INTRA_EU_SELECTED, /* Article 3(3), and a decision selects it */
	SCOPE_OUT,		 /* domestic, outside the Union, not selected */
	SCOPE_UNKNOWN, /* a country is not known: not for us to guess */
};

struct scope_verdict {
	enum flight_scope scope;
	struct str decision; /* reference, when SCOPE_INTRA_EU_SELECTED */
};

struct scope;

/*
 * Load the decisions. Returns 0 and an owned *out, or ERR_IO, ERR_SYNTAX,
 * ERR_VALUE or ERR_USAGE with the line and column that are wrong.
 */
MUST_CHECK int scope_load(struct scope **out, const char *path, struct err *e);

/* NULL is fine. */
void scope_free(struct scope *s);

/*
 * The scope of a flight that touches `nr` (2 or more) stops, in order, and
 * departs on `day`, a full date; a decision holds from valid_from to valid_to,
 * both included. The verdict borrows from `s`.
 */
struct scope_verdict scope_flight(const struct scope *s,
				  const struct scope_stop *stop, size_t nr,
				  struct date day);

#endif
