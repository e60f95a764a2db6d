/*
 * replay_sets.h - the profile sets that hits were made with
 *
 * A hit has the hash of its set; the registry has the texts. Those used last
 * are kept, so that a range of hits loads each set about once.
 */
#ifndef TOOLS_REPLAY_SETS_H
#define TOOLS_REPLAY_SETS_H

#include "engine/edition.h"
#include "engine/replay.h"

enum { REPLAY_SETS = 4 };

struct replay_sets {
	struct edition_source source; /* borrowed members */
	struct replay_set {
		struct edition *edition;
		struct screen_scratch *scratch;
		uint8_t hash[CRYPT_HASH_LEN];
	} set[REPLAY_SETS];
	unsigned turn; /* whose place is taken next */
};

/*
 * Set and scratch for a hit: those of the registry that have its hash. Leaves
 * `out` as it is when the registry has none, or none that can be loaded now:
 * what is replayed then says that it is another. Returns 0 or as pg_run().
 */
MUST_CHECK int replay_sets_find(struct replay_setup *out, struct replay_sets *s,
				const struct hit_row *h, struct err *e);
void replay_sets_release(struct replay_sets *s);

#endif
