/*
 * err.h - one error: a code, the byte where it stands, a sentence
 *
 * A function that can fail takes a `struct err *` as its last parameter and
 * returns 0 or more on success, or the (negative) code it stored there. The
 * first error wins: storing a second one over it keeps the first.
 * A struct err owns nothing: put it on the stack as `struct err e = { 0 }`.
 *
 * Texts: lower case, what is wrong first, the subject in single quotes, no
 * full stop, and the remedy where there is one. No traveller's data.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/cc.h"

#include <stddef.h>

enum err_code {
	ERR_NONE = 0,
	ERR_SYNTAX = -1,    /* the bytes do not follow the grammar */
	ERR_VALUE = -2,	    /* well formed, but not an allowed value */
	ERR_LIMIT = -3,	    /* longer, deeper or more than we accept */
	ERR_IO = -4,	    /* file, socket or broker; worth a retry */
	ERR_DB = -5,	    /* PostgreSQL said no; text holds the SQLSTATE */
	ERR_NOMEM = -6,	    /* out of memory */
	ERR_LEGAL = -7,	    /* refused by law; text names the article */
	ERR_INTEGRITY = -8, /* stored state contradicts itself or the broker */
	ERR_USAGE = -9,	    /* the command line or a setting is wrong */
	ERR_FENCED = -10,   /* another worker was faster; load and try again */
};

struct err {
	enum err_code code;
	size_t pos; /* byte offset into the input, from 0 */
	char text[500];
};

/* Store an error at byte `pos`; returns `code`, so: return err_at(e, ...). */
int err_at(struct err *e, enum err_code code, size_t pos, const char *fmt, ...)
	PRINTF(4, 5);

/* Put "<context>: " before the text already there; returns e->code. */
int err_wrap(struct err *e, const char *fmt, ...) PRINTF(2, 3);

/* The exit code of design section 9 (2, 3, 4, 5, 70, 75) for an error. */
int err_exit_code(const struct err *e);

#endif
