#include "tools/explain_source.h"

#include "parsers/una.h"

#include <string.h>

/* Beyond, a component's last letter or digit stands for all of its bytes. */
enum { EACH_BYTE_UP_TO = 32 * 1024 };

struct finding {
	const struct source_input *in;
	const struct reasons *reasons;
	struct value_source *source;
	bool *gone;	  /* of each value: it moved only by going away */
	bool api;	  /* the side that is being tried */
	char *bytes;	  /* its header and slice, one component spoilt */
	struct str sound; /* as they are */
	size_t header_len;
	struct arena arena; /* of one parse */
	struct eval *eval;
};

static char next_of(char c)
{
	if (c >= '0' && c <= '9')
		return c == '9' ? '0' : (char)(c + 1);
	if (c >= 'A' && c <= 'Z')
		return c == 'Z' ? 'A' : (char)(c + 1);
	if (c >= 'a' && c <= 'z')
		return c == 'z' ? 'a' : (char)(c + 1);
	return c;
}

int source_reasons(struct reasons *out, const struct source_input *in,
		   struct eval *v, struct arena *a, struct err *e)
{
	struct subject *s = arena_alloc(a, sizeof(*s));

	if (subject_build(s, &in->pnr, &in->api, in->screened_at, NULL, a, e))
		return e->code;
	s->past = in->past;
	eval_start(v, in->context, s, in->regex);
	reasons_make(out, in->profile, v, a);
	return 0;
}

/* Both are known. */
static bool same_value(const struct value *a, const struct value *b)
{
	if (a->type == TYPE_BOOL)
		return a->truth == b->truth;
	if (type_is_text(a->type))
		return str_eq(a->text, b->text);
	if (a->type == TYPE_MONEY && !str_eq(a->text, b->text))
		return false;
	return a->lo == b->lo && a->hi == b->hi;
}

static const struct reason_value *find_value(const struct reasons *r,
					     struct str key, uint32_t guess)
{
	if (guess < r->nr_values && str_eq(r->value[guess].key, key))
		return &r->value[guess];
	for (uint32_t i = 0; i < r->nr_values; i++)
		if (str_eq(r->value[i].key, key))
			return &r->value[i];
	return NULL;
}

/*
 * A change that leaves a value there tells more than one that takes it away:
 * what only takes it away (a qualifier, a neighbour) is told when nothing
 * else is.
 */
static void note(struct finding *f, uint32_t value, struct span at, bool gone)
{
	struct value_source *s = &f->source[value];

	if (s->nr && f->gone[value] < gone)
		return;
	if (f->gone[value] != gone)
		s->nr = 0;
	f->gone[value] = gone;
	for (uint32_t i = 0; i < s->nr; i++)
		if (s->span[i].at.pos == at.pos &&
		    s->span[i].at.len == at.len && s->span[i].api == f->api)
			return;
	if (s->nr < SOURCE_MAX)
		s->span[s->nr++] = (struct source_span){ at, f->api };
}

static bool moved(const struct value *old, const struct reason_value *new,
		  bool gone)
{
	if (!old->known)
		return false;
	if (!new || !new->value.known)
		return gone;
	return !same_value(old, &new->value);
}

/* Parse what stands in f->bytes, which differs in `at` from what is sound. */
static void compare(struct finding *f, struct span at, bool gone)
{
	struct source_input in = *f->in;
	struct subject_side *side = f->api ? &in.api : &in.pnr;
	struct err ignored = { 0 };
	struct reasons r;

	side->header_hash = side->slice_hash = NULL;
	side->header = (struct str){ f->bytes, f->header_len };
	side->slice = (struct str){ f->bytes + f->header_len,
				    f->sound.len - f->header_len };
	arena_clear(&f->arena);
	if (source_reasons(&r, &in, f->eval, &f->arena, &ignored))
		return;
	for (uint32_t i = 0; i < f->reasons->nr_values; i++) {
		const struct reason_value *old = &f->reasons->value[i];

		if (moved(&old->value, find_value(&r, old->key, i), gone))
			note(f, i, at, gone);
	}
}

/* The letters and digits around byte `i` of a component. */
static struct span run_around(const struct finding *f, struct span part,
			      uint32_t i)
{
	uint32_t from = i, to = i;

	while (from > part.pos &&
	       next_of(f->sound.ptr[from - 1]) != f->sound.ptr[from - 1])
		from--;
	while (to < part.pos + part.len &&
	       next_of(f->sound.ptr[to]) != f->sound.ptr[to])
		to++;
	return (struct span){ from, to - from };
}

/* Each letter and digit in turn becomes the next one. */
static void try_bytes(struct finding *f, struct span part)
{
	bool each = f->sound.len <= EACH_BYTE_UP_TO, done = false;

	for (uint32_t i = part.pos + part.len; i-- > part.pos;) {
		char other = next_of(f->sound.ptr[i]);

		if (other == f->sound.ptr[i] || (done && !each))
			continue;
		f->bytes[i] = other;
		compare(f, run_around(f, part, i), false);
		f->bytes[i] = f->sound.ptr[i];
		done = true;
	}
}

static void try_component(struct finding *f, struct edi_part p)
{
	struct span at = { p.pos, p.len };

	if (!at.len)
		return;
	try_bytes(f, at);
	memset(f->bytes + at.pos, ' ', at.len);
	compare(f, at, true);
	memcpy(f->bytes + at.pos, f->sound.ptr + at.pos, at.len);
}

/* All components, the envelope's too: it has the moment of sending. */
static void try_all(struct finding *f, struct arena *a)
{
	struct edi_start start;
	struct edi_segment seg;
	struct edi_reader r;

	if (!edi_find_start(f->sound, 0, &start))
		return;
	edi_init(&r, f->sound, start.unb, &start.syntax, a);
	while (edi_next(&r, &seg))
		for (uint32_t i = 0; i < seg.nr; i++)
			try_component(f, edi_part_nr(&seg, i));
}

struct str source_bytes(const struct subject_side *side, struct arena *a)
{
	size_t len = side->header.len + side->slice.len;
	char *to;

	if (!side->header.ptr)
		return STR_NONE;
	to = arena_alloc(a, len + 1);
	memcpy(to, side->header.ptr, side->header.len);
	memcpy(to + side->header.len, side->slice.ptr, side->slice.len);
	return (struct str){ to, len };
}

static void try_side(struct finding *f, bool api, struct arena *a)
{
	const struct subject_side *side = api ? &f->in->api : &f->in->pnr;

	if (!side->header.ptr)
		return;
	f->api = api;
	f->sound = source_bytes(side, a);
	f->header_len = side->header.len;
	f->bytes = arena_alloc(a, f->sound.len + 1);
	memcpy(f->bytes, f->sound.ptr, f->sound.len);
	try_all(f, a);
}

void source_find(struct value_source **out, const struct reasons *r,
		 const struct source_input *in, struct arena *a)
{
	struct finding f = { .in = in, .reasons = r };

	f.source = arena_alloc(a, r->nr_values * sizeof(*f.source) + 1);
	f.gone = arena_alloc(a, r->nr_values + 1);
	f.eval = arena_alloc(a, sizeof(*f.eval));
	try_side(&f, false, a);
	try_side(&f, true, a);
	arena_release(&f.arena);
	*out = f.source;
}
