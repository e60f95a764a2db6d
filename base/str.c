#include "base/str.h"

#include <string.h>

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (!a.ptr || !b.ptr)
		return a.ptr == b.ptr;
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c;

	if (!a.ptr || !b.ptr)
		return (a.ptr != NULL) - (b.ptr != NULL);
	c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	if (c)
		return c;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str part)
{
	return s.len >= part.len &&
	       (!part.len || memcmp(s.ptr, part.ptr, part.len) == 0);
}

bool str_ends(struct str s, struct str part)
{
	return s.len >= part.len &&
	       (!part.len ||
		memcmp(s.ptr + s.len - part.len, part.ptr, part.len) == 0);
}

ptrdiff_t str_find(struct str s, struct str part)
{
	enum { SHORT = 4 }; /* of which few beginnings are in a text */
	const char *p = s.ptr, *end;

	if (!part.len)
		return 0;
	if (s.len < part.len)
		return -1;
	if (part.len > SHORT) {
		p = memmem(s.ptr, s.len, part.ptr, part.len);
		return p ? p - s.ptr : -1;
	}
	end = s.ptr + s.len - part.len + 1;
	while (p < end && (p = memchr(p, part.ptr[0], (size_t)(end - p)))) {
		if (memcmp(p, part.ptr, part.len) == 0)
			return p - s.ptr;
		p++;
	}
	return -1;
}

ptrdiff_t str_find_byte(struct str s, char c)
{
	const char *p = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return p ? p - s.ptr : -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
	while (s.len && is_blank(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct str str_split(struct str *s, char sep)
{
	struct str head = *s;
	ptrdiff_t at = str_find_byte(*s, sep);

	if (at < 0) {
		*s = STR_NONE;
		return head;
	}
	head.len = (size_t)at;
	*s = str_slice(*s, head.len + 1, s->len);
	return head;
}

/* What a byte is: bits. */
enum { DIGIT = 1, LETTER = 2 };

static const uint8_t kind[256] = {
	['0' ... '9'] = DIGIT,
	['A' ... 'Z'] = LETTER,
	['a' ... 'z'] = LETTER,
};

bool str_is_digits(struct str s)
{
	uint8_t all = DIGIT;

	for (size_t i = 0; i < s.len; i++)
		all &= kind[(uint8_t)s.ptr[i]];
	return s.len && all;
}

bool str_is_alnum(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!kind[(uint8_t)s.ptr[i]])
			return false;
	return s.len > 0;
}

bool str_to_i64(struct str s, int64_t *out)
{
	bool minus = s.len && s.ptr[0] == '-';
	int64_t v = 0;

	if (s.len && (minus || s.ptr[0] == '+'))
		s = str_slice(s, 1, s.len);
	if (!str_is_digits(s))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		/* negative all along: INT64_MIN has no positive twin */
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, s.ptr[i] - '0', &v))
			return false;
	}
	if (!minus && v == INT64_MIN)
		return false;
	*out = minus ? v : -v;
	return true;
}

size_t str_utf8_len(struct str s)
{
	unsigned char c = (unsigned char)s.ptr[0];
	size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	uint32_t cp = c & (0x7f >> n);

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4 || s.len < n)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)s.ptr[i] & 0xc0) != 0x80)
			return 0;
		cp = cp << 6 | ((unsigned char)s.ptr[i] & 0x3f);
	}
	if ((n == 3 && (cp < 0x800 || (cp >= 0xd800 && cp < 0xe000))) ||
	    (n == 4 && (cp < 0x10000 || cp > 0x10ffff)))
		return 0;
	return n;
}
