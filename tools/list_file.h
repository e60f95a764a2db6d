/*
 * list_file.h - a watchlist's sheet and the files beside it, from the disk
 */
#ifndef TOOLS_LIST_FILE_H
#define TOOLS_LIST_FILE_H

#include "law/crypt.h"
#include "watchlist/list.h"

_Static_assert((int)LIST_VERSION == (int)CRYPT_HASH_LEN, "it is such a hash");

/*
 * Read the list whose sheet is `path` ("dir/NAME.list.yaml"). Everything is in
 * the arena. The list's version is a hash of the sheet and of the files that it
 * names, as read here: not of the day, the law or where they stand. Rows and
 * values that cannot be read give warnings. Returns 0 or
 * the error, which names the file: ERR_IO, or as watch_sheet_read() and the
 * reader of the sheet's format.
 */
MUST_CHECK int list_file_read(struct watch_list *out, struct arena *a,
			      const char *path,
			      const struct watch_registers *law,
			      struct list_warnings *w, struct err *e);

#endif
