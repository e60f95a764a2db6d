/*
 * edi_plain.c - the reader's plain twin: every byte is looked at
 */
#include "parsers/edi_rules.h"

#include <string.h>

static void close_part(struct edi_reader *r, struct edi_open *o, size_t end)
{
	if (o->elem == 0)
		edi_close_tag(r, o, end);
	else
		edi_close_part(r, o, end);
	o->from = end + 1;
	o->dirty = false;
}

static void open_element(struct edi_reader *r, struct edi_open *o)
{
	o->elem++;
	if (o->seg->nr < EDI_MAX_PARTS) {
		o->seg->elems = o->elem;
		r->first[o->elem] = (uint16_t)o->seg->nr;
	}
}

bool edi_next_plain(struct edi_reader *r, struct edi_segment *seg)
{
	size_t pos = edi_skip_space(r, r->pos), end = r->in.len, n;
	struct edi_open o = { .seg = seg, .from = pos };

	memset(seg, 0, sizeof(*seg));
	seg->pos = (uint32_t)pos;
	if (pos >= end) {
		r->pos = pos;
		return false;
	}
	while (pos < end) {
		switch (edi_class_at(r, pos)) {
		case ORDINARY:
			pos++;
			break;
		case LINE_BREAK:
			o.dirty = true;
			pos++;
			break;
		case ELEMENT:
			n = edi_lost_at(r, &o, pos);
			if (n)
				return edi_end_segment(r, &o, n, n, n,
						       EDI_LOST);
			close_part(r, &o, pos++);
			open_element(r, &o);
			break;
		case COMPONENT:
			close_part(r, &o, pos++);
			if (o.elem == 0)
				open_element(r, &o);
			break;
		case TERMINATOR:
			n = edi_lost_before_source(r, &o, pos);
			if (n)
				return edi_end_segment(r, &o, n, n, n,
						       EDI_LOST);
			return edi_end_segment(r, &o, pos, pos, pos + 1, 0);
		case CURLY:
			n = edi_curly_len(r, &o, pos);
			if (n)
				return edi_end_segment(r, &o, pos, pos, pos + n,
						       EDI_QUOTE);
			pos++;
			break;
		case RELEASE_SERVICE:
			if (!edi_releases_service(r, pos)) {
				pos++;
				break;
			}
			/* fall through */
		case RELEASE:
			n = edi_released_at(r, pos);
			if (edi_is_real_terminator(r, &o, n))
				return edi_end_segment(r, &o, pos, n, n + 1,
						       EDI_DANGLING);
			if (n >= end)
				seg->odd |= EDI_DANGLING;
			o.dirty = true;
			pos = n + 1;
			break;
		}
	}
	return edi_end_segment(r, &o, end, end, end, EDI_UNTERMINATED);
}
