#include "tools/hits_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hits_sheet_release(struct hits_sheet *s)
{
	free(s->shown);
	*s = (struct hits_sheet){ 0 };
}

/* C1 controls are C2 80 to C2 9F in UTF-8. */
static bool is_control(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.ptr[i];
	unsigned char next = i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0;

	return c < ' ' || c == 0x7f ||
	       (c == 0xc2 && next >= 0x80 && next < 0xa0);
}

void hits_text(struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_control(text, i)) {
			buf_byte(to, text.ptr[i]);
			continue;
		}
		buf_byte(to, '?');
		i += (unsigned char)text.ptr[i] == 0xc2;
	}
}

int hits_width(struct str text)
{
	int n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
	return n;
}

static void fill(struct buf *to, struct str cell, int width)
{
	int used = hits_width(cell);

	buf_str(to, cell);
	buf_fmt(to, "%*s", width > used ? width - used : 1, "");
}

void hits_cell(struct buf *to, struct buf *cell, int width)
{
	fill(to, buf_view(cell), width);
	buf_clear(cell);
}

void hits_value(struct buf *to, const struct json_node *n)
{
	struct buf raw = { 0 };

	if (json_node_kind(n) == JSON_KIND_TEXT) {
		hits_text(to, json_node_text(n));
	} else if (json_node_kind(n) == JSON_KIND_NULL) {
		buf_z(to, "-");
	} else if (json_node_kind(n) == JSON_KIND_ARRAY && json_node_nr(n)) {
		for (size_t i = 0; i < json_node_nr(n); i++) {
			buf_z(to, i ? ", " : "");
			hits_value(to, json_node_at(n, i));
		}
	} else if (json_node_kind(n) == JSON_KIND_ARRAY) {
		buf_z(to, "none");
	} else {
		json_node_write(&raw, n);
		hits_text(to, buf_view(&raw));
		buf_release(&raw);
	}
}

/* Out of memory it is not noted, and so printed twice. */
static void note(struct hits_sheet *s, struct hits_shown shown)
{
	size_t cap = s->cap ? 2 * s->cap : 256;
	struct hits_shown *more;

	if (s->nr == s->cap) {
		more = realloc(s->shown, cap * sizeof(*more));
		if (!more)
			return;
		s->shown = more;
		s->cap = cap;
	}
	s->shown[s->nr++] = shown;
}

const struct json_node *
hits_take(struct hits_sheet *s, const struct json_node *parent, const char *key)
{
	note(s, (struct hits_shown){ parent, key, 0 });
	return json_node_get(parent, key);
}

void hits_put(struct hits_sheet *s, struct buf *to,
	      const struct json_node *parent, const char *key)
{
	hits_value(to, hits_take(s, parent, key));
}

void hits_put_points(struct hits_sheet *s, struct buf *to,
		     const struct json_node *parent, const char *key)
{
	const struct json_node *n = hits_take(s, parent, key);
	int64_t points;

	if (json_node_int(n, &points))
		buf_fmt(to, "%+lld", (long long)points);
	else
		hits_value(to, n);
}

const struct json_node *
hits_list(struct hits_sheet *s, const struct json_node *parent, const char *key)
{
	const struct json_node *n = json_node_get(parent, key);

	if (json_node_kind(n) != JSON_KIND_ARRAY)
		return NULL;
	if (!json_node_nr(n))
		hits_take(s, parent, key);
	return n;
}

void hits_take_at(struct hits_sheet *s, const struct json_node *list, size_t i)
{
	note(s, (struct hits_shown){ list, NULL, i });
}

void hits_heading(struct hits_sheet *s, const char *title)
{
	buf_fmt(s->out, "\n%s\n", title);
}

void hits_label(struct hits_sheet *s, const char *label)
{
	buf_fmt(s->out, "  %-*s", HITS_LABEL, label);
}

void hits_row(struct hits_sheet *s, const char *label,
	      const struct json_node *parent, const char *key,
	      const char *remark)
{
	hits_label(s, label);
	hits_put(s, s->out, parent, key);
	buf_z(s->out, remark);
	buf_byte(s->out, '\n');
}

