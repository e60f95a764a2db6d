/*
 * gen_spell.h - the ways a listed person comes into a booking
 *
 * The ways that a watchlist promises to find, and the namesakes it promises
 * to spare: one row each. Lifetime: in the arena given.
 */
#ifndef TOOLS_GEN_SPELL_H
#define TOOLS_GEN_SPELL_H

#include "tools/gen_wanted.h"

struct gen_spelling {
	const char *how; /* "one edit": stands in the truth file */
	bool hits;	 /* the entry must be found; or must not */
	/*
	 * Fill `id` with the entry in this spelling. False: the entry has
	 * nothing to spell that way, choose another.
	 */
	bool (*spell)(struct gen_identity *id, const struct gen_entry *en,
		      struct arena *a, struct rng *r);
};

extern const struct gen_spelling gen_spellings[];
extern const int gen_spellings_nr;

#endif
