#include "parsers/edifact.h"

#include <string.h>

/* What a byte is to the reader. */
enum byte_class {
	ORDINARY,
	COMPONENT,
	ELEMENT,
	TERMINATOR,
	RELEASE,
	RELEASE_SERVICE, /* releases a service character, else ordinary */
	LINE_BREAK,
	CURLY,
};

static const char known_tags[][4] = {
	/* clang-format off */
	"UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "UNS",
	"BGM", "RFF", "NAD", "CTA", "COM", "TDT", "LOC", "DTM", "ATT", "MEA",
	"GEI", "GIS", "FTX", "EMP", "NAT", "DOC", "CPI", "QTY", "GID", "CNT",
	"AUT", "PDT",
	"MSG", "ORG", "TVL", "EQN", "SRC", "RCI", "SSR", "DAT", "IFT", "REF",
	"ADD", "EBD", "TIF", "FTI", "FAR", "TKT", "MON", "PTK", "TXD", "FOP",
	"TRA", "RPI", "APD", "TRI", "SSD", "TBD", "ABI", "SAC", "LTS", "ERC",
	/* clang-format on */
};

/*
 * Segments that end in a short code or number, where a tag at the end of an
 * element betrays a lost terminator. Never those with names or text: Ms
 * SALMON is not two segments.
 */
static const char repairable[][4] = {
	/* clang-format off */
	"RPI", "ORG", "EQN", "APD", "SSD", "TRI", "SAC", "MSG", "DAT", "ABI",
	"LOC", "DTM", "NAT", "CNT", "ATT", "GEI", "MEA", "BGM", "TVL", "TRA",
	/* clang-format on */
};

enum { SHORT_VALUE = 3, LONG_NUMBER = 6 };

static bool is_one_of(const char *three, const char table[][4], size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (memcmp(three, table[i], 3) == 0)
			return true;
	return false;
}

bool edi_is_known_tag(const char *three)
{
	return is_one_of(three, known_tags, ARRAY_SIZE(known_tags));
}

static bool is_line_break(char c)
{
	return c == '\r' || c == '\n';
}

/* Bytes that may stand between segments. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

void edi_init(struct edi_reader *r, struct str in, size_t pos,
	      const struct edi_syntax *syn, struct arena *a)
{
	*r = (struct edi_reader){ .in = in, .pos = pos, .syn = *syn };
	r->part = arena_room(a, EDI_MAX_PARTS * sizeof(*r->part));
	r->first = arena_room(a, (EDI_MAX_PARTS + 3) * sizeof(*r->first));
	r->class['\r'] = r->class['\n'] = LINE_BREAK;
	if (syn->curly) {
		r->class[0xe2] = r->class[0x92] = CURLY;
		r->class[0xb4] = r->class['`'] = CURLY;
	}
	if (syn->release && syn->release != '?')
		r->class['?'] = RELEASE_SERVICE;
	if (syn->release)
		r->class[(uint8_t)syn->release] = RELEASE;
	r->class[(uint8_t)syn->component] = COMPONENT;
	r->class[(uint8_t)syn->element] = ELEMENT;
	r->class[(uint8_t)syn->segment] = TERMINATOR;
}

static enum byte_class class_at(const struct edi_reader *r, size_t pos)
{
	return r->class[(uint8_t)r->in.ptr[pos]];
}

static size_t skip_space(const struct edi_reader *r, size_t pos)
{
	while (pos < r->in.len && is_space(r->in.ptr[pos]))
		pos++;
	return pos;
}

/* Does a segment seem to begin at `pos`, blank space skipped? */
static bool is_segment_start(const struct edi_reader *r, size_t pos)
{
	pos = skip_space(r, pos);
	return pos + 3 < r->in.len && edi_is_known_tag(r->in.ptr + pos) &&
	       (class_at(r, pos + 3) == ELEMENT ||
		class_at(r, pos + 3) == TERMINATOR);
}

/* Bytes of a quote that some gateway wrote for the terminator, or 0. */
static size_t curly_len(const struct edi_reader *r, size_t pos)
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
	    is_segment_start(r, pos + n))
		return n;
	return 0;
}

/* Where the parts of the segment being read go. */
struct open_part {
	struct edi_segment *seg;
	size_t from; /* its first byte */
	bool dirty;
	uint32_t elem; /* 0 while in the tag */
};

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

/* "HKIFT" of RPI+1+HKIFT+4:19...: does the next tag end this part? */
static bool lost_terminator(const struct edi_reader *r,
			    const struct open_part *o, size_t end)
{
	size_t len = end - o->from;
	const char *p = r->in.ptr + o->from;

	return len > 3 && len <= LONG_NUMBER + 3 && o->elem > 0 && !o->dirty &&
	       edi_is_known_tag(p + len - 3) &&
	       is_one_of(o->seg->tag, repairable, ARRAY_SIZE(repairable)) &&
	       is_repair_prefix(p, len - 3);
}

