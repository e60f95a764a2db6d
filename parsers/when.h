/*
 * when.h - dates and times as airline messages write them
 *
 * PAXLST writes YYMMDD, PNRGOV DDMMYY, SSR texts DDMMMYY. What a form is, its
 * length decides, not a format code. Two-digit years get their century from
 * what the date is: nobody is born after the message. A date may lack month
 * or day (00). Pure functions.
 */
#ifndef PARSERS_WHEN_H
#define PARSERS_WHEN_H

#include "base/date.h"

enum when_order { WHEN_YMD, WHEN_DMY };

enum when_century {
	WHEN_PAST,   /* births, issues: 20yy unless after the message */
	WHEN_EXPIRY, /* 20yy, but no farther than 30 years ahead */
	WHEN_NEAR,   /* schedules: 20yy */
	WHEN_WINDOW, /* 80 years back to 19 ahead of the message */
};

/*
 * Read 6 digits, or 8 with the century; hyphens between them are skipped, and
 * a time behind them (10 and 12 digits) is left alone. `today` is the day of
 * the message. False: no date; *out untouched.
 */
MUST_CHECK bool when_date(struct str s, enum when_order order,
			  enum when_century century, struct date today,
			  struct date *out);

/* Read DDMMMYY or DDMMMYYYY, as in SSR texts. */
MUST_CHECK bool when_text_date(struct str s, enum when_century century,
			       struct date today, struct date *out);

/* Read HHMM or HHMMSS into seconds of the day. */
MUST_CHECK bool when_time(struct str s, int *seconds, bool *has_seconds);

/* A moment of a full date and a time text; without a time, the day. */
struct moment when_moment(struct date d, struct str time);

/*
 * DDMMYY and HHMM, as nearly all moments of a PNRGOV are, in one go: what
 * when_date() (WHEN_WINDOW) and when_moment() say of them. False: they are
 * something else, or none, and those have to be asked.
 */
MUST_CHECK bool when_minute(struct str date, struct str time, struct date today,
			    struct moment *out);

/* A date with the time behind it: 6, 8, 10, 12 or 14 digits. */
MUST_CHECK bool when_local(struct str s, enum when_order order,
			   struct date today, struct moment *out);

#endif
