/*
 * passphrase.h - a passphrase out of a file
 */
#ifndef TOOLS_PASSPHRASE_H
#define TOOLS_PASSPHRASE_H

#include "base/buf.h"
#include "base/err.h"

/*
 * The first line of a file that is closed to others, without its line break,
 * into `out`, to be wiped and released by passphrase_forget(). No path: empty.
 * Returns 0, ERR_USAGE for a file open to others or an empty line, ERR_IO.
 */
MUST_CHECK int passphrase_read(struct buf *out, const char *path,
			       struct err *e);
void passphrase_forget(struct buf *b);

#endif
