/*
 * format.h - a profile's file in its one form
 *
 * Order of keys, indents, quotes and the way conditions are written are given;
 * what the file says stays, and so do its comments. Formatting twice is
 * formatting once. A file need not pass the check for that, but it has to be
 * YAML whose conditions parse: else a fault says where it does not.
 */
#ifndef RULES_FORMAT_H
#define RULES_FORMAT_H

#include "rules/fault.h"

/*
 * Append the canonical form of `text` to `out`. Returns 0, or the code of a
 * fault; the faults live in faults->arena, which has to be set.
 */
MUST_CHECK int profile_format(struct buf *out, struct str text,
			      struct faults *faults);

#endif