/* The tag ends at `end`: take it without blanks and line breaks. */
static void close_tag(const struct edi_reader *r, struct open_part *o,
		      size_t end)
{
	struct edi_segment *seg = o->seg;
	size_t n = 0;
	bool good = true;

	seg->body = (uint32_t)end;
	for (size_t i = o->from; i < end; i++) {
		char c = r->in.ptr[i];

		if (is_space(c))
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

static void close_part(struct edi_reader *r, struct open_part *o, size_t end)
{
	struct edi_segment *seg = o->seg;

	if (o->elem == 0) {
		close_tag(r, o, end);
	} else if (seg->nr < EDI_MAX_PARTS) {
		r->part[seg->nr++] = (struct edi_part){
			(uint32_t)o->from, (uint32_t)(end - o->from), o->dirty
		};
	} else {
		seg->odd |= EDI_TOO_MANY;
	}
	o->from = end + 1;
	o->dirty = false;
}

static void open_element(struct edi_reader *r, struct open_part *o)
{
	o->elem++;
	if (o->seg->nr < EDI_MAX_PARTS) {
		o->seg->elems = o->elem;
		r->first[o->elem] = (uint16_t)o->seg->nr;
	}
}

/* The last part ends at `close`, the terminator is [term, end). */
static bool end_segment(struct edi_reader *r, struct open_part *o, size_t close,
			size_t term, size_t end, unsigned odd)
{
	struct edi_segment *seg = o->seg;

	close_part(r, o, close);
	r->first[seg->elems + 1] = (uint16_t)seg->nr;
	seg->part = r->part;
	seg->first = r->first;
	seg->term = (uint32_t)term;
	seg->end = (uint32_t)end;
	seg->odd |= odd;
	r->pos = end;
	return true;
}

/* The byte that a release character at `pos` protects; line breaks skipped. */
static size_t released_at(const struct edi_reader *r, size_t pos)
{
	do
		pos++;
	while (pos < r->in.len && is_line_break(r->in.ptr[pos]));
	return pos;
}

/*
 * A terminator behind which a segment begins is real, whatever release stands
 * before it: that was no more than the end of a text.
 */
static bool is_real_terminator(const struct edi_reader *r, size_t pos)
{
	return pos < r->in.len && class_at(r, pos) == TERMINATOR &&
	       is_segment_start(r, pos + 1);
}

/* A '?' where another release is in force counts before service characters. */
static bool releases_service(const struct edi_reader *r, size_t pos)
{
	enum byte_class next =
		pos + 1 < r->in.len ? class_at(r, pos + 1) : ORDINARY;

	return next == COMPONENT || next == ELEMENT || next == TERMINATOR ||
	       next == RELEASE_SERVICE;
}

bool edi_next(struct edi_reader *r, struct edi_segment *seg)
{
	size_t pos = skip_space(r, r->pos), end = r->in.len, n;
	struct open_part o = { seg, pos, false, 0 };

	memset(seg, 0, sizeof(*seg));
	seg->pos = (uint32_t)pos;
	if (pos >= end) {
		r->pos = pos;
		return false;
	}
	while (pos < end) {
		switch (class_at(r, pos)) {
		case ORDINARY:
			pos++;
			break;
		case LINE_BREAK:
			o.dirty = true;
			pos++;
			break;
		case ELEMENT:
			if (lost_terminator(r, &o, pos))
				return end_segment(r, &o, pos - 3, pos - 3,
						   pos - 3, EDI_LOST);
			close_part(r, &o, pos++);
			open_element(r, &o);
			break;
		case COMPONENT:
			close_part(r, &o, pos++);
			if (o.elem == 0)
				open_element(r, &o);
			break;
		case TERMINATOR:
			return end_segment(r, &o, pos, pos, pos + 1, 0);
		case CURLY:
			n = curly_len(r, pos);
			if (n)
				return end_segment(r, &o, pos, pos, pos + n, 0);
			pos++;
			break;
		case RELEASE_SERVICE:
			if (!releases_service(r, pos)) {
				pos++;
				break;
			}
			/* fall through */
		case RELEASE:
			n = released_at(r, pos);
			if (is_real_terminator(r, n))
				return end_segment(r, &o, pos, n, n + 1,
						   EDI_DANGLING);
			if (n >= end)
				seg->odd |= EDI_DANGLING;
			o.dirty = true;
			pos = n + 1;
			break;
		}
	}
	return end_segment(r, &o, end, end, end, EDI_UNTERMINATED);
}

unsigned edi_components(const struct edi_segment *seg, unsigned elem)
{
	if (elem == 0 || elem > seg->elems)
		return 0;
	return (unsigned)(seg->first[elem + 1] - seg->first[elem]);
}

const struct edi_part *edi_part(const struct edi_segment *seg, unsigned elem,
				unsigned comp)
{
	if (comp == 0 || comp > edi_components(seg, elem))
		return NULL;
	return &seg->part[seg->first[elem] + comp - 1];
}

void edi_each_separator(const struct edi_reader *r, size_t from, size_t to,
			void (*each)(void *arg, size_t pos), void *arg)
{
	for (size_t i = from; i < to; i++) {
		enum byte_class c = class_at(r, i);

		if (c == COMPONENT || c == ELEMENT)
			each(arg, i);
		else if (c == RELEASE)
			i++;
	}
}
