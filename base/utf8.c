#include "base/utf8.h"

#include <utf8proc.h>

enum {
	DECOMPOSED_MAX = 32, /* code points one can decompose into (18 do) */
	SPACING_ACUTE = 0xb4,
};

uint32_t utf8_next(struct str *s)
{
	utf8proc_int32_t cp;
	utf8proc_ssize_t n;
	unsigned char first = (unsigned char)s->ptr[0];

	n = 1;
	cp = first;
	if (first >= 0x80) {
		n = utf8proc_iterate((const utf8proc_uint8_t *)s->ptr,
				     (utf8proc_ssize_t)s->len, &cp);
		if (n <= 0) {
			n = 1;
			cp = first;
		}
	}
	s->ptr += n;
	s->len -= (size_t)n;
	return (uint32_t)cp;
}

ptrdiff_t utf8_find_bad(struct str s)
{
	size_t pos = 0;

	while (pos < s.len) {
		utf8proc_int32_t cp;
		utf8proc_ssize_t n = 1;

		if ((unsigned char)s.ptr[pos] >= 0x80)
			n = utf8proc_iterate(
				(const utf8proc_uint8_t *)s.ptr + pos,
				(utf8proc_ssize_t)(s.len - pos), &cp);
		if (n <= 0)
			return (ptrdiff_t)pos;
		pos += (size_t)n;
	}
	return -1;
}

size_t utf8_put(char *out, uint32_t cp)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n;

	n = utf8proc_encode_char((utf8proc_int32_t)cp, bytes);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		out[i] = (char)bytes[i];
	return (size_t)n;
}

/* Marks of one letter in the order of their combining classes. */
static void order_marks(uint32_t *cp, size_t nr)
{
	for (size_t i = 1; i < nr; i++) {
		uint32_t moving = cp[i];
		int class = utf8proc_get_property((utf8proc_int32_t)moving)
				    ->combining_class;
		size_t at = i;

		while (class && at > 0 &&
		       utf8proc_get_property((utf8proc_int32_t)cp[at - 1])
				       ->combining_class > class) {
			cp[at] = cp[at - 1];
			at--;
		}
		cp[at] = moving;
	}
}

static size_t decompose(uint32_t cp, utf8proc_int32_t *out, size_t cap,
			utf8proc_option_t option)
{
	int boundary = 0;
	utf8proc_ssize_t n;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, out,
				    (utf8proc_ssize_t)cap, option, &boundary);
	if (n <= 0 || (size_t)n > cap) {
		out[0] = (utf8proc_int32_t)cp;
		return 1;
	}
	return (size_t)n;
}

size_t utf8_upper_nfkc(struct str s, uint32_t *out, size_t cap)
{
	utf8proc_int32_t part[DECOMPOSED_MAX];
	size_t nr = 0, kept;
	bool plain = true;

	while (s.len) {
		uint32_t cp = utf8_next(&s);
		size_t n = 1;

		part[0] = (utf8proc_int32_t)cp;
		if (cp >= 0x80 && cp != SPACING_ACUTE) {
			plain = false;
			n = decompose(cp, part, ARRAY_SIZE(part),
				      UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
		}
		for (size_t i = 0; i < n; i++, nr++)
			if (nr < cap)
				out[nr] = (uint32_t)utf8proc_toupper(part[i]);
	}
	kept = nr < cap ? nr : cap;
	if (plain)
		return nr;
	order_marks(out, kept);
	/* Composing works in place and never makes the text longer. */
	kept = (size_t)utf8proc_normalize_utf32(
		(utf8proc_int32_t *)out, (utf8proc_ssize_t)kept,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return nr > cap ? nr : kept;
}

uint32_t utf8_base(uint32_t cp)
{
	utf8proc_int32_t part[DECOMPOSED_MAX];

	if (cp < 0x80)
		return cp;
	decompose(cp, part, ARRAY_SIZE(part), UTF8PROC_DECOMPOSE);
	return (uint32_t)part[0];
}

enum utf8_kind utf8_kind_of(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return UTF8_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return UTF8_MARK;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return UTF8_DIGIT;
	default:
		return UTF8_OTHER;
	}
}
