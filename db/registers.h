/*
 * registers.h - authorities and accounts: who may work with the data, and for
 * whom
 *
 * An account is a role of PostgreSQL, since the actor is the session user.
 * Nothing is taken out: what is over gets a last day. Each change is an event
 * of the audit log, in one transaction with it.
 *
 * Sources: Directive (EU) 2016/681 Art. 4(3) (secondment), 7(1) (authorities
 * entitled to ask), 12(3)(b) (courts and other approving bodies), 13(5)(a)
 * (staff and access levels are documented).
 *
 * Lifetime: rows read live in the arena. Threads: as the connection.
 */
#ifndef DB_REGISTERS_H
#define DB_REGISTERS_H

#include "db/audit.h"

struct authority {
	struct str id;	 /* as in etc/authorities.yaml: "AT-BK" */
	struct str kind; /* piu, court, independent or competent */
	struct str name;
	struct str country;  /* alpha-3; absent: none */
	struct str parent;   /* absent: none */
	int32_t from, until; /* days, both inclusive; until 0: open */
};

struct account {
	struct str name;      /* the PostgreSQL role */
	struct str acting_as; /* authority he works for here */
	struct str home;      /* that pays him: another one when seconded */
	struct row_texts roles;
	int32_t from, until;
	bool has_login; /* read only: the role is there and may log in */
};

/*
 * Register one. Returns 0; ERR_USAGE when it is there already, or names an
 * authority that is not registered or not valid; ERR_LEGAL when the session
 * user may not; or as pg_run().
 */
MUST_CHECK int authority_add(struct pg *pg, const struct authority *a,
			     struct err *e);
MUST_CHECK int account_add(struct pg *pg, const struct account *a,
			   struct err *e);

/*
 * Its last day. Returns 0; ERR_USAGE when there is no such one, or it ended
 * earlier, or the day is before its first; else as above.
 */
MUST_CHECK int authority_end(struct pg *pg, struct str id, int32_t last,
			     struct err *e);
MUST_CHECK int account_end(struct pg *pg, struct str name, int32_t last,
			   struct err *e);

/* All of them, by name; those over, too. Returns 0 or as pg_run(). */
MUST_CHECK int authority_list(struct authority **out, uint32_t *nr,
			      struct pg *pg, struct arena *a, struct err *e);
MUST_CHECK int account_list(struct account **out, uint32_t *nr, struct pg *pg,
			    struct arena *a, struct err *e);

#endif
