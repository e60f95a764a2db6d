/*
 * unmask.h - masked records: listed, and seen again for a while
 *
 * A look needs a request that a court approved (db/request.h), is the asker's
 * alone, and ends some minutes after it began, by the server's clock
 * (ref.request_limit, view_minutes).
 *
 * Lifetime: results live in the arena. Threads: as the connection.
 */
#ifndef DB_UNMASK_H
#define DB_UNMASK_H

#include "db/request.h"

/* The masked view: what Art. 12(2) of Directive (EU) 2016/681 does not list. */
struct masked_view {
	int32_t clock_day;
	int64_t record_id;
	struct str carrier, number, origin, destination;
	struct moment departs;
	struct row_texts seat;
	struct row_number bag_count;
	struct row_texts payment_forms;
	int32_t delete_on;
};

/* Records of days, of a carrier and number or (absent) any; 1000 at most. */
MUST_CHECK int masked_list(struct masked_view **out, uint32_t *nr,
			   struct pg *pg, int32_t from, int32_t until,
			   struct str carrier, struct str number,
			   struct arena *a, struct err *e);

/*
 * Begin a look, or look again: `file_hash` as the release says. The event is in
 * the transaction. Returns 0, ERR_LEGAL or as pg_run().
 */
MUST_CHECK int unmask_view(struct pg *pg, int64_t id, struct str file_hash,
			   struct audit_event *ev, struct err *e);

/* Its records, sealed; none when the time is over. As pg_run(). */
MUST_CHECK int unmask_rows(struct masked_record_row **out, uint32_t *nr,
			   struct pg *pg, int64_t id, struct arena *a,
			   struct err *e);

/* What the data protection officer has to look at. */
struct dpo_task {
	int64_t request;
	struct str kind; /* "unmask", "recall" */
	struct moment made_at;
	int32_t due_on;
	struct moment done_at;
	struct str done_by, finding;
};

/* All of them, those to do first. */
MUST_CHECK int dpo_task_list(struct dpo_task **out, uint32_t *nr, struct pg *pg,
			     struct arena *a, struct err *e);

/* It was looked at: "lawful", "unlawful" or "to-authority". Likewise. */
MUST_CHECK int dpo_task_done(struct pg *pg, int64_t id, struct str kind,
			     struct str finding, struct audit_event *ev,
			     struct err *e);

#endif
