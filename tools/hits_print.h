/*
 * hits_print.h - a hit's evidence, for people
 */
#ifndef TOOLS_HITS_PRINT_H
#define TOOLS_HITS_PRINT_H

#include "base/buf.h"
#include "base/json.h"

/*
 * Append evidence as a page. A profile hit: the clauses against and for, their
 * outcome and the values that met them. A list hit: the traveller beside the
 * person sought. What has no place in these is named at the end, so that
 * nothing is hidden. Control characters, which a terminal would obey, become
 * '?'.
 */
void hits_print_evidence(struct buf *out, const struct json_node *evidence);

#endif
