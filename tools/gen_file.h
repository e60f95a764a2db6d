/*
 * gen_file.h - the folder the generator fills
 *
 * A file is written under a temporary name and then renamed, so a reader
 * never sees half of one. Errors name the file and the system's reason.
 */
#ifndef TOOLS_GEN_FILE_H
#define TOOLS_GEN_FILE_H

#include "base/buf.h"
#include "base/err.h"

/*
 * Make `dir` ready. It is created when missing. One that is not empty is
 * refused (ERR_USAGE) unless `force`, which removes what an earlier run left:
 * *.edi, truth.ndjson, manifest.ndjson and summary.json.
 */
MUST_CHECK int gen_dir_prepare(const char *dir, bool force, struct err *e);

/* Write `bytes` to dir/name. Returns 0, or ERR_IO. */
MUST_CHECK int gen_file_write(const char *dir, const char *name,
			      struct str bytes, struct err *e);

#endif
