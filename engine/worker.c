#include "engine/worker.h"

#include "base/log.h"
#include "db/load.h"
#include "engine/costs.h"
#include "engine/test_fault.h"
#include "engine/worker_state.h"

#include <stdio.h>
#include <time.h>

enum {
	WAIT_MS = 200,	       /* between tries to reach the database */
	MOST_WAITS = 15,       /* of those after it has refused again */
	BATCH_BYTES = 8 << 20, /* a batch of long messages ends sooner */
	POLL_IDLE_MS = 100,    /* for the first message of a batch */
	MOST_FENCED = 3,       /* times in a row, before it waits */
};

static bool stopping(const struct worker *w)
{
	return atomic_load(&w->engine->progress.stop);
}

/* A line in the log about this worker; `reason` may be NULL. */
static void tell(const struct worker *w, enum log_level level,
		 const char *event, const char *reason)
{
	struct log_line l;

	log_begin(&l, level, event);
	log_int(&l, w->stream->name, w->number);
	log_z(&l, "reason", reason);
	log_end(&l);
}

/* A full server lets us in and refuses again: one line until a batch is in. */
static void tell_refusal(struct worker *w, const char *event,
			 const char *reason)
{
	tell(w, w->waits ? LEVEL_DEBUG : LEVEL_WARNING, event, reason);
	w->waits = w->waits < MOST_WAITS ? 2 * w->waits + 1 : MOST_WAITS;
}

static void nap(void)
{
	nanosleep(&(struct timespec){ 0, WAIT_MS * 1000000L }, NULL);
}

/* Connect anew until it works or the engine stops. */
static bool reconnect(struct worker *w)
{
	bool told = false;

	while (!stopping(w)) {
		struct err e = { 0 };

		if (!store_reopen(w->store, &e)) {
			w->flights.pg = store_pg(w->store);
			if (told)
				tell(w, LEVEL_INFO, "database-back", NULL);
			return true;
		}
		if (!told)
			tell(w, LEVEL_WARNING, "database-away", e.text);
		told = true;
		nap();
	}
	return false;
}

static bool is_stopping(const void *ctx)
{
	return stopping(ctx);
}

/* A partition stands at `next` in the database; a drain wants to know. */
static void note_next(struct worker *w, int32_t partition, int64_t next)
{
	if (w->stream->of_airlines && partition < PROGRESS_PARTITIONS)
		atomic_store(&w->engine->progress.next[partition], next + 1);
}

/* The hook of the source: where a partition stands in the database. */
static int load_next(void *ctx, const char *cluster, int32_t partition,
		     int64_t low, int64_t *next, struct err *e)
{
	struct worker *w = ctx;
	const struct config *c = &w->config;

	for (;;) {
		struct err away = { 0 };
		int rc = load_offset(next, store_pg(w->store), str_of(cluster),
				     str_of(c->group), str_of(c->topic),
				     partition, low, &away);

		if (!rc) /* our profiles hold from there, or newer ones do */
			rc = profiles_take(store_pg(w->store), str_of(cluster),
					   str_of(c->group), str_of(c->topic),
					   w->edition->version, &away);
		if (!rc)
			break;
		tell_refusal(w, "database-refuses", away.text);
		nap();
		if (!reconnect(w))
			return err_at(e, ERR_DB, 0,
				      "stopped while waiting for "
				      "the database");
	}
	note_next(w, partition, *next);
	return 0;
}

/* A rebalance came in between: the batch is not ours, or comes again. */
static void drop_if_taken(struct worker *w)
{
	if (w->generation == source_generation(w->source))
		return;
	w->generation = source_generation(w->source);
	w->waits = 0; /* what was refused is another's now */
	flights_forget_pending(&w->flights);
	batch_clear(&w->batch);
}

/* Add a message to the batch, if it is its turn, and give it back. */
static int take(struct worker *w, struct source_message *m, struct err *e)
{
	bool due = source_is_due(w->source, m);
	int rc =
		due ? w->stream->add(&w->batch, source_cluster(w->source), m, e)
		    : 0;

	if (due && w->careful) {
		source_message_free(&w->held);
		w->held = *m;
	} else {
		source_message_free(m);
	}
	return rc;
}

