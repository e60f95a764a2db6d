/*
 * worker_profiles.c - a worker goes over to other profiles
 *
 * What is dear is done elsewhere: the overseer reads and compiles the edition
 * before anybody sees it, and frees the old one. What is left to the worker is
 * one short transaction and a pointer.
 */
#include "engine/costs.h"
#include "engine/worker_state.h"

#include <time.h>

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

void worker_profiles_use(struct worker *w)
{
	batch_use(&w->batch, w->edition);
	held_lists_use(&w->lists, &w->edition->set);
	w->batch.set = &w->lists.set;
}

static int take_up(struct worker *w, struct edition *next, struct err *e)
{
	const struct config *c = &w->config;
	int rc;

	if (profiles_take(store_pg(w->store), str_of(source_cluster(w->source)),
			  str_of(c->group), str_of(c->topic), next->version,
			  e)) {
		editions_leave(&w->engine->editions, next);
		return e->code;
	}
	rc = engine_costs_follow(w->engine->costs, &w->costs, w->scratch, next,
				 e); /* while the old one is still there */
	editions_leave(&w->engine->editions, w->edition);
	w->edition = next;
	worker_profiles_use(w);
	return rc;
}

int worker_profiles_renew(struct worker *w, struct err *e)
{
	struct editions *all = &w->engine->editions;
	int64_t from;
	int rc;

	if (atomic_load(&all->version) == w->edition->version)
		return 0;
	from = now_us();
	rc = take_up(w, editions_now(all), e);
	if (!rc)
		histogram_add(&w->engine->progress.swap, now_us() - from);
	return rc;
}
