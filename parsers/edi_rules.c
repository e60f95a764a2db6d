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

#define TAG(a, b, c) [EDI_TAG_SLOT(EDI_TAG(a, b, c))] = EDI_TAG(a, b, c),

/* If two tags fall into one slot, the compiler says so: EDI_TAG_SLOT(). */
const uint32_t edi_known_tag[EDI_TAG_SLOTS] = { KNOWN_TAGS [0] = UINT32_MAX };
/* clang-format on */

/* Where in known tags a letter stands: 1 first, 2 second, 4 third. */
/* clang-format off */
const uint8_t edi_byte_kind[256] = {
	['A'] = 7, ['B'] = 7, ['C'] = 7, ['D'] = 7, ['E'] = 7, ['F'] = 7,
	['G'] = 7, ['H'] = 4, ['I'] = 7, ['K'] = 6, ['L'] = 5, ['M'] = 7,
	['N'] = 7, ['O'] = 3, ['P'] = 7, ['Q'] = 3, ['R'] = 7, ['S'] = 7,
	['T'] = 7, ['U'] = 3, ['V'] = 2, ['X'] = 6, ['Y'] = 4, ['Z'] = 4,
};
/* clang-format on */

bool edi_is_known_tag(const char *three)
{
	return edi_is_tag_code(EDI_TAG((uint8_t)three[0], (uint8_t)three[1],
				       (uint8_t)three[2]));
}

static bool is_line_break(char c)
{
	return c == '\r' || c == '\n';
}

/* Lines may be broken in a tag, too. */
static size_t skip_breaks(const struct edi_reader *r, size_t pos)
{
	while (pos < r->in.len && is_line_break(r->in.ptr[pos]))
		pos++;
	return pos;
}

/* Bytes of the quote at `pos`, of which a line break may be one; or 0. */
static size_t quote_len(const struct edi_reader *r, size_t pos)
{
	static const uint8_t middle = 0x80, left = 0x98, right = 0x99;
	size_t end = pos + 1;

	if ((uint8_t)r->in.ptr[pos] != 0xe2)
		return 1;
	end = skip_breaks(r, end);
	if (end >= r->in.len || (uint8_t)r->in.ptr[end] != middle)
		return 0;
	end = skip_breaks(r, end + 1);
	if (end >= r->in.len || ((uint8_t)r->in.ptr[end] != left &&
				 (uint8_t)r->in.ptr[end] != right))
		return 0;
	return end + 1 - pos;
}

bool edi_is_segment_start(const struct edi_reader *r, size_t pos)
{
	char tag[3];

	pos = edi_skip_space(r, pos);
	for (int i = 0; i < 3; i++) {
		pos = skip_breaks(r, pos);
		if (pos >= r->in.len)
			return false;
		tag[i] = r->in.ptr[pos++];
	}
	if (!edi_is_known_tag(tag))
		return false;
	pos = edi_skip_space(r, pos);
	if (pos >= r->in.len)
		return false;
	return edi_class_at(r, pos) == ELEMENT ||
	       edi_class_at(r, pos) == TERMINATOR ||
	       (edi_class_at(r, pos) == CURLY && quote_len(r, pos));
}

/* Does a segment begin there, or nothing at all? */
static bool ends_here(const struct edi_reader *r, size_t pos)
{
	return edi_skip_space(r, pos) >= r->in.len ||
	       edi_is_segment_start(r, pos);
}

/* SRC, of which no more is to come: what edi_is_segment_start() believes. */
static bool is_known_alone(const struct edi_reader *r, const struct edi_open *o,
			   size_t end)
{
	char tag[3];
	size_t n = 0;

	for (size_t i = o->from; i < end && o->elem == 0; i++) {
		if (edi_is_space(r->in.ptr[i]))
			continue;
		if (n == 3)
			return false;
		tag[n++] = r->in.ptr[i];
	}
	return n == 3 && edi_is_known_tag(tag);
}

/* Behind UNZ is noise, which may be taken out: it must not be asked. */
static bool is_last(const struct edi_open *o)
{
	return o->seg->code == EDI_TAG('U', 'N', 'Z');
}

size_t edi_curly_len(const struct edi_reader *r, const struct edi_open *o,
		     size_t pos)
{
	size_t n = quote_len(r, pos);

	return n && (is_last(o) || is_known_alone(r, o, pos) ||
		     ends_here(r, pos + n))
		       ? n
		       : 0;
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

void edi_close_part(struct edi_reader *r, struct edi_open *o, size_t end)
{
	struct edi_segment *seg = o->seg;

	if (seg->nr >= EDI_MAX_PARTS) {
		seg->odd |= EDI_TOO_MANY;
		return;
	}
	r->dirty[seg->nr] = o->dirty;
	r->bound[++seg->nr] = (uint32_t)end;
}

bool edi_end_segment(struct edi_reader *r, struct edi_open *o, size_t close,
		     size_t term, size_t end, unsigned odd)
{
	struct edi_segment *seg = o->seg;

	if (o->elem == 0)
		edi_close_tag(r, o, close);
	else
		edi_close_part(r, o, close);
	r->bound[0] = seg->body;
	r->first[seg->elems + 1] = (uint16_t)seg->nr;
	seg->bound = r->bound;
	seg->dirty = r->dirty;
	seg->first = r->first;
	seg->term = (uint32_t)term;
	seg->end = (uint32_t)end;
	seg->odd |= odd;
	r->pos = end;
	return true;
}

size_t edi_released_at(const struct edi_reader *r, size_t pos)
{
	return skip_breaks(r, pos + 1);
}

bool edi_is_real_terminator(const struct edi_reader *r,
			    const struct edi_open *o, size_t pos)
{
	return pos < r->in.len && edi_class_at(r, pos) == TERMINATOR &&
	       (is_last(o) || ends_here(r, pos + 1));
}

bool edi_is_end_in_text(const struct edi_reader *r, size_t pos)
{
	size_t n;

	switch (edi_class_at(r, pos)) {
	case TERMINATOR:
		return true;
	case RELEASE_SERVICE:
		if (!edi_releases_service(r, pos))
			return false;
		/* fall through */
	case RELEASE:
		n = edi_released_at(r, pos);
		return n < r->in.len && edi_class_at(r, n) == TERMINATOR &&
		       ends_here(r, n + 1);
	case CURLY:
		n = quote_len(r, pos);
		return n && ends_here(r, pos + n);
	default:
		return false;
	}
}

bool edi_releases_service(const struct edi_reader *r, size_t pos)
{
	enum edi_class next =
		pos + 1 < r->in.len ? edi_class_at(r, pos + 1) : ORDINARY;

	return next == COMPONENT || next == ELEMENT || next == TERMINATOR ||
	       next == RELEASE_SERVICE;
}
