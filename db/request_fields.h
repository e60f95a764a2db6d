/*
 * request_fields.h - answers of the registers into structs, by a table of columns
 *
 * For db/request_read.c and db/unmask.c.
 */
#ifndef DB_REQUEST_FIELDS_H
#define DB_REQUEST_FIELDS_H

#include "db/pg.h"

/* A member of a struct, by its column. */
struct request_field {
	enum row_type type;
	size_t offset;
};

#define OF(type, s, m)                            \
	{                                         \
		COL_##type, offsetof(struct s, m) \
	}

/*
 * All rows of an answer: *out, a pointer to structs of `size` bytes, gets an
 * array in the arena. As pg_run().
 */
MUST_CHECK int request_read_all(void *out, uint32_t *nr, size_t size,
				const struct request_field *f, size_t columns,
				struct pg *pg, const char *sql,
				const struct pg_args *args, struct arena *a,
				struct err *e);

#endif
