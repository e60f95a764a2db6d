#include "engine/intake.h"

/*
 * Does the copy have to be read again? Its record is the one at hand, and the
 * texts of that stand in the copy, unless the law took back what was read. Of
 * a message with an error only a skeleton is kept.
 */
static bool must_read_again(const struct intake *in)
{
	for (uint32_t i = 0; i < in->payload.nr_parsed; i++)
		if (in->payload.parsed[i].error.code)
			return true;
	return in->redaction.taken_back;
}

static int read_again(struct intake *out, const struct parse_limits *limits,
		      struct arena *a, struct err *e)
{
	struct payload original = out->payload;

	if (payload_parse(&out->payload, out->archive, limits, a, e))
		return err_wrap(e, "after redaction");
	if (out->payload.nr_parsed != original.nr_parsed)
		return err_at(e, ERR_INTEGRITY, 0,
			      "redaction changed the number of messages");
	for (uint32_t i = 0; i < original.nr_parsed; i++) {
		out->payload.parsed[i].diag = original.parsed[i].diag;
		out->payload.parsed[i].nr_diag = original.parsed[i].nr_diag;
	}
	return 0;
}

int intake_read(struct intake *out, struct str payload,
		const struct parse_limits *limits, struct arena *a,
		struct err *e)
{
	/* a copy: what is read of it is what is blanked in it */
	struct str own = payload.len > limits->message_bytes
				 ? payload /* refused */
				 : arena_str(a, payload);
	struct payload *p = &out->payload;
	int rc = payload_parse(p, own, limits, a, e);

	if (rc)
		return rc;
	out->archive = p->bytes;
	redact(p->bytes, &p->claims, (char *)(uintptr_t)p->bytes.ptr,
	       &out->redaction, a);
	redaction_report(p, &out->redaction, a);
	return must_read_again(out) ? read_again(out, limits, a, e) : 0;
}
