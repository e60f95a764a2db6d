#include "tools/list_file.h"

#include "base/buf.h"
#include "watchlist/ftm.h"
#include "watchlist/list_json.h"
#include "watchlist/ofac.h"
#include "watchlist/un.h"

#include <string.h>

enum { SHEET_BYTES = 1 << 20 };

/* "dir/NAME.list.yaml" and a file name of the sheet: "dir/FILE". */
static const char *beside(struct arena *a, const char *sheet, struct str file)
{
	const char *slash = strrchr(sheet, '/');
	int dir = slash ? (int)(slash - sheet) + 1 : 0;

	return arena_fmt(a, "%.*s" STR_FMT, dir, sheet, STR_ARG(file)).ptr;
}

/* A file that the sheet names, into `text`; *path is where it stands. */
static int read_beside(const char **path, struct buf *text, struct arena *a,
		       const char *sheet, struct str file, struct err *e)
{
	if (str_find_byte(file, '/') >= 0) {
		*path = sheet;
		return err_at(e, ERR_VALUE, 0,
			      "a list's file stands beside the sheet: 'file' "
			      "is a name without '/'");
	}
	*path = beside(a, sheet, file);
	return buf_read_file(text, *path, 0, e);
}

static int read_ofac(struct watch_list *out, struct arena *a,
		     const struct watch_sheet *sheet, const char *path,
		     const char *sdn, struct str text, struct list_warnings *w,
		     struct err *e)
{
	struct buf aliases = { .data = NULL };
	const char *alt;
	int rc = read_beside(&alt, &aliases, a, path, sheet->aliases, e);

	if (rc == 0)
		rc = ofac_list_read(
			out, a, sheet, &(struct ofac_file){ sdn, text },
			&(struct ofac_file){ alt, buf_view(&aliases) }, w, e);
	else if (rc != ERR_IO)
		err_wrap(e, "%s", alt);
	buf_release(&aliases);
	return rc;
}

static int read_entries(struct watch_list *out, struct arena *a,
			const struct watch_sheet *sheet, const char *path,
			const char *file, struct str text,
			const struct watch_registers *law,
			struct list_warnings *w, struct err *e)
{
	w->file = file;
	switch (sheet->format) {
	case SHEET_PAXGATE:
		return watch_list_read_on(out, a, sheet, text, law, w, e);
	case SHEET_JSON_LINES:
		return list_json_read(out, a, sheet, text, law, w, e);
	case SHEET_OFAC_SDN:
		return read_ofac(out, a, sheet, path, file, text, w, e);
	case SHEET_UN:
		return un_list_read(out, a, sheet, text, w, e);
	case SHEET_FTM:
		return ftm_list_read(out, a, sheet, text, w, e);
	}
	return err_at(e, ERR_VALUE, 0, "no such format");
}

int list_file_read(struct watch_list *out, struct arena *a, const char *path,
		   const struct watch_registers *law, struct list_warnings *w,
		   struct err *e)
{
	struct buf text = { .data = NULL };
	struct watch_sheet sheet;
	const char *file = path;
	int rc = buf_read_file(&text, path, SHEET_BYTES, e);

	if (rc == 0)
		rc = watch_sheet_read(&sheet, a, buf_view(&text), law, e);
	buf_clear(&text);
	if (rc == 0)
		rc = read_beside(&file, &text, a, path, sheet.file, e);
	if (rc == 0) {
		rc = read_entries(out, a, &sheet, path, file, buf_view(&text),
				  law, w, e);
		if (sheet.format == SHEET_OFAC_SDN)
			file = NULL; /* errors name theirs, of two */
	}
	buf_release(&text);
	if (rc < 0 && file && e->code != ERR_IO)
		err_wrap(e, "%s", file);
	return rc;
}
