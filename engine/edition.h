/*
 * edition.h - a version of the profile set, ready to screen with
 *
 * The registry (db/profiles.h) has numbered versions of the set: which
 * profiles and lists, and what each of them is. An edition is one of them,
 * compiled. Drafts and profiles in shadow run, marked so; suspended and expired
 * ones do not run.
 *
 * A process has one current edition. A new one takes its place between two
 * batches of a worker; who still works with the old one keeps it alive.
 *
 *	rc = edition_load(&ed, &source, version, &e);
 *	...
 *	edition_drop(ed);
 *
 * Threads: an edition is read-only but for the count of its users.
 */
#ifndef ENGINE_EDITION_H
#define ENGINE_EDITION_H

#include "db/profiles.h"
#include "engine/screen.h"
#include "law/approver.h"

#include <pthread.h>
#include <stdatomic.h>

struct named_lists;

struct edition {
	struct screen_set set; /* but for profiles that of the base */
	int64_t version;
	uint32_t nr_live, nr_shadow, nr_resting; /* suspended or expired */
	_Atomic int users;
	struct profile_set *profiles; /* owned, as the lists */
	struct named_lists *lists;
	struct edition *next_worn;
};

/* What editions are made with; all borrowed. */
struct edition_source {
	const struct config *config;
	const struct screen_set *base; /* watchlist, reference; outlives them */
	struct pg *pg;
	const struct approvers *approvers; /* NULL: approvals are not asked */
};

/*
 * Load a version. Returns 0 and an edition with one user; ERR_INTEGRITY when
 * there is no such version, its hash is another than the recorded one (made
 * for another State, or by another program), or a live profile has no approval
 * that counts; a fault of a profile; or as pg_run().
 */
MUST_CHECK int edition_load(struct edition **out,
			    const struct edition_source *s, int64_t version,
			    struct err *e);

/* Compile items that are no version yet: one user, version as they say. */
MUST_CHECK int edition_build(struct edition **out,
			     const struct edition_source *s,
			     const struct profile_items *items, struct err *e);

/* One user more; one less, and the last one frees it. NULL is fine. */
struct edition *edition_use(struct edition *ed);
void edition_drop(struct edition *ed);

/* The current edition of a process. */
struct editions {
	pthread_mutex_t lock;
	struct edition *now;
	_Atomic int64_t version; /* of `now`: has it changed? */
	struct edition *worn;	 /* nobody's any more, to be freed */
};

/* The current edition, with one user more: drop it. */
struct edition *editions_now(struct editions *all);
/* Another one takes its place; `ed` is handed over, or NULL in the end. */
void editions_set(struct editions *all, struct edition *ed);
/*
 * As edition_drop(), but the last one leaves it to be freed: giving back the
 * memory of thousands of profiles would hold a worker up.
 */
void editions_leave(struct editions *all, struct edition *ed);
/* Free what was left; for a thread that has time. */
void editions_sweep(struct editions *all);

/* Log what it is: event, version, hash, how many profiles are what. */
void edition_tell(const struct edition *ed, const char *event);

/* The hash by which the registry knows a text; in the arena. */
struct str edition_text_hash(struct str content, struct arena *a);

/* Is a text approved by somebody else than its author? As approval_check(). */
MUST_CHECK int edition_is_approved(const struct edition_source *s,
				   struct str text_hash, struct str author,
				   struct str content, struct err *e);

#endif
