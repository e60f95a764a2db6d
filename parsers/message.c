#include "parsers/message.h"

#include "parsers/charset.h"
#include "parsers/envelope.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MAX_DIAGS = 1000, DIAG_TEXT = 200 };

const char *severity_name(enum severity s)
{
	static const char *const name[] = { "info", "warning", "error" };

	return name[s];
}

/* The text of a diagnostic; one without values is the constant itself. */
PRINTF(2, 0)
static struct str diag_text(struct arena *a, const char *fmt, va_list ap)
{
	char text[DIAG_TEXT];

	if (!strchr(fmt, '%'))
		return str_of(fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	return arena_str(a, str_of(text));
}

void diag_add(struct parsed *p, struct arena *a, enum severity severity,
	      const char *code, size_t byte, const char *fmt, ...)
{
	struct str text = STR("further diagnostics left out");
	struct diag *d;
	uint32_t i;
	va_list ap;

	if (p->nr_diag > MAX_DIAGS)
		return;
	if (p->nr_diag == MAX_DIAGS) {
		severity = DIAG_INFO;
		code = "more";
	} else {
		va_start(ap, fmt);
		text = diag_text(a, fmt, ap);
		va_end(ap);
	}
	(void)arena_push(a, &p->diag, &p->nr_diag, sizeof(*d));
	d = p->diag; /* keep them sorted; most come in order */
	for (i = p->nr_diag - 1; i > 0 && d[i - 1].byte > byte; i--)
		d[i] = d[i - 1];
	d[i] = (struct diag){ severity, code, (uint32_t)byte, text };
}

/* Behind a UTF-8 byte order mark. */
static size_t skip_mark(struct str s)
{
	return str_starts(s, STR("\xef\xbb\xbf")) ? 3 : 0;
}

/* Quotes that gateways write for terminators; the reader tells which do. */
static bool has_quotes(struct str s, bool plain)
{
	static const char quotes[] = { '`', '\xe2', '\x92', '\xb4' };

	/* all but the first are beyond ASCII */
	for (size_t i = 0; i < (plain ? 1 : sizeof(quotes)); i++)
		if (memchr(s.ptr, quotes[i], s.len))
			return true;
	return false;
}

/* The encoding is no message's, but its sender should know. */
static void note_encoding(struct payload *out, struct str bytes, size_t mark,
			  struct arena *a)
{
	if (out->bytes.ptr != bytes.ptr)
		diag_add(out->parsed, a, DIAG_INFO, "encoding-utf16", 0,
			 "the payload is UTF-16; bytes are counted as UTF-8");
	else if (mark)
		diag_add(out->parsed, a, DIAG_INFO, "encoding-mark", 0,
			 "a byte order mark stands before the message");
}

int payload_parse(struct payload *out, struct str bytes,
		  const struct parse_limits *limits, struct arena *a,
		  struct err *e)
{
	struct edi_start start;
	size_t pos, mark;
	bool quotes;

	if (bytes.len > limits->message_bytes)
		return err_at(e, ERR_LIMIT, limits->message_bytes,
			      "the payload has %zu bytes, more than the "
			      "limit of %zu (limits.message_bytes)",
			      bytes.len, limits->message_bytes);
	memset(out, 0, sizeof(*out));
	out->bytes = charset_from_utf16(bytes, a);
	claims_init(&out->claims, a, out->bytes.len);
	pos = mark = skip_mark(out->bytes);
	out->plain = charset_is_plain(out->bytes);
	quotes = has_quotes(out->bytes, out->plain);
	while (edi_find_start(out->bytes, pos, &start)) {
		start.syntax.curly = start.syntax.curly || quotes;
		pos = envelope_read(out, &start, a);
	}
	if (!out->nr_parsed)
		return err_at(e, ERR_SYNTAX, 0,
			      "there is no EDIFACT interchange (UNB) in it");
	note_encoding(out, bytes, mark, a);
	return 0;
}
