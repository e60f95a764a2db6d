#include "tools/tsv.h"

#include <string.h>

static int cut(struct str line, struct str cell[TSV_COLUMNS])
{
	int nr = 0;

	while (line.ptr && nr < TSV_COLUMNS)
		cell[nr++] = str_trim(str_split(&line, '\t'));
	return line.ptr ? TSV_COLUMNS + 1 : nr;
}

/* The next line that says anything, into *line. */
static bool next_line(struct tsv *t, struct str *line)
{
	while (t->rest.ptr) {
		*line = str_split(&t->rest, '\n');
		t->line++;
		if (!str_empty(str_trim(*line)))
			return true;
	}
	return false;
}

int tsv_read(struct tsv *t, const char *path, struct err *e)
{
	struct str line;
	int rc;

	memset(t, 0, sizeof(*t));
	rc = buf_read_file(&t->bytes, path, 0, e);
	if (rc < 0)
		return rc;
	t->rest = buf_view(&t->bytes);
	if (!next_line(t, &line))
		return err_at(e, ERR_SYNTAX, 0,
			      "%s: it is empty; a line of column names, with "
			      "tabs between them, was expected",
			      path);
	t->nr_columns = cut(line, t->column);
	if (t->nr_columns > TSV_COLUMNS)
		return err_at(e, ERR_SYNTAX, 0, "%s: more than %d columns",
			      path, TSV_COLUMNS);
	return 0;
}

void tsv_release(struct tsv *t)
{
	buf_release(&t->bytes);
}

int tsv_column(const struct tsv *t, const char *names)
{
	struct str all = str_of(names);

	while (all.ptr) {
		struct str name = str_split(&all, '|');

		for (int i = 0; i < t->nr_columns; i++)
			if (str_eq(t->column[i], name))
				return i;
	}
	return -1;
}

bool tsv_next(struct tsv *t)
{
	struct str line;
	int nr;

	if (!next_line(t, &line))
		return false;
	nr = cut(line, t->cell);
	for (int i = nr; i < TSV_COLUMNS; i++)
		t->cell[i] = STR_NONE;
	return true;
}

struct str tsv_cell(const struct tsv *t, int column)
{
	return column < 0 ? STR_NONE : t->cell[column];
}
