#include "base/json_write.h"

#include <string.h>

void json_init(struct json *j, struct buf *out)
{
	j->out = out;
	j->first = true;
}

/* One character that JSON will not have as it stands; returns bytes used. */
static size_t write_special(struct buf *b, struct str s)
{
	unsigned char c = (unsigned char)s.ptr[0];
	size_t n;

	if (c == '"' || c == '\\') {
		buf_byte(b, '\\');
		buf_byte(b, (char)c);
	} else if (c == '\n') {
		buf_z(b, "\\n");
	} else if (c < 0x20 || c == 0x7f) {
		buf_fmt(b, "\\u%04x", c);
	} else {
		n = str_utf8_len(s);
		if (n) {
			buf_add(b, s.ptr, n);
			return n;
		}
		buf_byte(b, (char)(0xc0 | c >> 6)); /* ISO 8859-1 */
		buf_byte(b, (char)(0x80 | (c & 0x3f)));
	}
	return 1;
}

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void write_text(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	while (s.len) {
		size_t n = 0;

		while (n < s.len && is_plain(s.ptr[n]))
			n++;
		buf_add(b, s.ptr, n);
		s = str_slice(s, n, s.len);
		if (s.len)
			s = str_slice(s, write_special(b, s), s.len);
	}
	buf_byte(b, '"');
}

static void write_key(struct json *j, const char *key)
{
	if (!j->first)
		buf_byte(j->out, ',');
	j->first = false;
	if (key) {
		write_text(j->out, str_of(key));
		buf_byte(j->out, ':');
	}
}

void json_open(struct json *j, const char *key, char bracket)
{
	write_key(j, key);
	buf_byte(j->out, bracket);
	j->first = true;
}

void json_close(struct json *j, char bracket)
{
	buf_byte(j->out, bracket);
	j->first = false;
}

void json_str(struct json *j, const char *key, struct str v)
{
	write_key(j, key);
	if (v.ptr)
		write_text(j->out, v);
	else
		buf_z(j->out, "null");
}

void json_z(struct json *j, const char *key, const char *v)
{
	json_str(j, key, str_of(v));
}

void json_int(struct json *j, const char *key, int64_t v)
{
	write_key(j, key);
	buf_fmt(j->out, "%lld", (long long)v);
}

void json_milli(struct json *j, const char *key, int64_t v)
{
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
	char frac[5];
	size_t n = 4;

	write_key(j, key);
	buf_fmt(j->out, "%s%llu", v < 0 ? "-" : "",
		(unsigned long long)(u / 1000));
	frac[0] = '.';
	frac[1] = (char)('0' + u / 100 % 10);
	frac[2] = (char)('0' + u / 10 % 10);
	frac[3] = (char)('0' + u % 10);
	while (n > 1 && frac[n - 1] == '0')
		n--;
	if (n > 1)
		buf_add(j->out, frac, n);
}

void json_bool(struct json *j, const char *key, bool v)
{
	write_key(j, key);
	buf_z(j->out, v ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
	write_key(j, key);
	buf_z(j->out, "null");
}

void json_date(struct json *j, const char *key, struct date d)
{
	if (!date_is_set(d)) {
		json_null(j, key);
		return;
	}
	write_key(j, key);
	buf_byte(j->out, '"');
	date_write(j->out, d);
	buf_byte(j->out, '"');
}

void json_moment(struct json *j, const char *key, struct moment m, bool utc)
{
	if (!moment_is_set(m)) {
		json_null(j, key);
		return;
	}
	write_key(j, key);
	buf_byte(j->out, '"');
	moment_write(j->out, m, utc);
	buf_byte(j->out, '"');
}

void json_raw(struct json *j, const char *key, struct str text)
{
	write_key(j, key);
	buf_str(j->out, text);
}
