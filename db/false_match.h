/*
 * false_match.h - travellers who are not whom a list means, remembered
 *
 * The register (ops.false_match) names a traveller's pseudonym and an entry's
 * hash (engine/false_match.h). Hits of both are stored as suppressed for as
 * long as the record of the traveller is there whom it was decided on.
 *
 * Threads: as the connection.
 */
#ifndef DB_FALSE_MATCH_H
#define DB_FALSE_MATCH_H

#include "db/pg.h"

/*
 * The hit is a false match, for `reason`: with its event in the audit log, or
 * neither; so below. *nr: hits that were open and are
 * suppressed by it. Returns 0; ERR_USAGE when there is no such hit, or one of
 * a profile, or of a traveller whom nothing tells apart; or as pg_run().
 */
MUST_CHECK int false_match_add(int64_t *nr, struct pg *pg, int32_t clock_day,
			       int64_t hit_id, struct str reason,
			       struct err *e);

/*
 * It is none after all. *nr: hits that count again. Returns 0; ERR_USAGE when
 * the hit is not of a false match; or as pg_run().
 */
MUST_CHECK int false_match_lift(int64_t *nr, struct pg *pg, int32_t clock_day,
				int64_t hit_id, struct err *e);

/* Why, by whom, when, and on which hit; reason absent: not on the register. */
struct false_match {
	struct str reason, actor;
	struct moment made_at;
	int32_t clock_day;
	int64_t hit_id;
};

/* What the register has of a hit's two. In the arena. Returns 0 or as pg_run(). */
MUST_CHECK int false_match_read(struct false_match *out, struct pg *pg,
				const struct hit_row *h, struct arena *a,
				struct err *e);

#endif
