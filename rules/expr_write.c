#include "rules/expr_write.h"

#include <string.h>

/* How tight a construct binds, loosest first. */
enum level {
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_NOT,
	LEVEL_RELATION,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_LEAF
};

/* How each kind is written: its level, and a word. */
static const struct form {
	enum level level;
	const char *word;
} forms[] = {
	[EXPR_AND] = { LEVEL_AND, "and" },
	[EXPR_OR] = { LEVEL_OR, "or" },
	[EXPR_NOT] = { LEVEL_NOT, "not" },
	[EXPR_COMPARE] = { LEVEL_RELATION, NULL },
	[EXPR_IN] = { LEVEL_RELATION, "in" },
	[EXPR_BETWEEN] = { LEVEL_RELATION, "between" },
	[EXPR_CONTAINS] = { LEVEL_RELATION, "contains" },
	[EXPR_STARTS_WITH] = { LEVEL_RELATION, "starts_with" },
	[EXPR_ENDS_WITH] = { LEVEL_RELATION, "ends_with" },
	[EXPR_MATCHES] = { LEVEL_RELATION, "matches" },
	[EXPR_ADD] = { LEVEL_SUM, "+" },
	[EXPR_SUB] = { LEVEL_SUM, "-" },
	[EXPR_MUL] = { LEVEL_PRODUCT, "*" },
	[EXPR_DIV] = { LEVEL_PRODUCT, "/" },
	[EXPR_ABS] = { LEVEL_LEAF, "abs" },
	[EXPR_KNOWN] = { LEVEL_LEAF, "known" },
	[EXPR_COUNTRY] = { LEVEL_LEAF, "country" },
	[EXPR_ANY] = { LEVEL_LEAF, "any" },
	[EXPR_ALL] = { LEVEL_LEAF, "all" },
	[EXPR_NONE] = { LEVEL_LEAF, "none" },
	[EXPR_COUNT] = { LEVEL_LEAF, "count" },
	[EXPR_SUM] = { LEVEL_LEAF, "sum" },
	[EXPR_MIN] = { LEVEL_LEAF, "min" },
	[EXPR_MAX] = { LEVEL_LEAF, "max" },
	[EXPR_AVG] = { LEVEL_LEAF, "avg" },
	[EXPR_DISTINCT] = { LEVEL_LEAF, "distinct" },
	[EXPR_LIST] = { LEVEL_LEAF, NULL },
	[EXPR_LITERAL] = { LEVEL_LEAF, NULL },
	[EXPR_NAME] = { LEVEL_LEAF, NULL },
	[EXPR_FIELD] = { LEVEL_LEAF, NULL },
	[EXPR_COLLECTION] = { LEVEL_LEAF, NULL },
	[EXPR_NOW] = { LEVEL_LEAF, NULL },
};

const char *compare_op_text(enum compare_op op)
{
	static const char *const text[] = {
		[CMP_EQ] = "==", [CMP_NE] = "!=", [CMP_LT] = "<",
		[CMP_LE] = "<=", [CMP_GT] = ">",  [CMP_GE] = ">=",
	};

	return text[op];
}

/* What the check put in is not written. */
static const struct expr *skip(const struct expr *n)
{
	while (n->kind == EXPR_TO_DECIMAL || n->kind == EXPR_TO_DATE)
		n = n->arg[0];
	return n;
}

static void write_at(struct buf *out, const struct expr *n, enum level least)
{
	bool open;

	n = skip(n);
	open = forms[n->kind].level < least;
	if (open)
		buf_byte(out, '(');
	expr_write(out, n);
	if (open)
		buf_byte(out, ')');
}

/* As read: between quotes, backslashes and all; after the check without. */
static void write_quoted(struct buf *out, const struct expr *n)
{
	bool raw = n->type == TYPE_NONE;
	struct str s = raw ? str_slice(n->text, 1, n->text.len - 1) : n->text;

	buf_byte(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (raw && s.ptr[i] == '\\' && i + 1 < s.len)
			i++;
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			buf_byte(out, '\\');
		buf_byte(out, s.ptr[i]);
	}
	buf_byte(out, '"');
}

