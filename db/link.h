/*
 * link.h - objective links (law/link.h) in the register ops.objective_link
 *
 * Each change is on record in the audit log, in the same transaction. Who made
 * it is the session user; the database sees to that.
 *
 * Threads: as the connection.
 */
#ifndef DB_LINK_H
#define DB_LINK_H

#include "db/audit.h"

/* Days since 1970-01-01; 0 and absent views: none. */
struct link {
	int64_t id;
	int32_t clock_day;
	bool masked; /* it holds a record, not a traveller any more */
	struct str kind, reason, case_id, offence, actor;
	int32_t made_on;
	struct str reviewed_by;
	int32_t reviewed_on, review_on;
	struct str ended_by;
	int32_t ended_on;
};

/*
 * Record a link for the traveller of a hit, or (`of_traveller`) for the
 * traveller of that id: `name` is id of hit or traveller. The event's subject
 * and reason are filled in. Returns 0; ERR_USAGE when there is none of that
 * id; ERR_LEGAL when the role may not; or as pg_run().
 */
MUST_CHECK int link_add(struct pg *pg, const struct link *l, int64_t name,
			bool of_traveller, struct audit_event *ev,
			struct err *e);

/*
 * It was looked at on `today` and holds until `review`; or it ends. ERR_USAGE
 * when there is none of that id that holds.
 */
MUST_CHECK int link_review(struct pg *pg, int64_t id, int32_t today,
			   int32_t review, struct audit_event *ev,
			   struct err *e);
MUST_CHECK int link_end(struct pg *pg, int64_t id, int32_t today,
			struct audit_event *ev, struct err *e);

/* Those that hold on `today`, or (0) all, by day of review. */
MUST_CHECK int link_list(struct link **out, uint32_t *nr, struct pg *pg,
			 int32_t today, struct arena *a, struct err *e);

/* "link:9f3c01d2a4b5c6d7", as events name it. */
struct link_name {
	char text[32];
};
struct link_name link_name_of(int64_t id);

#endif
