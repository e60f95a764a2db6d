#include "tools/gen_edifact.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { TYPE_B_LINE = 69 };

static void put_data(struct buf *out, const char *z)
{
	for (; *z; z++) {
		if (strchr("+:'?", *z))
			buf_byte(out, '?');
		buf_byte(out, *z);
	}
}

void edi_put(struct edi_writer *w, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (const char *p = fmt; *p; p++) {
		int width = 0;

		if (*p == '\'') {
			w->segments++;
			buf_byte(w->out, '\'');
			buf_z(w->out, w->newline);
			continue;
		}
		if (*p != '%') {
			buf_byte(w->out, *p);
			continue;
		}
		for (p++; *p >= '0' && *p <= '9'; p++)
			width = width * 10 + *p - '0';
		if (*p == 's')
			put_data(w->out, va_arg(ap, const char *));
		else if (*p == 'd')
			buf_fmt(w->out, "%0*d", width, va_arg(ap, int));
		else
			abort(); /* a format of ours that we do not know */
	}
	va_end(ap);
}

void type_b_wrap(struct buf *out, const struct type_b *b, struct str text)
{
	buf_fmt(out, "QU %s\r\n.%s %02d%02d%02d\r\n", b->to, b->from, b->day,
		b->hour, b->minute);
	for (size_t pos = 0; pos < text.len; pos += TYPE_B_LINE) {
		buf_str(out, str_slice(text, pos, pos + TYPE_B_LINE));
		buf_z(out, "\r\n");
	}
}
