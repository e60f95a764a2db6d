#include "db/request_search.h"

#include "db/sql.h"

int request_search_begin(struct request_search *s, struct pg *pg, int64_t id,
			 struct audit_event *ev, struct arena *a, struct err *e)
{
	*s = (struct request_search){ .pg = pg,
				      .id = id,
				      .ev = ev,
				      .arena = a,
				      .deed = request_deed(id, a),
				      .name = request_name_of(id) };
	ev->operation = AUDIT_COMBINE;
	ev->mode = STR("case-request");
	ev->request_id = str_of(s->name.text);
	return pg_script(pg, "starting a transaction", "BEGIN", e);
}

/* A function that answers null or a code; the code ends all. */
static int ask(struct request_search *s, const char *sql,
	       const struct pg_args *args, struct err *e)
{
	struct str code;

	if (deed_ask(&code, s->pg, &s->deed, sql, args, s->arena, e)) {
		pg_rollback(s->pg);
		return e->code;
	}
	return code.ptr ? deed_refuse(s->pg, &s->deed, s->ev, code, e) : 0;
}

int request_search_find(struct request_search *s, int32_t day,
			const struct request_asked *asked, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &s->id);
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_TOKENS, &asked->his);
	args_put(&args, COL_TOKENS, &asked->either);
	args_put(&args, COL_TOKENS, &asked->bookings);
	rc = ask(s, "SELECT ops.search_find($1, $2, $3, $4, $5)", &args, e);
	args_release(&args);
	return rc;
}

int request_search_scope_note(struct request_search *s,
			      const struct request_scope *scope, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &s->id);
	args_put(&args, COL_DAY, &scope->from);
	args_put(&args, COL_DAY, &scope->until);
	args_put(&args, COL_TEXT, &scope->carrier);
	args_put(&args, COL_TEXT, &scope->number);
	rc = ask(s, "SELECT ops.scope_note($1, $2, $3, $4, $5)", &args, e);
	args_release(&args);
	/* for good, before anybody is opened */
	if (rc == 0)
		rc = pg_commit(s->pg, e);
	if (rc == 0)
		rc = pg_script(s->pg, "starting a transaction", "BEGIN", e);
	return rc;
}

/* Rows of a table, by a function of four arguments at most. */
static int read_rows(void *out, uint32_t *nr, enum row_id table,
		     struct request_search *s, const char *sql,
		     const struct pg_args *args, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(s->pg, "reading what a request is about", sql, args, &r,
			e);

	if (rc == 0)
		rc = pg_read_rows(out, nr, table, r, s->arena, e);
	if (rc)
		pg_rollback(s->pg);
	pg_result_free(r);
	return rc;
}

int request_search_scope_rows(struct traveller_row **out, uint32_t *nr,
			      struct request_search *s,
			      const struct request_scope *scope, int32_t day,
			      struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &s->id);
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_TEXT, &scope->carrier);
	args_put(&args, COL_TEXT, &scope->number);
	rc = read_rows(out, nr, ROW_ID_traveller, s,
		       "SELECT * FROM ops.scope_rows($1, $2, $3, $4)", &args,
		       e);
	args_release(&args);
	return rc;
}

int request_search_flights(struct flight_row **out, uint32_t *nr,
			   struct request_search *s, int32_t day, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &s->id);
	args_put(&args, COL_DAY, &day);
	rc = read_rows(out, nr, ROW_ID_flight, s,
		       "SELECT * FROM ops.scope_flights($1, $2)", &args, e);
	args_release(&args);
	return rc;
}

int request_search_take(struct request_search *s, int32_t day,
			const struct row_tokens *flights,
			const struct row_tokens *travellers, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &s->id);
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_TOKENS, flights);
	args_put(&args, COL_TOKENS, travellers);
	rc = ask(s, "SELECT ops.search_take($1, $2, $3, $4)", &args, e);
	args_release(&args);
	return rc;
}

static int read_found(struct request_found *f, const struct pg_result *r,
		      int64_t i, struct arena *a, struct err *e)
{
	int at = 1;

	if (pg_read_field(&f->row_nr, COL_I32, r, i, 0, a, e) ||
	    pg_read_row(&f->traveller, ROW_ID_traveller, r, i, at, a, e))
		return e->code;
	at += (int)row_tables[ROW_ID_traveller].nr;
	if (pg_read_row(&f->flight, ROW_ID_flight, r, i, at, a, e))
		return e->code;
	at += (int)row_tables[ROW_ID_flight].nr;
	return pg_read_row(&f->booking, ROW_ID_booking, r, i, at, a, e);
}

static int found_rows(struct request_found **out, uint32_t *nr, struct pg *pg,
		      int64_t id, bool last, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_BOOL, &last);
	rc = pg_run(pg, "reading what was found", sql_search_rows, &args, &r,
		    e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_found(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

/* How many the search found that has its step now. */
static int count_found(int32_t *nr, struct request_search *s, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_I64, &s->id);
	rc = pg_run(s->pg, "counting what was found",
		    "SELECT (ops.request_last($1)).results", &args, &r, e);
	if (rc == 0)
		rc = pg_read_field(nr, COL_I32, r, 0, 0, s->arena, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int request_search_end(struct request_search *s, struct str asked,
		       struct request_found **out, uint32_t *nr, struct err *e)
{
	uint8_t digest[CRYPT_HASH_LEN];
	struct str hash = { (const char *)digest, CRYPT_HASH_LEN };
	struct pg_args args = { 0 };
	int32_t results = 0;
	int rc;

	/* of the sealed text: it cannot be found by trying texts */
	crypt_hash(digest, "request-search", &asked, 1);
	args_put(&args, COL_I64, &s->id);
	args_put(&args, COL_BYTES, &hash);
	args_put(&args, COL_BYTES, &asked);
	s->ev->query_digest = digest;
	rc = ask(s, "SELECT ops.search_done($1, $2, $3)", &args, e);
	args_release(&args);
	if (rc)
		return rc;
	rc = count_found(&results, s, e);
	s->ev->results = (struct audit_count){ results, true };
	s->ev->subjects = s->ev->results;
	if (rc == 0)
		rc = audit_record(s->pg, s->ev, e);
	if (rc == 0)
		rc = pg_commit(s->pg, e);
	if (rc)
		pg_rollback(s->pg);
	/* rows are given when the step is kept, not before */
	return rc ? rc : found_rows(out, nr, s->pg, s->id, true, s->arena, e);
}

void request_search_abort(struct request_search *s)
{
	pg_rollback(s->pg);
}

int request_search_all_found(struct request_found **out, uint32_t *nr,
			     struct pg *pg, int64_t id, struct arena *a,
			     struct err *e)
{
	return found_rows(out, nr, pg, id, false, a, e);
}
