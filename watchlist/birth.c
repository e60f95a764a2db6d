#include "watchlist/birth.h"

#include "watchlist/score.h"

enum { DATE_DIGITS = 8, DECEMBER = 12, LAST_DAY = 31, LAST_YEAR = 9999 };

struct birth_range birth_of_date(struct date d)
{
	struct date first = d, last = d;

	if (!d.month) {
		first.month = 1;
		last.month = DECEMBER;
	}
	if (!d.month || !d.day) {
		first.day = 1;
		last.day = LAST_DAY;
		while (!date_is_valid(last))
			last.day--;
	}
	return (struct birth_range){ (int32_t)date_to_days(first),
				     (int32_t)date_to_days(last) };
}

bool birth_read(struct str s, struct birth_range *out)
{
	ptrdiff_t dots = str_find(s, STR(".."));
	struct date from, to;
	struct birth_range a, b;

	if (!date_read(dots < 0 ? s : str_slice(s, 0, (size_t)dots), &from))
		return false;
	a = b = birth_of_date(from);
	if (dots >= 0) {
		if (!date_read(str_slice(s, (size_t)dots + 2, s.len), &to))
			return false;
		b = birth_of_date(to);
	}
	if (b.to < a.from)
		return false;
	*out = (struct birth_range){ a.from, b.to };
	return true;
}

static bool same_range(struct birth_range a, struct birth_range b)
{
	return a.from == b.from && a.to == b.to;
}

void birth_write(struct buf *b, struct birth_range r)
{
	struct date from = date_from_days(r.from), to = date_from_days(r.to);
	struct date month = { from.year, from.month, 0 };
	struct date year = { from.year, 0, 0 };

	if (r.from == r.to) {
		date_write(b, from);
	} else if (same_range(r, birth_of_date(month))) {
		date_write(b, month);
	} else if (same_range(r, birth_of_date(year))) {
		date_write(b, year);
	} else {
		date_write(b, from);
		buf_z(b, "..");
		date_write(b, to);
	}
}

static bool is_exchanged(struct date a, struct date b)
{
	return a.year == b.year && a.month == b.day && a.day == b.month;
}

static bool is_dummy(struct date d)
{
	return d.month == 1 && d.day == 1;
}

/* Eight digits: year, month, day. */
static void put_digits(char out[DATE_DIGITS], struct date d)
{
	int v = d.year * 10000 + d.month * 100 + d.day;

	for (int i = DATE_DIGITS; i-- > 0; v /= 10)
		out[i] = (char)('0' + v % 10);
}

static bool is_slip(struct date a, struct date b)
{
	char x[DATE_DIGITS], y[DATE_DIGITS];

	put_digits(x, a);
	put_digits(y, b);
	return text_distance((struct str){ x, DATE_DIGITS },
			     (struct str){ y, DATE_DIGITS }, 1) <= 1;
}

enum watch_verdict birth_compare(struct birth_range a, struct birth_range b)
{
	bool full = a.from == a.to && b.from == b.to;
	struct date x, y;

	if (!full)
		return a.from <= b.to && b.from <= a.to ? WATCH_PARTIAL
							: WATCH_DISAGREE;
	if (a.from == b.from)
		return WATCH_AGREE;
	x = date_from_days(a.from);
	y = date_from_days(b.from);
	if (is_exchanged(x, y) || is_slip(x, y) ||
	    (x.year == y.year && (is_dummy(x) || is_dummy(y))))
		return WATCH_PARTIAL;
	return WATCH_DISAGREE;
}

enum watch_verdict
birth_compare_set(struct date d, const struct birth_range *listed, size_t nr)
{
	enum watch_verdict best = WATCH_UNKNOWN;
	struct birth_range mine;

	if (!date_is_set(d) || !date_is_valid(d))
		return WATCH_UNKNOWN;
	mine = birth_of_date(d);
	for (size_t i = 0; i < nr; i++) {
		enum watch_verdict v = birth_compare(mine, listed[i]);

		if (best == WATCH_UNKNOWN || v < best)
			best = v;
	}
	return best;
}

static int32_t years_off(int32_t days, int years)
{
	struct date d = date_from_days(days);

	d.year = (int16_t)(d.year + years);
	if (d.year < 1)
		d.year = 1;
	if (d.year > LAST_YEAR)
		d.year = LAST_YEAR;
	d.month = d.day = 0;
	return years < 0 ? birth_of_date(d).from : birth_of_date(d).to;
}

void birth_widen(struct birth_range *r, int years)
{
	r->from = years_off(r->from, -years);
	r->to = years_off(r->to, years);
}
