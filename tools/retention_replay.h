/*
 * retention_replay.h - a day's hits worked out again before it is masked
 */
#ifndef TOOLS_RETENTION_REPLAY_H
#define TOOLS_RETENTION_REPLAY_H

#include "db/retention.h"
#include "engine/config.h"
#include "law/keyfolder.h"
#include "tools/replay_sets.h"

/*
 * What it takes, made when the first day with hits is asked for; the first
 * members are the caller's, borrowed. Release in any case.
 */
struct retention_replayer {
	const struct config *config;
	struct pg *pg;
	struct key_folder *keys;
	int64_t seconds; /* for one day */
	bool loaded;
	struct screen_set set;
	struct screen_scratch *scratch;
	struct replay_sets sets;
	struct replay_desk *desk;
};

/*
 * Replay a day's hits until the time is up; `arg` is the replayer. Returns 0,
 * or what keeps it: settings, keys, the database.
 */
MUST_CHECK int retention_replay_day(struct retention_replay *out, int32_t day,
				    void *arg, struct err *e);
void retention_replayer_release(struct retention_replayer *r);

#endif
