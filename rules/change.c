#include "rules/change.h"

#include <stdlib.h>
#include <string.h>

enum { TESTS_TOLD_APART = 64 }; /* of one value */

/* A value, the tests on it, and what else it might be. */
struct subject_value {
	const struct reason **test;
	uint32_t nr_tests;
	struct change *other;
	uint32_t nr_others;
	uint64_t
		clauses; /* bit i: clause i reads it; the last bit: the scope */
};

enum { SCOPE_BIT = REASONS_MAX_CLAUSES };

struct search {
	const struct reasons *r;
	struct change_set *out;
	struct arena *arena;
	struct subject_value *value;
	enum tri clause[REASONS_MAX_CLAUSES + 1]; /* as it is */
	uint32_t tries;
};

struct verdict_parts {
	bool runs, hit;
	int32_t score;
	uint32_t nr_incriminating;
};

static const struct value *value_of(const struct change_set *c,
				    const struct reasons *r, uint32_t value)
{
	for (uint32_t i = 0; i < c->nr; i++)
		if (c->change[i].value == value)
			return &c->change[i].instead;
	return &r->value[value].value;
}

static enum tri test_on(const struct reasons *r, const struct reason *test,
			const struct value *v)
{
	if (!r->value[test->value].is_test)
		return eval_against(test->expr, v);
	return v->known ? v->truth : TRI_UNKNOWN;
}

enum tri change_outcome(const struct change_set *c, const struct reasons *r,
			const struct reason *part)
{
	enum tri t = tri_of(part->kind == REASON_ALL);

	switch (part->kind) {
	case REASON_TEST:
		return test_on(r, part, value_of(c, r, part->value));
	case REASON_NOT:
		return tri_not(change_outcome(c, r, part->child));
	case REASON_ALL:
		for (const struct reason *k = part->child; k; k = k->next)
			t = tri_and(t, change_outcome(c, r, k));
		return t;
	case REASON_ANY:
		for (const struct reason *k = part->child; k; k = k->next)
			t = tri_or(t, change_outcome(c, r, k));
		return t;
	}
	return t;
}

/* Clauses that read none of the changed values are as they were. */
static struct verdict_parts judge(const struct search *s)
{
	const struct profile *p = s->r->profile;
	struct verdict_parts v = { .runs = true };
	uint64_t touched = 0;

	for (uint32_t i = 0; i < s->out->nr; i++)
		touched |= s->value[s->out->change[i].value].clauses;
	if (s->r->scope)
		v.runs = (touched >> SCOPE_BIT & 1
				  ? change_outcome(s->out, s->r, s->r->scope)
				  : s->clause[SCOPE_BIT]) == TRI_TRUE;
	for (uint32_t i = 0; i < s->r->nr_clauses; i++) {
		const struct clause_reason *c = &s->r->clause[i];
		enum tri t = touched >> i & 1
				     ? change_outcome(s->out, s->r, c->reason)
				     : s->clause[i];

		if (t != TRI_TRUE)
			continue;
		v.score += c->clause->points;
		v.nr_incriminating += c->clause->points > 0;
	}
	v.runs = v.runs && s->r->valid;
	v.hit = v.runs && v.score >= p->threshold &&
		v.nr_incriminating >= PROFILE_MIN_INCRIMINATING;
	return v;
}

static void note_tests(struct search *s, const struct reason *r, uint32_t bit)
{
	const struct reason **to;
	struct subject_value *v;

	for (const struct reason *c = r->child; c; c = c->next)
		note_tests(s, c, bit);
	if (r->kind != REASON_TEST)
		return;
	v = &s->value[r->value];
	v->clauses |= UINT64_C(1) << bit;
	to = arena_push(s->arena, &v->test, &v->nr_tests, sizeof(*to));
	*to = r;
}

/* Would the value be told apart from what is there and from the others? */
static bool is_new(const struct search *s, const struct subject_value *v,
		   const struct value *old, const struct value *like)
{
	for (uint32_t i = 0; i < v->nr_tests && i < TESTS_TOLD_APART; i++)
		if (test_on(s->r, v->test[i], old) !=
		    test_on(s->r, v->test[i], like))
			return true;
	return false;
}

static void offer(struct search *s, uint32_t value, struct value instead,
		  bool other)
{
	struct subject_value *v = &s->value[value];
	struct change *to;

	if (!is_new(s, v, &s->r->value[value].value, &instead))
		return;
	for (uint32_t i = 0; i < v->nr_others; i++)
		if (!is_new(s, v, &v->other[i].instead, &instead))
			return;
	to = arena_push(s->arena, &v->other, &v->nr_others, sizeof(*to));
	*to = (struct change){ value, instead, other };
}

