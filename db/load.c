#include "db/load.h"

#include "db/sql.h"

#include <string.h>

/*
 * Run a statement that answers with one value. Two sessions may meet at first
 * sight: the one that waited sees neither its own row nor, in the snapshot it
 * began with, the other's. It asks again.
 */
static int ask_one(void *out, enum row_type type, struct pg *pg,
		   const char *what, const char *sql,
		   const struct pg_args *args, struct err *e)
{
	struct arena none = { 0 };
	int rc = 0;

	for (int i = 0; i < 3; i++) {
		struct pg_result *r = NULL;
		int64_t rows;

		rc = pg_run(pg, what, sql, args, &r, e);
		if (rc < 0)
			return rc;
		rows = pg_result_rows(r);
		if (rows)
			rc = pg_read_field(out, type, r, 0, 0, &none, e);
		pg_result_free(r);
		if (rows)
			return rc;
	}
	return err_at(e, ERR_DB, 0, "%s: no answer", what);
}

int load_clock_day(int32_t *out, struct pg *pg, int64_t flight_id,
		   int32_t today, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &flight_id);
	args_put(&args, COL_DAY, &today);
	rc = ask_one(out, COL_DAY, pg, "reading a flight's day", sql_load_clock,
		     &args, e);
	args_release(&args);
	return rc;
}

int load_offset(int64_t *out, struct pg *pg, struct str cluster,
		struct str group, struct str topic, int32_t part, int64_t first,
		struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &cluster);
	args_put(&args, COL_TEXT, &group);
	args_put(&args, COL_TEXT, &topic);
	args_put(&args, COL_I32, &part);
	args_put(&args, COL_I64, &first);
	rc = ask_one(out, COL_I64, pg, "reading an offset", sql_load_offset,
		     &args, e);
	args_release(&args);
	return rc;
}

int load_offset_seen(int64_t *out, struct pg *pg, struct str cluster,
		     struct str group, struct str topic, int32_t part,
		     struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &cluster);
	args_put(&args, COL_TEXT, &group);
	args_put(&args, COL_TEXT, &topic);
	args_put(&args, COL_I32, &part);
	rc = ask_one(out, COL_I64, pg, "looking at an offset",
		     sql_load_offset_seen, &args, e);
	args_release(&args);
	return rc;
}

/* All rows of answer `i` as an array of the table's struct. */
static int read_all(void *out, uint32_t *nr, enum row_id id,
		    const struct pg *pg, uint32_t i, struct arena *a,
		    struct err *e)
{
	const struct pg_result *r = pg_pipe_result(pg, i);
	int64_t rows = pg_result_rows(r);
	size_t size = row_tables[id].size;
	char *row = arena_alloc(a, (size_t)(rows + 1) * size);
	int rc = 0;

	for (int64_t k = 0; k < rows && rc == 0; k++)
		rc = pg_read_row(row + (size_t)k * size, id, r, k, 0, a, e);
	*(void **)out = row;
	*nr = (uint32_t)rows;
	return rc;
}

static int read_flight(struct flight_rows *out, const struct pg *pg,
		       struct arena *a, struct err *e)
{
	struct flight_row *flight;
	uint32_t nr;
	int rc = read_all(&flight, &nr, ROW_ID_flight, pg, 1, a, e);

	if (rc == 0 && nr)
		out->flight = flight[0];
	if (rc == 0)
		rc = read_all(&out->traveller, &out->nr_traveller,
			      ROW_ID_traveller, pg, 2, a, e);
	if (rc == 0)
		rc = read_all(&out->slice, &out->nr_slice, ROW_ID_slice, pg, 3,
			      a, e);
	return rc;
}

static bool has_slice(const struct flight_rows *f, struct str hash)
{
	uint32_t low = 0, high = f->nr_slice;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int c = str_cmp(f->slice[mid].slice_hash, hash);

		if (!c)
			return true;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return !hash.ptr;
}

static int check_slices(const struct flight_rows *f, struct err *e)
{
	for (uint32_t i = 0; i < f->nr_traveller; i++) {
		const struct traveller_row *t = &f->traveller[i];

		if (!has_slice(f, t->pnr_header) ||
		    !has_slice(f, t->pnr_slice) ||
		    !has_slice(f, t->api_header) || !has_slice(f, t->api_slice))
			return err_at(e, ERR_INTEGRITY, 0,
				      "flight %016llx: a traveller's slice is "
				      "not in pax.slice",
				      (unsigned long long)f->flight.flight_id);
	}
	return 0;
}

int load_flight(struct flight_rows *out, struct pg *pg, int64_t flight_id,
		int32_t clock_day, struct arena *a, struct err *e)
{
	/* one snapshot: a slice may not seem to lack because one came since */
	static const char *const sql[] = {
		"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		sql_load_flight,
		sql_load_traveller,
		sql_load_slice,
		"COMMIT",
	};
	static const bool has_args[] = { false, true, true, true, false };
	struct pg_args args = { 0 };
	int rc;

	memset(out, 0, sizeof(*out));
	out->flight.flight_id = flight_id;
	out->flight.clock_day = clock_day;
	args_put(&args, COL_DAY, &clock_day);
	args_put(&args, COL_I64, &flight_id);
	rc = partition_ensure(pg, clock_day, e);
	if (rc == 0)
		rc = pg_pipe_begin(pg, e);
	for (size_t i = 0; i < ARRAY_SIZE(sql) && rc == 0; i++)
		rc = pg_pipe_send(pg, "reading a flight", sql[i], clock_day,
				  has_args[i] ? &args : NULL, e);
	if (rc == 0)
		rc = pg_pipe_sync(pg, e);
	if (rc == 0)
		rc = read_flight(out, pg, a, e);
	pg_pipe_end(pg);
	pg_rollback(pg);
	args_release(&args);
	return rc < 0 ? rc : check_slices(out, e);
}
