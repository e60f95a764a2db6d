#include "watchlist/csv.h"

#include "base/utf8.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { NO_COLUMN = -1 };

struct reading {
	const struct csv_column *column;
	csv_handler *handler;
	csv_bad_row *bad; /* NULL: the first bad row ends the reading */
	void *ctx;
	struct err *e;
	int rc;
	size_t line, row_line;	    /* now; where the row began */
	size_t nr_columns;	    /* of the table */
	int at_column[CSV_COLUMNS]; /* of the file: index in the table */
	size_t nr_header;	    /* 0: the header is still to come */
	size_t nr_fields;	    /* of the row so far */
	struct csv_row_view row;
	char *held[CSV_COLUMNS]; /* copies of the row's fields */
};

static void refuse(struct reading *r, enum err_code code, const char *column,
		   const char *what)
{
	if (r->rc < 0)
		return;
	if (column)
		r->rc = err_at(r->e, code, 0, "line %zu, column '%s': %s",
			       r->row_line, column, what);
	else
		r->rc = err_at(r->e, code, 0, "line %zu: %s", r->row_line,
			       what);
}

static void add_header(struct reading *r, struct str name)
{
	size_t i = 0;

	if (r->nr_fields >= CSV_COLUMNS) {
		refuse(r, ERR_SYNTAX, NULL, "more columns than a list has");
		return;
	}
	while (i < r->nr_columns && !str_eq(name, str_of(r->column[i].name)))
		i++;
	if (i == r->nr_columns) {
		if (r->rc >= 0)
			r->rc = err_at(r->e, ERR_SYNTAX, 0,
				       "line %zu: there is no column '" STR_FMT
				       "' (doc/watchlists.md lists them)",
				       r->row_line,
				       STR_ARG(str_slice(name, 0, 40)));
		return;
	}
	for (size_t k = 0; k < r->nr_fields; k++)
		if (r->at_column[k] == (int)i)
			refuse(r, ERR_SYNTAX, r->column[i].name,
			       "stands twice in the header");
	r->at_column[r->nr_fields] = (int)i;
}

static void add_field(struct reading *r, struct str value)
{
	const struct csv_column *c;

	if (r->nr_fields >= r->nr_header) {
		refuse(r, ERR_SYNTAX, NULL,
		       "has more fields than there are columns; is a comma "
		       "not in quotes?");
		return;
	}
	c = &r->column[r->at_column[r->nr_fields]];
	if (value.len > c->limit) {
		if (r->rc >= 0)
			r->rc = err_at(r->e, ERR_LIMIT, 0,
				       "line %zu, column '%s': %zu bytes; at "
				       "most %u are read",
				       r->row_line, c->name, value.len,
				       (unsigned int)c->limit);
		return;
	}
	if (c->required && value.len == 0)
		refuse(r, ERR_VALUE, c->name, "empty; a value is required");
	if (value.len)
		memcpy(r->held[r->nr_fields], value.ptr, value.len);
	r->row.field[r->at_column[r->nr_fields]] =
		(struct str){ r->held[r->nr_fields], value.len };
}

static void on_field(void *data, size_t len, void *ctx)
{
	struct reading *r = ctx;
	struct str value = { data ? data : "", len };

	if (r->rc < 0)
		return;
	if (r->nr_header == 0)
		add_header(r, value);
	else
		add_field(r, value);
	r->nr_fields++;
}

static void end_header(struct reading *r)
{
	r->nr_header = r->nr_fields;
	for (size_t i = 0; i < r->nr_columns; i++) {
		bool there = false;

		for (size_t k = 0; k < r->nr_header; k++)
			there |= r->at_column[k] == (int)i;
		if (!there)
			refuse(r, ERR_SYNTAX, r->column[i].name,
			       "is missing in the header");
	}
}

static void end_row(struct reading *r)
{
	const char *missing;
	int rc;

	if (r->nr_fields < r->nr_header) {
		missing = r->column[r->at_column[r->nr_fields]].name;
		if (r->rc >= 0)
			r->rc = err_at(r->e, ERR_SYNTAX, 0,
				       "line %zu, column '%s': missing; the "
				       "row has %zu fields, not %zu",
				       r->row_line, missing, r->nr_fields,
				       r->nr_header);
		return;
	}
	r->row.line = r->row_line;
	rc = r->handler(r->ctx, &r->row, r->e);
	if (rc < 0) {
		err_wrap(r->e, "line %zu", r->row_line);
		r->rc = rc;
	}
}

static void on_row(int end, void *ctx)
{
	struct reading *r = ctx;

	(void)end;
	if (r->rc < 0)
		return;
	if (r->nr_header == 0)
		end_header(r);
	else
		end_row(r);
	r->nr_fields = 0;
}

/* NUL bytes and bytes that are no UTF-8: nothing else would see them. */
static int check_bytes(struct str text, size_t line, struct err *e)
{
	ptrdiff_t nul = str_find_byte(text, '\0');
	ptrdiff_t bad = utf8_find_bad(text);

	if (nul < 0 && bad < 0)
		return 0;
	if (bad < 0 || (nul >= 0 && nul < bad))
		bad = nul;
	for (ptrdiff_t i = 0; i < bad; i++)
		line += text.ptr[i] == '\n';
	return err_at(e, ERR_SYNTAX, (size_t)bad, "line %zu: %s", line,
		      bad == nul ? "a NUL byte; a list is text"
				 : "a byte that is not UTF-8; save the file "
				   "as UTF-8");
}

/* A parser that knows nothing of what it has seen. */
static void renew(struct csv_parser *p)
{
	csv_free(p);
	(void)!csv_init(p, CSV_STRICT | CSV_STRICT_FINI);
}

