#include "rules/fault.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

static PRINTF(5, 0) int push(struct faults *f, enum err_code code,
			     uint32_t line, uint32_t column, const char *fmt,
			     va_list ap)
{
	char text[sizeof(((struct err *)0)->text)];
	struct fault *n = arena_push(f->arena, &f->fault, &f->nr, sizeof(*n));

	vsnprintf(text, sizeof(text), fmt, ap);
	n->code = code;
	n->line = line;
	n->column = column;
	n->text = arena_str(f->arena, str_of(text));
	return code;
}

int fault_add(struct faults *f, enum err_code code, uint32_t line,
	      uint32_t column, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	push(f, code, line, column, fmt, ap);
	va_end(ap);
	return code;
}

int fault_at(struct faults *f, enum err_code code, const struct yaml_node *n,
	     const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	push(f, code, n->line, n->column, fmt, ap);
	va_end(ap);
	return code;
}

int fault_at_key(struct faults *f, enum err_code code,
		 const struct yaml_node *n, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	push(f, code, n->key_line ? n->key_line : n->line,
	     n->key_column ? n->key_column : n->column, fmt, ap);
	va_end(ap);
	return code;
}

/* Byte offset at which line `line` (from 1) begins. */
static size_t line_begin(struct str s, uint32_t line)
{
	size_t i = 0;

	while (line > 1 && i < s.len)
		if (s.ptr[i++] == '\n')
			line--;
	return i;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/*
 * YAML changes only blanks and quotes on the way from file to text: walk both
 * and skip in the file what the text does not have.
 */
static size_t find_byte(struct str file, size_t at, struct str text, size_t pos)
{
	for (size_t i = 0; i < pos && i < text.len; i++) {
		if (is_blank(text.ptr[i]))
			continue;
		while (at < file.len && file.ptr[at] != text.ptr[i])
			at++;
		at++;
	}
	while (pos < text.len && !is_blank(text.ptr[pos]) && at < file.len &&
	       file.ptr[at] != text.ptr[pos])
		at++;
	return at < file.len ? at : file.len;
}

static void place_in_scalar(const struct faults *f, const struct yaml_node *n,
			    size_t pos, uint32_t *line, uint32_t *column)
{
	size_t at = line_begin(f->source, n->line) + n->column - 1;
	size_t begin = 0;

	*line = n->line;
	*column = n->column + (uint32_t)pos;
	if (n->plain_inline || at >= f->source.len)
		return;
	if (f->source.ptr[at] == '|' || f->source.ptr[at] == '>')
		at = line_begin(f->source, n->line + 1);
	at = find_byte(f->source, at, n->text, pos);
	*line = 1;
	for (size_t i = 0; i < at; i++) {
		if (f->source.ptr[i] == '\n') {
			begin = i + 1;
			(*line)++;
		}
	}
	*column = (uint32_t)(at - begin) + 1;
}

int fault_in_scalar(struct faults *f, const struct yaml_node *n,
		    const struct err *inner)
{
	uint32_t line, column;

	place_in_scalar(f, n, inner->pos, &line, &column);
	return fault_add(f, inner->code, line, column, "%s", inner->text);
}

int fault_of_yaml(struct faults *f, const struct err *inner)
{
	unsigned line = 1, column = 1;
	int used = 0;

	if (sscanf(inner->text, "line %u, column %u: %n", &line, &column,
		   &used) < 2)
		used = 0;
	return fault_add(f, inner->code, line, column, "%s",
			 inner->text + used);
}

static struct str source_line(struct str source, uint32_t line)
{
	struct str s = str_slice(source, line_begin(source, line), source.len);

	return str_split(&s, '\n');
}

void fault_write(struct buf *out, const char *file, const struct faults *list,
		 const struct fault *f)
{
	struct str line = source_line(list->source, f->line);

	buf_fmt(out, "%s:%u:%u: " STR_FMT "\n", file, f->line, f->column,
		STR_ARG(f->text));
	if (!line.len || line.len > 400)
		return;
	buf_z(out, "    ");
	for (size_t i = 0; i < line.len; i++) {
		bool shown = (unsigned char)line.ptr[i] >= 0x20;

		buf_byte(out, shown ? line.ptr[i] : ' ');
	}
	buf_z(out, "\n    ");
	for (uint32_t i = 1; i < f->column && i <= line.len; i++)
		buf_byte(out, ' ');
	buf_z(out, "^\n");
}

int faults_err(const struct faults *list, const char *file, struct err *e)
{
	const struct fault *f = list->fault;

	for (uint32_t i = 0; i < list->nr; i++) {
		if (list->fault[i].code == ERR_LEGAL) {
			f = &list->fault[i];
			break;
		}
	}
	return list->nr ? err_at(e, f->code, 0, "%s:%u:%u: " STR_FMT, file,
				 f->line, f->column, STR_ARG(f->text))
			: 0;
}
