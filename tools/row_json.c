#include "tools/row_json.h"

#include "law/crypt.h"

#include <string.h>

void row_json_bytes(struct json *j, const char *key, struct str bytes)
{
	struct buf hex = { 0 };
	char *room = bytes.ptr ? buf_room(&hex, 2 * bytes.len + 1) : NULL;

	if (room)
		crypt_to_hex(room, (const uint8_t *)bytes.ptr, bytes.len);
	json_str(j, key, room ? (struct str){ room, 2 * bytes.len } : STR_NONE);
	buf_release(&hex);
}

bool row_json_read_bytes(struct str *out, const struct json_node *n,
			 struct arena *a)
{
	struct str hex = json_node_text(n);
	char *room;

	*out = STR_NONE;
	if (json_node_kind(n) == JSON_KIND_NULL)
		return n != NULL;
	room = arena_alloc(a, hex.len / 2 + 1);
	*out = (struct str){ room, hex.len / 2 };
	return hex.ptr && hex.len % 2 == 0 &&
	       crypt_from_hex((uint8_t *)room, hex.len / 2, hex);
}

static void write_number(struct json *j, const char *name,
			 const struct row_number *n)
{
	if (n->set)
		json_int(j, name, n->v);
	else
		json_null(j, name);
}

/* A null date has no text. */
static void write_day(struct json *j, const char *name, int32_t day)
{
	if (day)
		json_date(j, name, date_from_days(day));
	else
		json_null(j, name);
}

static void write_texts(struct json *j, const char *name,
			const struct row_texts *t)
{
	if (!t->v) {
		json_null(j, name);
		return;
	}
	json_open(j, name, '[');
	for (uint32_t i = 0; i < t->nr; i++)
		json_str(j, NULL, t->v[i]);
	json_close(j, ']');
}

static void write_tokens(struct json *j, const char *name,
			 const struct row_tokens *t)
{
	if (!t->v) {
		json_null(j, name);
		return;
	}
	json_open(j, name, '[');
	for (uint32_t i = 0; i < t->nr; i++)
		json_int(j, NULL, t->v[i]);
	json_close(j, ']');
}

static void write_column(struct json *j, const struct column *c, const void *at)
{
	char letter = *(const char *)at;

	switch (c->type) {
	case COL_DAY:
		write_day(j, c->name, *(const int32_t *)at);
		break;
	case COL_I16:
		json_int(j, c->name, *(const int16_t *)at);
		break;
	case COL_I32:
		json_int(j, c->name, *(const int32_t *)at);
		break;
	case COL_I64:
		json_int(j, c->name, *(const int64_t *)at);
		break;
	case COL_N32:
	case COL_N64:
		write_number(j, c->name, at);
		break;
	case COL_BOOL:
		json_bool(j, c->name, *(const bool *)at);
		break;
	case COL_CHAR:
		json_str(j, c->name, letter ? (struct str){ at, 1 } : STR_NONE);
		break;
	case COL_TEXT:
		json_str(j, c->name, *(const struct str *)at);
		break;
	case COL_TEXTS:
		write_texts(j, c->name, at);
		break;
	case COL_BYTES:
		row_json_bytes(j, c->name, *(const struct str *)at);
		break;
	case COL_TOKENS:
		write_tokens(j, c->name, at);
		break;
	case COL_LOCAL:
	case COL_UTC:
		json_moment(j, c->name, *(const struct moment *)at,
			    c->type == COL_UTC);
		break;
	}
}

void row_json_write(struct json *j, const char *key, enum row_id id,
		    const void *row)
{
	const struct row_table *t = &row_tables[id];

	json_open(j, key, '{');
	for (uint32_t i = 0; i < t->nr; i++)
		write_column(j, &t->column[i],
			     (const char *)row + t->column[i].offset);
	json_close(j, '}');
}

static bool read_whole(int64_t *v, const struct json_node *n, int64_t most)
{
	return json_node_int(n, v) && *v >= -most - 1 && *v <= most;
}

static bool read_day(int32_t *day, struct str text)
{
	struct date d;

	if (!date_read(text, &d) || !date_is_full(d) || !date_is_valid(d))
		return false;
	*day = (int32_t)date_to_days(d);
	return true;
}

static bool read_texts(struct row_texts *out, const struct json_node *n,
		       struct arena *a)
{
	uint32_t nr = (uint32_t)json_node_nr(n);
	struct str *v = arena_alloc(a, (nr + 1) * sizeof(*v));

	for (uint32_t i = 0; i < nr; i++) {
		v[i] = arena_str(a, json_node_text(json_node_at(n, i)));
		if (!v[i].ptr)
			return false;
	}
	*out = (struct row_texts){ v, nr };
	return json_node_kind(n) == JSON_KIND_ARRAY;
}

static bool read_tokens(struct row_tokens *out, const struct json_node *n,
			struct arena *a)
{
	uint32_t nr = (uint32_t)json_node_nr(n);
	int64_t *v = arena_alloc(a, (nr + 1) * sizeof(*v));

	for (uint32_t i = 0; i < nr; i++)
		if (!json_node_int(json_node_at(n, i), &v[i]))
			return false;
	*out = (struct row_tokens){ v, nr };
	return json_node_kind(n) == JSON_KIND_ARRAY;
}

/* A member that is there and not null. */
static bool read_value(void *at, enum row_type type, const struct json_node *n,
		       struct arena *a)
{
	struct row_number *number = at;
	struct str text = json_node_text(n);
	int64_t v = 0;
	bool good = true;

	switch (type) {
	case COL_DAY:
		return read_day(at, text);
	case COL_I16:
		good = read_whole(&v, n, INT16_MAX);
		*(int16_t *)at = (int16_t)v;
		return good;
	case COL_I32:
		good = read_whole(&v, n, INT32_MAX);
		*(int32_t *)at = (int32_t)v;
		return good;
	case COL_I64:
		return json_node_int(n, at);
	case COL_N32:
	case COL_N64:
		number->set = json_node_int(n, &number->v);
		return number->set;
	case COL_BOOL:
		*(bool *)at = json_node_is_true(n);
		return json_node_kind(n) == JSON_KIND_BOOL;
	case COL_CHAR:
		*(char *)at = text.len == 1 ? *text.ptr : '\0';
		return text.len == 1;
	case COL_TEXT:
		*(struct str *)at = arena_str(a, text);
		return text.ptr;
	case COL_TEXTS:
		return read_texts(at, n, a);
	case COL_BYTES:
		return row_json_read_bytes(at, n, a);
	case COL_TOKENS:
		return read_tokens(at, n, a);
	case COL_LOCAL:
	case COL_UTC:
		return moment_read(text, at);
	}
	return false;
}

bool row_json_read(void *row, enum row_id id, const struct json_node *n,
		   struct arena *a)
{
	const struct row_table *t = &row_tables[id];

	memset(row, 0, t->size);
	for (uint32_t i = 0; i < t->nr; i++) {
		const struct column *c = &t->column[i];
		const struct json_node *m = json_node_get(n, c->name);

		if (m && json_node_kind(m) == JSON_KIND_NULL)
			continue;
		if (!m || !read_value((char *)row + c->offset, c->type, m, a))
			return false;
	}
	return true;
}
