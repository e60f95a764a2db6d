/*
 * row_json.h - a row of a table as a JSON object, and back
 *
 * Members are the columns of db/row.def in their order: days and moments as
 * text, bytes in hexadecimal, what is null as null. Same row, same bytes.
 */
#ifndef TOOLS_ROW_JSON_H
#define TOOLS_ROW_JSON_H

#include "base/json.h"
#include "base/json_write.h"
#include "db/row.h"

/* Write a row of table `id` as the member `key`. */
void row_json_write(struct json *j, const char *key, enum row_id id,
		    const void *row);

/*
 * Read it into the struct of table `id`; texts and bytes are in the arena.
 * False: a member is not there or not of its column's form.
 */
MUST_CHECK bool row_json_read(void *row, enum row_id id,
			      const struct json_node *n, struct arena *a);

/* Bytes in hexadecimal; absent writes null. And back. */
void row_json_bytes(struct json *j, const char *key, struct str bytes);
MUST_CHECK bool row_json_read_bytes(struct str *out, const struct json_node *n,
				    struct arena *a);

#endif
