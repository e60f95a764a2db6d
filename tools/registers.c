#include "tools/registers.h"

#include "base/yaml.h"

enum { REGISTER_BYTES = 1 << 20 };

static int read_tree(const struct yaml_node **out, struct arena *a,
		     const char *path, struct str key, struct err *e)
{
	struct buf text = { .data = NULL };
	struct yaml_node *doc = NULL;
	int rc = buf_read_file(&text, path, REGISTER_BYTES, e);

	if (rc == 0) {
		rc = yaml_read(&doc, a, buf_view(&text), e);
		if (rc < 0)
			err_wrap(e, "%s", path);
	}
	buf_release(&text);
	if (rc < 0)
		return rc;
	*out = yaml_get(doc, key);
	if (!*out || (*out)->kind != YAML_SEQ)
		return err_at(e, ERR_VALUE, 0,
			      "%s: there is no list '" STR_FMT "'", path,
			      STR_ARG(key));
	return 0;
}

static struct str text_of(const struct yaml_node *n)
{
	return n && n->kind == YAML_SCALAR ? n->text : STR_NONE;
}

static int read_offences(struct watch_registers *out, struct arena *a,
			 const char *path, struct err *e)
{
	const struct yaml_node *n;
	struct str *codes = NULL;
	int rc = read_tree(&n, a, path, STR("offences"), e);

	for (n = rc < 0 ? NULL : n->child; n; n = n->next) {
		struct str code = text_of(yaml_get(n, STR("code")));

		if (str_empty(code))
			return err_at(e, ERR_VALUE, 0,
				      "%s: line %u: an offence without a "
				      "'code'",
				      path, n->line);
		*(struct str *)arena_push(a, &codes, &out->nr_offences,
					  sizeof(code)) = code;
	}
	out->offence = codes;
	return rc;
}

static int read_authorities(struct watch_registers *out, struct arena *a,
			    const char *path, struct err *e)
{
	const struct yaml_node *n;
	struct watch_authority *all = NULL;
	int rc = read_tree(&n, a, path, STR("authorities"), e);

	for (n = rc < 0 ? NULL : n->child; n; n = n->next) {
		const struct yaml_node *until = yaml_get(n, STR("until"));
		struct watch_authority w = {
			.id = text_of(yaml_get(n, STR("id"))),
		};

		if (str_empty(w.id) ||
		    !date_read(text_of(yaml_get(n, STR("from"))), &w.from) ||
		    !date_is_full(w.from) ||
		    (until && (!date_read(text_of(until), &w.until) ||
			       !date_is_full(w.until))))
			return err_at(e, ERR_VALUE, 0,
				      "%s: line %u: an authority needs 'id' "
				      "and 'from: YYYY-MM-DD'; 'until' may "
				      "follow",
				      path, n->line);
		*(struct watch_authority *)arena_push(
			a, &all, &out->nr_authorities, sizeof(w)) = w;
	}
	out->authority = all;
	return rc;
}

int registers_read(struct watch_registers *out, struct arena *a,
		   const char *offences, const char *authorities, struct err *e)
{
	int rc = read_offences(out, a, offences, e);

	return rc < 0 ? rc : read_authorities(out, a, authorities, e);
}
