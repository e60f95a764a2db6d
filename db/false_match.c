#include "db/false_match.h"

#include "db/audit.h"
#include "db/query.h"
#include "db/sql.h"

/* One statement about a hit; its only row is a number, -1: none. */
static int run(int64_t *nr, struct pg *pg, const char *sql,
	       const struct pg_args *args, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int rc = pg_run(pg, "changing the false matches", sql, args, &r, e);

	*nr = -1;
	if (rc == 0 && pg_result_rows(r))
		rc = pg_read_field(nr, COL_I64, r, 0, 0, &none, e);
	pg_result_free(r);
	return rc;
}

/*
 * A change of the register and its event, or neither. `wrong`: what is wrong
 * with the hit when the statement found none.
 */
static int change(int64_t *nr, struct pg *pg, const char *sql,
		  const struct pg_args *args, struct audit_event *ev,
		  const struct hit_name *hit, const char *wrong, struct err *e)
{
	int rc = pg_script(pg, "changing the false matches", "BEGIN", e);

	ev->operation = AUDIT_REVIEW;
	ev->hit = str_of(hit->text);
	if (rc == 0)
		rc = run(nr, pg, sql, args, e);
	if (rc == 0 && *nr < 0)
		rc = err_at(e, ERR_USAGE, 0, "hit '%s' %s", hit->text, wrong);
	ev->results = (struct audit_count){ *nr, true };
	if (rc == 0)
		rc = audit_record(pg, ev, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc)
		pg_rollback(pg);
	return rc;
}

int false_match_add(int64_t *nr, struct pg *pg, int32_t clock_day,
		    int64_t hit_id, struct str reason, struct err *e)
{
	struct hit_name hit = hit_name_of(clock_day, hit_id);
	struct audit_event ev = { .review_outcome = STR("suppressed"),
				  .reason = reason };
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &clock_day);
	args_put(&args, COL_I64, &hit_id);
	args_put(&args, COL_TEXT, &reason);
	rc = change(nr, pg, sql_false_match_add, &args, &ev, &hit,
		    "cannot be a false match: there is none, or it is of a "
		    "profile, or neither a document nor a locator tells the "
		    "traveller apart",
		    e);
	args_release(&args);
	return rc;
}

int false_match_lift(int64_t *nr, struct pg *pg, int32_t clock_day,
		     int64_t hit_id, struct err *e)
{
	struct hit_name hit = hit_name_of(clock_day, hit_id);
	struct audit_event ev = { .review_outcome = STR("lifted") };
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &clock_day);
	args_put(&args, COL_I64, &hit_id);
	rc = change(nr, pg, sql_false_match_lift, &args, &ev, &hit,
		    "is of no false match on the register", e);
	args_release(&args);
	return rc;
}

int false_match_read(struct false_match *out, struct pg *pg,
		     const struct hit_row *h, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = (struct false_match){ .reason = STR_NONE };
	args_put(&args, COL_N64, &h->traveller_key);
	args_put(&args, COL_BYTES, &h->entry_hash);
	rc = pg_run(pg, "reading a false match", sql_query_false_match, &args,
		    &r, e);
	if (rc == 0 && pg_result_rows(r) &&
	    !pg_read_field(&out->reason, COL_TEXT, r, 0, 0, a, e) &&
	    !pg_read_field(&out->actor, COL_TEXT, r, 0, 1, a, e) &&
	    !pg_read_field(&out->made_at, COL_UTC, r, 0, 2, a, e) &&
	    !pg_read_field(&out->clock_day, COL_DAY, r, 0, 3, a, e))
		(void)!pg_read_field(&out->hit_id, COL_I64, r, 0, 4, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc ? rc : e->code;
}
