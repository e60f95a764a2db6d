#include "tools/hits_print.h"

#include <stdio.h>
#include <string.h>

enum { NAME_WIDTH = 18, SIDE_WIDTH = 28, MAX_DEPTH = 8 };

/* C1 controls are C2 80 to C2 9F in UTF-8. */
static bool is_control(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.ptr[i];
	unsigned char next = i + 1 < s.len ? (unsigned char)s.ptr[i + 1] : 0;

	return c < ' ' || c == 0x7f ||
	       (c == 0xc2 && next >= 0x80 && next < 0xa0);
}

void hits_print_text(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_control(s, i)) {
			buf_byte(out, s.ptr[i]);
			continue;
		}
		buf_byte(out, '?');
		i += (unsigned char)s.ptr[i] == 0xc2;
	}
}

/* A value on one line: a text bare, a list of values with commas. */
static void put_value(struct buf *out, const struct json_node *n)
{
	struct buf raw = { 0 };

	if (json_node_kind(n) == JSON_KIND_TEXT) {
		hits_print_text(out, json_node_text(n));
	} else if (json_node_kind(n) == JSON_KIND_NULL) {
		buf_z(out, "-");
	} else if (json_node_kind(n) == JSON_KIND_ARRAY) {
		for (size_t i = 0; i < json_node_nr(n); i++) {
			buf_z(out, i ? ", " : "");
			put_value(out, json_node_at(n, i));
		}
	} else {
		json_node_write(&raw, n);
		hits_print_text(out, buf_view(&raw));
		buf_release(&raw);
	}
}

/* Characters, for columns: bytes that do not continue another. */
static int width(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
	return n;
}

static void put_padded(struct buf *out, struct str s, int to)
{
	hits_print_text(out, s);
	buf_fmt(out, "%*s", to > width(s) ? to - width(s) : 0, "");
}

static void put_name(struct buf *out, int indent, const char *name)
{
	buf_fmt(out, "%*s", indent, "");
	put_padded(out, str_of(name), NAME_WIDTH);
	buf_byte(out, ' ');
}

static bool is_simple(const struct json_node *n)
{
	enum json_kind k = json_node_kind(n);

	if (k == JSON_KIND_ARRAY)
		return json_node_kind(json_node_at(n, 0)) != JSON_KIND_OBJECT &&
		       json_node_kind(json_node_at(n, 0)) != JSON_KIND_ARRAY;
	return k != JSON_KIND_OBJECT;
}

/* Any member, whatever it is: name and value, or deeper. */
static void put_member(struct buf *out, int indent, const char *name,
		       const struct json_node *n)
{
	const struct json_node *m;
	const char *key = NULL;
	void *iter = NULL;

	put_name(out, indent, name);
	if (is_simple(n) || indent > 2 * MAX_DEPTH) {
		put_value(out, n);
		buf_byte(out, '\n');
		return;
	}
	buf_byte(out, '\n');
	if (json_node_kind(n) == JSON_KIND_ARRAY) {
		for (size_t i = 0; i < json_node_nr(n); i++)
			put_member(out, indent + 2, "-", json_node_at(n, i));
		return;
	}
	while ((m = json_node_next(n, &iter, &key)))
		put_member(out, indent + 2, key, m);
}

/* Is `name` in the list, ended by NULL? */
static bool one_of(const char *name, const char *const *list)
{
	while (*list && strcmp(*list, name))
		list++;
	return *list != NULL;
}

/* Members of an object that nobody has printed yet. */
static void put_others(struct buf *out, int indent, const struct json_node *n,
		       const char *const *printed)
{
	const struct json_node *m;
	const char *key = NULL;
	void *iter = NULL;

	while ((m = json_node_next(n, &iter, &key)))
		if (!one_of(key, printed))
			put_member(out, indent, key, m);
}

