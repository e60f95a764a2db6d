/*
 * compile_marks.c - keys by profile become tables to look up in
 */
#include "rules/compile.h"

#include <stdlib.h>

enum {
	FEW = 4,     /* profiles that an extra evaluation does not pay for */
	PIECES = 64, /* of a range whose bits stand ready, at most */
	PIECE_MIN = 64,
};

static void set_bit(uint64_t *row, uint32_t i)
{
	row[i / 64] |= UINT64_C(1) << i % 64;
}

void compile_always(struct compile *c, uint32_t profile, bool scope)
{
	if (scope)
		set_bit(c->program->unscoped, profile);
	else if (c->need[profile] > 0) /* a clause may be here often */
		c->need[profile]--;
}

/* Many profiles become bits; one that is there twice stays in the list, too. */
static struct posting keep_posting(struct compile *c, const struct growing *g)
{
	struct program *p = c->program;
	struct posting to = { .profile = compile_keep(c, g->profile,
						      g->nr * sizeof(uint32_t)),
			      .nr = g->nr };

	if (g->nr <= p->nr_words)
		return to;
	to.dense = arena_alloc(c->arena, p->nr_words * sizeof(uint64_t));
	to.nr = 0;
	for (uint32_t i = 0; i < g->nr; i++) {
		uint32_t one = g->profile[i];

		if (to.dense[one / 64] >> one % 64 & 1)
			to.profile[to.nr++] = one;
		set_bit(to.dense, one);
	}
	return to;
}

static int by_bound(const void *a, const void *b)
{
	const struct bound *x = a, *y = b;

	return (x->bound > y->bound) - (x->bound < y->bound);
}

static void keep_range(struct compile *c, struct range *to,
		       struct growing_range *g)
{
	size_t row = c->program->nr_words;
	uint32_t pieces;

	qsort(g->bound, g->nr, sizeof(*g->bound), by_bound);
	to->most = g->most;
	to->currency = arena_str(c->arena, g->currency);
	to->nr = g->nr;
	to->bound = arena_alloc(c->arena, g->nr * sizeof(*to->bound));
	to->profile = arena_alloc(c->arena, g->nr * sizeof(*to->profile));
	to->step = g->nr / PIECES > PIECE_MIN ? g->nr / PIECES : PIECE_MIN;
	pieces = g->nr / to->step;
	to->dense =
		arena_alloc(c->arena, (pieces + 1) * row * sizeof(*to->dense));
	for (uint32_t i = 0; i < g->nr; i++) {
		uint64_t *bits;

		to->bound[i] = g->bound[i].bound;
		to->profile[i] = g->bound[i].profile;
		if (i / to->step == pieces)
			continue; /* behind the last whole piece */
		bits = to->dense + (i / to->step) * row;
		if (i % to->step == 0)
			memcpy(bits + row, bits, row * sizeof(*bits));
		set_bit(bits + row, to->profile[i]);
	}
}

static int by_path(const void *a, const void *b)
{
	const struct growing_range *x = a, *y = b;

	return (x->path > y->path) - (x->path < y->path);
}

/* Ranges in the order of their paths; those that were dropped are empty. */
static void keep_ranges(struct compile *c)
{
	struct program *p = c->program;

	if (c->nr_ranges)
		qsort(c->range, c->nr_ranges, sizeof(*c->range), by_path);
	p->range = arena_alloc(c->arena, c->nr_ranges * sizeof(*p->range) + 1);
	for (uint32_t i = 0; i < c->nr_ranges; i++) {
		struct path *path = &p->path[c->range[i].path];

		if (!c->range[i].nr)
			continue;
		if (!path->nr_ranges++)
			path->first_range = p->nr_ranges;
		keep_range(c, &p->range[p->nr_ranges++], &c->range[i]);
	}
}

static void keep_postings(struct compile *c)
{
	struct program *p = c->program;

	p->posting =
		arena_alloc(c->arena, c->nr_postings * sizeof(*p->posting) + 1);
	for (uint32_t i = 0; i < c->nr_postings; i++)
		p->posting[i] = keep_posting(c, &c->posting[i]);
}

static void drop(struct compile *c, const struct growing *g, bool scope)
{
	for (uint32_t i = 0; i < g->nr; i++)
		compile_always(c, g->profile[i], scope);
}

/* Predicates of many profiles are evaluated first, for all travellers. */
static void keep_eagers(struct compile *c)
{
	struct program *p = c->program;

	p->eager = arena_alloc(c->arena, c->nr_eager * sizeof(*p->eager) + 1);
	for (uint32_t i = 0; i < c->nr_eager; i++) {
		const struct growing_eager *e = &c->eager[i];

		if (e->to.nr < FEW)
			drop(c, &e->to, e->scope);
		else
			p->eager[p->nr_eager++] =
				(struct eager){ e->atom, e->outcome, e->scope,
						keep_posting(c, &e->to) };
	}
}

static bool is_costly(const struct path *path)
{
	const struct expr *n = path->value;

	return (n->kind >= EXPR_SUM && n->kind <= EXPR_DISTINCT) ||
	       (n->kind == EXPR_COUNT && n->arg[1]);
}

/* What takes a walk over a collection must pay for it; else it is dropped. */
static void drop_costly(struct compile *c)
{
	struct program *p = c->program;
	uint32_t *use = arena_alloc(&c->temp, p->nr_paths * sizeof(*use) + 1);

	for (uint32_t i = 0; i < c->nr_postings; i++)
		use[c->posting[i].path] += c->posting[i].nr;
	for (uint32_t i = 0; i < c->nr_ranges; i++)
		use[c->range[i].path] += c->range[i].nr;
	for (uint32_t i = 0; i < p->nr_paths; i++)
		p->path[i].dropped = use[i] < FEW && is_costly(&p->path[i]);
	for (uint32_t i = 0; i < c->nr_postings; i++) {
		struct growing *g = &c->posting[i];

		if (!p->path[g->path].dropped)
			continue;
		drop(c, g, p->path[g->path].scope);
		g->nr = 0;
	}
	for (uint32_t i = 0; i < c->nr_ranges; i++) {
		struct growing_range *g = &c->range[i];

		if (!p->path[g->path].dropped)
			continue;
		for (uint32_t k = 0; k < g->nr; k++)
			compile_always(c, g->bound[k].profile,
				       p->path[g->path].scope);
		g->nr = 0;
	}
}

/* Those of scopes go first. */
static void keep_paths(struct compile *c)
{
	struct program *p = c->program;
	struct path *to = arena_alloc(c->arena, p->nr_paths * sizeof(*to) + 1);
	uint32_t nr = 0;

	for (int scope = 1; scope >= 0; scope--)
		for (uint32_t i = 0; i < p->nr_paths; i++)
			if (!p->path[i].dropped &&
			    p->path[i].scope == (bool)scope)
				to[nr++] = p->path[i];
	for (uint32_t i = 0; i < nr; i++)
		to[i].slot = to[i].collection ? NO_SLOT
					      : compile_slot(c, to[i].value);
	p->path = to;
	p->nr_paths = nr;
}

void compile_marks(struct compile *c)
{
	struct program *p = c->program;

	keep_eagers(c);
	drop_costly(c);
	keep_postings(c);
	keep_ranges(c);
	keep_paths(c);
	for (uint32_t i = 0; i < p->nr_profiles; i++) {
		int need = c->need[i] < 0 ? 0 : c->need[i];

		set_bit(p->need[need < MARKS_MAX ? need : MARKS_MAX], i);
	}
}
