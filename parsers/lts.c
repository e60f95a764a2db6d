#include "parsers/lts.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* "4/10/": numbers before the action; the last is the version. */
static size_t read_version(struct str s, int64_t *version)
{
	size_t at = 0;

	for (unsigned n = 0; n < 2; n++) {
		size_t end = at;
		int64_t v = 0;

		for (; end < s.len && end - at <= 6 && is_digit(s.ptr[end]);
		     end++)
			v = v * 10 + (s.ptr[end] - '0');
		if (end == at || end - at > 6 || end == s.len ||
		    s.ptr[end] != '/')
			break;
		*version = v;
		at = end + 1;
	}
	return at;
}

/* "27/TKOK": the number of the element is no part of it. */
static size_t behind_number(struct str s, size_t at)
{
	size_t end = at;

	while (end < s.len && is_digit(s.ptr[end]))
		end++;
	return end > at && end < s.len && s.ptr[end] == '/' ? end + 1 : at;
}

/* The first "SSR " of a text, or its length. Few lines have many an S. */
static size_t find_ssr(struct str s)
{
	const char *p = s.ptr, *end = s.ptr + s.len;

	while ((p = memchr(p, 'S', (size_t)(end - p))) != NULL) {
		if (end - p >= 4 && memcmp(p, "SSR ", 4) == 0)
			return (size_t)(p - s.ptr);
		p++;
	}
	return s.len;
}

/*
 * Carrier, status and count are glued to the code: X9HK1. Where they end; 0
 * if something else is there. Whether a slash is the first of the text depends
 * on them, so they are kept, and so they have a form.
 */
static size_t behind_status(struct str s, size_t at)
{
	enum { CARRIER = 2, STATUS = 2, LONGEST = 7 };
	size_t end = at;

	if (at < s.len && s.ptr[at] != ' ' && s.ptr[at] != '/') {
		end += CARRIER + STATUS;
		if (end > s.len ||
		    !str_is_alnum(str_slice(s, at, at + CARRIER)) ||
		    !is_capital(s.ptr[end - 2]) || !is_capital(s.ptr[end - 1]))
			return 0;
		while (end < s.len && end < at + LONGEST &&
		       is_digit(s.ptr[end]))
			end++;
	}
	return end == s.len || s.ptr[end] == ' ' || s.ptr[end] == '/' ? end : 0;
}

static void find_service(struct lts_line *line)
{
	struct str s = line->text.text;
	size_t at = find_ssr(s), end;

	if (at + 8 > s.len || (at > 0 && is_capital(s.ptr[at - 1])))
		return;
	end = behind_status(s, at + 8);
	if (!end)
		return;
	line->service_at = at;
	line->service_text = end;
	line->service = str_slice(s, at + 4, at + 8);
	line->what = str_slice(s, at, s.len);
}

static void find_code(struct lts_line *line, size_t at)
{
	struct str s = line->text.text;
	size_t end = at;

	line->what = str_slice(s, at, s.len);
	while (end < s.len && is_capital(s.ptr[end]))
		end++;
	if (end - at < 2 || end - at > 4)
		return;
	line->code = str_slice(s, at, end);
	line->value = end;
}

void lts_cut(struct walk *w, const struct edi_part *raw, struct lts_line *out)
{
	struct str s;
	size_t at;

	*out = (struct lts_line){ .version = -1 };
	out->text = piece_mend(w, *raw);
	s = out->text.text;
	if (!s.ptr)
		return;
	at = read_version(s, &out->version);
	if (at && at + 1 < s.len && is_capital(s.ptr[at]) &&
	    s.ptr[at + 1] == '/') {
		out->action = s.ptr[at];
		find_code(out, behind_number(s, at + 2));
	}
	/* of a known form, services stand in lines of their own */
	if (!out->action || str_eq(out->code, STR("SR")) ||
	    str_eq(out->code, STR("SSR")))
		find_service(out);
}

void lts_claim_head(struct walk *w, const struct lts_line *line)
{
	if (line->code.ptr)
		piece_claim(w, piece_slice(w, line->text, 0, line->value));
}

void lts_claim_action(struct walk *w, const struct lts_line *line)
{
	struct str s = line->text.text;
	size_t at = 0;

	if (!line->action)
		return;
	while (s.ptr[at] != line->action)
		at++;
	piece_claim(w, piece_slice(w, line->text, 0, at + 2));
}

void lts_claim_service(struct walk *w, const struct lts_line *line)
{
	lts_claim_action(w, line);
	lts_claim_head(w, line); /* SR: the line is of a service */
	piece_claim(w, piece_slice(w, line->text, line->service_at,
				   line->service_text));
}

void lts_claim_stamp(struct walk *w, const struct lts_line *line, size_t at)
{
	lts_claim_action(w, line);
	piece_claim(w, piece_slice(w, line->text, at, at + 3));
}

struct piece lts_value(struct walk *w, const struct lts_line *line)
{
	struct str s = line->text.text;
	size_t at = line->value;

	while (at < s.len &&
	       (s.ptr[at] == '/' || s.ptr[at] == ' ' || s.ptr[at] == '-'))
		at++;
	return piece_slice(w, line->text, at, s.len);
}

struct piece lts_service_text(const struct lts_line *line)
{
	struct str s = line->text.text;

	if (line->service_text == s.len)
		return (struct piece){ STR_NONE };
	return (struct piece){ str_slice(s, line->service_text, s.len) };
}

bool lts_is_contact(const struct lts_line *line)
{
	return line->code.len == 3 && str_starts(line->code, STR("AP")) &&
	       strchr("MHBE", line->code.ptr[2]);
}
