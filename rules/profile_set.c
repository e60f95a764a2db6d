#include "rules/profile_set.h"

#include "base/buf.h"
#include "rules/folder.h"
#include "rules/program.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PROFILES = 100000 };

struct profile_set {
	struct arena arena;
	struct regex *regexes;
	struct rules_context context;
	const struct named_lists *lists; /* may be NULL */
	struct profile **profile;	 /* sorted by name */
	uint32_t nr;
	const struct program *program; /* all of them, compiled */
};

static struct profile_set *set_new(const struct rules_context *c,
				   const struct named_lists *lists,
				   struct err *e)
{
	struct profile_set *s = calloc(1, sizeof(*s));

	if (!s) {
		err_at(e, ERR_NOMEM, 0, "out of memory");
		return NULL;
	}
	s->context = *c;
	s->lists = lists;
	s->context.home = arena_str(&s->arena, c->home);
	return s;
}

static int add(struct profile_set *s, const char *file, struct str text,
	       const struct offences *offences, struct err *e)
{
	struct profile_source source = { file,	   text,      offences,
					 s->lists, &s->arena, &s->regexes };
	struct faults faults = { 0 };
	struct profile **slot;
	struct profile *p;
	int rc = profile_read(&p, &source, &faults, e);

	if (rc)
		return rc;
	slot = arena_push(&s->arena, &s->profile, &s->nr, sizeof(*slot));
	*slot = p;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct profile *const *x = a, *const *y = b;

	return str_cmp((*x)->name, (*y)->name);
}

/* Sort, refuse doubles; hands the set over or frees it. */
static int finish(struct profile_set **out, struct profile_set *s, int rc,
		  struct err *e)
{
	if (!rc && s->nr)
		qsort(s->profile, s->nr, sizeof(struct profile *), by_name);
	for (uint32_t i = 1; !rc && i < s->nr; i++)
		if (str_eq(s->profile[i - 1]->name, s->profile[i]->name))
			rc = err_at(e, ERR_VALUE, 0,
				    "profile '" STR_FMT "' is there twice",
				    STR_ARG(s->profile[i]->name));
	if (rc) {
		profile_set_free(s);
		return rc;
	}
	s->program = program_compile((const struct profile *const *)s->profile,
				     s->nr, &s->arena);
	*out = s;
	return 0;
}

int profile_set_read(struct profile_set **out, const struct profile_text *text,
		     size_t nr, const struct rules_context *context,
		     const struct offences *offences,
		     const struct named_lists *lists, struct err *e)
{
	struct profile_set *s = set_new(context, lists, e);
	int rc = 0;

	if (!s)
		return e->code;
	for (size_t i = 0; i < nr && !rc; i++)
		rc = add(s, text[i].file, text[i].text, offences, e);
	return finish(out, s, rc, e);
}

/* What a file of the folder is read with. */
struct loading {
	struct profile_set *set;
	const struct offences *offences;
};

static int add_file(void *arg, const char *path, struct str text, struct err *e)
{
	struct loading *l = arg;

	return add(l->set, path, text, l->offences, e);
}

int profile_set_load(struct profile_set **out, const char *dir,
		     const struct rules_context *context,
		     const struct offences *offences,
		     const struct named_lists *lists, struct err *e)
{
	struct folder folder = { dir, "profiles", MAX_PROFILES,
				 PROFILE_MAX_BYTES };
	struct loading l = { set_new(context, lists, e), offences };

	if (!l.set)
		return e->code;
	return finish(out, l.set, folder_read(&folder, add_file, &l, e), e);
}

void profile_set_free(struct profile_set *s)
{
	if (!s)
		return;
	regex_free_list(s->regexes);
	arena_release(&s->arena);
	free(s);
}

uint32_t profile_set_nr(const struct profile_set *s)
{
	return s->nr;
}

const struct profile *profile_set_get(const struct profile_set *s, uint32_t i)
{
	return s->profile[i];
}

void profile_set_state(struct profile_set *s, uint32_t i,
		       enum profile_state state)
{
	s->profile[i]->state = state;
}

const struct profile *profile_set_find(const struct profile_set *s,
				       struct str name)
{
	struct profile key = { .name = name };
	const struct profile *at = &key;
	struct profile **found;

	if (!s->nr)
		return NULL;
	found = bsearch(&at, s->profile, s->nr, sizeof(at), by_name);
	return found ? *found : NULL;
}

const struct program *profile_set_program(const struct profile_set *s)
{
	return s->program;
}

uint32_t profile_set_predicates(const struct profile_set *s, bool distinct)
{
	return program_predicates(s->program, distinct);
}

const struct rules_context *profile_set_context(const struct profile_set *s)
{
	return &s->context;
}

static bool is_named(const struct profile_set *s, const struct named_list *l)
{
	for (uint32_t i = 0; i < s->nr; i++)
		for (const struct list_use *u = s->profile[i]->lists; u;
		     u = u->next)
			if (u->list == l)
				return true;
	return false;
}

static void write_content(struct buf *out, const char *what, struct str name,
			  const char *state, struct str content)
{
	buf_fmt(out, "%s " STR_FMT "%s%s %zu\n", what, STR_ARG(name),
		state ? " " : "", state ? state : "", content.len);
	buf_str(out, content);
}

void profile_set_write_content(struct buf *out, const struct profile_set *s)
{
	const struct named_lists *lists = s->lists;

	for (uint32_t i = 0; i < s->nr; i++)
		write_content(out, "profile", s->profile[i]->name,
			      profile_state_word(s->profile[i]->state),
			      s->profile[i]->content);
	for (uint32_t i = 0; lists && i < lists->nr; i++)
		if (is_named(s, lists->list[i]))
			write_content(out, "list", lists->list[i]->name, NULL,
				      lists->list[i]->content);
	buf_fmt(out, "home " STR_FMT "\n", STR_ARG(s->context.home));
}
