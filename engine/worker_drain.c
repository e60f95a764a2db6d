/*
 * worker_drain.c - the end of a drain: all is committed, by whomever
 */
#include "db/load.h"
#include "engine/worker_state.h"

#include <time.h>

enum { LOOK_AROUND_MS = 250 };

int64_t worker_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* How far is a partition that another member may have? */
static int look_at(struct worker *w, int32_t partition, struct err *e)
{
	const struct config *c = &w->engine->config;
	_Atomic int64_t *known = &w->engine->progress.next[partition];
	int64_t next;

	if (load_offset_seen(&next, store_pg(w->store),
			     str_of(source_cluster(w->source)),
			     str_of(c->group), str_of(c->topic), partition, e))
		return e->code;
	if (next + 1 <= atomic_load(known))
		return 0;
	if (source_check(w->source, partition, next, e))
		return e->code;
	atomic_store(known, next + 1);
	return 0;
}

/* A drain ends when all is committed, by whomever. */
int worker_look_around(struct worker *w, struct err *e)
{
	struct progress *p = &w->engine->progress;
	int64_t now = worker_now_ms();
	int rc = 0;

	if (!atomic_load(&p->fed) || now - w->looked_at_ms < LOOK_AROUND_MS)
		return 0;
	w->looked_at_ms = now;
	for (int32_t i = 0; i < PROGRESS_PARTITIONS && !rc; i++)
		if (atomic_load(&p->next[i]) < atomic_load(&p->target[i]))
			rc = look_at(w, i, e);
	return rc;
}
