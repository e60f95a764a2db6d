/*
 * aggregate.c - any, all, none, count, sum, min, max, avg, distinct
 */
#include "rules/eval.h"
#include "rules/trace.h"

/* A collection as found in the subject. */
struct found {
	bool known;
	uint32_t nr;
	const char *items;			 /* records in a row, or ... */
	const struct traveller *const *pointers; /* ... the co-travellers */
	size_t size;
};

/* trip.stops */
static struct found find_stops(struct eval *v)
{
	const struct trip *t =
		trip_once(&v->trip, v->context, v->subject->booking);

	return (struct found){ .known = t->known,
			       .nr = t->nr_stops,
			       .items = (const char *)t->stop,
			       .size = sizeof(t->stop[0]) };
}

/* traveller.comparisons; of the others of the booking nobody knows */
static struct found find_comparisons(const struct subject *s, const void *whose)
{
	return (struct found){ .known = s->nr_comparisons &&
					whose == s->traveller,
			       .nr = s->nr_comparisons,
			       .items = (const char *)s->comparison,
			       .size = sizeof(s->comparison[0]) };
}

static struct found find(struct eval *v, const struct expr *n)
{
	const struct subject *s = v->subject;
	struct found f = { 0 };
	const char *base = NULL;

	switch (n->base) {
	case BASE_OTHERS:
		f.known = s->booking != NULL;
		f.nr = s->nr_co_travellers;
		f.pointers = s->co_traveller;
		return f;
	case BASE_MESSAGE:
		base = (const char *)s->message;
		break;
	case BASE_FLIGHT:
		base = (const char *)s->flight;
		break;
	case BASE_BOOKING:
		base = (const char *)s->booking;
		break;
	case BASE_TRAVELLER:
		base = (const char *)s->traveller;
		break;
	case BASE_ELEMENT:
		base = v->element[n->depth];
		break;
	case BASE_TRIP:
		return find_stops(v);
	case BASE_PAST: /* has numbers alone */
		return f;
	}
	if (!base)
		return f;
	if (n->field->derived)
		return find_comparisons(s, base);
	base += n->offset - n->field->offset; /* the record that holds it */
	f.known = *(const bool *)(base + n->field->known_offset);
	f.nr = *(const uint32_t *)(base + n->field->nr_offset);
	f.items = *(const char *const *)(base + n->field->offset);
	f.size = n->field->child_size;
	return f;
}

/* Step into element `i`; leave() steps out again. */
static void enter(struct eval *v, const struct expr *collection,
		  const struct found *f, uint32_t i)
{
	v->element[v->nr_elements] = f->pointers ? (const void *)f->pointers[i]
						 : f->items + i * f->size;
	v->index[v->nr_elements] = i;
	v->collection[v->nr_elements] = collection;
	v->nr_elements++;
}

static void leave(struct eval *v)
{
	v->nr_elements--;
}

static enum tri body_of(struct eval *v, const struct expr *n,
			const struct found *f, uint32_t i)
{
	enum tri t;

	enter(v, n->arg[0], f, i);
	t = eval_bool(v, n->arg[1]);
	leave(v);
	return t;
}

void eval_elements(struct eval *v, const struct expr *collection,
		   void (*each)(struct eval *v, void *arg), void *arg)
{
	struct found f = find(v, collection);

	for (uint32_t i = 0; f.known && i < f.nr; i++) {
		enter(v, collection, &f, i);
		each(v, arg);
		leave(v);
	}
}

/* Note how many elements there are, or that this is not known. */
static void trace_size(struct eval *v, const struct expr *collection,
		       const struct found *f)
{
	struct value nr = f->known ? value_exact(TYPE_INT, f->nr)
				   : VALUE_UNKNOWN(TYPE_INT);

	if (v->trace)
		trace_add(v->trace, v, collection, &nr);
}

bool eval_collection_known(struct eval *v, const struct expr *collection)
{
	struct found f = find(v, collection);

	trace_size(v, collection, &f);
	return f.known;
}

/*
 * any() is the `or` and all() the `and` of the bodies. Only the element that
 * decided is traced: the others are not what met the condition.
 */
enum tri eval_quantifier(struct eval *v, const struct expr *n)
{
	enum tri decides = n->kind == EXPR_ALL ? TRI_FALSE : TRI_TRUE;
	enum tri result = tri_not(decides);
	struct found f = find(v, n->arg[0]);
	struct trace *trace = v->trace;

