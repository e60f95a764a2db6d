/*
 * record_json.h - any record as JSON, by the field table
 *
 *	record_write_json(&j, NULL, "traveller", t);
 *
 * What is absent is left out, apart from the keys of design section 3, which
 * are null then. A list that the message could not know is absent (or null),
 * one without elements is []. Same record, same bytes.
 */
#ifndef PARSERS_RECORD_JSON_H
#define PARSERS_RECORD_JSON_H

#include "base/json_write.h"

/*
 * Write a record as an object; `record` is the name of its struct in
 * record.def, `key` NULL inside arrays. Failures stick in the buf.
 */
void record_write_json(struct json *j, const char *key, const char *record,
		       const void *r);

#endif
