#include "rules/parse.h"

#include "rules/lex.h"

#include <string.h>

struct parser {
	struct lexer lexer;
	struct token now; /* the token to look at */
	struct arena *arena;
	struct regex **regexes;
	struct err *e;
	int depth;
};

static int parse_or(struct parser *p, struct expr **out);
static int parse_sum(struct parser *p, struct expr **out);

static int advance(struct parser *p)
{
	return lex_next(&p->lexer, &p->now, p->e);
}

static bool at(const struct parser *p, const char *text)
{
	return (p->now.kind == TOKEN_WORD || p->now.kind == TOKEN_SYMBOL) &&
	       str_eq(p->now.text, str_of(text));
}

static int expected(struct parser *p, const char *what)
{
	if (p->now.kind == TOKEN_END)
		return err_at(p->e, ERR_SYNTAX, p->now.pos,
			      "the expression ends here; expected %s", what);
	return err_at(p->e, ERR_SYNTAX, p->now.pos,
		      "'" STR_FMT "' does not belong here; expected %s",
		      STR_ARG(str_slice(p->now.text, 0, 40)), what);
}

static int take(struct parser *p, const char *symbol, const char *what)
{
	return at(p, symbol) ? advance(p) : expected(p, what);
}

static struct expr *new_node(struct parser *p, enum expr_kind kind, size_t pos)
{
	struct expr *n = arena_alloc(p->arena, sizeof(*n));

	n->kind = kind;
	n->pos = pos;
	n->zone = EXPR_NO_ZONE;
	return n;
}

/* The node ends where the token to look at begins. */
static void finish(struct parser *p, struct expr *n)
{
	struct str text = str_slice(p->lexer.in, n->pos, p->now.pos);

	n->len = text.len;
	while (n->len && strchr(" \t\r\n", text.ptr[n->len - 1]))
		n->len--;
	if (!n->text.ptr)
		n->text = str_slice(text, 0, n->len);
}

/* A node that takes `left` as its first argument. */
static struct expr *wrap(struct parser *p, enum expr_kind kind,
			 struct expr *left)
{
	struct expr *n = new_node(p, kind, left->pos);

	n->arg[0] = left;
	return n;
}

static bool is_currency(struct str s)
{
	if (s.len != 3 || str_eq(s, STR("AND")))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return true;
}

/* A literal: its text only; check.c knows what type the place wants. */
static int parse_literal(struct parser *p, struct expr **out)
{
	struct expr *n = new_node(p, EXPR_LITERAL, p->now.pos);
	bool minus = at(p, "-"), number;
	int rc = 0;

	if (minus)
		rc = advance(p);
	if (rc)
		return rc;
	number = p->now.kind == TOKEN_NUMBER;
	if (minus && !number && p->now.kind != TOKEN_DURATION)
		return expected(p, "a number or a duration");
	n->text = str_slice(p->lexer.in, n->pos, p->lexer.pos);
	n->quoted = p->now.kind == TOKEN_STRING;
	rc = advance(p);
	if (!rc && number && p->now.kind == TOKEN_WORD &&
	    is_currency(p->now.text)) {
		n->text = str_slice(p->lexer.in, n->pos, p->lexer.pos);
		rc = advance(p);
	}
	finish(p, n);
	*out = n;
	return rc;
}

static bool at_literal(const struct parser *p)
{
	return p->now.kind == TOKEN_NUMBER || p->now.kind == TOKEN_DURATION ||
	       p->now.kind == TOKEN_DATE || p->now.kind == TOKEN_TIME ||
	       p->now.kind == TOKEN_STRING || at(p, "-");
}

/* [A, B, C] */
static int parse_list(struct parser *p, struct expr **out)
{
	struct expr *n = new_node(p, EXPR_LIST, p->now.pos);
	struct expr **tail = &n->child;
	int rc = take(p, "[", "a list, as [LHR, VIE], or a named list");

	while (!rc) {
		if (!at_literal(p) && p->now.kind != TOKEN_WORD)
			return expected(p, "a literal");
		rc = parse_literal(p, tail);
		if (rc)
			return rc;
		tail = &(*tail)->next;
		if (!at(p, ","))
			break;
		rc = advance(p);
	}
	if (!rc)
		rc = take(p, "]", "',' or ']'");
	finish(p, n);
	*out = n;
	return rc;
}

static const struct call {
	const char *name;
	enum expr_kind kind;
	uint8_t min, max; /* arguments */
	const char *shape;
} calls[] = {
	{ "any", EXPR_ANY, 2, 2, "any(collection, condition)" },
	{ "all", EXPR_ALL, 2, 2, "all(collection, condition)" },
	{ "none", EXPR_NONE, 2, 2, "none(collection, condition)" },
	{ "count", EXPR_COUNT, 1, 2, "count(collection, condition)" },
	{ "sum", EXPR_SUM, 2, 2, "sum(collection, value)" },
	{ "min", EXPR_MIN, 2, 2, "min(collection, value)" },
	{ "max", EXPR_MAX, 2, 2, "max(collection, value)" },
	{ "country", EXPR_COUNTRY, 1, 1, "country(airport)" },
};

/* `name` has been read and "(" is the token to look at. */
static int parse_call(struct parser *p, const struct expr *name,
		      struct expr **out)
{
	const struct call *c = calls;
	const struct call *end = calls + ARRAY_SIZE(calls);
	struct expr *n;
	uint8_t nr = 0;
	int rc;

