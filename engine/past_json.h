/*
 * past_json.h - counts of earlier bookings as they stand in evidence
 *
 *	"past": {"days": 90, "same_phone": 3, "same_email": null, ...}
 */
#ifndef ENGINE_PAST_JSON_H
#define ENGINE_PAST_JSON_H

#include "base/json.h"
#include "base/json_write.h"
#include "parsers/record.h"

/* Write them as a member; null is unknown, PAST_MOST that or more. */
void past_write_json(struct json *j, const char *key, const struct past *p);

/* Read what past_write_json() wrote. False: it is something else. */
MUST_CHECK bool past_read_json(struct past *p, const struct json_node *n);

#endif
