/*
 * bench_latency.c - pipeline.latency_*: from the producer's hand to the commit
 *
 * The engine reads a topic into which the day's messages are put at a rate of
 * travellers a second. A second connection sees when their offsets are
 * committed, and with them their hits.
 */
#include "db/pg.h"
#include "engine/engine.h"
#include "parsers/message.h"
#include "tools/bench.h"
#include "tools/bench_db.h"
#include "tools/bench_figure.h"
#include "tools/bench_topic.h"

#include <stdlib.h>
#include <time.h>

enum {
	RUN = 1000,  /* number of its keys and group */
	LOOK_MS = 2, /* between looks at the offsets: the error of a figure */
	WAIT_S = 60, /* for a message that is never seen */
	FLUSH_MS = 10000,
};

struct sent {
	uint32_t travellers;
	int32_t part;
	int64_t offset;
	double at, seconds; /* 0: not seen yet */
};

struct pacing {
	struct bench *bench;
	struct pg *pg;
	struct engine *engine;
	struct engine_options options;
	int64_t *next; /* by partition: the offset the next message gets */
	int partitions;
	struct sent *sent;
	uint32_t nr;
	struct arena arena;
};

/* Which messages are committed by now? */
static int look(struct pacing *p, struct err *e)
{
	struct pg_result *r = NULL;
	double now;
	int rc = pg_run(p->pg, "looking at the offsets",
			"SELECT part, next_offset FROM ops.kafka_offset", NULL,
			&r, e);

	now = bench_now();
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++) {
		int32_t part = 0;
		int64_t next = 0;

		rc = pg_read_field(&part, COL_I32, r, i, 0, &p->arena, e);
		if (rc == 0)
			rc = pg_read_field(&next, COL_I64, r, i, 1, &p->arena,
					   e);
		for (uint32_t k = 0; k < p->nr; k++) {
			struct sent *s = &p->sent[k];

			if (!s->seconds && s->part == part && s->offset < next)
				s->seconds = now - s->at;
		}
	}
	pg_result_free(r);
	return rc;
}

/* Look until the clock says `until`, or all that was sent is seen. */
static int watch(struct pacing *p, double until, bool all, struct err *e)
{
	while (bench_now() < until) {
		uint32_t seen = 0;

		if (look(p, e))
			return e->code;
		for (uint32_t i = 0; i < p->nr; i++)
			seen += p->sent[i].seconds > 0;
		if (all && seen == p->nr)
			return 0;
		if (atomic_load(&p->engine->progress.stop))
			return engine_wait(p->engine, e); /* it failed */
		nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000L }, NULL);
	}
	return all ? err_at(e, ERR_IO, 0, "not committed within %d s", WAIT_S)
		   : 0;
}

static uint32_t travellers_in(struct pacing *p, struct str bytes)
{
	struct parse_limits limits = { SIZE_MAX };
	struct payload in;
	struct err e = { 0 };
	uint32_t nr = 0;

	arena_clear(&p->arena);
	if (payload_parse(&in, bytes, &limits, &p->arena, &e))
		return 0;
	for (uint32_t i = 0; i < in.nr_parsed; i++) {
		const struct message *m = &in.parsed[i].message;

		nr += m->nr_travellers;
		for (uint32_t k = 0; k < m->nr_bookings; k++)
			nr += m->bookings[k].nr_travellers;
	}
	return nr;
}

static int send(struct pacing *p, struct bench_feed *f, uint32_t i,
		struct err *e)
{
	struct sent *s = &p->sent[p->nr];
	struct str bytes = p->bench->day.file[i].bytes;

	*s = (struct sent){ .travellers = travellers_in(p, bytes) };
	s->at = bench_now();
	if (feed_payload(&f->feeder, bytes, &s->part, e))
		return e->code;
	s->offset = p->next[s->part]++;
	p->nr++;
	return 0;
}

/* The first message starts the engine up and does not count. */
static int send_all(struct pacing *p, struct bench_feed *f, struct err *e)
{
	double start, due = 0;

	if (send(p, f, 0, e) || watch(p, bench_now() + WAIT_S, true, e))
		return e->code;
	p->nr = 0;
	start = bench_now();
	for (uint32_t i = 1; i < p->bench->day.nr_file; i++) {
		if (watch(p, start + due, false, e) || send(p, f, i, e))
			return e->code;
		due += p->sent[p->nr - 1].travellers / (double)p->bench->rate;
	}
	if (producer_flush(f->producer, FLUSH_MS, e))
		return e->code;
	return watch(p, bench_now() + WAIT_S, true, e);
}

static int by_seconds(const void *x, const void *y)
{
	const struct sent *a = x, *b = y;

	return (a->seconds > b->seconds) - (a->seconds < b->seconds);
}

/* Each traveller waits as long as his message. */
static void print(struct pacing *p)
{
	static const struct {
		const char *name;
		double share;
	} want[] = { { "pipeline.latency_p50", 0.5 },
		     { "pipeline.latency_p99", 0.99 } };
	double all = 0, sum = 0;
	uint32_t k = 0;

	qsort(p->sent, p->nr, sizeof(*p->sent), by_seconds);
	for (uint32_t i = 0; i < p->nr; i++)
		all += p->sent[i].travellers;
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		while (sum + p->sent[k].travellers < want[i].share * all)
			sum += p->sent[k++].travellers;
		figure_print(&(struct figure){
			.name = want[i].name,
			.unit = "ms",
			.each = 1e3,
			.timing = { p->sent[0].seconds, p->sent[k].seconds,
				    p->sent[p->nr - 1].seconds },
			.of = arena_fmt(&p->arena,
					"%.0f travellers in %u messages, %lld "
					"a second, producer's hand to commit; "
					"min and max are the fastest and "
					"slowest message's",
					all, p->nr, (long long)p->bench->rate)
				      .ptr });
	}
}

static int start(struct pacing *p, struct bench_db *db, struct config *c,
		 struct err *e)
{
	struct pg_settings s = { .application = "paxgate bench" };

	if (bench_db_create(db, p->bench->config.database, &p->bench->arena,
			    e) ||
	    bench_topic_settings(c, p->bench, RUN, e))
		return e->code;
	c->database = s.conninfo = db->conninfo;
	if (engine_open(&p->engine, c, e) ||
	    engine_start(p->engine, &p->options, e))
		return e->code;
	return pg_open(&p->pg, &s, e);
}

static void end(struct pacing *p)
{
	struct err ignored = { 0 }; /* one before it has been told */

	if (p->engine) {
		engine_stop(p->engine);
		(void)!engine_wait(p->engine, &ignored);
		engine_close(p->engine);
	}
	pg_close(p->pg);
	arena_release(&p->arena);
}

int bench_latency(struct bench *b, struct err *e)
{
	struct pacing p = { .bench = b };
	struct bench_feed f = { .producer = NULL };
	struct bench_db db = { 0 };
	struct config c;

	if (!bench_topic_make(b, "paced", e) && !start(&p, &db, &c, e) &&
	    !bench_feed_open(&f, b, e)) {
		p.partitions = f.feeder.partitions;
		p.next = arena_alloc(&b->arena,
				     (size_t)p.partitions * sizeof(*p.next));
		p.sent = arena_alloc(&b->arena,
				     b->day.nr_file * sizeof(*p.sent));
		if (!send_all(&p, &f, e))
			print(&p);
	}
	end(&p);
	bench_feed_close(&f);
	bench_db_drop(&db);
	bench_topic_drop(b);
	return e->code;
}
