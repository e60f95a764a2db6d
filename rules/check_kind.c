/*
 * check_kind.c - what each kind of node asks of its arguments
 */
#include "rules/check_state.h"

#include "rules/literal.h"
#include "rules/refuse.h"

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

	if ((n->arg[0]->kind != EXPR_COUNT &&
	     n->arg[0]->kind != EXPR_DISTINCT) ||
	    n->arg[1]->kind != EXPR_LITERAL)
		return false;
	return v < 0 || (v == 0 && (n->cmp == CMP_GE || n->cmp == CMP_LT));
}

int check_compare(struct check *c, struct expr *n)
{
	int rc = check_value(c, &n->arg[0]);

	if (!rc)
		rc = check_value(c, &n->arg[1]);
	if (!rc)
		rc = check_unify(c, &n->arg[0], &n->arg[1]);
	if (rc)
		return rc;
	if (n->cmp >= CMP_LT && !type_is_ordered(n->arg[0]->type))
		return err_at(c->e, ERR_VALUE, n->pos,
			      "%s has no order; use ==, != or in",
			      type_name(n->arg[0]->type));
	if (is_same_field(n->arg[0], n->arg[1]))
		return check_fail(c, n,
				  "a field is compared with itself: this holds "
				  "for everybody or for nobody");
	if (is_count_idle(n))
		return check_fail(c, n,
				  "a count is never below 0: this holds for "
				  "everybody or for nobody");
	return 0;
}

int check_in(struct check *c, struct expr *n)
{
	const struct field *f;
	int rc = check_subject(c, &n->arg[0]);

	if (!rc && n->arg[1]->kind == EXPR_NAME)
		rc = check_list_name(c, &n->arg[1], n->arg[0]);
	if (rc)
		return rc;
	if (n->arg[1]->kind != EXPR_LIST)
		return check_fail(c, n->arg[1],
				  "expected a list, as [LHR, VIE], or "
				  "the name of one");
	f = check_field_of(n->arg[0]);
	if (f && f->use == USE_COMPARE)
		return refuse_disguise(f, n->arg[0]->pos, c->e);
	for (struct expr *k = n->arg[1]->child; k && !rc; k = k->next)
		rc = check_set(c, k, n->arg[0]->type, f);
	return rc;
}

int check_between(struct check *c, struct expr *n)
{
	int rc = check_subject(c, &n->arg[0]);

	for (int i = 1; i <= 2 && !rc; i++) {
		rc = check_value(c, &n->arg[i]);
		if (!rc)
			rc = check_unify(c, &n->arg[0], &n->arg[i]);
	}
	if (rc)
		return rc;
	rc = check_unify_typed(c, &n->arg[0], &n->arg[1]);
	if (rc)
		return rc;
	if (!type_is_ordered(n->arg[0]->type))
		return err_at(c->e, ERR_VALUE, n->pos,
			      "%s has no order; 'between' needs one",
			      type_name(n->arg[0]->type));
	if (n->arg[1]->kind == EXPR_LITERAL &&
	    n->arg[2]->kind == EXPR_LITERAL &&
	    n->arg[1]->value.lo > n->arg[2]->value.hi)
		return check_fail(c, n->arg[2],
				  "the range ends before it begins");
	return 0;
}

/* contains, starts_with, matches: texts and codes. */
int check_part(struct check *c, struct expr *n)
{
	const struct field *f;
	int rc = check_subject(c, &n->arg[0]);

	if (rc)
		return rc;
	f = check_field_of(n->arg[0]);
	if (!check_is_plain_text(n->arg[0]->type))
		return err_at(c->e, ERR_VALUE, n->arg[0]->pos,
			      "expected text or code, found %s",
			      type_name(n->arg[0]->type));
	if (n->kind == EXPR_MATCHES)
		return f && f->use == USE_COMPARE
			       ? refuse_disguise(f, n->arg[0]->pos, c->e)
			       : 0;
	rc = check_value(c, &n->arg[1]);
	return rc ? rc : check_unify(c, &n->arg[0], &n->arg[1]);
}

static bool can_sum(enum type t)
{
	return t == TYPE_INT || t == TYPE_DECIMAL || t == TYPE_MONEY ||
	       t == TYPE_DURATION;
}

