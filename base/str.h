/*
 * str.h - a view of bytes, passed by value
 *
 * A view owns nothing and is not ended by a NUL. A view whose ptr is NULL
 * means "absent"; one with len 0 and a ptr means "present and empty".
 * Lifetime: as long as the bytes it points at. Threads: plain values.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/cc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *ptr; /* NULL: not present (differs from "") */
	size_t len;
};

#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
/* For tables of constants, where a compound literal is not allowed. */
#define STR_INIT(lit)                   \
	{                               \
		"" lit, sizeof(lit) - 1 \
	}
#define STR_NONE   ((struct str){ NULL, 0 })
#define STR_FMT	   "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/* The view of a C string; NULL gives an absent view. Borrows `z`. */
static inline struct str str_of(const char *z)
{
	return z ? (struct str){ z, strlen(z) } : STR_NONE;
}

/* Same bytes? Absent equals absent only. */
static inline bool str_eq(struct str a, struct str b)
{
	if (!a.ptr || !b.ptr)
		return a.ptr == b.ptr;
	/* most that differ do so in the first byte: spare them the call */
	return a.len == b.len &&
	       (a.len == 0 ||
		(a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0));
}

/* Same letters, ASCII case aside? */
bool str_eq_nocase(struct str a, struct str b);

/* Order by bytes, then by length; absent sorts first. <0, 0 or >0. */
int str_cmp(struct str a, struct str b);

/* Does `s` begin (end) with `part`? An empty part: yes. */
bool str_starts(struct str s, struct str part);
bool str_ends(struct str s, struct str part);

/* Offset of the first `part` in `s`, or -1. */
ptrdiff_t str_find(struct str s, struct str part);

/* Offset of the first byte `c` in `s`, or -1. */
ptrdiff_t str_find_byte(struct str s, char c);

/* Bytes [from, to) of `s`, both cut to its length. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return s.ptr ? (struct str){ s.ptr + from, to - from } : STR_NONE;
}

/* Without blanks, tabs, CR and LF at both ends. Absent stays absent. */
struct str str_trim(struct str s);

/*
 * Cut `s` at the first `sep`: returns what stands before it and leaves the
 * rest behind it in *s (absent when there was no `sep`). Loop until s->ptr
 * is NULL.
 */
struct str str_split(struct str *s, char sep);

/* True if there is nothing to read: absent or of length 0. */
static inline bool str_empty(struct str s)
{
	return s.len == 0;
}

/* All bytes digits (and at least one)? */
bool str_is_digits(struct str s);

/* All bytes ASCII letters or digits (and at least one)? */
bool str_is_alnum(struct str s);

/*
 * Bytes of the character that `s` (not empty) begins with, when it is valid
 * UTF-8 (RFC 3629: no overlong form, no surrogate), or 0.
 */
size_t str_utf8_len(struct str s);

/* A decimal number, sign allowed, nothing else. False: *out untouched. */
MUST_CHECK bool str_to_i64(struct str s, int64_t *out);

#endif
