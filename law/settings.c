#include "law/settings.h"

#include "base/date.h"
#include "law/period.h"

enum { FILE_LIMIT = 1 << 20 };

int settings_error(struct err *e, enum err_code code,
		   const struct yaml_node *at, const char *what)
{
	return err_at(e, code, 0, "line %u, column %u: %s", at->line,
		      at->column, what);
}

int settings_unknown(struct err *e, const struct yaml_node *n)
{
	return err_at(e, ERR_SYNTAX, 0,
		      "line %u, column %u: unknown key '" STR_FMT "'",
		      n->key_line, n->key_column, STR_ARG(n->key));
}

static int read_text(struct str *out, const struct yaml_node *n, struct err *e)
{
	if (n->kind != YAML_SCALAR)
		return settings_error(e, ERR_SYNTAX, n, "a text is expected");
	if (str_empty(n->text))
		return settings_error(e, ERR_VALUE, n, "the value is missing");
	*out = n->text;
	return 0;
}

static int read_list(struct text_list *out, const struct yaml_node *n,
		     struct arena *a, struct err *e)
{
	if (n->kind != YAML_SEQ)
		return settings_error(e, ERR_SYNTAX, n,
				      "a list in [...] is expected");
	out->item = arena_alloc(a, n->nr * sizeof(*out->item));
	out->nr = 0;
	for (const struct yaml_node *c = n->child; c; c = c->next) {
		int rc = read_text(&out->item[out->nr], c, e);

		if (rc)
			return rc;
		out->nr++;
	}
	return 0;
}

static int read_bool(bool *out, const struct yaml_node *n, struct str text,
		     struct err *e)
{
	if (!str_eq(text, STR("true")) && !str_eq(text, STR("false")))
		return settings_error(e, ERR_VALUE, n,
				      "true or false is expected");
	*out = str_eq(text, STR("true"));
	return 0;
}

static int read_value(void *member, enum setting_kind kind,
		      const struct yaml_node *n, struct arena *a, struct err *e)
{
	struct str text;
	int rc;

	if (kind == SETTING_LIST)
		return read_list(member, n, a, e);
	rc = read_text(&text, n, e);
	if (rc)
		return rc;
	switch (kind) {
	case SETTING_BOOL:
		return read_bool(member, n, text, e);
	case SETTING_DATE:
		if (!date_read(text, member) ||
		    !date_is_full(*(struct date *)member))
			return settings_error(e, ERR_VALUE, n,
					      "a date as 2026-11-22 is "
					      "expected");
		return 0;
	case SETTING_PERIOD:
		if (!period_read(text, member))
			return settings_error(e, ERR_VALUE, n,
					      "a period as P6M or P5Y is "
					      "expected");
		return 0;
	case SETTING_TEXT:
	case SETTING_LIST:
		break;
	}
	*(struct str *)member = text;
	return 0;
}

static const struct setting *find_row(const struct setting *rows, size_t nr,
				      struct str key)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq(str_of(rows[i].key), key))
			return &rows[i];
	return NULL;
}

int settings_read(void *out, const struct yaml_node *map,
		  const struct setting *rows, size_t nr, struct arena *a,
		  struct err *e)
{
	if (map->kind != YAML_MAP)
		return settings_error(e, ERR_SYNTAX, map,
				      "keys and values are expected");
	for (const struct yaml_node *n = map->child; n; n = n->next) {
		const struct setting *row = find_row(rows, nr, n->key);
		int rc;

		if (!row)
			return settings_unknown(e, n);
		rc = read_value((char *)out + row->offset, row->kind, n, a, e);
		if (rc)
			return rc;
	}
	for (size_t i = 0; i < nr; i++)
		if (rows[i].required && !yaml_get(map, str_of(rows[i].key)))
			return err_at(e, ERR_USAGE, 0,
				      "line %u, column %u: key '%s' is missing",
				      map->line, map->column, rows[i].key);
	return 0;
}

int settings_load(struct yaml_node **out, const char *path, struct arena *a,
		  struct err *e)
{
	struct buf text = { 0 };
	int rc = buf_read_file(&text, path, FILE_LIMIT, e);

	if (!rc && yaml_read(out, a, buf_view(&text), e))
		rc = err_wrap(e, "%s", path);
	buf_release(&text);
	return rc;
}
