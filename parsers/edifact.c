#include "parsers/edifact.h"

#include "parsers/edi_rules.h"

#include <byteswap.h>
#include <endian.h>
#include <string.h>

enum { WINDOW = EDI_INDEX_MAX }; /* bytes indexed at a time */

/* Segments that have more parts than are kept need a second look, too. */
static void drop_long(struct edi_marks *m)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < m->nr_segment; i++) {
		uint32_t next = m->segment[i];

		if (m->end[next - 1] - m->end[first] > EDI_MAX_PARTS)
			m->end[first] = 0;
		first = next;
	}
}

/*
 * The window begins at `pos`. A mark behind all others ends the list, and none
 * is the first end of what stands behind the last terminator.
 */
static void index_from(struct edi_reader *r, size_t pos)
{
	size_t left = r->in.len - pos;
	struct edi_marks *m = &r->marks;

	r->from = (uint32_t)pos;
	r->to = (uint32_t)(pos + (left < WINDOW ? left : WINDOW));
	r->find(&r->set, r->in.ptr, r->from, r->to, m);
	if (m->nr > EDI_MAX_PARTS)
		drop_long(m);
	m->at[m->nr] = r->to;
	r->at = m->at + 1;
	if (!r->whole)
		m->nr_segment = 0;
	m->segment[m->nr_segment] = 1;
	m->end[m->segment[(int)m->nr_segment - 1]] = 0;
	r->segment = m->segment;
}

/* The first mark that is not before `pos`. */
static void seek(struct edi_reader *r, size_t pos)
{
	if (pos < r->from || pos > r->to)
		index_from(r, pos);
	while (r->at > r->marks.at + 1 && r->at[-1] >= pos)
		r->at--;
	while (*r->at < pos)
		r->at++;
}

