/*
 * fetch.h - a traveller's record on its way into the processor's caches
 *
 * Evaluation follows pointers: flight, booking, its legs, their texts. A record
 * that is not in the caches makes each of them a wait of its own. What nearly
 * every profile reads is asked for at once instead; nothing depends on it.
 */
#ifndef RULES_FETCH_H
#define RULES_FETCH_H

#include "parsers/record.h"

/* Ask for the records that a subject points to. */
void fetch_subject(const struct subject *s);

/* Ask for what these point to; some time after the above. */
void fetch_parts(const struct subject *s);

#endif
