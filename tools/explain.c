/*
 * explain.c - an explanation put together
 */
#include "tools/explain_print.h"

static struct explained_side side_of(const struct subject_side *s,
				     struct arena *a)
{
	return (struct explained_side){ source_bytes(s, a), s->header.len };
}

int explain(struct explanation *out, const struct source_input *in,
	    struct arena *a, struct err *e)
{
	struct reasons *reasons = arena_alloc(a, sizeof(*reasons));
	struct change_set *change = arena_alloc(a, sizeof(*change));
	struct eval *v = arena_alloc(a, sizeof(*v));
	struct value_source *source;

	if (source_reasons(reasons, in, v, a, e))
		return e->code;
	change_find(change, reasons, a);
	source_find(&source, reasons, in, a);
	*out = (struct explanation){ .reasons = reasons,
				     .change = change,
				     .source = source,
				     .pnr = side_of(&in->pnr, a),
				     .api = side_of(&in->api, a) };
	return 0;
}

struct explained_place explain_place(const struct explanation *x,
				     const struct source_span *s)
{
	const struct explained_side *side = s->api ? &x->api : &x->pnr;
	struct span at = s->at;
	bool head = at.pos < side->header_len;

	return (struct explained_place){
		.text = str_slice(side->bytes, at.pos, at.pos + at.len),
		.byte = head ? at.pos : at.pos - side->header_len,
		.is_header = head,
	};
}
