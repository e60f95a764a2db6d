#include "watchlist/birth_days.h"

#include "base/str.h"

enum { DIGITS = 8, YEAR_DIGITS = 4 };

static int year_of(int32_t day)
{
	return date_from_days(day).year;
}

/* Add a key in its place; it may be there already. */
static uint32_t put_key(int32_t *out, uint32_t nr, int32_t key)
{
	uint32_t at = nr;

	while (at > 0 && out[at - 1] > key)
		at--;
	if (at > 0 && out[at - 1] == key)
		return nr;
	for (uint32_t i = nr; i > at; i--)
		out[i] = out[i - 1];
	out[at] = key;
	return nr + 1;
}

uint32_t birth_keys_of_set(const struct birth_range *listed, size_t nr,
			   int32_t *out)
{
	uint32_t n = 0;

	if (nr == 0)
		n = put_key(out, 0, BIRTH_KEY_NONE);
	for (size_t i = 0; i < nr; i++) {
		struct birth_range r = listed[i];
		int first, last;

		if (n + BIRTH_YEARS > BIRTH_KEYS) {
			out[0] = BIRTH_KEY_WIDE;
			return 1;
		}
		if (r.from == r.to) {
			n = put_key(out, n, r.from);
			continue;
		}
		first = year_of(r.from);
		last = year_of(r.to);
		if (last - first >= BIRTH_YEARS)
			n = put_key(out, n, BIRTH_KEY_WIDE);
		else
			for (int y = first; y <= last; y++)
				n = put_key(out, n, BIRTH_KEY_YEAR + y);
	}
	return n;
}

/* Add a range of keys in its place, one with what it touches. */
static uint32_t put_range(struct birth_keys *out, uint32_t nr, int32_t from,
			  int32_t to)
{
	uint32_t at = 0, end;

	while (at < nr && out[at].to < from - 1)
		at++;
	for (end = at; end < nr && out[end].from <= to + 1; end++) {
		if (out[end].from < from)
			from = out[end].from;
		if (out[end].to > to)
			to = out[end].to;
	}
	if (end == at) {
		for (uint32_t i = nr; i > at; i--)
			out[i] = out[i - 1];
		nr++;
	} else {
		for (uint32_t i = end; i < nr; i++)
			out[at + 1 + i - end] = out[i];
		nr -= end - at - 1;
	}
	out[at] = (struct birth_keys){ from, to };
	return nr;
}

/* Eight digits as a date, if there is such a one. */
static uint32_t put_digits(struct birth_keys *out, uint32_t nr,
			   const char digit[DIGITS])
{
	int v = 0;
	struct date d;

	for (int i = 0; i < DIGITS; i++)
		v = v * 10 + digit[i];
	d = (struct date){ (int16_t)(v / 10000), (uint8_t)(v / 100 % 100),
			   (uint8_t)(v % 100) };
	if (!date_is_full(d) || !date_is_valid(d))
		return nr;
	return put_range(out, nr, (int32_t)date_to_days(d),
			 (int32_t)date_to_days(d));
}

/* One digit changed, or two neighbours exchanged. */
static uint32_t put_slips(struct birth_keys *out, uint32_t nr, struct date d)
{
	int v = d.year * 10000 + d.month * 100 + d.day;
	char digit[DIGITS];

	for (int i = DIGITS; i-- > 0; v /= 10)
		digit[i] = (char)(v % 10);
	for (int i = 0; i < DIGITS; i++) {
		char was = digit[i];

		for (digit[i] = 0; digit[i] < 10; digit[i]++)
			nr = put_digits(out, nr, digit);
		digit[i] = was;
	}
	for (int i = 1; i < DIGITS; i++) {
		char a = digit[i - 1], b = digit[i];

		digit[i - 1] = b;
		digit[i] = a;
		nr = put_digits(out, nr, digit);
		digit[i - 1] = a;
		digit[i] = b;
	}
	return nr;
}

uint32_t birth_keys_near(struct date d, struct birth_keys *out)
{
	struct birth_range mine = birth_of_date(d);
	struct birth_range year = birth_of_date((struct date){ d.year, 0, 0 });
	struct date exchanged = { d.year, d.day, d.month };
	uint32_t nr = put_range(out, 0, BIRTH_KEY_WIDE, BIRTH_KEY_WIDE);

	nr = put_range(out, nr, BIRTH_KEY_YEAR + d.year,
		       BIRTH_KEY_YEAR + d.year);
	/* a part of a date: all days that it may mean */
	if (mine.from != mine.to)
		return put_range(out, nr, mine.from, mine.to);
	/* 1 January stands for the whole year, on either side */
	if (mine.from == year.from)
		nr = put_range(out, nr, year.from, year.to);
	else
		nr = put_range(out, nr, year.from, year.from);
	if (date_is_valid(exchanged))
		nr = put_range(out, nr, (int32_t)date_to_days(exchanged),
			       (int32_t)date_to_days(exchanged));
	return put_slips(out, nr, d);
}
