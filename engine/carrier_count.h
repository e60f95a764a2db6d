/*
 * carrier_count.h - what each carrier sent, in numbers: rows of ops.counter
 *
 * Counters by day and carrier, without persons, written with the batch they
 * count. Codes, N being a number of messages or travellers:
 *
 *	message.pnrgov, message.paxlst	 messages kept
 *	message.score		sum of the messages' scores (quality.h): each the
 *				mean of its travellers', less 5 a kind of warning
 *	message.scored		messages that have one
 *	quarantined		messages set aside
 *	warning.CODE		diagnostics of that code, warnings and errors
 *	push.NAME, push.NAME.late	push.def
 *	pnr.travellers, api.travellers	without crew, each time they are sent
 *	pnr.contact, api.birth-date ...	those who have it (quality.def)
 *
 * A message that arrives twice counts twice; how messages fall into batches
 * does not matter. (Scores of linked travellers stand in pax.traveller.)
 *
 * Threads: a batch's own.
 */
#ifndef ENGINE_CARRIER_COUNT_H
#define ENGINE_CARRIER_COUNT_H

#include "engine/quality.h"
#include "parsers/message.h"

struct batch;

/* A message that is kept. */
void carrier_count_message(struct batch *b, const struct parsed *p);

/* One that is not; b->carrier says whose, if that is known. */
void carrier_count_quarantined(struct batch *b);

/*
 * The push that a message of `type` is, sent so many minutes before
 * departure; NULL for other types. *late: it was sent behind its time.
 */
const char *carrier_push(struct str type, int64_t minutes, bool *late);

/* The score of a message: 0 to 100, or -1 when it has no travellers. */
int32_t carrier_message_score(const struct parsed *p);

#endif
