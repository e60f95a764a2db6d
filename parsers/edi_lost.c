/*
 * edi_lost.c - where a terminator is missing and the next tag ends a segment
 *
 * Three signs, from strong to weak: behind the tag stands what only its
 * segment has (`shapes`); the segment at hand never has another element
 * (`limits`); a tag behind a short code or number, in segments of such
 * (`shorts`). Redaction must not change the answer: shapes ask for separators
 * and for bytes that envelope.c claims then, not for others' values.
 */
#include "parsers/edi_rules.h"

enum { SHORT_VALUE = 3, LONG_NUMBER = 6 };

/*
 * What follows a tag and its separator. + : are the service characters in
 * force, 9 a digit, # one to six, . any other byte, * one or more, ! one
 * that ends an element. All else stands for itself.
 */
static const struct {
	uint32_t tag;
	const char *shape;
} shapes[] = {
	{ EDI_TAG('N', 'A', 'D'), "FL+" },
	{ EDI_TAG('N', 'A', 'D'), "FM+" },
	{ EDI_TAG('N', 'A', 'D'), "DDU+" },
	{ EDI_TAG('N', 'A', 'D'), "DDT+" },
	{ EDI_TAG('N', 'A', 'D'), "MS+" },
	{ EDI_TAG('A', 'T', 'T'), "2++" },
	{ EDI_TAG('N', 'A', 'T'), "2+" },
	{ EDI_TAG('T', 'D', 'T'), "20+" },
	{ EDI_TAG('D', 'O', 'C'), "*:999:999+" },
	{ EDI_TAG('D', 'T', 'M'), "99:" },
	{ EDI_TAG('D', 'T', 'M'), "999:" },
	{ EDI_TAG('L', 'O', 'C'), "99+" },
	{ EDI_TAG('L', 'O', 'C'), "999+" },
	{ EDI_TAG('R', 'F', 'F'), "AVF:" },
	{ EDI_TAG('R', 'F', 'F'), "ABO:" },
	{ EDI_TAG('B', 'G', 'M'), "999!" },
	{ EDI_TAG('M', 'S', 'G'), ":99!" },
	{ EDI_TAG('T', 'I', 'F'), "*+*:" },
	{ EDI_TAG('T', 'I', 'F'), "*:*+*:" },
	{ EDI_TAG('S', 'S', 'R'), "....:" },
	{ EDI_TAG('T', 'V', 'L'), "999999:" },
	{ EDI_TAG('F', 'O', 'P'), "CC:" },
	{ EDI_TAG('F', 'O', 'P'), "CA:" },
	{ EDI_TAG('I', 'F', 'T'), "9:99:" },
	{ EDI_TAG('T', 'K', 'T'), "*:T!" },
	{ EDI_TAG('T', 'K', 'T'), "*:T:" },
	{ EDI_TAG('U', 'N', 'G'), "PAXLST+" },
	{ EDI_TAG('U', 'N', 'G'), "PNRGOV+" },
	{ EDI_TAG('U', 'N', 'H'), "*+PAXLST:" },
	{ EDI_TAG('U', 'N', 'H'), "*+PNRGOV:" },
	{ EDI_TAG('U', 'N', 'T'), "#+" },
	{ EDI_TAG('U', 'N', 'E'), "#+" },
	{ EDI_TAG('U', 'N', 'Z'), "#+" },
};

/* Elements of segments whose last one may be any code, and no more follow. */
static const struct {
	uint32_t tag;
	uint8_t elems;
} limits[] = {
	{ EDI_TAG('R', 'F', 'F'), 1 },
	{ EDI_TAG('T', 'K', 'T'), 1 },
	{ EDI_TAG('D', 'O', 'C'), 2 },
};

/*
 * Segments of short codes and numbers, from that element and component on.
 * Never where names or texts may stand: Ms SALMON is not two segments.
 */
