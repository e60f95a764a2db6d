#include "rules/eval.h"

#include "rules/trace.h"

void eval_start(struct eval *v, const struct rules_context *c,
		const struct subject *s, struct regex_scratch *regex)
{
	v->context = c;
	v->subject = s;
	v->regex = regex;
	v->trace = NULL;
	v->nr_elements = 0;
	v->trip.read = false;
	for (size_t i = 0; i < EVAL_MAX_DERIVED; i++)
		v->has_derived[i] = false;
}

/* The record a path begins at, or NULL when there is none. */
static const void *base_of(const struct eval *v, const struct expr *n)
{
	switch (n->base) {
	case BASE_MESSAGE:
		return v->subject->message;
	case BASE_FLIGHT:
		return v->subject->flight;
	case BASE_BOOKING:
		return v->subject->booking;
	case BASE_TRAVELLER:
		return v->subject->traveller;
	case BASE_ELEMENT:
		return v->element[n->depth];
	case BASE_TRIP:
	case BASE_PAST:
	case BASE_OTHERS:
		break;
	}
	return NULL;
}

static struct value read_derived(struct eval *v, const struct expr *n)
{
	size_t slot = (size_t)(n->derived - derived_table);
	struct derived_input in = { v->context, v->subject, base_of(v, n),
				    &v->trip };
	struct value out = VALUE_UNKNOWN(n->type);

	if (n->base == BASE_ELEMENT) { /* a stop's, another traveller's */
		n->derived->compute(&out, &in);
		return out;
	}
	if (!v->has_derived[slot]) {
		n->derived->compute(&out, &in);
		v->derived[slot] = out;
		v->has_derived[slot] = true;
	}
	return v->derived[slot];
}

static struct value read_number(enum type t, const struct number *n)
{
	return n->set ? value_exact(t, n->v) : VALUE_UNKNOWN(t);
}

static struct value read_money(const struct money *m)
{
	struct value v = VALUE_UNKNOWN(TYPE_MONEY);

	if (m->set && m->currency.ptr) {
		v = value_exact(TYPE_MONEY, m->milli);
		v.text = m->currency;
	}
	return v;
}

static struct value read_flag(enum flag f)
{
	if (f == FLAG_UNSET)
		return VALUE_UNKNOWN(TYPE_BOOL);
	return value_bool(tri_of(f == FLAG_YES));
}

static struct value read_member(struct eval *v, const struct expr *n,
				const char *base)
{
	const void *at = base + n->offset;

	switch (n->field->type) {
	case FIELD_INT:
		return read_number(TYPE_INT, at);
	case FIELD_DECIMAL:
		return read_number(TYPE_DECIMAL, at);
	case FIELD_MONEY:
		return read_money(at);
	case FIELD_BOOL:
		return read_flag(*(const enum flag *)at);
	case FIELD_DATE:
		return value_date(*(const struct date *)at);
	case FIELD_UTC:
		return value_time(*(const struct moment *)at, 0, false);
	case FIELD_LOCAL:
		return local_time(v->context,
				  *(const struct str *)(base + n->zone),
				  *(const struct moment *)at);
	default:
		return value_text(n->type, *(const struct str *)at);
	}
}

static struct value read_field(struct eval *v, const struct expr *n)
{
	struct value out = VALUE_UNKNOWN(n->type);
	const char *base = base_of(v, n);

	if (n->derived)
		out = read_derived(v, n);
	else if (base)
		out = read_member(v, n, base);
	if (v->trace)
		trace_add(v->trace, v, n, &out);
	return out;
}

static struct value read_country(struct eval *v, const struct expr *n)
{
	struct value airport = eval_value(v, n->arg[0]);

	if (!airport.known)
		return VALUE_UNKNOWN(TYPE_COUNTRY);
	return value_text(TYPE_COUNTRY, reference_country(v->context->reference,
							  airport.text));
}

static struct value read_sum(struct eval *v, const struct expr *n)
{
	struct value a = eval_value(v, n->arg[0]);
	struct value b = eval_value(v, n->arg[1]);

	switch (n->kind) {
	case EXPR_ADD:
		return value_add(n->type, &a, &b);
	case EXPR_SUB:
		return value_sub(n->type, &a, &b);
	case EXPR_MUL:
		return value_mul(n->type, &a, &b);
	default:
		return value_div(n->type, &a, &b);
	}
}

