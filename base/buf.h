/*
 * buf.h - bytes that grow, with a failure that sticks
 *
 * Writers never return errors; ask buf_failed() once at the end. A zeroed
 * struct is an empty buffer. After a failure (out of memory, or more than
 * `limit` bytes when that is not 0) all writes do nothing.
 * Ownership: buf_release() frees. Threads: a buffer belongs to one.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *data;
	size_t len, cap;
	size_t limit; /* 0: none */
	bool failed;
};

/* Append bytes. */
void buf_add(struct buf *b, const void *data, size_t len);
/* Append a view; an absent one adds nothing. */
void buf_str(struct buf *b, struct str s);
/* Append a C string. */
void buf_z(struct buf *b, const char *z);
/* Append one byte. */
void buf_byte(struct buf *b, char c);
/* Append formatted text. */
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* Append integers in network byte order, as PostgreSQL's COPY wants them. */
void buf_be16(struct buf *b, uint16_t v);
void buf_be32(struct buf *b, uint32_t v);
void buf_be64(struct buf *b, uint64_t v);
/* Room for `len` more bytes: where to write them, or NULL after a failure. */
void *buf_room(struct buf *b, size_t len);

/* What is in it; valid until the next write. */
static inline struct str buf_view(const struct buf *b)
{
	return (struct str){ b->data ? b->data : "", b->len };
}

/* Empty it, keep the memory, forget a failure. */
void buf_clear(struct buf *b);
/* Free the memory; the buffer is empty again. */
void buf_release(struct buf *b);

/*
 * Read a whole file into `b` (appended). At most `limit` bytes (0: any).
 * Returns 0 or an err_code: ERR_IO when it cannot be read, ERR_LIMIT when it
 * is longer. "-" reads standard input.
 */
struct err;
MUST_CHECK int buf_read_file(struct buf *b, const char *path, size_t limit,
			     struct err *e);

#endif
