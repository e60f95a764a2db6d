/*
 * retention.h - masking and deletion: the database's part
 *
 * A day goes through the states of ops.retention_day: none (active) ->
 * closed -> kept -> masked or deleted. Each step is one transaction, so that a
 * procedure that was cut short finds where it was (engine/retention.h).
 *
 * Threads: as the connection.
 */
#ifndef DB_RETENTION_H
#define DB_RETENTION_H

#include "db/audit.h"

enum retention_stage {
	RETENTION_ACTIVE,
	RETENTION_CLOSED, /* its masking was cut short */
	RETENTION_MASKED,
};

/* A clock_day and what is there of it. Days since 1970-01-01; 0: not known. */
struct retention_day {
	int32_t day, mask_on, delete_on; /* as stored with its flights */
	enum retention_stage stage;
	struct row_number people; /* travellers or records; active: not set */
	int64_t linked;		  /* whom a link holds */
};

/* All of them by day, as things are on `today`. Returns 0 or as pg_run(). */
MUST_CHECK int retention_days(struct retention_day **out, uint32_t *nr,
			      struct pg *pg, int32_t today, struct arena *a,
			      struct err *e);

/* How many travellers an active day has. Returns 0 or as pg_run(). */
MUST_CHECK int retention_people(int64_t *nr, struct pg *pg, int32_t day,
				struct err *e);

/* A day's hits worked out again, before it is masked. */
struct retention_replay {
	bool done;
	int64_t identical, differ;
	int64_t unreached; /* when time was up */
};

/* What the certificate of a day says. */
struct retention_figures {
	struct str state; /* absent: the day is active */
	int64_t travellers, slices, hits, kept;
	uint8_t id_hash[CRYPT_HASH_LEN]; /* audit_set_hash() of travellers */
	struct str key_print;		 /* of the day's key; absent: none */
	struct retention_replay replay;
};

/* How far a day is. In the arena. Returns 0 or as pg_run(). */
MUST_CHECK int retention_state(struct retention_figures *out, struct pg *pg,
			       int32_t day, struct arena *a, struct err *e);

/* Note what came of replaying an active day. Returns 0 or as pg_run(). */
MUST_CHECK int retention_replayed(struct pg *pg, int32_t day,
				  const struct retention_replay *r,
				  struct err *e);

/*
 * Close an active day: its partitions leave their tables. *busy: somebody
 * works on it right now, nothing was done: try again. Locks are never waited
 * for. Returns 0 or as pg_run().
 */
MUST_CHECK int retention_close(bool *busy, struct pg *pg, int32_t day,
			       struct err *e);

/* A traveller who is kept, and what belongs to him. */
struct kept_row {
	struct traveller_row traveller;
	struct flight_row flight;   /* flight_id 0: none is stored */
	struct booking_row booking; /* sealed absent: none is stored */
};

struct kept_hit {
	struct hit_row hit;
	struct evidence_row evidence; /* sealed absent: none is stored */
};

struct kept_rows {
	struct kept_row *row;
	struct kept_hit *hit;	       /* in the order of the rows */
	struct review_row *review;     /* of the hits, by hit and step */
	struct addendum_row *addendum; /* corrections, by traveller */
	uint32_t nr, nr_hit, nr_review, nr_addendum;
};

/*
 * Count a closed day (figures but `kept`) and read what is kept of it: whom a
 * link holds on `today`, or all. In the arena. Returns 0 or as pg_run().
 */
MUST_CHECK int retention_read(struct kept_rows *out,
			      struct retention_figures *f, struct pg *pg,
			      int32_t day, int32_t today, bool all,
			      struct arena *a, struct err *e);

/*
 * Store what is kept, name it in the links, and note the figures: closed ->
 * kept, durably. `row` and `record` are in one order. Returns 0 or as
 * pg_run().
 */
MUST_CHECK int retention_settle(struct pg *pg, int32_t day,
				const struct retention_figures *f,
				const struct kept_rows *kept,
				const struct masked_record_row *record,
				struct err *e);

/*
 * Drop what the day had and put its certificate on record: kept -> masked or
 * deleted. Returns 0 or as pg_run().
 */
MUST_CHECK int retention_drop(struct pg *pg, int32_t day,
			      const struct audit_event *certificate,
			      struct err *e);

/*
 * Records of a masked day that no link holds on `today`, or all. In the arena.
 * Returns 0 or as pg_run().
 */
MUST_CHECK int retention_lapsed(struct row_tokens *record, struct pg *pg,
				int32_t day, int32_t today, bool all,
				struct arena *a, struct err *e);

/*
 * Remove their rows and links, and put it on record. `all`: the day is over,
 * its flights are forgotten. Returns 0 or as pg_run().
 */
MUST_CHECK int retention_erase(struct pg *pg, int32_t day,
			       const struct row_tokens *record, bool all,
			       const struct audit_event *certificate,
			       struct err *e);

/* A day that is done, or something of a day that should not be there any more. */
struct retention_trace {
	int32_t day;
	struct str what; /* "masked", "deleted", or the name of a table */
	bool left;	 /* a table that should be gone */
};

/* All of them. In the arena. Returns 0 or as pg_run(). */
MUST_CHECK int retention_traces(struct retention_trace **out, uint32_t *nr,
				struct pg *pg, struct arena *a, struct err *e);

/*
 * Remove the results of a day's travellers of whom nothing happened after
 * `last_day`, and put it on record; *nr: how many hits. Somebody at work on the
 * day is no error: *nr is 0. Returns 0 or as pg_run().
 */
MUST_CHECK int retention_results(int64_t *nr, struct pg *pg, int32_t day,
				 int32_t last_day, int32_t today,
				 struct audit_event *ev, struct err *e);

/* Drop months of which nothing is left. Returns 0 or as pg_run(). */
MUST_CHECK int retention_sweep(struct pg *pg, int32_t today, struct err *e);

#endif