/* Fill the batch: at most so many messages, at most so long. */
static int fill(struct worker *w, struct err *e)
{
	const struct config *c = &w->engine->config;
	uint32_t most = w->careful ? 1 : (uint32_t)c->batch_messages;
	int64_t until = 0;

	while (w->batch.nr_messages < most && w->batch.bytes < BATCH_BYTES &&
	       !stopping(w)) {
		struct source_message m;
		int64_t left = until ? until - worker_now_ms() : POLL_IDLE_MS;
		int rc =
			left < 0 ? 0 : source_poll(w->source, (int)left, &m, e);

		drop_if_taken(w);
		if (rc <= 0)
			return rc;
		rc = take(w, &m, e);
		if (rc < 0)
			return rc;
		if (!until)
			until = worker_now_ms() + c->batch_ms;
	}
	return 0;
}

/* Unknown, and counted: a pattern that reached its limit of work. */
static void count_regex_limits(struct worker *w)
{
	uint64_t nr = screen_scratch_regex_limits(w->scratch);

	atomic_fetch_add(&w->engine->progress.regex_limits,
			 (int64_t)(nr - w->regex_limits));
	w->regex_limits = nr;
}

static void committed(struct worker *w)
{
	const struct batch *b = &w->batch;

	flights_commit(&w->flights);
	for (uint32_t i = 0; i < b->rows.nr_offset; i++) {
		const struct offset_claim *o = &b->offset[i];

		source_advance(w->source, o->part, o->to);
		note_next(w, o->part, o->to);
	}
	if (w->stream->of_airlines)
		progress_committed(&w->engine->progress, b, &w->clock);
	engine_costs_take(w->engine->costs, w->costs, false);
	count_regex_limits(w);
	w->careful -= w->careful > 0;
	if (w->waits)
		tell(w, LEVEL_INFO, "database-back", NULL);
	w->waits = 0;
	w->fenced = 0;
}

/* Drop what is in hand and read on from what the database says. */
static int start_over(struct worker *w, struct err *e)
{
	flights_forget_pending(&w->flights);
	return source_rewind(w->source, e);
}

/* The database is away: fetch nothing, stay in the group. */
static int wait_for_database(struct worker *w, struct err *e)
{
	bool back = false;

	source_pause(w->source);
	for (int i = 1; !back && !stopping(w); i++) {
		struct err ignored = { 0 };
		struct source_message m;
		int rc = source_poll(w->source, WAIT_MS, &m, e);

		if (rc < 0)
			return rc;
		if (rc)
			source_message_free(&m);
		back = i >= w->waits && !store_reopen(w->store, &ignored);
	}
	w->flights.pg = store_pg(w->store);
	source_resume(w->source);
	return back ? start_over(w, e) : 0;
}

/*
 * A single message whose rows the database refuses: its place moves on, its
 * shape goes to quarantine instead.
 */
static int refuse_message(struct worker *w, const struct err *why,
			  struct err *e)
{
	const char *cluster = source_cluster(w->source);

	flights_forget_pending(&w->flights);
	batch_clear(&w->batch);
	batch_refuse(&w->batch, cluster, &w->held, why->text);
	return batch_finish(&w->batch, cluster, e);
}

static int commit(struct worker *w, struct err *e)
{
	struct err why = { 0 };
	enum store_outcome out;

	test_fault_at("linked", NULL);
	stage_enter(&w->clock, STAGE_store);
	out = store_commit(w->store, &w->batch.rows, &why);
	if (out == STORE_BAD_ROW && w->careful) {
		tell(w, LEVEL_WARNING, "refused", why.text);
		if (refuse_message(w, &why, e))
			return e->code;
		why = (struct err){ 0 };
		out = store_commit(w->store, &w->batch.rows, &why);
		if (out == STORE_BAD_ROW) {
			*e = why;
			return err_wrap(e, "putting a message in quarantine");
		}
	}
	stage_enter(&w->clock, STAGE_poll);
	if (out == STORE_COMMITTED) {
		committed(w);
		return 0;
	}
	switch (out) {
	case STORE_FENCED:
		tell(w, LEVEL_DEBUG, store_outcome_name(out), why.text);
		atomic_fetch_add(&w->engine->progress.fenced, 1);
		if (++w->fenced > MOST_FENCED) /* other profiles hold now */
			nap();
		return start_over(w, e);
	case STORE_BAD_ROW:
		tell(w, LEVEL_WARNING, store_outcome_name(out), why.text);
		w->careful = w->batch.nr_messages;
		return start_over(w, e);
	case STORE_UNKNOWN:
	case STORE_DB_DOWN:
	case STORE_COMMITTED:
		break;
	}
	tell_refusal(w, store_outcome_name(out), why.text);
	flights_forget_pending(&w->flights);
	return wait_for_database(w, e);
}

