/*
 * hits_open.h - from a hit's sealed rows to their JSON, and back
 */
#ifndef TOOLS_HITS_OPEN_H
#define TOOLS_HITS_OPEN_H

#include "base/buf.h"
#include "db/row.h"

/* Where the keys are. */
struct hits_keys {
	const char *engine_key; /* file of the engine's secret half */
	const char *folder;	/* of the day keys */
};

/*
 * Append the evidence, canonical JSON, to `plain`. Returns 0, ERR_LEGAL when
 * its day is masked, or as key_pair_load(), key_folder_day() and
 * crypt_open_row() say.
 */
MUST_CHECK int hits_open(struct buf *plain, const struct hits_keys *keys,
			 const struct evidence_row *evidence, struct err *e);

/* Append a reviewer's words, JSON as he gave them. Likewise. */
MUST_CHECK int hits_open_words(struct buf *plain, const struct hits_keys *keys,
			       const struct review_row *review, struct err *e);

/* Append what a correction says, JSON. Likewise. */
MUST_CHECK int hits_open_addendum(struct buf *plain,
				  const struct hits_keys *keys,
				  const struct addendum_row *addendum,
				  struct err *e);

/* Append the same words sealed, for the step `review_id` of that day. */
MUST_CHECK int hits_seal_words(struct buf *sealed, const struct hits_keys *keys,
			       int32_t clock_day, int64_t review_id,
			       struct str words, struct err *e);

#endif
