/*
 * compile.c - the profiles of a set into one program
 */
#include "rules/compile.h"

#include <stdlib.h>

void *compile_keep(struct compile *c, const void *from, size_t size)
{
	void *to = arena_room(c->arena, size ? size : 1);

	if (size)
		memcpy(to, from, size);
	return to;
}

/* The days on which the profile and all the lists it names hold. */
static void set_days(struct code_profile *to, const struct profile *p)
{
	to->from = date_to_days(p->valid.from);
	to->until = date_to_days(p->valid.until);
	for (const struct list_use *u = p->lists; u; u = u->next) {
		int64_t from = date_to_days(u->list->valid.from);
		int64_t until = date_to_days(u->list->valid.until);

		to->from = from > to->from ? from : to->from;
		to->until = until < to->until ? until : to->until;
	}
}

static int by_points(const void *a, const void *b)
{
	const struct clause *const *x = a, *const *y = b;

	return (*y)->points - (*x)->points;
}

/* Clauses with most points first: what cannot be reached shows early. */
static void add_clauses(struct compile *c, const struct clause_list *l)
{
	const struct clause *sorted[PROFILE_MAX_CLAUSES];

	for (uint32_t i = 0; i < l->nr; i++)
		sorted[i] = &l->clause[i];
	qsort(sorted, l->nr, sizeof(sorted[0]), by_points);
	for (uint32_t i = 0; i < l->nr; i++) {
		uint32_t code = compile_code(c, sorted[i]->when);
		struct code_clause *to =
			arena_push(&c->temp, &c->program->clause,
				   &c->nr_clauses, sizeof(*to));

		*to = (struct code_clause){ code, sorted[i]->points };
	}
}

/* How many clauses it takes at least, when those of most points are true. */
static int8_t clauses_needed(const struct code_profile *p,
			     const struct code_clause *clause)
{
	int32_t sum = 0;
	int8_t nr = 0;

	while (nr < p->nr_incriminating && sum < p->threshold)
		sum += clause[nr++].points;
	return nr < PROFILE_MIN_INCRIMINATING ? PROFILE_MIN_INCRIMINATING : nr;
}

static void add_profile(struct compile *c, uint32_t i, const struct profile *p)
{
	struct code_profile *to = &c->program->profile[i];
	struct guard g;

	set_days(to, p);
	to->threshold = p->threshold;
	to->nr_incriminating = (uint8_t)p->incriminating.nr;
	to->nr_exonerating = (uint8_t)p->exonerating.nr;
	to->scope = NO_CODE;
	if (p->scope.when) {
		to->scope = compile_code(c, p->scope.when);
		g = guard_of(p->scope.when, &c->temp);
		compile_guard(c, i, true, &g);
	} else {
		compile_guard(c, i, true, &(struct guard){ .nr = 0 });
	}
	to->first = c->nr_clauses;
	add_clauses(c, &p->incriminating);
	add_clauses(c, &p->exonerating);
	c->need[i] = clauses_needed(to, c->program->clause + to->first);
	for (uint32_t k = 0; k < p->incriminating.nr; k++) {
		to->most += p->incriminating.clause[k].points;
		g = guard_of(p->incriminating.clause[k].when, &c->temp);
		compile_guard(c, i, false, &g);
	}
}

/* Tables that grew in `temp` move over. */
static void keep_tables(struct compile *c)
{
	struct program *p = c->program;

	p->code = compile_keep(c, p->code, c->nr_code * sizeof(*p->code));
	p->clause =
		compile_keep(c, p->clause, c->nr_clauses * sizeof(*p->clause));
	p->atom = compile_keep(c, p->atom, p->nr_atoms * sizeof(*p->atom));
	p->slot = compile_keep(c, p->slot, p->nr_slots * sizeof(*p->slot));
}

struct program *program_compile(const struct profile *const *profile,
				uint32_t nr, struct arena *a)
{
	struct compile c = { .arena = a };
	struct program *p = arena_alloc(a, sizeof(*p));

	c.program = p;
	c.atoms.arena = c.slots.arena = c.paths.arena = &c.temp;
	c.ranges.arena = c.eagers.arena = &c.temp;
	p->keys.arena = a;
	p->source = profile;
	p->nr_profiles = nr;
	p->nr_words = (nr + 63) / 64;
	p->profile = arena_alloc(a, nr * sizeof(*p->profile) + 1);
	p->unscoped = arena_alloc(a, p->nr_words * 8 + 1);
	for (int k = 0; k <= MARKS_MAX; k++)
		p->need[k] = arena_alloc(a, p->nr_words * 8 + 1);
	c.need = arena_alloc(&c.temp, nr + 1);
	for (uint32_t i = 0; i < nr; i++)
		add_profile(&c, i, profile[i]);
	compile_marks(&c);
	keep_tables(&c);
	buf_release(&c.key);
	arena_release(&c.temp);
	return p;
}

const struct expr *program_predicate(const struct program *p, uint32_t i)
{
	return p->atom[i].expr;
}

uint32_t program_predicates(const struct program *p, bool distinct)
{
	return distinct ? p->nr_atoms : p->nr_uses;
}
