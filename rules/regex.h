/*
 * regex.h - regular expressions for profiles: PCRE2, on a leash
 *
 * One function matches, for every evaluator. Look-around, back-references,
 * callouts, conditions and recursion are refused when a profile is loaded.
 * Matching has a limit of work; reaching it is "unknown" and counted, never a
 * match and never a long wait. Patterns are ASCII; texts are read as UTF-8,
 * bytes that are not UTF-8 match nothing but their neighbours do.
 *
 * Lifetime: a regex hangs in a list that its owner frees. Threads: compiled
 * ones are shared and read-only; a scratch belongs to one thread.
 */
#ifndef RULES_REGEX_H
#define RULES_REGEX_H

#include "base/err.h"
#include "base/str.h"
#include "rules/tri.h"

struct regex;
struct regex_scratch;

/*
 * Compile and put it at the front of *list. Returns 0, ERR_SYNTAX with e->pos
 * a byte of the pattern, or ERR_VALUE for what we refuse.
 */
MUST_CHECK int regex_compile(struct regex **list, struct str pattern,
			     bool ignore_case, struct err *e);

/* Free a whole list; NULL is fine. */
void regex_free_list(struct regex *list);

/* What matching needs; one per thread. Returns 0 or ERR_NOMEM. */
MUST_CHECK int regex_scratch_new(struct regex_scratch **out, struct err *e);
void regex_scratch_free(struct regex_scratch *s);

/* Does the pattern match anywhere in `text`? No allocation. */
enum tri regex_match(const struct regex *re, struct regex_scratch *s,
		     struct str text);

/* How often a limit was reached since the scratch was made. */
uint64_t regex_limits_reached(const struct regex_scratch *s);

#endif
