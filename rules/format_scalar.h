/*
 * format_scalar.h - one value in YAML's spelling
 *
 * Used by format.c only.
 */
#ifndef RULES_FORMAT_SCALAR_H
#define RULES_FORMAT_SCALAR_H

#include "base/buf.h"

/* As it is where YAML allows it, else between double quotes. */
void format_plain(struct buf *out, struct str s, bool in_flow);

/* Between double quotes. */
void format_quoted(struct buf *out, struct str s);

/* Between single quotes where that can be, else between double ones. */
void format_single(struct buf *out, struct str s);

/* No character that only double quotes can hold? */
bool format_is_printable(struct str s);

#endif
