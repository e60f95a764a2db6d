#include "rules/value.h"

const char *type_name(enum type t)
{
	static const char *const name[] = {
		[TYPE_NONE] = "literal",    [TYPE_BOOL] = "bool",
		[TYPE_INT] = "integer",	    [TYPE_DECIMAL] = "decimal",
		[TYPE_MONEY] = "money",	    [TYPE_TEXT] = "text",
		[TYPE_CODE] = "code",	    [TYPE_DATE] = "date",
		[TYPE_TIME] = "time",	    [TYPE_DURATION] = "duration",
		[TYPE_COUNTRY] = "country", [TYPE_AIRPORT] = "airport",
		[TYPE_LIST] = "collection",
	};

	return name[t];
}

enum type type_of_field(enum field_type t)
{
	static const enum type of[] = {
		[FIELD_TEXT] = TYPE_TEXT,
		[FIELD_CODE] = TYPE_CODE,
		[FIELD_REMARK] = TYPE_TEXT,
		[FIELD_TITLE] = TYPE_TEXT,
		[FIELD_COUNTRY] = TYPE_COUNTRY,
		[FIELD_AIRPORT] = TYPE_AIRPORT,
		[FIELD_INT] = TYPE_INT,
		[FIELD_DECIMAL] = TYPE_DECIMAL,
		[FIELD_MONEY] = TYPE_MONEY,
		[FIELD_BOOL] = TYPE_BOOL,
		[FIELD_DATE] = TYPE_DATE,
		[FIELD_UTC] = TYPE_TIME,
		[FIELD_LOCAL] = TYPE_TIME,
		[FIELD_DURATION] = TYPE_DURATION,
		[FIELD_LIST] = TYPE_LIST,
		[FIELD_ONE] = TYPE_NONE,
	};

	return of[t];
}

bool type_is_text(enum type t)
{
	return t == TYPE_TEXT || t == TYPE_CODE || t == TYPE_COUNTRY ||
	       t == TYPE_AIRPORT;
}

bool type_is_ordered(enum type t)
{
	return t == TYPE_INT || t == TYPE_DECIMAL || t == TYPE_MONEY ||
	       t == TYPE_DATE || t == TYPE_TIME || t == TYPE_DURATION;
}

struct value value_exact(enum type t, int64_t v)
{
	return (struct value){ .type = t, .known = true, .lo = v, .hi = v };
}

struct value value_text(enum type t, struct str s)
{
	return (struct value){ .type = t, .known = s.ptr != NULL, .text = s };
}

struct value value_bool(enum tri t)
{
	return (struct value){ .type = TYPE_BOOL,
			       .known = t != TRI_UNKNOWN,
			       .truth = t };
}

struct value value_date(struct date d)
{
	struct date lo = d, hi = d;
	struct value v = VALUE_UNKNOWN(TYPE_DATE);

	if (!date_is_set(d) || !date_is_valid(d))
		return v;
	if (!d.month) {
		lo.month = 1;
		hi.month = 12;
	}
	if (!d.day) {
		lo.day = 1;
		for (hi.day = 31; !date_is_valid(hi); hi.day--)
			;
	}
	v.known = true;
	v.lo = date_to_days(lo);
	v.hi = date_to_days(hi);
	return v;
}

struct value value_time(struct moment m, int64_t east, bool local)
{
	struct value v = VALUE_UNKNOWN(TYPE_TIME);

	if (!moment_is_set(m) ||
	    __builtin_add_overflow(m.s, SECONDS_PER_DAY, &v.hi))
		return v;
	v.known = true;
	v.lo = v.hi = m.s;
	if (m.precision == MOMENT_DAY)
		v.hi += SECONDS_PER_DAY - 1;
	v.east = east;
	v.local = local;
	return v;
}

struct value value_to_decimal(struct value v)
{
	v.type = TYPE_DECIMAL;
	if (__builtin_mul_overflow(v.lo, 1000, &v.lo) ||
	    __builtin_mul_overflow(v.hi, 1000, &v.hi))
		v.known = false;
	return v;
}

static int64_t day_of(int64_t second)
{
	int64_t d = second / SECONDS_PER_DAY;

	return second % SECONDS_PER_DAY < 0 ? d - 1 : d;
}

struct value value_to_date(struct value v)
{
	v.type = TYPE_DATE;
	if (__builtin_add_overflow(v.lo, v.east, &v.lo) ||
	    __builtin_add_overflow(v.hi, v.east, &v.hi))
		v.known = false;
	v.lo = day_of(v.lo);
	v.hi = day_of(v.hi);
	v.east = 0;
	v.local = false;
	return v;
}

static enum tri less(int64_t a_lo, int64_t a_hi, int64_t b_lo, int64_t b_hi)
{
	if (a_hi < b_lo)
		return TRI_TRUE;
	return a_lo >= b_hi ? TRI_FALSE : TRI_UNKNOWN;
}

static enum tri equal(const struct value *a, const struct value *b)
{
	if (type_is_text(a->type))
		return tri_of(str_eq(a->text, b->text));
	if (a->type == TYPE_BOOL)
		return tri_of(a->truth == b->truth);
	if (a->hi < b->lo || b->hi < a->lo)
		return TRI_FALSE;
	return a->lo == a->hi && b->lo == b->hi ? TRI_TRUE : TRI_UNKNOWN;
}

