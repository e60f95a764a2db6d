/*
 * value.h - what an expression works on
 *
 * Numbers, dates, moments and durations are intervals [lo, hi]: a moment
 * known to the day only, a date without its day, a count over elements that
 * partly are unknown. An exact value has lo == hi. A comparison is true or
 * false only when it is so for all of the interval, else unknown. A result
 * that leaves 64 bits is unknown, never wrapped around.
 *
 * Units: DECIMAL and MONEY thousandths, DATE days since 1970-01-01, TIME UTC
 * seconds, DURATION seconds. Plain values; texts are borrowed from the record
 * or the expression.
 */
#ifndef RULES_VALUE_H
#define RULES_VALUE_H

#include "base/buf.h"
#include "base/date.h"
#include "parsers/field.h"
#include "rules/tri.h"

enum type {
	TYPE_NONE, /* no type yet: a bare word or number */
	TYPE_BOOL,
	TYPE_INT,
	TYPE_DECIMAL,
	TYPE_MONEY,
	TYPE_TEXT,
	TYPE_CODE,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_DURATION,
	TYPE_COUNTRY,
	TYPE_AIRPORT,
	TYPE_LIST, /* a collection; not a value */
};

struct value {
	enum type type;
	bool known;
	enum tri truth;	 /* TYPE_BOOL */
	int64_t lo, hi;	 /* numbers, dates, moments, durations */
	int64_t east;	 /* TYPE_TIME: seconds its own clock is ahead of UTC */
	bool local;	 /* TYPE_TIME: `east` is an airport's clock */
	struct str text; /* texts and codes; TYPE_MONEY: the currency */
};

#define VALUE_UNKNOWN(t) ((struct value){ .type = (t) })

/* "integer", "time", ...: the word for a type in messages. */
const char *type_name(enum type t);

/* The type of a field's value in expressions. */
enum type type_of_field(enum field_type t);

/* Is it text, code, country or airport: compared as bytes? */
bool type_is_text(enum type t);

/* Does < make sense for it? */
bool type_is_ordered(enum type t);

/* A known number; a text (absent: unknown); a truth. */
struct value value_exact(enum type t, int64_t v);
struct value value_text(enum type t, struct str s);
struct value value_bool(enum tri t);

/* A date; with unknown parts an interval. */
struct value value_date(struct date d);
/* A moment; known to the day only, an interval. `east` is the offset of its own clock; `m` is UTC. */
struct value value_time(struct moment m, int64_t east, bool local);

/* Integer -> decimal; time -> the date on its own clock. */
struct value value_to_decimal(struct value v);
struct value value_to_date(struct value v);

enum compare_op { CMP_EQ, CMP_NE, CMP_LT, CMP_LE, CMP_GT, CMP_GE };

/*
 * Compare two values of one type (or of any two text types). Unknown when
 * either is, when intervals overlap, or when currencies differ.
 */
enum tri value_compare(enum compare_op op, const struct value *a,
		       const struct value *b);

/* Interval sum or difference of type `t`; unknown on overflow. */
struct value value_add(enum type t, const struct value *a,
		       const struct value *b);
struct value value_sub(enum type t, const struct value *a,
		       const struct value *b);

/*
 * Interval product and quotient, rounded towards 0 to the unit of `t`; unknown
 * on overflow and where the divisor may be 0. Two amounts divided: of one
 * currency.
 */
struct value value_mul(enum type t, const struct value *a,
		       const struct value *b);
struct value value_div(enum type t, const struct value *a,
		       const struct value *b);

/* Without its sign; unknown when 64 bits do not hold it. */
struct value value_abs(struct value v);

/*
 * Write for evidence: "31h", "2026-11-22T10:00Z", "CA", "120.5 EUR",
 * "[2026-11-22T00:00Z, 2026-11-22T23:59:59Z]", "unknown".
 */
void value_write(struct buf *out, const struct value *v);

#endif
