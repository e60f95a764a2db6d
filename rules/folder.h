/*
 * folder.h - the YAML files of a folder, one after another
 */
#ifndef RULES_FOLDER_H
#define RULES_FOLDER_H

#include "base/err.h"
#include "base/str.h"

/* What is done with one file; `path` and `text` are for the call only. */
typedef int folder_fn(void *arg, const char *path, struct str text,
		      struct err *e);

struct folder {
	const char *dir;
	const char *what; /* "profiles": for messages */
	int max_files;
	size_t max_bytes; /* of a file */
};

/*
 * Call `each` with all *.yaml files, hidden ones apart, sorted by name, until
 * one fails. Returns 0, ERR_IO, ERR_LIMIT for more files or a longer one,
 * or what `each` returned.
 */
MUST_CHECK int folder_read(const struct folder *f, folder_fn *each, void *arg,
			   struct err *e);

#endif