/* A number, on the clock or in the currency of what it is compared with. */
static struct value number_like(const struct reason_value *v,
				const struct value *literal, int64_t n)
{
	struct value out = value_exact(v->expr->type, n);

	if (out.type == TYPE_MONEY)
		out.text = literal->text;
	if (out.type == TYPE_TIME && v->value.known) {
		out.east = v->value.east;
		out.local = v->value.local;
	}
	return out;
}

static void offer_edges(struct search *s, uint32_t value,
			const struct value *literal)
{
	const struct reason_value *v = &s->r->value[value];
	bool counts =
		v->expr->kind == EXPR_COUNT || v->expr->kind == EXPR_DISTINCT;

	for (int side = -1; side <= 1; side++) {
		int64_t n;

		if (__builtin_add_overflow(side < 0 ? literal->lo : literal->hi,
					   side, &n) ||
		    (counts && n < 0))
			continue;
		offer(s, value, number_like(v, literal, n), false);
	}
}

static void offer_literal(struct search *s, uint32_t value,
			  const struct value *literal)
{
	if (!literal->known)
		return;
	if (type_is_text(literal->type))
		offer(s, value,
		      value_text(s->r->value[value].expr->type, literal->text),
		      false);
	else if (literal->type == TYPE_BOOL)
		offer(s, value, *literal, false);
	else
		offer_edges(s, value, literal);
}

static uint64_t distance(const struct value *a, const struct value *b)
{
	if (a->lo > b->hi)
		return (uint64_t)a->lo - (uint64_t)b->hi;
	return a->hi < b->lo ? (uint64_t)b->lo - (uint64_t)a->hi : 0;
}

/* The nearest first; few, so that sorting by insertion will do. */
static void sort_others(struct subject_value *v, const struct value *now)
{
	if (!now->known || type_is_text(now->type) || now->type == TYPE_BOOL)
		return;
	for (uint32_t i = 1; i < v->nr_others; i++) {
		struct change c = v->other[i];
		uint32_t k = i;

		for (; k && distance(&v->other[k - 1].instead, now) >
				    distance(&c.instead, now);
		     k--)
			v->other[k] = v->other[k - 1];
		v->other[k] = c;
	}
}

static void find_others(struct search *s, uint32_t value)
{
	const struct reason_value *rv = &s->r->value[value];
	struct subject_value *v = &s->value[value];

	for (uint32_t i = 0; i < v->nr_tests; i++) {
		const struct expr *n = v->test[i]->expr;

		if (rv->is_test)
			break;
		if (n->kind == EXPR_IN) {
			for (const struct expr *k = n->arg[1]->child; k;
			     k = k->next)
				offer_literal(s, value, &k->value);
			continue;
		}
		offer_literal(s, value, &n->arg[1]->value);
		if (n->kind == EXPR_BETWEEN)
			offer_literal(s, value, &n->arg[2]->value);
	}
	if (rv->is_test || rv->expr->type == TYPE_BOOL) {
		offer(s, value, value_bool(TRI_TRUE), false);
		offer(s, value, value_bool(TRI_FALSE), false);
	}
	if (!rv->is_test && type_is_text(rv->expr->type))
		offer(s, value, value_text(rv->expr->type, STR("~")), true);
	sort_others(v, &rv->value);
}

/* Change `more` values beyond those that are changed already. */
static bool try_more(struct search *s, uint32_t first, uint32_t more)
{
	struct change_set *c = s->out;

	if (!more)
		return s->tries++ < CHANGE_TRIES && judge(s).hit != c->hit;
	for (uint32_t i = first; i + more <= s->r->nr_values; i++) {
		const struct subject_value *v = &s->value[i];

		for (uint32_t k = 0; k < v->nr_others; k++) {
			c->change[c->nr++] = v->other[k];
			if (try_more(s, i + 1, more - 1))
				return true;
			c->nr--;
			if (s->tries >= CHANGE_TRIES)
				return false;
		}
	}
	return false;
}

void change_find(struct change_set *out, const struct reasons *r,
		 struct arena *a)
{
	struct search s = { .r = r, .out = out, .arena = a };
	struct verdict_parts v;

	*out = (struct change_set){ 0 };
	s.value = arena_alloc(a, r->nr_values * sizeof(*s.value) + 1);
	for (uint32_t i = 0; i < r->nr_clauses; i++) {
		s.clause[i] = r->clause[i].reason->outcome;
		note_tests(&s, r->clause[i].reason, i);
	}
	if (r->scope) {
		s.clause[SCOPE_BIT] = r->scope->outcome;
		note_tests(&s, r->scope, SCOPE_BIT);
	}
	v = judge(&s);
	out->hit = v.hit;
	out->score = v.score;
	out->nr_incriminating = v.nr_incriminating;
	for (uint32_t i = 0; i < r->nr_values; i++)
		find_others(&s, i);
	for (uint32_t n = 1; r->valid && n <= CHANGE_MAX && !out->found; n++)
		out->found = try_more(&s, 0, n);
	out->ended = !out->found && s.tries < CHANGE_TRIES;
}
