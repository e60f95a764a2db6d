#include "parsers/convert.h"

#include "base/country.h"
#include "base/word.h"
#include "parsers/when.h"

enum { CODE_MAX = 70, SHORT_MAX = 4, DIGITS_MAX = 15 };

bool convert_text(struct walk *w, struct piece v, void *member)
{
	*(struct str *)member = piece_keep(w, v);
	return true;
}

bool convert_code(struct walk *w, struct piece v, void *member)
{
	if (v.text.len > CODE_MAX)
		return false;
	*(struct str *)member = piece_keep(w, v);
	return true;
}

bool convert_short(struct walk *w, struct piece v, void *member)
{
	return v.text.len <= SHORT_MAX && str_is_alnum(v.text) &&
	       convert_code(w, v, member);
}

bool convert_remark(struct walk *w, struct piece v, void *member)
{
	*(struct str *)member = piece_scan(w, v, CLAIM_REMARK);
	return true;
}

/* One to eight letters? */
static bool is_letters(struct str s)
{
	return s.len && s.len <= WORD_MAX &&
	       word_is_all(word_upper(word_load(s.ptr, s.len)), s.len, 'A',
			   'Z');
}

/* Up to eight bytes in upper case, a view of `s` where it is that already. */
static struct str upper(struct walk *w, struct str s)
{
	uint64_t v = word_load(s.ptr, s.len), capitals = word_upper(v);

	if (v == capitals) /* nearly all are */
		return s;
	return arena_str(w->arena, (struct str){ (char *)&capitals, s.len });
}

bool convert_airport(struct walk *w, struct piece v, void *member)
{
	if (v.text.len != 3 || !is_letters(v.text))
		return false;
	*(struct str *)member = upper(w, piece_keep(w, v));
	return true;
}

bool convert_country(struct walk *w, struct piece v, void *member)
{
	struct str canonical, kept;
	size_t n = v.text.len;

	while (n && v.text.ptr[n - 1] == '<') /* a machine-readable zone's */
		n--;
	if (n < v.text.len)
		v = piece_slice(w, v, 0, n);
	if (v.text.len > 3 || !is_letters(v.text))
		return false;
	canonical = country_canonical(v.text);
	kept = piece_keep(w, v);
	*(struct str *)member = canonical.ptr ? canonical : upper(w, kept);
	return true;
}

bool convert_carrier(struct walk *w, struct piece v, void *member)
{
	if (v.text.len < 2 || v.text.len > 3 || !str_is_alnum(v.text))
		return false;
	*(struct str *)member = upper(w, piece_keep(w, v));
	return true;
}

struct str without_zeros(struct str s)
{
	while (s.len > 1 && s.ptr[0] == '0' && s.ptr[1] >= '0' &&
	       s.ptr[1] <= '9')
		s = str_slice(s, 1, s.len);
	return s;
}

bool convert_flight_number(struct walk *w, struct piece v, void *member)
{
	if (v.text.len > 8 || !str_is_alnum(v.text))
		return false;
	*(struct str *)member = upper(w, without_zeros(piece_keep(w, v)));
	return true;
}

bool convert_int(struct walk *w, struct piece v, void *member)
{
	struct number *n = member;
	int64_t i;

	if (v.text.len > 9 || !str_is_digits(v.text) || !str_to_i64(v.text, &i))
		return false;
	piece_claim(w, v);
	*n = (struct number){ i, true };
	return true;
}

bool convert_sex(struct walk *w, struct piece v, void *member)
{
	char c = v.text.len == 1 ? (char)(v.text.ptr[0] & ~0x20) : '\0';

	if (c == 'M' || c == 'F' || c == 'X') {
		*(struct str *)member = upper(w, piece_keep(w, v));
		return true;
	}
	return c == 'U' || c == 'N';
}

static bool store_date(struct walk *w, struct piece v, enum when_century c,
		       void *member)
{
	if (!when_date(v.text, WHEN_YMD, c, w->today, member))
		return false;
	piece_claim(w, v);
	return true;
}

bool convert_birth(struct walk *w, struct piece v, void *member)
{
	return store_date(w, v, WHEN_PAST, member);
}

bool convert_expiry(struct walk *w, struct piece v, void *member)
{
	return store_date(w, v, WHEN_EXPIRY, member);
}

bool convert_issue(struct walk *w, struct piece v, void *member)
{
	return store_date(w, v, WHEN_PAST, member);
}

/* Formats 205 and 303: CCYYMMDDHHMM and a zone, which says nothing more. */
static struct piece without_zone(struct walk *w, struct piece v)
{
	enum { DIGITS = 12 };

	if (v.text.len > DIGITS &&
	    str_is_digits(str_slice(v.text, 0, DIGITS)) &&
	    !str_is_digits(v.text))
		return piece_slice(w, v, 0, DIGITS);
	return v;
}

bool convert_local(struct walk *w, struct piece v, void *member)
{
	v = without_zone(w, v);
	if (!when_local(v.text, WHEN_YMD, w->today, member))
		return false;
	piece_claim(w, v);
	return true;
}

bool convert_constant(struct walk *w, struct piece v, void *member)
{
	(void)member;
	if ((v.text.len <= 3 && str_is_digits(v.text)) || piece_is(v, "ZZZ"))
		piece_claim(w, v);
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool decimal_read(struct str s, int64_t *milli)
{
	static const int64_t scale[] = { 1000, 100, 10, 1 };
	bool minus = s.len && s.ptr[0] == '-';
	size_t i = minus, digits, point, kept = 0;
	int64_t v = 0;

	if (s.len > DIGITS_MAX + 2) /* a sign and a point */
		return false;
	for (; i < s.len && is_digit(s.ptr[i]); i++)
		v = v * 10 + (s.ptr[i] - '0');
	digits = i - minus;
	if (i < s.len && (s.ptr[i] == '.' || s.ptr[i] == ',')) {
		for (point = ++i; i < s.len && is_digit(s.ptr[i]); i++) {
			if (kept == 3) /* thousandths, the rest is cut off */
				continue;
			v = v * 10 + (s.ptr[i] - '0');
			kept++;
		}
		digits += i - point;
	}
	if (i < s.len || !digits || digits > DIGITS_MAX)
		return false;
	v *= scale[kept];
	*milli = minus ? -v : v;
	return true;
}

bool seat_read(struct str s, struct str *out)
{
	size_t n = 0;

	s = without_zeros(s);
	while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	if (n == 0 || n > 3 || s.len != n + 1 ||
	    !is_letters(str_slice(s, n, s.len)))
		return false;
	*out = s;
	return true;
}
