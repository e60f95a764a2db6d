/*
 * run_marks.c - what a traveller is marks the profiles that may hit
 */
#include "rules/guard.h"
#include "rules/run.h"

#include <string.h>

enum { FIRED = 8 };

/* Walking the elements of a collection. */
struct walk {
	struct running *r;
	const struct path *path;
	uint32_t fired[FIRED]; /* keys met already */
	uint32_t nr_fired;
};

static void mark_one(struct running *r, bool scope, uint32_t profile)
{
	uint64_t bit = UINT64_C(1) << profile % 64, **m = r->run->marks;
	uint32_t w = profile / 64;

	if (scope) {
		r->run->may_run[w] |= bit;
		return;
	}
	m[3][w] |= m[2][w] & bit;
	m[2][w] |= m[1][w] & bit;
	m[1][w] |= m[0][w] & bit;
	m[0][w] |= bit;
}

/* A mark for each bit of `row`; the four counters are one carry chain. */
static void mark_row(struct running *r, bool scope, const uint64_t *row)
{
	uint64_t *restrict m0 = r->run->marks[0];
	uint64_t *restrict m1 = r->run->marks[1];
	uint64_t *restrict m2 = r->run->marks[2];
	uint64_t *restrict m3 = r->run->marks[3];

	if (scope)
		m0 = r->run->may_run;
	for (uint32_t w = 0; w < r->program->nr_words; w++) {
		uint64_t bits = row[w];

		if (!scope) {
			m3[w] |= m2[w] & bits;
			m2[w] |= m1[w] & bits;
			m1[w] |= m0[w] & bits;
		}
		m0[w] |= bits;
	}
}

static void mark_posting(struct running *r, bool scope, const struct posting *p)
{
	if (p->dense)
		mark_row(r, scope, p->dense);
	for (uint32_t i = 0; i < p->nr; i++)
		mark_one(r, scope, p->profile[i]);
}

