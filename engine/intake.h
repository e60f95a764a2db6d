/*
 * intake.h - from the bytes that arrive to what may be kept of them
 *
 * Copies a payload, reads the copy and redacts it where it stands: that is the
 * archive copy, and what everybody else sees is its parse. The texts of the
 * records stand in it, so none of a blanked byte is left; where the law took
 * back what was read, the copy is read again. `parse`, `screen`, `run` and
 * `replay` all come through here.
 *
 * Lifetime: everything lives in the arena; the payload may be forgotten as
 * soon as intake_read() returns. Threads: one arena per thread.
 */
#ifndef ENGINE_INTAKE_H
#define ENGINE_INTAKE_H

#include "law/redact.h"
#include "parsers/message.h"

struct intake {
	struct str archive;	/* as long as the payload, same separators */
	struct payload payload; /* the parse of the archive copy */
	struct redaction redaction;
};

/*
 * Returns 0, or an err_code when nothing in the payload can be read: it goes
 * to quarantine as a whole. Messages that cannot be read while others can
 * carry their own error in payload.parsed[i].error. Diagnostics are those of
 * the original and name its bytes.
 */
MUST_CHECK int intake_read(struct intake *out, struct str payload,
			   const struct parse_limits *limits, struct arena *a,
			   struct err *e);

#endif
