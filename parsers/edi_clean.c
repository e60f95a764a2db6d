/*
 * edi_clean.c - raw parts of a segment as texts, and back
 */
#include "parsers/edifact.h"

static bool is_line_break(char c)
{
	return c == '\r' || c == '\n';
}

static bool is_service(const struct edi_syntax *syn, char c)
{
	return c == syn->component || c == syn->element || c == syn->segment ||
	       c == '?';
}

/*
 * The next character of a raw text at *pos: puts its byte in *c and moves
 * *pos behind it. *from is where it begins, its release included. False at
 * the end.
 */
static bool next_char(const struct edi_syntax *syn, struct str raw, size_t *pos,
		      size_t *from, char *c)
{
	size_t i = *pos;

	while (i < raw.len && is_line_break(raw.ptr[i]))
		i++;
	if (i >= raw.len)
		return false;
	*from = i;
	if (syn->release && (raw.ptr[i] == syn->release || raw.ptr[i] == '?')) {
		size_t next = i + 1;

		while (next < raw.len && is_line_break(raw.ptr[next]))
			next++;
		if (next < raw.len && (raw.ptr[i] == syn->release ||
				       is_service(syn, raw.ptr[next])))
			i = next;
	}
	*c = raw.ptr[i];
	*pos = i + 1;
	return true;
}

struct str edi_clean(const struct edi_syntax *syn, struct str in,
		     const struct edi_part *p, struct arena *a)
{
	struct str raw = { in.ptr + p->pos, p->len };
	size_t pos = 0, from, n = 0;
	char *out;

	if (!p->dirty)
		return raw;
	out = arena_alloc(a, raw.len + 1);
	while (next_char(syn, raw, &pos, &from, &out[n]))
		n++;
	out[n] = '\0';
	return (struct str){ out, n };
}

void edi_raw_range(const struct edi_syntax *syn, struct str in,
		   const struct edi_part *p, size_t from, size_t to,
		   struct edi_part *out)
{
	struct str raw = { in.ptr + p->pos, p->len };
	size_t pos = 0, at, begin = 0, end = 0;
	char c;

	if (!p->dirty) {
		*out = (struct edi_part){ p->pos + (uint32_t)from,
					  (uint32_t)(to - from), false };
		return;
	}
	for (size_t n = 0; n < to && next_char(syn, raw, &pos, &at, &c); n++) {
		if (n <= from)
			begin = at;
		end = pos;
	}
	if (to <= from)
		end = begin;
	*out = (struct edi_part){ p->pos + (uint32_t)begin,
				  (uint32_t)(end - begin), true };
}
