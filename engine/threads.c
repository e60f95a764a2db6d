/*
 * threads.c - the engine's threads: which there are, and how they end
 */
#include "base/log.h"
#include "engine/checkpoint.h"
#include "engine/costs.h"
#include "engine/engine.h"
#include "engine/feeder.h"
#include "engine/outbox.h"
#include "engine/overseer.h"
#include "engine/retention_kafka.h"
#include "engine/timer.h"
#include "engine/worker.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 250, REFEED_MS = 1000 };

/* One of the process's threads, and how it ended. */
struct thread {
	pthread_t id;
	struct engine *engine;
	const struct engine_options *options;
	int64_t number;
	struct err e;
};

/* The first that fails ends the engine: what it read is read again. */
static void *ended(struct thread *t, const char *event)
{
	if (t->e.code) {
		log_err(event, &t->e);
		engine_stop(t->engine);
	}
	return NULL;
}

static void *run_worker(void *arg)
{
	struct thread *t = arg;

	if (!worker_run(t->engine, t->engine->raw, t->number, &t->e))
		return NULL;
	return ended(t, "worker-failed");
}

/* A drain ends where the topic ends now. */
static int set_targets(struct engine *en, struct producer *p, int partitions,
		       struct err *e)
{
	for (int32_t i = 0; i < partitions && i < PROGRESS_PARTITIONS; i++) {
		int64_t high;

		if (producer_high(p, i, &high, e))
			return e->code;
		atomic_store(&en->progress.target[i], high + 1);
	}
	return 0;
}

static int feed(struct thread *t, struct producer *p, struct feeder *f)
{
	struct engine *en = t->engine;
	const struct engine_options *o = t->options;

	if (feeder_init(f, p, en->pair->public_half,
			(size_t)en->config.message_bytes, &t->e))
		return t->e.code;
	f->progress = en->broker ? &en->progress : NULL;
	f->stop = &en->progress.stop;
	f->random_keys = o->random_keys;
	if (o->feed && feed_folder(f, o->feed, &t->e) < 0)
		return t->e.code;
	if (o->drain) {
		if (set_targets(en, p, f->partitions, &t->e))
			return t->e.code;
		atomic_store(&en->progress.fed, 1);
		return 0;
	}
	/* a drop folder: what comes later is fed when it comes */
	while (o->feed && !atomic_load(&en->progress.stop)) {
		usleep(REFEED_MS * 1000);
		if (feed_folder(f, o->feed, &t->e) < 0)
			return t->e.code;
	}
	return 0;
}

static void *run_feeder(void *arg)
{
	struct thread *t = arg;
	struct producer *p = NULL;
	struct feeder f = { 0 };

	if (!producer_open(&p, &t->engine->config, &t->e))
		(void)feed(t, p, &f);
	feeder_release(&f);
	producer_close(p);
	return ended(t, "feeder-failed");
}

static void *run_outbox(void *arg)
{
	struct thread *t = arg;

	(void)!outbox_run(t->engine, OUTBOX_ANSWERS, &t->e);
	return ended(t, "outbox-failed");
}

static void *run_control(void *arg)
{
	struct thread *t = arg;

	(void)!worker_run(t->engine, t->engine->control, 0, &t->e);
	return ended(t, "control-failed");
}

static void *run_control_outbox(void *arg)
{
	struct thread *t = arg;

	(void)!outbox_run(t->engine, OUTBOX_CONTROL, &t->e);
	return ended(t, "outbox-failed");
}

static void *run_timer(void *arg)
{
	struct thread *t = arg;

	(void)!timer_run(t->engine, &t->e);
	return ended(t, "timer-failed");
}

static void *run_overseer(void *arg)
{
	overseer_run(((struct thread *)arg)->engine);
	return NULL;
}

static void *run_lists(void *arg)
{
	live_lists_run(((struct thread *)arg)->engine);
	return NULL;
}

static void *run_checkpoint(void *arg)
{
	checkpoint_run(((struct thread *)arg)->engine);
	return NULL;
}