/* How many bounds are met: those up to the probe. */
static uint32_t count_met(const struct range *g, int64_t probe)
{
	uint32_t low = 0, high = g->nr;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (g->bound[mid] <= probe)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void mark_range(struct running *r, bool scope, const struct range *g,
		       int64_t probe)
{
	uint32_t met = count_met(g, probe), piece = met / g->step;

	if (piece)
		mark_row(r, scope,
			 g->dense + (size_t)piece * r->program->nr_words);
	for (uint32_t i = piece * g->step; i < met; i++)
		mark_one(r, scope, g->profile[i]);
}

/* Mark those of a key; once, when several elements or places have it. */
static void meet_key(struct walk *w, struct str key)
{
	const struct program *p = w->r->program;
	uint32_t at = intern_find(&p->keys, w->path->seed, key);

	if (at == INTERN_NONE)
		return;
	for (uint32_t i = 0; i < w->nr_fired; i++)
		if (w->fired[i] == at)
			return;
	if (w->nr_fired < FIRED)
		w->fired[w->nr_fired++] = at;
	mark_posting(w->r, w->path->scope, &p->posting[at]);
}

static void look_up(struct walk *w, const struct value *v)
{
	char bytes[64];
	struct str key = v->text;

	if (!type_is_text(v->type)) {
		if (v->lo != v->hi || v->type == TYPE_BOOL)
			return;
		key.len = v->type == TYPE_MONEY ? key.len : 0;
		if (key.len > sizeof(bytes) - sizeof(v->lo))
			return;
		memcpy(bytes, &v->lo, sizeof(v->lo));
		if (key.len)
			memcpy(bytes + sizeof(v->lo), key.ptr, key.len);
		key = (struct str){ bytes, sizeof(v->lo) + key.len };
	}
	meet_key(w, key);
}

/* All literals that stand in a text, in one pass: by their first bytes. */
static void look_through(struct walk *w, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		for (size_t n = 1; n <= PART_MAX && i + n <= text.len; n++)
			if (w->path->parts >> n & 1)
				meet_key(w, str_slice(text, i, i + n));
}

/* The probe that meets most bounds, over all elements. */
static void raise_probes(struct walk *w, const struct value *v)
{
	struct program_run *run = w->r->run;
	uint32_t first = w->path->first_range;

	for (uint32_t i = first; i < first + w->path->nr_ranges; i++) {
		const struct range *g = &w->r->program->range[i];
		int64_t probe = g->most ? ~v->hi : v->lo;

		if (v->type == TYPE_MONEY && !str_eq(v->text, g->currency))
			continue;
		if (!run->has_probe[i] || probe > run->probe[i])
			run->probe[i] = probe;
		run->has_probe[i] = true;
	}
}

static void meet(struct walk *w, const struct value *v)
{
	if (!v->known)
		return;
	if (w->path->parts)
		look_through(w, v->text);
	if (w->path->equal)
		look_up(w, v);
	raise_probes(w, v);
}

static void meet_element(struct eval *v, void *arg)
{
	struct walk *w = arg;
	struct value x = eval_value(v, w->path->value);

	meet(w, &x);
}

static void walk_path(struct running *r, const struct path *path)
{
	struct walk w = { .r = r, .path = path };
	uint32_t first = path->first_range;

	if (path->collection)
		eval_elements(r->eval, path->collection, meet_element, &w);
	else
		meet(&w, run_value(r, path->slot));
	for (uint32_t i = first; i < first + path->nr_ranges; i++)
		if (r->run->has_probe[i])
			mark_range(r, path->scope, &r->program->range[i],
				   r->run->probe[i]);
}

static void run_pass(struct running *r, bool scope)
{
	const struct program *p = r->program;

	for (uint32_t i = 0; i < p->nr_eager; i++)
		if (p->eager[i].scope == scope &&
		    run_atom(r, p->eager[i].atom) == p->eager[i].outcome)
			mark_posting(r, scope, &p->eager[i].posting);
	for (uint32_t i = 0; i < p->nr_paths; i++)
		if (p->path[i].scope == scope)
			walk_path(r, &p->path[i]);
}

/* Most profiles are about one direction: half of the travellers end here. */
bool run_marks(struct running *r)
{
	uint64_t any = 0;

	run_pass(r, true);
	for (uint32_t w = 0; w < r->program->nr_words; w++)
		any |= r->run->may_run[w];
	if (any)
		run_pass(r, false);
	return any;
}

static uint32_t most(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static void *words(struct program_run *run, uint32_t bits)
{
	return arena_alloc(&run->arena, (bits / 64 + 1) * sizeof(uint64_t));
}

/* Room for the largest in each respect that was seen so far. */
static void make_room(struct program_run *run, const struct program *p)
{
	run->nr_atoms = most(run->nr_atoms, p->nr_atoms);
	run->nr_slots = most(run->nr_slots, p->nr_slots);
	run->nr_ranges = most(run->nr_ranges, p->nr_ranges);
	run->nr_words = most(run->nr_words, p->nr_words);
	arena_release(&run->arena);
	run->done = words(run, run->nr_atoms);
	run->is_true = words(run, run->nr_atoms);
	run->is_false = words(run, run->nr_atoms);
	run->has_value = words(run, run->nr_slots);
	run->value = arena_alloc(&run->arena,
				 (run->nr_slots + 1) * sizeof(*run->value));
	run->probe = arena_alloc(&run->arena,
				 (run->nr_ranges + 1) * sizeof(*run->probe));
	run->has_probe = arena_alloc(&run->arena, run->nr_ranges + 1);
	for (int k = 0; k < MARKS_MAX; k++)
		run->marks[k] = words(run, run->nr_words * 64);
	run->may_run = words(run, run->nr_words * 64);
}

void run_clear(struct running *r)
{
	struct program_run *run = r->run;
	const struct program *p = r->program;
	size_t row = p->nr_words * sizeof(uint64_t);

	if (!run->done || p->nr_atoms > run->nr_atoms ||
	    p->nr_slots > run->nr_slots || p->nr_ranges > run->nr_ranges ||
	    p->nr_words > run->nr_words)
		make_room(run, p);
	memset(run->done, 0, (p->nr_atoms / 64 + 1) * sizeof(uint64_t));
	memset(run->has_value, 0, (p->nr_slots / 64 + 1) * sizeof(uint64_t));
	memset(run->has_probe, 0, p->nr_ranges);
	for (int k = 0; k < MARKS_MAX; k++)
		memset(run->marks[k], 0, row);
	memcpy(run->may_run, p->unscoped, row);
}

void program_run_release(struct program_run *run)
{
	arena_release(&run->arena);
	*run = (struct program_run){ .nr_atoms = 0 };
}
