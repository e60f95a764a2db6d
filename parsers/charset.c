#include "parsers/charset.h"

#include <iconv.h>
#include <string.h>

enum {
	MARKLESS = 16, /* bytes that betray UTF-16 without a mark */
	ESCAPE = 033,  /* ISO 2022 shifts by it */
};

static const struct {
	char id[5];
	const char *charset;
} repertoires[] = {
	{ "UNOD", "ISO-8859-2" },  { "UNOE", "ISO-8859-5" },
	{ "UNOF", "ISO-8859-7" },  { "UNOG", "ISO-8859-3" },
	{ "UNOH", "ISO-8859-4" },  { "UNOI", "ISO-8859-6" },
	{ "UNOJ", "ISO-8859-8" },  { "UNOK", "ISO-8859-9" },
	{ "UNOX", "ISO-2022-JP" },
};

const char *charset_of_syntax(struct str syntax_id)
{
	for (size_t i = 0; i < ARRAY_SIZE(repertoires); i++)
		if (str_eq_nocase(syntax_id, str_of(repertoires[i].id)))
			return repertoires[i].charset;
	return NULL;
}

static bool is_ascii(struct str s)
{
	uint64_t all = 0, eight[4];
	size_t i = 0;

	for (; i + sizeof(eight) <= s.len; i += sizeof(eight)) {
		memcpy(eight, s.ptr + i, sizeof(eight));
		all |= eight[0] | eight[1] | eight[2] | eight[3];
	}
	for (; i < s.len; i++)
		all |= (uint8_t)s.ptr[i];
	return (all & 0x8080808080808080u) == 0;
}

/* Length of the UTF-8 sequence at `p`, 0 when it is none (RFC 3629). */
static size_t utf8_len(const uint8_t *p, size_t left)
{
	size_t n = *p < 0x80	     ? 1
		   : *p >> 5 == 0x06 ? 2
		   : *p >> 4 == 0x0e ? 3
		   : *p >> 3 == 0x1e ? 4
				     : 0;

	if (n == 0 || n > left || *p == 0xc0 || *p == 0xc1 || *p > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ||
	    (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static bool is_utf8(struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.len; i += n) {
		n = utf8_len((const uint8_t *)s.ptr + i, s.len - i);
		if (n == 0)
			return false;
	}
	return true;
}

static struct str from_latin1(struct str s, struct arena *a)
{
	char *out = arena_alloc(a, s.len * 2 + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = (uint8_t)s.ptr[i];

		if (c < 0x80) {
			out[n++] = (char)c;
		} else {
			out[n++] = (char)(0xc0 | c >> 6);
			out[n++] = (char)(0x80 | (c & 0x3f));
		}
	}
	return (struct str){ out, n };
}

/* Through iconv; absent when the bytes are not of that charset. */
static struct str convert(const char *charset, struct str s, struct arena *a)
{
	size_t left = s.len, room = s.len * 4 + 4;
	char *in = (char *)(uintptr_t)s.ptr, *out = arena_alloc(a, room + 1);
	char *to = out;
	iconv_t cd = iconv_open("UTF-8", charset);
	size_t rc;

	if (cd == (iconv_t)-1)
		return STR_NONE;
	rc = iconv(cd, &in, &left, &to, &room);
	iconv_close(cd);
	if (rc == (size_t)-1)
		return STR_NONE;
	return (struct str){ out, (size_t)(to - out) };
}

bool charset_is_plain(struct str s)
{
	return is_ascii(s) && !(s.len && memchr(s.ptr, ESCAPE, s.len));
}

struct str charset_decode(const char *charset, struct str s, struct arena *a)
{
	struct str out = STR_NONE;

	if (is_ascii(s) && (!charset || !memchr(s.ptr, ESCAPE, s.len)))
		return s;
	if (charset)
		out = convert(charset, s, a);
	else if (is_utf8(s))
		return s;
	return out.ptr ? out : from_latin1(s, a);
}

/* Every second byte of what begins there is NUL, as ASCII's in UTF-16 is. */
static bool is_every_second_nul(struct str s, size_t odd)
{
	if (s.len < MARKLESS)
		return false;
	for (size_t i = 0; i < MARKLESS; i++)
		if ((s.ptr[i] == '\0') != (i % 2 == odd))
			return false;
	return true;
}

struct str charset_from_utf16(struct str s, struct arena *a)
{
	static const struct {
		const char *mark, *charset;
		size_t odd; /* which of two bytes is NUL */
	} forms[] = { { "\xfe\xff", "UTF-16BE", 0 },
		      { "\xff\xfe", "UTF-16LE", 1 } };

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		size_t skip = str_starts(s, str_of(forms[i].mark)) ? 2 : 0;
		struct str out, in = { s.ptr + skip, (s.len - skip) & ~1ull };

		if (!skip && !is_every_second_nul(s, forms[i].odd))
			continue;
		out = convert(forms[i].charset, in, a);
		if (out.ptr)
			return out;
	}
	return s;
}
