/*
 * screen_files.h - the stream's work on files, in memory
 *
 * The same intake, scope, linking and screening as a worker's, without broker
 * and database: files in, the hits that stand at the end out. A file has no
 * broker's timestamp; the time a message was prepared stands in for it.
 *
 *	screen_files_init(&sf, &set, scope, limits);
 *	for each file: screen_files_add(&sf, bytes, &arena, tell, arg, &e);
 *	screen_files_finish(&sf, print, arg, &e);
 *	screen_files_release(&sf);
 *
 * Threads: one.
 */
#ifndef ENGINE_SCREEN_FILES_H
#define ENGINE_SCREEN_FILES_H

#include "engine/intake.h"
#include "engine/link.h"
#include "engine/screen.h"
#include "law/scope.h"

struct screen_files {
	const struct screen_set *set; /* borrowed */
	const struct scope *scope;    /* borrowed */
	struct parse_limits limits;
	struct flight_state *flight; /* one of each flight seen */
	uint32_t nr, cap;
	struct moment newest; /* message: when screening takes place */
	int64_t messages, travellers, out_of_scope, unreadable;
};

/* Nothing read yet. */
void screen_files_init(struct screen_files *sf, const struct screen_set *set,
		       const struct scope *scope, struct parse_limits limits);
/* Free all states; a zeroed struct is fine. */
void screen_files_release(struct screen_files *sf);

/*
 * Add one file's bytes. `unreadable` is called for each message, or for the
 * whole file, that cannot be used, and may be NULL. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int screen_files_add(struct screen_files *sf, struct str bytes,
				void (*unreadable)(const struct err *e,
						   void *arg),
				void *arg, struct err *e);

/* One hit, as it stands when all files have been read. */
struct file_hit {
	const struct flight_state *flight;
	const struct linked *linked;
	const struct subject *subject;
	const struct hit *hit;
	int64_t id; /* as in the database */
};

/*
 * Screen everybody and hand each hit to `print`, flights in the order of
 * their keys. Returns the number of hits or ERR_INTEGRITY.
 */
MUST_CHECK int64_t screen_files_finish(struct screen_files *sf,
				       void (*print)(const struct file_hit *h,
						     void *arg),
				       void *arg, struct err *e);

#endif
