/*
 * canonical.h - an expression as bytes: equal bytes, equal in every evaluation
 *
 * Places in the text, spelling and blanks are left out; what evaluation reads
 * is in. The bytes hold addresses of tables: they mean something within this
 * process only.
 */
#ifndef RULES_CANONICAL_H
#define RULES_CANONICAL_H

#include "base/buf.h"
#include "rules/expr.h"

/* Append the bytes of a checked expression. */
void canonical_write(struct buf *out, const struct expr *n);

#endif
