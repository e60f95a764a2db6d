/*
 * field.h - the field table of record.def, for those who walk it
 *
 * One `struct field` a row, in the order of record.def; `record` names the
 * struct it is a member of. Static, read-only, shared by all threads.
 */
#ifndef PARSERS_FIELD_H
#define PARSERS_FIELD_H

#include "parsers/record.h"

enum field_type {
	FIELD_TEXT,
	FIELD_CODE,
	FIELD_REMARK,
	FIELD_TITLE,
	FIELD_COUNTRY,
	FIELD_AIRPORT,
	FIELD_INT,
	FIELD_DECIMAL,
	FIELD_MONEY,
	FIELD_BOOL,
	FIELD_DATE,
	FIELD_UTC,
	FIELD_LOCAL,
	FIELD_DURATION,
	FIELD_LIST, /* an array of the record `child` */
	FIELD_ONE,  /* one record `child`, by value */
};

enum field_mask { FIELD_KEEP, FIELD_MASK };

enum field_use { USE_YES, USE_COMPARE, USE_REASON, USE_NEVER };

struct field {
	const char *record; /* "leg"; of a derived field its root: "trip" */
	const char *name;   /* "carrier" */
	const char *child;  /* FIELD_LIST, FIELD_ONE: record of the elements */
	const char *help;
	size_t offset;	     /* of the member; of a list the pointer */
	size_t nr_offset;    /* FIELD_LIST: of its uint32_t count */
	size_t known_offset; /* FIELD_LIST: of its bool known_... */
	size_t child_size;   /* FIELD_LIST: bytes of an element */
	enum field_type type;
	uint8_t annex; /* 0 to 19 */
	enum field_mask mask;
	enum field_use use;
	bool derived; /* computed by rules/, no member */
};

extern const struct field field_table[];
extern const size_t field_table_nr;

/* The row of a member of a record, or NULL. `record` is e.g. "leg". */
const struct field *field_find(const char *record, struct str name);

/* First and one-past-last row of a record's members (derived ones apart). */
const struct field *field_first(const char *record);
const struct field *field_end(const char *record);

/* "code", "list", ...: the word for a type in help and messages. */
const char *field_type_name(enum field_type t);

#endif
