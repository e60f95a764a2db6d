/*
 * registry.h - what commands on the registry of profiles work with
 */
#ifndef TOOLS_REGISTRY_H
#define TOOLS_REGISTRY_H

#include "engine/edition_make.h"
#include "rules/offences.h"
#include "rules/profile_set.h"

struct registry {
	struct arena arena;
	struct config config;
	struct screen_set base; /* reference tables; no profiles, no list */
	struct pg *pg;
	struct approvers *approvers;
	struct offences *offences;
	struct named_lists *lists; /* of screen.lists */
	struct regex *regexes;
	struct edition_source source; /* made of the above */
};

/*
 * Settings, database, registers; release it in any case. Returns 0 or an error
 * with its sentence.
 */
MUST_CHECK int registry_open(struct registry *r, const char *config_file,
			     const char *database, struct err *e);
void registry_release(struct registry *r);

/*
 * Find "NAME" (its newest revision) or "NAME@4". Returns 0, or ERR_USAGE when
 * it was never committed.
 */
MUST_CHECK int registry_find(struct profile_revision *out, struct registry *r,
			     const char *name, struct err *e);

/* Read a revision's text. Returns 0 or its first fault. */
MUST_CHECK int registry_parse(struct profile **out, struct registry *r,
			      const struct profile_revision *rev,
			      struct err *e);

/*
 * Make a revision live, or put it in shadow, as a new version: what the law
 * asks for is there, or ERR_LEGAL says what is missing. Returns 0 or as
 * edition_change().
 */
MUST_CHECK int registry_activate(int64_t *version, struct registry *r,
				 const struct profile_revision *rev,
				 bool shadow, struct err *e);

/*
 * Wait at most so many seconds until all running engines have taken a version
 * up, and print from where on it holds. Returns 0, or ERR_IO when some have
 * not.
 */
MUST_CHECK int registry_wait(struct registry *r, int64_t version,
			     int64_t seconds, struct err *e);

#endif
