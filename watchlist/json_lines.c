#include "watchlist/json_lines.h"

static int read_line(struct str line, size_t nr, json_line_handler *handler,
		     void *ctx, struct err *e)
{
	struct json_node *doc;

	if (line.len > JSON_LINE)
		return err_at(e, ERR_LIMIT, 0, "more than %d bytes on one line",
			      JSON_LINE);
	if (json_read(&doc, line, e))
		return e->code;
	if (json_node_kind(doc) == JSON_KIND_OBJECT)
		(void)handler(ctx, nr, doc, e);
	else
		err_at(e, ERR_SYNTAX, 0, "not a JSON object");
	json_node_free(doc);
	return e->code;
}

uint32_t json_lines_read(struct str text, json_line_handler *handler,
			 json_bad_line *bad, void *ctx)
{
	struct str mark = STR("\xef\xbb\xbf");
	uint32_t good = 0;

	if (str_starts(text, mark))
		text = str_slice(text, mark.len, text.len);
	for (size_t nr = 1; text.ptr; nr++) {
		struct str line = str_trim(str_split(&text, '\n'));
		struct err e = { 0 };

		if (str_empty(line))
			continue;
		if (read_line(line, nr, handler, ctx, &e))
			bad(ctx, nr, &e);
		else
			good++;
	}
	return good;
}
