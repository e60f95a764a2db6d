#include "parsers/when.h"

#include "base/word.h"

enum { MAX_DIGITS = 14, EXPIRY_AHEAD = 30, WINDOW_AHEAD = 19 };

/*
 * The digits of `s`, hyphens left out: *p is where they stand, in `s` itself
 * if there are six and nothing else, which most dates are, or in `room`.
 * Returns their number; 0 if anything else is there.
 */
static size_t only_digits(struct str s, char room[MAX_DIGITS], const char **p)
{
	size_t n = 0;

	*p = s.ptr;
	if (s.len == 6 && word_is_all(word_load(s.ptr, 6), 6, '0', '9'))
		return 6;
	*p = room;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '-')
			continue;
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return 0;
		if (n < MAX_DIGITS)
			room[n++] = s.ptr[i];
	}
	return n;
}

static int two(const char *p)
{
	return (p[0] - '0') * 10 + p[1] - '0';
}

/* The same of any two bytes; below 0: they are no digits. */
static int pair(const char *p)
{
	unsigned tens = (unsigned)(p[0] - '0'), ones = (unsigned)(p[1] - '0');

	return tens > 9 || ones > 9 ? -1 : (int)(tens * 10 + ones);
}

/* Is `d` after `today`, as far as its parts are known? */
static bool is_after(struct date d, struct date today)
{
	if (d.year != today.year)
		return d.year > today.year;
	if (d.month == 0 || d.month != today.month)
		return d.month > today.month;
	return d.day > today.day;
}

static int full_year(int yy, enum when_century century, struct date d,
		     struct date today)
{
	int year = 2000 + yy;

	d.year = (int16_t)year;
	switch (century) {
	case WHEN_PAST:
		return is_after(d, today) ? year - 100 : year;
	case WHEN_EXPIRY:
		return year > today.year + EXPIRY_AHEAD ? year - 100 : year;
	case WHEN_WINDOW:
		return year > today.year + WINDOW_AHEAD ? year - 100 : year;
	case WHEN_NEAR:
		break;
	}
	return year;
}

bool when_date(struct str s, enum when_order order, enum when_century century,
	       struct date today, struct date *out)
{
	char room[MAX_DIGITS];
	const char *p;
	size_t n = only_digits(s, room, &p);
	bool has_century = n == 8 || n == 12 || n == 14;
	struct date d = DATE_NONE;

	if (!has_century && n != 6 && n != 10)
		return false;
	if (order == WHEN_YMD) {
		const char *md = p + (has_century ? 4 : 2);

		d.month = (uint8_t)two(md);
		d.day = (uint8_t)two(md + 2);
		d.year = (int16_t)(has_century ? two(p) * 100 + two(p + 2)
					       : full_year(two(p), century, d,
							   today));
	} else {
		d.day = (uint8_t)two(p);
		d.month = (uint8_t)two(p + 2);
		d.year = (int16_t)(has_century ? two(p + 4) * 100 + two(p + 6)
					       : full_year(two(p + 4), century,
							   d, today));
	}
	if (d.year < 1 || !date_is_valid(d))
		return false;
	*out = d;
	return true;
}

/* The month of that name, in either case; 0: none. */
static int month_number(const char *p)
{
	/* at the sum of its second and third letter, which tells them apart */
	static const struct {
		char name[3];
		uint8_t number;
	} months[32] = {
		[('A' + 'N') % 32] = { "JAN", 1 },
		[('E' + 'B') % 32] = { "FEB", 2 },
		[('A' + 'R') % 32] = { "MAR", 3 },
		[('P' + 'R') % 32] = { "APR", 4 },
		[('A' + 'Y') % 32] = { "MAY", 5 },
		[('U' + 'N') % 32] = { "JUN", 6 },
		[('U' + 'L') % 32] = { "JUL", 7 },
		[('U' + 'G') % 32] = { "AUG", 8 },
		[('E' + 'P') % 32] = { "SEP", 9 },
		[('C' + 'T') % 32] = { "OCT", 10 },
		[('O' + 'V') % 32] = { "NOV", 11 },
		[('E' + 'C') % 32] = { "DEC", 12 },
	};
	size_t at = (size_t)(p[1] + p[2]) % ARRAY_SIZE(months);
	const char *name = months[at].name;

	return name[0] == (p[0] & ~0x20) && name[1] == (p[1] & ~0x20) &&
			       name[2] == (p[2] & ~0x20)
		       ? months[at].number
		       : 0;
}

