#include "rules/literal.h"

#include "base/country.h"
#include "rules/name.h"
#include "rules/refuse.h"

#include <string.h>

/* Codes that paxgate itself gives out: a typing error would never match. */
static const struct vocabulary {
	const char *record, *name;
	const char *words[8];
} vocabularies[] = {
	{ "trip", "type", { "oneway", "return", "multi" } },
	{ "trip",
	  "direction",
	  { "inbound", "outbound", "transit", "domestic" } },
	{ "traveller",
	  "status",
	  { "booked", "checked_in", "on_board", "not_on_board", "cancelled" } },
	{ "comparison",
	  "item",
	  { "name", "birth_date", "sex", "nationality", "document",
	    "expiry" } },
	{ "message", "type", { "PAXLST", "PNRGOV" } },
	{ "contact",
	  "kind",
	  { "phone", "mobile", "home", "business", "email", "fax",
	    "unknown" } },
	{ "address",
	  "kind",
	  { "contact", "destination", "residence", "birth", "billing" } },
};

static bool looks_numeric(struct str s)
{
	return s.len &&
	       ((s.ptr[0] >= '0' && s.ptr[0] <= '9') || s.ptr[0] == '-');
}

static bool is_duration(struct str s)
{
	if (s.len && s.ptr[0] == '-')
		s = str_trim(str_slice(s, 1, s.len));
	return s.len > 1 && strchr("smhdw", s.ptr[s.len - 1]) &&
	       str_is_digits(str_slice(s, 0, s.len - 1));
}

/* Any blank that the lexer knows stands between amount and currency. */
static bool is_money(struct str s)
{
	if (s.len < 5 || s.ptr[s.len - 1] < 'A' || s.ptr[s.len - 1] > 'Z' ||
	    !looks_numeric(s))
		return false;
	for (const char *blank = " \t\r\n"; *blank; blank++)
		if (str_find_byte(s, *blank) > 0)
			return true;
	return false;
}

static bool is_number(struct str s)
{
	if (s.len && s.ptr[0] == '-')
		s = str_trim(str_slice(s, 1, s.len));
	for (size_t i = 0; i < s.len; i++)
		if ((s.ptr[i] < '0' || s.ptr[i] > '9') && s.ptr[i] != '.')
			return false;
	return s.len > 0;
}

enum type literal_own_type(const struct expr *n)
{
	struct moment m;

	if (n->quoted)
		return TYPE_TEXT;
	if (str_eq(n->text, STR("true")) || str_eq(n->text, STR("false")))
		return TYPE_BOOL;
	if (is_number(n->text))
		return str_find_byte(n->text, '.') < 0 ? TYPE_INT
						       : TYPE_DECIMAL;
	if (is_duration(n->text))
		return TYPE_DURATION;
	if (is_money(n->text))
		return TYPE_MONEY;
	if (moment_read(n->text, &m))
		return n->text.len == 10 ? TYPE_DATE : TYPE_TIME;
	return TYPE_NONE;
}

/* "-12.5" in thousandths. */
static bool read_milli(struct str s, int64_t *out)
{
	bool minus = s.len && s.ptr[0] == '-';
	struct str frac = minus ? str_trim(str_slice(s, 1, s.len)) : s;
	struct str whole = str_split(&frac, '.');
	int64_t v, f = 0;

	if (!str_is_digits(whole) || !str_to_i64(whole, &v) ||
	    __builtin_mul_overflow(v, 1000, &v))
		return false;
	if (frac.ptr) {
		static const int64_t scale[] = { 0, 100, 10, 1 };

		if (frac.len < 1 || frac.len > 3 || !str_is_digits(frac) ||
		    !str_to_i64(frac, &f))
			return false;
		f *= scale[frac.len];
	}
	if (__builtin_add_overflow(v, f, &v))
		return false;
	*out = minus ? -v : v;
	return true;
}

static bool read_int(struct expr *n)
{
	int64_t v;

	if (!read_milli(n->text, &v) || v % 1000)
		return false;
	n->value = value_exact(TYPE_INT, v / 1000);
	return true;
}

static bool read_decimal(struct expr *n)
{
	int64_t v;

	if (!read_milli(n->text, &v))
		return false;
	n->value = value_exact(TYPE_DECIMAL, v);
	return true;
}

static bool read_money(struct expr *n)
{
	struct str currency = str_slice(n->text, n->text.len - 3, n->text.len);
	int64_t v;

	if (!is_money(n->text) ||
	    !read_milli(str_trim(str_slice(n->text, 0, n->text.len - 3)), &v))
		return false;
	n->value = value_exact(TYPE_MONEY, v);
	n->value.text = currency;
	return true;
}

static bool read_date(struct expr *n)
{
	struct date d;

	if (n->text.len != 10 || !date_read(n->text, &d))
		return false;
	n->value = value_date(d);
	return true;
}

static bool read_time(struct expr *n)
{
	struct moment m;

	if (!moment_read(n->text, &m))
		return false;
	n->value = value_time(m, 0, false);
	return true;
}

