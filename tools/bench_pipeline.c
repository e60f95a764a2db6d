/*
 * bench_pipeline.c - pipeline.*, stage.*: the whole engine, from topic to commit
 */
#include "base/log.h"
#include "rules/profile_set.h"
#include "tools/bench.h"
#include "tools/bench_db.h"
#include "tools/bench_engine.h"
#include "tools/bench_figure.h"
#include "tools/bench_topic.h"
#include "watchlist/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* A look at the engine's counters, four times a second. */
struct sight {
	double at;
	int64_t travellers, bytes, rows;
};

struct watching {
	struct sight begun, first, busy, last;
	double stage[NR_STAGES]; /* seconds of all workers */
};

static void look(const struct engine *en, void *arg)
{
	const struct progress *p = &en->progress;
	struct watching *w = arg;
	struct sight now = { bench_now(), atomic_load(&p->travellers),
			     atomic_load(&p->bytes), atomic_load(&p->rows) };

	for (int i = 0; i < NR_STAGES; i++)
		w->stage[i] = 1e-9 * (double)atomic_load(&p->stage_ns[i]);
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

/* What happened while all were busy; of a day of a moment, start-up included. */
static struct sight busy_part(const struct watching *w)
{
	const struct sight *from = &w->first, *to = &w->busy;

	if (to->travellers <= from->travellers) {
		from = &w->begun;
		to = &w->last;
	}
	return (struct sight){ to->at - from->at,
			       to->travellers - from->travellers,
			       to->bytes - from->bytes, to->rows - from->rows };
}

/* The day through an engine and database that have seen nothing yet. */
static int run_day(struct bench *b, int number, struct watching *w,
		   struct err *e)
{
	struct engine_options o = { .feed = b->topic ? NULL : b->day_dir,
				    .drain = true,
				    .tick = look,
				    .arg = w };
	struct bench_db db = { 0 };
	struct config c;
	int rc;

	memset(w, 0, sizeof(*w));
	rc = bench_engine_run(b, number, &o, &db, &c, e);
	bench_db_drop(&db);
	if (rc == 0 && !w->last.travellers)
		return err_at(e, ERR_USAGE, 0,
			      "no traveller of the day is in scope");
	return rc;
}

/* The figures of all runs; seconds for one unit, run by run. */
enum { TRAVELLERS, BYTES, ROWS, RATIO, NR_RATES };

struct rates {
	double *of[NR_RATES], *stage[NR_STAGES];
	int64_t travellers; /* of a day */
};

static void note_run(struct rates *r, int i, const struct watching *w,
		     double copied)
{
	struct sight s = busy_part(w);

	r->of[TRAVELLERS][i] = s.at / (double)s.travellers;
	r->of[BYTES][i] = s.at / (double)s.bytes;
	r->of[ROWS][i] = s.at / (double)s.rows;
	r->of[RATIO][i] = (double)s.rows / s.at / copied;
	for (int k = 0; k < NR_STAGES; k++)
		r->stage[k][i] = w->stage[k] / (double)w->last.travellers;
	r->travellers = w->last.travellers;
}

static void print_rates(struct bench *b, struct rates *r, double copied)
{
	const char *of =
		arena_fmt(&b->arena,
			  "%lld travellers in %u files, %u profiles, %u list "
			  "entries, %s broker to commit, one machine",
			  (long long)r->travellers, b->day.nr_file,
			  b->set.profiles ? profile_set_nr(b->set.profiles) : 0,
			  b->set.watchlist ? b->set.watchlist->nr_entry : 0,
			  b->topic ? "real" : "embedded")
			.ptr;
	struct figure f[NR_RATES] = {
		[TRAVELLERS] = { .name = "pipeline.travellers",
				 .unit = "1/s",
				 .per_second = 1 },
		[BYTES] = { .name = "pipeline.bytes",
			    .unit = "MB/s",
			    .per_second = 1e-6 },
		[ROWS] = { .name = "pipeline.rows",
			   .unit = "rows/s",
			   .per_second = 1,
			   .limit = copied },
		[RATIO] = { .name = "pipeline.copy_ratio",
			    .unit = "1",
			    .each = 1 },
	};

	for (int i = 0; i < NR_RATES; i++) {
		f[i].timing = timing_of(r->of[i], (size_t)b->runs);
		f[i].of = of;
		figure_print(&f[i]);
	}
}

static void print_stages(struct bench *b, struct rates *r)
{
	static const char *const name[] = {
#define STAGE_NAME(name, what) "stage." #name,
		STAGES(STAGE_NAME)
#undef STAGE_NAME
	};
	static const char *const what[] = {
#define STAGE_WHAT(name, what) what,
		STAGES(STAGE_WHAT)
#undef STAGE_WHAT
	};

	for (int k = 0; k < NR_STAGES; k++)
		figure_print(&(struct figure){
			.name = name[k],
			.unit = "us",
			.each = 1e6,
			.timing = timing_of(r->stage[k], (size_t)b->runs),
			.of = what[k] });
}

/* Bare COPY's rows a second are the limit. */
static int measure_engine(struct bench *b, double copied, struct err *e)
{
	struct rates r = { .travellers = 0 };
	struct watching w;
	size_t room = (size_t)b->runs * sizeof(double);
	int rc = 0;

	for (int i = 0; i < NR_RATES; i++)
		r.of[i] = arena_alloc(&b->arena, room);
	for (int i = 0; i < NR_STAGES; i++)
		r.stage[i] = arena_alloc(&b->arena, room);
	for (int i = 0; i < b->runs && rc == 0; i++) {
		rc = run_day(b, i, &w, e);
		if (rc == 0)
			note_run(&r, i, &w, copied);
	}
	if (rc < 0)
		return rc;
	print_rates(b, &r, copied);
	print_stages(b, &r);
	return 0;
}

int bench_pipeline(struct bench *b, struct err *e)
{
	struct bench_db db = { 0 };
	double copied = 0;
	int rc = bench_db_create(&db, b->config.database, &b->arena, e);

	log_level(LEVEL_WARNING);
	if (rc == 0)
		rc = bench_copy(&copied, b, &db, e);
	bench_db_drop(&db);
	if (rc == 0 && b->brokers)
		rc = bench_topic_make(b, "day", e);
	if (rc == 0 && b->topic)
		rc = bench_topic_fill(b, e);
	if (rc == 0)
		rc = measure_engine(b, copied, e);
	bench_topic_drop(b);
	return rc == 0 && b->brokers ? bench_latency(b, e) : rc;
}
