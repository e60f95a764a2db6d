/*
 * parse_state.h - what the two halves of the parser share
 *
 * Used by parse.c (operators) and parse_operand.c (tokens and leaves) only.
 * Functions that return int give 0 or the code stored in p->e.
 */
#ifndef RULES_PARSE_STATE_H
#define RULES_PARSE_STATE_H

#include "rules/expr.h"
#include "rules/lex.h"

struct parser {
	struct lexer lexer;
	struct token now; /* the token to look at */
	struct arena *arena;
	struct regex **regexes; /* NULL where no pattern may stand */
	struct err *e;
	int depth;
};

/* Read the next token into p->now. */
int parse_advance(struct parser *p);
/* Is the token to look at this word or symbol? */
bool parse_at(const struct parser *p, const char *text);
/* Is it the beginning of a literal that is no bare word? */
bool parse_at_literal(const struct parser *p);
/* An error: something else than `what` stands here. */
int parse_expected(struct parser *p, const char *what);
/* Go on if `symbol` stands here; else an error that wants `what`. */
int parse_take(struct parser *p, const char *symbol, const char *what);

/* A new node that begins at byte `pos`. */
struct expr *parse_node(struct parser *p, enum expr_kind kind, size_t pos);
/* It ends before the token to look at. */
void parse_finish(struct parser *p, struct expr *n);

/* 48h, "text", CA, 500 EUR: its text only. */
int parse_literal(struct parser *p, struct expr **out);
/* [A, B, C] */
int parse_list(struct parser *p, struct expr **out);
/* A literal, a name, a call or something in parentheses. */
int parse_primary(struct parser *p, struct expr **out);
/* A whole condition: the top of the grammar. */
int parse_or(struct parser *p, struct expr **out);

#endif
