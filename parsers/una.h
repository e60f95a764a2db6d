/*
 * una.h - where an interchange begins, and with which service characters
 *
 * An interchange stands anywhere in a payload: behind a Type B heading, the
 * lines of a mail, a byte order mark, another interchange. It begins at its
 * UNB, or at the UNA before it. A UNA is obeyed when it is sound; else the
 * characters are read off UNB itself and off what stands before the first
 * UNG or UNH.
 */
#ifndef PARSERS_UNA_H
#define PARSERS_UNA_H

#include "parsers/claims.h"
#include "parsers/edifact.h"

struct edi_start {
	size_t una; /* of the UNA; == unb when there is none */
	size_t unb;
	struct edi_syntax syntax;
	bool damaged; /* there is a UNA, but it cannot be right */
};

/* Find the first interchange at or behind byte `from`; false: none. */
MUST_CHECK bool edi_find_start(struct str in, size_t from,
			       struct edi_start *out);

/*
 * Claim what it was that service characters were judged by: without a header
 * that stands in a text, say, they would be others in the archive copy. Tags
 * and separators, a few bytes each, never what stands between them.
 */
void edi_claim_start(struct claims *c, struct str in,
		     const struct edi_start *start);

#endif
