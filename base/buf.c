#include "base/buf.h"

#include "base/err.h"

#include <endian.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool grow(struct buf *b, size_t need)
{
	size_t cap = b->cap ? b->cap : 256;
	char *p;

	while (cap < need)
		cap *= 2;
	p = realloc(b->data, cap);
	if (!p)
		return false;
	b->data = p;
	b->cap = cap;
	return true;
}

void *buf_room(struct buf *b, size_t len)
{
	size_t need = b->len + len;

	if (b->failed || need < len || (b->limit && need > b->limit) ||
	    (need > b->cap && !grow(b, need))) {
		b->failed = true;
		return NULL;
	}
	b->len = need;
	return b->data + need - len;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	void *p = len ? buf_room(b, len) : NULL;

	if (p)
		memcpy(p, data, len);
}

void buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.ptr, s.len);
}

void buf_z(struct buf *b, const char *z)
{
	buf_add(b, z, strlen(z));
}

void buf_byte(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = n >= 0 ? buf_room(b, (size_t)n + 1) : NULL;
	if (p) {
		vsnprintf(p, (size_t)n + 1, fmt, again);
		b->len--; /* the NUL was only for vsnprintf */
	}
	va_end(again);
}

void buf_be16(struct buf *b, uint16_t v)
{
	v = htobe16(v);
	buf_add(b, &v, sizeof(v));
}

void buf_be32(struct buf *b, uint32_t v)
{
	v = htobe32(v);
	buf_add(b, &v, sizeof(v));
}

void buf_be64(struct buf *b, uint64_t v)
{
	v = htobe64(v);
	buf_add(b, &v, sizeof(v));
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->failed = false;
}

void buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ .limit = b->limit };
}

static int read_all(struct buf *b, FILE *f, size_t limit)
{
	size_t start = b->len;

	for (;;) {
		char *p = buf_room(b, 65536);
		size_t got;

		if (!p)
			return ERR_NOMEM;
		got = fread(p, 1, 65536, f);
		b->len -= 65536 - got;
		if (limit && b->len - start > limit)
			return ERR_LIMIT;
		if (got < 65536)
			return ferror(f) ? ERR_IO : 0;
	}
}

int buf_read_file(struct buf *b, const char *path, size_t limit, struct err *e)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	int rc;

	if (!f)
		return err_at(e, ERR_IO, 0, "cannot open '%s': %s", path,
			      strerror(errno));
	rc = read_all(b, f, limit);
	if (rc == ERR_LIMIT)
		err_at(e, rc, limit, "'%s' is longer than %zu bytes", path,
		       limit);
	else if (rc)
		err_at(e, rc, 0, "cannot read '%s': %s", path, strerror(errno));
	if (f != stdin)
		fclose(f);
	return rc;
}
