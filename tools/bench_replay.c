/*
 * bench_replay.c - replay.*: the hits of a day worked out again
 *
 * The engine stores the day in a database of its own; its hits are read into
 * memory once, and what is timed is replay_hit(): open evidence and slices,
 * parse, link, screen, compare. So the database's part is left out.
 */
#include "base/log.h"
#include "engine/replay.h"
#include "engine/replay_desk.h"
#include "tools/bench_engine.h"
#include "tools/bench_figure.h"

enum { KEYS = 1000, MOST_HITS = 100000, LAST_DAY = 2932896 };

struct job {
	struct pg *pg;
	struct key_pair *pair;
	struct key_folder *keys;
	struct screen_set set;
	struct screen_scratch *scratch;
	struct replay_desk desk;
	struct arena rows, scratch_arena;
	struct hit_inputs *hit;
	uint32_t nr;
	struct err e;	 /* of a replay that could not be done */
	uint32_t differ; /* must stay 0 */
};

static int job_open(struct job *j, const struct config *c, struct err *e)
{
	struct replay_filter f = { .day = 1,
				   .last_day = LAST_DAY,
				   .flight = INT64_MIN,
				   .id = INT64_MIN,
				   .limit = MOST_HITS };
	struct pg_settings s = { .conninfo = c->database };

	if (pg_open(&j->pg, &s, e) ||
	    key_pair_load(&j->pair, c->engine_key, e) ||
	    key_folder_open(&j->keys, c->key_folder, j->pair, e) ||
	    query_replay(&j->hit, &j->nr, j->pg, &f, &j->rows, e))
		return e->code;
	return j->nr ? 0 : err_at(e, ERR_USAGE, 0, "the day has no hit");
}

static void job_close(struct job *j)
{
	pg_close(j->pg);
	key_folder_free(j->keys);
	key_pair_free(j->pair);
	screen_scratch_free(j->scratch);
	replay_desk_release(&j->desk);
	screen_set_release(&j->set);
	arena_release(&j->rows);
	arena_release(&j->scratch_arena);
}

/* All hits once, from a bare desk; returns how many. */
static double replay_all(void *arg)
{
	struct job *j = arg;
	uint32_t i;

	replay_desk_clear(&j->desk);
	for (i = 0; i < j->nr && !j->e.code; i++) {
		struct replay_setup setup = { &j->set, j->scratch, NULL,
					      &j->desk };
		struct replay r = { .nr = 0 };

		arena_clear(&j->scratch_arena);
		if (key_folder_day(j->keys,
				   date_from_days(j->hit[i].hit.clock_day),
				   DAY_KEY_OPEN, &setup.day_key, &j->e) ||
		    replay_hit(&r, &setup, &j->hit[i], &j->scratch_arena,
			       &j->e))
			break;
		j->differ += r.nr > 0;
	}
	return i;
}

/* With the profiles, and the list or (without one) each recorded entry. */
static int measure(struct bench *b, struct job *j, const char *name,
		   struct config *c, const char *watchlist, struct err *e)
{
	struct figure f = { .name = name, .unit = "1/s", .per_second = 1 };

	screen_scratch_free(j->scratch);
	j->scratch = NULL;
	screen_set_release(&j->set);
	c->watchlist = watchlist;
	if (screen_set_load(&j->set, c, e) ||
	    screen_scratch_new(&j->scratch, &j->set, e))
		return e->code;
	f.timing = bench_time(replay_all, j, b->ms);
	if (j->e.code) {
		*e = j->e;
		return e->code;
	}
	if (j->differ)
		return err_at(e, ERR_INTEGRITY, 0, "%u replays differ",
			      j->differ);
	f.of = arena_fmt(&b->arena, "%u hits, all identical", j->nr).ptr;
	figure_print(&f);
	return 0;
}

int bench_replay(struct bench *b, struct err *e)
{
	struct engine_options o = { .feed = b->day_dir, .drain = true };
	struct bench_db db = { 0 };
	struct config c;
	struct job j = { .pg = NULL };
	int rc;

	log_level(LEVEL_WARNING);
	rc = bench_engine_run(b, KEYS, &o, &db, &c, e);
	if (rc == 0)
		rc = job_open(&j, &c, e);
	if (rc == 0)
		rc = measure(b, &j, "replay.list", &c, c.watchlist, e);
	if (rc == 0)
		rc = measure(b, &j, "replay.travellers", &c, "", e);
	job_close(&j);
	bench_db_drop(&db);
	return rc;
}
