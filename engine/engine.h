/*
 * engine.h - the running process: what its workers share
 *
 * engine_open() loads what screening needs, opens keys and starts the
 * embedded broker where no other is configured; engine_run() starts workers
 * and feeder and waits for them. Workers share nothing that changes but the
 * counters of progress.h.
 *
 *	engine_open(&en, &config, &e);
 *	engine_run(en, &options, &e);
 *	engine_close(en);
 *
 * Threads: open, run and close from one; engine_stop() from any, and from
 * signal handlers.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/config.h"
#include "engine/edition.h"
#include "engine/live_lists.h"
#include "engine/progress.h"
#include "engine/screen.h"
#include "law/custodian.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "law/regime.h"
#include "law/scope.h"
#include "law/signkey.h"

struct edition_folder;
struct embedded_kafka;
struct engine_costs;
struct stream;
struct thread;

struct engine {
	struct config config;  /* brokers, topic and workers as they are used */
	struct arena arena;    /* what is loaded once */
	struct screen_set set; /* reference; no profiles and no lists */
	struct live_lists lists;
	struct approvers *approvers;
	struct editions editions;      /* the profiles */
	struct edition_folder *folder; /* where they are from, at the start */
	struct regimes *regimes;
	const struct regime *regime[REGIMES_MAX]; /* those that apply */
	size_t nr_regime;
	struct scope *scope;
	struct key_pair *pair;
	struct key_folder *keys;
	struct custodians *custodians;
	struct sign_pair *signer;      /* of the audit log; NULL: none */
	struct engine_costs *costs;    /* of profiles; NULL: not kept */
	struct embedded_kafka *broker; /* NULL: a real one is configured */
	const char *control_name;      /* of the control topic, in the outbox */
	struct progress progress;
	struct thread *thread; /* threads.c's own */
	int64_t nr_thread;
	const struct stream *raw, *control; /* control NULL: none is read */
};

struct engine_options {
	const char *feed; /* folder to feed into the topic; NULL: none */
	bool drain;	  /* end when all there is has been committed */
	bool random_keys; /* of the feed; for tests */
	/* called about four times a second; NULL: never */
	void (*tick)(const struct engine *en, void *arg);
	void *arg;
};

/*
 * Load, check and open everything. Returns 0 and an owned *out, or an error
 * that names the setting, file or line and the remedy.
 */
MUST_CHECK int engine_open(struct engine **out, const struct config *c,
			   struct err *e);

/*
 * Run until told to stop, until drained, or until a worker fails. Returns 0,
 * or the first worker's or the feeder's error.
 */
MUST_CHECK int engine_run(struct engine *en, const struct engine_options *o,
			  struct err *e);

/*
 * The same in two: start the threads, and wait for the end that engine_stop()
 * or a failure brings. `o` is borrowed in between, and its tick not called. A
 * start that failed is waited for, too. As engine_run().
 */
MUST_CHECK int engine_start(struct engine *en, const struct engine_options *o,
			    struct err *e);
MUST_CHECK int engine_wait(struct engine *en, struct err *e);

/* Finish the batches in hand and end. */
void engine_stop(struct engine *en);

/* Stop the broker, wipe keys, free. NULL is fine. */
void engine_close(struct engine *en);

#endif
