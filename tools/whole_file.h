/*
 * whole_file.h - a file appears whole or not at all
 */
#ifndef TOOLS_WHOLE_FILE_H
#define TOOLS_WHOLE_FILE_H

#include "base/err.h"
#include "base/str.h"

/*
 * Write `bytes` beside `path` first, then put it in its place: who reads
 * `path` sees the old file or the new one. Returns 0, ERR_IO or ERR_NOMEM.
 */
MUST_CHECK int whole_file_write(const char *path, struct str bytes,
				struct err *e);

#endif
