#include "engine/series.h"

#include <stdio.h>
#include <stdlib.h>

bool series_is_part(const struct message *m)
{
	return m->part.set && m->part.v >= 1 && m->part.v <= SERIES_NUMBER_MAX;
}

static int64_t id_of(const struct flight_state *s, const struct message *m)
{
	struct str part[] = { str_of(s->key.text), m->sender, m->reference,
			      m->type, m->function };

	return crypt_id64("series", part, ARRAY_SIZE(part));
}

void series_note(struct flight_state *s, const struct message *m)
{
	if (!series_is_part(m))
		return;
	*(struct series_part *)arena_push(&s->arena, &s->part, &s->nr_part,
					  sizeof(*s->part)) =
		(struct series_part){
			.series = id_of(s, m),
			.sent_at = m->sent_at,
			.number = (int32_t)m->part.v,
			.last = m->last == FLAG_YES,
			.push = str_eq(m->type, STR("PNRGOV")) &&
				str_eq(m->function, STR("22")),
		};
}

static int cmp(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_time(const void *x, const void *y)
{
	const struct series_part *a = x, *b = y;
	int c = cmp(b->sent_at.s, a->sent_at.s);

	if (!c)
		c = cmp(a->series, b->series);
	if (!c)
		c = cmp(a->number, b->number);
	return c ? c : cmp(b->last, a->last);
}

static int by_series(const void *x, const void *y)
{
	const struct series_part *a = x, *b = y;
	int c = cmp(a->series, b->series);

	return c ? c : -by_time(x, y);
}

/* From parts sorted by series and time, the end of the group that begins. */
static uint32_t group_end(const struct series_part *p, uint32_t from,
			  uint32_t nr)
{
	uint32_t end = from + 1;

	for (; end < nr && p[end].series == p[from].series; end++) {
		if (p[end].sent_at.s - p[end - 1].sent_at.s > SERIES_PAUSE_S)
			break;
		for (uint32_t i = from; i < end; i++)
			if (p[i].number == p[end].number)
				return end;
	}
	return end;
}

/* Number of the last part, if it is there; 0: not. */
static int32_t last_of(const struct series_part *p, uint32_t nr)
{
	int32_t last = 0;

	for (uint32_t i = 0; i < nr; i++)
		if (p[i].last && p[i].number > last)
			last = p[i].number;
	return last;
}

/* No number comes twice in a group: so many up to the last are all. */
static bool is_complete(const struct series_part *p, uint32_t nr)
{
	int32_t last = last_of(p, nr);
	uint32_t n = 0;

	for (uint32_t i = 0; i < nr; i++)
		n += p[i].number <= last;
	return last && n == (uint32_t)last;
}

/* Sort by `order` and drop parts that were there before. */
static void sort_parts(struct flight_state *s,
		       int (*order)(const void *, const void *))
{
	uint32_t kept = 0;

	if (s->nr_part)
		qsort(s->part, s->nr_part, sizeof(*s->part), order);
	for (uint32_t i = 0; i < s->nr_part; i++)
		if (!kept || order(&s->part[kept - 1], &s->part[i]))
			s->part[kept++] = s->part[i];
	s->nr_part = kept;
}

struct moment series_settle(struct flight_state *s)
{
	struct moment pushed = NO_MOMENT;
	uint32_t end;

	sort_parts(s, by_time);
	if (s->nr_part > SERIES_PARTS_MAX)
		s->nr_part = SERIES_PARTS_MAX;
	sort_parts(s, by_series);
	for (uint32_t i = 0; i < s->nr_part; i = end) {
		end = group_end(s->part, i, s->nr_part);
		if (s->part[i].push && is_complete(&s->part[i], end - i) &&
		    (!moment_is_set(pushed) || s->part[i].sent_at.s > pushed.s))
			pushed = s->part[i].sent_at;
	}
	return pushed;
}

static int by_number(const void *x, const void *y)
{
	return cmp(*(const int32_t *)x, *(const int32_t *)y);
}

/* "1-3,5" */
static struct str ranges(const struct series_part *p, uint32_t nr,
			 struct arena *a)
{
	enum { ROOM = 10 }; /* of a range */
	int32_t *number = arena_alloc(a, nr * sizeof(*number));
	char *out = arena_alloc(a, (size_t)nr * ROOM);
	size_t n = 0;

	for (uint32_t i = 0; i < nr; i++)
		number[i] = p[i].number;
	qsort(number, nr, sizeof(*number), by_number);
	for (uint32_t i = 0, to; i < nr; i = to + 1) {
		to = i;
		while (to + 1 < nr && number[to + 1] == number[to] + 1)
			to++;
		n += (size_t)snprintf(out + n, ROOM, n ? ",%d" : "%d",
				      number[i]);
		if (to > i)
			n += (size_t)snprintf(out + n, ROOM, "-%d", number[to]);
	}
	return (struct str){ out, n };
}

void series_of(struct series *out, const struct flight_state *s,
	       const struct message *m, struct arena *a)
{
	uint32_t end, from = 0, nr = 0;

	*out = (struct series){ .id = id_of(s, m) };
	for (uint32_t i = 0; i < s->nr_part; i = end) {
		end = group_end(s->part, i, s->nr_part);
		if (s->part[i].series != out->id)
			continue;
		from = i;
		nr = end - i;
	}
	if (!nr)
		return;
	out->first = s->part[from].sent_at;
	out->latest = s->part[from + nr - 1].sent_at;
	out->seen = ranges(&s->part[from], nr, a);
	out->last = last_of(&s->part[from], nr);
	out->complete = is_complete(&s->part[from], nr);
}
