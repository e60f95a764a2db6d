/*
 * hits_corrections.h - what is said to be right of a hit's traveller, beside
 * what the carrier sent
 */
#ifndef TOOLS_HITS_CORRECTIONS_H
#define TOOLS_HITS_CORRECTIONS_H

#include "base/json_write.h"
#include "db/subject.h"
#include "tools/hits_open.h"

/* A traveller's corrections, opened. In the arena. */
struct hits_corrections {
	const struct addendum_row *row;
	struct str *said; /* of each, JSON: field, was, is, reason */
	uint32_t nr;
};

/* Read and open them. Returns 0 or as subject_addenda(), hits_open(). */
MUST_CHECK int hits_corrections_read(struct hits_corrections *out,
				     struct pg *pg, const struct hit_row *h,
				     const struct hits_keys *keys,
				     struct arena *a, struct err *e);

/* Print them under a heading; nothing where there are none. */
void hits_corrections_print(struct buf *out, const struct hits_corrections *c);

/* Write them as the member "corrections". */
void hits_corrections_json(struct json *j, const struct hits_corrections *c);

#endif
