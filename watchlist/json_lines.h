/*
 * json_lines.h - a file with a JSON object on each line
 *
 * Threads: none of its own.
 */
#ifndef WATCHLIST_JSON_LINES_H
#define WATCHLIST_JSON_LINES_H

#include "base/err.h"
#include "base/json.h"

/* Bytes of one line; a longer one is no row. */
enum { JSON_LINE = 1 << 20 };

/* One object, which lives until the call returns; `line` from 1. */
typedef int json_line_handler(void *ctx, size_t line, const struct json_node *n,
			      struct err *e);

/* A line that is no object, or that the handler failed on. */
typedef void json_bad_line(void *ctx, size_t line, const struct err *e);

/*
 * Hand over each line of `text`; empty ones are passed over. What is no JSON
 * object, and what `handler` fails on, goes to `bad`, and reading goes on.
 * Texts of `e` quote nothing of the line. Returns how many objects were
 * handed over without failing.
 */
uint32_t json_lines_read(struct str text, json_line_handler *handler,
			 json_bad_line *bad, void *ctx);

#endif
