/*
 * hits_steps.h - what people did with a hit, as lines and as JSON
 */
#ifndef TOOLS_HITS_STEPS_H
#define TOOLS_HITS_STEPS_H

#include "base/json_write.h"
#include "db/review.h"
#include "tools/hits_open.h"

/*
 * Append the steps of a hit's review, with the reviewers' words, which are
 * opened with the keys, and what changed since the last step. Nothing when
 * there is no step. Returns 0 or as hits_open_words().
 */
MUST_CHECK int hits_steps_print(struct buf *out, const struct hit_view *v,
				const struct review_row *step, uint32_t nr,
				const struct row_number *quality,
				const struct hits_keys *keys, struct err *e);

/* The same as members "changed" and "review" of the object that is open. */
MUST_CHECK int hits_steps_json(struct json *j, const struct hit_view *v,
			       const struct review_row *step, uint32_t nr,
			       const struct row_number *quality,
			       const struct hits_keys *keys, struct err *e);

/* Append "data, score": what is another than at the last step; "" if nothing. */
void hits_steps_changes(struct buf *out, const struct hit_view *v,
			const struct row_number *quality);

/* The same as a list of words under "changed". */
void hits_steps_changes_json(struct json *j, const struct hit_view *v,
			     const struct row_number *quality);

#endif