enum tri value_compare(enum compare_op op, const struct value *a,
		       const struct value *b)
{
	if (!a->known || !b->known)
		return TRI_UNKNOWN;
	if (a->type == TYPE_MONEY &&
	    (!a->text.ptr || !str_eq(a->text, b->text)))
		return TRI_UNKNOWN;
	switch (op) {
	case CMP_EQ:
		return equal(a, b);
	case CMP_NE:
		return tri_not(equal(a, b));
	case CMP_LT:
		return less(a->lo, a->hi, b->lo, b->hi);
	case CMP_GE:
		return tri_not(less(a->lo, a->hi, b->lo, b->hi));
	case CMP_GT:
		return less(b->lo, b->hi, a->lo, a->hi);
	case CMP_LE:
		return tri_not(less(b->lo, b->hi, a->lo, a->hi));
	}
	return TRI_UNKNOWN;
}

/* The clock of a moment stays with it through + and -. */
static struct value shell(enum type t, const struct value *a,
			  const struct value *b)
{
	struct value v = VALUE_UNKNOWN(t);

	v.known = a->known && b->known;
	v.text = a->text; /* money: the caller saw that currencies agree */
	if (t == TYPE_TIME) {
		v.east = a->type == TYPE_TIME ? a->east : b->east;
		v.local = a->type == TYPE_TIME ? a->local : b->local;
	}
	return v;
}

/* Days and seconds put together: whole days, down to the earlier one. */
static struct value move_date(const struct value *a, const struct value *b,
			      int sign)
{
	const struct value *date = a->type == TYPE_DATE ? a : b;
	const struct value *by = date == a ? b : a;
	struct value v = VALUE_UNKNOWN(TYPE_DATE);
	int64_t lo = sign > 0 ? by->lo : by->hi;
	int64_t hi = sign > 0 ? by->hi : by->lo;

	if (!a->known || !b->known || lo == INT64_MIN || hi == INT64_MIN ||
	    __builtin_add_overflow(date->lo, day_of(sign * lo), &v.lo) ||
	    __builtin_add_overflow(date->hi, day_of(sign * hi), &v.hi))
		return v;
	v.known = true;
	return v;
}

static bool other_currency(const struct value *a, const struct value *b)
{
	return a->type == TYPE_MONEY && b->type == TYPE_MONEY &&
	       !str_eq(a->text, b->text);
}

struct value value_add(enum type t, const struct value *a,
		       const struct value *b)
{
	struct value v = shell(t, a, b);

	if (t == TYPE_DATE)
		return move_date(a, b, 1);
	if (other_currency(a, b))
		v.known = false;
	if (v.known && (__builtin_add_overflow(a->lo, b->lo, &v.lo) ||
			__builtin_add_overflow(a->hi, b->hi, &v.hi)))
		v.known = false;
	return v;
}

struct value value_sub(enum type t, const struct value *a,
		       const struct value *b)
{
	struct value v = shell(t, a, b);
	int64_t unit = 1;

	if (t == TYPE_DATE)
		return move_date(a, b, -1);
	if (other_currency(a, b))
		v.known = false;
	if (v.known && (__builtin_sub_overflow(a->lo, b->hi, &v.lo) ||
			__builtin_sub_overflow(a->hi, b->lo, &v.hi)))
		v.known = false;
	if (v.known && a->type == TYPE_DATE) /* days to seconds */
		unit = SECONDS_PER_DAY;
	if (__builtin_mul_overflow(v.lo, unit, &v.lo) ||
	    __builtin_mul_overflow(v.hi, unit, &v.hi))
		v.known = false;
	return v;
}

static void keep_corner(__int128 x, __int128 *lo, __int128 *hi, bool first)
{
	if (first || x < *lo)
		*lo = x;
	if (first || x > *hi)
		*hi = x;
}

/* a * b / down, or a * up / b, over all ends of both intervals. */
static struct value corners(enum type t, const struct value *a,
			    const struct value *b, bool divide, int64_t scale)
{
	const int64_t x[] = { a->lo, a->hi }, y[] = { b->lo, b->hi };
	struct value v = VALUE_UNKNOWN(t);
	__int128 lo = 0, hi = 0;

	for (int i = 0; i < 4; i++) {
		__int128 p = x[i / 2], q = y[i % 2];

		keep_corner(divide ? p * scale / q : p * q / scale, &lo, &hi,
			    i == 0);
	}
	if (lo < INT64_MIN || hi > INT64_MAX)
		return v;
	v.known = true;
	v.lo = (int64_t)lo;
	v.hi = (int64_t)hi;
	if (t == TYPE_MONEY)
		v.text = a->type == TYPE_MONEY ? a->text : b->text;
	return v;
}

struct value value_mul(enum type t, const struct value *a,
		       const struct value *b)
{
	bool milli = (a->type == TYPE_DECIMAL &&
		      (b->type == TYPE_DECIMAL || b->type == TYPE_MONEY)) ||
		     (a->type == TYPE_MONEY && b->type == TYPE_DECIMAL);

	if (!a->known || !b->known)
		return VALUE_UNKNOWN(t);
	return corners(t, a, b, false, milli ? 1000 : 1);
}

struct value value_div(enum type t, const struct value *a,
		       const struct value *b)
{
	bool milli = t == TYPE_DECIMAL || b->type == TYPE_DECIMAL;

	if (!a->known || !b->known || (b->lo <= 0 && b->hi >= 0) ||
	    other_currency(a, b))
		return VALUE_UNKNOWN(t);
	return corners(t, a, b, true, milli ? 1000 : 1);
}

struct value value_abs(struct value v)
{
	int64_t lo = v.lo, hi = v.hi;

	if (!v.known || lo == INT64_MIN || hi == INT64_MIN) {
		v.known = false;
		return v;
	}
	if (hi <= 0) {
		v.lo = -hi;
		v.hi = -lo;
	} else if (lo < 0) {
		v.lo = 0;
		v.hi = -lo > hi ? -lo : hi;
	}
	return v;
}