	trace_size(v, n->arg[0], &f);
	if (!f.known)
		return TRI_UNKNOWN;
	for (uint32_t i = 0; i < f.nr; i++) {
		enum tri t;

		v->trace = NULL;
		t = body_of(v, n, &f, i);
		v->trace = trace;
		if (t == decides) {
			if (trace)
				body_of(v, n, &f, i);
			result = decides;
			break;
		}
		if (t == TRI_UNKNOWN)
			result = TRI_UNKNOWN;
	}
	return n->kind == EXPR_NONE ? tri_not(result) : result;
}

/* Bodies that are true, up to those that may be. */
static struct value count(struct eval *v, const struct expr *n,
			  const struct found *f)
{
	struct value out = value_exact(TYPE_INT, f->nr);

	if (!n->arg[1])
		return out;
	out.lo = out.hi = 0;
	for (uint32_t i = 0; i < f->nr; i++) {
		enum tri t = body_of(v, n, f, i);

		out.lo += t == TRI_TRUE;
		out.hi += t != TRI_FALSE;
	}
	return out;
}

static void keep_least(struct value *out, const struct value *x)
{
	out->lo = x->lo < out->lo ? x->lo : out->lo;
	out->hi = x->hi < out->hi ? x->hi : out->hi;
}

static void keep_most(struct value *out, const struct value *x)
{
	out->lo = x->lo > out->lo ? x->lo : out->lo;
	out->hi = x->hi > out->hi ? x->hi : out->hi;
}

/*
 * sum, min, max, avg. One unknown element makes the result unknown, and so do
 * two currencies; the sum of nothing is 0, all else of it is unknown.
 */
static struct value fold(struct eval *v, const struct expr *n,
			 const struct found *f)
{
	enum type t = n->arg[1]->type;
	struct value nr = value_exact(TYPE_INT, f->nr);
	struct value out = VALUE_UNKNOWN(n->type);

	if (!f->nr && n->kind == EXPR_SUM && t != TYPE_MONEY)
		return value_exact(t, 0);
	for (uint32_t i = 0; i < f->nr; i++) {
		struct value x;

		enter(v, n->arg[0], f, i);
		x = eval_value(v, n->arg[1]);
		leave(v);
		if (!x.known ||
		    (i && t == TYPE_MONEY && !str_eq(x.text, out.text)))
			return VALUE_UNKNOWN(n->type);
		if (!i)
			out = x;
		else if (n->kind == EXPR_SUM || n->kind == EXPR_AVG)
			out = value_add(t, &out, &x);
		else if (n->kind == EXPR_MIN)
			keep_least(&out, &x);
		else
			keep_most(&out, &x);
		if (!out.known)
			break;
	}
	return n->kind == EXPR_AVG ? value_div(n->type, &out, &nr) : out;
}

/* Is one of the `nr` values the same? Of partly known ones nobody knows. */
static bool is_among(const struct value *x, const struct value *one,
		     uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		if (value_compare(CMP_EQ, x, &one[i]) == TRI_TRUE)
			return true;
	return false;
}

/*
 * How many values there are, each once. What is not known, or known in part,
 * may be one more or none; but it is something.
 */
static struct value distinct(struct eval *v, const struct expr *n,
			     const struct found *f)
{
	struct value one[EVAL_MAX_DISTINCT];
	uint32_t nr = 0, nr_vague = 0;
	struct value out;

	if (f->nr > EVAL_MAX_DISTINCT)
		return VALUE_UNKNOWN(TYPE_INT);
	for (uint32_t i = 0; i < f->nr; i++) {
		struct value x;

		enter(v, n->arg[0], f, i);
		x = eval_value(v, n->arg[1]);
		leave(v);
		if (value_compare(CMP_EQ, &x, &x) != TRI_TRUE)
			nr_vague++;
		else if (!is_among(&x, one, nr))
			one[nr++] = x;
	}
	out = value_exact(TYPE_INT, nr);
	out.lo += !nr && nr_vague;
	out.hi += nr_vague;
	return out;
}

/* A collection that is known. */
static struct value aggregate(struct eval *v, const struct expr *n,
			      const struct found *f)
{
	if (n->kind == EXPR_COUNT)
		return count(v, n, f);
	return n->kind == EXPR_DISTINCT ? distinct(v, n, f) : fold(v, n, f);
}

struct value eval_aggregate(struct eval *v, const struct expr *n)
{
	struct found f = find(v, n->arg[0]);
	struct trace *trace = v->trace;
	struct value out;

	if (!f.known) {
		out = VALUE_UNKNOWN(n->type);
	} else {
		v->trace = NULL;
		out = aggregate(v, n, &f);
		v->trace = trace;
	}
	if (trace)
		trace_add(trace, v, n, &out);
	return out;
}
