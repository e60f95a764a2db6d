/*
 * explain_print.h - an explanation for people, or as JSON
 *
 * Holds what the message says of the person. Threads: one.
 */
#ifndef TOOLS_EXPLAIN_PRINT_H
#define TOOLS_EXPLAIN_PRINT_H

#include "rules/change.h"
#include "tools/explain_source.h"

/* What spans of one side count: header and slice joined. */
struct explained_side {
	struct str bytes; /* absent: there is no such side */
	size_t header_len;
};

struct explanation {
	const char *message; /* the file's name; NULL: a stored hit */
	uint32_t traveller;  /* as counted in it */
	const char *hit;     /* the stored hit's name */
	bool identical;	     /* it is as it is stored */
	const struct reasons *reasons;
	const struct change_set *change;
	const struct value_source *source; /* one for each value */
	struct explained_side pnr, api;
};

/*
 * All that there is to say of `in`, in the arena: the caller adds of whom.
 * Returns 0 or as source_reasons().
 */
MUST_CHECK int explain(struct explanation *out, const struct source_input *in,
		       struct arena *a, struct err *e);

/* The bytes of a place, their number from 0 in header or slice, and which. */
struct explained_place {
	struct str text;
	size_t byte;
	bool is_header;
};

/* Where a span of `x` stands. */
struct explained_place explain_place(const struct explanation *x,
				     const struct source_span *at);

/* Append in lines. */
void explain_write_text(struct buf *b, const struct explanation *x);

/* Append one JSON object and a line break. */
void explain_write_json(struct buf *b, const struct explanation *x);

#endif
