/*
 * check.h - names, types and the law, before anything runs
 *
 * After expr_check() an expression can only be true, false or unknown: no
 * error is left for evaluation.
 */
#ifndef RULES_CHECK_H
#define RULES_CHECK_H

#include "rules/named_list.h"

/* `long_stay: 21d` under constants: in a profile, or a line under let: */
struct constant {
	struct str name;
	bool is_definition;
	const struct expr *value; /* EXPR_LITERAL or EXPR_LIST; or a tree that
				   * has not been checked */
	struct constant *next;
};

struct check_rules {
	struct arena *arena;		  /* for what the check puts in */
	const struct constant *constants; /* may be NULL */
	const struct named_lists *lists;  /* may be NULL */
	const struct list_use **used;	  /* gets the lists named; or NULL */
	bool has_reason;  /* the clause says why it needs REASON fields */
	uint32_t *traits; /* gets the traits that are read; or NULL */
};

/*
 * Resolve names, give literals their types, insert conversions, refuse what
 * law or sense forbids. *root may be replaced. Returns 0, ERR_VALUE or
 * ERR_LEGAL with e->pos a byte of the expression.
 */
MUST_CHECK int expr_check(struct expr **root, const struct check_rules *rules,
			  struct err *e);

/*
 * The same for what stands under `let:`, a value or a condition, to show its
 * mistakes where they are. The tree is used up: parse it again for use.
 */
MUST_CHECK int expr_check_definition(struct expr *root,
				     const struct check_rules *rules,
				     struct err *e);

#endif
