#include "db/row_internal.h"

#include <endian.h>
#include <string.h>

#define TABLE(t, name)	   static const struct column t##_columns[] = {
#define COLUMN(t, m, type) { #m, COL_##type, offsetof(struct t##_row, m) },
#define END(t) \
	}      \
	;
#include "db/row.def"
#undef TABLE
#undef COLUMN
#undef END

const struct row_table row_tables[ROW_TABLES] = {
#define TABLE(t, name) \
	{ name, t##_columns, ARRAY_SIZE(t##_columns), sizeof(struct t##_row) },
#define COLUMN(t, m, type)
#define END(t)
#include "db/row.def"
#undef TABLE
#undef COLUMN
#undef END
};

uint32_t row_type_oid(enum row_type type)
{
	/* src/include/catalog/pg_type.dat */
	static const uint16_t oid[] = {
		[COL_DAY] = 1082,   [COL_I16] = 21,    [COL_I32] = 23,
		[COL_I64] = 20,	    [COL_N32] = 23,    [COL_N64] = 20,
		[COL_BOOL] = 16,    [COL_CHAR] = 1042, [COL_TEXT] = 25,
		[COL_TEXTS] = 1009, [COL_BYTES] = 17,  [COL_TOKENS] = 1016,
		[COL_LOCAL] = 1114, [COL_UTC] = 1184,
	};

	return oid[type];
}

/* Length of the front of `s` that needs no change. */
static size_t plain_span(struct str s)
{
	size_t i = 0;

	while (i < s.len && (signed char)s.ptr[i] > 0)
		i++;
	return i;
}

void row_write_text(struct buf *out, struct str s)
{
	while (s.len) {
		size_t n = plain_span(s);
		unsigned char c;

		if (!n)
			n = s.ptr[0] ? str_utf8_len(s) : 0;
		buf_add(out, s.ptr, n);
		s = str_slice(s, n ? n : 1, s.len);
		if (n)
			continue;
		c = (unsigned char)s.ptr[-1];
		buf_byte(out, c ? (char)(0xc0 | c >> 6) : ' ');
		if (c) /* ISO 8859-1 */
			buf_byte(out, (char)(0x80 | (c & 0x3f)));
	}
}

static void write_null(struct buf *out)
{
	buf_be32(out, UINT32_MAX);
}

static void write_i64(struct buf *out, int64_t v)
{
	buf_be32(out, 8);
	buf_be64(out, (uint64_t)v);
}

static void write_i32(struct buf *out, int32_t v)
{
	buf_be32(out, 4);
	buf_be32(out, (uint32_t)v);
}

/* Put the length of what was written since `start` into the 4 bytes there. */
static void close_length(struct buf *out, size_t start)
{
	uint32_t len = htobe32((uint32_t)(out->len - start - 4));

	if (!out->failed)
		memcpy(out->data + start, &len, 4);
}

static size_t open_length(struct buf *out)
{
	buf_be32(out, 0);
	return out->len - 4;
}

static void write_array_head(struct buf *out, enum row_type element,
			     uint32_t nr)
{
	buf_be32(out, nr ? 1 : 0); /* dimensions */
	buf_be32(out, 0);	   /* no nulls */
	buf_be32(out, row_type_oid(element));
	if (!nr)
		return;
	buf_be32(out, nr);
	buf_be32(out, 1); /* first index */
}

static void write_text(struct buf *out, struct str s)
{
	size_t at = open_length(out);

	row_write_text(out, s);
	close_length(out, at);
}

static void write_texts(struct buf *out, const struct row_texts *t)
{
	size_t at = open_length(out);

	write_array_head(out, COL_TEXT, t->nr);
	for (uint32_t i = 0; i < t->nr; i++)
		write_text(out, t->v[i]);
	close_length(out, at);
}

static void write_tokens(struct buf *out, const struct row_tokens *t)
{
	size_t at = open_length(out);

	write_array_head(out, COL_I64, t->nr);
	for (uint32_t i = 0; i < t->nr; i++)
		write_i64(out, t->v[i]);
	close_length(out, at);
}

static bool is_null(enum row_type type, const void *p)
{
	switch (type) {
	case COL_DAY:
		return !*(const int32_t *)p;
	case COL_N32:
	case COL_N64:
		return !((const struct row_number *)p)->set;
	case COL_CHAR:
		return !*(const char *)p;
	case COL_TEXT:
	case COL_BYTES:
		return !((const struct str *)p)->ptr;
	case COL_TEXTS:
		return !((const struct row_texts *)p)->v;
	case COL_TOKENS:
		return !((const struct row_tokens *)p)->v;
	case COL_LOCAL:
	case COL_UTC:
		return !moment_is_set(*(const struct moment *)p);
	case COL_I16:
	case COL_I32:
	case COL_I64:
	case COL_BOOL:
		break;
	}
	return false;
}

/* A value that is not null, length first. False: it does not fit. */
static bool write_value(struct buf *out, enum row_type type, const void *p)
{
	const struct row_number *number = p;
	const struct str *s = p;

	switch (type) {
	case COL_DAY:
		write_i32(out, *(const int32_t *)p - EPOCH_DAYS);
		break;
	case COL_I16:
		buf_be32(out, 2);
		buf_be16(out, (uint16_t) * (const int16_t *)p);
		break;
	case COL_I32:
		write_i32(out, *(const int32_t *)p);
		break;
	case COL_I64:
		write_i64(out, *(const int64_t *)p);
		break;
	case COL_N32:
		if (number->v < INT32_MIN || number->v > INT32_MAX)
			return false;
		write_i32(out, (int32_t)number->v);
		break;
	case COL_N64:
		write_i64(out, number->v);
		break;
	case COL_BOOL:
		buf_be32(out, 1);
		buf_byte(out, *(const bool *)p);
		break;
	case COL_CHAR:
		write_text(out, (struct str){ p, 1 });
		break;
	case COL_TEXT:
		write_text(out, *s);
		break;
	case COL_TEXTS:
		write_texts(out, p);
		break;
	case COL_BYTES:
		buf_be32(out, (uint32_t)s->len);
		buf_str(out, *s);
		break;
	case COL_TOKENS:
		write_tokens(out, p);
		break;
	case COL_LOCAL:
	case COL_UTC:
		write_i64(out, (((const struct moment *)p)->s - EPOCH_S) * US);
		break;
	}
	return true;
}

bool row_write_field(struct buf *out, enum row_type type, const void *value)
{
	if (!is_null(type, value))
		return write_value(out, type, value);
	write_null(out);
	return true;
}

bool row_write(struct buf *out, const struct row_table *t, const void *row,
	       bool with_oid, const char **bad)
{
	for (uint32_t i = 0; i < t->nr; i++) {
		const struct column *c = &t->column[i];
		const void *p = (const char *)row + c->offset;

		if (with_oid)
			buf_be32(out, row_type_oid(c->type));
		if (!row_write_field(out, c->type, p)) {
			*bad = c->name;
			return false;
		}
	}
	return true;
}
