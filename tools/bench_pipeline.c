/*
 * bench_pipeline.c - pipeline.*, store.*: the database's share, and all of it
 */
#include "base/log.h"
#include "db/copy.h"
#include "db/load.h"
#include "engine/engine.h"
#include "tools/bench.h"
#include "tools/bench_db.h"
#include "tools/bench_engine.h"
#include "tools/bench_figure.h"
#include "tools/bench_rows.h"

#include <stdio.h>

/* ---- the same rows by bare COPY and through the store ---- */

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

static void print_writing(double copied[REPETITIONS],
			  double stored[REPETITIONS], double ratio[REPETITIONS],
			  const char *of)
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
}

static int measure_writing(struct bench *b, const struct bench_db *db,
			   struct err *e)
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
		print_writing(copied, stored, ratio,
			      arena_fmt(&b->arena,
					"%lld rows of flights, slices, "
					"bookings, travellers in %u "
					"transactions, one connection",
					(long long)w.rows.rows, w.rows.nr)
				      .ptr);
	copy_release(&w.copy);
	store_close(w.store);
	return rc;
}

/* ---- the whole engine ---- */

/* A look at the engine's counters, four times a second. */
struct sight {
	double at;
	int64_t travellers;
};

struct watching {
	struct sight begun, first, busy, last;
};

static void look(const struct engine *en, void *arg)
{
	struct watching *w = arg;
	struct sight now = { bench_now(),
			     atomic_load(&en->progress.travellers) };

	if (!w->begun.at)
		w->begun.at = now.at;
	if (!now.travellers || now.travellers == w->last.travellers)
		return;
	if (!w->first.travellers)
		w->first = now;
	else /* more has come since: until then nobody was idle */
		w->busy = w->last;
	w->last = now;
}

/* Seconds for one traveller; of a day of a moment, start-up included. */
static double seconds_of(const struct watching *w)
{
	const struct sight *from = &w->first, *to = &w->busy;

	if (to->travellers <= from->travellers) {
		from = &w->begun;
		to = &w->last;
	}
	return (to->at - from->at) /
	       (double)(to->travellers - from->travellers);
}

/* The day through an engine and database that have seen nothing yet. */
static int run_day(struct bench *b, int number, struct watching *w,
		   struct err *e)
{
	struct engine_options o = {
		.feed = b->day_dir, .drain = true, .tick = look, .arg = w
	};
	struct bench_db db = { 0 };
	struct config c;
	int rc;

	*w = (struct watching){ .begun = { 0, 0 } };
	rc = bench_engine_run(b, number, &o, &db, &c, e);
	bench_db_drop(&db);
	if (rc == 0 && !w->last.travellers)
		return err_at(e, ERR_USAGE, 0,
			      "no traveller of the day is in scope");
	return rc;
}

static int measure_engine(struct bench *b, struct err *e)
{
	double *seconds =
		arena_alloc(&b->arena, (size_t)b->runs * sizeof(*seconds));
	struct watching w = { .begun = { 0, 0 } };
	int rc = 0;

	log_level(LEVEL_WARNING);
	for (int i = 0; i < b->runs && rc == 0; i++) {
		rc = run_day(b, i, &w, e);
		if (rc == 0)
			seconds[i] = seconds_of(&w);
	}
	if (rc < 0)
		return rc;
	figure_print(&(struct figure){
		.name = "pipeline.travellers",
		.unit = "1/s",
		.per_second = 1,
		.timing = timing_of(seconds, (size_t)b->runs),
		.of = arena_fmt(&b->arena,
				"%lld travellers in %u files, embedded broker "
				"to commit, one machine",
				(long long)w.last.travellers, b->day.nr_file)
			      .ptr });
	return 0;
}

int bench_pipeline(struct bench *b, struct err *e)
{
	struct bench_db db = { 0 };
	int rc = bench_db_create(&db, b->config.database, &b->arena, e);

	if (rc == 0)
		rc = measure_writing(b, &db, e);
	bench_db_drop(&db);
	if (rc == 0)
		rc = measure_engine(b, e);
	return rc;
}
