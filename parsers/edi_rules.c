/*
 * edi_rules.c - what the readers judge by: where a segment begins and ends
 */
#include "parsers/edi_rules.h"

#include <string.h>

/* clang-format off */
#define KNOWN_TAGS \
	TAG('U', 'N', 'B') TAG('U', 'N', 'G') TAG('U', 'N', 'H') \
	TAG('U', 'N', 'T') TAG('U', 'N', 'E') TAG('U', 'N', 'Z') \
	TAG('U', 'N', 'S') TAG('B', 'G', 'M') TAG('R', 'F', 'F') \
	TAG('N', 'A', 'D') TAG('C', 'T', 'A') TAG('C', 'O', 'M') \
	TAG('T', 'D', 'T') TAG('L', 'O', 'C') TAG('D', 'T', 'M') \
	TAG('A', 'T', 'T') TAG('M', 'E', 'A') TAG('G', 'E', 'I') \
	TAG('G', 'I', 'S') TAG('F', 'T', 'X') TAG('E', 'M', 'P') \
	TAG('N', 'A', 'T') TAG('D', 'O', 'C') TAG('C', 'P', 'I') \
	TAG('Q', 'T', 'Y') TAG('G', 'I', 'D') TAG('C', 'N', 'T') \
	TAG('A', 'U', 'T') TAG('P', 'D', 'T') TAG('M', 'S', 'G') \
	TAG('O', 'R', 'G') TAG('T', 'V', 'L') TAG('E', 'Q', 'N') \
	TAG('S', 'R', 'C') TAG('R', 'C', 'I') TAG('S', 'S', 'R') \
	TAG('D', 'A', 'T') TAG('I', 'F', 'T') TAG('R', 'E', 'F') \
	TAG('A', 'D', 'D') TAG('E', 'B', 'D') TAG('T', 'I', 'F') \
	TAG('F', 'T', 'I') TAG('F', 'A', 'R') TAG('T', 'K', 'T') \
	TAG('M', 'O', 'N') TAG('P', 'T', 'K') TAG('T', 'X', 'D') \
	TAG('F', 'O', 'P') TAG('T', 'R', 'A') TAG('R', 'P', 'I') \
	TAG('A', 'P', 'D') TAG('T', 'R', 'I') TAG('S', 'S', 'D') \
	TAG('T', 'B', 'D') TAG('A', 'B', 'I') TAG('S', 'A', 'C') \
	TAG('L', 'T', 'S') TAG('E', 'R', 'C')

/*
 * Segments that end in a short code or number, where a tag at the end of an
 * element betrays a lost terminator. Never those with names or text: Ms
 * SALMON is not two segments.
 */
#define REPAIRABLE_TAGS \
	TAG('R', 'P', 'I') TAG('O', 'R', 'G') TAG('E', 'Q', 'N') \
	TAG('A', 'P', 'D') TAG('S', 'S', 'D') TAG('T', 'R', 'I') \
	TAG('S', 'A', 'C') TAG('M', 'S', 'G') TAG('D', 'A', 'T') \
	TAG('A', 'B', 'I') TAG('L', 'O', 'C') TAG('D', 'T', 'M') \
	TAG('N', 'A', 'T') TAG('C', 'N', 'T') TAG('A', 'T', 'T') \
	TAG('G', 'E', 'I') TAG('M', 'E', 'A') TAG('B', 'G', 'M') \
	TAG('T', 'V', 'L') TAG('T', 'R', 'A')

#define TAG(a, b, c) case EDI_TAG(a, b, c):
/* clang-format on */

enum { SHORT_VALUE = 3, LONG_NUMBER = 6 };

bool edi_is_known_tag(const char *three)
{
	switch (EDI_TAG((uint8_t)three[0], (uint8_t)three[1],
			(uint8_t)three[2])) {
		KNOWN_TAGS
		return true;
	default:
		return false;
	}
}

bool edi_is_repairable(uint32_t code)
{
	switch (code) {
		REPAIRABLE_TAGS
		return true;
	default:
		return false;
	}
}

static bool is_line_break(char c)
{
	return c == '\r' || c == '\n';
}

bool edi_is_segment_start(const struct edi_reader *r, size_t pos)
{
	pos = edi_skip_space(r, pos);
	return pos + 3 < r->in.len && edi_is_known_tag(r->in.ptr + pos) &&
	       (edi_class_at(r, pos + 3) == ELEMENT ||
		edi_class_at(r, pos + 3) == TERMINATOR);
}

size_t edi_curly_len(const struct edi_reader *r, size_t pos)
{
	const char *p = r->in.ptr + pos;
	size_t n = 1;

	if ((uint8_t)*p == 0xe2) {
		if (pos + 3 > r->in.len || (uint8_t)p[1] != 0x80 ||
		    ((uint8_t)p[2] != 0x98 && (uint8_t)p[2] != 0x99))
			return 0;
		n = 3;
	}
	if (pos + n == r->in.len || is_line_break(p[n]) ||
	    edi_is_segment_start(r, pos + n))
		return n;
	return 0;
}

/* A short code, a number, or what redaction left of either. */
static bool is_repair_prefix(const char *p, size_t n)
{
	size_t digits = 0, blanks = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] >= '0' && p[i] <= '9')
			digits++;
		else if (p[i] == ' ')
			blanks++;
		else if (p[i] < 'A' || p[i] > 'Z')
			return false;
	}
	return n <= SHORT_VALUE ||
	       (n <= LONG_NUMBER && (digits == n || blanks == n));
}

bool edi_lost_terminator(const struct edi_reader *r, const struct edi_open *o,
			 size_t end)
{
	size_t len = end - o->from;
	const char *p = r->in.ptr + o->from;

	return len > 3 && len <= LONG_NUMBER + 3 && o->elem > 0 && !o->dirty &&
	       edi_is_known_tag(p + len - 3) &&
	       edi_is_repairable(o->seg->code) && is_repair_prefix(p, len - 3);
}

void edi_close_tag(const struct edi_reader *r, struct edi_open *o, size_t end)
{
	struct edi_segment *seg = o->seg;
	size_t n = 0;
	bool good = true;

	seg->body = (uint32_t)end;
	for (size_t i = o->from; i < end; i++) {
		char c = r->in.ptr[i];

		if (edi_is_space(c))
			continue;
		if (n < 3)
			seg->tag[n] = c;
		n++;
		good = good &&
		       ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
	}
	if (n != 3 || !good) {
		memset(seg->tag, 0, sizeof(seg->tag));
		seg->odd |= EDI_BAD_TAG;
	}
	seg->code = EDI_TAG((uint8_t)seg->tag[0], (uint8_t)seg->tag[1],
			    (uint8_t)seg->tag[2]);
}

size_t edi_released_at(const struct edi_reader *r, size_t pos)
{
	do
		pos++;
	while (pos < r->in.len && is_line_break(r->in.ptr[pos]));
	return pos;
}

bool edi_is_real_terminator(const struct edi_reader *r, size_t pos)
{
	return pos < r->in.len && edi_class_at(r, pos) == TERMINATOR &&
	       edi_is_segment_start(r, pos + 1);
}

bool edi_releases_service(const struct edi_reader *r, size_t pos)
{
	enum edi_class next =
		pos + 1 < r->in.len ? edi_class_at(r, pos + 1) : ORDINARY;

	return next == COMPONENT || next == ELEMENT || next == TERMINATOR ||
	       next == RELEASE_SERVICE;
}