/* -48h, 500 EUR: blanks as one, none behind the sign. */
static void write_literal(struct buf *out, const struct expr *n)
{
	struct str s = n->text;
	bool blank = false;

	if (n->quoted) {
		write_quoted(out, n);
		return;
	}
	if (str_starts(s, STR("-"))) {
		buf_byte(out, '-');
		s = str_trim(str_slice(s, 1, s.len));
	}
	for (size_t i = 0; i < s.len; i++) {
		bool is_blank = strchr(" \t\r\n", s.ptr[i]) != NULL;

		if (is_blank && !blank)
			buf_byte(out, ' ');
		if (!is_blank)
			buf_byte(out, s.ptr[i]);
		blank = is_blank;
	}
}

static void write_list(struct buf *out, const struct expr *n)
{
	buf_byte(out, '[');
	for (const struct expr *k = n->child; k; k = k->next) {
		write_literal(out, k);
		if (k->next)
			buf_z(out, ", ");
	}
	buf_byte(out, ']');
}

static void write_call(struct buf *out, const struct expr *n, const char *word)
{
	buf_fmt(out, "%s(", word);
	expr_write(out, n->arg[0]);
	if (n->arg[1]) {
		buf_z(out, ", ");
		expr_write(out, n->arg[1]);
	}
	buf_byte(out, ')');
}

/* a WORD b; of `between`, and c. */
static void write_relation(struct buf *out, const struct expr *n, bool negated)
{
	const char *word = forms[n->kind].word;

	write_at(out, n->arg[0], LEVEL_SUM);
	buf_fmt(out, " %s%s ", negated ? "not " : "",
		word ? word : compare_op_text(n->cmp));
	if (n->kind == EXPR_MATCHES)
		buf_str(out, n->text);
	else
		write_at(out, n->arg[1], LEVEL_SUM);
	if (n->kind == EXPR_BETWEEN) {
		buf_z(out, " and ");
		write_at(out, n->arg[2], LEVEL_SUM);
	}
}

/* `x not in y`, which is what `not x in y` is. */
static bool is_negated_relation(const struct expr *n)
{
	return n->kind == EXPR_NOT && n->arg[0]->kind >= EXPR_IN &&
	       n->arg[0]->kind <= EXPR_MATCHES;
}

static void write_pair(struct buf *out, const struct expr *n)
{
	enum level level = forms[n->kind].level;

	write_at(out, n->arg[0], level);
	buf_fmt(out, " %s ", forms[n->kind].word);
	write_at(out, n->arg[1], (enum level)(level + 1));
}

void expr_write(struct buf *out, const struct expr *n)
{
	n = skip(n);
	switch (n->kind) {
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_ADD:
	case EXPR_SUB:
	case EXPR_MUL:
	case EXPR_DIV:
		write_pair(out, n);
		break;
	case EXPR_NOT:
		if (is_negated_relation(n)) {
			write_relation(out, n->arg[0], true);
			break;
		}
		buf_z(out, "not ");
		write_at(out, n->arg[0], LEVEL_NOT);
		break;
	case EXPR_LIST:
		write_list(out, n);
		break;
	case EXPR_LITERAL:
		write_literal(out, n);
		break;
	case EXPR_NAME:
	case EXPR_FIELD:
	case EXPR_COLLECTION:
		buf_str(out, n->text);
		break;
	case EXPR_NOW:
		buf_z(out, "now");
		break;
	default:
		if (forms[n->kind].level == LEVEL_LEAF)
			write_call(out, n, forms[n->kind].word);
		else
			write_relation(out, n, false);
	}
}

/* The sides of a chain of `and`s or of `or`s, in order. */
static void write_chain(struct buf *out, const struct expr *n,
			enum expr_kind kind, int indent)
{
	const struct expr *left = n->arg[0];

	if (left->kind == kind)
		write_chain(out, left, kind, indent);
	else
		write_at(out, left, forms[kind].level);
	buf_fmt(out, "\n%*s%s ", indent, "", forms[kind].word);
	write_at(out, n->arg[1], (enum level)(forms[kind].level + 1));
}

void expr_write_lines(struct buf *out, const struct expr *n, int indent)
{
	if (n->kind == EXPR_AND || n->kind == EXPR_OR)
		write_chain(out, n, n->kind, indent);
	else
		expr_write(out, n);
}
