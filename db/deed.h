/*
 * deed.h - what a person does by a function of the database
 *
 * Such a function looks at the state there is and at who asks, and gives null, or
 * the code of what is in the way. The event of the audit log is in the same
 * transaction; what was refused is on record as well, by itself.
 *
 * Threads: as the connection.
 */
#ifndef DB_DEED_H
#define DB_DEED_H

#include "db/audit.h"

struct deed_refusal {
	const char *code, *words; /* what is in the way, and what to do */
};

struct deed {
	const char *doing; /* "reviewing a hit": of errors */
	const char *law;   /* article and thing: "Art. 6(5), hit '...'" */
	const struct deed_refusal
		*refusal; /* its codes; "role" is among them */
	size_t nr;
};

/*
 * Ask one function, of one text column. *code, in the arena: what is in the way
 * ("role" when the session user may not call it at all), or absent. As pg_run().
 */
MUST_CHECK int deed_ask(struct str *code, struct pg *pg, const struct deed *d,
			const char *sql, const struct pg_args *args,
			struct arena *a, struct err *e);

/*
 * It was refused: the transaction is rolled back, and a refusal put on record.
 * Returns ERR_LEGAL with the sentence, or as audit_record().
 */
MUST_CHECK int deed_refuse(struct pg *pg, const struct deed *d,
			   struct audit_event *ev, struct str code,
			   struct err *e);

/* A transaction of one call and its event. Returns 0, ERR_LEGAL or as pg_run(). */
MUST_CHECK int deed_do(struct pg *pg, const struct deed *d, const char *sql,
		       const struct pg_args *args, struct audit_event *ev,
		       struct err *e);

#endif
