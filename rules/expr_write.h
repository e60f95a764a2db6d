/*
 * expr_write.h - an expression's tree as text again, in its one form
 *
 *	'any( x,form=="CA" )'  ->  any(x, form == "CA")
 *
 * Takes trees before and after the check. Parentheses stand where the grammar
 * needs them and nowhere else, so that the text parses to the same tree.
 */
#ifndef RULES_EXPR_WRITE_H
#define RULES_EXPR_WRITE_H

#include "base/buf.h"
#include "rules/expr.h"

/* Append `n` on one line. */
void expr_write(struct buf *out, const struct expr *n);

/*
 * The same in several lines: each side of the topmost `and`s or `or`s begins
 * one, `indent` blanks in front of all but the first.
 */
void expr_write_lines(struct buf *out, const struct expr *n, int indent);

/* "==", "<=", ...: how a comparison is written. */
const char *compare_op_text(enum compare_op op);

#endif
