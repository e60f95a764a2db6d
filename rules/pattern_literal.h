/*
 * pattern_literal.h - bytes without which a pattern cannot match
 *
 * `matches /^OO[0-9]+-ABC$/` needs "-ABC" in the text. A prefilter only:
 * what is hard to read (alternatives, flags) gives nothing.
 */
#ifndef RULES_PATTERN_LITERAL_H
#define RULES_PATTERN_LITERAL_H

#include "base/str.h"

/*
 * The longest run of plain characters that every match of a pattern (as
 * written: "/ab+c/", "/ab/i") holds; absent when none is certain. A view.
 */
struct str pattern_literal(struct str pattern);

#endif