static bool feeds(const struct engine *en, const struct engine_options *o)
{
	(void)en;
	return o->feed || o->drain;
}

static bool sends(const struct engine *en, const struct engine_options *o)
{
	(void)o;
	return outbox_is_used(&en->config);
}

static bool has_lists(const struct engine *en, const struct engine_options *o)
{
	(void)o;
	return en->lists.now;
}

static bool has_control(const struct engine *en, const struct engine_options *o)
{
	(void)o;
	return en->control;
}

static bool signs(const struct engine *en, const struct engine_options *o)
{
	(void)o;
	return en->signer;
}

/* The threads beside the workers, and when there is one. */
static const struct job {
	bool (*is_needed)(const struct engine *en,
			  const struct engine_options *o); /* NULL: always */
	void *(*run)(void *thread);
} jobs[] = {
	{ NULL, run_overseer },		     /* looks for new profile sets */
	{ feeds, run_feeder },		     /* files into the topic */
	{ sends, run_outbox },		     /* answers out of the database */
	{ has_lists, run_lists },	     /* looks for new watchlists */
	{ has_control, run_timer },	     /* notices what is due, */
	{ has_control, run_control_outbox }, /* tells it, */
	{ has_control, run_control },	     /* reads that */
	{ signs, run_checkpoint },	     /* signs the audit log's ends */
};

/* All messages are committed, and all their answers with the broker? */
static bool is_drained(struct engine *en)
{
	struct progress *p = &en->progress;

	if (!atomic_load(&p->fed) || !progress_is_drained(p))
		return false;
	atomic_store(&p->drained, 1);
	return !outbox_is_used(&en->config) || atomic_load(&p->outbox_empty);
}

/* Wait until the work is done or somebody stops it. */
static void watch(struct engine *en, const struct engine_options *o)
{
	struct timespec tick = { 0, TICK_MS * 1000000L };

	while (!atomic_load(&en->progress.stop)) {
		nanosleep(&tick, NULL);
		if (o->tick)
			o->tick(en, o->arg);
		engine_costs_tick(en->costs, TICK_MS);
		if (o->drain && is_drained(en))
			engine_stop(en);
	}
}

static int start_thread(struct engine *en, const struct engine_options *o,
			int64_t number, void *(*run)(void *), struct err *e)
{
	struct thread *t = &en->thread[en->nr_thread];

	*t = (struct thread){ .engine = en, .options = o, .number = number };
	if (pthread_create(&t->id, NULL, run, t)) {
		engine_stop(en);
		return err_at(e, ERR_NOMEM, 0, "cannot start a thread");
	}
	en->nr_thread++;
	return 0;
}

int engine_start(struct engine *en, const struct engine_options *o,
		 struct err *e)
{
	int64_t nr = en->config.workers;
	int rc = 0;

	if (!en->broker && retention_check(&en->config, e))
		return e->code;
	en->thread = arena_alloc(&en->arena, ((size_t)nr + ARRAY_SIZE(jobs)) *
						     sizeof(*en->thread));
	if (en->lists.now)
		list_set_log(en->lists.now);
	for (int64_t i = 0; i < nr && !rc; i++)
		rc = start_thread(en, o, i, run_worker, e);
	for (size_t i = 0; i < ARRAY_SIZE(jobs) && !rc; i++)
		if (!jobs[i].is_needed || jobs[i].is_needed(en, o))
			rc = start_thread(en, o, nr, jobs[i].run, e);
	return rc;
}

int engine_wait(struct engine *en, struct err *e)
{
	for (int64_t i = 0; i < en->nr_thread; i++) {
		pthread_join(en->thread[i].id, NULL);
		if (en->thread[i].e.code && !e->code)
			*e = en->thread[i].e;
	}
	if (en->nr_thread)
		checkpoint_last(en);
	en->nr_thread = 0;
	return e->code;
}

int engine_run(struct engine *en, const struct engine_options *o, struct err *e)
{
	if (!engine_start(en, o, e))
		watch(en, o);
	return engine_wait(en, e);
}
