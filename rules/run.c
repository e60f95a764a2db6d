/*
 * run.c - a program for one traveller: marks, then the profiles marked
 */
#include "rules/run.h"
#include "rules/cost.h"
#include "rules/fetch.h"

#include <string.h>

enum { STACK = EXPR_MAX_DEPTH + 2 };

static bool has_bit(const uint64_t *row, uint32_t i)
{
	return row[i / 64] >> i % 64 & 1;
}

static void put_bit(uint64_t *row, uint32_t i, bool on)
{
	uint64_t bit = UINT64_C(1) << i % 64;

	row[i / 64] = on ? row[i / 64] | bit : row[i / 64] & ~bit;
}

const struct value *run_value(struct running *r, uint32_t slot)
{
	if (!has_bit(r->run->has_value, slot)) {
		r->run->value[slot] =
			eval_value(r->eval, r->program->slot[slot]);
		put_bit(r->run->has_value, slot, true);
	}
	return &r->run->value[slot];
}

static enum tri ask(struct running *r, const struct atom *a)
{
	return a->slot == NO_SLOT
		       ? eval_bool(r->eval, a->expr)
		       : eval_against(a->expr, run_value(r, a->slot));
}

static enum tri ask_timed(struct running *r, uint32_t number)
{
	struct predicate_cost *c = &r->costs->predicate[number];
	int64_t from = r->costs->now_ns();
	enum tri t = ask(r, &r->program->atom[number]);

	cost_note(&c->time, r->costs->now_ns() - from);
	c->nr_true += t == TRI_TRUE;
	c->nr_unknown += t == TRI_UNKNOWN;
	return t;
}

enum tri run_atom(struct running *r, uint32_t number)
{
	enum tri t;

	if (has_bit(r->run->done, number)) {
		if (has_bit(r->run->is_true, number))
			return TRI_TRUE;
		return has_bit(r->run->is_false, number) ? TRI_FALSE
							 : TRI_UNKNOWN;
	}
	t = r->timed ? ask_timed(r, number) : ask(r, &r->program->atom[number]);
	put_bit(r->run->done, number, true);
	put_bit(r->run->is_true, number, t == TRI_TRUE);
	put_bit(r->run->is_false, number, t == TRI_FALSE);
	return t;
}

static enum tri run_code(struct running *r, uint32_t at)
{
	const uint32_t *code = r->program->code;
	enum tri stack[STACK], t = TRI_UNKNOWN;
	uint32_t nr = 0;

	for (;;) {
		uint32_t arg = code[at] >> OP_BITS;

		switch ((enum op)(code[at++] & ((1u << OP_BITS) - 1))) {
		case OP_ATOM:
			t = run_atom(r, arg);
			break;
		case OP_NOT:
			t = tri_not(t);
			break;
		case OP_AND_ELSE:
			if (t == TRI_FALSE)
				at = arg;
			else
				stack[nr++] = t;
			break;
		case OP_OR_ELSE:
			if (t == TRI_TRUE)
				at = arg;
			else
				stack[nr++] = t;
			break;
		case OP_AND:
			t = tri_and(stack[--nr], t);
			break;
		case OP_OR:
			t = tri_or(stack[--nr], t);
			break;
		default:
			return t;
		}
	}
}

/*
 * Does profile `i` hit? `out` is that of the reference then. Ends as soon as
 * what is left cannot reach the threshold.
 */
static bool judge(struct verdict *out, struct running *r, uint32_t i)
{
	const struct code_profile *p = &r->program->profile[i];
	const struct code_clause *c = r->program->clause + p->first;
	int32_t left = p->most, score = 0;
	uint32_t nr = 0, k;

	r->run->nr_evaluated++;
	if (r->day < p->from || r->day > p->until ||
	    (p->scope != NO_CODE && run_code(r, p->scope) != TRI_TRUE))
		return false;
	for (k = 0; k < p->nr_incriminating; k++) {
		left -= c[k].points;
		if (run_code(r, c[k].code) == TRI_TRUE) {
			score += c[k].points;
			nr++;
		} else if (score + left < p->threshold) {
			return false;
		}
	}
	for (; k < (uint32_t)p->nr_incriminating + p->nr_exonerating; k++) {
		if (run_code(r, c[k].code) == TRI_TRUE)
			score += c[k].points;
		if (score < p->threshold)
			return false;
	}
	out->score = score;
	out->nr_incriminating = nr;
	out->ran = true;
	out->hit = score >= p->threshold && nr >= PROFILE_MIN_INCRIMINATING;
	return out->hit;
}

