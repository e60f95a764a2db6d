#include "rules/check.h"

#include "rules/literal.h"
#include "rules/name.h"
#include "rules/refuse.h"

struct check {
	const struct check_rules *rules;
	struct name_scope scope;
	struct err *e;
	bool reads; /* something of the traveller is read */
};

static int check(struct check *c, struct expr **np);

static int fail(struct check *c, const struct expr *n, const char *what)
{
	return err_at(c->e, ERR_VALUE, n->pos, "%s", what);
}

/* Still without a type: what other side it meets decides. */
static bool is_open(const struct expr *n)
{
	return n->kind == EXPR_LITERAL && n->type == TYPE_NONE;
}

static const struct field *field_of(const struct expr *n)
{
	return n->kind == EXPR_FIELD ? n->field : NULL;
}

static int set(struct check *c, struct expr *n, enum type want,
	       const struct field *f)
{
	return literal_set(n, want, f, c->rules->arena, c->e);
}

/* Put a conversion above *np. */
static void convert(struct check *c, struct expr **np, enum expr_kind kind,
		    enum type type)
{
	struct expr *n = arena_alloc(c->rules->arena, sizeof(*n));

	*n = (struct expr){ .kind = kind,
			    .type = type,
			    .pos = (*np)->pos,
			    .len = (*np)->len,
			    .arg = { *np },
			    .zone = EXPR_NO_ZONE };
	*np = n;
}

static const struct expr *constant_of(const struct check *c, struct str name)
{
	for (const struct constant *k = c->rules->constants; k; k = k->next)
		if (str_eq(k->name, name))
			return k->value;
	return NULL;
}

static struct expr *copy_constant(struct check *c, const struct expr *from,
				  size_t pos, size_t len)
{
	struct expr *n = arena_alloc(c->rules->arena, sizeof(*n)), **tail;

	*n = *from;
	n->pos = pos;
	n->len = len;
	n->next = NULL;
	tail = &n->child;
	for (const struct expr *k = from->child; k; k = k->next) {
		*tail = copy_constant(c, k, pos, len);
		tail = &(*tail)->next;
	}
	return n;
}

static int check_name(struct check *c, struct expr **np)
{
	struct expr *n = *np;
	const struct expr *constant = constant_of(c, n->text);
	int rc;

	if (constant) {
		*np = copy_constant(c, constant, n->pos, n->len);
		return 0;
	}
	rc = name_resolve(n, &c->scope, c->e);
	if (rc < 0)
		return rc;
	if (!rc) { /* a bare word: a literal of the other side's type */
		n->kind = EXPR_LITERAL;
		n->type = TYPE_NONE;
		return 0;
	}
	c->reads |= n->kind != EXPR_NOW;
	if (n->field && n->field->use == USE_REASON && !c->rules->has_reason)
		return refuse_no_reason(n->field, n->pos, c->e);
	return 0;
}

static int no_such_name(struct check *c, const struct expr *n)
{
	struct str near = name_nearest(n->text, &c->scope);

	if (refuse_proxy(n->text, n->pos, c->e))
		return c->e->code;
	if (near.ptr)
		return err_at(c->e, ERR_VALUE, n->pos,
			      "there is no name '" STR_FMT "' here; did you "
			      "mean '" STR_FMT "'?",
			      STR_ARG(str_slice(n->text, 0, 40)),
			      STR_ARG(near));
	return err_at(c->e, ERR_VALUE, n->pos,
		      "there is no name '" STR_FMT "' here, and nothing to "
		      "compare it with",
		      STR_ARG(str_slice(n->text, 0, 40)));
}

/* A value of a type of its own: no bare word, no collection. */
static int check_value(struct check *c, struct expr **np)
{
	int rc = check(c, np);

	if (rc)
		return rc;
	if ((*np)->type == TYPE_LIST)
		return fail(c, *np,
			    "this is a collection; look into it with "
			    "any(), all(), none() or count()");
	if ((*np)->kind == EXPR_LIST)
		return fail(c, *np, "a list belongs behind 'in' only");
	return 0;
}

