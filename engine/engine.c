#include "engine/engine.h"

#include "base/log.h"
#include "db/migrate.h"
#include "db/pg.h"
#include "engine/edition_make.h"
#include "engine/embedded_kafka.h"
#include "engine/feeder.h"
#include "engine/outbox.h"
#include "engine/overseer.h"
#include "engine/worker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 250, REFEED_MS = 1000 };

/* A broker of our own, with a topic no earlier start has used. */
static int start_broker(struct engine *en, struct err *e)
{
	uint8_t random[8];
	char hex[2 * sizeof(random) + 1];
	struct config *c = &en->config;

	if (c->message_bytes > EMBEDDED_MESSAGE_BYTES)
		return err_at(e, ERR_USAGE, 0,
			      "the embedded broker holds messages of up to %d "
			      "bytes: lower limits.message_bytes, or name "
			      "kafka.brokers",
			      EMBEDDED_MESSAGE_BYTES);
	crypt_random(random, sizeof(random));
	crypt_to_hex(hex, random, sizeof(random));
	c->topic = arena_fmt(&en->arena, "%s.%s", c->topic, hex).ptr;
	if (embedded_kafka_start(&en->broker, c->topic, e))
		return e->code;
	c->brokers = embedded_kafka_address(en->broker);
	return 0;
}

static int open_law(struct engine *en, struct err *e)
{
	const struct config *c = &en->config;

	int nr;

	if (crypt_init(e) || key_pair_load(&en->pair, c->engine_key, e) ||
	    key_folder_open(&en->keys, c->key_folder, en->pair, e) ||
	    scope_load(&en->scope, c->scope, e) ||
	    approvers_load(&en->approvers, c->approvers, e) ||
	    regimes_load(&en->regimes, c->regimes, e))
		return e->code;
	nr = regimes_choose(en->regime, en->regimes, str_of(c->regime), e);
	if (nr < 0)
		return nr;
	en->nr_regime = (size_t)nr;
	return 0;
}

/* The profiles: of the folder, or those of the registry. */
static int open_profiles(struct engine *en, struct pg *pg, struct err *e)
{
	struct edition_source s = { &en->config, &en->set, pg, en->approvers };
	struct date today = date_from_days(time(NULL) / SECONDS_PER_DAY);
	struct edition *ed = NULL;

	if (*en->config.profiles ? edition_of_folder(&ed, &s, today, e)
				 : edition_of_registry(&ed, &s, e))
		return e->code;
	edition_tell(ed, "profiles");
	editions_set(&en->editions, ed);
	return 0;
}

/* The schema has to be there, in this binary's version. */
static int open_database(struct engine *en, struct err *e)
{
	struct pg_settings s = { .conninfo = en->config.database,
				 .application = "paxgate" };
	struct pg *pg;
	int rc = pg_open(&pg, &s, e);

	if (rc)
		return rc;
	rc = migrate_check(pg, e);
	if (!rc && open_profiles(en, pg, e))
		rc = config_file_error(e);
	pg_close(pg);
	return rc;
}

/* What profiles are screened beside: they are loaded with the database. */
static int load_base(struct engine *en, struct err *e)
{
	struct config c = en->config;

	c.profiles = "";
	return screen_set_load(&en->set, &c, e);
}

int engine_open(struct engine **out, const struct config *c, struct err *e)
{
	struct engine *en = calloc(1, sizeof(*en));
	int rc;

	if (!en)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	en->config = *c;
	pthread_mutex_init(&en->editions.lock, NULL);
	if (!en->config.workers)
		en->config.workers = sysconf(_SC_NPROCESSORS_ONLN);
	rc = open_law(en, e);
	if (!rc)
		rc = load_base(en, e);
	if (rc)
		rc = config_file_error(e);
	if (!rc)
		rc = open_database(en, e);
	if (!rc && !*c->brokers)
		rc = start_broker(en, e);
	if (rc) {
		engine_close(en);
		return rc;
	}
	*out = en;
	return 0;
}

void engine_stop(struct engine *en)
{
	atomic_store(&en->progress.stop, 1);
}

void engine_close(struct engine *en)
{
	if (!en)
		return;
	embedded_kafka_stop(en->broker);
	editions_set(&en->editions, NULL);
	pthread_mutex_destroy(&en->editions.lock);
	screen_set_release(&en->set);
	approvers_free(en->approvers);
	scope_free(en->scope);
	regimes_free(en->regimes);
	key_folder_free(en->keys);
	key_pair_free(en->pair);
	arena_release(&en->arena);
	free(en);
}

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

	if (!worker_run(t->engine, t->number, &t->e))
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

static void *run_overseer(void *arg)
{
	struct thread *t = arg;

	overseer_run(t->engine);
	return NULL;
}

static void *run_outbox(void *arg)
{
	struct thread *t = arg;

	(void)!outbox_run(t->engine, &t->e);
	return ended(t, "outbox-failed");
}

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

	/* workers, the overseer, the feeder, the outbox */
	en->thread =
		arena_alloc(&en->arena, (size_t)(nr + 3) * sizeof(*en->thread));
	for (int64_t i = 0; i < nr && !rc; i++)
		rc = start_thread(en, o, i, run_worker, e);
	if (!rc)
		rc = start_thread(en, o, nr, run_overseer, e);
	if (!rc && (o->feed || o->drain))
		rc = start_thread(en, o, nr, run_feeder, e);
	if (!rc && outbox_is_used(&en->config))
		rc = start_thread(en, o, nr + 1, run_outbox, e);
	return rc;
}

int engine_wait(struct engine *en, struct err *e)
{
	for (int64_t i = 0; i < en->nr_thread; i++) {
		pthread_join(en->thread[i].id, NULL);
		if (en->thread[i].e.code && !e->code)
			*e = en->thread[i].e;
	}
	en->nr_thread = 0;
	return e->code;
}

int engine_run(struct engine *en, const struct engine_options *o, struct err *e)
{
	if (!engine_start(en, o, e))
		watch(en, o);
	return engine_wait(en, e);
}
