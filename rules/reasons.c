#include "rules/reasons.h"

#include "rules/canonical.h"
#include "rules/expr_write.h"
#include "rules/trace.h"

struct making {
	struct reasons *out;
	struct eval *eval;
	struct arena *arena;
	struct intern keys;
	struct buf text;
};

static struct reason *make(struct making *m, const struct expr *n);

static struct reason *part(struct making *m, enum reason_kind kind,
			   const struct expr *n)
{
	struct reason *r = arena_alloc(m->arena, sizeof(*r));

	r->kind = kind;
	r->expr = n;
	m->out->nr++;
	return r;
}

/* The predicate or value, and in which elements it was read. */
static uint32_t number_of(struct making *m, const struct expr *n)
{
	const struct eval *v = m->eval;

	buf_clear(&m->text);
	canonical_write(&m->text, n);
	for (uint8_t i = 0; i < v->nr_elements; i++) {
		canonical_write(&m->text, v->collection[i]);
		buf_add(&m->text, &v->index[i], sizeof(v->index[i]));
	}
	return intern_put(&m->keys, v->nr_elements, buf_view(&m->text));
}

/* "booking.legs[2].origin"; "booking.legs[2]: arrives - departs". */
static struct str path_of(struct making *m, const struct expr *n)
{
	const struct expr *f = n->kind == EXPR_TO_DATE ? n->arg[0] : n;
	char to[TRACE_MAX_PATH];

	if (f->kind == EXPR_FIELD)
		return arena_str(m->arena,
				 trace_path(to, sizeof(to), m->eval, f));
	buf_clear(&m->text);
	if (m->eval->nr_elements) {
		buf_str(&m->text, trace_element(to, sizeof(to), m->eval));
		buf_z(&m->text, ": ");
	}
	expr_write(&m->text, n);
	return arena_str(m->arena, buf_view(&m->text));
}

static uint32_t value_of(struct making *m, const struct expr *n, bool is_test)
{
	struct reasons *out = m->out;
	uint32_t nr = number_of(m, n);
	struct reason_value *v;

	if (nr < out->nr_values)
		return nr;
	v = arena_push(m->arena, &out->value, &out->nr_values, sizeof(*v));
	v->expr = n;
	v->is_test = is_test;
	v->key = arena_str(m->arena, buf_view(&m->text));
	v->value = is_test ? value_bool(eval_bool(m->eval, n))
			   : eval_value(m->eval, n);
	v->path = path_of(m, n);
	return nr;
}

static struct reason *make_test(struct making *m, const struct expr *n)
{
	bool literals = eval_is_against_literals(n);
	struct reason *r = part(m, REASON_TEST, n);
	const struct value *v;

	r->value = value_of(m, literals ? n->arg[0] : n, !literals);
	v = &m->out->value[r->value].value;
	if (literals)
		r->outcome = eval_against(n, v);
	else
		r->outcome = v->known ? v->truth : TRI_UNKNOWN;
	return r;
}

static struct reason *make_not(struct making *m, const struct expr *n,
			       struct reason *of)
{
	struct reason *r = part(m, REASON_NOT, n);

	r->child = of;
	r->outcome = tri_not(of->outcome);
	return r;
}

/* Put a child in front and let the outcome follow. */
static void add_child(struct reason *r, struct reason *child)
{
	child->next = r->child;
	r->child = child;
	r->outcome = r->kind == REASON_ALL ? tri_and(r->outcome, child->outcome)
					   : tri_or(r->outcome, child->outcome);
}

static struct reason *make_pair(struct making *m, const struct expr *n)
{
	bool all = n->kind == EXPR_AND;
	struct reason *r = part(m, all ? REASON_ALL : REASON_ANY, n);
	struct reason *left = make(m, n->arg[0]), *right = make(m, n->arg[1]);

	r->outcome = tri_of(all);
	add_child(r, right);
	add_child(r, left);
	return r;
}

struct elements {
	struct making *making;
	struct reason *reason, **tail;
	const struct expr *body;
};

static void add_element(struct eval *v, void *arg)
{
	struct elements *e = arg;
	struct reason *r = e->reason, *child = make(e->making, e->body);

	(void)v;
	*e->tail = child;
	e->tail = &child->next;
	r->outcome = r->kind == REASON_ALL ? tri_and(r->outcome, child->outcome)
					   : tri_or(r->outcome, child->outcome);
}

/* One part for each element; without any, the whole is one test. */
static struct reason *make_quantifier(struct making *m, const struct expr *n)
{
	bool all = n->kind == EXPR_ALL;
	struct reason *r = part(m, all ? REASON_ALL : REASON_ANY, n);
	struct elements e = { m, r, &r->child, n->arg[1] };

	r->outcome = tri_of(all);
	eval_elements(m->eval, n->arg[0], add_element, &e);
	if (!r->child)
		return make_test(m, n);
	return n->kind == EXPR_NONE ? make_not(m, n, r) : r;
}

static struct reason *make(struct making *m, const struct expr *n)
{
	if (m->out->nr >= REASONS_MAX)
		return make_test(m, n);
	switch (n->kind) {
	case EXPR_AND:
	case EXPR_OR:
		return make_pair(m, n);
	case EXPR_NOT:
		return make_not(m, n, make(m, n->arg[0]));
	case EXPR_ANY:
	case EXPR_ALL:
	case EXPR_NONE:
		return make_quantifier(m, n);
	default:
		return make_test(m, n);
	}
}

static void add_clauses(struct making *m, const struct clause_list *l)
{
	for (uint32_t i = 0; i < l->nr; i++)
		m->out->clause[m->out->nr_clauses++] =
			(struct clause_reason){ &l->clause[i],
						make(m, l->clause[i].when) };
}

void reasons_make(struct reasons *out, const struct profile *p, struct eval *v,
		  struct arena *a)
{
	struct making m = {
		.out = out, .eval = v, .arena = a, .keys = { .arena = a }
	};

	*out = (struct reasons){ .profile = p };
	out->valid = profile_is_valid_at(p, v->subject->screened_at);
	add_clauses(&m, &p->incriminating);
	add_clauses(&m, &p->exonerating);
	if (p->scope.when) /* last: what it reads is changed last */
		out->scope = make(&m, p->scope.when);
	buf_release(&m.text);
}

void reason_each_deciding(const struct reason *r,
			  void (*each)(const struct reason *test, void *arg),
			  void *arg)
{
	bool one = (r->kind == REASON_ANY && r->outcome == TRI_TRUE) ||
		   (r->kind == REASON_ALL && r->outcome == TRI_FALSE);

	if (r->kind == REASON_TEST) {
		each(r, arg);
		return;
	}
	if (r->kind == REASON_NOT) {
		reason_each_deciding(r->child, each, arg);
		return;
	}
	for (const struct reason *c = r->child; c; c = c->next) {
		if (c->outcome != r->outcome)
			continue;
		reason_each_deciding(c, each, arg);
		if (one)
			return;
	}
}
