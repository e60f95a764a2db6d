/*
 * peer_profiles.h - profiles that other engines can express, too
 *
 * Comparisons and sets only, all incriminating clauses needed and no
 * exonerating one true, so that a hit is an `and`. A profile's YAML and its
 * expression in the language of the crate a-tree come from the same rows.
 * Same number, same texts.
 */
#ifndef TOOLS_PEER_PROFILES_H
#define TOOLS_PEER_PROFILES_H

#include "base/arena.h"
#include "base/buf.h"
#include "rules/profile_set.h"

/*
 * Make `nr` profiles in the arena, to be given to profile_set_read(), and
 * append their expressions to `expressions`, one a line.
 */
const struct profile_text *
peer_profiles_make(uint32_t nr, struct buf *expressions, struct arena *a);

/*
 * A value that they read. In expressions a text is called `name`, a number
 * NAME_low and NAME_high: it may be known in part only (a day, not the hour),
 * and the end that decides is taken.
 */
struct peer_value {
	const char *name;
	bool is_text;
	struct str condition; /* an expression whose first side it is */
};

/* All of them, in the arena; *nr gets how many. */
const struct peer_value *peer_values(uint32_t *nr, struct arena *a);

#endif