static void feed_line(struct reading *r, struct csv_parser *p, struct str line)
{
	if (r->bad && check_bytes(line, r->line, r->e)) {
		r->rc = r->e->code;
		return;
	}
	if (csv_parse(p, line.ptr, line.len, on_field, on_row, r) == line.len ||
	    r->rc < 0)
		return;
	if (!r->bad) /* then the row is given up from where it began */
		r->row_line = r->line;
	refuse(r, ERR_SYNTAX, NULL,
	       csv_error(p) == CSV_EPARSE
		       ? "a quote inside a field; put the field in quotes and "
			 "double those inside"
		       : csv_strerror(csv_error(p)));
}

/*
 * Behind a row that is none. Where it ended is known when the parser stands
 * between two rows; else only its first line is given up.
 */
static void pass_over(struct reading *r, struct csv_parser *p, struct str *text,
		      struct str row)
{
	struct err none = { 0 };

	r->bad(r->ctx, r->row_line, r->e);
	*r->e = none;
	r->rc = 0;
	r->nr_fields = 0;
	if (p->pstate != 0 && r->line > r->row_line) {
		str_split(&row, '\n');
		*text = row;
		r->line = r->row_line + 1;
	}
	renew(p);
	r->row_line = r->line;
}

/* One line at a time, so that the line is known wherever something is wrong. */
static void feed(struct reading *r, struct csv_parser *p, struct str text)
{
	struct str row = text; /* from where the row in hand began */
	bool more = true;

	r->line = r->row_line = 1;
	while (more && r->rc >= 0) {
		ptrdiff_t nl = str_find_byte(text, '\n');
		size_t n = nl < 0 ? text.len : (size_t)nl + 1;

		if (n) {
			feed_line(r, p, str_slice(text, 0, n));
			text = str_slice(text, n, text.len);
			r->line++;
		} else {
			more = false;
			if (csv_fini(p, on_field, on_row, r) != 0)
				refuse(r, ERR_SYNTAX, NULL,
				       "quotes are still open at the end of "
				       "the file");
		}
		if (r->rc < 0 && r->bad && r->nr_header) {
			pass_over(r, p, &text, row);
			more = true;
		}
		if (p->pstate == 0) {
			r->row_line = r->line;
			row = text;
		}
	}
	if (r->rc >= 0 && r->nr_header == 0)
		refuse(r, ERR_SYNTAX, NULL,
		       "the file is empty; a header line is expected");
}

/* What both readers begin and end with. */
static int prepare(struct reading *r, struct csv_parser *p, struct err *e)
{
	char *fields = malloc((size_t)CSV_COLUMNS * CSV_FIELD);

	while (r->column[r->nr_columns].name)
		r->nr_columns++;
	if (!fields || csv_init(p, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		free(fields);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	for (size_t i = 0; i < CSV_COLUMNS; i++)
		r->held[i] = fields + i * CSV_FIELD;
	return 0;
}

static void finish(struct reading *r, struct csv_parser *p)
{
	csv_free(p);
	free(r->held[0]);
}

static struct str without_mark(struct str text)
{
	struct str mark = STR("\xef\xbb\xbf");

	return str_starts(text, mark) ? str_slice(text, mark.len, text.len)
				      : text;
}

int csv_read_rows(struct str text, const struct csv_column *column,
		  csv_handler *handler, csv_bad_row *bad, void *ctx,
		  struct err *e)
{
	struct reading r = { .column = column,
			     .handler = handler,
			     .bad = bad,
			     .ctx = ctx,
			     .e = e };
	struct csv_parser p;
	int rc;

	text = without_mark(text);
	rc = bad ? 0 : check_bytes(text, 1, e);
	if (rc == 0)
		rc = prepare(&r, &p, e);
	if (rc < 0)
		return rc;
	feed(&r, &p, text);
	finish(&r, &p);
	return r.rc;
}

/* A line by itself; the parser is as new after one that is no row. */
static void read_line(struct reading *r, struct csv_parser *p, struct str line)
{
	r->nr_fields = 0;
	r->row_line = r->line;
	r->rc = check_bytes(line, r->line, r->e);
	if (str_ends(line, STR("\r")))
		line = str_slice(line, 0, line.len - 1);
	if (str_find_byte(line, '\r') >= 0) /* it would end a row, too */
		refuse(r, ERR_SYNTAX, NULL, "a carriage return in the line");
	if (r->rc < 0)
		return;
	if (csv_parse(p, line.ptr, line.len, on_field, on_row, r) != line.len)
		refuse(r, ERR_SYNTAX, NULL, "a quote inside a field");
	else if (csv_fini(p, on_field, on_row, r) != 0)
		refuse(r, ERR_SYNTAX, NULL,
		       "quotes are still open at the end of the line");
	if (r->rc < 0)
		renew(p);
}

int csv_read_lines(struct str text, const struct csv_column *column,
		   csv_handler *handler, csv_bad_row *bad, void *ctx,
		   struct err *e)
{
	struct reading r = { .column = column, .handler = handler, .ctx = ctx };
	struct csv_parser p;

	if (prepare(&r, &p, e) < 0)
		return e->code;
	r.nr_header = r.nr_columns;
	for (size_t i = 0; i < r.nr_columns; i++)
		r.at_column[i] = (int)i;
	text = without_mark(text);
	for (r.line = 1; text.ptr; r.line++) {
		struct str line = str_split(&text, '\n');
		struct err wrong = { 0 };

		r.e = &wrong;
		read_line(&r, &p, line);
		if (r.rc < 0)
			bad(ctx, r.line, &wrong);
	}
	finish(&r, &p);
	return 0;
}