static int check_bool(struct check *c, struct expr **np)
{
	int rc = check_value(c, np);

	if (rc)
		return rc;
	if (is_open(*np) && literal_own_type(*np) == TYPE_NONE)
		return no_such_name(c, *np);
	if (is_open(*np))
		return fail(c, *np,
			    "a constant is no condition: it would hold "
			    "for everybody or for nobody");
	if ((*np)->type != TYPE_BOOL)
		return err_at(c->e, ERR_VALUE, (*np)->pos,
			      "expected a condition, found %s; compare it with "
			      "something",
			      type_name((*np)->type));
	return 0;
}

static int mismatch(struct check *c, const struct expr *at, enum type a,
		    enum type b)
{
	bool places = (a == TYPE_AIRPORT && b == TYPE_COUNTRY) ||
		      (a == TYPE_COUNTRY && b == TYPE_AIRPORT);

	return err_at(c->e, ERR_VALUE, at->pos,
		      "%s and %s cannot be compared%s", type_name(a),
		      type_name(b),
		      places ? "; country(airport) gives the country" : "");
}

static bool is_plain_text(enum type t)
{
	return t == TYPE_TEXT || t == TYPE_CODE;
}

/* Bring two typed sides to one type. */
static int unify_typed(struct check *c, struct expr **a, struct expr **b)
{
	enum type ta = (*a)->type, tb = (*b)->type;

	if (ta == tb || (is_plain_text(ta) && is_plain_text(tb)))
		return 0;
	if (ta == TYPE_INT && tb == TYPE_DECIMAL)
		convert(c, a, EXPR_TO_DECIMAL, TYPE_DECIMAL);
	else if (ta == TYPE_DECIMAL && tb == TYPE_INT)
		convert(c, b, EXPR_TO_DECIMAL, TYPE_DECIMAL);
	else if (ta == TYPE_TIME && tb == TYPE_DATE)
		convert(c, a, EXPR_TO_DATE, TYPE_DATE);
	else if (ta == TYPE_DATE && tb == TYPE_TIME)
		convert(c, b, EXPR_TO_DATE, TYPE_DATE);
	else
		return mismatch(c, *b, ta, tb);
	return 0;
}

/* The type a literal takes when it meets a value of type `other`. */
static enum type wanted(const struct expr *literal, enum type other)
{
	enum type own = literal_own_type(literal);

	if (other == TYPE_TIME && own == TYPE_DATE)
		return TYPE_DATE;
	if (other == TYPE_INT && own == TYPE_DECIMAL)
		return TYPE_DECIMAL;
	return other;
}

static int unify(struct check *c, struct expr **a, struct expr **b)
{
	struct expr **literal = is_open(*a) ? a : b;
	struct expr **typed = is_open(*a) ? b : a;
	const struct field *f = field_of(*typed);
	int rc;

	if (is_open(*a) && is_open(*b)) {
		if (literal_own_type(*a) == TYPE_NONE)
			return no_such_name(c, *a);
		return fail(c, *a,
			    "both sides are constants: this holds for "
			    "everybody or for nobody");
	}
	if (is_open(*literal)) {
		if (f && f->use == USE_COMPARE)
			return refuse_disguise(f, (*typed)->pos, c->e);
		rc = set(c, *literal, wanted(*literal, (*typed)->type), f);
		if (rc)
			return rc;
	}
	return unify_typed(c, a, b);
}

static bool is_same_field(const struct expr *a, const struct expr *b)
{
	return a->kind == EXPR_FIELD && b->kind == EXPR_FIELD &&
	       a->base == b->base && a->depth == b->depth &&
	       a->offset == b->offset && a->field == b->field;
}

/* count(x) >= 0 and its like. */
static bool is_count_idle(const struct expr *n)
{
	int64_t v = n->arg[1]->value.lo;

	if (n->arg[0]->kind != EXPR_COUNT || n->arg[1]->kind != EXPR_LITERAL)
		return false;
	return v < 0 || (v == 0 && (n->cmp == CMP_GE || n->cmp == CMP_LT));
}

