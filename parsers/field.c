#include "parsers/field.h"

#include <string.h>

/* clang-format off */
#define KEEP	FIELD_KEEP
#define MASK	FIELD_MASK
#define YES	USE_YES
#define COMPARE	USE_COMPARE
#define REASON	USE_REASON
#define NEVER	USE_NEVER

#define RECORD(s)
#define END(s)
#define PLAIN(decl)
#define FIELD(s, m, ty, an, ma, us, he)					\
	{ .record = #s, .name = #m, .help = he, .type = FIELD_##ty,		\
	  .offset = offsetof(struct s, m), .annex = an, .mask = ma, .use = us },
#define LIST(s, m, c, an, ma, us, he)						\
	{ .record = #s, .name = #m, .child = #c, .help = he,			\
	  .type = FIELD_LIST, .offset = offsetof(struct s, m),			\
	  .nr_offset = offsetof(struct s, nr_##m),				\
	  .known_offset = offsetof(struct s, known_##m),			\
	  .child_size = sizeof(struct c), .annex = an, .mask = ma, .use = us },
#define ONE(s, m, c, an, ma, us, he)						\
	{ .record = #s, .name = #m, .child = #c, .help = he,			\
	  .type = FIELD_ONE, .offset = offsetof(struct s, m),			\
	  .annex = an, .mask = ma, .use = us },
#define DERIVED(r, n, ty, an, ma, us, he)					\
	{ .record = #r, .name = #n, .help = he, .type = FIELD_##ty,		\
	  .annex = an, .mask = ma, .use = us, .derived = true },
#define DERIVED_LIST(r, n, c, an, ma, us, he)					\
	{ .record = #r, .name = #n, .child = #c, .help = he,			\
	  .type = FIELD_LIST, .annex = an, .mask = ma, .use = us,		\
	  .derived = true },

const struct field field_table[] = {
#include "parsers/record.def"
};

#undef RECORD
#undef END
#undef FIELD
#undef LIST
#undef ONE
#undef DERIVED
#undef DERIVED_LIST

/*
 * The rows' numbers. RECORD and END note where they stand and step back, so
 * that the next row has the same number.
 */
#define RECORD(s)	FIRST_##s, BEFORE_##s = FIRST_##s - 1,
#define END(s)		END_##s, BEHIND_##s = END_##s - 1,
#define FIELD(s, m, ty, an, ma, us, he)		ROW_##s##_##m,
#define LIST(s, m, c, an, ma, us, he)		ROW_##s##_##m,
#define ONE(s, m, c, an, ma, us, he)		ROW_##s##_##m,
#define DERIVED(r, n, ty, an, ma, us, he)	ROW_##r##_##n,
#define DERIVED_LIST(r, n, c, an, ma, us, he)	ROW_##r##_##n,

enum {
#include "parsers/record.def"
};

#undef RECORD
#undef END
#undef FIELD
#undef LIST
#undef ONE
#undef DERIVED
#undef DERIVED_LIST

#define RECORD(s)	{ #s, field_table + FIRST_##s, field_table + END_##s },
#define END(s)
#define FIELD(s, m, ty, an, ma, us, he)
#define LIST(s, m, c, an, ma, us, he)
#define ONE(s, m, c, an, ma, us, he)
#define DERIVED(r, n, ty, an, ma, us, he)
#define DERIVED_LIST(r, n, c, an, ma, us, he)

/* Where a record's members stand: asked for with each record that is written. */
static const struct {
	const char *name;
	const struct field *first, *end;
} records[] = {
#include "parsers/record.def"
};
/* clang-format on */

const size_t field_table_nr = ARRAY_SIZE(field_table);

const struct field *field_find(const char *record, struct str name)
{
	for (size_t i = 0; i < field_table_nr; i++)
		if (strcmp(field_table[i].record, record) == 0 &&
		    str_eq(str_of(field_table[i].name), name))
			return &field_table[i];
	return NULL;
}

const struct field *field_first(const char *record)
{
	for (size_t i = 0; i < ARRAY_SIZE(records); i++)
		if (!strcmp(records[i].name, record))
			return records[i].first;
	return field_table + field_table_nr;
}

const struct field *field_end(const char *record)
{
	for (size_t i = 0; i < ARRAY_SIZE(records); i++)
		if (!strcmp(records[i].name, record))
			return records[i].end;
	return field_table + field_table_nr;
}

const char *field_type_name(enum field_type t)
{
	static const char *const name[] = {
		[FIELD_TEXT] = "text",	     [FIELD_CODE] = "code",
		[FIELD_REMARK] = "text",     [FIELD_TITLE] = "text",
		[FIELD_COUNTRY] = "country", [FIELD_AIRPORT] = "airport",
		[FIELD_INT] = "integer",     [FIELD_DECIMAL] = "decimal",
		[FIELD_MONEY] = "money",     [FIELD_BOOL] = "bool",
		[FIELD_DATE] = "date",	     [FIELD_UTC] = "time",
		[FIELD_LOCAL] = "time",	     [FIELD_DURATION] = "duration",
		[FIELD_LIST] = "list",	     [FIELD_ONE] = "record",
	};

	return name[t];
}
