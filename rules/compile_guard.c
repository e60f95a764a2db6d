/*
 * compile_guard.c - guards become keys that mark profiles
 */
#include "rules/canonical.h"
#include "rules/compile.h"

static void add_to(struct compile *c, struct growing *g, uint32_t profile)
{
	uint32_t *to = arena_push(&c->temp, &g->profile, &g->nr, sizeof(*to));

	*to = profile;
}

static uint32_t path_of(struct compile *c, const struct guard_key *k,
			bool scope)
{
	struct program *p = c->program;
	uint32_t nr = p->nr_paths, path;
	struct path *to;

	buf_clear(&c->key);
	canonical_write(&c->key, k->collection);
	canonical_write(&c->key, k->value);
	path = intern_put(&c->paths, scope + 2u * (k->kind == KEY_PART),
			  buf_view(&c->key));
	if (path == nr) {
		to = arena_push(&c->temp, &p->path, &p->nr_paths, sizeof(*to));
		*to = (struct path){ .collection = k->collection,
				     .value = k->value,
				     .scope = scope,
				     .seed = path };
	}
	return path;
}

static void add_equal(struct compile *c, uint32_t profile, uint32_t path,
		      const struct guard_key *k)
{
	uint32_t nr = c->program->keys.nr, at;
	struct growing *to;

	buf_clear(&c->key);
	if (k->kind == KEY_NUMBER)
		buf_add(&c->key, &k->bound, sizeof(k->bound));
	buf_str(&c->key, k->text);
	at = intern_put(&c->program->keys, path, buf_view(&c->key));
	if (at == nr) {
		to = arena_push(&c->temp, &c->posting, &c->nr_postings,
				sizeof(*to));
		to->path = path;
	}
	if (k->kind == KEY_PART)
		c->program->path[path].parts |= 1u << k->text.len;
	else
		c->program->path[path].equal = true;
	add_to(c, &c->posting[at], profile);
}

static struct growing_range *range_of(struct compile *c, uint32_t path,
				      const struct guard_key *k, uint32_t layer)
{
	uint32_t part[] = { path, layer, k->kind }, nr = c->nr_ranges, at;
	struct growing_range *to;

	buf_clear(&c->key);
	buf_add(&c->key, part, sizeof(part));
	buf_str(&c->key, k->text);
	at = intern_put(&c->ranges, 0, buf_view(&c->key));
	if (at == nr) {
		to = arena_push(&c->temp, &c->range, &c->nr_ranges,
				sizeof(*to));
		to->path = path;
		to->most = k->kind == KEY_MOST;
		to->currency = k->text;
	}
	return &c->range[at];
}

/* Profiles come in order: a profile that is there already is the last one. */
static void add_range(struct compile *c, uint32_t profile, uint32_t path,
		      const struct guard_key *k)
{
	struct growing_range *r;
	struct bound *to;
	uint32_t layer = 0;

	do
		r = range_of(c, path, k, layer++);
	while (r->nr && r->bound[r->nr - 1].profile == profile);
	to = arena_push(&c->temp, &r->bound, &r->nr, sizeof(*to));
	to->bound = r->most ? ~k->bound : k->bound;
	to->profile = profile;
}

static void add_eager(struct compile *c, uint32_t profile, bool scope,
		      const struct guard_key *k)
{
	uint32_t part[] = { compile_atom(c, k->value), k->outcome, scope };
	uint32_t nr = c->nr_eager, at;
	struct growing_eager *to;

	at = intern_put(&c->eagers, 0,
			(struct str){ (const char *)part, sizeof(part) });
	if (at == nr) {
		to = arena_push(&c->temp, &c->eager, &c->nr_eager, sizeof(*to));
		to->atom = part[0];
		to->outcome = k->outcome;
		to->scope = scope;
	}
	add_to(c, &c->eager[at].to, profile);
}

void compile_guard(struct compile *c, uint32_t profile, bool scope,
		   const struct guard *g)
{
	if (!g->nr)
		compile_always(c, profile, scope);
	for (uint32_t i = 0; i < g->nr; i++) {
		const struct guard_key *k = &g->key[i];

		switch (k->kind) {
		case KEY_TEXT:
		case KEY_NUMBER:
		case KEY_PART:
			add_equal(c, profile, path_of(c, k, scope), k);
			break;
		case KEY_MOST:
		case KEY_LEAST:
			add_range(c, profile, path_of(c, k, scope), k);
			break;
		case KEY_ATOM:
			add_eager(c, profile, scope, k);
		}
	}
}
