#include "rules/parse.h"

#include "rules/parse_state.h"

/* A node that takes `left` as its first argument. */
static struct expr *wrap(struct parser *p, enum expr_kind kind,
			 struct expr *left)
{
	struct expr *n = parse_node(p, kind, left->pos);

	n->arg[0] = left;
	return n;
}

/* Operators of one level, from left to right. */
struct chain {
	const char *word[2];
	enum expr_kind kind[2];
	int (*operand)(struct parser *p, struct expr **out);
};

static int parse_chain(struct parser *p, const struct chain *c,
		       struct expr **out)
{
	int rc = c->operand(p, out);

	while (!rc && (parse_at(p, c->word[0]) || parse_at(p, c->word[1]))) {
		struct expr *n =
			wrap(p, c->kind[!parse_at(p, c->word[0])], *out);

		rc = parse_advance(p);
		if (!rc)
			rc = c->operand(p, &n->arg[1]);
		if (!rc)
			parse_finish(p, n);
		*out = n;
	}
	return rc;
}

static int parse_product(struct parser *p, struct expr **out)
{
	static const struct chain product = { { "*", "/" },
					      { EXPR_MUL, EXPR_DIV },
					      parse_primary };

	return parse_chain(p, &product, out);
}

static int parse_sum(struct parser *p, struct expr **out)
{
	static const struct chain sum = { { "+", "-" },
					  { EXPR_ADD, EXPR_SUB },
					  parse_product };

	return parse_chain(p, &sum, out);
}

static int parse_matches(struct parser *p, struct expr *n)
{
	struct token t;
	struct str body;
	struct err e = { 0 };
	bool ignore_case;
	int rc;

	/* `matches` is the token to look at: the lexer stands behind it */
	rc = lex_regex(&p->lexer, &t, p->e);
	if (rc)
		return rc;
	ignore_case = str_ends(t.text, STR("i"));
	body = t.text;
	while (!str_ends(body, STR("/")))
		body.len--;
	body = str_slice(body, 1, body.len - 1);
	if (!p->regexes)
		return err_at(p->e, ERR_SYNTAX, t.pos, "no pattern here");
	rc = regex_compile(p->regexes, body, ignore_case, &e);
	if (rc)
		return err_at(p->e, e.code, t.pos + 1 + e.pos, "%s", e.text);
	n->regex = *p->regexes;
	n->text = t.text; /* canonical.c tells patterns apart by it */
	return parse_advance(p);
}

static int parse_between(struct parser *p, struct expr *n)
{
	int rc = parse_advance(p);

	if (!rc)
		rc = parse_sum(p, &n->arg[1]);
	if (!rc)
		rc = parse_take(p, "and",
				"'and' and the upper end of the range");
	return rc ? rc : parse_sum(p, &n->arg[2]);
}

/* What stands behind `in`: a list, or the name of one. */
static int parse_in(struct parser *p, struct expr *n)
{
	int rc = parse_advance(p);

	if (rc)
		return rc;
	if (p->now.kind != TOKEN_WORD)
		return parse_list(p, &n->arg[1]);
	return parse_primary(p, &n->arg[1]);
}

static int parse_operand(struct parser *p, struct expr *n)
{
	int rc = parse_advance(p);

	return rc ? rc : parse_sum(p, &n->arg[1]);
}

/* Relations: one row each. */
static const struct relation {
	const char *word;
	enum expr_kind kind;
	enum compare_op cmp;
	int (*rest)(struct parser *p, struct expr *n);
} relations[] = {
	{ "==", EXPR_COMPARE, CMP_EQ, parse_operand },
	{ "!=", EXPR_COMPARE, CMP_NE, parse_operand },
	{ "<", EXPR_COMPARE, CMP_LT, parse_operand },
	{ "<=", EXPR_COMPARE, CMP_LE, parse_operand },
	{ ">", EXPR_COMPARE, CMP_GT, parse_operand },
	{ ">=", EXPR_COMPARE, CMP_GE, parse_operand },
	{ "in", EXPR_IN, CMP_EQ, parse_in },
	{ "between", EXPR_BETWEEN, CMP_EQ, parse_between },
	{ "contains", EXPR_CONTAINS, CMP_EQ, parse_operand },
	{ "starts_with", EXPR_STARTS_WITH, CMP_EQ, parse_operand },
	{ "ends_with", EXPR_ENDS_WITH, CMP_EQ, parse_operand },
	{ "matches", EXPR_MATCHES, CMP_EQ, parse_matches },
};

