/*
 * retention_write.c - the steps of masking and deletion, a transaction each
 */
#include "db/retention.h"
#include "db/sql.h"

static int begin(struct pg *pg, struct err *e)
{
	/* what is destroyed afterwards has to be durable here */
	return pg_script(pg, "beginning a step of retention",
			 "BEGIN; SET LOCAL synchronous_commit = on", e);
}

static int finish(struct pg *pg, int rc, struct err *e)
{
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0)
		pg_rollback(pg);
	return rc;
}

int retention_replayed(struct pg *pg, int32_t day,
		       const struct retention_replay *r, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_I64, &r->identical);
	args_put(&args, COL_I64, &r->differ);
	args_put(&args, COL_I64, &r->unreached);
	rc = pg_run(pg, "noting a replay", sql_retention_replayed, &args, NULL,
		    e);
	args_release(&args);
	return rc;
}

static void put_ids(struct pg_args *args, const struct kept_rows *kept,
		    const struct masked_record_row *record, struct arena *a)
{
	int64_t *traveller = arena_alloc(a, (kept->nr + 1) * sizeof(int64_t));
	int64_t *flight = arena_alloc(a, (kept->nr + 1) * sizeof(int64_t));
	int64_t *id = arena_alloc(a, (kept->nr + 1) * sizeof(int64_t));

	for (uint32_t i = 0; i < kept->nr; i++) {
		traveller[i] = kept->row[i].traveller.traveller_id;
		flight[i] = kept->row[i].traveller.flight_id;
		id[i] = record[i].record_id;
	}
	args_put(args, COL_TOKENS, &(struct row_tokens){ traveller, kept->nr });
	args_put(args, COL_TOKENS, &(struct row_tokens){ flight, kept->nr });
	args_put(args, COL_TOKENS, &(struct row_tokens){ id, kept->nr });
}

static int send_settle(struct pg *pg, int32_t day,
		       const struct retention_figures *f,
		       const struct kept_rows *kept,
		       const struct masked_record_row *record, struct arena *a,
		       struct err *e)
{
	struct str hash = { (const char *)f->id_hash, CRYPT_HASH_LEN };
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &day);
	rc = pg_pipe_send(pg, "making a month's partition",
			  "SELECT ops.masked_ensure($1)", day, &args, e);
	args_clear(&args);
	args_put_rows(&args, pg, ROW_ID_masked_record, record, kept->nr, 0);
	if (rc == 0)
		rc = pg_pipe_send(pg, "storing what is kept",
				  sql_retention_store, day, &args, e);
	args_clear(&args);
	args_put(&args, COL_DAY, &day);
	put_ids(&args, kept, record, a);
	if (rc == 0)
		rc = pg_pipe_send(pg, "renaming links", sql_retention_links,
				  day, &args, e);
	args_clear(&args);
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_I64, &f->travellers);
	args_put(&args, COL_I64, &f->slices);
	args_put(&args, COL_I64, &f->hits);
	args_put(&args, COL_I64, &f->kept);
	args_put(&args, COL_BYTES, &hash);
	args_put(&args, COL_TEXT, &f->key_print);
	if (rc == 0)
		rc = pg_pipe_send(pg, "noting figures", sql_retention_settled,
				  day, &args, e);
	args_release(&args);
	return rc;
}

int retention_settle(struct pg *pg, int32_t day,
		     const struct retention_figures *f,
		     const struct kept_rows *kept,
		     const struct masked_record_row *record, struct err *e)
{
	struct arena a = { 0 };
	int rc = begin(pg, e);

	if (rc == 0)
		rc = pg_pipe_begin(pg, e);
	if (rc == 0)
		rc = send_settle(pg, day, f, kept, record, &a, e);
	if (rc == 0)
		rc = pg_pipe_sync(pg, e);
	if (rc == 0 && pg_result_rows(pg_pipe_result(pg, 3)) != 1)
		rc = err_at(e, ERR_FENCED, 0,
			    "the day %s was masked by somebody else in the "
			    "meantime",
			    day_digits_of(day).text);
	pg_pipe_end(pg);
	arena_release(&a);
	return finish(pg, rc, e);
}

int retention_drop(struct pg *pg, int32_t day, const struct audit_event *ev,
		   struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc = begin(pg, e);

	args_put(&args, COL_DAY, &day);
	if (rc == 0)
		rc = pg_run(pg, "dropping a day",
			    "SELECT ops.retention_drop($1)", &args, NULL, e);
	if (rc == 0)
		rc = pg_run(pg, "ending a day", sql_retention_done, &args, &r,
			    e);
	if (rc == 0 && !pg_result_rows(r))
		rc = err_at(e, ERR_FENCED, 0,
			    "the day %s was dropped by somebody else in the "
			    "meantime",
			    day_digits_of(day).text);
	if (rc == 0)
		rc = audit_record(pg, ev, e);
	pg_result_free(r);
	args_release(&args);
	return finish(pg, rc, e);
}

int retention_lapsed(struct row_tokens *record, struct pg *pg, int32_t day,
		     int32_t today, bool all, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*record = (struct row_tokens){ NULL, 0 };
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_DAY, &today);
	args_put(&args, COL_BOOL, &all);
	rc = pg_run(pg, "reading which records go", sql_retention_lapsed, &args,
		    &r, e);
	if (rc == 0)
		rc = pg_read_field(record, COL_TOKENS, r, 0, 0, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int retention_erase(struct pg *pg, int32_t day, const struct row_tokens *record,
		    bool all, const struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	int rc = begin(pg, e);

	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_TOKENS, record);
	args_put(&args, COL_BOOL, &all);
	if (rc == 0)
		rc = pg_run(pg, "removing records", sql_retention_erase, &args,
			    NULL, e);
	if (rc == 0)
		rc = audit_record(pg, ev, e);
	args_release(&args);
	return finish(pg, rc, e);
}

int retention_results(int64_t *nr, struct pg *pg, int32_t day, int32_t last_day,
		      int32_t today, struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int rc = begin(pg, e);

	*nr = 0;
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_DAY, &last_day);
	args_put(&args, COL_DAY, &today);
	if (rc == 0)
		rc = pg_run(pg, "removing results of assessments",
			    "SELECT ops.results_expire($1, $2, $3)", &args, &r,
			    e);
	if (rc < 0 && pg_last_fault(pg) == PG_WAIT) { /* next time */
		pg_rollback(pg);
		*e = (struct err){ 0 };
		args_release(&args);
		return 0;
	}
	if (rc == 0)
		rc = pg_read_field(nr, COL_I64, r, 0, 0, &none, e);
	ev->results = (struct audit_count){ *nr, true };
	if (rc == 0 && *nr)
		rc = audit_record(pg, ev, e);
	pg_result_free(r);
	args_release(&args);
	return finish(pg, rc, e);
}

int retention_sweep(struct pg *pg, int32_t today, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &today);
	rc = pg_run(pg, "dropping empty months", "SELECT ops.masked_sweep($1)",
		    &args, NULL, e);
	if (rc < 0 && pg_last_fault(pg) == PG_WAIT) { /* next time */
		*e = (struct err){ 0 };
		rc = 0;
	}
	args_release(&args);
	return rc;
}