/* What + - * / can do, by the types of both sides. */
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
	{ EXPR_ADD, TYPE_DATE, TYPE_DURATION, TYPE_DATE },
	{ EXPR_ADD, TYPE_DURATION, TYPE_DATE, TYPE_DATE },
	{ EXPR_SUB, TYPE_DATE, TYPE_DURATION, TYPE_DATE },
	{ EXPR_ADD, TYPE_MONEY, TYPE_MONEY, TYPE_MONEY },
	{ EXPR_SUB, TYPE_MONEY, TYPE_MONEY, TYPE_MONEY },
	{ EXPR_MUL, TYPE_INT, TYPE_INT, TYPE_INT },
	{ EXPR_MUL, TYPE_DECIMAL, TYPE_DECIMAL, TYPE_DECIMAL },
	{ EXPR_MUL, TYPE_INT, TYPE_DURATION, TYPE_DURATION },
	{ EXPR_MUL, TYPE_DURATION, TYPE_INT, TYPE_DURATION },
	{ EXPR_MUL, TYPE_INT, TYPE_MONEY, TYPE_MONEY },
	{ EXPR_MUL, TYPE_MONEY, TYPE_INT, TYPE_MONEY },
	{ EXPR_MUL, TYPE_DECIMAL, TYPE_MONEY, TYPE_MONEY },
	{ EXPR_MUL, TYPE_MONEY, TYPE_DECIMAL, TYPE_MONEY },
	{ EXPR_DIV, TYPE_INT, TYPE_INT, TYPE_DECIMAL },
	{ EXPR_DIV, TYPE_DECIMAL, TYPE_DECIMAL, TYPE_DECIMAL },
	{ EXPR_DIV, TYPE_DURATION, TYPE_INT, TYPE_DURATION },
	{ EXPR_DIV, TYPE_DURATION, TYPE_DURATION, TYPE_DECIMAL },
	{ EXPR_DIV, TYPE_MONEY, TYPE_INT, TYPE_MONEY },
	{ EXPR_DIV, TYPE_MONEY, TYPE_DECIMAL, TYPE_MONEY },
	{ EXPR_DIV, TYPE_MONEY, TYPE_MONEY, TYPE_DECIMAL },
};

static char sum_sign(enum expr_kind kind)
{
	return kind == EXPR_ADD	  ? '+'
	       : kind == EXPR_SUB ? '-'
	       : kind == EXPR_MUL ? '*'
				  : '/';
}

/* A literal beside + or - has the type it has by itself. */
static int set_own(struct check *c, struct expr *n)
{
	enum type own = check_is_open(n) ? literal_own_type(n) : TYPE_NONE;

	if (!check_is_open(n))
		return 0;
	if (own == TYPE_NONE)
		return check_no_such_name(c, n);
	return check_set(c, n, own, NULL);
}

int check_sum(struct check *c, struct expr *n)
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
		check_convert(c, &n->arg[1], EXPR_TO_DECIMAL, TYPE_DECIMAL);
	if (n->arg[0]->type == TYPE_INT && n->arg[1]->type == TYPE_DECIMAL)
		check_convert(c, &n->arg[0], EXPR_TO_DECIMAL, TYPE_DECIMAL);
	for (size_t i = 0; i < ARRAY_SIZE(sums); i++) {
		if (sums[i].kind == n->kind &&
		    sums[i].left == n->arg[0]->type &&
		    sums[i].right == n->arg[1]->type) {
			n->type = sums[i].result;
			return 0;
		}
	}
	return err_at(c->e, ERR_VALUE, n->pos, "%s %c %s makes no sense",
		      type_name(n->arg[0]->type), sum_sign(n->kind),
		      type_name(n->arg[1]->type));
}

int check_abs(struct check *c, struct expr *n)
{
	int rc = check_subject(c, &n->arg[0]);

	if (rc)
		return rc;
	n->type = n->arg[0]->type;
	if (!can_sum(n->type))
		return err_at(c->e, ERR_VALUE, n->arg[0]->pos,
			      "abs() wants a number, an amount or a duration, "
			      "found %s",
			      type_name(n->type));
	return 0;
}

/* A value, or a collection: may it be known? */
int check_known(struct check *c, struct expr *n)
{
	int rc = check_node(c, &n->arg[0]);

	if (rc || n->arg[0]->kind == EXPR_COLLECTION)
		return rc;
	if (check_is_open(n->arg[0]) &&
	    literal_own_type(n->arg[0]) == TYPE_NONE)
		return check_no_such_name(c, n->arg[0]);
	if (check_is_open(n->arg[0]) || n->arg[0]->kind == EXPR_LIST)
		return check_fail(c, n->arg[0],
				  "a constant is always known: this holds for "
				  "everybody");
	return 0;
}

int check_country(struct check *c, struct expr *n)
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

static int check_folded(struct check *c, struct expr *n)
{
	struct expr *body = n->arg[1];
	bool adds = n->kind == EXPR_SUM || n->kind == EXPR_AVG;

	if (n->kind == EXPR_DISTINCT)
		return 0;
	if (adds ? can_sum(body->type) : type_is_ordered(body->type)) {
		n->type = n->kind == EXPR_AVG && body->type == TYPE_INT
				  ? TYPE_DECIMAL
				  : body->type;
		return 0;
	}
	return err_at(c->e, ERR_VALUE, body->pos, "%s cannot be %s",
		      type_name(body->type),
		      adds ? "summed up" : "put in order");
}

/* any, all, none, count, sum, min, max, avg, distinct */
int check_collection(struct check *c, struct expr *n)
{
	bool folds = n->kind >= EXPR_SUM && n->kind <= EXPR_DISTINCT;
	int rc = check_node(c, &n->arg[0]);

	if (rc)
		return rc;
	if (n->arg[0]->kind != EXPR_COLLECTION) {
		if (check_is_open(n->arg[0]))
			return check_no_such_name(c, n->arg[0]);
		return check_fail(c, n->arg[0],
				  "expected a collection, as "
				  "booking.payments or co_travellers");
	}
	n->type = n->kind >= EXPR_COUNT ? TYPE_INT : TYPE_BOOL;
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
