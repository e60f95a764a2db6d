/*
 * explain_text.c - an explanation in lines
 */
#include "rules/expr_write.h"
#include "tools/explain_print.h"

enum { MAX_TESTS = 12 }; /* of a clause; the rest is counted */

struct printing {
	struct buf *b;
	const struct explanation *x;
	uint32_t nr;
};

/* Bytes are counted from 0, as in diagnostics. */
static void write_sources(struct buf *b, const struct explanation *x,
			  const struct value_source *s)
{
	bool both = x->pnr.bytes.ptr && x->api.bytes.ptr;

	for (uint32_t i = 0; i < s->nr; i++) {
		const struct source_span *at = &s->span[i];
		struct explained_place p = explain_place(x, at);

		buf_fmt(b, "%s %s%s %zu-%zu '" STR_FMT "'",
			i ? "," : "            from",
			!both	  ? ""
			: at->api ? "API "
				  : "booking ",
			p.is_header ? "header" : "slice", p.byte,
			p.byte + at->at.len - 1, STR_ARG(p.text));
	}
	if (s->nr)
		buf_byte(b, '\n');
}

static void write_test(const struct reason *test, void *arg)
{
	struct printing *p = arg;
	const struct reason_value *v = &p->x->reasons->value[test->value];

	if (p->nr++ >= MAX_TESTS)
		return;
	buf_fmt(p->b, "        %-8s ", tri_name(test->outcome));
	expr_write(p->b, test->expr);
	buf_byte(p->b, '\n');
	if (!v->is_test || v->expr->kind == EXPR_FIELD) {
		buf_fmt(p->b, "          " STR_FMT " = ", STR_ARG(v->path));
		value_write(p->b, &v->value);
		buf_byte(p->b, '\n');
	}
	write_sources(p->b, p->x, &p->x->source[test->value]);
}

static void write_tests(struct printing *p, const struct reason *r)
{
	p->nr = 0;
	reason_each_deciding(r, write_test, p);
	if (p->nr > MAX_TESTS)
		buf_fmt(p->b, "        and %u more\n", p->nr - MAX_TESTS);
}

static void write_clause(struct printing *p, const struct clause_reason *c)
{
	const struct clause *k = c->clause;
	enum tri t = c->reason->outcome;

	buf_fmt(p->b, "%c %+5d  " STR_FMT ": %s\n", t == TRI_TRUE ? '>' : ' ',
		k->points, STR_ARG(k->id),
		t == TRI_UNKNOWN && k->points < 0 ? "not evaluable"
						  : tri_name(t));
	write_tests(p, c->reason);
}

static void write_clauses(struct printing *p)
{
	const struct reasons *r = p->x->reasons;
	int sign = 0;

	for (uint32_t i = 0; i < r->nr_clauses; i++) {
		int now = r->clause[i].clause->points > 0 ? 1 : -1;

		if (now != sign)
			buf_z(p->b, now > 0 ? "\nSpeaks against (> counts):\n"
					    : "\nSpeaks for (> counts):\n");
		sign = now;
		write_clause(p, &r->clause[i]);
	}
}

/* Which tests come out otherwise once the values are changed. */
static void write_turned(struct printing *p, const struct reason *r,
			 uint32_t value)
{
	enum tri then;

	for (const struct reason *c = r->child; c; c = c->next)
		write_turned(p, c, value);
	if (r->kind != REASON_TEST || r->value != value)
		return;
	then = change_outcome(p->x->change, p->x->reasons, r);
	if (then == r->outcome || p->nr++ >= MAX_TESTS)
		return;
	buf_z(p->b, "      then ");
	expr_write(p->b, r->expr);
	buf_fmt(p->b, " is %s\n", tri_name(then));
}

static void write_one_change(struct printing *p, const struct change *c)
{
	const struct reasons *r = p->x->reasons;
	const struct reason_value *v = &r->value[c->value];

	buf_fmt(p->b, "  " STR_FMT ": ", STR_ARG(v->path));
	value_write(p->b, &v->value);
	buf_z(p->b, " -> ");
	if (c->other)
		buf_z(p->b, "another");
	else
		value_write(p->b, &c->instead);
	buf_byte(p->b, '\n');
	p->nr = 0;
	if (r->scope)
		write_turned(p, r->scope, c->value);
	for (uint32_t i = 0; i < r->nr_clauses; i++)
		write_turned(p, r->clause[i].reason, c->value);
}

static void write_change(struct printing *p)
{
	const struct change_set *c = p->x->change;

	if (!p->x->reasons->valid) {
		buf_z(p->b, "\nNo change of values makes it a hit: the profile "
			    "or one of its lists does not hold on that day.\n");
		return;
	}
	if (!c->found) {
		buf_fmt(p->b,
			c->ended ? "\nMore than %d values would have to be "
				   "otherwise for another answer.\n"
				 : "\nNo change of up to %d values was found "
				   "that gives another answer; not all were "
				   "tried.\n",
			CHANGE_MAX);
		return;
	}
	buf_fmt(p->b, "\n%s, had %u value%s been otherwise:\n",
		c->hit ? "Not a hit" : "A hit", c->nr, c->nr == 1 ? "" : "s");
	for (uint32_t i = 0; i < c->nr; i++)
		write_one_change(p, &c->change[i]);
}

void explain_write_text(struct buf *b, const struct explanation *x)
{
	const struct reasons *r = x->reasons;
	const struct change_set *c = x->change;
	struct printing p = { .b = b, .x = x };
	bool runs = r->valid && (!r->scope || r->scope->outcome == TRI_TRUE);

	buf_fmt(b, STR_FMT " revision %lld, ", STR_ARG(r->profile->name),
		(long long)r->profile->revision);
	if (x->message)
		buf_fmt(b, "traveller %u of %s: ", x->traveller, x->message);
	else
		buf_fmt(b, "worked out again, hit %s %s stored: ", x->hit,
			x->identical ? "is as" : "DIFFERS from what is");
	buf_z(b, c->hit ? "a hit\n" : "no hit\n");
	buf_fmt(b,
		"%d points, %d needed; %u clauses against are true, %d "
		"needed%s\n",
		c->score, r->profile->threshold, c->nr_incriminating,
		PROFILE_MIN_INCRIMINATING,
		runs ? "" : "; but the profile does not run here");
	if (r->scope) {
		buf_fmt(b, "\nScope: %s\n", tri_name(r->scope->outcome));
		write_tests(&p, r->scope);
	}
	write_clauses(&p);
	write_change(&p);
}
