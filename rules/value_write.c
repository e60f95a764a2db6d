#include "rules/value.h"

static void write_milli(struct buf *out, int64_t v)
{
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
	unsigned frac = (unsigned)(u % 1000);

	buf_fmt(out, "%s%llu", v < 0 ? "-" : "",
		(unsigned long long)(u / 1000));
	if (frac % 10)
		buf_fmt(out, ".%03u", frac);
	else if (frac % 100)
		buf_fmt(out, ".%02u", frac / 10);
	else if (frac)
		buf_fmt(out, ".%u", frac / 100);
}

/* The largest units that fit: 31h, 2d, 90m, 1d6h30m. */
static void write_duration(struct buf *out, int64_t s)
{
	static const struct {
		int64_t seconds;
		char letter;
	} unit[] = { { SECONDS_PER_DAY, 'd' }, { 3600, 'h' }, { 60, 'm' } };
	uint64_t u = s < 0 ? -(uint64_t)s : (uint64_t)s;

	if (s < 0)
		buf_byte(out, '-');
	if (!u)
		buf_z(out, "0h");
	for (size_t i = 0; i < ARRAY_SIZE(unit); i++) {
		uint64_t n = u / (uint64_t)unit[i].seconds;

		if (n)
			buf_fmt(out, "%llu%c", (unsigned long long)n,
				unit[i].letter);
		u %= (uint64_t)unit[i].seconds;
	}
	if (u)
		buf_fmt(out, "%llus", (unsigned long long)u);
}

/* Years 1 to 9999 in seconds: what the calendar of base/date.h can write. */
enum { MIN_DAY = -719162, MAX_DAY = 2932896 };

static void write_day(struct buf *out, int64_t day)
{
	if (day < MIN_DAY || day > MAX_DAY)
		buf_z(out, "out of the calendar");
	else
		date_write(out, date_from_days(day));
}

static void write_time(struct buf *out, int64_t s, const struct value *v)
{
	struct moment m = { s, MOMENT_MINUTE };

	if (s / SECONDS_PER_DAY <= MIN_DAY + 1 ||
	    s / SECONDS_PER_DAY >= MAX_DAY - 1) {
		buf_z(out, "out of the calendar");
		return;
	}
	m.s += v->east;
	if (s % 60)
		m.precision = MOMENT_SECOND;
	moment_write(out, m, !v->local);
}

static void write_one(struct buf *out, const struct value *v, int64_t n)
{
	switch (v->type) {
	case TYPE_DECIMAL:
		write_milli(out, n);
		break;
	case TYPE_MONEY:
		write_milli(out, n);
		buf_byte(out, ' ');
		buf_str(out, v->text);
		break;
	case TYPE_DATE:
		write_day(out, n);
		break;
	case TYPE_TIME:
		write_time(out, n, v);
		break;
	case TYPE_DURATION:
		write_duration(out, n);
		break;
	default:
		buf_fmt(out, "%lld", (long long)n);
	}
}

void value_write(struct buf *out, const struct value *v)
{
	if (!v->known) {
		buf_z(out, "unknown");
	} else if (v->type == TYPE_BOOL) {
		buf_z(out, tri_name(v->truth));
	} else if (type_is_text(v->type)) {
		buf_str(out, v->text);
	} else if (v->lo == v->hi) {
		write_one(out, v, v->lo);
	} else {
		buf_byte(out, '[');
		write_one(out, v, v->lo);
		buf_z(out, ", ");
		write_one(out, v, v->hi);
		buf_byte(out, ']');
	}
}
