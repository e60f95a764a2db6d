#include "db/access.h"

#include "db/sql.h"

int access_read(struct access_row **out, uint32_t *nr, struct pg *pg,
		struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int64_t rows = 0;
	int rc = pg_run(pg, "reading grants", sql_query_access, NULL, &r, e);

	if (rc == 0)
		rows = pg_result_rows(r);
	*out = arena_alloc(a, (size_t)(rows + 1) * sizeof(**out));
	*nr = (uint32_t)rows;
	for (int64_t i = 0; i < rows && rc == 0; i++) {
		struct access_row *x = &(*out)[i];

		rc = pg_read_field(&x->object, COL_TEXT, r, i, 0, a, e);
		if (rc == 0)
			rc = pg_read_field(&x->role, COL_TEXT, r, i, 1, a, e);
		if (rc == 0)
			rc = pg_read_field(&x->may, COL_TEXT, r, i, 2, a, e);
	}
	pg_result_free(r);
	return rc;
}

int access_check_roles(struct pg *pg, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena a = { 0 };
	struct str missing = STR_NONE;
	int rc = pg_run(pg, "looking for roles", sql_access_missing, NULL, &r,
			e);

	if (rc == 0)
		rc = pg_read_field(&missing, COL_TEXT, r, 0, 0, &a, e);
	if (rc == 0 && missing.ptr)
		rc = err_at(e, ERR_LEGAL, 0,
			    "roles are missing, and '%s' may not make them; "
			    "have somebody with CREATEROLE run CREATE ROLE "
			    "name NOLOGIN for each of: " STR_FMT,
			    pg_role(pg), STR_ARG(missing));
	pg_result_free(r);
	arena_release(&a);
	return rc;
}