static const struct {
	uint32_t tag;
	uint8_t elem, comp;
} shorts[] = {
	/* clang-format off */
	{ EDI_TAG('R', 'P', 'I'), 1, 1 }, { EDI_TAG('O', 'R', 'G'), 1, 1 },
	{ EDI_TAG('E', 'Q', 'N'), 1, 1 }, { EDI_TAG('A', 'P', 'D'), 1, 1 },
	{ EDI_TAG('S', 'S', 'D'), 1, 1 }, { EDI_TAG('T', 'R', 'I'), 1, 1 },
	{ EDI_TAG('S', 'A', 'C'), 1, 1 }, { EDI_TAG('M', 'S', 'G'), 1, 1 },
	{ EDI_TAG('D', 'A', 'T'), 1, 1 }, { EDI_TAG('A', 'B', 'I'), 1, 1 },
	{ EDI_TAG('L', 'O', 'C'), 1, 1 }, { EDI_TAG('D', 'T', 'M'), 1, 1 },
	{ EDI_TAG('N', 'A', 'T'), 1, 1 }, { EDI_TAG('C', 'N', 'T'), 1, 1 },
	{ EDI_TAG('A', 'T', 'T'), 1, 1 }, { EDI_TAG('G', 'E', 'I'), 1, 1 },
	{ EDI_TAG('M', 'E', 'A'), 1, 1 }, { EDI_TAG('B', 'G', 'M'), 1, 1 },
	{ EDI_TAG('T', 'V', 'L'), 1, 1 }, { EDI_TAG('T', 'R', 'A'), 1, 1 },
	{ EDI_TAG('C', 'O', 'M'), 1, 2 }, { EDI_TAG('T', 'B', 'D'), 2, 2 },
	{ EDI_TAG('R', 'C', 'I'), 1, 4 }, { EDI_TAG('T', 'I', 'F'), 2, 2 },
	{ EDI_TAG('S', 'S', 'R'), 2, 3 }, { EDI_TAG('U', 'N', 'H'), 4, 1 },
	/* clang-format on */
};

static bool is_break(char c)
{
	return c == '\r' || c == '\n';
}

/* A place in the payload; behind a release character the byte is text. */
struct place {
	size_t pos;
	bool released;
};

/* The byte at `p`, line breaks skipped, and its class; the end is one, too. */
static enum edi_class next_byte(const struct edi_reader *r, struct place *p,
				char *c)
{
	bool released = p->released;
	enum edi_class class;

	while (p->pos < r->in.len && is_break(r->in.ptr[p->pos]) &&
	       (released || edi_class_at(r, p->pos) == LINE_BREAK))
		p->pos++;
	if (p->pos >= r->in.len || (!released && edi_is_end_in_text(r, p->pos)))
		return TERMINATOR;
	class = edi_class_at(r, p->pos);
	*c = r->in.ptr[p->pos];
	p->released = !released &&
		      (class == RELEASE || (class == RELEASE_SERVICE &&
					    edi_releases_service(r, p->pos)));
	p->pos++;
	return released ? ORDINARY : class;
}

static bool is_plain(enum edi_class c)
{
	return c != ELEMENT && c != COMPONENT && c != TERMINATOR;
}

/* Moves `p` behind the byte if it fits. */
static bool one_fits(const struct edi_reader *r, struct place *p, char want)
{
	struct place next = *p;
	char c = '\0';
	enum edi_class class = next_byte(r, &next, &c);
	bool plain = is_plain(class), fits;

	switch (want) {
	case '+':
		fits = class == ELEMENT;
		break;
	case ':':
		fits = class == COMPONENT;
		break;
	case '!':
		fits = class == ELEMENT || class == TERMINATOR;
		break;
	case '9':
	case '#':
		fits = plain && !p->released && c >= '0' && c <= '9';
		break;
	case '.':
	case '*':
		fits = plain;
		break;
	default:
		fits = plain && !p->released && c == want;
	}
	if (fits)
		*p = next;
	return fits;
}

static bool fits(const struct edi_reader *r, size_t pos, const char *shape)
{
	struct place p = { pos, false };

	for (; *shape; shape++) {
		size_t most = *shape == '#'   ? LONG_NUMBER
			      : *shape == '*' ? r->in.len
					      : 1;
		size_t n = 0;

		while (n < most && one_fits(r, &p, *shape))
			n++;
		if (n == 0)
			return false;
	}
	return true;
}

/*
 * Where the last three bytes before `end` begin, if they are a known tag;
 * a blank may stand behind it, as in "UNG +PAXLST".
 */
static bool find_tag(const struct edi_reader *r, size_t from, size_t end,
		     size_t *start, uint32_t *tag)
{
	char three[3];
	int n = 3;

	while (end > from && edi_is_space(r->in.ptr[end - 1]))
		end--;
	while (end > from && n > 0)
		if (!is_break(r->in.ptr[--end]))
			three[--n] = r->in.ptr[end];
	if (n > 0 || !edi_is_known_tag(three))
		return false;
	*start = end;
	*tag = EDI_TAG((uint8_t)three[0], (uint8_t)three[1], (uint8_t)three[2]);
	return true;
}

/* SRCRCI: two tags? UNZ ends all. */
static bool is_tag_alone(const struct edi_reader *r, size_t from, size_t end)
{
	size_t start;
	uint32_t tag;

	if (!find_tag(r, from, end, &start, &tag) ||
	    tag == EDI_TAG('U', 'N', 'Z'))
		return false;
	while (start > from && is_break(r->in.ptr[start - 1]))
		start--;
	return start == from;
}

