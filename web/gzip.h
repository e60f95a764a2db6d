/*
 * gzip.h - a compressed body; the only place that knows zlib
 */
#ifndef WEB_GZIP_H
#define WEB_GZIP_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Append what `in` (gzip, one or several members) holds to `out`. Returns 0,
 * ERR_SYNTAX when it is no whole gzip file, ERR_LIMIT when more than `most`
 * bytes come out: never more than that are made.
 */
MUST_CHECK int gzip_open(struct buf *out, struct str in, size_t most,
			 struct err *e);

#endif
