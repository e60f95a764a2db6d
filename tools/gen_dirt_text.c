#include "tools/gen_dirt_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The end of the text that begins at `pos`: at an unreleased `stop`. */
static size_t find_end(struct str s, size_t pos, char stop)
{
	while (pos < s.len && s.ptr[pos] != stop)
		pos += s.ptr[pos] == '?' ? 2 : 1;
	return pos < s.len ? pos : s.len;
}

static struct dirt_segment *add_segment(struct dirt *d)
{
	return arena_push(d->arena, &d->seg, &d->nr, sizeof(*d->seg));
}

static bool begins(struct str s, const char *head)
{
	return str_starts(s, str_of(head));
}

/* Which segments begin a group, and which end the last one. */
static uint32_t next_group(const struct dirt *d, struct str text, uint32_t last)
{
	if (begins(text, "CNT+") || begins(text, "UNT+") ||
	    begins(text, "UNH+"))
		return 0;
	if (d->pnr ? begins(text, "SRC")
		   : begins(text, "NAD+") && !begins(text, "NAD+MS"))
		return last + 1;
	return last;
}

void gen_dirt_open(struct dirt *d, struct str clean, bool pnr, struct rng *dice,
		   struct arena *a)
{
	uint32_t group = 0, last = 0;

	*d = (struct dirt){ .arena = a,
			    .dice = dice,
			    .pnr = pnr,
			    .element = '+',
			    .component = ':',
			    .terminator = "'",
			    .una_gap = "",
			    .newline = "" };
	if (begins(clean, "UNA")) {
		d->una = arena_str(a, str_slice(clean, 3, 9)).ptr;
		clean = str_slice(clean, 9, clean.len);
	}
	if (begins(clean, "\r\n"))
		d->newline = "\r\n";
	else if (begins(clean, "\n"))
		d->newline = "\n";
	clean = str_trim(clean);
	while (clean.len) {
		size_t end = find_end(clean, 0, '\'');
		struct dirt_segment *s = add_segment(d);

		s->text = arena_str(a, str_slice(clean, 0, end));
		clean = str_slice(clean, end + 1, clean.len);
		if (begins(clean, "\r\n"))
			d->newline = "\r\n";
		else if (begins(clean, "\n"))
			d->newline = "\n";
		clean = str_trim(clean);
		group = next_group(d, s->text, group);
		if (group > last)
			last = group;
		s->group = group;
	}
}

bool dirt_is(const struct dirt *d, int i, const char *head)
{
	return i >= 0 && (uint32_t)i < d->nr && begins(d->seg[i].text, head);
}

int dirt_next(const struct dirt *d, int from, const char *head)
{
	for (int i = from < 0 ? 0 : from; (uint32_t)i < d->nr; i++)
		if (dirt_is(d, i, head))
			return i;
	return -1;
}

int dirt_find(struct dirt *d, const char *head)
{
	int found = -1, seen = 0;

	for (uint32_t i = 0; i < d->nr; i++)
		if (dirt_is(d, (int)i, head) &&
		    rng_below(d->dice, (uint32_t)++seen) == 0)
			found = (int)i;
	return found;
}

PRINTF(2, 0)
static struct str format(struct dirt *d, const char *fmt, va_list ap)
{
	va_list again;
	size_t len;
	char *text;

	va_copy(again, ap);
	len = (size_t)vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = arena_alloc(d->arena, len + 1);
	vsnprintf(text, len + 1, fmt, ap);
	return (struct str){ text, len };
}

void dirt_set(struct dirt *d, int i, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	d->seg[i].text = format(d, fmt, ap);
	va_end(ap);
}

static void make_room(struct dirt *d, int at, int nr)
{
	for (int i = 0; i < nr; i++)
		add_segment(d);
	memmove(d->seg + at + nr, d->seg + at,
		(d->nr - (uint32_t)(at + nr)) * sizeof(*d->seg));
}

void dirt_insert(struct dirt *d, int i, const char *fmt, ...)
{
	va_list ap;

	make_room(d, i, 1);
	d->seg[i] = (struct dirt_segment){ .group = d->seg[i - 1].group };
	va_start(ap, fmt);
	d->seg[i].text = format(d, fmt, ap);
	va_end(ap);
}

