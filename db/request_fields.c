#include "db/request_fields.h"

int request_read_all(void *out, uint32_t *nr, size_t size,
		     const struct request_field *f, size_t columns,
		     struct pg *pg, const char *sql, const struct pg_args *args,
		     struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading registers of requests", sql, args, &r, e);
	char *rows;

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	rows = arena_alloc(a, (*nr + 1) * size);
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		for (size_t k = 0; k < columns && rc == 0; k++)
			rc = pg_read_field(rows + i * size + f[k].offset,
					   f[k].type, r, i, (int)k, a, e);
	memcpy(out, &rows, sizeof(rows));
	pg_result_free(r);
	return rc;
}
