/*
 * replay_session.h - all that working hits out again takes
 *
 *	replay_session_settings(&s, &at, &e);	the settings alone
 *	...					who asks, and for what
 *	replay_session_open(&s, &at, &e);
 *	replay_session_hit(&r, &s, &inputs, &arena, &e);
 *	replay_session_close(&s);
 *
 * Threads: one.
 */
#ifndef TOOLS_REPLAY_SESSION_H
#define TOOLS_REPLAY_SESSION_H

#include "engine/replay_desk.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "tools/replay_sets.h"

/* Where things are; NULL: as the settings say. */
struct replay_where {
	const char *config_file, *database, *engine_key, *key_folder;
};

struct replay_session {
	struct config config;
	struct arena arena; /* of the settings */
	struct pg *pg;
	struct key_pair *pair;
	struct key_folder *keys;
	struct screen_set set; /* of the settings */
	struct screen_scratch *scratch;
	struct replay_sets sets;
	struct replay_desk desk;
	bool current; /* the settings' profiles, not those on record */
};

/* Read the settings of a zeroed session. Returns 0 or as tool_settings(). */
MUST_CHECK int replay_session_settings(struct replay_session *s,
				       const struct replay_where *at,
				       struct err *e);

/* Open keys, profiles, lists and database. Returns 0, or what is not there. */
MUST_CHECK int replay_session_open(struct replay_session *s,
				   const struct replay_where *at,
				   struct err *e);

/*
 * Replay a hit with the profiles it was made with, if the registry has them.
 * setup->set is what it was screened with. Returns 0; ERR_LEGAL when the day is
 * masked; or as replay_sets_find() and replay_hit().
 */
MUST_CHECK int replay_session_hit(struct replay *out,
				  struct replay_setup *setup,
				  struct replay_session *s,
				  const struct hit_inputs *in, struct arena *a,
				  struct err *e);

/* Release it; a zeroed one is fine. */
void replay_session_close(struct replay_session *s);

#endif
