/*
 * structure.h - claims on the structure of a segment, many bytes at a time
 */
#ifndef PARSERS_STRUCTURE_H
#define PARSERS_STRUCTURE_H

#include "parsers/walk.h"

/*
 * What walk_claim_structure() does, its plain twin: the segment at hand is
 * counted, and its tag, separators and terminator stay. Once for each
 * segment. False: nothing was done, for the segment is odd, may have a part
 * that is dirty, stands at the end of the payload, or the processor cannot.
 */
MUST_CHECK bool structure_claim(struct walk *w, const struct edi_reader *r);

#endif