/* A cell, and blanks to the next; behind one too wide it is a new line. */
static void put_cell(struct buf *out, struct str cell, int at, bool is_last)
{
	if (is_last) {
		buf_str(out, cell);
	} else if (hits_width(cell) < HITS_SIDE) {
		fill(out, cell, HITS_SIDE);
	} else {
		buf_str(out, cell);
		buf_fmt(out, "\n%*s", at + HITS_SIDE, "");
	}
}

void hits_column(struct hits_sheet *s, const char *label, struct buf *lines)
{
	struct str rest = buf_view(lines);

	do {
		hits_label(s, label);
		buf_str(s->out, str_split(&rest, '\n'));
		buf_byte(s->out, '\n');
		label = "";
	} while (rest.len);
	buf_clear(lines);
}

void hits_columns(struct hits_sheet *s, const char *label, struct buf *left,
		  struct buf *right, struct buf *tail)
{
	struct str l = buf_view(left), r = buf_view(right), t = buf_view(tail);
	int at = 2 + HITS_LABEL;

	do {
		struct str a = str_split(&l, '\n'), b = str_split(&r, '\n');
		struct str c = str_split(&t, '\n');

		hits_label(s, label);
		put_cell(s->out, a, at, !b.len && !c.len);
		if (b.len || c.len)
			put_cell(s->out, b, at + HITS_SIDE, !c.len);
		buf_str(s->out, c);
		buf_byte(s->out, '\n');
		label = "";
	} while (l.len || r.len || t.len);
	buf_clear(left);
	buf_clear(right);
	buf_clear(tail);
}

static bool is_shown(const struct hits_sheet *s, const struct json_node *parent,
		     const char *key, size_t index)
{
	for (size_t i = 0; i < s->nr; i++) {
		const struct hits_shown *w = &s->shown[i];

		if (w->parent != parent || !w->key != !key)
			continue;
		if (key ? !strcmp(w->key, key) : w->index == index)
			return true;
	}
	return false;
}

static void put_rest(struct hits_sheet *s, struct buf *path,
		     const struct json_node *n, bool *any);

/* A member or element: what of it is not on the sheet. */
static void put_rest_of(struct hits_sheet *s, struct buf *path,
			const struct json_node *parent, const char *key,
			size_t index, bool *any)
{
	size_t len = path->len;

	if (is_shown(s, parent, key, index))
		return;
	if (key) {
		buf_z(path, len ? "." : "");
		hits_text(path, str_of(key));
	} else {
		buf_fmt(path, "[%zu]", index + 1);
	}
	put_rest(s, path,
		 key ? json_node_get(parent, key) : json_node_at(parent, index),
		 any);
	path->len = len;
}

static void put_rest(struct hits_sheet *s, struct buf *path,
		     const struct json_node *n, bool *any)
{
	const char *key = NULL;
	void *iter = NULL;

	if (json_node_kind(n) == JSON_KIND_OBJECT && json_node_nr(n)) {
		while (json_node_next(n, &iter, &key))
			put_rest_of(s, path, n, key, 0, any);
		return;
	}
	if (json_node_kind(n) == JSON_KIND_ARRAY && json_node_nr(n)) {
		for (size_t i = 0; i < json_node_nr(n); i++)
			put_rest_of(s, path, n, NULL, i, any);
		return;
	}
	if (!*any)
		hits_heading(s, "ALSO IN THE EVIDENCE");
	*any = true;
	buf_z(s->out, "  ");
	buf_str(s->out, buf_view(path));
	buf_z(s->out, path->len ? " = " : "");
	hits_value(s->out, n);
	buf_byte(s->out, '\n');
}

void hits_rest(struct hits_sheet *s, const struct json_node *evidence)
{
	struct buf path = { 0 };
	bool any = false;

	put_rest(s, &path, evidence, &any);
	buf_release(&path);
}