/* One batch, from poll to commit. */
static int turn(struct worker *w, struct err *e)
{
	struct err why = { 0 };
	int rc;

	batch_clear(&w->batch);
	stage_enter(&w->clock, STAGE_poll);
	rc = worker_profiles_renew(w, &why);
	if (!rc)
		rc = fill(w, &why);
	if (!rc)
		rc = held_lists_renew(&w->lists, &w->engine->lists, w->scratch,
				      &why);
	if (!rc && w->batch.nr_messages)
		rc = batch_finish(&w->batch, source_cluster(w->source), &why);
	else if (!rc && w->stream->of_airlines)
		rc = worker_look_around(w, &why);
	if (rc == ERR_FENCED) /* a day was masked since: link again */
		return start_over(w, e);
	if (rc == ERR_DB || rc == ERR_IO) {
		tell_refusal(w, "database-away", why.text);
		flights_forget_pending(&w->flights);
		return wait_for_database(w, e);
	}
	if (rc)
		*e = why;
	return rc || !w->batch.nr_messages ? rc : commit(w, e);
}

static int worker_open(struct worker *w, struct err *e)
{
	const struct config *c = &w->config;
	struct source_hooks hooks = { load_next, is_stopping, w };
	char name[64];
	struct store_settings s = {
		.pg = { .conninfo = c->database,
			.application = name,
			.idle_in_transaction_ms = (int)c->idle_timeout_ms,
			.lock_ms = (int)c->lock_timeout_ms,
			.plan_by_index = true },
		.hooks = { test_fault_is_set() ? test_fault_at : NULL, NULL },
	};

	snprintf(name, sizeof(name), "paxgate %s %lld", w->stream->name,
		 (long long)w->number);
	if (store_open(&w->store, &s, e))
		return e->code;
	w->flights.pg = store_pg(w->store);
	w->flights.keys = w->engine->keys;
	if (screen_scratch_new(&w->scratch, &w->engine->set, e))
		return e->code;
	screen_scratch_time(w->scratch, &w->clock);
	if (engine_costs_follow(w->engine->costs, &w->costs, w->scratch,
				w->edition, e))
		return e->code;
	batch_init(&w->batch, w->engine, &w->flights, w->scratch, &w->clock);
	w->batch.topic = c->topic;
	w->batch.group = c->group;
	worker_profiles_use(w);
	return source_open(&w->source, c, w->number, &hooks, e);
}

int worker_run(struct engine *en, const struct stream *stream, int64_t number,
	       struct err *e)
{
	struct worker w = { .engine = en,
			    .stream = stream,
			    .config = en->config,
			    .number = number,
			    .edition = editions_now(&en->editions) };
	int rc;

	w.config.topic = stream->topic;
	w.config.group = stream->group;
	rc = worker_open(&w, e);
	while (!rc && !stopping(&w))
		rc = turn(&w, e);
	if ((rc == ERR_IO || rc == ERR_DB) && stopping(&w)) {
		*e = (struct err){ 0 }; /* told to end while it waited */
		rc = 0;
	}
	source_message_free(&w.held);
	source_close(w.source);
	batch_release(&w.batch);
	flights_release(&w.flights);
	engine_costs_detach(w.engine->costs, w.costs);
	screen_scratch_free(w.scratch);
	held_lists_release(&w.lists);
	edition_drop(w.edition);
	store_close(w.store);
	return rc;
}