/* The values a clause looked at: {"path": ..., "value": ...} each. */
static void put_seen(struct buf *out, const struct json_node *values)
{
	static const char *const printed[] = { "path", "value", NULL };

	for (size_t i = 0; i < json_node_nr(values); i++) {
		const struct json_node *v = json_node_at(values, i);

		buf_fmt(out, "%*s", 28, "");
		if (json_node_kind(v) != JSON_KIND_OBJECT) {
			put_value(out, v);
			buf_byte(out, '\n');
			continue;
		}
		put_value(out, json_node_get(v, "path"));
		buf_z(out, " = ");
		put_value(out, json_node_get(v, "value"));
		buf_byte(out, '\n');
		put_others(out, 30, v, printed);
	}
}

static void put_clause(struct buf *out, const struct json_node *c)
{
	static const char *const printed[] = { "id",  "points", "outcome",
					       "why", "values", NULL };
	int64_t points = 0;

	buf_z(out, "  ");
	put_padded(out, json_node_text(json_node_get(c, "outcome")), 14);
	if (json_node_int(json_node_get(c, "points"), &points))
		buf_fmt(out, "%+5lld  ", (long long)points);
	put_padded(out, json_node_text(json_node_get(c, "id")), 12);
	buf_byte(out, ' ');
	put_value(out, json_node_get(c, "why"));
	buf_byte(out, '\n');
	if (json_node_kind(json_node_get(c, "values")) == JSON_KIND_ARRAY)
		put_seen(out, json_node_get(c, "values"));
	else if (json_node_get(c, "values"))
		put_member(out, 28, "values", json_node_get(c, "values"));
	put_others(out, 28, c, printed);
}

static void put_clauses(struct buf *out, const struct json_node *evidence,
			const char *key, const char *title)
{
	const struct json_node *list = json_node_get(evidence, key);

	if (json_node_kind(list) != JSON_KIND_ARRAY) {
		if (list)
			put_member(out, 0, key, list);
		return;
	}
	buf_fmt(out, "\n%s\n", title);
	for (size_t i = 0; i < json_node_nr(list); i++) {
		const struct json_node *c = json_node_at(list, i);

		if (json_node_kind(c) == JSON_KIND_OBJECT)
			put_clause(out, c);
		else
			put_member(out, 2, "-", c);
	}
	if (!json_node_nr(list))
		buf_z(out, "  none\n");
}

static void put_pair(struct buf *out, const char *key,
		     const struct json_node *left,
		     const struct json_node *right)
{
	struct buf text = { 0 };

	put_name(out, 2, key);
	put_value(&text, left);
	put_padded(out, buf_view(&text), SIDE_WIDTH);
	buf_z(out, "  ");
	put_value(out, right);
	buf_byte(out, '\n');
	buf_release(&text);
}

/* Who was carried beside who is sought, member by member of either. */
static void put_sides(struct buf *out, const struct json_node *evidence)
{
	const struct json_node *left = json_node_get(evidence, "traveller");
	const struct json_node *right = json_node_get(evidence, "entry"), *m;
	const char *key = NULL;
	void *iter = NULL;

	if (json_node_kind(left) != JSON_KIND_OBJECT ||
	    json_node_kind(right) != JSON_KIND_OBJECT) {
		if (left)
			put_member(out, 0, "traveller", left);
		if (right)
			put_member(out, 0, "entry", right);
		return;
	}
	buf_byte(out, '\n');
	put_name(out, 2, "");
	put_padded(out, STR("TRAVELLER"), SIDE_WIDTH);
	buf_z(out, "  SOUGHT\n");
	while ((m = json_node_next(left, &iter, &key)))
		put_pair(out, key, m, json_node_get(right, key));
	iter = NULL;
	while ((m = json_node_next(right, &iter, &key)))
		if (!json_node_get(left, key))
			put_pair(out, key, NULL, m);
}

void hits_print_evidence(struct buf *out, const struct json_node *evidence)
{
	static const char *const later[] = { "incriminating", "exonerating",
					     "traveller", "entry", NULL };

	if (json_node_kind(evidence) != JSON_KIND_OBJECT) {
		put_member(out, 0, "evidence", evidence);
		return;
	}
	put_others(out, 0, evidence, later);
	put_sides(out, evidence);
	put_clauses(out, evidence, "incriminating", "for a closer look");
	put_clauses(out, evidence, "exonerating", "for the person");
}
