#include "db/deed.h"

static const char *words_of(const struct deed *d, struct str code)
{
	for (size_t i = 0; i < d->nr; i++)
		if (str_eq(str_of(d->refusal[i].code), code))
			return d->refusal[i].words;
	return "the database refused it";
}

int deed_ask(struct str *code, struct pg *pg, const struct deed *d,
	     const char *sql, const struct pg_args *args, struct arena *a,
	     struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, d->doing, sql, args, &r, e);

	*code = STR_NONE;
	if (rc < 0 && pg_last_fault(pg) == PG_REFUSED) {
		*e = (struct err){ 0 };
		*code = STR("role");
		return 0;
	}
	if (rc == 0)
		rc = pg_read_field(code, COL_TEXT, r, 0, 0, a, e);
	pg_result_free(r);
	return rc;
}

int deed_refuse(struct pg *pg, const struct deed *d, struct audit_event *ev,
		struct str code, struct err *e)
{
	pg_rollback(pg);
	ev->outcome = STR("refused");
	ev->error = code;
	if (audit_record(pg, ev, e))
		return err_wrap(e, "the refusal is not on record");
	return err_at(e, ERR_LEGAL, 0, "%s: %s", d->law, words_of(d, code));
}

int deed_do(struct pg *pg, const struct deed *d, const char *sql,
	    const struct pg_args *args, struct audit_event *ev, struct err *e)
{
	struct arena a = { 0 };
	struct str code;
	int rc = pg_script(pg, "starting a transaction", "BEGIN", e);

	if (rc == 0)
		rc = deed_ask(&code, pg, d, sql, args, &a, e);
	if (rc == 0 && code.ptr)
		rc = deed_refuse(pg, d, ev, code, e);
	else if (rc == 0)
		rc = audit_record(pg, ev, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc)
		pg_rollback(pg);
	arena_release(&a);
	return rc;
}