	while (c < end && !str_eq(name->text, str_of(c->name)))
		c++;
	if (c == end)
		return err_at(p->e, ERR_VALUE, name->pos,
			      "there is no function '" STR_FMT "'; there are "
			      "any, all, none, count, sum, min, max, country",
			      STR_ARG(str_slice(name->text, 0, 40)));
	n = new_node(p, c->kind, name->pos);
	do {
		if (nr == c->max)
			return expected(p, c->shape);
		rc = advance(p); /* "(" or "," */
		if (!rc)
			rc = parse_or(p, &n->arg[nr++]);
		if (rc)
			return rc;
	} while (at(p, ","));
	if (nr < c->min)
		return expected(p, c->shape);
	rc = take(p, ")", "')'");
	finish(p, n);
	*out = n;
	return rc;
}

static bool is_keyword(struct str s)
{
	static const char *const word[] = { "and",	   "or",
					    "not",	   "in",
					    "between",	   "contains",
					    "starts_with", "matches" };

	for (size_t i = 0; i < ARRAY_SIZE(word); i++)
		if (str_eq(s, str_of(word[i])))
			return true;
	return false;
}

static int parse_primary(struct parser *p, struct expr **out)
{
	struct expr *n;
	int rc;

	if (at(p, "(")) {
		rc = advance(p);
		if (!rc)
			rc = parse_or(p, out);
		return rc ? rc : take(p, ")", "')'");
	}
	if (at_literal(p))
		return parse_literal(p, out);
	if (p->now.kind != TOKEN_WORD || is_keyword(p->now.text))
		return expected(p, "a name, a literal or '('");
	n = new_node(p, EXPR_NAME, p->now.pos);
	n->text = p->now.text;
	n->len = p->now.text.len;
	rc = advance(p);
	if (!rc && at(p, "("))
		return parse_call(p, n, out);
	*out = n;
	return rc;
}

static int parse_sum(struct parser *p, struct expr **out)
{
	int rc = parse_primary(p, out);

	while (!rc && (at(p, "+") || at(p, "-"))) {
		struct expr *n =
			wrap(p, at(p, "+") ? EXPR_ADD : EXPR_SUB, *out);

		rc = advance(p);
		if (!rc)
			rc = parse_primary(p, &n->arg[1]);
		if (!rc)
			finish(p, n);
		*out = n;
	}
	return rc;
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
	return advance(p);
}

static int parse_between(struct parser *p, struct expr *n)
{
	int rc = advance(p);

	if (!rc)
		rc = parse_sum(p, &n->arg[1]);
	if (!rc)
		rc = take(p, "and", "'and' and the upper end of the range");
	return rc ? rc : parse_sum(p, &n->arg[2]);
}

/* What stands behind `in`: a list, or the name of one. */
static int parse_in(struct parser *p, struct expr *n)
{
	int rc = advance(p);

	if (rc)
		return rc;
	if (p->now.kind != TOKEN_WORD)
		return parse_list(p, &n->arg[1]);
	return parse_primary(p, &n->arg[1]);
}

static int parse_operand(struct parser *p, struct expr *n)
{
	int rc = advance(p);

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
	{ "matches", EXPR_MATCHES, CMP_EQ, parse_matches },
};

static const struct relation *at_relation(const struct parser *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(relations); i++)
		if (at(p, relations[i].word))
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
	negated = at(p, "not");
	if (negated) { /* only `not in` goes on like this */
		not_pos = p->now.pos;
		rc = advance(p);
		if (!rc && !at(p, "in"))
			return expected(p, "'in' after 'not'");
	}
	r = rc ? NULL : at_relation(p);
	if (!r)
		return rc;
	n = wrap(p, r->kind, left);
	n->cmp = r->cmp;
	rc = r->rest(p, n);
	if (rc)
		return rc;
	finish(p, n);
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
	if (at(p, "not")) {
		n = new_node(p, EXPR_NOT, p->now.pos);
		rc = advance(p);
		if (!rc)
			rc = parse_not(p, &n->arg[0]);
		if (!rc)
			finish(p, n);
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

	while (!rc && at(p, "and")) {
		struct expr *n = wrap(p, EXPR_AND, *out);

		rc = advance(p);
		if (!rc)
			rc = parse_not(p, &n->arg[1]);
		if (!rc)
			finish(p, n);
		*out = n;
	}
	return rc;
}

static int parse_or(struct parser *p, struct expr **out)
{
	int rc = parse_and(p, out);

	while (!rc && at(p, "or")) {
		struct expr *n = wrap(p, EXPR_OR, *out);

		rc = advance(p);
		if (!rc)
			rc = parse_and(p, &n->arg[1]);
		if (!rc)
			finish(p, n);
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
	rc = advance(p);
	if (!rc)
		rc = parse(p, &n);
	if (!rc && p->now.kind != TOKEN_END)
		rc = expected(p, "and, or, an operator or the end");
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
	if (at(p, "["))
		return parse_list(p, out);
	if (!at_literal(p) && p->now.kind != TOKEN_WORD)
		return expected(p, "a literal or a list");
	return parse_literal(p, out);
}

int expr_parse_constant(struct expr **out, struct arena *a, struct str text,
			struct err *e)
{
	struct parser p = { .lexer = { text, 0 }, .arena = a, .e = e };

	return parse_all(&p, out, parse_constant);
}
