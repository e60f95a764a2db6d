/*
 * row.h - the rows of the tables as structs, and how they cross the wire
 *
 * The structs are made from row.def: `struct slice_row`, `struct hit_row`, ...
 * Zeroed memory is a row of nulls, zeros and false. Texts that are not UTF-8
 * are taken for ISO 8859-1 on the way in and NUL bytes become blanks, so that
 * no text is refused by the database.
 *
 * Days are days since 1970-01-01 (date_to_days()), 0 is "none". Moments keep
 * whole seconds; a moment read back has MOMENT_SECOND.
 * Lifetime: rows borrow their texts, bytes and lists.
 */
#ifndef DB_ROW_H
#define DB_ROW_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum slice_kind { SLICE_HEADER, SLICE_BOOKING, SLICE_TRAVELLER_GROUP };
enum hit_kind { HIT_PROFILE, HIT_LIST };

struct row_number {
	int64_t v;
	bool set; /* false: null */
};

struct row_texts {
	const struct str *v; /* NULL: null */
	uint32_t nr;
};

struct row_tokens {
	const int64_t *v; /* NULL: null */
	uint32_t nr;
};

#define ROW_DAY	   int32_t
#define ROW_I16	   int16_t
#define ROW_I32	   int32_t
#define ROW_I64	   int64_t
#define ROW_N32	   struct row_number
#define ROW_N64	   struct row_number
#define ROW_BOOL   bool
#define ROW_CHAR   char
#define ROW_TEXT   struct str
#define ROW_TEXTS  struct row_texts
#define ROW_BYTES  struct str
#define ROW_TOKENS struct row_tokens
#define ROW_LOCAL  struct moment
#define ROW_UTC	   struct moment

enum row_type {
	COL_DAY,
	COL_I16,
	COL_I32,
	COL_I64,
	COL_N32,
	COL_N64,
	COL_BOOL,
	COL_CHAR,
	COL_TEXT,
	COL_TEXTS,
	COL_BYTES,
	COL_TOKENS,
	COL_LOCAL,
	COL_UTC,
};

struct column {
	const char *name;
	enum row_type type;
	uint32_t offset; /* in the row's struct */
};

/* Which table a row belongs to; also an index into row_tables. */
enum row_id {
#define TABLE(t, name) ROW_ID_##t,
#define COLUMN(t, m, type)
#define END(t)
#include "db/row.def"
#undef TABLE
#undef COLUMN
#undef END
	ROW_TABLES
};

#define TABLE(t, name)	   struct t##_row {
#define COLUMN(t, m, type) ROW_##type m;
#define END(t) \
	}      \
	;
#include "db/row.def"
#undef TABLE
#undef COLUMN
#undef END

struct row_table {
	const char *name; /* "pax.slice" */
	const struct column *column;
	uint32_t nr;   /* columns */
	uint32_t size; /* of the struct, in bytes */
};

/* Static, read-only. */
extern const struct row_table row_tables[ROW_TABLES];

/* The OID of a column's type: those of built-in types never change. */
uint32_t row_type_oid(enum row_type type);

/*
 * Append the fields of one row in PostgreSQL's binary form: each its length
 * and its bytes, before that the type's OID when `with_oid` (composite
 * values want it, COPY does not). False, and `out` unusable, when a number
 * does not fit its column; *bad then names the column.
 */
MUST_CHECK bool row_write(struct buf *out, const struct row_table *t,
			  const void *row, bool with_oid, const char **bad);

/*
 * Append one field: 4 bytes of length (-1: null), then the value. False: it
 * does not fit.
 */
MUST_CHECK bool row_write_field(struct buf *out, enum row_type type,
				const void *value);

/*
 * Append a text in a form that the database stores: valid UTF-8 without NUL.
 */
void row_write_text(struct buf *out, struct str s);

/*
 * Read one field of `len` bytes (-1: null) into the member at `to`; texts,
 * bytes and lists are copied to the arena. False: not of the column's form.
 */
MUST_CHECK bool row_read(void *to, enum row_type type, const char *data,
			 int len, struct arena *a);

#endif
