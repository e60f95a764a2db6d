/*
 * history.h - what earlier bookings have in common with this one
 *
 * Each traveller's contacts, cards, documents, agency and addresses, and he
 * himself, become tokens; pax.fact says which trips stated them before. A trip
 * is a booking of a carrier, whichever its flights, or without a locator one
 * traveller on one flight. Counts alone come out, of trips whose clock_day is
 * before that of the flight and at most `days` back: what arrives on a flight's
 * own clock_day, in whichever order, is not counted.
 *
 *	history_init(&h, days, keys, arena);
 *	for (...)
 *		history_ask(&h, &who, &e);
 *	history_load(&h, pg, &e);		one statement
 *	past = history_next(&h);		in the order they were asked
 *
 * Tokens are keyed by month: with the key of its first day. Where a month has
 * none, or it was destroyed, there is nothing to count.
 *
 * Lifetime: all in the arena. Threads: one worker's own.
 */
#ifndef ENGINE_HISTORY_H
#define ENGINE_HISTORY_H

#include "db/fact.h"
#include "db/row.h"
#include "law/keyfolder.h"
#include "parsers/record.h"

/* What an answer is for: counts of record.h up to addresses, and three more. */
enum {
	HISTORY_SELF = PAST_TRIPS, /* trips of the traveller */
	HISTORY_GONE,		   /* of these, those he did not make */
	HISTORY_OTHER,		   /* trips of a co-traveller */
};

/* The key of a month, while a batch needs it. */
struct history_month {
	int32_t first; /* its first day, since 1970-01-01 */
	const uint8_t *key;
};

/* Some of the questions, which belong to one thing that is counted. */
struct history_ref {
	uint8_t use;
	uint32_t who; /* of co-travellers: which */
	uint32_t ask;
};

struct history_subject {
	int64_t trip;
	uint32_t ref, nr_ref; /* his part of history.ref */
	uint32_t nr_others;   /* co-travellers */
	bool others_known;    /* each of them can be told from others */
	uint16_t asked;	      /* bit of a use: there was something to ask */
};

struct history_batch {
	int32_t days; /* 0: nothing is asked, nothing kept */
	struct key_folder *keys;
	struct arena *arena;
	struct history_month *month;
	uint32_t nr_month;
	struct fact_ask *ask;
	uint32_t nr_ask;
	uint32_t *slot; /* asks by hash; 0: free, else 1 + index */
	uint32_t nr_slot;
	struct history_ref *ref;
	uint32_t nr_ref;
	struct history_subject *subject;
	uint32_t nr_subject, next;
};

/* Whom it is about, on which flight. */
struct history_who {
	const struct subject *subject;
	int32_t clock_day; /* of the flight */
	int64_t flight_id, traveller_id;
};

/* Begin a batch; `days` up to PAST_DAYS, 0: off. Borrows keys and arena. */
void history_init(struct history_batch *h, int64_t days,
		  struct key_folder *keys, struct arena *a);

/* Note a traveller's questions. Returns 0 or as key_folder_day(). */
MUST_CHECK int history_ask(struct history_batch *h,
			   const struct history_who *who, struct err *e);

/* Have them answered, at once. Returns 0 or as load_facts(). */
MUST_CHECK int history_load(struct history_batch *h, struct pg *pg,
			    struct err *e);

/* The counts of the next of those asked for; NULL when it is off. */
const struct past *history_next(struct history_batch *h);

/*
 * Append the facts that a traveller leaves, for the counts of later days, to
 * the `*nr` rows at `*row`. `gone`: he does not travel. Rows of `delete_on`
 * (0: none) or, if that is earlier, as soon as nobody counts them. Returns 0
 * or as key_folder_day().
 */
MUST_CHECK int history_keep(struct history_batch *h,
			    const struct history_who *who, bool gone,
			    int32_t delete_on, struct fact_row **row,
			    uint32_t *nr, struct err *e);

#endif
