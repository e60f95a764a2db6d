/*
 * date.h - civil dates and moments, as messages state them
 *
 * A date may be partial: month or day 0 means "not known". A moment is
 * seconds since 1970-01-01 in a frame that the field's name tells: UTC, or
 * the local time of an airport. Neither knows time zones; rules/reference.h
 * turns local into UTC. Proleptic Gregorian calendar, years 1 to 9999.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/buf.h"
#include "base/str.h"

struct date {
	int16_t year;	    /* 0: the whole date is absent */
	uint8_t month, day; /* 0: not known */
};

enum precision { MOMENT_NONE, MOMENT_DAY, MOMENT_MINUTE, MOMENT_SECOND };

struct moment {
	int64_t s;
	enum precision precision; /* MOMENT_NONE: absent */
};

#define DATE_NONE ((struct date){ 0, 0, 0 })
#define NO_MOMENT ((struct moment){ 0, MOMENT_NONE })

enum { SECONDS_PER_DAY = 86400 };

static inline bool date_is_set(struct date d)
{
	return d.year != 0;
}

static inline bool moment_is_set(struct moment m)
{
	return m.precision != MOMENT_NONE;
}

/* Does the calendar have this date? Unknown parts are fine. */
bool date_is_valid(struct date d);

/* Year, month and day all known? */
static inline bool date_is_full(struct date d)
{
	return d.year && d.month && d.day;
}

/* Days since 1970-01-01 of a full date, and back. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);

/* The first day of its month; both as days since 1970-01-01. */
int32_t date_first_of_month(int32_t day);

/* Days since 1970-01-01 of a moment that is set, in its own frame. */
static inline int64_t moment_days(struct moment m)
{
	return m.s / SECONDS_PER_DAY - (m.s % SECONDS_PER_DAY < 0);
}

/* The day a moment falls on, in the moment's own frame. */
struct date date_of_moment(struct moment m);

/*
 * Whole years from `born` to `on`, both full dates; a birthday counts on its
 * day, 29 February on 1 March in other years.
 */
int date_years_between(struct date born, struct date on);

/* A moment from its parts; minute < 0 gives precision MOMENT_DAY. */
struct moment moment_make(struct date d, int hour, int minute, int second);

/*
 * Read "2026-11-22", "2026-11-22T10:00" or "2026-11-22T10:00:30", with or
 * without a Z at the end. False: not of that form, *out untouched.
 */
MUST_CHECK bool moment_read(struct str s, struct moment *out);

/* Read "2026-11-22", "2026-11" or "2026". */
MUST_CHECK bool date_read(struct str s, struct date *out);

/* Write as read above: unknown parts of a date left off. */
void date_write(struct buf *b, struct date d);
/* Seconds only where the moment has them; `utc` adds the Z. */
void moment_write(struct buf *b, struct moment m, bool utc);

#endif
