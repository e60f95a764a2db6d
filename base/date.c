#include "base/date.h"

static bool is_leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int days_in_month(int y, int m)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30,
					31, 31, 30, 31, 30, 31 };

	return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

bool date_is_valid(struct date d)
{
	if (d.year < 1 || d.year > 9999 || d.month > 12)
		return false;
	if (!d.month)
		return d.day == 0;
	return d.day <= days_in_month(d.year, d.month);
}

/*
 * Civil-from-days after Howard Hinnant, chrono-compatible algorithms; years
 * are counted from one so far back that none is negative.
 */
int64_t date_to_days(struct date d)
{
	enum { ERAS = 100, YEARS = 400, DAYS = 146097 };
	uint32_t y = (uint32_t)(d.year + ERAS * YEARS - (d.month <= 2));
	uint32_t doy =
		(153 * (d.month + (d.month > 2 ? -3u : 9u)) + 2) / 5 + d.day;
	uint32_t days = y * 365 + y / 4 - y / 100 + y / YEARS + doy;

	return (int64_t)days - (int64_t)ERAS * DAYS - 719469;
}

struct date date_from_days(int64_t z)
{
	int64_t era, doe, yoe, doy, mp, y;
	struct date d;

	z += 719468;
	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d.day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1);
	d.month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9);
	y = yoe + era * 400 + (d.month <= 2);
	d.year = (int16_t)y;
	return d;
}

struct date date_of_moment(struct moment m)
{
	return moment_is_set(m) ? date_from_days(moment_days(m)) : DATE_NONE;
}

int date_years_between(struct date born, struct date on)
{
	bool before = on.month < born.month ||
		      (on.month == born.month && on.day < born.day);

	return on.year - born.year - before;
}

struct moment moment_make(struct date d, int hour, int minute, int second)
{
	struct moment m = { date_to_days(d) * SECONDS_PER_DAY, MOMENT_DAY };

	if (minute < 0)
		return m;
	m.s += hour * 3600 + minute * 60;
	m.precision = MOMENT_MINUTE;
	if (second >= 0) {
		m.s += second;
		m.precision = MOMENT_SECOND;
	}
	return m;
}

/* Take `n` digits off the front. */
static bool take_digits(struct str *s, size_t n, int *out)
{
	int v = 0;

	if (s->len < n || !str_is_digits(str_slice(*s, 0, n)))
		return false;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + (s->ptr[i] - '0');
	*s = str_slice(*s, n, s->len);
	*out = v;
	return true;
}

static bool take_byte(struct str *s, char c)
{
	if (!s->len || s->ptr[0] != c)
		return false;
	*s = str_slice(*s, 1, s->len);
	return true;
}

/* A date off the front, as long as it goes on. */
static bool take_date(struct str *s, struct date *out)
{
	struct date d = DATE_NONE;
	int v;

	if (!take_digits(s, 4, &v))
		return false;
	d.year = (int16_t)v;
	if (take_byte(s, '-')) {
		if (!take_digits(s, 2, &v))
			return false;
		d.month = (uint8_t)v;
		if (take_byte(s, '-')) {
			if (!take_digits(s, 2, &v))
				return false;
			d.day = (uint8_t)v;
		}
	}
	*out = d;
	return date_is_valid(d);
}

bool date_read(struct str s, struct date *out)
{
	struct date d;

	if (!take_date(&s, &d) || s.len)
		return false;
	*out = d;
	return true;
}

bool moment_read(struct str s, struct moment *out)
{
	struct date d;
	int h = 0, m = -1, sec = -1;

	if (!take_date(&s, &d) || !date_is_full(d))
		return false;
	if (take_byte(&s, 'T')) {
		if (!take_digits(&s, 2, &h) || !take_byte(&s, ':') ||
		    !take_digits(&s, 2, &m))
			return false;
		if (take_byte(&s, ':') && !take_digits(&s, 2, &sec))
			return false;
		take_byte(&s, 'Z');
	}
	if (s.len || h > 23 || m > 59 || sec > 59)
		return false;
	*out = moment_make(d, h, m, sec);
	return true;
}

void date_write(struct buf *b, struct date d)
{
	buf_fmt(b, "%04d", d.year);
	if (d.month)
		buf_fmt(b, "-%02d", d.month);
	if (d.month && d.day)
		buf_fmt(b, "-%02d", d.day);
}

void moment_write(struct buf *b, struct moment m, bool utc)
{
	int64_t in_day = m.s % SECONDS_PER_DAY;

	if (in_day < 0)
		in_day += SECONDS_PER_DAY;
	date_write(b, date_of_moment(m));
	if (m.precision == MOMENT_DAY)
		return;
	buf_fmt(b, "T%02d:%02d", (int)(in_day / 3600), (int)(in_day / 60 % 60));
	if (m.precision == MOMENT_SECOND)
		buf_fmt(b, ":%02d", (int)(in_day % 60));
	if (utc)
		buf_byte(b, 'Z');
}

int32_t date_first_of_month(int32_t day)
{
	return day - date_from_days(day).day + 1;
}
