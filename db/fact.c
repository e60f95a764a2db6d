#include "db/fact.h"

#include "db/sql.h"

enum { COLUMNS = 5 };

static void put_asks(struct pg_args *args, const struct fact_ask *ask,
		     uint32_t nr, struct arena *a)
{
	const int64_t most = FACT_TRIPS;
	int64_t *v = arena_alloc(a, (size_t)COLUMNS * nr * sizeof(*v));

	for (uint32_t i = 0; i < nr; i++) {
		v[i] = ask[i].kind;
		v[nr + i] = ask[i].token;
		v[2 * nr + i] = ask[i].since;
		v[3 * nr + i] = ask[i].until;
		v[4 * nr + i] = ask[i].day;
	}
	for (size_t c = 0; c < COLUMNS; c++) {
		struct row_tokens column = { v + c * nr, nr };

		args_put(args, COL_TOKENS, &column);
	}
	args_put(args, COL_I64, &most);
}

static int read_answers(struct fact_ask *ask, uint32_t nr,
			const struct pg_result *r, struct arena *a,
			struct err *e)
{
	int64_t rows = pg_result_rows(r);

	for (int64_t i = 0; i < rows; i++) {
		int64_t n = 0;

		if (pg_read_field(&n, COL_I64, r, i, 0, a, e))
			return e->code;
		if (n < 1 || n > nr)
			return err_at(e, ERR_INTEGRITY, 0,
				      "an answer without its question");
		if (pg_read_field(&ask[n - 1].trips, COL_TOKENS, r, i, 1, a, e))
			return e->code;
	}
	return 0;
}

int load_facts(struct fact_ask *ask, uint32_t nr, struct pg *pg,
	       struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	for (uint32_t i = 0; i < nr; i++)
		ask[i].trips = (struct row_tokens){ NULL, 0 };
	if (!nr)
		return 0;
	put_asks(&args, ask, nr, a);
	rc = pg_pipe_begin(pg, e);
	if (rc == 0)
		rc = pg_pipe_send(pg, "reading facts", sql_load_facts, 0, &args,
				  e);
	if (rc == 0)
		rc = pg_pipe_sync(pg, e);
	if (rc == 0)
		rc = read_answers(ask, nr, pg_pipe_result(pg, 0), a, e);
	pg_pipe_end(pg);
	args_release(&args);
	return rc;
}

int fact_expire(struct pg *pg, int32_t today, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &today);
	rc = pg_run(pg, "deleting facts", sql_fact_expire, &args, NULL, e);
	args_release(&args);
	return rc;
}
