#include "rules/check.h"

#include "rules/check_state.h"
#include "rules/literal.h"
#include "rules/refuse.h"
#include "rules/trait.h"

static const struct constant *constant_of(const struct check *c,
					  struct str name)
{
	for (const struct constant *k = c->rules->constants; k; k = k->next)
		if (str_eq(k->name, name))
			return k;
	return NULL;
}

/* A copy that stands at [pos, pos + len), whole and all its parts. */
static struct expr *copy_tree(struct check *c, const struct expr *from,
			      size_t pos, size_t len)
{
	struct expr *n = arena_alloc(c->rules->arena, sizeof(*n)), **tail;

	c->nr_nodes++;
	*n = *from;
	n->pos = pos;
	n->len = len;
	n->next = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(n->arg); i++)
		if (from->arg[i] && c->nr_nodes <= EXPR_MAX_NODES)
			n->arg[i] = copy_tree(c, from->arg[i], pos, len);
	tail = &n->child;
	for (const struct expr *k = from->child; k; k = k->next) {
		*tail = copy_tree(c, k, pos, len);
		tail = &(*tail)->next;
	}
	return n;
}

/*
 * What `let:` defines takes the name's place. Its names mean what they mean
 * at the top, also within a collection: the elements around are hidden.
 */
static int unfold(struct check *c, struct expr **np, const struct constant *k)
{
	uint8_t from = c->scope.from;
	const struct expr *n = *np;
	int rc;

	*np = copy_tree(c, k->value, n->pos, n->len);
	if (c->nr_nodes > EXPR_MAX_NODES)
		return err_at(
			c->e, ERR_LIMIT, n->pos,
			"with its definitions unfolded this has more than "
			"%d parts",
			EXPR_MAX_NODES);
	c->scope.from = c->scope.nr;
	rc = check_node(c, np);
	c->scope.from = from;
	if (rc) /* where it is used: its own place has been checked */
		c->e->pos = n->pos;
	return rc;
}

