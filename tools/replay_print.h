/*
 * replay_print.h - what a replay found, for people and as JSON
 */
#ifndef TOOLS_REPLAY_PRINT_H
#define TOOLS_REPLAY_PRINT_H

#include "base/buf.h"
#include "engine/replay.h"

/*
 * Append one line for the hit and one for each difference. Values that are
 * personal data only with `personal`; others' control characters become '?'.
 */
void replay_print_text(struct buf *out, const struct hit_row *h,
		       const struct replay *r, bool personal);

/*
 * Append {"hit", "kind", "source", "identical", "on_pair", "differences":
 * [{"part", "what", "recorded", "replayed"}]} and a line feed; values as
 * above, without them the two members are left out.
 */
void replay_print_json(struct buf *out, const struct hit_row *h,
		       const struct replay *r, bool personal);

/* Would `personal` show more than is shown without it? */
bool replay_has_personal(const struct replay *r);

#endif
