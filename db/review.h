/*
 * review.h - what people do with hits: take, decide, refer, reopen
 *
 * Each step is one row of pax.review, made by a function of the database that
 * looks at the state the hit is in and at who asks (db/sql/0010_review_steps.sql);
 * no role may write the table itself. The audit event of a step is in the
 * transaction of the step.
 *
 * What the database does not let happen is ERR_LEGAL: the sentence says what is
 * in the way and what to do. It is on record as refused.
 *
 * Sources: Directive (EU) 2016/681 Art. 6(5), 6(6), 7(6), 13(5); C-817/19,
 * 203 to 207.
 *
 * Threads: as the connection.
 */
#ifndef DB_REVIEW_H
#define DB_REVIEW_H

#include "db/audit.h"
#include "db/query.h"

/* Which hit, and what the event of the audit log says besides. */
struct review_act {
	int32_t clock_day;
	int64_t hit_id;
	const struct audit_event *said; /* purpose, offence, case; borrowed */
};

/* A decision. */
struct review_decision {
	struct str outcome; /* "confirmed", "rejected" */
	struct str reason;  /* of ref.review_reason */
	int32_t version;    /* of the checklist */
	struct str version_text;
	struct str checklist;	  /* its text */
	struct row_texts answers; /* "identity=match" */
	struct str air_link;	  /* that among the answers, for the log */
	struct str sealed;	  /* the reviewer's words */
	int64_t review_id;	  /* the words are bound to it */
};

/* The hit is in this reviewer's hands. Returns 0, ERR_LEGAL or as pg_run(). */
MUST_CHECK int review_take(struct pg *pg, const struct review_act *act,
			   struct err *e);

/* Decide a hit that was taken. Likewise. */
MUST_CHECK int review_decide(struct pg *pg, const struct review_act *act,
			     const struct review_decision *d, struct err *e);

/* Refer a confirmed hit to an authority, for examination. Likewise. */
MUST_CHECK int review_refer(struct pg *pg, const struct review_act *act,
			    struct str authority, struct err *e);

/* Have a decided hit looked at again, by a second person. Likewise. */
MUST_CHECK int review_reopen(struct pg *pg, const struct review_act *act,
			     struct str reason, struct err *e);

/*
 * What a second person makes of a hit that waits for one: an outcome and a
 * reason, as of a decision; the hit stays as it is. Likewise.
 */
MUST_CHECK int review_second(struct pg *pg, const struct review_act *act,
			     struct str outcome, struct str reason,
			     struct err *e);

/* A hit that waits for a second person. */
struct review_asked {
	int32_t clock_day;
	int64_t hit_id;
	struct str kind, source, carrier, number;
	struct moment since;
};

/* Those that the session user may be the second for. As pg_run(). */
MUST_CHECK int review_seconds(struct review_asked **out, uint32_t *nr,
			      struct pg *pg, struct arena *a, struct err *e);

/*
 * The steps of a hit as the session user may see them before he decides: none,
 * and v->review emptied, while it waits for him as the second person. As
 * review_steps().
 */
MUST_CHECK int review_shown(struct hit_view *v, struct review_row **out,
			    uint32_t *nr, struct pg *pg, struct arena *a,
			    struct err *e);

/* All steps of a hit, in the arena, the first one first. As pg_run(). */
MUST_CHECK int review_steps(struct review_row **out, uint32_t *nr,
			    struct pg *pg, const struct hit_row *h,
			    struct arena *a, struct err *e);

/* A hit that waits for a decision. */
struct review_waiting {
	struct hit_view view;
	struct row_number quality; /* of the traveller's data, now */
};

/* All of them, first heard of on a day or later, by class and score. As pg_run(). */
MUST_CHECK int review_next(struct review_waiting **out, uint32_t *nr,
			   struct pg *pg, int32_t since, struct arena *a,
			   struct err *e);

/* What is another than the reviewer saw in his last step. */
enum review_change {
	REVIEW_DATA = 1,     /* messages of the airline brought other data */
	REVIEW_SCORE = 2,    /* the score went up or down */
	REVIEW_DEPARTS = 4,  /* the flight departs at another time */
	REVIEW_PROFILE = 8,  /* the profile has another revision */
	REVIEW_QUALITY = 16, /* the data got better or worse */
};

/*
 * A set of these bits; 0 when nobody has seen the hit. Without `quality` that
 * is not compared.
 */
unsigned review_changes(const struct hit_view *v,
			const struct row_number *quality);

#endif
