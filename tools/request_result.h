/*
 * request_result.h - what a request may see of somebody who was found
 *
 * Only the fields granted, whatever the sealed record holds; and a watermark that
 * says for which request, by whom and when it was made.
 */
#ifndef TOOLS_REQUEST_RESULT_H
#define TOOLS_REQUEST_RESULT_H

#include "base/json_write.h"
#include "db/request_search.h"
#include "tools/request_cli.h"

/* Write the granted members of an object's JSON as the member `record`. */
MUST_CHECK int request_put_record(struct json *j, const char *record,
				  struct str plain,
				  const struct text_list *fields,
				  struct err *e);

/* Write one found, as an object; opens what is sealed. */
MUST_CHECK int request_put_found(struct json *j, const struct request_found *f,
				 const struct text_list *fields,
				 const struct request_cli *c, struct err *e);

/* Members of a watermark: request, case, offence, authority, who, when (UTC). */
void request_put_mark(struct json *j, const struct request *r, const char *who,
		      struct moment now);
/* The same as a line for people. */
void request_put_mark_line(struct buf *out, const struct request *r,
			   const char *who, struct moment now);

/* An object's members for people, a line each: "  traveller.surname: DOE". */
MUST_CHECK int request_put_lines(struct buf *out, struct str object,
				 struct err *e);

#endif
