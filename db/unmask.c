#include "db/unmask.h"

#include "db/request_fields.h"
#include "db/sql.h"

static const struct request_field view_fields[] = {
	OF(DAY, masked_view, clock_day), OF(I64, masked_view, record_id),
	OF(TEXT, masked_view, carrier),	 OF(TEXT, masked_view, number),
	OF(TEXT, masked_view, origin),	 OF(TEXT, masked_view, destination),
	OF(LOCAL, masked_view, departs), OF(TEXTS, masked_view, seat),
	OF(N32, masked_view, bag_count), OF(TEXTS, masked_view, payment_forms),
	OF(DAY, masked_view, delete_on),
};

static const struct request_field task_fields[] = {
	OF(I64, dpo_task, request),  OF(TEXT, dpo_task, kind),
	OF(UTC, dpo_task, made_at),  OF(DAY, dpo_task, due_on),
	OF(UTC, dpo_task, done_at),  OF(TEXT, dpo_task, done_by),
	OF(TEXT, dpo_task, finding),
};

int masked_list(struct masked_view **out, uint32_t *nr, struct pg *pg,
		int32_t from, int32_t until, struct str carrier,
		struct str number, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &from);
	args_put(&args, COL_DAY, &until);
	args_put(&args, COL_TEXT, &carrier);
	args_put(&args, COL_TEXT, &number);
	rc = request_read_all(out, nr, sizeof(**out), view_fields,
			      ARRAY_SIZE(view_fields), pg, sql_masked_list,
			      &args, a, e);
	args_release(&args);
	return rc;
}

int unmask_view(struct pg *pg, int64_t id, struct str file_hash,
		struct audit_event *ev, struct err *e)
{
	struct request_name name = request_name_of(id);
	struct arena a = { 0 };
	struct deed d = request_deed(id, &a);
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_BYTES, &file_hash);
	ev->operation = AUDIT_UNMASK;
	ev->mode = STR("case-request");
	ev->request_id = str_of(name.text);
	ev->mask_before = STR("masked");
	ev->mask_after = STR("full");
	rc = deed_do(pg, &d, "SELECT ops.unmask_view($1, $2)", &args, ev, e);
	args_release(&args);
	arena_release(&a);
	return rc;
}

int unmask_rows(struct masked_record_row **out, uint32_t *nr, struct pg *pg,
		int64_t id, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_I64, &id);
	rc = pg_run(pg, "reading masked records",
		    "SELECT * FROM ops.unmask_rows($1)", &args, &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_masked_record, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int dpo_task_list(struct dpo_task **out, uint32_t *nr, struct pg *pg,
		  struct arena *a, struct err *e)
{
	return request_read_all(out, nr, sizeof(**out), task_fields,
				ARRAY_SIZE(task_fields), pg, sql_dpo_tasks,
				NULL, a, e);
}

int dpo_task_done(struct pg *pg, int64_t id, struct str kind,
		  struct str finding, struct audit_event *ev, struct err *e)
{
	struct request_name name = request_name_of(id);
	struct arena a = { 0 };
	struct deed d = request_deed(id, &a);
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_TEXT, &kind);
	args_put(&args, COL_TEXT, &finding);
	ev->operation = AUDIT_REQUEST;
	ev->mode = STR("case-request");
	ev->purpose = STR("oversight");
	ev->request_id = str_of(name.text);
	ev->subject = kind;
	ev->reason = finding;
	rc = deed_do(pg, &d, "SELECT ops.dpo_task_done($1, $2, $3)", &args, ev,
		     e);
	args_release(&args);
	arena_release(&a);
	return rc;
}