static bool has_shape(const struct edi_reader *r, uint32_t tag, size_t end)
{
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++)
		if (shapes[i].tag == tag && fits(r, end + 1, shapes[i].shape))
			return true;
	return false;
}

/* A short code, a number, or what redaction left of either. */
static bool is_short(const struct edi_reader *r, size_t from, size_t end)
{
	size_t n = 0, digits = 0, blanks = 0;

	for (; from < end; from++) {
		char c = r->in.ptr[from];

		if (is_break(c))
			continue;
		n++;
		if (c >= '0' && c <= '9')
			digits++;
		else if (c == ' ')
			blanks++;
		else if (c < 'A' || c > 'Z')
			return false;
	}
	return n > 0 && (n <= SHORT_VALUE ||
			 (n <= LONG_NUMBER && (digits == n || blanks == n)));
}

static unsigned component_of(const struct edi_reader *r,
			     const struct edi_open *o)
{
	return o->seg->nr - r->first[o->elem] + 1;
}

static bool is_short_place(const struct edi_reader *r, const struct edi_open *o)
{
	for (size_t i = 0; i < ARRAY_SIZE(shorts); i++)
		if (shorts[i].tag == o->seg->code)
			return o->elem >= shorts[i].elem &&
			       component_of(r, o) >= shorts[i].comp;
	return false;
}

static bool is_beyond(const struct edi_open *o)
{
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		if (limits[i].tag == o->seg->code)
			return o->elem >= limits[i].elems;
	return false;
}

/*
 * Segments of the header, and what is none: a text rule may not end them at
 * an SRC, for other slices put other bytes behind them.
 */
static bool is_header(uint32_t code)
{
	switch (code) {
	case 0:
	case EDI_TAG('U', 'N', 'B'):
	case EDI_TAG('U', 'N', 'G'):
	case EDI_TAG('U', 'N', 'H'):
	case EDI_TAG('M', 'S', 'G'):
	case EDI_TAG('O', 'R', 'G'):
	case EDI_TAG('T', 'V', 'L'):
	case EDI_TAG('E', 'Q', 'N'):
		return true;
	default:
		return false;
	}
}

bool edi_has_shape(uint32_t code)
{
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++)
		if (shapes[i].tag == code)
			return true;
	return false;
}

/* Names are never taken for a segment in front of TIF. */
static bool is_name(const struct edi_reader *r, const struct edi_open *o)
{
	return o->seg->code == EDI_TAG('T', 'I', 'F') &&
	       component_of(r, o) == 1;
}

/* UNB and UNG end before UNG and UNH only: the rest is not the message's. */
static bool may_follow(uint32_t code, uint32_t tag)
{
	if (code == EDI_TAG('U', 'N', 'B') || code == EDI_TAG('U', 'N', 'G'))
		return tag == EDI_TAG('U', 'N', 'H') ||
		       tag == EDI_TAG('U', 'N', 'G');
	return true;
}

size_t edi_lost_at(const struct edi_reader *r, const struct edi_open *o,
		   size_t end)
{
	struct place next = { end + 1, false };
	size_t start;
	uint32_t tag;
	char c;

	/* what stands behind UNZ is noise, and may be taken out */
	if (o->seg->nr >= EDI_MAX_PARTS ||
	    o->seg->code == EDI_TAG('U', 'N', 'Z') ||
	    !find_tag(r, o->from, end, &start, &tag))
		return 0;
	if (o->elem == 0)
		return is_tag_alone(r, o->from, start) ? start : 0;
	if (is_name(r, o) || !may_follow(o->seg->code, tag))
		return 0;
	if (has_shape(r, tag, end))
		return start;
	if (start == o->from)
		return 0;
	if (is_short_place(r, o) && is_short(r, o->from, start))
		return start;
	if (is_beyond(o) && is_plain(next_byte(r, &next, &c)))
		return start;
	return 0;
}

size_t edi_lost_before_source(const struct edi_reader *r,
			      const struct edi_open *o, size_t end)
{
	size_t start, next;
	uint32_t tag;

	if (o->seg->code == EDI_TAG('U', 'N', 'Z') ||
	    !find_tag(r, o->from, end, &start, &tag) ||
	    tag != EDI_TAG('S', 'R', 'C'))
		return 0;
	if (o->elem == 0 && !is_tag_alone(r, o->from, start))
		return 0; /* SRC itself, or nothing known */
	if (o->elem && start > o->from && is_short_place(r, o) &&
	    is_short(r, o->from, start))
		return start;
	if (o->elem && is_header(o->seg->code))
		return 0;
	next = edi_skip_space(r, end + 1);
	return fits(r, next, "RCI+") ? start : 0;
}
