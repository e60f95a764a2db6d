/*
 * lex.h - an expression's text as tokens
 *
 *	any(booking.payments, form == "CA")
 *
 * Words are letters, digits, `_` and `.`; a number may be followed by s, m,
 * h, d or w and is a duration then; 2026-01-01 is a date. Positions are bytes
 * of the expression from 0. No allocation: tokens are views.
 */
#ifndef RULES_LEX_H
#define RULES_LEX_H

#include "base/err.h"
#include "base/str.h"

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,	/* any, booking.lead_time, CA, 1A */
	TOKEN_NUMBER,	/* 48, 2.5: up to three decimals */
	TOKEN_DURATION, /* 48h */
	TOKEN_DATE,	/* 2026-01-01 */
	TOKEN_TIME,	/* 2026-01-01T10:00, UTC */
	TOKEN_STRING,	/* "..." or '...', quotes included in text */
	TOKEN_REGEX,	/* /.../ or /.../i, as written */
	TOKEN_SYMBOL,	/* ( ) [ ] , == != < <= > >= + - * and / */
};

struct token {
	enum token_kind kind;
	struct str text;
	size_t pos;
};

struct lexer {
	struct str in;
	size_t pos;
};

/*
 * Read the next token. Returns 0, also at the end (TOKEN_END), or ERR_SYNTAX
 * at the offending byte.
 */
MUST_CHECK int lex_next(struct lexer *l, struct token *t, struct err *e);

/* The same where the grammar wants a regular expression: /.../ */
MUST_CHECK int lex_regex(struct lexer *l, struct token *t, struct err *e);

#endif