static int check_compare(struct check *c, struct expr *n)
{
	int rc = check_value(c, &n->arg[0]);

	if (!rc)
		rc = check_value(c, &n->arg[1]);
	if (!rc)
		rc = unify(c, &n->arg[0], &n->arg[1]);
	if (rc)
		return rc;
	if (n->cmp >= CMP_LT && !type_is_ordered(n->arg[0]->type))
		return err_at(c->e, ERR_VALUE, n->pos,
			      "%s has no order; use ==, != or in",
			      type_name(n->arg[0]->type));
	if (is_same_field(n->arg[0], n->arg[1]))
		return fail(c, n,
			    "a field is compared with itself: this holds "
			    "for everybody or for nobody");
	if (is_count_idle(n))
		return fail(c, n,
			    "a count is never below 0: this holds for "
			    "everybody or for nobody");
	return 0;
}

/* The left side of in, between, contains, ...: never a constant. */
static int check_subject(struct check *c, struct expr **np)
{
	int rc = check_value(c, np);

	if (rc)
		return rc;
	if (is_open(*np) && literal_own_type(*np) == TYPE_NONE)
		return no_such_name(c, *np);
	if (is_open(*np))
		return fail(c, *np,
			    "a constant stands here where a field is "
			    "expected");
	return 0;
}

static int check_in(struct check *c, struct expr *n)
{
	const struct field *f;
	int rc = check_subject(c, &n->arg[0]);

	if (!rc && n->arg[1]->kind == EXPR_NAME)
		rc = check(c, &n->arg[1]);
	if (rc)
		return rc;
	if (n->arg[1]->kind != EXPR_LIST)
		return fail(c, n->arg[1],
			    "expected a list, as [LHR, VIE], or "
			    "the name of one");
	f = field_of(n->arg[0]);
	if (f && f->use == USE_COMPARE)
		return refuse_disguise(f, n->arg[0]->pos, c->e);
	for (struct expr *k = n->arg[1]->child; k && !rc; k = k->next)
		rc = set(c, k, n->arg[0]->type, f);
	return rc;
}

static int check_between(struct check *c, struct expr *n)
{
	int rc = check_subject(c, &n->arg[0]);

	for (int i = 1; i <= 2 && !rc; i++) {
		rc = check_value(c, &n->arg[i]);
		if (!rc)
			rc = unify(c, &n->arg[0], &n->arg[i]);
	}
	if (rc)
		return rc;
	rc = unify_typed(c, &n->arg[0], &n->arg[1]);
	if (rc)
		return rc;
	if (!type_is_ordered(n->arg[0]->type))
		return err_at(c->e, ERR_VALUE, n->pos,
			      "%s has no order; 'between' needs one",
			      type_name(n->arg[0]->type));
	if (n->arg[1]->kind == EXPR_LITERAL &&
	    n->arg[2]->kind == EXPR_LITERAL &&
	    n->arg[1]->value.lo > n->arg[2]->value.hi)
		return fail(c, n->arg[2], "the range ends before it begins");
	return 0;
}

/* contains, starts_with, matches: texts and codes. */
static int check_part(struct check *c, struct expr *n)
{
	const struct field *f;
	int rc = check_subject(c, &n->arg[0]);

	if (rc)
		return rc;
	f = field_of(n->arg[0]);
	if (!is_plain_text(n->arg[0]->type))
		return err_at(c->e, ERR_VALUE, n->arg[0]->pos,
			      "expected text or code, found %s",
			      type_name(n->arg[0]->type));
	if (n->kind == EXPR_MATCHES)
		return f && f->use == USE_COMPARE
			       ? refuse_disguise(f, n->arg[0]->pos, c->e)
			       : 0;
	rc = check_value(c, &n->arg[1]);
	if (!rc)
		rc = unify(c, &n->arg[0], &n->arg[1]);
	if (!rc && n->arg[1]->kind == EXPR_LITERAL && !n->arg[1]->text.len)
		return fail(c, n->arg[1], "every text has an empty part");
	return rc;
}

