/*
 * log.h - one line for each event
 *
 *	struct log_line l;
 *	log_begin(&l, LEVEL_INFO, "batch-stored");
 *	log_int(&l, "rows", 200);
 *	log_str(&l, "outcome", STR("committed"));
 *	log_end(&l);
 *
 * writes
 *
 *	2026-11-22T10:00:00.123Z info batch-stored rows=200 outcome=committed
 *
 * An event is a constant in kebab case. Keys are constants; a value with a
 * blank, quote, '=' or control character stands in quotes, C-escaped.
 *
 * NEVER log the value of a component: no name, document, contact, locator or
 * free text of a message, no row of the database. Ids, counts, hashes,
 * positions, codes and our own sentences only. err texts are fit to be logged.
 *
 * A line longer than LOG_LINE bytes is cut and ends in " cut=1".
 * Threads: a line belongs to one; lines of several do not mix, since each is
 * written by one call. log_open() and log_level() before threads start.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"
#include "base/str.h"

enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR };

enum { LOG_LINE = 2048 };

struct log_line {
	char text[LOG_LINE];
	size_t len;
	bool on; /* its level is logged */
	bool cut;
};

/*
 * Append to a file from now on, made with mode 0600; NULL: standard error.
 * Returns 0 or ERR_IO. Called again with the same path it opens a new file:
 * so after rotation.
 */
MUST_CHECK int log_open(const char *path, struct err *e);

/* Drop what is below `level`; LEVEL_INFO at first. */
void log_level(enum log_level level);

/* "debug", "info", "warning", "error" -> level. False: none of them. */
MUST_CHECK bool log_level_read(struct str word, enum log_level *out);

/* Start a line. */
void log_begin(struct log_line *l, enum log_level level, const char *event);
/* Add key=value; an absent text adds nothing. */
void log_str(struct log_line *l, const char *key, struct str v);
void log_z(struct log_line *l, const char *key, const char *v);
void log_int(struct log_line *l, const char *key, int64_t v);
/* An id or hash part as 16 hexadecimal digits. */
void log_id(struct log_line *l, const char *key, int64_t v);
/* Write it. */
void log_end(struct log_line *l);

/* An event with an error: its text, and its byte where that says anything. */
void log_err(const char *event, const struct err *e);

#endif
