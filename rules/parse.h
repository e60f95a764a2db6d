/*
 * parse.h - text -> tree, by recursive descent
 *
 * The grammar stands in doc/profiles.md. Names are not looked up here:
 * check.h does that.
 */
#ifndef RULES_PARSE_H
#define RULES_PARSE_H

#include "rules/expr.h"

/*
 * Parse a whole expression. `text` must live as long as the tree; patterns
 * are compiled into *regexes (freed by the caller). Returns 0, or ERR_SYNTAX,
 * ERR_VALUE, ERR_LIMIT with e->pos a byte of the text.
 */
MUST_CHECK int expr_parse(struct expr **out, struct arena *a,
			  struct regex **regexes, struct str text,
			  struct err *e);

/* A literal or a list of literals, for named constants. */
MUST_CHECK int expr_parse_constant(struct expr **out, struct arena *a,
				   struct str text, struct err *e);

#endif
