#include "rules/format_scalar.h"

#include <string.h>

/* The next character as a number, and how many bytes it takes. */
static uint32_t character(struct str s, size_t *len)
{
	static const uint32_t mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t c;

	*len = str_utf8_len(s);
	if (!*len) { /* libyaml gives out UTF-8 only */
		*len = 1;
		return 0xfffd;
	}
	c = (unsigned char)s.ptr[0] & mask[*len];
	for (size_t i = 1; i < *len; i++)
		c = c << 6 | ((unsigned char)s.ptr[i] & 0x3f);
	return c;
}

/* May it stand in a file as it is, and does it break no line there? */
static bool is_printable(uint32_t c)
{
	if (c == 0x2028 || c == 0x2029 || c == 0xfeff)
		return false;
	return (c >= 0x20 && c <= 0x7e) || (c >= 0xa0 && c <= 0xd7ff) ||
	       (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

bool format_is_printable(struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.len; i += n)
		if (!is_printable(character(str_slice(s, i, s.len), &n)))
			return false;
	return true;
}

static bool is_plain(struct str s, bool in_flow)
{
	bool minus = s.len > 1 && s.ptr[0] == '-' && s.ptr[1] > ' ';

	if (!s.len || !format_is_printable(s) || (!minus && s.ptr[0] == '-') ||
	    strchr("?:,[]{}#&*!|>'\"%@`= ", s.ptr[0]) ||
	    s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == ':')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;

		if ((c == ':' && (next == ' ' || in_flow)) ||
		    (c == ' ' && next == '#') ||
		    (in_flow && strchr(",[]{}?", c)))
			return false;
	}
	return !str_starts(s, STR("...")) && !str_starts(s, STR("---"));
}

void format_plain(struct buf *out, struct str s, bool in_flow)
{
	if (is_plain(s, in_flow))
		buf_str(out, s);
	else
		format_quoted(out, s);
}

static void put_escaped(struct buf *out, uint32_t c)
{
	if (c == '\n')
		buf_z(out, "\\n");
	else if (c == '\t')
		buf_z(out, "\\t");
	else if (c < 0x100)
		buf_fmt(out, "\\x%02x", (unsigned)c);
	else
		buf_fmt(out, "\\u%04x", (unsigned)c);
}

void format_quoted(struct buf *out, struct str s)
{
	size_t n;

	buf_byte(out, '"');
	for (size_t i = 0; i < s.len; i += n) {
		uint32_t c = character(str_slice(s, i, s.len), &n);

		if (c == '"' || c == '\\')
			buf_byte(out, '\\');
		if (is_printable(c))
			buf_add(out, s.ptr + i, n);
		else
			put_escaped(out, c);
	}
	buf_byte(out, '"');
}

void format_single(struct buf *out, struct str s)
{
	if (!format_is_printable(s)) {
		format_quoted(out, s);
		return;
	}
	buf_byte(out, '\'');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\'')
			buf_byte(out, '\'');
		buf_byte(out, s.ptr[i]);
	}
	buf_byte(out, '\'');
}
