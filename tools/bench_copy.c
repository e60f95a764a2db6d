/*
 * bench_copy.c - pipeline.copy, store.*: rows by bare COPY and by the store
 */
#include "db/copy.h"
#include "db/load.h"
#include "tools/bench.h"
#include "tools/bench_db.h"
#include "tools/bench_figure.h"
#include "tools/bench_rows.h"

#include <stdio.h>

enum { FIRST_DAY = 50000 }; /* 2106-11-24, in a database of our own anyway */

struct writing {
	struct store *store;
	struct bench_rows rows;
	struct copy copy;
};

/* COPY `nr` rows of `size` bytes into the day's partition. */
static int copy_rows(struct writing *w, enum row_id id, const void *row,
		     uint32_t nr, size_t size, int32_t day, struct err *e)
{
	char target[64];

	copy_begin(&w->copy, id);
	for (uint32_t i = 0; i < nr; i++)
		copy_row(&w->copy, (const char *)row + i * size);
	snprintf(target, sizeof(target), "%s_%s", row_tables[id].name,
		 day_digits_of(day).text);
	return copy_end(&w->copy, store_pg(w->store), target, e);
}

static int copy_batch(struct writing *w, const struct bench_batch *b,
		      int32_t day, struct err *e)
{
	struct pg *pg = store_pg(w->store);
	int rc = pg_script(pg, "starting a transaction", "BEGIN", e);

	if (rc == 0) /* a claim begins with its row */
		rc = copy_rows(w, ROW_ID_flight, b->flight, b->rows.nr_flight,
			       sizeof(*b->flight), day, e);
	if (rc == 0)
		rc = copy_rows(w, ROW_ID_slice, b->slice, b->rows.nr_slice,
			       sizeof(*b->slice), day, e);
	if (rc == 0)
		rc = copy_rows(w, ROW_ID_booking, b->booking,
			       b->rows.nr_booking, sizeof(*b->booking), day, e);
	if (rc == 0)
		rc = copy_rows(w, ROW_ID_traveller, b->traveller,
			       b->rows.nr_traveller, sizeof(*b->traveller), day,
			       e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	return rc;
}

static int store_batch_rows(struct writing *w, const struct bench_batch *b,
			    struct err *e)
{
	return store_commit(w->store, &b->rows, e) == STORE_COMMITTED ? 0
								      : e->code;
}

/* All rows into the empty partitions of `day`; *seconds gets one row's. */
static int write_day(struct writing *w, int32_t day, bool by_copy,
		     double *seconds, struct err *e)
{
	char cluster[32];
	int64_t next;
	double from;
	int rc;

	snprintf(cluster, sizeof(cluster), "bench %d", (int)day);
	bench_rows_set(&w->rows, day, str_of(cluster));
	rc = partition_ensure(store_pg(w->store), day, e);
	if (rc == 0)
		rc = load_offset(&next, store_pg(w->store), str_of(cluster),
				 STR("bench"), STR("bench"), 0, 0, e);
	from = bench_now();
	for (uint32_t i = 0; i < w->rows.nr && rc == 0; i++)
		rc = by_copy ? copy_batch(w, &w->rows.batch[i], day, e)
			     : store_batch_rows(w, &w->rows.batch[i], e);
	*seconds = (bench_now() - from) / (double)w->rows.rows;
	return rc;
}

/* Returns the rows that COPY writes in a second. */
static double print_writing(double copied[REPETITIONS],
			    double stored[REPETITIONS],
			    double ratio[REPETITIONS], const char *of)
{
	struct figure f = { .name = "pipeline.copy",
			    .unit = "rows/s",
			    .per_second = 1,
			    .timing = timing_of(copied, REPETITIONS),
			    .of = of };
	double limit = figure_value(&f);

	figure_print(&f);
	f.name = "store.rows";
	f.timing = timing_of(stored, REPETITIONS);
	f.limit = limit;
	figure_print(&f);
	figure_print(&(struct figure){ .name = "store.copy_ratio",
				       .unit = "1",
				       .each = 1,
				       .timing = timing_of(ratio, REPETITIONS),
				       .of = of });
	return limit;
}

int bench_copy(double *rows_per_second, struct bench *b,
	       const struct bench_db *db, struct err *e)
{
	double copied[REPETITIONS], stored[REPETITIONS], ratio[REPETITIONS];
	struct writing w = { .store = NULL };
	struct store_settings s = { .pg = { .conninfo = db->conninfo } };
	int32_t day = FIRST_DAY;
	double warm;
	int rc = store_open(&w.store, &s, e);

	if (rc < 0)
		return rc;
	bench_rows_make(&w.rows, &b->day, &b->arena);
	rc = write_day(&w, day++, false, &warm, e);
	for (int i = 0; i < REPETITIONS && rc == 0; i++) {
		rc = write_day(&w, day++, true, &copied[i], e);
		if (rc == 0)
			rc = write_day(&w, day++, false, &stored[i], e);
		ratio[i] = copied[i] / stored[i];
	}
	if (rc == 0)
		*rows_per_second = print_writing(
			copied, stored, ratio,
			arena_fmt(&b->arena,
				  "%lld rows of flights, slices, bookings, "
				  "travellers in %u transactions, one "
				  "connection",
				  (long long)w.rows.rows, w.rows.nr)
				.ptr);
	copy_release(&w.copy);
	store_close(w.store);
	return rc;
}
