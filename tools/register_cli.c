#include "tools/register_cli.h"

#include "base/yaml.h"
#include "law/crypt.h"
#include "tools/cmd.h"
#include "tools/database.h"

#include <time.h>

enum { FILE_MAX = 1 << 20 };

int32_t register_today(void)
{
	return (int32_t)(time(NULL) / SECONDS_PER_DAY);
}

static bool read_day(int32_t *out, struct str text)
{
	struct date d;

	if (!date_read(text, &d) || !date_is_full(d) || !date_is_valid(d))
		return false;
	*out = (int32_t)date_to_days(d);
	return true;
}

int register_day(int32_t *out, const char *text, int32_t preset,
		 const char *option, const struct opt_usage *u)
{
	*out = preset;
	if (!text || read_day(out, str_of(text)))
		return 0;
	return opt_wrong(u, "%s: '%s' is no date; write 2026-11-22", option,
			 text);
}

struct day_text register_day_text(int32_t day)
{
	struct day_text t = { "-" };
	struct date d = date_from_days(day);

	if (day)
		snprintf(t.text, sizeof(t.text), "%04d-%02d-%02d",
			 d.year % 10000, d.month % 100, d.day % 100);
	return t;
}

bool register_is_valid(int32_t from, int32_t until)
{
	int32_t today = register_today();

	return from <= today && (!until || until >= today);
}

static struct str text_of(const struct yaml_node *n, const char *key)
{
	const struct yaml_node *v = yaml_get(n, str_of(key));

	return v && v->kind == YAML_SCALAR ? v->text : STR_NONE;
}

static int read_item(struct authority *x, const struct yaml_node *n,
		     const char *path, struct arena *a, struct err *e)
{
	struct str until = text_of(n, "until");

	x->id = arena_str(a, text_of(n, "id"));
	x->kind = arena_str(a, text_of(n, "kind"));
	x->name = arena_str(a, text_of(n, "name"));
	x->country = arena_str(a, text_of(n, "country"));
	x->parent = arena_str(a, text_of(n, "parent"));
	if (!x->kind.ptr)
		x->kind = STR("competent");
	if (!x->name.ptr)
		x->name = x->id;
	if (str_empty(x->id) || !read_day(&x->from, text_of(n, "from")) ||
	    (until.ptr && !read_day(&x->until, until)))
		return err_at(e, ERR_VALUE, 0,
			      "%s: line %u: an authority needs 'id' and 'from: "
			      "YYYY-MM-DD'; 'until' may follow",
			      path, n->line);
	return 0;
}

int register_file(struct authority **out, uint32_t *nr, const char *path,
		  struct arena *a, struct err *e)
{
	struct buf text = { 0 };
	struct yaml_node *doc = NULL;
	const struct yaml_node *list = NULL;
	int rc = buf_read_file(&text, path, FILE_MAX, e);

	*out = NULL;
	*nr = 0;
	if (rc == 0 && yaml_read(&doc, a, buf_view(&text), e))
		rc = err_wrap(e, "%s", path);
	if (rc == 0)
		list = yaml_get(doc, STR("authorities"));
	if (rc == 0 && (!list || list->kind != YAML_SEQ))
		rc = err_at(e, ERR_VALUE, 0,
			    "%s: there is no list 'authorities'", path);
	for (const struct yaml_node *n = rc ? NULL : list->child; n && rc == 0;
	     n = n->next)
		rc = read_item(arena_push(a, out, nr, sizeof(**out)), n, path,
			       a, e);
	buf_release(&text);
	return rc;
}

int register_open(struct pg **pg, const struct register_at *at, struct arena *a,
		  struct err *e)
{
	struct config c;
	int rc = tool_settings(&c, at->config_file, at->database, a, e);

	if (rc == 0)
		rc = crypt_init(e);
	return rc < 0 ? rc : database_open_checked(pg, &c, e);
}

int register_end(const struct opt_usage *usage, int argc, char **argv,
		 int first, const struct register_at *at, const char *on,
		 int (*end)(struct pg *pg, struct str id, int32_t last,
			    struct err *e))
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	int32_t last;
	int rc;

	if (first != argc - 1)
		return opt_wrong(usage, "name one to end");
	rc = register_day(&last, on, register_today(), "--on", usage);
	if (rc)
		return rc;
	rc = register_open(&pg, at, &a, &e);
	if (rc == 0)
		rc = end(pg, str_of(argv[first]), last, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail(usage->command, &e) : EXIT_OK;
}
