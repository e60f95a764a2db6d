/*
 * batch_series.c - what is known of a message in parts, as a row
 *
 * Every part that comes starts the wait anew; when the last one is there, the
 * row goes. When time is up engine/timer.c asks.
 */
#include "engine/batch.h"
#include "engine/series.h"

/* A batch has one row of a series: of its newest part. */
static struct series_row *row_of(struct batch *b, int64_t id)
{
	for (uint32_t i = 0; i < b->rows.nr_series; i++)
		if (b->series[i].series_id == id)
			return &b->series[i];
	return BATCH_PUSH(b, series);
}

void batch_note_part(struct batch *b, const struct flight_state *s,
		     const struct message *m)
{
	struct series is;

	if (!series_is_part(m))
		return;
	series_of(&is, s, m, &b->arena);
	if (str_empty(is.seen))
		return; /* so old a part that the flight keeps newer ones */
	*row_of(b, is.id) = (struct series_row){
		.series_id = is.id,
		.flight = arena_str(&b->arena, str_of(s->key.text)),
		.carrier = m->flight.carrier,
		.sender = m->sender,
		.reference = m->reference,
		.type = m->type,
		.first_sent_at = is.first,
		.latest_sent_at = is.latest,
		.seen = is.seen,
		.last = { is.last, is.last > 0 },
		.due_at = { b->received_at.s + b->engine->config.part_wait_s,
			    MOMENT_SECOND },
		.state = is.complete ? STR("whole") : STR("waiting"),
	};
}