static int check_name(struct check *c, struct expr **np)
{
	struct expr *n = *np;
	const struct constant *k = constant_of(c, n->text);
	int rc;

	if (k && k->is_definition)
		return unfold(c, np, k);
	if (k) {
		*np = copy_tree(c, k->value, n->pos, n->len);
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
	if (n->field && c->rules->traits)
		*c->rules->traits |= trait_of(n->field);
	if (n->field && n->field->use == USE_REASON && !c->rules->has_reason)
		return refuse_no_reason(n->field, n->pos, c->e);
	return 0;
}

static void note_use(struct check *c, const struct named_list *l)
{
	const struct list_use **head = c->rules->used;
	struct list_use *u;

	if (!head)
		return;
	for (const struct list_use *k = *head; k; k = k->next)
		if (k->list == l)
			return;
	u = arena_alloc(c->rules->arena, sizeof(*u));
	*u = (struct list_use){ l, *head };
	*head = u;
}

static int no_such_list(struct check *c, const struct expr *n)
{
	struct str near = named_list_nearest(c->rules->lists, n->text);

	for (const struct constant *k = c->rules->constants; k && !near.ptr;
	     k = k->next)
		if (edit_distance(k->name, n->text) <= 2)
			near = k->name;
	return err_at(c->e, ERR_VALUE, n->pos,
		      "there is no list '" STR_FMT "'%s" STR_FMT "%s",
		      STR_ARG(str_slice(n->text, 0, 60)),
		      near.ptr ? "; did you mean '" : "",
		      STR_ARG(near.ptr ? near
				       : STR("; name one of the lists' folder "
					     "or of 'constants:', or write "
					     "[A, B]")),
		      near.ptr ? "'?" : "");
}

int check_list_name(struct check *c, struct expr **np, const struct expr *left)
{
	struct expr *n = *np;
	const struct named_list *l = named_list_find(c->rules->lists, n->text);
	const char *misfit;
	int rc;

	if (!l) { /* a constant, or a mistake */
		rc = check_name(c, np);
		return !rc && check_is_open(*np) && *np == n
			       ? no_such_list(c, n)
			       : rc;
	}
	misfit = named_list_misfit(l, left->type, check_field_of(left));
	if (misfit)
		return err_at(c->e, ERR_VALUE, n->pos, "list '" STR_FMT "' %s",
			      STR_ARG(l->name), misfit);
	note_use(c, l);
	*np = copy_tree(c, l->literals, n->pos, n->len);
	return 0;
}

int check_no_such_name(struct check *c, const struct expr *n)
{
	struct nearest all = { .word = n->text };
	struct str near = name_nearest(n->text, &c->scope);

	for (const struct constant *k = c->rules->constants; k; k = k->next)
		nearest_try(&all, k->name);
	if (near.ptr)
		nearest_try(&all, near);
	near = all.best;
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
int check_value(struct check *c, struct expr **np)
{
	int rc = check_node(c, np);

	if (rc)
		return rc;
	if ((*np)->type == TYPE_LIST)
		return check_fail(c, *np,
				  "this is a collection; look into it with "
				  "any(), all(), none() or count()");
	if ((*np)->kind == EXPR_LIST)
		return check_fail(c, *np, "a list belongs behind 'in' only");
	return 0;
}

int check_bool(struct check *c, struct expr **np)
{
	int rc = check_value(c, np);

	if (rc)
		return rc;
	if (check_is_open(*np) && literal_own_type(*np) == TYPE_NONE)
		return check_no_such_name(c, *np);
	if (check_is_open(*np))
		return check_fail(c, *np,
				  "a constant is no condition: it would hold "
				  "for everybody or for nobody");
	if ((*np)->type != TYPE_BOOL)
		return err_at(c->e, ERR_VALUE, (*np)->pos,
			      "expected a condition, found %s; compare it with "
			      "something",
			      type_name((*np)->type));
	return 0;
}

/* The left side of in, between, contains, ...: never a constant. */
int check_subject(struct check *c, struct expr **np)
{
	int rc = check_value(c, np);

	if (rc)
		return rc;
	if (check_is_open(*np) && literal_own_type(*np) == TYPE_NONE)
		return check_no_such_name(c, *np);
	if (check_is_open(*np))
		return check_fail(c, *np,
				  "a constant stands here where a field is "
				  "expected");
	return 0;
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
	[EXPR_ENDS_WITH] = { check_part, TYPE_BOOL },
	[EXPR_MATCHES] = { check_part, TYPE_BOOL },
	[EXPR_ADD] = { check_sum, TYPE_NONE },
	[EXPR_SUB] = { check_sum, TYPE_NONE },
	[EXPR_MUL] = { check_sum, TYPE_NONE },
	[EXPR_DIV] = { check_sum, TYPE_NONE },
	[EXPR_ABS] = { check_abs, TYPE_NONE },
	[EXPR_COUNTRY] = { check_country, TYPE_NONE },
	[EXPR_KNOWN] = { check_known, TYPE_BOOL },
	[EXPR_ANY] = { check_collection, TYPE_NONE },
	[EXPR_ALL] = { check_collection, TYPE_NONE },
	[EXPR_NONE] = { check_collection, TYPE_NONE },
	[EXPR_COUNT] = { check_collection, TYPE_NONE },
	[EXPR_SUM] = { check_collection, TYPE_NONE },
	[EXPR_MIN] = { check_collection, TYPE_NONE },
	[EXPR_MAX] = { check_collection, TYPE_NONE },
	[EXPR_AVG] = { check_collection, TYPE_NONE },
	[EXPR_DISTINCT] = { check_collection, TYPE_NONE },
	[EXPR_NOW] = { NULL, TYPE_NONE },
};

/* A value node with its type; bare words and lists come back without one. */
int check_node(struct check *c, struct expr **np)
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

/* How many sides wait while the last one is worked out, at most. */
static int depth_of(const struct expr *n)
{
	int left, right;

	if (n->kind == EXPR_NOT)
		return depth_of(n->arg[0]);
	if (n->kind != EXPR_AND && n->kind != EXPR_OR)
		return 0;
	left = depth_of(n->arg[0]);
	right = depth_of(n->arg[1]) + 1;
	return left > right ? left : right;
}

int expr_check_definition(struct expr *root, const struct check_rules *rules,
			  struct err *e)
{
	struct check c = { .rules = rules, .e = e };

	if (check_value(&c, &root))
		return e->code;
	if (check_is_open(root) && literal_own_type(root) == TYPE_NONE)
		return check_no_such_name(&c, root);
	if (check_is_open(root))
		return check_fail(&c, root,
				  "a literal belongs under 'constants:'");
	return 0;
}

int expr_check(struct expr **root, const struct check_rules *rules,
	       struct err *e)
{
	struct check c = { .rules = rules, .e = e };
	int rc = check_bool(&c, root);

	if (!rc && depth_of(*root) > EXPR_MAX_DEPTH)
		return err_at(e, ERR_LIMIT, (*root)->pos,
			      "nested deeper than %d levels", EXPR_MAX_DEPTH);
	if (!rc && !c.reads)
		return check_fail(&c, *root,
				  "this reads nothing of the traveller or "
				  "the journey: it holds for everybody or "
				  "for nobody");
	return rc;
}
