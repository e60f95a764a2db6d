/*
 * hits_print.h - a hit's evidence, for people
 */
#ifndef TOOLS_HITS_PRINT_H
#define TOOLS_HITS_PRINT_H

#include "base/buf.h"
#include "base/json.h"

/*
 * Append evidence as indented lines: clauses with outcome, points, reason and
 * the values that met them; "traveller" and "entry" side by side; every other
 * member by its name, so that nothing is hidden. Control characters, which a
 * terminal would obey, become '?'.
 */
void hits_print_evidence(struct buf *out, const struct json_node *evidence);

/* Append a text of others with such characters replaced. */
void hits_print_text(struct buf *out, struct str s);

#endif