/* The same, and what it cost. */
static bool judge_noted(struct verdict *out, struct running *r, uint32_t i)
{
	struct profile_cost *c;
	int64_t from = 0;
	bool hit;

	if (!r->costs)
		return judge(out, r, i);
	c = &r->costs->profile[i];
	if (r->timed)
		from = r->costs->now_ns();
	hit = judge(out, r, i);
	if (r->timed)
		cost_note(&c->time, r->costs->now_ns() - from);
	c->evaluated++;
	c->hits += hit;
	return hit;
}

/* Profiles of word `w` with marks enough, and a scope that may hold. */
static uint64_t marked(const struct running *r, uint32_t w)
{
	const struct program *p = r->program;
	uint64_t bits = p->need[0][w];

	for (int k = 0; k < MARKS_MAX; k++)
		bits |= p->need[k + 1][w] & r->run->marks[k][w];
	return bits & r->run->may_run[w];
}

/* Profiles stand in the order of their names, and so do their bits. */
static uint32_t run_marked(struct running *r, const struct profile *const *all,
			   struct verdict *out, uint32_t cap)
{
	uint32_t nr = 0;

	for (uint32_t w = 0; w < r->program->nr_words; w++) {
		for (uint64_t bits = marked(r, w); bits; bits &= bits - 1) {
			uint32_t i = w * 64 + (uint32_t)__builtin_ctzll(bits);
			struct verdict v = { .profile = all[i] };

			if (!judge_noted(&v, r, i))
				continue;
			if (nr < cap)
				out[nr] = v;
			nr++;
		}
	}
	return nr;
}

/* No profile is passed over, whatever its marks are. */
static uint32_t run_all(struct running *r, struct verdict *out, uint32_t cap)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < r->program->nr_profiles; i++) {
		struct verdict v = { .profile = r->program->source[i] };

		if (!judge(&v, r, i))
			continue;
		if (nr < cap)
			out[nr] = v;
		nr++;
	}
	return nr;
}

/* Every n-th traveller is timed. */
static uint32_t run_noted(struct running *r, struct verdict *out, uint32_t cap)
{
	struct rules_costs *c = r->run->costs;
	uint32_t nr = 0;
	int64_t from = 0;

	if (profile_set_program(c->set) != r->program)
		c = NULL; /* of another set */
	r->costs = c;
	if (c) {
		c->travellers++;
		r->timed = c->until_timed == 0;
		c->until_timed = r->timed ? c->every - 1 : c->until_timed - 1;
	}
	if (r->timed)
		from = c->now_ns();
	if (run_marks(r))
		nr = run_marked(r, r->program->source, out, cap);
	if (r->timed)
		cost_note(&c->whole, c->now_ns() - from);
	return nr;
}

uint32_t program_eval(const struct program *p, struct program_run *run,
		      struct eval *v, bool use_marks, struct verdict *out,
		      uint32_t cap)
{
	struct moment now = v->subject->screened_at;
	struct running r = { .program = p, .run = run, .eval = v };

	if (!moment_is_set(now) || !p->nr_profiles)
		return 0;
	fetch_subject(v->subject);
	r.day = date_to_days(date_of_moment(now));
	run_clear(&r);
	fetch_parts(v->subject);
	if (!use_marks)
		return run_all(&r, out, cap);
	if (run->costs)
		return run_noted(&r, out, cap);
	return run_marks(&r) ? run_marked(&r, p->source, out, cap) : 0;
}
