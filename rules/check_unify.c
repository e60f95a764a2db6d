/*
 * check_unify.c - bring the two sides of an operator to one type
 */
#include "rules/check_state.h"

#include "rules/literal.h"
#include "rules/refuse.h"

int check_fail(struct check *c, const struct expr *n, const char *what)
{
	return err_at(c->e, ERR_VALUE, n->pos, "%s", what);
}

/* Still without a type: what other side it meets decides. */
bool check_is_open(const struct expr *n)
{
	return n->kind == EXPR_LITERAL && n->type == TYPE_NONE;
}

const struct field *check_field_of(const struct expr *n)
{
	return n->kind == EXPR_FIELD ? n->field : NULL;
}

int check_set(struct check *c, struct expr *n, enum type want,
	      const struct field *f)
{
	return literal_set(n, want, f, c->rules->arena, c->e);
}

/* Put a conversion above *np. */
void check_convert(struct check *c, struct expr **np, enum expr_kind kind,
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

bool check_is_plain_text(enum type t)
{
	return t == TYPE_TEXT || t == TYPE_CODE;
}

/* Bring two typed sides to one type. */
int check_unify_typed(struct check *c, struct expr **a, struct expr **b)
{
	enum type ta = (*a)->type, tb = (*b)->type;

	if (ta == tb || (check_is_plain_text(ta) && check_is_plain_text(tb)))
		return 0;
	if (ta == TYPE_INT && tb == TYPE_DECIMAL)
		check_convert(c, a, EXPR_TO_DECIMAL, TYPE_DECIMAL);
	else if (ta == TYPE_DECIMAL && tb == TYPE_INT)
		check_convert(c, b, EXPR_TO_DECIMAL, TYPE_DECIMAL);
	else if (ta == TYPE_TIME && tb == TYPE_DATE)
		check_convert(c, a, EXPR_TO_DATE, TYPE_DATE);
	else if (ta == TYPE_DATE && tb == TYPE_TIME)
		check_convert(c, b, EXPR_TO_DATE, TYPE_DATE);
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

int check_unify(struct check *c, struct expr **a, struct expr **b)
{
	struct expr **literal = check_is_open(*a) ? a : b;
	struct expr **typed = check_is_open(*a) ? b : a;
	const struct field *f = check_field_of(*typed);
	int rc;

	if (check_is_open(*a) && check_is_open(*b)) {
		if (literal_own_type(*a) == TYPE_NONE)
			return check_no_such_name(c, *a);
		return check_fail(c, *a,
				  "both sides are constants: this holds for "
				  "everybody or for nobody");
	}
	if (check_is_open(*literal)) {
		if (f && f->use == USE_COMPARE)
			return refuse_disguise(f, (*typed)->pos, c->e);
		rc = check_set(c, *literal, wanted(*literal, (*typed)->type),
			       f);
		if (rc)
			return rc;
	}
	return check_unify_typed(c, a, b);
}
