/*
 * request_read.c - the registers of requests, read
 */
#include "db/request.h"
#include "db/request_fields.h"
#include "db/sql.h"

/* Columns of request_list.sql. */
static const struct request_field request_fields[] = {
	OF(I64, request, id),
	OF(TEXT, request, kind),
	OF(TEXT, request, case_id),
	OF(TEXT, request, offence),
	OF(TEXT, request, requester),
	OF(TEXT, request, persons),
	OF(TEXTS, request, fields),
	OF(DAY, request, from),
	OF(DAY, request, until),
	OF(I32, request, row_cap),
	OF(BOOL, request, alike),
	OF(BOOL, request, urgent),
	OF(UTC, request, decide_by),
	OF(BYTES, request, file_hash),
	OF(TEXT, request, opened_by),
	OF(TEXT, request, acting_as),
	OF(UTC, request, opened_at),
	OF(DAY, request, opened_on),
	OF(BYTES, request, sealed),
	OF(TEXT, request, state),
	OF(TEXT, request, court),
	OF(TEXT, request, decision),
	OF(UTC, request, approved_until),
	OF(N64, request, found),
	OF(N64, request, transfers),
};

static const struct request_field step_fields[] = {
	OF(I32, request_step, nr),	   OF(TEXT, request_step, step),
	OF(TEXT, request_step, state),	   OF(TEXT, request_step, actor),
	OF(TEXT, request_step, authority), OF(UTC, request_step, at),
	OF(TEXT, request_step, decision),  OF(UTC, request_step, until),
	OF(TEXT, request_step, reason),	   OF(N32, request_step, results),
	OF(BYTES, request_step, sealed),
};

static const struct request_field transfer_fields[] = {
	OF(I64, transfer, id),		OF(I64, transfer, request),
	OF(TEXT, transfer, case_id),	OF(TEXT, transfer, offence),
	OF(TEXT, transfer, recipient),	OF(UTC, transfer, at),
	OF(TEXT, transfer, actor),	OF(BYTES, transfer, file_hash),
	OF(I32, transfer, subjects),	OF(TEXTS, transfer, fields),
	OF(UTC, transfer, recalled_at), OF(TEXT, transfer, recalled_why),
};

static struct row_number number_of(const int64_t *id)
{
	return (struct row_number){ id ? *id : 0, id != NULL };
}

int request_list(struct request **out, uint32_t *nr, struct pg *pg,
		 const int64_t *id, struct str state, struct arena *a,
		 struct err *e)
{
	struct row_number one = number_of(id);
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_N64, &one);
	args_put(&args, COL_TEXT, &state);
	rc = request_read_all(out, nr, sizeof(**out), request_fields,
			      ARRAY_SIZE(request_fields), pg, sql_request_list,
			      &args, a, e);
	args_release(&args);
	return rc;
}

int request_get(struct request *out, struct pg *pg, int64_t id, struct arena *a,
		struct err *e)
{
	struct request *all;
	uint32_t nr;

	if (request_list(&all, &nr, pg, &id, STR_NONE, a, e))
		return e->code;
	if (!nr)
		return err_at(e, ERR_USAGE, 0,
			      "there is no request '%s'; see 'paxgate request "
			      "list'",
			      request_name_of(id).text);
	*out = all[0];
	return 0;
}

int request_steps(struct request_step **out, uint32_t *nr, struct pg *pg,
		  int64_t id, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	rc = request_read_all(out, nr, sizeof(**out), step_fields,
			      ARRAY_SIZE(step_fields), pg, sql_request_steps,
			      &args, a, e);
	args_release(&args);
	return rc;
}

int transfer_list(struct transfer **out, uint32_t *nr, struct pg *pg,
		  const int64_t *request, struct arena *a, struct err *e)
{
	struct row_number one = number_of(request);
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_N64, &one);
	rc = request_read_all(out, nr, sizeof(**out), transfer_fields,
			      ARRAY_SIZE(transfer_fields), pg,
			      sql_transfer_list, &args, a, e);
	args_release(&args);
	return rc;
}
