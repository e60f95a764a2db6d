/*
 * flight_key.h - which flight a message is about, as one text
 *
 * Both message types, all carriers' ways of writing the number and all pushes
 * of one flight give the same key: operating carrier, number without leading
 * zeros, local date of departure, origin: "X9-417-2026-11-14-CMN". The Kafka
 * key, the flight's id and linking rest on it.
 */
#ifndef PARSERS_FLIGHT_KEY_H
#define PARSERS_FLIGHT_KEY_H

#include "base/err.h"
#include "parsers/record.h"

struct flight_key {
	char text[48]; /* ended by a NUL */
};

/*
 * The key of a flight. Returns 0, or ERR_VALUE naming what is missing:
 * carrier, number, date of departure or origin.
 */
MUST_CHECK int flight_key_make(struct flight_key *out, const struct flight *f,
			       struct err *e);

#endif
