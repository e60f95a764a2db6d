/*
 * subject.h - the traveller as screening sees him
 *
 * Parses the slices a linked traveller stands in and puts the booking's view
 * and the API view of the person together. Replay, stream and files build
 * subjects from archive bytes alone, so they see the same.
 */
#ifndef ENGINE_SUBJECT_H
#define ENGINE_SUBJECT_H

#include "engine/archive.h"
#include "engine/link.h"

/* Where one side of a person stands; header.ptr NULL: no such side. */
struct subject_side {
	struct str header, slice;
	uint32_t index; /* of the traveller in the slice */
	const uint8_t *header_hash, *slice_hash; /* NULL: not known */
};

/* The side that a sighting is, whose bytes are borrowed; NULL: no such side. */
struct subject_side subject_side_of(const struct sighting *x);

/*
 * Build a subject from its sides (at least one). All in the arena; the sides'
 * bytes are borrowed. `cache` is of the same arena, or NULL. Returns 0 or ERR_INTEGRITY when a slice does not hold
 * the traveller it should.
 */
MUST_CHECK int
subject_build(struct subject *out, const struct subject_side *pnr,
	      const struct subject_side *api, struct moment screened_at,
	      struct archive_cache *cache, struct arena *a, struct err *e);

/*
 * Put two views of one person together: API data (item 18 of Annex I) come
 * from the API side, all else from the booking; what one side does not state
 * comes from the other; documents, names, contacts of both are joined.
 */
void traveller_merge(struct traveller *out, const struct traveller *pnr,
		     const struct traveller *api, struct arena *a);

#endif
