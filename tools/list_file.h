/*
 * list_file.h - a watchlist's sheet and the files beside it, from the disk
 */
#ifndef TOOLS_LIST_FILE_H
#define TOOLS_LIST_FILE_H

#include "watchlist/list.h"

/*
 * Read the list whose sheet is `path` ("dir/NAME.list.yaml"). Everything is in
 * the arena. Rows and values that cannot be read give warnings. Returns 0 or
 * the error, which names the file: ERR_IO, or as watch_sheet_read() and the
 * reader of the sheet's format.
 */
MUST_CHECK int list_file_read(struct watch_list *out, struct arena *a,
			      const char *path,
			      const struct watch_registers *law,
			      struct list_warnings *w, struct err *e);

#endif
