/*
 * stream.h - what a worker reads, and what becomes of a message
 *
 * Airlines' messages and control messages take the same path: a topic, a
 * group of consumers, offsets in the database that move with the rows.
 */
#ifndef ENGINE_STREAM_H
#define ENGINE_STREAM_H

#include "engine/batch.h"

struct stream {
	const char *name;  /* of its workers, for the database's list */
	const char *topic; /* as the broker knows it */
	const char *group;
	/* a drain ends when it is read; its messages are counted */
	bool of_airlines;
	/* as batch_add() */
	int (*add)(struct batch *b, const char *cluster,
		   const struct source_message *m, struct err *e);
};

/*
 * Set engine->raw and, if there is a topic for it, engine->control: another
 * group, and offsets of its own. They live in the engine's arena.
 */
void streams_make(struct engine *en);

#endif