static bool read_duration(struct expr *n)
{
	static const struct {
		char letter;
		int64_t seconds;
	} unit[] = { { 's', 1 },
		     { 'm', 60 },
		     { 'h', 3600 },
		     { 'd', SECONDS_PER_DAY },
		     { 'w', 7 * SECONDS_PER_DAY } };
	struct str s = n->text;
	bool minus = s.len && s.ptr[0] == '-';
	int64_t v;

	if (!is_duration(s))
		return false;
	if (minus)
		s = str_trim(str_slice(s, 1, s.len));
	if (!str_to_i64(str_slice(s, 0, s.len - 1), &v))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(unit); i++)
		if (unit[i].letter == s.ptr[s.len - 1] &&
		    __builtin_mul_overflow(v, unit[i].seconds, &v))
			return false;
	n->value = value_exact(TYPE_DURATION, minus ? -v : v);
	return true;
}

static bool read_bool(struct expr *n)
{
	bool yes = str_eq(n->text, STR("true"));

	if (n->quoted || (!yes && !str_eq(n->text, STR("false"))))
		return false;
	n->value = value_bool(tri_of(yes));
	return true;
}

static bool read_airport(struct expr *n)
{
	if (n->text.len != 3)
		return false;
	for (size_t i = 0; i < 3; i++)
		if (n->text.ptr[i] < 'A' || n->text.ptr[i] > 'Z')
			return false;
	n->value = value_text(TYPE_AIRPORT, n->text);
	return true;
}

static bool read_country(struct expr *n)
{
	if (!str_eq(country_canonical(n->text), n->text))
		return false;
	n->value = value_text(TYPE_COUNTRY, n->text);
	return true;
}

static bool read_code(struct expr *n)
{
	n->value = value_text(TYPE_CODE, n->text);
	return n->text.len > 0;
}

static bool read_text(struct expr *n)
{
	n->value = value_text(TYPE_TEXT, n->text);
	return n->quoted;
}

/* How each type's literals are written. */
static const struct form {
	bool (*read)(struct expr *n);
	const char *example;
} forms[] = {
	[TYPE_BOOL] = { read_bool, "true or false" },
	[TYPE_INT] = { read_int, "a whole number, as 3" },
	[TYPE_DECIMAL] = { read_decimal, "a number, as 23.5" },
	[TYPE_MONEY] = { read_money, "an amount with its currency, as "
				     "500 EUR" },
	[TYPE_TEXT] = { read_text, "a text in quotes, as \"ABC\"" },
	[TYPE_CODE] = { read_code, "a code, as CA" },
	[TYPE_DATE] = { read_date, "a date, as 2026-01-31" },
	[TYPE_TIME] = { read_time, "a date or time, as 2026-01-31T10:00" },
	[TYPE_DURATION] = { read_duration, "a duration, as 48h, 30d or 90m" },
	[TYPE_COUNTRY] = { read_country, "a country's three letters, as DEU" },
	[TYPE_AIRPORT] = { read_airport, "an airport's three letters, as "
					 "VIE" },
};

/* Take off the quotes and the backslashes between them. */
static void unquote(struct expr *n, struct arena *a)
{
	struct str s = str_slice(n->text, 1, n->text.len - 1);
	char *to = arena_alloc(a, s.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && i + 1 < s.len)
			i++;
		to[len++] = s.ptr[i];
	}
	n->text = (struct str){ to, len };
}

static int check_vocabulary(const struct expr *n, const struct field *f,
			    struct err *e)
{
	for (size_t i = 0; i < ARRAY_SIZE(vocabularies); i++) {
		const struct vocabulary *v = &vocabularies[i];
		struct nearest near = { .word = n->text };

		if (strcmp(v->record, f->record) || strcmp(v->name, f->name))
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(v->words) && v->words[k];
		     k++) {
			if (str_eq(n->text, str_of(v->words[k])))
				return 0;
			nearest_try(&near, str_of(v->words[k]));
		}
		return err_at(e, ERR_VALUE, n->pos,
			      "'%s.%s' is never '" STR_FMT "'; %s'" STR_FMT "'",
			      f->record, f->name,
			      STR_ARG(str_slice(n->text, 0, 40)),
			      near.best.ptr ? "did you mean " : "it may be ",
			      STR_ARG(near.best.ptr ? near.best
						    : str_of(v->words[0])));
	}
	return 0;
}

static int wrong_form(const struct expr *n, enum type want, struct err *e)
{
	struct str country = country_canonical(n->text);

	if (want == TYPE_COUNTRY && country.ptr)
		return err_at(e, ERR_VALUE, n->pos,
			      "'" STR_FMT "' is written " STR_FMT " here",
			      STR_ARG(n->text), STR_ARG(country));
	return err_at(e, ERR_VALUE, n->pos, "'" STR_FMT "' is not %s",
		      STR_ARG(str_slice(n->text, 0, 40)), forms[want].example);
}

int literal_set(struct expr *n, enum type want, const struct field *field,
		struct arena *a, struct err *e)
{
	if (n->quoted && n->type == TYPE_NONE)
		unquote(n, a);
	n->type = want;
	if (refuse_proxy(n->text, n->pos, e))
		return e->code;
	if (!forms[want].read(n))
		return wrong_form(n, want, e);
	if (!field)
		return 0;
	if (!strcmp(field->record, "ssr") && !strcmp(field->name, "code") &&
	    refuse_ssr_code(n->text, n->pos, e))
		return e->code;
	return check_vocabulary(n, field, e);
}
