#include "tools/text_diff.h"

struct lines {
	struct str *line;
	uint32_t nr;
};

static struct lines cut(struct str text, struct arena *a)
{
	struct lines l = { 0 };

	if (str_ends(text, STR("\n")))
		text.len--;
	while (text.ptr)
		*(struct str *)arena_push(a, &l.line, &l.nr, sizeof(*l.line)) =
			str_split(&text, '\n');
	return l;
}

static void put(struct buf *out, const char *mark, struct str line)
{
	buf_fmt(out, "%s" STR_FMT "\n", mark, STR_ARG(line));
}

/*
 * same[i][k]: the most lines that what follows i in x and k in y have in
 * common, in this order.
 */
static uint16_t *common(const struct lines *x, const struct lines *y,
			struct arena *a)
{
	size_t width = y->nr + 1u;
	uint16_t *same = arena_alloc(a, (x->nr + 1u) * width * sizeof(*same));

	for (size_t i = x->nr; i-- > 0;)
		for (size_t k = y->nr; k-- > 0;) {
			uint16_t down = same[(i + 1) * width + k];
			uint16_t right = same[i * width + k + 1];

			if (str_eq(x->line[i], y->line[k]))
				same[i * width + k] =
					same[(i + 1) * width + k + 1] + 1;
			else
				same[i * width + k] =
					down > right ? down : right;
		}
	return same;
}

int64_t text_diff(struct buf *out, struct str x, struct str y, struct arena *a)
{
	struct lines l = cut(x, a), r = cut(y, a);
	bool small = l.nr <= TEXT_DIFF_LINES && r.nr <= TEXT_DIFF_LINES;
	const uint16_t *same = small ? common(&l, &r, a) : NULL;
	size_t i = 0, k = 0, width = r.nr + 1u;
	int64_t differ = 0;

	while (i < l.nr || k < r.nr) {
		if (small && i < l.nr && k < r.nr &&
		    str_eq(l.line[i], r.line[k])) {
			put(out, "  ", l.line[i]);
			i++;
			k++;
			continue;
		}
		differ++;
		if (i < l.nr &&
		    (k == r.nr || !small ||
		     same[(i + 1) * width + k] >= same[i * width + k + 1]))
			put(out, "- ", l.line[i++]);
		else
			put(out, "+ ", r.line[k++]);
	}
	return differ;
}