/* `x not in y` is `not x in y`; not so of ==, which has its opposite. */
static bool takes_not(const struct relation *r)
{
	return r && r->kind != EXPR_COMPARE;
}

static const struct relation *at_relation(const struct parser *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(relations); i++)
		if (parse_at(p, relations[i].word))
			return &relations[i];
	return NULL;
}

static int parse_relation(struct parser *p, struct expr **out)
{
	const struct relation *r;
	struct expr *left, *n;
	size_t not_pos = p->now.pos;
	bool negated;
	int rc = parse_sum(p, &left);

	*out = left;
	if (rc)
		return rc;
	negated = parse_at(p, "not");
	if (negated) {
		not_pos = p->now.pos;
		rc = parse_advance(p);
		if (!rc && !takes_not(at_relation(p)))
			return parse_expected(p, "in, between, contains, "
						 "starts_with, ends_with or "
						 "matches after 'not'");
	}
	r = rc ? NULL : at_relation(p);
	if (!r)
		return rc;
	n = wrap(p, r->kind, left);
	n->cmp = r->cmp;
	rc = r->rest(p, n);
	if (rc)
		return rc;
	parse_finish(p, n);
	if (at_relation(p))
		return err_at(p->e, ERR_SYNTAX, p->now.pos,
			      "comparisons do not chain; join two with 'and'");
	*out = n;
	if (negated) {
		*out = wrap(p, EXPR_NOT, n);
		(*out)->pos = not_pos;
	}
	return 0;
}

static int parse_not(struct parser *p, struct expr **out)
{
	struct expr *n;
	int rc;

	if (++p->depth > EXPR_MAX_DEPTH)
		return err_at(p->e, ERR_LIMIT, p->now.pos,
			      "nested deeper than %d levels", EXPR_MAX_DEPTH);
	if (parse_at(p, "not")) {
		n = parse_node(p, EXPR_NOT, p->now.pos);
		rc = parse_advance(p);
		if (!rc)
			rc = parse_not(p, &n->arg[0]);
		if (!rc)
			parse_finish(p, n);
		*out = n;
	} else {
		rc = parse_relation(p, out);
	}
	p->depth--;
	return rc;
}

static int parse_and(struct parser *p, struct expr **out)
{
	int rc = parse_not(p, out);

	while (!rc && parse_at(p, "and")) {
		struct expr *n = wrap(p, EXPR_AND, *out);

		rc = parse_advance(p);
		if (!rc)
			rc = parse_not(p, &n->arg[1]);
		if (!rc)
			parse_finish(p, n);
		*out = n;
	}
	return rc;
}

int parse_or(struct parser *p, struct expr **out)
{
	int rc = parse_and(p, out);

	while (!rc && parse_at(p, "or")) {
		struct expr *n = wrap(p, EXPR_OR, *out);

		rc = parse_advance(p);
		if (!rc)
			rc = parse_and(p, &n->arg[1]);
		if (!rc)
			parse_finish(p, n);
		*out = n;
	}
	return rc;
}

static int parse_all(struct parser *p, struct expr **out,
		     int (*parse)(struct parser *, struct expr **))
{
	struct expr *n = NULL;
	int rc;

	if (p->lexer.in.len > EXPR_MAX_TEXT)
		return err_at(p->e, ERR_LIMIT, EXPR_MAX_TEXT,
			      "an expression is at most %d bytes long",
			      EXPR_MAX_TEXT);
	rc = parse_advance(p);
	if (!rc)
		rc = parse(p, &n);
	if (!rc && p->now.kind != TOKEN_END)
		rc = parse_expected(p, "and, or, an operator or the end");
	if (!rc)
		*out = n;
	return rc;
}

int expr_parse(struct expr **out, struct arena *a, struct regex **regexes,
	       struct str text, struct err *e)
{
	struct parser p = {
		.lexer = { text, 0 }, .arena = a, .regexes = regexes, .e = e
	};

	return parse_all(&p, out, parse_or);
}

static int parse_constant(struct parser *p, struct expr **out)
{
	if (parse_at(p, "["))
		return parse_list(p, out);
	if (!parse_at_literal(p) && p->now.kind != TOKEN_WORD)
		return parse_expected(p, "a literal or a list");
	return parse_literal(p, out);
}

int expr_parse_constant(struct expr **out, struct arena *a, struct str text,
			struct err *e)
{
	struct parser p = { .lexer = { text, 0 }, .arena = a, .e = e };

	return parse_all(&p, out, parse_constant);
}
