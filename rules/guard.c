#include "rules/guard.h"

#include "rules/pattern_literal.h"

/* Guesses; only their order matters. */
#define SHARE_TEXT   0.02
#define SHARE_PART   0.05
#define SHARE_NUMBER 0.1
#define SHARE_RANGE  0.5
#define SHARE_ATOM   0.7

/* Where we are: in the arena, within a collection, looking for an outcome. */
struct place {
	struct arena *arena;
	const struct expr *collection;
	enum tri want; /* true or false */
};

static const struct guard none = { .weight = 1 };

static struct guard seek(const struct expr *n, struct place at);

static struct guard one(const struct place *at, struct guard_key key,
			double weight)
{
	struct guard_key *k = arena_alloc(at->arena, sizeof(*k));

	*k = key;
	k->collection = at->collection;
	return (struct guard){ k, 1, weight };
}

/* The predicate itself; an element's cannot be asked by itself. */
static struct guard whole(const struct expr *n, const struct place *at)
{
	if (at->collection)
		return none;
	return one(at,
		   (struct guard_key){
			   .kind = KEY_ATOM, .outcome = at->want, .value = n },
		   SHARE_ATOM);
}

/* One of both must hold. */
static struct guard either(struct guard a, struct guard b, struct place *at)
{
	struct guard_key *k;

	if (!a.nr || !b.nr)
		return none;
	k = arena_alloc(at->arena, (a.nr + b.nr) * sizeof(*k));
	memcpy(k, a.key, a.nr * sizeof(*k));
	memcpy(k + a.nr, b.key, b.nr * sizeof(*k));
	return (struct guard){ k, a.nr + b.nr, a.weight + b.weight };
}

/* Both must hold: either will do. */
static struct guard rarer(struct guard a, struct guard b)
{
	if (!a.nr || !b.nr)
		return a.nr ? a : b;
	return a.weight <= b.weight ? a : b;
}

static struct guard seek_pair(const struct expr *n, struct place at)
{
	struct guard a = seek(n->arg[0], at), b = seek(n->arg[1], at);

	if ((n->kind == EXPR_AND) == (at.want == TRI_TRUE))
		return rarer(a, b);
	return either(a, b, &at);
}

/* A literal that is one value; an interval equals nothing. */
static bool is_exact(const struct value *v)
{
	return v->known && v->lo == v->hi && v->type != TYPE_BOOL;
}

static struct guard equal(const struct expr *n, const struct value *v,
			  const struct place *at)
{
	struct guard_key k = { .value = n->arg[0], .text = v->text };

	if (v->known && type_is_text(v->type)) {
		k.kind = KEY_TEXT;
		return one(at, k, SHARE_TEXT);
	}
	if (!is_exact(v))
		return whole(n, at);
	k.kind = KEY_NUMBER;
	k.bound = v->lo;
	return one(at, k, SHARE_NUMBER);
}

static struct guard range(const struct expr *n, enum key_kind kind,
			  int64_t bound, struct str currency,
			  const struct place *at)
{
	return one(at,
		   (struct guard_key){ .kind = kind,
				       .value = n->arg[0],
				       .text = currency,
				       .bound = bound },
		   SHARE_RANGE);
}

/* A count with a body that is above 0 needs an element that meets it. */
static struct guard counted(const struct expr *n, enum compare_op op,
			    const struct place *at)
{
	const struct expr *count = n->arg[0];
	const struct value *v = &n->arg[1]->value;
	bool least = op == CMP_EQ || op == CMP_GE;

	if (count->kind != EXPR_COUNT || !count->arg[1] || at->collection)
		return none;
	if (!(least && v->lo >= 1) && !(op == CMP_GT && v->lo >= 0))
		return none;
	return seek(count->arg[1],
		    (struct place){ at->arena, count->arg[0], TRI_TRUE });
}