/* The byte is no ordinary one, and to the index that one thing only. */
static void set_class(struct edi_reader *r, char byte, enum edi_class class)
{
	static const uint8_t kinds[] = {
		[ORDINARY] = EDI_KIND_ODD,
		[COMPONENT] = EDI_KIND_COMPONENT,
		[ELEMENT] = EDI_KIND_ELEMENT,
		[TERMINATOR] = EDI_KIND_TERMINATOR,
		[RELEASE] = EDI_KIND_ODD,
		[RELEASE_SERVICE] = EDI_KIND_ODD,
		[LINE_BREAK] = EDI_KIND_ODD,
		[CURLY] = EDI_KIND_ODD,
	};

	r->class[(uint8_t)byte] = class;
	edi_set_add(&r->set, (uint8_t)byte, kinds[class]);
	/* what might be a tag must not be separators */
	if ((byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9'))
		r->whole = false;
}

/* What separates what, and all else that a segment may not have as it is. */
static void set_classes(struct edi_reader *r, const struct edi_syntax *syn)
{
	/* what comes later counts: a line break may be the terminator */
	set_class(r, '\0', ORDINARY);
	set_class(r, '\t', ORDINARY);
	set_class(r, '\v', ORDINARY);
	set_class(r, '\f', ORDINARY);
	set_class(r, '\r', LINE_BREAK);
	set_class(r, '\n', LINE_BREAK);
	for (const char *c = syn->curly ? "\xe2\x92\xb4`" : ""; *c; c++)
		set_class(r, *c, CURLY);
	if (syn->release && syn->release != '?')
		set_class(r, '?', RELEASE_SERVICE);
	if (syn->release)
		set_class(r, syn->release, RELEASE);
	set_class(r, syn->component, COMPONENT);
	set_class(r, syn->element, ELEMENT);
	set_class(r, syn->segment, TERMINATOR);
}

void edi_init(struct edi_reader *r, struct str in, size_t pos,
	      const struct edi_syntax *syn, struct arena *a)
{
	size_t room = in.len - pos < WINDOW ? in.len - pos : WINDOW;

	*r = (struct edi_reader){ .in = in, .pos = pos, .syn = *syn };
	r->bound = arena_room(a, (EDI_MAX_PARTS + 1) * sizeof(*r->bound));
	r->dirty = arena_room(a, EDI_MAX_PARTS * sizeof(*r->dirty));
	r->first = arena_room(a, (EDI_MAX_PARTS + 3) * sizeof(*r->first));
	room += EDI_INDEX_SPARE;
	r->marks.at = arena_room(a, room * sizeof(*r->marks.at));
	r->marks.end = arena_room(a, room * sizeof(*r->marks.end));
	r->marks.segment =
		arena_room(a, (room + 1) * sizeof(*r->marks.segment));
	*r->marks.segment++ = 0;
	r->whole = true;
	set_classes(r, syn);
	r->find = edi_index_best();
	index_from(r, pos);
}

/* Separators in a row, while there is room: all that most segments have. */
static void take_parts(struct edi_reader *r, struct edi_open *o)
{
	struct edi_segment *seg = o->seg;
	const uint32_t *at = r->at;
	uint32_t from = (uint32_t)o->from, nr = seg->nr, elem = o->elem;
	uint8_t class;

	if (nr >= EDI_MAX_PARTS - 1)
		return;
	for (; nr < EDI_MAX_PARTS - 1 && *at < r->to; at++) {
		class = r->class[(uint8_t)r->in.ptr[*at]];
		if (class != COMPONENT && class != ELEMENT)
			break;
		if (class == ELEMENT &&
		    edi_may_end_in_tag(r->in.ptr, 1, from, *at, o->dirty))
			break;
		r->dirty[nr] = o->dirty;
		r->bound[++nr] = *at;
		o->dirty = false;
		from = *at + 1;
		r->first[elem + 1] = (uint16_t)nr;
		elem += class == ELEMENT;
	}
	r->at = at;
	o->from = from;
	o->elem = seg->elems = elem;
	seg->nr = nr;
}

/* The same where the tag ends, a terminator may be lost or room is short. */
static void take_part(struct edi_reader *r, struct edi_open *o, bool element)
{
	struct edi_segment *seg = o->seg;
	size_t end = *r->at++;

	if (o->elem == 0)
		edi_close_tag(r, o, end);
	else
		edi_close_part(r, o, end);
	o->from = end + 1;
	o->dirty = false;
	if (!element && o->elem > 0)
		return;
	o->elem++;
	if (seg->nr < EDI_MAX_PARTS) {
		seg->elems = o->elem;
		r->first[o->elem] = (uint16_t)seg->nr;
	}
}

/* Move past a release and what it protects; false: it ended the segment. */
static bool pass_release(struct edi_reader *r, struct edi_open *o, size_t pos)
{
	size_t n = edi_released_at(r, pos);

	if (edi_is_real_terminator(r, o, n))
		return !edi_end_segment(r, o, pos, n, n + 1, EDI_DANGLING);
	if (n >= r->in.len) {
		o->seg->odd |= EDI_DANGLING;
		n = r->in.len - 1;
	}
	o->dirty = true;
	seek(r, n + 1);
	return true;
}

/* The byte at the next position; false: it ended the segment. */
static bool take_mark(struct edi_reader *r, struct edi_open *o)
{
	size_t pos = *r->at, n;
	enum edi_class class = edi_class_at(r, pos);

	switch (class) {
	case ELEMENT:
		n = edi_may_end_in_tag(r->in.ptr, o->elem, o->from, pos,
				       o->dirty)
			    ? edi_lost_at(r, o, pos)
			    : 0;
		if (n)
			return !edi_end_segment(r, o, n, n, n, EDI_LOST);
		/* fall through */
	case COMPONENT:
		take_part(r, o, class == ELEMENT);
		return true;
	case TERMINATOR:
		n = edi_may_end_in_source(r->in.ptr, o->elem, o->from, pos,
					  o->dirty)
			    ? edi_lost_before_source(r, o, pos)
			    : 0;
		if (n)
			return !edi_end_segment(r, o, n, n, n, EDI_LOST);
		return !edi_end_segment(r, o, pos, pos, pos + 1, 0);
	case CURLY:
		n = edi_curly_len(r, o, pos);
		if (n)
			return !edi_end_segment(r, o, pos, pos, pos + n,
						EDI_QUOTE);
		break;
	case RELEASE_SERVICE:
		if (!edi_releases_service(r, pos))
			break;
		/* fall through */
	case RELEASE:
		return pass_release(r, o, pos);
	case LINE_BREAK:
		o->dirty = true;
		break;
	case ORDINARY:
		break;
	}
	r->at++;
	return true;
}

/* The segment that begins at `pos`, part by part. */
static bool read_parts(struct edi_reader *r, struct edi_segment *seg,
		       size_t pos)
{
	struct edi_open o = { .seg = seg, .from = pos };
	size_t end = r->in.len;

	memset(seg, 0, sizeof(*seg));
	seg->pos = (uint32_t)pos;
	if (pos >= end) {
		r->pos = pos;
		return false;
	}
	for (;;) {
		if (o.elem)
			take_parts(r, &o);
		if (*r->at < r->to) {
			if (!take_mark(r, &o))
				return true;
		} else if (r->to < end) {
			index_from(r, r->to);
		} else {
			return edi_end_segment(r, &o, end, end, end,
					       EDI_UNTERMINATED);
		}
	}
}

/* Three capital letters or digits? */
static bool is_good_tag(uint32_t code)
{
	for (int i = 0; i < 3; i++, code >>= 8)
		if ((uint8_t)(code - 'A') > 'Z' - 'A' &&
		    (uint8_t)(code - '0') > 9)
			return false;
	return true;
}

/*
 * The next segment of the index, if line breaks end where it begins and nothing
 * in it needs a second look: no release, line break or odd quote, nowhere a tag
 * where a terminator may be lost, and a tag that is good. False: nothing has
 * changed.
 */
static inline bool take_whole(struct edi_reader *r, struct edi_segment *seg,
			      bool (*is_good)(uint32_t code))
{
	const uint16_t *s = r->segment, *end = r->marks.end;
	const uint32_t *at = r->marks.at;
	uint32_t first = s[-1], next = s[0], pos, body, term, code;
	uint32_t from = end[first], to = end[next - 1];

/* In this order: the compiler would have more at once than it has registers. */
#define SO_FAR __asm__ volatile("" : : : "memory")
	seg->first = end + first - 1;
	seg->elems = next - first - 1;
	SO_FAR;
	seg->bound = at;
	seg->nr = to - from;
	seg->body = body = at[from];
	SO_FAR;
	seg->term = term = at[to];
	SO_FAR;
	seg->end = term + 1;
	SO_FAR;
#undef SO_FAR
	pos = (uint32_t)r->pos;
	seg->dirty = NULL;
	seg->odd = 0;
	for (; pos + 3 < body; pos++)
		if (r->in.ptr[pos] != '\n' && r->in.ptr[pos] != '\r')
			break;
	if (pos + 3 != body)
		return false;
	seg->pos = pos;
	memcpy(&code, r->in.ptr + pos, sizeof(code));
	code = htole32(code) & 0xffffff;
	memcpy(seg->tag, &code, sizeof(seg->tag));
	code = bswap_32(code) >> 8;
	seg->code = code;
	if (!is_good(code))
		return false;
	r->pos = term + 1;
	r->segment = s + 1;
	return true;
}

/*
 * The next segment of the index is the first that ends at or behind `pos`.
 * False: it does not end in the window.
 */
static bool find_segment(struct edi_reader *r, size_t pos)
{
	const struct edi_marks *m = &r->marks;
	const uint16_t *s = r->segment, *end = m->segment + m->nr_segment;

	while (s > m->segment && m->at[m->end[s[-1] - 1]] >= pos)
		s--;
	while (s < end && m->at[m->end[*s - 1]] < pos)
		s++;
	r->segment = s;
	r->at = m->at + 1 + (s > m->segment ? m->end[s[-1] - 1] : 0);
	return s < end;
}

/*
 * What take_whole() did not take: the window may be at its end. Not inline, so
 * that what comes most needs few registers.
 */
__attribute__((noinline)) static bool next_odd(struct edi_reader *r,
					       struct edi_segment *seg)
{
	size_t pos = edi_skip_space(r, r->pos);

	r->pos = pos;
	if (pos >= r->in.len)
		return read_parts(r, seg, pos);
	if (pos < r->from || pos > r->to)
		index_from(r, pos);
	/* not for each little segment of many whose terminators are lost */
	if (r->whole && !find_segment(r, pos) && r->to < r->in.len &&
	    pos - r->from >= WINDOW / 2)
		index_from(r, pos);
	if (take_whole(r, seg, is_good_tag))
		return true;
	seek(r, pos);
	return read_parts(r, seg, pos);
}

bool edi_next(struct edi_reader *r, struct edi_segment *seg)
{
	return take_whole(r, seg, edi_is_tag_code) || next_odd(r, seg);
}

void edi_each_separator(const struct edi_reader *r, size_t from, size_t to,
			void (*each)(void *arg, size_t pos), void *arg)
{
	for (size_t i = from; i < to; i++) {
		enum edi_class c = edi_class_at(r, i);

		if (c == COMPONENT || c == ELEMENT)
			each(arg, i);
		else if (c == RELEASE)
			i++;
	}
}
