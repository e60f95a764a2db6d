/*
 * hits_open.h - from a hit's sealed evidence to its JSON
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

#endif
