#include "engine/live_lists.h"

#include "base/log.h"
#include "engine/engine.h"
#include "engine/list_audit.h"
#include "engine/rescreen.h"
#include "watchlist/match.h"

#include <stdlib.h>
#include <time.h>

enum { LOOK_MS = 200 }; /* a change counts within a second */

void live_lists_init(struct live_lists *l, struct list_set *first)
{
	pthread_mutex_init(&l->lock, NULL);
	l->now = first;
	atomic_store(&l->generation, 1);
}

void live_lists_release(struct live_lists *l)
{
	if (!atomic_load(&l->generation))
		return;
	live_lists_sweep(l);
	list_set_free(l->now);
	pthread_mutex_destroy(&l->lock);
	atomic_store(&l->generation, 0);
}

struct list_set *live_lists_take(struct live_lists *l, uint64_t *seen)
{
	struct list_set *s;

	if (atomic_load(&l->generation) == *seen)
		return NULL;
	pthread_mutex_lock(&l->lock);
	s = list_set_hold(l->now);
	*seen = atomic_load(&l->generation);
	pthread_mutex_unlock(&l->lock);
	return s;
}

void live_lists_put(struct live_lists *l, struct list_set *s)
{
	struct list_set *old;

	pthread_mutex_lock(&l->lock);
	old = l->now;
	l->now = s;
	atomic_fetch_add(&l->generation, 1);
	pthread_mutex_unlock(&l->lock);
	list_set_free(old);
}

static void free_worn(struct worn *w)
{
	watchlist_scratch_free(w->scratch[0]);
	watchlist_scratch_free(w->scratch[1]);
	list_set_free(w->lists);
	free(w);
}

void live_lists_sweep(struct live_lists *l)
{
	struct worn *all, *next;

	pthread_mutex_lock(&l->lock);
	all = l->worn;
	l->worn = NULL;
	pthread_mutex_unlock(&l->lock);
	for (; all; all = next) {
		next = all->next;
		free_worn(all);
	}
}

/* Leave the old ones to the thread that has time. */
static void leave(struct live_lists *l, struct worn *w)
{
	pthread_mutex_lock(&l->lock);
	w->next = l->worn;
	l->worn = w;
	pthread_mutex_unlock(&l->lock);
}

static int take_over(struct held_lists *h, struct list_set *next,
		     struct screen_scratch *tmp, struct worn *w, struct err *e)
{
	struct scratch_swap swap = { .ready = NULL };

	if (!h->lists || next->base != h->lists->base)
		swap.ready = list_set_spare(next);
	screen_set_lists(&h->set, next);
	if (screen_scratch_lists(tmp, &h->set, &swap, e)) {
		watchlist_scratch_free(swap.ready);
		return e->code;
	}
	*w = (struct worn){ .scratch = { swap.worn[0], swap.worn[1] },
			    .lists = h->lists };
	h->lists = next;
	return 0;
}

int held_lists_renew(struct held_lists *h, struct live_lists *l,
		     struct screen_scratch *tmp, struct err *e)
{
	struct list_set *next = live_lists_take(l, &h->seen);
	struct worn *w;

	if (!next)
		return 0;
	w = calloc(1, sizeof(*w));
	if (!w)
		err_at(e, ERR_NOMEM, 0, "out of memory");
	else if (!take_over(h, next, tmp, w, e)) {
		leave(l, w);
		return 0;
	}
	free(w);
	list_set_free(next);
	return e->code;
}

void held_lists_use(struct held_lists *h, const struct screen_set *set)
{
	h->set = *set;
	screen_set_lists(&h->set, h->lists);
}

void held_lists_release(struct held_lists *h)
{
	list_set_free(h->lists);
	h->lists = NULL;
}

/* What the thread remembers of what it could not use. */
struct look {
	struct list_files refused;
	bool told;   /* of a file that may yet be readable */
	bool record; /* that `now` is live is not in the audit log yet */
	bool ask;    /* stored travellers are still to be screened with `now` */
};

static void refuse(struct look *k, const struct list_files *files,
		   const struct err *e)
{
	bool passes = e->code == ERR_IO || e->code == ERR_NOMEM;

	if (!k->told)
		log_err("watchlist-refused", e);
	k->told = passes;
	if (!passes)
		k->refused = *files;
}

/* Only this thread changes `now`, so it may read it without the lock. */
static void look(struct engine *en, struct look *k)
{
	struct live_lists *l = &en->lists;
	struct list_files files = list_files_now(&en->config);
	struct list_set *next;
	struct err e = { 0 };

	if (list_files_same(&files, &l->now->files) ||
	    list_files_same(&files, &k->refused))
		return;
	if (!list_set_load(&next, &en->config, l->now, &e) &&
	    list_set_stock(next, en->config.workers, &e))
		list_set_free(next);
	if (e.code) {
		refuse(k, &files, &e);
		return;
	}
	k->told = false;
	list_set_log(next);
	live_lists_put(l, next);
	k->record = true;
	k->ask = en->control != NULL;
}

/* Until the database takes it; each batch says itself what it was of. */
static void record(struct engine *en, struct look *k)
{
	struct err e = { 0 };

	k->record = list_audit_live(&en->config, en->lists.now, &e) < 0;
}

/* Until the database takes it. */
static void ask(struct engine *en, struct look *k)
{
	struct log_line line;
	struct err e = { 0 };
	int64_t nr = rescreen_ask(en, en->lists.now, &e);

	if (nr < 0)
		return;
	k->ask = false;
	log_begin(&line, LEVEL_INFO, "rescreen");
	log_int(&line, "flights", nr);
	log_end(&line);
}

void live_lists_run(struct engine *en)
{
	struct timespec tick = { 0, LOOK_MS * 1000000L };
	struct look k = { .record = true };

	if (en->lists.now)
		record(en, &k);
	while (en->lists.now && !atomic_load(&en->progress.stop)) {
		nanosleep(&tick, NULL);
		live_lists_sweep(&en->lists);
		look(en, &k);
		if (k.record)
			record(en, &k);
		if (k.ask)
			ask(en, &k);
	}
}
