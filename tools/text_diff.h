/*
 * text_diff.h - two texts, line by line
 */
#ifndef TOOLS_TEXT_DIFF_H
#define TOOLS_TEXT_DIFF_H

#include "base/arena.h"
#include "base/buf.h"

enum { TEXT_DIFF_LINES = 4000 }; /* of each text; more: all is another */

/*
 * Append all lines of both: "  " what they have in common, "- " what only the
 * first has, "+ " what only the second. Returns how many lines differ.
 */
int64_t text_diff(struct buf *out, struct str x, struct str y, struct arena *a);

#endif
