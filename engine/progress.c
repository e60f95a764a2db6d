#include "engine/progress.h"

#include "engine/batch.h"

#include <string.h>

static void add(_Atomic int64_t *counter, int64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

/* Of the tables that hold what passengers' messages say, and hits. */
static int64_t rows_of(const struct store_batch *r)
{
	return (int64_t)r->nr_flight + r->nr_slice + r->nr_booking +
	       r->nr_traveller + r->nr_hit + r->nr_evidence;
}

static int64_t us_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

void progress_committed(struct progress *p, const struct batch *b,
			struct stage_clock *c)
{
	add(&p->messages, b->nr_messages);
	add(&p->bytes, b->bytes);
	add(&p->travellers, b->travellers);
	add(&p->removed, b->removals);
	add(&p->out_of_scope, b->out_of_scope);
	add(&p->quarantined, b->rows.nr_quarantine);
	add(&p->hits, b->rows.nr_hit);
	add(&p->rows, rows_of(&b->rows));
	add(&p->transactions, 1);
	if (b->nr_messages) {
		histogram_add(&p->batch, us_of(CLOCK_MONOTONIC) - b->came_us);
		histogram_add(&p->latency,
			      us_of(CLOCK_REALTIME) - b->sent_ms * 1000);
	}
	for (int i = 0; i < NR_STAGES; i++)
		add(&p->stage_ns[i], c->ns[i]);
	memset(c->ns, 0, sizeof(c->ns));
}

int progress_is_drained(struct progress *p)
{
	for (int i = 0; i < PROGRESS_PARTITIONS; i++)
		if (atomic_load(&p->next[i]) < atomic_load(&p->target[i]))
			return 0;
	return 1;
}
