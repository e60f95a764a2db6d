/*
 * subject.h - rights of the persons whom data are about: the database's part
 *
 * Each act is a row of the register ops.subject_act and an event of the audit
 * log, in one transaction with what it does; the functions of
 * db/sql/0014_subject_acts.sql are the only way, and paxgate_dpo alone may call
 * them (else ERR_LEGAL). Restricted rows are hidden by the database itself.
 *
 * Sources: Directive (EU) 2016/681 Art. 5, 13(1); Directive (EU) 2016/680 Art.
 * 12 to 17.
 *
 * Threads: as the connection.
 */
#ifndef DB_SUBJECT_H
#define DB_SUBJECT_H

#include "db/audit.h"

/* What each act says; borrowed. */
struct subject_act {
	struct str case_id; /* file of the person's request */
	struct str purpose; /* "oversight" */
	struct str reason;  /* a sentence of 10 to 1000 bytes, without names */
};

/* Longest and shortest reason, in bytes. */
enum { SUBJECT_REASON_LEAST = 10, SUBJECT_REASON_MAX = 1000 };

/* A record: a traveller's of an active day, or a masked one. */
struct subject_record {
	int32_t day;
	int64_t id;
};

/*
 * May the session user act on persons' requests? Returns 0; ERR_LEGAL, and the
 * refusal is on record; or as pg_run().
 */
MUST_CHECK int subject_may(struct pg *pg, const struct subject_act *act,
			   struct err *e);

/*
 * Put a consultation on record before anything is shown: "find" or "export" of
 * `nr` records, whose names the event gets; or, with a code of
 * ref.subject_refusal, that an act is refused. Returns 0, ERR_USAGE for a code
 * that is none, ERR_LEGAL, or as pg_run().
 */
MUST_CHECK int subject_note(struct pg *pg, const struct subject_act *act,
			    const char *what, struct str refusal,
			    const struct subject_record *record, uint32_t nr,
			    struct err *e);

/* A traveller with all that is shown of him in a list. */
struct subject_view {
	struct traveller_row traveller;
	struct flight_row flight;   /* flight_id 0: none is stored */
	struct booking_row booking; /* sealed absent: none is stored */
	int64_t hits, links, corrections;
	bool restricted;
};

/*
 * Travellers of a day who have all these tokens (NULL: any), or with this id
 * (not set: any). In the arena. Returns 0 or as pg_run().
 */
MUST_CHECK int subject_find(struct subject_view **out, uint32_t *nr,
			    struct pg *pg, int32_t day,
			    const struct row_tokens *tokens,
			    struct row_number id, struct arena *a,
			    struct err *e);

struct subject_hit {
	struct hit_row hit;
	struct evidence_row evidence; /* sealed absent: none is stored */
};

/* What else there is of one, in the arena. Return 0 or as pg_run(). */
MUST_CHECK int subject_hits(struct subject_hit **out, uint32_t *nr,
			    struct pg *pg, const struct traveller_row *t,
			    struct arena *a, struct err *e);
MUST_CHECK int subject_addenda(struct addendum_row **out, uint32_t *nr,
			       struct pg *pg, int32_t day, int64_t flight,
			       int64_t traveller, struct arena *a,
			       struct err *e);
/* Slices of his flight, of all travellers, and headers. */
MUST_CHECK int subject_slices(struct slice_row **out, uint32_t *nr,
			      struct pg *pg, const struct traveller_row *t,
			      struct arena *a, struct err *e);
/* Authorities that were referred to because of him. */
MUST_CHECK int subject_told(struct row_texts *out, struct pg *pg,
			    const struct subject_record *r, struct arena *a,
			    struct err *e);

/* The masked records of a day, in the arena. Returns 0 or as pg_run(). */
MUST_CHECK int subject_masked(struct masked_record_row **out, uint32_t *nr,
			      struct pg *pg, int32_t day, struct arena *a,
			      struct err *e);

/* Which of them are restricted, their ids. Likewise. */
MUST_CHECK int subject_masked_restricted(struct row_tokens *out, struct pg *pg,
					 int32_t day, struct arena *a,
					 struct err *e);

/* Article and words of a refusal; ERR_USAGE when the code is none. */
MUST_CHECK int subject_refusal(struct str *article, struct str *meaning,
			       struct pg *pg, struct str code, struct arena *a,
			       struct err *e);

/*
 * A correction beside the record: hits that were decided are reopened. `sealed`
 * under the day's key, as {"addendum", day, id}. Returns 0; ERR_USAGE when
 * there is no such record; ERR_LEGAL; or as pg_run(). So do the next ones.
 */
MUST_CHECK int subject_correct(struct pg *pg, const struct subject_act *act,
			       const struct subject_record *r, int64_t addendum,
			       struct str field, struct str sealed,
			       struct err *e);

/* Restrict it, or (`lifts`) no more. */
MUST_CHECK int subject_restrict(struct pg *pg, const struct subject_act *act,
				const struct subject_record *r, bool lifts,
				struct err *e);

/* What erasing a traveller needs that only a key gives. */
struct subject_traces {
	struct row_texts slice; /* hashes of those he stands in, hexadecimal */
	struct str emptied;	/* sealed {} for a booking of several */
	int64_t trip;		/* of pax.fact */
	bool shared_too;	/* others lose slices and booking with him */
};

/* What went; of a masked record nothing but itself. */
struct subject_erased {
	int64_t hits, slices, others;
};

/*
 * Erase a traveller's rows. Also ERR_LEGAL while messages of the flight are
 * expected, or others stand in the same slices and `shared_too` is not set.
 */
MUST_CHECK int subject_erase(struct subject_erased *out, struct pg *pg,
			     const struct subject_act *act,
			     const struct subject_record *r,
			     const struct subject_traces *traces,
			     struct err *e);

/*
 * Erase a masked record; `unkey` destroys its key before the transaction ends:
 * where it fails, nothing is erased. The key's destruction is on record.
 */
MUST_CHECK int subject_erase_masked(struct pg *pg,
				    const struct subject_act *act,
				    const struct subject_record *r,
				    int (*unkey)(void *arg, struct err *e),
				    void *arg, struct err *e);

/* A row of the register. */
struct subject_entry {
	int64_t id;
	struct str act, outcome, refusal, case_id, reason;
	int64_t records;
	struct str actor;
	struct moment at;
};

/* The newest `limit`, in the arena. Returns 0, ERR_LEGAL, or as pg_run(). */
MUST_CHECK int subject_list(struct subject_entry **out, uint32_t *nr,
			    struct pg *pg, int64_t limit, struct arena *a,
			    struct err *e);

#endif
