#include "parsers/ssr_fields.h"

#include <string.h>

/*
 * The field [from, to) of the text. Separators that split the text are
 * structure, not part of a field.
 */
static struct piece field_between(const struct walk *w, struct piece text,
				  size_t from, size_t to)
{
	const char c = w->syntax.component, *p = text.text.ptr;

	while (from < to && piece_is_blank(p[from]))
		from++;
	while (to > from && piece_is_blank(p[to - 1]))
		to--;
	while (from < to && (p[from] == c || p[from] == ' '))
		from++;
	while (to > from && (p[to - 1] == c || p[to - 1] == ' '))
		to--;
	return piece_slice(w, text, from, to);
}

/* The text cut at its slashes, one leading slash apart. Slashes are claimed. */
void ssr_split(struct walk *w, struct piece text, struct ssr_fields *out)
{
	const char *p = text.text.ptr, *slash;
	size_t from, to;

	out->nr = 0;
	if (!piece_is_set(text))
		return;
	piece_claim_each(w, text, '/');
	from = p[0] == '/';
	do {
		slash = memchr(p + from, '/', text.text.len - from);
		to = slash ? (size_t)(slash - p) : text.text.len;
		out->f[out->nr++] = field_between(w, text, from, to);
		from = to + 1;
	} while (slash && out->nr < SSR_MAX_FIELDS);
}