bool when_text_date(struct str s, enum when_century century, struct date today,
		    struct date *out)
{
	struct date d = DATE_NONE;
	int day, month, year;

	/* most that is no date is seen by its length or third byte */
	if ((s.len != 7 && s.len != 9) || (uint8_t)s.ptr[2] < 'A')
		return false;
	day = pair(s.ptr);
	month = month_number(s.ptr + 2);
	year = pair(s.ptr + 5);
	if (day < 0 || !month || year < 0)
		return false;
	if (s.len == 9) {
		if (pair(s.ptr + 7) < 0)
			return false;
		year = year * 100 + pair(s.ptr + 7);
	}
	d.day = (uint8_t)day;
	d.month = (uint8_t)month;
	d.year = (int16_t)(s.len == 9 ? year
				      : full_year(year, century, d, today));
	if (d.year < 1 || !date_is_valid(d))
		return false;
	*out = d;
	return true;
}

bool when_time(struct str s, int *seconds, bool *has_seconds)
{
	int h, m, sec = 0;

	if (s.len != 4 && s.len != 6)
		return false;
	h = pair(s.ptr);
	m = pair(s.ptr + 2);
	if (s.len == 6)
		sec = pair(s.ptr + 4);
	if (h < 0 || m < 0 || sec < 0)
		return false;
	if (h > 23 || m > 59 || sec > 59)
		return false;
	*seconds = h * 3600 + m * 60 + sec;
	*has_seconds = s.len == 6;
	return true;
}

struct moment when_moment(struct date d, struct str time)
{
	struct moment m;
	int seconds;
	bool has_seconds;

	if (!date_is_full(d))
		return NO_MOMENT;
	m = moment_make(d, 0, -1, 0);
	if (when_time(time, &seconds, &has_seconds)) {
		m.s += seconds;
		m.precision = has_seconds ? MOMENT_SECOND : MOMENT_MINUTE;
	}
	return m;
}

bool when_minute(struct str date, struct str time, struct date today,
		 struct moment *out)
{
	uint64_t dmy, hm;
	struct date d = DATE_NONE;

	if (date.len != 6 || time.len != 4)
		return false;
	dmy = word_load(date.ptr, 6);
	hm = word_load(time.ptr, 4);
	if (!word_is_all(dmy, 6, '0', '9') || !word_is_all(hm, 4, '0', '9'))
		return false;
	dmy = word_pairs(dmy);
	hm = word_pairs(hm);
	d.day = (uint8_t)dmy;
	d.month = (uint8_t)(dmy >> 16);
	d.year =
		(int16_t)full_year((uint8_t)(dmy >> 32), WHEN_WINDOW, d, today);
	if (!date_is_full(d) || !date_is_valid(d) || (uint8_t)hm > 23 ||
	    (uint8_t)(hm >> 16) > 59)
		return false;
	*out = moment_make(d, (uint8_t)hm, (uint8_t)(hm >> 16), -1);
	return true;
}

bool when_local(struct str s, enum when_order order, struct date today,
		struct moment *out)
{
	char room[MAX_DIGITS];
	const char *p;
	size_t n = only_digits(s, room, &p);
	size_t date_len = n == 6 || n == 10 ? 6 : 8;
	struct date d;

	if (!when_date(s, order, WHEN_NEAR, today, &d) || !date_is_full(d))
		return false;
	*out = when_moment(d, (struct str){ p + date_len, n - date_len });
	return moment_is_set(*out);
}
