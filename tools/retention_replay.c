#include "tools/retention_replay.h"

#include "db/query.h"
#include "engine/replay_desk.h"

#include <stdlib.h>
#include <time.h>

enum { PAGE = 500 };

static int64_t now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static int prepare(struct retention_replayer *r, struct err *e)
{
	if (r->loaded)
		return 0;
	r->desk = calloc(1, sizeof(*r->desk));
	if (!r->desk)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (screen_set_load(&r->set, r->config, e))
		return e->code;
	r->sets.source =
		(struct edition_source){ r->config, &r->set, r->pg, NULL };
	r->loaded = true;
	return screen_scratch_new(&r->scratch, &r->set, e);
}

void retention_replayer_release(struct retention_replayer *r)
{
	if (r->loaded) {
		replay_sets_release(&r->sets);
		screen_scratch_free(r->scratch);
		screen_set_release(&r->set);
	}
	if (r->desk)
		replay_desk_release(r->desk);
	free(r->desk);
}

static int replay_one(struct retention_replay *out,
		      struct retention_replayer *r, const struct hit_inputs *in,
		      const uint8_t *key, struct arena *a, struct err *e)
{
	struct replay_setup setup = { &r->set, r->scratch, key, r->desk };
	struct replay is;

	if (replay_sets_find(&setup, &r->sets, &in->hit, e) ||
	    replay_hit(&is, &setup, in, a, e))
		return e->code;
	*(is.nr ? &out->differ : &out->identical) += 1;
	return 0;
}

int retention_replay_day(struct retention_replay *out, int32_t day, void *arg,
			 struct err *e)
{
	struct retention_replayer *r = arg;
	struct replay_filter f = { .flight = INT64_MIN,
				   .id = INT64_MIN,
				   .day = day,
				   .last_day = day,
				   .limit = PAGE };
	struct arena page = { 0 }, one = { 0 };
	int64_t until = now_s() + r->seconds;
	struct hit_inputs *in = NULL;
	const uint8_t *key = NULL;
	uint32_t nr = PAGE;

	*out = (struct retention_replay){ .done = true };
	if (key_folder_day(r->keys, date_from_days(day), DAY_KEY_IF_ANY, &key,
			   e))
		return e->code;
	while (nr == PAGE && !e->code) {
		arena_clear(&page);
		if (query_replay(&in, &nr, r->pg, &f, &page, e) ||
		    (nr && prepare(r, e)))
			break;
		for (uint32_t i = 0; i < nr && !e->code; i++) {
			arena_clear(&one);
			if (!key || now_s() >= until)
				out->unreached++;
			else
				(void)!replay_one(out, r, &in[i], key, &one, e);
			f.flight = in[i].hit.flight_id;
			f.id = in[i].hit.hit_id;
		}
	}
	arena_release(&one);
	arena_release(&page);
	return e->code;
}