struct value eval_value(struct eval *v, const struct expr *n)
{
	switch (n->kind) {
	case EXPR_LITERAL:
		return n->value;
	case EXPR_FIELD:
		return read_field(v, n);
	case EXPR_NOW:
		return value_time(v->subject->screened_at, 0, false);
	case EXPR_TO_DECIMAL:
		return value_to_decimal(eval_value(v, n->arg[0]));
	case EXPR_TO_DATE:
		return value_to_date(eval_value(v, n->arg[0]));
	case EXPR_ADD:
	case EXPR_SUB:
	case EXPR_MUL:
	case EXPR_DIV:
		return read_sum(v, n);
	case EXPR_ABS:
		return value_abs(eval_value(v, n->arg[0]));
	case EXPR_COUNTRY:
		return read_country(v, n);
	case EXPR_COUNT:
	case EXPR_SUM:
	case EXPR_MIN:
	case EXPR_MAX:
	case EXPR_AVG:
	case EXPR_DISTINCT:
		return eval_aggregate(v, n);
	default:
		return value_bool(eval_bool(v, n));
	}
}

bool eval_is_against_literals(const struct expr *n)
{
	switch (n->kind) {
	case EXPR_COMPARE:
		return n->arg[1]->kind == EXPR_LITERAL;
	case EXPR_IN:
		return true;
	case EXPR_BETWEEN:
		return n->arg[1]->kind == EXPR_LITERAL &&
		       n->arg[2]->kind == EXPR_LITERAL;
	default:
		return false;
	}
}

enum tri eval_against(const struct expr *n, const struct value *a)
{
	enum tri t = TRI_FALSE;

	switch (n->kind) {
	case EXPR_IN:
		for (const struct expr *k = n->arg[1]->child; k; k = k->next)
			t = tri_or(t, value_compare(CMP_EQ, a, &k->value));
		return t;
	case EXPR_BETWEEN:
		return tri_and(value_compare(CMP_GE, a, &n->arg[1]->value),
			       value_compare(CMP_LE, a, &n->arg[2]->value));
	default:
		return value_compare(n->cmp, a, &n->arg[1]->value);
	}
}

static enum tri eval_in(struct eval *v, const struct expr *n)
{
	struct value a = eval_value(v, n->arg[0]);

	return eval_against(n, &a);
}

static enum tri eval_between(struct eval *v, const struct expr *n)
{
	struct value a = eval_value(v, n->arg[0]);
	struct value low = eval_value(v, n->arg[1]);
	struct value high = eval_value(v, n->arg[2]);

	return tri_and(value_compare(CMP_GE, &a, &low),
		       value_compare(CMP_LE, &a, &high));
}

/* contains, starts_with, ends_with; an empty part is not known to be in anything. */
static enum tri eval_part(struct eval *v, const struct expr *n)
{
	struct value a = eval_value(v, n->arg[0]);
	struct value part = eval_value(v, n->arg[1]);

	if (!a.known || !part.known || !part.text.len)
		return TRI_UNKNOWN;
	if (n->kind == EXPR_STARTS_WITH)
		return tri_of(str_starts(a.text, part.text));
	if (n->kind == EXPR_ENDS_WITH)
		return tri_of(str_ends(a.text, part.text));
	return tri_of(str_find(a.text, part.text) >= 0);
}

static enum tri eval_matches(struct eval *v, const struct expr *n)
{
	struct value a = eval_value(v, n->arg[0]);

	return a.known ? regex_match(n->regex, v->regex, a.text) : TRI_UNKNOWN;
}

static enum tri eval_compare(struct eval *v, const struct expr *n)
{
	struct value a = eval_value(v, n->arg[0]);
	struct value b = eval_value(v, n->arg[1]);

	return value_compare(n->cmp, &a, &b);
}

/* The one question whose answer is never unknown. */
static bool is_known(struct eval *v, const struct expr *n)
{
	if (n->kind == EXPR_COLLECTION)
		return eval_collection_known(v, n);
	return eval_value(v, n).known;
}

static enum tri truth_of(struct value v)
{
	return v.known ? v.truth : TRI_UNKNOWN;
}

enum tri eval_bool(struct eval *v, const struct expr *n)
{
	enum tri t;

	switch (n->kind) {
	case EXPR_AND:
		t = eval_bool(v, n->arg[0]);
		return t == TRI_FALSE ? t : tri_and(t, eval_bool(v, n->arg[1]));
	case EXPR_OR:
		t = eval_bool(v, n->arg[0]);
		return t == TRI_TRUE ? t : tri_or(t, eval_bool(v, n->arg[1]));
	case EXPR_NOT:
		return tri_not(eval_bool(v, n->arg[0]));
	case EXPR_COMPARE:
		return eval_compare(v, n);
	case EXPR_IN:
		return eval_in(v, n);
	case EXPR_BETWEEN:
		return eval_between(v, n);
	case EXPR_CONTAINS:
	case EXPR_STARTS_WITH:
	case EXPR_ENDS_WITH:
		return eval_part(v, n);
	case EXPR_MATCHES:
		return eval_matches(v, n);
	case EXPR_ANY:
	case EXPR_ALL:
	case EXPR_NONE:
		return eval_quantifier(v, n);
	case EXPR_KNOWN:
		return tri_of(is_known(v, n->arg[0]));
	default: /* a bool field, a bool literal beside == */
		return truth_of(eval_value(v, n));
	}
}
