#include "rules/trace.h"

#include "rules/eval.h"

#include <string.h>

void trace_clear(struct trace *t)
{
	t->nr = t->nr_text = t->clause_first = t->left_out = 0;
}

void trace_clause(struct trace *t)
{
	t->clause_first = t->nr;
}

/* A buf over a fixed piece of memory: it fails instead of growing. */
struct line {
	char *to;
	size_t len, cap;
};

static void put(struct line *l, struct str s)
{
	size_t n = s.len < l->cap - l->len ? s.len : l->cap - l->len;

	if (n)
		memcpy(l->to + l->len, s.ptr, n);
	l->len += n;
}

static void put_number(struct line *l, uint32_t v)
{
	char digits[10];
	size_t n = sizeof(digits);

	do
		digits[--n] = (char)('0' + v % 10);
	while (v /= 10);
	put(l, (struct str){ digits + n, sizeof(digits) - n });
}

static void put_path(struct line *l, const struct eval *v,
		     const struct expr *n);

/* "booking.payments[1]": elements count from 1, as people do. */
static void put_element(struct line *l, const struct eval *v, uint8_t depth)
{
	put_path(l, v, v->collection[depth]);
	put(l, STR("["));
	put_number(l, v->index[depth] + 1);
	put(l, STR("]"));
}

static void put_path(struct line *l, const struct eval *v, const struct expr *n)
{
	if (n->kind == EXPR_FIELD || n->kind == EXPR_COLLECTION) {
		if (n->base == BASE_ELEMENT) {
			put_element(l, v, n->depth);
			put(l, STR("."));
		}
		put(l, n->text);
		return;
	}
	put(l, n->text); /* count(...), sum(...): the source */
}

struct str trace_path(char *to, size_t cap, const struct eval *v,
		      const struct expr *n)
{
	struct line l = { to, 0, cap };

	put_path(&l, v, n);
	return (struct str){ to, l.len };
}

struct str trace_element(char *to, size_t cap, const struct eval *v)
{
	struct line l = { to, 0, cap };

	put_element(&l, v, (uint8_t)(v->nr_elements - 1));
	return (struct str){ to, l.len };
}

/* value_write() into fixed memory: no allocation on the screening path. */
static struct str put_value(char *to, size_t cap, const struct value *v)
{
	struct buf b = { .data = to, .cap = cap, .limit = cap };
	struct value cut = *v;

	if (type_is_text(v->type))
		cut.text = str_slice(v->text, 0, cap);
	value_write(&b, &cut);
	return (struct str){ to, b.len };
}

static bool is_there(const struct trace *t, struct str path, struct str value)
{
	for (uint32_t i = t->clause_first; i < t->nr; i++)
		if (str_eq(t->seen[i].path, path) &&
		    str_eq(t->seen[i].value, value))
			return true;
	return false;
}

void trace_add(struct trace *t, const struct eval *v, const struct expr *n,
	       const struct value *value)
{
	struct line path = { t->text + t->nr_text, 0, TRACE_MAX_PATH };
	struct str text;

	if (t->nr == TRACE_MAX_SEEN ||
	    t->nr - t->clause_first == TRACE_MAX_PER_CLAUSE ||
	    t->nr_text + TRACE_MAX_PATH + TRACE_MAX_VALUE > TRACE_MAX_TEXT) {
		t->left_out++;
		return;
	}
	put_path(&path, v, n);
	text = put_value(path.to + path.len, TRACE_MAX_VALUE, value);
	if (is_there(t, (struct str){ path.to, path.len }, text))
		return;
	t->seen[t->nr].path = (struct str){ path.to, path.len };
	t->seen[t->nr].value = text;
	t->nr++;
	t->nr_text += (uint32_t)(path.len + text.len);
}
