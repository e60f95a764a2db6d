#include "db/registers.h"

#include "db/sql.h"

#define ART_13_5 "Directive (EU) 2016/681 Art. 13(5)(a)"

/*
 * One change and its event, or neither. `wrong` is said when the statement
 * touched nothing.
 */
static int change(struct pg *pg, const char *sql, const struct pg_args *args,
		  const struct audit_event *ev, const char *wrong,
		  struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_script(pg, "changing a register", "BEGIN", e);

	if (rc == 0)
		rc = pg_run(pg, "changing a register", sql, args, &r, e);
	if (rc < 0 && pg_last_fault(pg) == PG_REFUSED) {
		*e = (struct err){ 0 };
		rc = err_at(e, ERR_LEGAL, 0,
			    ART_13_5 ": '%s' may not change the registers; "
				     "the administrator does",
			    pg_role(pg));
	}
	if (rc == 0 && !pg_result_rows(r))
		rc = err_at(e, ERR_USAGE, 0, "%s", wrong);
	if (rc == 0)
		rc = audit_record(pg, ev, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0)
		pg_rollback(pg);
	pg_result_free(r);
	return rc;
}

static struct audit_event event_of(struct arena *a, const char *kind,
				   struct str id, const char *what)
{
	return (struct audit_event){
		.operation = AUDIT_ACCESS_CHANGE,
		.subject = arena_fmt(a, "%s:" STR_FMT, kind, STR_ARG(id)),
		.reason = str_of(what),
	};
}

int authority_add(struct pg *pg, const struct authority *x, struct err *e)
{
	struct arena a = { 0 };
	struct audit_event ev = event_of(&a, "authority", x->id, "added");
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &x->id);
	args_put(&args, COL_TEXT, &x->kind);
	args_put(&args, COL_TEXT, &x->name);
	args_put(&args, COL_TEXT, &x->country);
	args_put(&args, COL_TEXT, &x->parent);
	args_put(&args, COL_DAY, &x->from);
	args_put(&args, COL_DAY, &x->until);
	rc = change(pg, sql_authority_add, &args, &ev,
		    "this authority is registered already; what has ended "
		    "stays, take another id",
		    e);
	args_release(&args);
	arena_release(&a);
	return rc;
}

int account_add(struct pg *pg, const struct account *x, struct err *e)
{
	struct arena a = { 0 };
	struct audit_event ev = event_of(&a, "account", x->name, "added");
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &x->name);
	args_put(&args, COL_TEXT, &x->acting_as);
	args_put(&args, COL_TEXT, &x->home);
	args_put(&args, COL_TEXTS, &x->roles);
	args_put(&args, COL_DAY, &x->from);
	args_put(&args, COL_DAY, &x->until);
	rc = change(pg, sql_account_add, &args, &ev,
		    "the account is registered already, or an authority of it "
		    "is not registered or not valid on its first day; see "
		    "'paxgate authority list'",
		    e);
	args_release(&args);
	arena_release(&a);
	return rc;
}

static int end(struct pg *pg, const char *kind, const char *sql, struct str id,
	       int32_t last, struct err *e)
{
	struct arena a = { 0 };
	struct audit_event ev = event_of(&a, kind, id, "ended");
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &id);
	args_put(&args, COL_DAY, &last);
	rc = change(pg, sql, &args, &ev,
		    "there is none of this name that is valid on that day", e);
	args_release(&args);
	arena_release(&a);
	return rc;
}

int authority_end(struct pg *pg, struct str id, int32_t last, struct err *e)
{
	return end(pg, "authority", sql_authority_end, id, last, e);
}

int account_end(struct pg *pg, struct str name, int32_t last, struct err *e)
{
	return end(pg, "account", sql_account_end, name, last, e);
}

/* A field of a row, by its column. */
struct field {
	enum row_type type;
	size_t offset;
};

static int read_fields(void *row, const struct field *f, int nr,
		       const struct pg_result *r, int64_t i, struct arena *a,
		       struct err *e)
{
	for (int k = 0; k < nr; k++)
		if (pg_read_field((char *)row + f[k].offset, f[k].type, r, i, k,
				  a, e))
			return e->code;
	return 0;
}

int authority_list(struct authority **out, uint32_t *nr, struct pg *pg,
		   struct arena *a, struct err *e)
{
	static const struct field fields[] = {
		{ COL_TEXT, offsetof(struct authority, id) },
		{ COL_TEXT, offsetof(struct authority, kind) },
		{ COL_TEXT, offsetof(struct authority, name) },
		{ COL_TEXT, offsetof(struct authority, country) },
		{ COL_TEXT, offsetof(struct authority, parent) },
		{ COL_DAY, offsetof(struct authority, from) },
		{ COL_DAY, offsetof(struct authority, until) },
	};
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading authorities", sql_authority_list, NULL, &r,
			e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_fields(&(*out)[i], fields, ARRAY_SIZE(fields), r, i,
				 a, e);
	pg_result_free(r);
	return rc;
}

int account_list(struct account **out, uint32_t *nr, struct pg *pg,
		 struct arena *a, struct err *e)
{
	static const struct field fields[] = {
		{ COL_TEXT, offsetof(struct account, name) },
		{ COL_TEXT, offsetof(struct account, acting_as) },
		{ COL_TEXT, offsetof(struct account, home) },
		{ COL_TEXTS, offsetof(struct account, roles) },
		{ COL_DAY, offsetof(struct account, from) },
		{ COL_DAY, offsetof(struct account, until) },
		{ COL_BOOL, offsetof(struct account, has_login) },
	};
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading accounts", sql_account_list, NULL, &r, e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_fields(&(*out)[i], fields, ARRAY_SIZE(fields), r, i,
				 a, e);
	pg_result_free(r);
	return rc;
}