/* `op` as it must come out true, with a literal on its right. */
static struct guard seek_literal(const struct expr *n, enum compare_op op,
				 const struct place *at)
{
	const struct value *v = &n->arg[1]->value;
	struct guard by_element = counted(n, op, at);

	if (by_element.nr)
		return by_element;
	if (op == CMP_EQ)
		return equal(n, v, at);
	if (!v->known || op == CMP_NE)
		return whole(n, at);
	if (op == CMP_LE)
		return range(n, KEY_MOST, v->lo, v->text, at);
	if (op == CMP_GE)
		return range(n, KEY_LEAST, v->hi, v->text, at);
	if (op == CMP_LT && v->lo > INT64_MIN)
		return range(n, KEY_MOST, v->lo - 1, v->text, at);
	if (op == CMP_GT && v->hi < INT64_MAX)
		return range(n, KEY_LEAST, v->hi + 1, v->text, at);
	return whole(n, at);
}

static struct guard seek_compare(const struct expr *n, struct place at)
{
	static const enum compare_op opposite[] = {
		[CMP_EQ] = CMP_NE, [CMP_NE] = CMP_EQ, [CMP_LT] = CMP_GE,
		[CMP_LE] = CMP_GT, [CMP_GT] = CMP_LE, [CMP_GE] = CMP_LT,
	};

	if (n->arg[1]->kind != EXPR_LITERAL)
		return whole(n, &at);
	return seek_literal(n, at.want == TRI_TRUE ? n->cmp : opposite[n->cmp],
			    &at);
}

static struct guard seek_in(const struct expr *n, struct place at)
{
	const struct expr *k = n->arg[1]->child;
	struct guard g;

	if (at.want == TRI_FALSE || !k)
		return whole(n, &at);
	g = equal(n, &k->value, &at);
	while ((k = k->next))
		g = either(g, equal(n, &k->value, &at), &at);
	return g.nr && g.key->kind != KEY_ATOM ? g : whole(n, &at);
}

static struct guard seek_between(const struct expr *n, struct place at)
{
	if (at.want == TRI_FALSE || n->arg[1]->kind != EXPR_LITERAL ||
	    n->arg[2]->kind != EXPR_LITERAL || !n->arg[1]->value.known ||
	    !n->arg[2]->value.known)
		return whole(n, &at);
	return range(n, KEY_MOST, n->arg[2]->value.lo, n->arg[2]->value.text,
		     &at);
}

/* contains, starts_with, ends_with, matches: a literal that must be in the text. */
static struct guard seek_part(const struct expr *n, struct place at)
{
	struct guard_key k = { .kind = KEY_PART, .value = n->arg[0] };

	if (n->kind == EXPR_MATCHES)
		k.text = pattern_literal(n->text);
	else if (n->arg[1]->kind == EXPR_LITERAL && n->arg[1]->value.known)
		k.text = n->arg[1]->value.text;
	k.text = str_slice(k.text, 0, PART_MAX);
	if (at.want == TRI_FALSE || !k.text.len)
		return whole(n, &at);
	return one(&at, k, SHARE_PART);
}

/* any() true, none() false and all() false need an element that decides. */
static struct guard seek_quantifier(const struct expr *n, struct place at)
{
	bool decided = at.want == (n->kind == EXPR_ANY ? TRI_TRUE : TRI_FALSE);
	struct place within = { at.arena, n->arg[0],
				n->kind == EXPR_ALL ? TRI_FALSE : TRI_TRUE };
	struct guard g;

	if (at.collection || !decided || !n->arg[1])
		return whole(n, &at);
	g = seek(n->arg[1], within);
	return g.nr ? g : whole(n, &at);
}

static struct guard seek(const struct expr *n, struct place at)
{
	switch (n->kind) {
	case EXPR_AND:
	case EXPR_OR:
		return seek_pair(n, at);
	case EXPR_NOT:
		at.want = tri_not(at.want);
		return seek(n->arg[0], at);
	case EXPR_COMPARE:
		return seek_compare(n, at);
	case EXPR_IN:
		return seek_in(n, at);
	case EXPR_BETWEEN:
		return seek_between(n, at);
	case EXPR_CONTAINS:
	case EXPR_STARTS_WITH:
	case EXPR_ENDS_WITH:
	case EXPR_MATCHES:
		return seek_part(n, at);
	case EXPR_ANY:
	case EXPR_ALL:
	case EXPR_NONE:
		return seek_quantifier(n, at);
	default:
		return whole(n, &at);
	}
}

struct guard guard_of(const struct expr *n, struct arena *a)
{
	return seek(n, (struct place){ .arena = a, .want = TRI_TRUE });
}
