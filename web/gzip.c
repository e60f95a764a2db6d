#include "web/gzip.h"

#include <limits.h>
#include <zlib.h>

enum { GZIP_ONLY = 16, PIECE = 65536 };

static int inflate_all(struct buf *out, z_stream *z, size_t most, struct err *e)
{
	size_t made = 0;
	int rc = Z_OK;

	while (rc != Z_STREAM_END || z->avail_in) {
		unsigned char piece[PIECE];

		if (rc == Z_STREAM_END && inflateReset(z) != Z_OK)
			break; /* another member follows */
		z->next_out = piece;
		z->avail_out = sizeof(piece);
		rc = inflate(z, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END)
			break;
		made += sizeof(piece) - z->avail_out;
		if (made > most)
			return err_at(e, ERR_LIMIT, 0,
				      "more than %zu bytes come out of a "
				      "compressed body",
				      most);
		buf_add(out, piece, sizeof(piece) - z->avail_out);
	}
	if (out->failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	return rc == Z_STREAM_END ? 0
				  : err_at(e, ERR_SYNTAX, 0,
					   "the body is not a whole gzip file, "
					   "as Content-Encoding says");
}

int gzip_open(struct buf *out, struct str in, size_t most, struct err *e)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)in.ptr };
	int rc;

	if (in.len > UINT_MAX)
		return err_at(e, ERR_LIMIT, 0, "a body of %zu bytes", in.len);
	z.avail_in = (unsigned)in.len;
	if (inflateInit2(&z, MAX_WBITS + GZIP_ONLY) != Z_OK)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	rc = inflate_all(out, &z, most, e);
	inflateEnd(&z);
	return rc;
}
