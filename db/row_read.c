/*
 * row_read.c - fields of a binary answer, into the members of a row
 */
#include "db/row_internal.h"

#include <endian.h>
#include <string.h>

static uint32_t read_be32(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return be32toh(v);
}

static int64_t read_be64(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return (int64_t)be64toh(v);
}

/*
 * The head of an array of `element`: the number of elements, or -1. *rest
 * becomes the elements.
 */
static int64_t read_array_head(struct str *rest, struct str s,
			       enum row_type element)
{
	uint32_t nr;

	if (s.len < 12 || read_be32(s.ptr + 8) != row_type_oid(element))
		return -1;
	*rest = str_slice(s, 12, s.len);
	if (!read_be32(s.ptr))
		return 0;
	if (s.len < 20 || read_be32(s.ptr) != 1 || read_be32(s.ptr + 4))
		return -1;
	nr = read_be32(s.ptr + 12);
	*rest = str_slice(s, 20, s.len);
	return nr <= rest->len / 4 ? (int64_t)nr : -1;
}

/* Cut the next element off *rest. */
static bool read_element(struct str *out, struct str *rest)
{
	uint32_t len;

	if (rest->len < 4)
		return false;
	len = read_be32(rest->ptr);
	if (len > rest->len - 4)
		return false;
	*out = str_slice(*rest, 4, 4 + len);
	*rest = str_slice(*rest, 4 + len, rest->len);
	return true;
}

static bool read_texts(struct row_texts *to, struct str s, struct arena *a)
{
	struct str rest, one, *v;
	int64_t nr = read_array_head(&rest, s, COL_TEXT);

	if (nr < 0)
		return false;
	v = arena_alloc(a, (size_t)(nr + 1) * sizeof(*v));
	for (int64_t i = 0; i < nr; i++) {
		if (!read_element(&one, &rest))
			return false;
		v[i] = arena_str(a, one);
	}
	*to = (struct row_texts){ v, (uint32_t)nr };
	return true;
}

static bool read_tokens(struct row_tokens *to, struct str s, struct arena *a)
{
	struct str rest, one;
	int64_t nr = read_array_head(&rest, s, COL_I64), *v;

	if (nr < 0)
		return false;
	v = arena_alloc(a, (size_t)(nr + 1) * sizeof(*v));
	for (int64_t i = 0; i < nr; i++) {
		if (!read_element(&one, &rest) || one.len != 8)
			return false;
		v[i] = read_be64(one.ptr);
	}
	*to = (struct row_tokens){ v, (uint32_t)nr };
	return true;
}

/* Bytes that a value of the type must have, 0: any number. */
static size_t fixed_length(enum row_type type)
{
	switch (type) {
	case COL_BOOL:
		return 1;
	case COL_I16:
		return 2;
	case COL_DAY:
	case COL_I32:
	case COL_N32:
		return 4;
	case COL_I64:
	case COL_N64:
	case COL_LOCAL:
	case COL_UTC:
		return 8;
	default:
		return 0;
	}
}

/* Seconds of a timestamp in microseconds since 2000, rounded down. */
static int64_t seconds_of(int64_t us)
{
	int64_t s = us / US - (us % US < 0);

	return s + EPOCH_S;
}

static void read_fixed(void *to, enum row_type type, const char *data)
{
	uint16_t v16;

	switch (type) {
	case COL_BOOL:
		*(bool *)to = *data != 0;
		break;
	case COL_I16:
		memcpy(&v16, data, sizeof(v16));
		*(int16_t *)to = (int16_t)be16toh(v16);
		break;
	case COL_DAY:
		*(int32_t *)to = (int32_t)read_be32(data) + EPOCH_DAYS;
		break;
	case COL_I32:
		*(int32_t *)to = (int32_t)read_be32(data);
		break;
	case COL_N32:
		*(struct row_number *)to =
			(struct row_number){ (int32_t)read_be32(data), true };
		break;
	case COL_I64:
		*(int64_t *)to = read_be64(data);
		break;
	case COL_N64:
		*(struct row_number *)to =
			(struct row_number){ read_be64(data), true };
		break;
	default: /* COL_LOCAL, COL_UTC */
		*(struct moment *)to =
			(struct moment){ seconds_of(read_be64(data)),
					 MOMENT_SECOND };
	}
}

bool row_read(void *to, enum row_type type, const char *data, int len,
	      struct arena *a)
{
	struct str s = { data, len < 0 ? 0 : (size_t)len };

	if (len < 0)
		return true; /* the row was zeroed: null */
	if (fixed_length(type)) {
		if (s.len != fixed_length(type))
			return false;
		read_fixed(to, type, data);
		return true;
	}
	if (type == COL_TEXTS)
		return read_texts(to, s, a);
	if (type == COL_TOKENS)
		return read_tokens(to, s, a);
	if (type == COL_CHAR)
		*(char *)to = s.len ? s.ptr[0] : 0;
	else
		*(struct str *)to = arena_str(a, s);
	return true;
}
