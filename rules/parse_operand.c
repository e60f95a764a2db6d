/*
 * parse_operand.c - tokens, literals, lists, calls: the leaves of the grammar
 */
#include "rules/name.h"
#include "rules/parse_state.h"

#include <string.h>

int parse_advance(struct parser *p)
{
	return lex_next(&p->lexer, &p->now, p->e);
}

bool parse_at(const struct parser *p, const char *text)
{
	return (p->now.kind == TOKEN_WORD || p->now.kind == TOKEN_SYMBOL) &&
	       str_eq(p->now.text, str_of(text));
}

int parse_expected(struct parser *p, const char *what)
{
	if (p->now.kind == TOKEN_END)
		return err_at(p->e, ERR_SYNTAX, p->now.pos,
			      "the expression ends here; expected %s", what);
	return err_at(p->e, ERR_SYNTAX, p->now.pos,
		      "'" STR_FMT "' does not belong here; expected %s",
		      STR_ARG(str_slice(p->now.text, 0, 40)), what);
}

int parse_take(struct parser *p, const char *symbol, const char *what)
{
	return parse_at(p, symbol) ? parse_advance(p) : parse_expected(p, what);
}

struct expr *parse_node(struct parser *p, enum expr_kind kind, size_t pos)
{
	struct expr *n = arena_alloc(p->arena, sizeof(*n));

	n->kind = kind;
	n->pos = pos;
	n->zone = EXPR_NO_ZONE;
	return n;
}

/* The node ends where the token to look at begins. */
void parse_finish(struct parser *p, struct expr *n)
{
	struct str text = str_slice(p->lexer.in, n->pos, p->now.pos);

	n->len = text.len;
	while (n->len && strchr(" \t\r\n", text.ptr[n->len - 1]))
		n->len--;
	if (!n->text.ptr)
		n->text = str_slice(text, 0, n->len);
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
int parse_literal(struct parser *p, struct expr **out)
{
	struct expr *n = parse_node(p, EXPR_LITERAL, p->now.pos);
	bool minus = parse_at(p, "-"), number;
	int rc = 0;

	if (minus)
		rc = parse_advance(p);
	if (rc)
		return rc;
	number = p->now.kind == TOKEN_NUMBER;
	if (minus && !number && p->now.kind != TOKEN_DURATION)
		return parse_expected(p, "a number or a duration");
	n->text = str_slice(p->lexer.in, n->pos, p->lexer.pos);
	n->quoted = p->now.kind == TOKEN_STRING;
	rc = parse_advance(p);
	if (!rc && number && p->now.kind == TOKEN_WORD &&
	    is_currency(p->now.text)) {
		n->text = str_slice(p->lexer.in, n->pos, p->lexer.pos);
		rc = parse_advance(p);
	}
	parse_finish(p, n);
	*out = n;
	return rc;
}

bool parse_at_literal(const struct parser *p)
{
	return p->now.kind == TOKEN_NUMBER || p->now.kind == TOKEN_DURATION ||
	       p->now.kind == TOKEN_DATE || p->now.kind == TOKEN_TIME ||
	       p->now.kind == TOKEN_STRING || parse_at(p, "-");
}

/* [A, B, C] */
int parse_list(struct parser *p, struct expr **out)
{
	struct expr *n = parse_node(p, EXPR_LIST, p->now.pos);
	struct expr **tail = &n->child;
	int rc = parse_take(p, "[", "a list, as [LHR, VIE], or a named list");

	while (!rc) {
		if (!parse_at_literal(p) && p->now.kind != TOKEN_WORD)
			return parse_expected(p, "a literal");
		rc = parse_literal(p, tail);
		if (rc)
			return rc;
		tail = &(*tail)->next;
		if (!parse_at(p, ","))
			break;
		rc = parse_advance(p);
	}
	if (!rc)
		rc = parse_take(p, "]", "',' or ']'");
	parse_finish(p, n);
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
	{ "avg", EXPR_AVG, 2, 2, "avg(collection, value)" },
	{ "distinct", EXPR_DISTINCT, 2, 2, "distinct(collection, value)" },
	{ "country", EXPR_COUNTRY, 1, 1, "country(airport)" },
	{ "known", EXPR_KNOWN, 1, 1, "known(value)" },
	{ "abs", EXPR_ABS, 1, 1, "abs(value)" },
};

static int no_such_function(struct parser *p, const struct expr *name)
{
	struct nearest near = { .word = name->text };
	struct str shown = str_slice(name->text, 0, 40);

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		nearest_try(&near, str_of(calls[i].name));
	if (near.best.ptr)
		return err_at(p->e, ERR_VALUE, name->pos,
			      "there is no function '" STR_FMT "'; did you "
			      "mean '" STR_FMT "'?",
			      STR_ARG(shown), STR_ARG(near.best));
	return err_at(p->e, ERR_VALUE, name->pos,
		      "there is no function '" STR_FMT "'; there are any, "
		      "all, none, count, sum, min, max, avg, distinct, "
		      "country, known, abs",
		      STR_ARG(shown));
}

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
		return no_such_function(p, name);
	n = parse_node(p, c->kind, name->pos);
	do {
		if (nr == c->max)
			return parse_expected(p, c->shape);
		rc = parse_advance(p); /* "(" or "," */
		if (!rc)
			rc = parse_or(p, &n->arg[nr++]);
		if (rc)
			return rc;
	} while (parse_at(p, ","));
	if (nr < c->min)
		return parse_expected(p, c->shape);
	rc = parse_take(p, ")", "')'");
	parse_finish(p, n);
	*out = n;
	return rc;
}

static bool is_keyword(struct str s)
{
	static const char *const word[] = {
		"and",	    "or",	   "not",	"in",	  "between",
		"contains", "starts_with", "ends_with", "matches"
	};

	for (size_t i = 0; i < ARRAY_SIZE(word); i++)
		if (str_eq(s, str_of(word[i])))
			return true;
	return false;
}

int parse_primary(struct parser *p, struct expr **out)
{
	struct expr *n;
	int rc;

	if (parse_at(p, "(")) {
		rc = parse_advance(p);
		if (!rc)
			rc = parse_or(p, out);
		return rc ? rc : parse_take(p, ")", "')'");
	}
	if (parse_at_literal(p))
		return parse_literal(p, out);
	if (p->now.kind != TOKEN_WORD || is_keyword(p->now.text))
		return parse_expected(p, "a name, a literal or '('");
	n = parse_node(p, EXPR_NAME, p->now.pos);
	n->text = p->now.text;
	n->len = p->now.text.len;
	rc = parse_advance(p);
	if (!rc && parse_at(p, "("))
		return parse_call(p, n, out);
	*out = n;
	return rc;
}
