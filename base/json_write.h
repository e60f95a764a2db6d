/*
 * json_write.h - writes JSON into a buf, in the order of the calls
 *
 *	struct json j;
 *	json_init(&j, &buf);
 *	json_open(&j, NULL, '{');
 *	json_str(&j, "surname", STR("DOE"));
 *	json_open(&j, "legs", '[');
 *	json_int(&j, NULL, 3);
 *	json_close(&j, ']');
 *	json_close(&j, '}');		{"surname":"DOE","legs":[3]}
 *
 * Same calls, same bytes: evidence and hashes rest on it. `key` is NULL
 * inside arrays. Bytes that are not UTF-8 are taken for ISO 8859-1, so the
 * output is always valid. Failures stick in the buf. No allocation of its own.
 */
#ifndef BASE_JSON_WRITE_H
#define BASE_JSON_WRITE_H

#include "base/buf.h"
#include "base/date.h"

struct json {
	struct buf *out;
	bool first; /* nothing yet in the innermost object or array */
};

/* Start writing at the end of `out` (borrowed). */
void json_init(struct json *j, struct buf *out);
/* Open an object '{' or an array '['. */
void json_open(struct json *j, const char *key, char bracket);
/* Close it: '}' or ']'. */
void json_close(struct json *j, char bracket);
/* A text; an absent view writes null. */
void json_str(struct json *j, const char *key, struct str v);
/* A C string; NULL writes null. */
void json_z(struct json *j, const char *key, const char *v);
/* An integer. */
void json_int(struct json *j, const char *key, int64_t v);
/* A number in thousandths, written shortest: 2500 gives 2.5. */
void json_milli(struct json *j, const char *key, int64_t v);
/* true or false. */
void json_bool(struct json *j, const char *key, bool v);
/* null. */
void json_null(struct json *j, const char *key);
/* A date or moment as text; absent writes null. */
void json_date(struct json *j, const char *key, struct date d);
void json_moment(struct json *j, const char *key, struct moment m, bool utc);
/* JSON text that is already there, byte for byte. */
void json_raw(struct json *j, const char *key, struct str text);

#endif
