#include "tools/replay_session.h"

#include "tools/database.h"
#include "tools/opt.h"

int replay_session_settings(struct replay_session *s,
			    const struct replay_where *at, struct err *e)
{
	return tool_settings(&s->config, at->config_file, at->database,
			     &s->arena, e);
}

int replay_session_open(struct replay_session *s, const struct replay_where *at,
			struct err *e)
{
	struct config *c = &s->config;
	const char *key = at->engine_key ? at->engine_key : c->engine_key;
	const char *folder = at->key_folder ? at->key_folder : c->key_folder;

	if (crypt_init(e) || screen_set_load(&s->set, c, e) ||
	    screen_scratch_new(&s->scratch, &s->set, e) ||
	    key_pair_load(&s->pair, key, e) ||
	    key_folder_open(&s->keys, folder, s->pair, e) ||
	    database_open_checked(&s->pg, c, e))
		return e->code;
	s->sets.source = (struct edition_source){ c, &s->set, s->pg, NULL };
	return 0;
}

int replay_session_hit(struct replay *out, struct replay_setup *setup,
		       struct replay_session *s, const struct hit_inputs *in,
		       struct arena *a, struct err *e)
{
	*setup = (struct replay_setup){ &s->set, s->scratch, NULL, &s->desk };
	if (key_folder_day(s->keys, date_from_days(in->hit.clock_day),
			   DAY_KEY_OPEN, &setup->day_key, e))
		return e->code;
	if (!s->current && replay_sets_find(setup, &s->sets, &in->hit, e))
		return e->code;
	return replay_hit(out, setup, in, a, e);
}

void replay_session_close(struct replay_session *s)
{
	replay_sets_release(&s->sets);
	pg_close(s->pg);
	key_folder_free(s->keys);
	key_pair_free(s->pair);
	screen_scratch_free(s->scratch);
	replay_desk_release(&s->desk);
	screen_set_release(&s->set);
	arena_release(&s->arena);
}
