#include "tools/hits_table.h"

#include "tools/hits_sheet.h"

enum {
	NAME_WIDTH = 27,
	URGENCY_WIDTH = 11,
	AT_WIDTH = 19,
	FLIGHT_WIDTH = 20,
	SOURCE_LEAST = 8,
};

/* "2026-11-22T10:00Z": no seconds. */
static void put_minute(struct buf *to, struct moment m)
{
	if (!moment_is_set(m)) {
		buf_byte(to, '-');
		return;
	}
	m.precision = MOMENT_MINUTE;
	moment_write(to, m, true);
}

/* Minutes left are rounded down: who has "in 0m" has to run. */
static void put_urgency(struct buf *to, struct moment departs,
			struct moment now)
{
	long long left = (long long)(departs.s - now.s) / 60;

	if (!moment_is_set(departs))
		buf_z(to, "unknown");
	else if (departs.s < now.s)
		buf_z(to, "departed");
	else if (left < 60)
		buf_fmt(to, "in %lldm", left);
	else if (left < 48 * 60)
		buf_fmt(to, "in %lldh%02lldm", left / 60, left % 60);
	else
		buf_fmt(to, "in %lldd%02lldh", left / 1440, left / 60 % 24);
}

void hits_table_left(struct buf *out, struct moment until, struct moment now)
{
	struct buf cell = { 0 };

	put_urgency(&cell, until, now);
	hits_cell(out, &cell, URGENCY_WIDTH);
	buf_release(&cell);
}

static void put_flight(struct buf *to, const struct flight_row *f)
{
	hits_text(to, f->carrier);
	buf_byte(to, ' ');
	hits_text(to, f->number);
	buf_byte(to, ' ');
	hits_text(to, f->origin);
	buf_byte(to, '-');
	hits_text(to, f->destination);
}

static void put_row(struct buf *out, const struct hit_view *v,
		    struct moment now, int source_width)
{
	const struct hit_row *h = &v->hit;
	struct buf cell = { 0 };

	buf_z(&cell, hit_name_of(h->clock_day, h->hit_id).text);
	hits_cell(out, &cell, NAME_WIDTH);
	put_urgency(&cell, h->departs_utc, now);
	hits_cell(out, &cell, URGENCY_WIDTH);
	put_minute(&cell, h->departs_utc);
	hits_cell(out, &cell, AT_WIDTH);
	put_flight(&cell, &v->flight);
	hits_cell(out, &cell, FLIGHT_WIDTH);
	buf_fmt(out, "%c %5d  ", h->class ? h->class : ' ', h->score);
	hits_text(&cell, h->source);
	hits_cell(out, &cell, source_width);
	hits_text(out, h->suppressed ? STR("suppressed") : hit_view_state(v));
	buf_z(out, h->draft ? "  draft\n" : "\n");
	buf_release(&cell);
}

void hits_table(struct buf *out, const struct hit_view *v, uint32_t nr,
		struct moment now)
{
	int widest = SOURCE_LEAST;

	for (uint32_t i = 0; i < nr; i++) {
		int w = hits_width(v[i].hit.source) + 2;

		widest = w > widest ? w : widest;
	}
	buf_fmt(out, "%-*s%-*s%-*s%-*sC SCORE  %-*s%s\n", NAME_WIDTH, "HIT",
		URGENCY_WIDTH, "URGENCY", AT_WIDTH, "DEPARTS (UTC)",
		FLIGHT_WIDTH, "FLIGHT", widest, "SOURCE", "STATE");
	for (uint32_t i = 0; i < nr; i++)
		put_row(out, &v[i], now, widest);
}

static void put_quality(struct buf *out, const struct quality_view *q)
{
	if (!q->score.set)
		return;
	buf_fmt(out, "\ndata quality %lld of 100", (long long)q->score.v);
	for (uint32_t i = 0; i < q->code.nr; i++) {
		buf_z(out, i ? ", " : ": ");
		hits_text(out, q->code.v[i]);
	}
}

void hits_table_head(struct buf *out, const struct hit_view *v,
		     const struct quality_view *q)
{
	const struct hit_row *h = &v->hit;

	buf_fmt(out, "hit %s  ", hit_name_of(h->clock_day, h->hit_id).text);
	hits_text(out, hit_view_state(v));
	buf_z(out, h->suppressed ? "  suppressed" : "");
	buf_z(out, h->draft ? "  draft: the profile is not approved" : "");
	buf_z(out, "\nflight ");
	put_flight(out, &v->flight);
	buf_z(out, "  departs ");
	put_minute(out, h->departs_utc);
	buf_z(out, "\nscreened ");
	put_minute(out, h->screened_at);
	buf_fmt(out, "  score %d", h->score);
	if (h->class && h->class != ' ')
		buf_fmt(out, "  class %c", h->class);
	put_quality(out, q);
	buf_z(out, "\n\n");
}

void hits_table_suppressed(struct buf *out, const struct false_match *m)
{
	buf_z(out, "a false match was learnt");
	if (m->reason.ptr) {
		buf_z(out, " on hit ");
		buf_z(out, hit_name_of(m->clock_day, m->hit_id).text);
		buf_z(out, ": ");
		hits_text(out, m->reason);
		buf_z(out, ", by ");
		hits_text(out, m->actor);
		buf_z(out, ", ");
		put_minute(out, m->made_at);
	}
	buf_z(out, "\n\n");
}
