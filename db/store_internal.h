/*
 * store_internal.h - what store.c and store_send.c share
 */
#ifndef DB_STORE_INTERNAL_H
#define DB_STORE_INTERNAL_H

#include "db/store.h"

enum { MAX_DAYS = 16 }; /* of one batch */

/* What the server's row counts have to be in the end. */
struct expect {
	uint32_t statement; /* number in the pipeline */
	const char *what;
};

struct store {
	struct pg *pg;
	struct store_settings settings;
	char *conninfo, *application; /* settings point here */
	/* scratch of one batch */
	struct audit_writer audit;
	struct pg_args args;
	struct arena arena;
	int32_t day[MAX_DAYS];
	uint32_t nr_day;
	struct expect *claim;
	uint32_t nr_claim;
};

/*
 * Send BEGIN, the rows and the claims, and wait for the answers. Returns 0,
 * ERR_FENCED when a compare-and-set found something else, or as
 * pg_pipe_send(). The pipeline is open before and after.
 */
MUST_CHECK int store_send(struct store *s, const struct store_batch *b,
			  struct err *e);

#endif
