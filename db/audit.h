/*
 * audit.h - events into the audit log, and out of it
 *
 * To put something on record there is one call:
 *
 *	struct audit_event ev = { .operation = AUDIT_RULE_CHANGE,
 *				  .rule = name, .rule_state = STR("live") };
 *	rc = audit_record(pg, &ev, &e);
 *
 * In a transaction the event is part of it; without one it is a transaction
 * of its own. Who (session user, account, workstation) and when are filled in;
 * an outcome that is not set is "done". If it cannot be recorded, do not do
 * what it is about.
 *
 * The store's batches use a writer, which keeps the end of its chain in
 * memory, so that an event is one statement of the pipeline.
 *
 * Threads: as the connection.
 */
#ifndef DB_AUDIT_H
#define DB_AUDIT_H

#include "db/pg.h"
#include "law/audit_checkpoint.h"

/* Put an event on record. Returns 0, ERR_VALUE, or as pg_run(). */
MUST_CHECK int audit_record(struct pg *pg, const struct audit_event *ev,
			    struct err *e);

/* The end of the chain that a connection writes, and who writes it. */
struct audit_writer {
	struct pg *pg; /* borrowed */
	struct arena arena;
	struct str chain; /* absent: not known, ask */
	int64_t last;
	uint8_t hash[CRYPT_HASH_LEN], next[CRYPT_HASH_LEN];
	/* of the register of accounts; absent: the user has none */
	struct str acting_as, home_authority;
	struct row_texts roles;
	bool ended; /* the account is not valid today */
	struct buf line;
};

/* Ask for the chain. Returns 0 or as pg_run(); audit_release() in the end. */
MUST_CHECK int audit_open(struct audit_writer *w, struct pg *pg, struct err *e);
/* Free it; the session keeps the chain until it ends. */
void audit_release(struct audit_writer *w);

/*
 * Make the arguments of sql_audit_append for the next event. Who and when are
 * filled in where they are not set. The end stays where it is until
 * audit_moved(). Returns 0 or ERR_VALUE.
 */
MUST_CHECK int audit_next(struct audit_writer *w, struct pg_args *args,
			  const struct audit_event *ev, struct err *e);
/* The event is committed. */
void audit_moved(struct audit_writer *w);

/* What there is of each chain now, sorted. Returns 0 or as pg_run(). */
MUST_CHECK int audit_heads(struct audit_span **out, uint32_t *nr, struct pg *pg,
			   struct arena *a, struct err *e);

/* Checkpoints from number `first` on. Returns 0 or as pg_run(). */
MUST_CHECK int audit_checkpoints(struct audit_signed **out, uint32_t *nr,
				 struct pg *pg, int64_t first, struct arena *a,
				 struct err *e);

/*
 * Make a checkpoint of all there is, signed; *out is in the arena, its `nr` 0
 * when nothing came since the last one. Returns 0 or as pg_run().
 */
MUST_CHECK int
audit_checkpoint_make(struct audit_signed *out, struct pg *pg,
		      const uint8_t public_half[CRYPT_KEY_LEN],
		      const uint8_t secret_half[CRYPT_SIGNER_LEN],
		      struct arena *a, struct err *e);

/* An event as it is stored. */
struct audit_row {
	struct str chain, line, hash;
	int64_t seq;
};

/* Events behind (chain, seq), by chain and number. */
struct audit_filter {
	struct str chain; /* at first "" */
	int64_t seq;
	struct str
		about; /* whose line holds this text in quotes; absent: all */
	int64_t limit;
};

/* A page of events. Returns 0 or as pg_run(). */
MUST_CHECK int audit_page(struct audit_row **out, uint32_t *nr, struct pg *pg,
			  const struct audit_filter *f, struct arena *a,
			  struct err *e);

/* An event and the hash before it: it can be checked alone. */
struct audit_about {
	struct audit_row row;
	struct str before;
};

/*
 * Events since a day (0: any) that name something: a hit, an account. At most
 * 10000, by time. Returns 0 or as pg_run().
 */
MUST_CHECK int audit_about(struct audit_about **out, uint32_t *nr,
			   struct pg *pg, struct str name, int32_t day,
			   struct arena *a, struct err *e);

/*
 * Remove events older than a UTC day, which is five years ago or more, and
 * say so in an event and a checkpoint of the same transaction. Goes on in
 * small transactions until nothing is left. *removed: how many, also after an
 * error. Returns 0; ERR_LEGAL when the day is too late or the session user may
 * not; else as pg_run().
 */
MUST_CHECK int audit_expire(int64_t *removed, struct pg *pg, int32_t day,
			    const uint8_t public_half[CRYPT_KEY_LEN],
			    const uint8_t secret_half[CRYPT_SIGNER_LEN],
			    struct err *e);

#endif
