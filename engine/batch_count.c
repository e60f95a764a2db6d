/*
 * batch_count.c - ops.counter: what was not kept, by day and carrier
 *
 * One rule: a count stands under the carrier of the flight that its message is
 * about, "" where it names none. A removal counts when its message is stored:
 * of a message that is not stored nothing was kept, so nothing was removed.
 */
#include "engine/batch.h"

void batch_count(struct batch *b, struct str carrier, struct str code,
		 int64_t n)
{
	if (!n)
		return;
	*BATCH_PUSH(b, counter) = (struct counter_row){
		.day = (int32_t)(b->received_at.s / SECONDS_PER_DAY),
		.carrier = carrier.ptr ? carrier : STR(""),
		.code = code,
		.n = n,
	};
}

/* One more of a code: in the row that the message has for it, or a new one. */
static void count_removal(struct batch *b, const struct message *m,
			  const char *code, uint32_t first)
{
	for (uint32_t i = first; i < b->rows.nr_counter; i++)
		if (b->counter[i].code.ptr == code) {
			b->counter[i].n++;
			return;
		}
	batch_count(b, m->flight.carrier, str_of(code), 1);
}

void batch_count_removals(struct batch *b, const struct parsed *p,
			  const struct redaction *r)
{
	uint32_t first = b->rows.nr_counter;

	for (uint32_t i = 0; i < r->nr_removal; i++) {
		uint32_t pos = r->removal[i].pos;

		if (pos < p->whole.pos || pos - p->whole.pos >= p->whole.len)
			continue;
		count_removal(b, &p->message, r->removal[i].code, first);
		b->removals++;
		b->sensitive += !str_starts(str_of(r->removal[i].code),
					    STR("not-annex-i"));
	}
}
