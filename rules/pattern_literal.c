#include "rules/pattern_literal.h"

/* A walk over a pattern; only what stands outside of groups is certain. */
struct walk {
	struct str in;
	size_t pos, run; /* the run so far is [run, pos) */
	unsigned depth;
	struct str best;
};

/* The run ends, `less` characters before the one that stands here. */
static void end_run(struct walk *w, size_t less, size_t step)
{
	size_t len = w->pos - w->run;

	len = len > less ? len - less : 0;
	if (!w->depth && len > w->best.len)
		w->best = (struct str){ w->in.ptr + w->run, len };
	w->pos += step;
	w->run = w->pos;
}

/* Behind a class such as [^]a-z]; false: too hard to read. */
static bool skip_class(struct walk *w)
{
	size_t i = w->pos + 1;

	if (i < w->in.len && w->in.ptr[i] == '^')
		i++;
	if (i < w->in.len && w->in.ptr[i] == ']')
		i++;
	for (; i < w->in.len && w->in.ptr[i] != ']'; i++) {
		if (w->in.ptr[i] == '[')
			return false; /* [:alpha:] */
		if (w->in.ptr[i] == '\\')
			i++;
	}
	end_run(w, 0, i + 1 - w->pos);
	return i < w->in.len;
}

/* An escape for a kind of character, or of a sign. */
static bool skip_escape(struct walk *w)
{
	char c = w->pos + 1 < w->in.len ? w->in.ptr[w->pos + 1] : 'x';
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9');

	if (letter && !memchr("dDwWsSbB", c, 8))
		return false;
	end_run(w, 0, 2);
	return true;
}

static bool step(struct walk *w)
{
	ptrdiff_t close;

	switch (w->in.ptr[w->pos]) {
	case '|': /* of a group: nothing in there is certain anyway */
		end_run(w, 0, 1);
		return w->depth > 0;
	case '\\':
		return skip_escape(w);
	case '[':
		return skip_class(w);
	case '{':
		close = str_find_byte(str_slice(w->in, w->pos, w->in.len), '}');
		end_run(w, 1, (size_t)close + 1);
		return close >= 0;
	case '?':
	case '*': /* what stands before need not be there */
		end_run(w, 1, 1);
		return true;
	case '(':
		end_run(w, 0, 1);
		w->depth++;
		return w->pos >= w->in.len || w->in.ptr[w->pos] != '?';
	case ')':
		w->run = w->pos;
		w->depth -= w->depth > 0;
		end_run(w, 0, 1);
		return true;
	case '+':
	case '.':
	case '^':
	case '$':
		end_run(w, 0, 1);
		return true;
	default:
		w->pos++;
		return true;
	}
}

struct str pattern_literal(struct str pattern)
{
	struct walk w = { .in = pattern };

	if (pattern.len < 2 || str_ends(pattern, STR("i")))
		return STR_NONE;
	w.in = str_slice(pattern, 1, pattern.len - 1);
	while (w.pos < w.in.len)
		if (!step(&w))
			return STR_NONE;
	end_run(&w, 0, 0);
	return w.best;
}
