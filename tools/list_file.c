#include "tools/list_file.h"

#include "base/buf.h"

#include <string.h>

enum { SHEET_BYTES = 1 << 20 };

/* "dir/NAME.list.yaml" and a file name of the sheet: "dir/FILE". */
static const char *beside(struct arena *a, const char *sheet, struct str file)
{
	const char *slash = strrchr(sheet, '/');
	int dir = slash ? (int)(slash - sheet) + 1 : 0;

	return arena_fmt(a, "%.*s" STR_FMT, dir, sheet, STR_ARG(file)).ptr;
}

int list_file_read(struct watch_list *out, struct arena *a, const char *path,
		   const struct watch_registers *law, struct err *e)
{
	struct buf text = { .data = NULL };
	struct watch_sheet sheet;
	const char *csv = path;
	int rc = buf_read_file(&text, path, SHEET_BYTES, e);

	if (rc == 0)
		rc = watch_sheet_read(&sheet, a, buf_view(&text), law, e);
	buf_clear(&text);
	if (rc == 0 && (str_find_byte(sheet.file, '/') >= 0))
		rc = err_at(e, ERR_VALUE, 0,
			    "the CSV stands beside the sheet: 'file' is a "
			    "name without '/'");
	if (rc == 0) {
		csv = beside(a, path, sheet.file);
		rc = buf_read_file(&text, csv, 0, e);
	}
	if (rc == 0)
		rc = watch_list_read(out, a, &sheet, buf_view(&text), law, e);
	buf_release(&text);
	if (rc < 0 && e->code != ERR_IO)
		err_wrap(e, "%s", csv);
	return rc;
}
