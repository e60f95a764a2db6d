#include "tools/bench_swap.h"

#include "engine/live_lists.h"
#include "tools/bench_figure.h"
#include "tools/whole_file.h"
#include "watchlist/delta_edit.h"

#include <unistd.h>

/* Withdraw the first entry, in the file beside the snapshot. */
static int write_delta(const struct bench *b, const char *path, struct err *e)
{
	const struct watchlist *wl = b->set.watchlist;
	struct watch_id first = { watchlist_text(wl, wl->list[0].id),
				  watchlist_text(wl, wl->entry[0].id) };
	struct buf out = { .data = NULL };

	if (!watch_delta_write(&out, 1, &first, 1, STR(""), e))
		(void)!whole_file_write(path, buf_view(&out), e);
	buf_release(&out);
	return e->code;
}

/* Load, publish, take over: how long each takes. */
static int swap_once(struct bench *b, struct live_lists *live,
		     struct held_lists *held, struct screen_scratch *tmp,
		     double *load, double *pause, struct err *e)
{
	struct list_set *next;
	double from = bench_now();

	if (list_set_load(&next, &b->config, NULL, e))
		return e->code;
	if (list_set_stock(next, 1, e)) {
		list_set_free(next);
		return e->code;
	}
	*load = bench_now() - from;
	live_lists_put(live, next);
	from = bench_now();
	if (held_lists_renew(held, live, tmp, e))
		return e->code;
	*pause = bench_now() - from;
	live_lists_sweep(live);
	return 0;
}

static int measure_swaps(struct bench *b, struct timing *load,
			 struct timing *pause, struct err *e)
{
	double loads[REPETITIONS], pauses[REPETITIONS];
	struct live_lists live = { .now = NULL };
	struct held_lists held = { .set = { .profiles = NULL } };
	struct screen_scratch *tmp;

	live_lists_init(&live, NULL);
	if (!screen_scratch_new(&tmp, &held.set, e)) {
		/* the first has no old one to let go */
		(void)!swap_once(b, &live, &held, tmp, &loads[0], &pauses[0],
				 e);
		for (int i = 0; i < REPETITIONS && !e->code; i++)
			(void)!swap_once(b, &live, &held, tmp, &loads[i],
					 &pauses[i], e);
		screen_scratch_free(tmp);
	}
	held_lists_release(&held);
	live_lists_release(&live);
	if (e->code)
		return e->code;
	*load = timing_of(loads, REPETITIONS);
	*pause = timing_of(pauses, REPETITIONS);
	return 0;
}

static int measure_deltas(struct bench *b, struct timing *t, struct err *e)
{
	const char *path = watch_delta_path(&b->arena, b->config.watchlist);
	double seconds[REPETITIONS];
	struct list_set *before, *next;

	if (list_set_load(&before, &b->config, NULL, e))
		return e->code;
	if (!write_delta(b, path, e)) {
		for (int i = 0; i < REPETITIONS && !e->code; i++) {
			double from = bench_now();

			if (!list_set_load(&next, &b->config, before, e))
				list_set_free(next);
			seconds[i] = bench_now() - from;
		}
		unlink(path);
	}
	list_set_free(before);
	if (!e->code)
		*t = timing_of(seconds, REPETITIONS);
	return e->code;
}

int bench_swap(struct bench *b, const char *of, struct err *e)
{
	struct timing load, pause, delta;
	struct bench copy = *b;

	copy.config.watchlist =
		arena_fmt(&b->arena, "%s/swap.snap", b->folder).ptr;
	copy.arena = (struct arena){ 0 };
	if (whole_file_write(copy.config.watchlist, b->set.watchlist->bytes,
			     e) ||
	    measure_swaps(&copy, &load, &pause, e) ||
	    measure_deltas(&copy, &delta, e))
		return e->code;
	arena_release(&copy.arena);
	figure_print(&(struct figure){ .name = "watchlist.swap_load",
				       .unit = "ms",
				       .each = 1e3,
				       .timing = load,
				       .of = of });
	figure_print(&(struct figure){ .name = "watchlist.swap_pause",
				       .unit = "ms",
				       .each = 1e3,
				       .timing = pause,
				       .of = of });
	figure_print(&(struct figure){ .name = "watchlist.delta_load",
				       .unit = "ms",
				       .each = 1e3,
				       .timing = delta,
				       .of = of });
	return 0;
}
