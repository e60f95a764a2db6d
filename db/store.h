/*
 * store.h - one batch, one transaction
 *
 *	rc = store_open(&s, &settings, &e);
 *	switch (store_commit(s, &batch, &e)) ...
 *
 * All rows of a batch, the versions of its flights and the Kafka offsets it
 * has used up become visible together or not at all. Versions and offsets
 * move by compare-and-set, so a worker whose partition or flight another one
 * has taken in the meantime changes nothing.
 *
 * Threads: a store belongs to one.
 */
#ifndef DB_STORE_H
#define DB_STORE_H

#include "db/audit.h"

enum store_outcome {
	STORE_COMMITTED,
	/* another was faster: rolled back; load flights and offsets again */
	STORE_FENCED,
	/* a row is not acceptable: rolled back; leave it out, try the others */
	STORE_BAD_ROW,
	/* the database cannot now: rolled back; wait, store_reopen() */
	STORE_DB_DOWN,
	/* COMMIT got no answer: store_reopen(), the offsets will tell */
	STORE_UNKNOWN,
};

/* A partition's next offset goes `from` -> `to`. */
struct offset_claim {
	struct str topic;
	int32_t part;
	int64_t from, to;
};

/*
 * A flight's version goes `expected` -> row.version, and its columns with it.
 * `expected` 0: the flight has no row yet.
 */
struct flight_claim {
	struct flight_row row;
	int64_t expected;
};

struct traveller_key {
	int32_t clock_day;
	int64_t flight_id, traveller_id;
};

/*
 * Everything is borrowed. A key stands at most once in bookings, travellers,
 * hits, evidence and series; slices and counters may repeat. `offset`, `flight` and
 * `removed` are in the caller's order; the store goes through flights by id
 * and through offsets by topic and partition, so that two stores cannot lock
 * each other out.
 */
struct store_batch {
	struct str cluster, group; /* whose offsets */
	int64_t set_version;	   /* of the profiles it was screened with */
	const struct offset_claim *offset;
	uint32_t nr_offset;
	const struct flight_claim *flight;
	uint32_t nr_flight;
	const struct slice_row *slice; /* new ones; known ones do no harm */
	uint32_t nr_slice;
	const struct booking_row *booking;
	uint32_t nr_booking;
	const struct traveller_row *traveller;
	uint32_t nr_traveller;
	/* screened: `hit` has all their hits; others become withdrawn */
	const struct traveller_key *screened;
	uint32_t nr_screened;
	/* no traveller any more: row deleted, hits withdrawn */
	const struct traveller_key *removed;
	uint32_t nr_removed;
	const struct hit_row *hit;
	uint32_t nr_hit;
	bool announce; /* put new hits into the outbox, too */
	const struct evidence_row *evidence;
	uint32_t nr_evidence;
	/* does the set have profiles in shadow? Then `shadow` is all they say */
	bool has_shadow;
	const struct shadow_row *shadow;
	uint32_t nr_shadow;
	const struct fact_row *fact; /* may repeat; known ones do no harm */
	uint32_t nr_fact;
	const struct quarantine_row *quarantine;
	uint32_t nr_quarantine;
	const struct counter_row *counter;
	uint32_t nr_counter;
	const struct outbox_row *outbox;
	uint32_t nr_outbox;
	const struct audit_event *audit; /* of the batch; NULL: none */
	/* messages in parts: a state of "whole" takes the row away */
	const struct series_row *series;
	uint32_t nr_series;
	/* ids of series for which time is up; counted on `missing_day` */
	const int64_t *missing;
	uint32_t nr_missing;
	int32_t missing_day;
	/* ids of quarantine rows whose messages are read again in this batch */
	const int64_t *retried;
	uint32_t nr_retried;
};

/*
 * For tests that end a process or a server at a given place. at() is called
 * when the transaction stands at "begin", "copied" (rows are written),
 * "claimed" (versions and offsets, too) and "committed". With at() set every
 * place costs a round trip; NULL costs nothing.
 */
struct store_hooks {
	void (*at)(const char *site, void *arg);
	void *arg;
};

struct store_settings {
	struct pg_settings pg; /* its texts are copied */
	struct store_hooks hooks;
};

struct store;

/* Connect. Returns 0 or as pg_open(); close it with store_close(). */
MUST_CHECK int store_open(struct store **out, const struct store_settings *s,
			  struct err *e);
void store_close(struct store *s);

/* A new connection in place of the old one. Returns 0 or as pg_open(). */
MUST_CHECK int store_reopen(struct store *s, struct err *e);

/* Its connection, for loading in between; do not close it. */
struct pg *store_pg(struct store *s);

/*
 * Write a batch. Anything but STORE_COMMITTED has a sentence in *e, fit to
 * be logged: it holds no value of a row. Partitions are made as needed.
 */
MUST_CHECK enum store_outcome
store_commit(struct store *s, const struct store_batch *b, struct err *e);

/* "committed", "fenced", ...: the word for an outcome. */
const char *store_outcome_name(enum store_outcome o);

#endif
