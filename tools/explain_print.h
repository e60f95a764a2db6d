/*
 * explain_print.h - an explanation for people, or as JSON
 *
 * Holds what the message says of the person. Threads: one.
 */
#ifndef TOOLS_EXPLAIN_PRINT_H
#define TOOLS_EXPLAIN_PRINT_H

#include "rules/change.h"
#include "tools/explain_source.h"

struct explanation {
	const char *message; /* the file's name */
	uint32_t traveller;  /* as counted in it */
	const struct reasons *reasons;
	const struct change_set *change;
	const struct value_source *source; /* one for each value */
	struct str bytes;		   /* what the sources' spans count */
	size_t header_len;		   /* of them */
};

/* Append in lines. */
void explain_write_text(struct buf *b, const struct explanation *x);

/* Append one JSON object and a line break. */
void explain_write_json(struct buf *b, const struct explanation *x);

#endif
