#include "law/period.h"

/* Take "<digits><unit>" off the front of *s; an absent part counts as 0. */
static bool take_part(struct str *s, char unit, uint32_t factor, uint32_t limit,
		      uint32_t *sum)
{
	size_t n = 0;
	int64_t v;

	while (n < s->len && s->ptr[n] >= '0' && s->ptr[n] <= '9')
		n++;
	if (!n || n == s->len || s->ptr[n] != unit)
		return true; /* the next part's turn, or left over at the end */
	if (!str_to_i64(str_slice(*s, 0, n), &v) || v > limit / factor)
		return false;
	*sum += (uint32_t)v * factor;
	*s = str_slice(*s, n + 1, s->len);
	return *sum <= limit;
}

bool period_read(struct str s, struct period *out)
{
	struct period p = { 0, 0 };

	if (!str_starts(s, STR("P")))
		return false;
	s = str_slice(s, 1, s.len);
	if (!take_part(&s, 'Y', 12, PERIOD_MAX_MONTHS, &p.months) ||
	    !take_part(&s, 'M', 1, PERIOD_MAX_MONTHS, &p.months) ||
	    !take_part(&s, 'D', 1, PERIOD_MAX_DAYS, &p.days))
		return false;
	if (s.len || !period_is_set(p))
		return false;
	*out = p;
	return true;
}

struct date period_after(struct date d, struct period p)
{
	uint32_t months = (uint32_t)d.year * 12 + d.month - 1 + p.months;
	struct date end = {
		.year = (int16_t)(months / 12),
		.month = (uint8_t)(months % 12 + 1),
		.day = d.day,
	};

	while (end.day > 28 && !date_is_valid(end))
		end.day--;
	return date_from_days(date_to_days(end) + p.days);
}
