#include "parsers/edi_write.h"

#include <stdio.h>

void edi_write_una(struct edi_writer *w)
{
	buf_z(w->out, w->repetition ? "UNA:+.?*'" : "UNA:+.? '");
}

void edi_write_segment(struct edi_writer *w, const char *tag)
{
	buf_z(w->out, tag);
	w->elem = 0;
	w->comp = 1;
}

static bool is_service(const struct edi_writer *w, char c)
{
	return c == '+' || c == ':' || c == '\'' || c == '?' ||
	       (c == '*' && w->repetition);
}

/* One character of the value: printable ASCII, or '-' for what is not. */
static void put_char(struct edi_writer *w, char c)
{
	if (c < ' ' || c > '~')
		c = '-';
	if (is_service(w, c))
		buf_byte(w->out, '?');
	buf_byte(w->out, c);
}

void edi_write(struct edi_writer *w, unsigned elem, unsigned comp,
	       struct str value, size_t most)
{
	if (str_empty(value))
		return;
	for (; w->elem < elem; w->elem++, w->comp = 1)
		buf_byte(w->out, '+');
	for (; w->comp < comp; w->comp++)
		buf_byte(w->out, ':');
	for (size_t n = 0; n < most && value.len; n++) {
		size_t len = str_utf8_len(value);

		put_char(w, len > 1 ? '\0' : value.ptr[0]);
		value = str_slice(value, len ? len : 1, value.len);
	}
}

void edi_write_number(struct edi_writer *w, unsigned elem, unsigned comp,
		      uint32_t n)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", n);
	edi_write_z(w, elem, comp, text);
}

void edi_write_z(struct edi_writer *w, unsigned elem, unsigned comp,
		 const char *z)
{
	edi_write(w, elem, comp, str_of(z), strlen(z));
}

void edi_write_end(struct edi_writer *w)
{
	buf_byte(w->out, '\'');
	w->segments++;
}
