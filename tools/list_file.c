#include "tools/list_file.h"

#include "base/buf.h"
#include "watchlist/ftm.h"
#include "watchlist/list_json.h"
#include "watchlist/ofac.h"
#include "watchlist/un.h"

#include <string.h>

enum { SHEET_BYTES = 1 << 20 };

/* The bytes that a list is read from, and its version is of. */
struct list_texts {
	struct buf sheet, file, aliases;
};

static void set_version(struct watch_list *l, const struct list_texts *t)
{
	const struct str part[] = { buf_view(&t->sheet), buf_view(&t->file),
				    buf_view(&t->aliases) };

	crypt_hash(l->version, "watchlist files", part, ARRAY_SIZE(part));
}

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
		     const char *sdn, struct list_texts *t,
		     struct list_warnings *w, struct err *e)
{
	const char *alt;
	int rc = read_beside(&alt, &t->aliases, a, path, sheet->aliases, e);

	if (rc == 0)
		rc = ofac_list_read(
			out, a, sheet,
			&(struct ofac_file){ sdn, buf_view(&t->file) },
			&(struct ofac_file){ alt, buf_view(&t->aliases) }, w,
			e);
	else if (rc != ERR_IO)
		err_wrap(e, "%s", alt);
	return rc;
}

static int read_entries(struct watch_list *out, struct arena *a,
			const struct watch_sheet *sheet, const char *path,
			const char *file, struct list_texts *t,
			const struct watch_registers *law,
			struct list_warnings *w, struct err *e)
{
	struct str text = buf_view(&t->file);

	w->file = file;
	switch (sheet->format) {
	case SHEET_PAXGATE:
		return watch_list_read_on(out, a, sheet, text, law, w, e);
	case SHEET_JSON_LINES:
		return list_json_read(out, a, sheet, text, law, w, e);
	case SHEET_OFAC_SDN:
		return read_ofac(out, a, sheet, path, file, t, w, e);
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
	struct list_texts t = { 0 };
	struct watch_sheet sheet;
	const char *file = path;
	int rc = crypt_init(e);

	if (rc == 0)
		rc = buf_read_file(&t.sheet, path, SHEET_BYTES, e);
	if (rc == 0)
		rc = watch_sheet_read(&sheet, a, buf_view(&t.sheet), law, e);
	if (rc == 0)
		rc = read_beside(&file, &t.file, a, path, sheet.file, e);
	if (rc == 0) {
		rc = read_entries(out, a, &sheet, path, file, &t, law, w, e);
		if (sheet.format == SHEET_OFAC_SDN)
			file = NULL; /* errors name theirs, of two */
	}
	if (rc == 0)
		set_version(out, &t);
	buf_release(&t.sheet);
	buf_release(&t.file);
	buf_release(&t.aliases);
	if (rc < 0 && file && e->code != ERR_IO)
		err_wrap(e, "%s", file);
	return rc;
}
