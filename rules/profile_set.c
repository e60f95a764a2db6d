#include "rules/profile_set.h"

#include "base/buf.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PROFILES = 100000 };

struct profile_set {
	struct arena arena;
	struct regex *regexes;
	struct rules_context context;
	const struct profile **profile; /* sorted by name */
	uint32_t nr;
};

static struct profile_set *set_new(const struct rules_context *c, struct err *e)
{
	struct profile_set *s = calloc(1, sizeof(*s));

	if (!s) {
		err_at(e, ERR_NOMEM, 0, "out of memory");
		return NULL;
	}
	s->context = *c;
	s->context.home = arena_str(&s->arena, c->home);
	return s;
}

static int add(struct profile_set *s, const char *file, struct str text,
	       const struct offences *offences, struct err *e)
{
	struct profile_source source = { file, text, offences, &s->arena,
					 &s->regexes };
	struct faults faults = { 0 };
	const struct profile **slot;
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
	*out = s;
	return 0;
}

int profile_set_read(struct profile_set **out, const struct profile_text *text,
		     size_t nr, const struct rules_context *context,
		     const struct offences *offences, struct err *e)
{
	struct profile_set *s = set_new(context, e);
	int rc = 0;

	if (!s)
		return e->code;
	for (size_t i = 0; i < nr && !rc; i++)
		rc = add(s, text[i].file, text[i].text, offences, e);
	return finish(out, s, rc, e);
}

static int is_yaml(const struct dirent *d)
{
	struct str name = str_of(d->d_name);

	return name.len > 5 && name.ptr[0] != '.' &&
	       str_ends(name, STR(".yaml"));
}

static int load_file(struct profile_set *s, const char *dir, const char *name,
		     const struct offences *offences, struct err *e)
{
	struct str path = arena_fmt(&s->arena, "%s/%s", dir, name);
	struct buf b = { 0 };
	int rc = buf_read_file(&b, path.ptr, PROFILE_MAX_BYTES, e);

	if (!rc)
		rc = add(s, path.ptr, buf_view(&b), offences, e);
	buf_release(&b);
	return rc;
}

int profile_set_load(struct profile_set **out, const char *dir,
		     const struct rules_context *context,
		     const struct offences *offences, struct err *e)
{
	struct profile_set *s;
	struct dirent **entry;
	int nr = scandir(dir, &entry, is_yaml, NULL), rc = 0;

	if (nr < 0)
		return err_at(e, ERR_IO, 0, "cannot read directory '%s': %m",
			      dir);
	s = set_new(context, e);
	if (!s)
		rc = e->code;
	else if (nr > MAX_PROFILES)
		rc = err_at(e, ERR_LIMIT, 0, "'%s' has more than %d profiles",
			    dir, MAX_PROFILES);
	for (int i = 0; i < nr; i++) {
		if (!rc)
			rc = load_file(s, dir, entry[i]->d_name, offences, e);
		free(entry[i]);
	}
	free(entry);
	return s ? finish(out, s, rc, e) : rc;
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

const struct profile *profile_set_find(const struct profile_set *s,
				       struct str name)
{
	struct profile key = { .name = name };
	const struct profile *at = &key, **found;

	if (!s->nr)
		return NULL;
	found = bsearch(&at, s->profile, s->nr, sizeof(at), by_name);
	return found ? *found : NULL;
}

const struct rules_context *profile_set_context(const struct profile_set *s)
{
	return &s->context;
}

void profile_set_write_content(struct buf *out, const struct profile_set *s)
{
	for (uint32_t i = 0; i < s->nr; i++) {
		const struct profile *p = s->profile[i];

		buf_fmt(out, "profile " STR_FMT " %zu\n", STR_ARG(p->name),
			p->content.len);
		buf_str(out, p->content);
	}
	buf_fmt(out, "home " STR_FMT "\n", STR_ARG(s->context.home));
}