/* What + and - can do, by the types of both sides. */
static const struct sum_row {
	enum expr_kind kind;
	enum type left, right, result;
} sums[] = {
	{ EXPR_ADD, TYPE_INT, TYPE_INT, TYPE_INT },
	{ EXPR_SUB, TYPE_INT, TYPE_INT, TYPE_INT },
	{ EXPR_ADD, TYPE_DECIMAL, TYPE_DECIMAL, TYPE_DECIMAL },
	{ EXPR_SUB, TYPE_DECIMAL, TYPE_DECIMAL, TYPE_DECIMAL },
	{ EXPR_ADD, TYPE_DURATION, TYPE_DURATION, TYPE_DURATION },
	{ EXPR_SUB, TYPE_DURATION, TYPE_DURATION, TYPE_DURATION },
	{ EXPR_ADD, TYPE_TIME, TYPE_DURATION, TYPE_TIME },
	{ EXPR_ADD, TYPE_DURATION, TYPE_TIME, TYPE_TIME },
	{ EXPR_SUB, TYPE_TIME, TYPE_DURATION, TYPE_TIME },
	{ EXPR_SUB, TYPE_TIME, TYPE_TIME, TYPE_DURATION },
	{ EXPR_SUB, TYPE_DATE, TYPE_DATE, TYPE_DURATION },
};

/* A literal beside + or - has the type it has by itself. */
static int set_own(struct check *c, struct expr *n)
{
	enum type own = is_open(n) ? literal_own_type(n) : TYPE_NONE;

	if (!is_open(n))
		return 0;
	if (own == TYPE_NONE)
		return no_such_name(c, n);
	return set(c, n, own, NULL);
}

static int check_sum(struct check *c, struct expr *n)
{
	int rc = check_value(c, &n->arg[0]);

	if (!rc)
		rc = check_value(c, &n->arg[1]);
	if (!rc)
		rc = set_own(c, n->arg[0]);
	if (!rc)
		rc = set_own(c, n->arg[1]);
	if (rc)
		return rc;
	if (n->arg[0]->type == TYPE_DECIMAL && n->arg[1]->type == TYPE_INT)
		convert(c, &n->arg[1], EXPR_TO_DECIMAL, TYPE_DECIMAL);
	if (n->arg[0]->type == TYPE_INT && n->arg[1]->type == TYPE_DECIMAL)
		convert(c, &n->arg[0], EXPR_TO_DECIMAL, TYPE_DECIMAL);
	for (size_t i = 0; i < ARRAY_SIZE(sums); i++) {
		if (sums[i].kind == n->kind &&
		    sums[i].left == n->arg[0]->type &&
		    sums[i].right == n->arg[1]->type) {
			n->type = sums[i].result;
			return 0;
		}
	}
	return err_at(c->e, ERR_VALUE, n->pos, "%s %c %s makes no sense",
		      type_name(n->arg[0]->type),
		      n->kind == EXPR_ADD ? '+' : '-',
		      type_name(n->arg[1]->type));
}

static int check_country(struct check *c, struct expr *n)
{
	int rc = check_subject(c, &n->arg[0]);

	if (rc)
		return rc;
	if (n->arg[0]->type != TYPE_AIRPORT)
		return err_at(c->e, ERR_VALUE, n->arg[0]->pos,
			      "country() wants an airport, found %s",
			      type_name(n->arg[0]->type));
	n->type = TYPE_COUNTRY;
	return 0;
}

static bool can_sum(enum type t)
{
	return t == TYPE_INT || t == TYPE_DECIMAL || t == TYPE_MONEY ||
	       t == TYPE_DURATION;
}

static int check_folded(struct check *c, struct expr *n)
{
	struct expr *body = n->arg[1];

	if (n->kind == EXPR_SUM ? can_sum(body->type)
				: type_is_ordered(body->type)) {
		n->type = body->type;
		return 0;
	}
	return err_at(c->e, ERR_VALUE, body->pos, "%s cannot be %s",
		      type_name(body->type),
		      n->kind == EXPR_SUM ? "summed up" : "put in order");
}

