#include "parsers/edifact.h"

#include "parsers/edi_rules.h"

#include <string.h>

/* Bytes indexed at a time: they and their positions stay in the near cache. */
enum { WINDOW = 8192 };

/* The window begins at `pos`. A position behind all others ends the list. */
static void index_from(struct edi_reader *r, size_t pos)
{
	size_t left = r->in.len - pos;
	uint32_t nr;

	r->from = (uint32_t)pos;
	r->to = (uint32_t)(pos + (left < WINDOW ? left : WINDOW));
	nr = r->find(&r->set, r->in.ptr, r->from, r->to, r->mark, r->kind);
	r->mark[nr] = r->to;
	r->kind[nr] = EDI_KIND_TERMINATOR;
	r->at = r->mark;
}

/* The first position that is not before `pos`. */
static void seek(struct edi_reader *r, size_t pos)
{
	if (pos < r->from || pos > r->to)
		index_from(r, pos);
	while (r->at > r->mark && r->at[-1] >= pos)
		r->at--;
	while (*r->at < pos)
		r->at++;
}

/* The byte is no ordinary one, and to the index that one thing only. */
static void set_class(struct edi_reader *r, char byte, enum edi_class class)
{
	static const uint8_t kinds[] = {
		[COMPONENT] = EDI_KIND_COMPONENT,
		[ELEMENT] = EDI_KIND_ELEMENT,
		[TERMINATOR] = EDI_KIND_TERMINATOR,
		[RELEASE] = EDI_KIND_ODD,
		[RELEASE_SERVICE] = EDI_KIND_ODD,
		[LINE_BREAK] = EDI_KIND_ODD,
		[CURLY] = EDI_KIND_ODD,
	};
	uint8_t c = (uint8_t)byte;

	if (r->class[c] == ORDINARY)
		r->set.byte[r->set.nr++] = c;
	r->class[c] = class;
	r->set.kind[c] = kinds[class];
}

void edi_init(struct edi_reader *r, struct str in, size_t pos,
	      const struct edi_syntax *syn, struct arena *a)
{
	size_t room = in.len - pos < WINDOW ? in.len - pos : WINDOW;

	*r = (struct edi_reader){ .in = in, .pos = pos, .syn = *syn };
	r->bound = arena_room(a, (EDI_MAX_PARTS + 1) * sizeof(*r->bound));
	r->dirty = arena_room(a, EDI_MAX_PARTS * sizeof(*r->dirty));
	r->first = arena_room(a, (EDI_MAX_PARTS + 3) * sizeof(*r->first));
	r->mark =
		arena_room(a, (room + 1 + EDI_INDEX_SPARE) * sizeof(*r->mark));
	r->kind = arena_room(a, room + 1 + EDI_INDEX_SPARE);
	memcpy(r->set.kind, edi_byte_kind, sizeof(r->set.kind));
	/* what comes later counts: a line break may be the terminator */
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
	r->find = edi_index_best();
	r->whole = edi_can_whole();
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

bool edi_next(struct edi_reader *r, struct edi_segment *seg)
{
	size_t pos = edi_skip_space(r, r->pos);

	if (pos < r->in.len) {
		seek(r, pos);
		if (r->whole && edi_take_whole(r, seg, (uint32_t)pos))
			return true;
	}
	return read_parts(r, seg, pos);
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
