#include "law/redact.h"
#include "parsers/message.h"

static struct parsed *message_at(struct payload *p, uint32_t pos)
{
	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		struct span s = p->parsed[i].whole;

		if (pos >= s.pos && pos - s.pos < s.len)
			return &p->parsed[i];
	}
	return NULL;
}

void redaction_report(struct payload *p, const struct redaction *r,
		      struct arena *a)
{
	for (uint32_t i = 0; i < r->nr_removal; i++) {
		uint32_t pos = r->removal[i].pos;
		struct parsed *m = message_at(p, pos);

		if (m)
			diag_add(m, a, DIAG_INFO, "removed", pos,
				 "removed, the law does not let it be kept");
	}
}
