#include "rules/named_list.h"

#include "rules/folder.h"
#include "rules/list_kind.h"
#include "rules/name.h"
#include "rules/refuse.h"

#include <stdlib.h>

#define ART_6_4 "Directive (EU) 2016/681 Art. 6(4)"

/* Names stand in expressions: small letters, digits and '_'. */
static bool is_list_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') && s.ptr[i] != '_' &&
		    (!i || s.ptr[i] < '0' || s.ptr[i] > '9'))
			return false;
	return s.len > 0 && s.len <= 60;
}

static void read_name(struct named_list *l, struct faults *f,
		      const struct yaml_node *doc, const char *file)
{
	const struct yaml_node *n = yaml_get(doc, STR("list"));
	struct err e = { 0 };

	l->name = read_needed(f, doc, "list", ERR_VALUE,
			      "it is the file's name without .yaml");
	if (!l->name.len)
		return;
	if (!is_list_name(l->name))
		fault_at(f, ERR_VALUE, n,
			 "a list's name is small letters, digits and '_', at "
			 "most 60");
	else if (!str_eq(l->name, read_stem(file)))
		fault_at(f, ERR_VALUE, n,
			 "the file of list '" STR_FMT "' is '" STR_FMT ".yaml'",
			 STR_ARG(l->name), STR_ARG(l->name));
	else if (refuse_proxy(l->name, 0, &e))
		fault_at(f, e.code, n, "%s", e.text);
}

static void read_head(struct named_list *l, struct faults *f,
		      const struct yaml_node *doc)
{
	l->kind = list_kind_read(f, doc);
	l->title = read_needed(f, doc, "title", ERR_VALUE,
			       "say in a line what it holds");
	l->owner = read_needed(f, doc, "owner", ERR_LEGAL,
			       ART_6_4 " and C-817/19, 201: name who keeps it "
				       "up to date");
	l->basis = read_needed(f, doc, "basis", ERR_LEGAL,
			       ART_6_4 " and C-817/19, 198: name the "
				       "assessment the values rest on");
	validity_read(&l->valid, f, doc);
}

static bool is_there(const struct named_list *l, struct str value)
{
	for (uint32_t i = 0; i < l->nr; i++)
		if (str_eq(l->value[i], value))
			return true;
	return false;
}

static void add_value(struct named_list *l, struct faults *f,
		      const struct yaml_node *n, struct expr ***tail)
{
	struct expr *k = arena_alloc(f->arena, sizeof(*k));

	if (is_there(l, n->text)) {
		fault_at(f, ERR_VALUE, n, "'" STR_FMT "' stands here twice",
			 STR_ARG(n->text));
		return;
	}
	*(struct str *)arena_push(f->arena, &l->value, &l->nr,
				  sizeof(*l->value)) = n->text;
	*k = (struct expr){ .kind = EXPR_LITERAL,
			    .text = n->text,
			    .zone = EXPR_NO_ZONE };
	**tail = k;
	*tail = &k->next;
}

static void read_values(struct named_list *l, struct faults *f,
			const struct yaml_node *doc)
{
	const struct yaml_node *n = yaml_get(doc, STR("values"));
	struct expr **tail;

	if (!n || n->kind != YAML_SEQ || !n->nr) {
		fault_at(f, ERR_VALUE, n ? n : doc,
			 "expected 'values:' and a list, as [ADD, PTY]");
		return;
	}
	if (n->nr > LIST_MAX_VALUES) {
		fault_at(f, ERR_LIMIT, n, "at most %d values", LIST_MAX_VALUES);
		return;
	}
	l->literals = arena_alloc(f->arena, sizeof(*l->literals));
	*l->literals = (struct expr){ .kind = EXPR_LIST, .zone = EXPR_NO_ZONE };
	tail = &l->literals->child;
	for (const struct yaml_node *c = n->child; c; c = c->next)
		if (!l->kind || !list_kind_check(l->kind, f, c))
			add_value(l, f, c, &tail);
}

static void read_document(struct named_list *l, struct faults *f,
			  const struct yaml_node *doc, const char *file)
{
	static const char *const keys[] = { "list",  "kind",  "title",	"owner",
					    "basis", "valid", "values", NULL };

	if (!read_map(f, doc, keys))
		return;
	read_name(l, f, doc, file);
	read_head(l, f, doc);
	read_values(l, f, doc);
}

int named_list_read(struct named_list **out, const char *file, struct str text,
		    struct arena *a, struct faults *faults, struct err *e)
{
	struct named_list *l = arena_alloc(a, sizeof(*l));
	struct yaml_node *doc;
	struct err yaml = { 0 };

	faults->arena = a;
	l->content = arena_str(a, text.ptr ? text : STR(""));
	faults->source = l->content;
	if (text.len > LIST_MAX_BYTES)
		fault_add(faults, ERR_LIMIT, 1, 1,
			  "a list's file has at most %d bytes", LIST_MAX_BYTES);
	else if (yaml_read(&doc, a, l->content, &yaml))
		fault_of_yaml(faults, &yaml);
	else
		read_document(l, faults, doc, file);
	if (faults->nr)
		return faults_err(faults, file, e);
	*out = l;
	return 0;
}

/* Files come sorted by name, and a list is named like its file. */
static int add_list(void *arg, const char *path, struct str text, struct err *e)
{
	struct named_lists *all = arg;
	struct faults faults = { 0 };
	struct named_list *l;
	int rc = named_list_read(&l, path, text, &all->arena, &faults, e);

	if (rc)
		return rc;
	*(const struct named_list **)arena_push(
		&all->arena, &all->list, &all->nr, sizeof(*all->list)) = l;
	return 0;
}

int named_lists_load(struct named_lists **out, const char *dir, struct err *e)
{
	struct folder folder = { dir, "lists", LIST_MAX_FILES, LIST_MAX_BYTES };
	struct named_lists *all = calloc(1, sizeof(*all));
	int rc = 0;

	if (!all)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (*dir)
		rc = folder_read(&folder, add_list, all, e);
	if (rc)
		named_lists_free(all);
	else
		*out = all;
	return rc;
}

int named_lists_read(struct named_lists **out, const struct list_text *text,
		     size_t nr, struct err *e)
{
	struct named_lists *all = calloc(1, sizeof(*all));
	int rc = 0;

	if (!all)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	for (size_t i = 0; i < nr && !rc; i++)
		rc = add_list(all, text[i].file, text[i].text, e);
	if (rc)
		named_lists_free(all);
	else
		*out = all;
	return rc;
}

void named_lists_free(struct named_lists *l)
{
	if (!l)
		return;
	arena_release(&l->arena);
	free(l);
}

const struct named_list *named_list_find(const struct named_lists *l,
					 struct str name)
{
	for (uint32_t i = 0; l && i < l->nr; i++)
		if (str_eq(l->list[i]->name, name))
			return l->list[i];
	return NULL;
}

struct str named_list_nearest(const struct named_lists *l, struct str name)
{
	struct nearest near = { .word = name };

	for (uint32_t i = 0; l && i < l->nr; i++)
		nearest_try(&near, l->list[i]->name);
	return near.best;
}

const char *named_list_kind(const struct named_list *l)
{
	return list_kind_name(l->kind);
}

const char *named_list_misfit(const struct named_list *l, enum type t,
			      const struct field *f)
{
	return list_kind_misfit(l->kind, t, f);
}