/* any, all, none, count, sum, min, max */
static int check_collection(struct check *c, struct expr *n)
{
	bool folds = n->kind == EXPR_SUM || n->kind == EXPR_MIN ||
		     n->kind == EXPR_MAX;
	int rc = check(c, &n->arg[0]);

	if (rc)
		return rc;
	if (n->arg[0]->kind != EXPR_COLLECTION) {
		if (is_open(n->arg[0]))
			return no_such_name(c, n->arg[0]);
		return fail(c, n->arg[0],
			    "expected a collection, as "
			    "booking.payments or co_travellers");
	}
	n->type = n->kind == EXPR_COUNT ? TYPE_INT : TYPE_BOOL;
	if (!n->arg[1])
		return 0;
	if (c->scope.nr == EXPR_MAX_NESTING)
		return err_at(c->e, ERR_LIMIT, n->pos,
			      "collections within collections go %d deep",
			      EXPR_MAX_NESTING);
	c->scope.record[c->scope.nr++] = n->arg[0]->record;
	rc = folds ? check_subject(c, &n->arg[1]) : check_bool(c, &n->arg[1]);
	c->scope.nr--;
	return rc || !folds ? rc : check_folded(c, n);
}

static int check_both(struct check *c, struct expr *n)
{
	int rc = check_bool(c, &n->arg[0]);

	return rc || !n->arg[1] ? rc : check_bool(c, &n->arg[1]);
}

/* Each kind's check, and the type of its result unless the check sets it. */
static const struct kind_row {
	int (*check)(struct check *c, struct expr *n);
	enum type type;
} kinds[] = {
	[EXPR_AND] = { check_both, TYPE_BOOL },
	[EXPR_OR] = { check_both, TYPE_BOOL },
	[EXPR_NOT] = { check_both, TYPE_BOOL },
	[EXPR_COMPARE] = { check_compare, TYPE_BOOL },
	[EXPR_IN] = { check_in, TYPE_BOOL },
	[EXPR_BETWEEN] = { check_between, TYPE_BOOL },
	[EXPR_CONTAINS] = { check_part, TYPE_BOOL },
	[EXPR_STARTS_WITH] = { check_part, TYPE_BOOL },
	[EXPR_MATCHES] = { check_part, TYPE_BOOL },
	[EXPR_ADD] = { check_sum, TYPE_NONE },
	[EXPR_SUB] = { check_sum, TYPE_NONE },
	[EXPR_COUNTRY] = { check_country, TYPE_NONE },
	[EXPR_ANY] = { check_collection, TYPE_NONE },
	[EXPR_ALL] = { check_collection, TYPE_NONE },
	[EXPR_NONE] = { check_collection, TYPE_NONE },
	[EXPR_COUNT] = { check_collection, TYPE_NONE },
	[EXPR_SUM] = { check_collection, TYPE_NONE },
	[EXPR_MIN] = { check_collection, TYPE_NONE },
	[EXPR_MAX] = { check_collection, TYPE_NONE },
	[EXPR_NOW] = { NULL, TYPE_NONE },
};

/* A value node with its type; bare words and lists come back without one. */
static int check(struct check *c, struct expr **np)
{
	const struct kind_row *row = &kinds[(*np)->kind];

	if ((*np)->kind == EXPR_NAME)
		return check_name(c, np);
	if (!row->check)
		return 0;
	if (row->type != TYPE_NONE)
		(*np)->type = row->type;
	return row->check(c, *np);
}

int expr_check(struct expr **root, const struct check_rules *rules,
	       struct err *e)
{
	struct check c = { .rules = rules, .e = e };
	int rc = check_bool(&c, root);

	if (!rc && !c.reads)
		return fail(&c, *root,
			    "this reads nothing of the traveller or "
			    "the journey: it holds for everybody or "
			    "for nobody");
	return rc;
}