void dirt_remove(struct dirt *d, int i)
{
	d->nr--;
	memmove(d->seg + i, d->seg + i + 1,
		(d->nr - (uint32_t)i) * sizeof(*d->seg));
}

void dirt_copy(struct dirt *d, int from, int to, int at)
{
	int nr = to - from;
	struct dirt_segment *copy =
		arena_alloc(d->arena, (size_t)nr * sizeof(*copy));

	memcpy(copy, d->seg + from, (size_t)nr * sizeof(*copy));
	make_room(d, at, nr);
	memcpy(d->seg + at, copy, (size_t)nr * sizeof(*copy));
}

static struct str split_at(struct str s, unsigned nth, char sep)
{
	size_t pos = 0, end = find_end(s, 0, sep);

	for (unsigned n = 0; n < nth; n++) {
		if (end >= s.len)
			return STR("");
		pos = end + 1;
		end = find_end(s, pos, sep);
	}
	return str_slice(s, pos, end);
}

struct str dirt_element(const struct dirt *d, int i, unsigned elem)
{
	return split_at(d->seg[i].text, elem, '+');
}

struct str dirt_component(struct str element, unsigned comp)
{
	return split_at(element, comp - 1, ':');
}

void dirt_set_element(struct dirt *d, int i, unsigned elem, struct str text)
{
	struct str whole = d->seg[i].text, old = dirt_element(d, i, elem);
	size_t from = (size_t)(old.ptr - whole.ptr);

	if (old.ptr < whole.ptr || from > whole.len)
		return;
	dirt_set(d, i, STR_FMT STR_FMT STR_FMT,
		 STR_ARG(str_slice(whole, 0, from)), STR_ARG(text),
		 STR_ARG(str_slice(whole, from + old.len, whole.len)));
}

struct str dirt_lower(struct dirt *d, struct str s)
{
	struct str out = arena_str(d->arena, s);
	char *c = (char *)(uintptr_t)out.ptr;

	for (size_t i = 0; i < out.len; i++)
		if (c[i] >= 'A' && c[i] <= 'Z')
			c[i] = (char)(c[i] + 'a' - 'A');
	return out;
}

/* One segment's text with the separators in force. */
static void write_text(struct buf *out, const struct dirt *d, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool released = c == '?' && i + 1 < s.len;

		if (released)
			c = s.ptr[++i];
		else if (c == '+' || c == ':') {
			buf_byte(out, c == '+' ? d->element : d->component);
			continue;
		}
		if (c == d->element || c == d->component ||
		    c == d->terminator[0] || (released && strchr("?'", c)))
			buf_byte(out, '?');
		buf_byte(out, c);
	}
}

void dirt_write(struct dirt *d)
{
	struct buf out = { 0 };
	uint32_t group = 0;

	if (d->una)
		buf_fmt(&out, "UNA%s%s%s", d->una, d->una_gap, d->newline);
	for (uint32_t i = 0; i < d->nr; i++) {
		const struct dirt_segment *s = &d->seg[i];

		if (s->group != group) {
			struct dirt_mark *m = arena_push(
				d->arena, &d->mark, &d->nr_marks, sizeof(*m));

			*m = (struct dirt_mark){ out.len, s->group };
			group = s->group;
		}
		write_text(&out, d, s->text);
		buf_z(&out, s->end ? s->end : d->terminator);
		buf_z(&out, s->gap ? s->gap : d->newline);
	}
	d->bytes = arena_str(d->arena, buf_view(&out));
	buf_release(&out);
}

void dirt_edit_open(struct dirt_edit *e, struct dirt *d)
{
	*e = (struct dirt_edit){ .d = d };
}

void dirt_edit_copy(struct dirt_edit *e, size_t to)
{
	struct dirt *d = e->d;

	for (; e->mark < d->nr_marks && d->mark[e->mark].pos <= to; e->mark++)
		d->mark[e->mark].pos =
			e->out.len + d->mark[e->mark].pos - e->pos;
	buf_str(&e->out, str_slice(d->bytes, e->pos, to));
	e->pos = to;
}

void dirt_edit_add(struct dirt_edit *e, struct str s)
{
	buf_str(&e->out, s);
}

void dirt_edit_close(struct dirt_edit *e)
{
	dirt_edit_copy(e, e->d->bytes.len);
	e->d->bytes = arena_str(e->d->arena, buf_view(&e->out));
	buf_release(&e->out);
}
