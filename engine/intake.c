#include "engine/intake.h"

int intake_read(struct intake *out, struct str payload,
		const struct parse_limits *limits, struct arena *a,
		struct err *e)
{
	struct payload original;
	char *copy;
	int rc = payload_parse(&original, payload, limits, a, e);

	if (rc)
		return rc;
	copy = arena_alloc(a, original.bytes.len + 1);
	redact(original.bytes, &original.claims, copy, &out->redaction, a);
	redaction_report(&original, &out->redaction, a);
	out->archive = (struct str){ copy, original.bytes.len };
	rc = payload_parse(&out->payload, out->archive, limits, a, e);
	if (rc)
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
