/*
 * pnr_parts.c - values that several segments of a PNRGOV share
 */
#include "parsers/pnr.h"

#include "parsers/convert.h"
#include "parsers/when.h"

struct moment pnr_moment(struct walk *w, struct piece date, struct piece time)
{
	struct moment m;
	struct date d;

	if (when_minute(date.text, time.text, w->today, &m)) {
		piece_claim(w, date);
		piece_claim(w, time);
		return m;
	}
	if (!when_date(date.text, WHEN_DMY, WHEN_WINDOW, w->today, &d))
		return NO_MOMENT;
	m = when_moment(d, time.text);
	if (moment_is_set(m))
		piece_claim(w, date);
	if (m.precision > MOMENT_DAY)
		piece_claim(w, time);
	return m;
}

/* Arrival on the day of departure (or after `days`), when only a time is sent. */
static struct moment arrival_by_time(struct walk *w, struct moment departs,
				     struct piece time)
{
	int seconds;
	bool has_seconds;
	struct moment day = departs;

	if (!moment_is_set(departs) ||
	    !when_time(time.text, &seconds, &has_seconds))
		return NO_MOMENT;
	piece_claim(w, time);
	day.s = moment_days(departs) * SECONDS_PER_DAY + seconds;
	day.precision = has_seconds ? MOMENT_SECOND : MOMENT_MINUTE;
	return day;
}

/*
 * DDMMYY:HHMM:DDMMYY:HHMM:variation. The arrival's date may be left out, or
 * the arrival's time may stand in its place: four digits.
 */
struct pnr_times pnr_times(struct walk *w)
{
	struct piece third = piece_at(w, 1, 3), fourth = piece_at(w, 1, 4);
	struct piece days = piece_at(w, 1, 5);
	struct pnr_times t = { NO_MOMENT, NO_MOMENT };

	t.departs = pnr_moment(w, piece_at(w, 1, 1), piece_at(w, 1, 2));
	t.arrives = pnr_moment(w, third, fourth);
	if (moment_is_set(t.arrives))
		return t;
	t.arrives = arrival_by_time(w, t.departs, third);
	if (!moment_is_set(t.arrives))
		t.arrives = arrival_by_time(w, t.departs, fourth);
	if (moment_is_set(t.arrives) && days.text.len == 1 &&
	    days.text.ptr[0] >= '1' && days.text.ptr[0] <= '9') {
		piece_claim(w, days);
		t.arrives.s += (days.text.ptr[0] - '0') * SECONDS_PER_DAY;
	}
	return t;
}

struct str pnr_airport(struct walk *w, unsigned elem)
{
	struct piece v = piece_at(w, elem, 1);
	struct str out = STR_NONE;

	if (piece_is_set(v))
		convert_airport(w, v, &out);
	return out;
}

struct str pnr_carrier(struct walk *w, unsigned elem, unsigned comp)
{
	struct piece v = piece_at(w, elem, comp);
	struct str out = STR_NONE;

	if (piece_is_set(v))
		convert_carrier(w, v, &out);
	return out;
}

/* Number and suffix letter: "417", "417A", "OPEN". */
struct str pnr_number(struct walk *w, unsigned elem)
{
	struct piece v = piece_at(w, elem, 1), suffix = piece_at(w, elem, 3);
	struct str out = STR_NONE;

	if (!piece_is_set(v) || !convert_flight_number(w, v, &out))
		return STR_NONE;
	if (suffix.text.len == 1 && str_is_digits(out) &&
	    !str_is_digits(suffix.text))
		out = arena_join(w->arena, out, STR(""), piece_keep(w, suffix));
	return out;
}
