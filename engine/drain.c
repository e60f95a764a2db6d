#include "engine/drain.h"

#include "db/load.h"

#include <time.h>

enum { LOOK_MS = 250 };

/* How far is a partition that another member may have? */
static int look_at(struct engine *en, struct source *s, struct pg *pg,
		   int32_t partition, struct err *e)
{
	const struct config *c = &en->config;
	_Atomic int64_t *known = &en->progress.next[partition];
	int64_t next;

	if (load_offset_seen(&next, pg, str_of(source_cluster(s)),
			     str_of(c->group), str_of(c->topic), partition, e))
		return e->code;
	if (next + 1 <= atomic_load(known))
		return 0;
	if (source_check(s, partition, next, e))
		return e->code;
	atomic_store(known, next + 1);
	return 0;
}

int drain_look(struct engine *en, struct source *s, struct pg *pg,
	       int64_t *looked_at_ms, struct err *e)
{
	struct progress *p = &en->progress;
	struct timespec t;
	int64_t now;
	int rc = 0;

	clock_gettime(CLOCK_MONOTONIC, &t);
	now = t.tv_sec * 1000 + t.tv_nsec / 1000000;
	if (!atomic_load(&p->fed) || now - *looked_at_ms < LOOK_MS)
		return 0;
	*looked_at_ms = now;
	for (int32_t i = 0; i < PROGRESS_PARTITIONS && !rc; i++)
		if (atomic_load(&p->next[i]) < atomic_load(&p->target[i]))
			rc = look_at(en, s, pg, i, e);
	return rc;
}
