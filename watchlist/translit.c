#include "watchlist/translit_script.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Scripts with a reader of their own, rising. */
static const struct script {
	uint32_t first, last;
	translit_script_fn *spell;
} scripts[] = {
	{ 0x0900, 0x0dff, translit_indic },
	{ 0x0e00, 0x0e7f, translit_thai },
	{ 0x1200, 0x137f, translit_ethiopic },
	{ 0x3041, 0x30ff, translit_kana },
	{ 0xac00, 0xd7a3, translit_hangul },
};

struct letter {
	uint32_t cp;
	const char *way[TRANSLIT_WAYS]; /* NULL: as in the one before */
};

struct pair {
	uint32_t first, second;
	const char *way[TRANSLIT_WAYS];
};

static const struct letter letters[] = {
#define LETTER(cp, mrz, popular, national) { cp, { mrz, popular, national } },
#define PAIR(first, second, mrz, popular)
#define START(cp, mrz, popular)
#include "watchlist/translit.def"
#undef LETTER
#undef PAIR
#undef START
};

static const struct letter starts[] = {
#define LETTER(cp, mrz, popular, national)
#define PAIR(first, second, mrz, popular)
#define START(cp, mrz, popular) { cp, { mrz, popular, NULL } },
#include "watchlist/translit.def"
#undef LETTER
#undef PAIR
#undef START
};

static const struct pair pairs[] = {
#define LETTER(cp, mrz, popular, national)
#define PAIR(first, second, mrz, popular) \
	{ first, second, { mrz, popular, NULL } },
#define START(cp, mrz, popular)
#include "watchlist/translit.def"
#undef LETTER
#undef PAIR
#undef START
};

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static int compare_letters(const void *a, const void *b)
{
	const struct letter *x = a, *y = b;

	return (x->cp > y->cp) - (x->cp < y->cp);
}

static const struct letter *find_letter(uint32_t cp)
{
	const struct letter key = { .cp = cp };

	return bsearch(&key, letters, ARRAY_SIZE(letters), sizeof(letters[0]),
		       compare_letters);
}

const char *translit_column(const char *const *by_way, enum translit_way way)
{
	int i = (int)way;

	while (i > 0 && !by_way[i])
		i--;
	return by_way[i];
}

static struct str written(const char *const *by_way, enum translit_way way)
{
	return str_of(translit_column(by_way, way));
}

static void put(struct translit_out *out, struct str s)
{
	size_t n = out->cap - out->len;

	if (n > s.len)
		n = s.len;
	if (n)
		memcpy(out->text + out->len, s.ptr, n);
	out->len += n;
}

void translit_put(struct translit_out *out, const char *text)
{
	put(out, str_of(text));
}

/*
 * How cp[0] is written, looking at most at `nr` (>= 1) of them; *used: 2 when
 * cp[1] belongs to the same sound. Absent: it has no row.
 */
static struct str letter_at(const uint32_t *cp, size_t nr,
			    enum translit_way way, size_t *used)
{
	const struct letter *row;
	uint32_t base = cp[0];

	*used = 1;
	if (base < 0x80) /* the tables have none of these */
		return base >= 'A' && base <= 'Z'
			       ? (struct str){ alphabet + (base - 'A'), 1 }
			       : STR_NONE;
	base = utf8_base(cp[0]);
	for (size_t i = 0; nr > 1 && i < ARRAY_SIZE(pairs); i++) {
		if (pairs[i].first != base ||
		    pairs[i].second != utf8_base(cp[1]))
			continue;
		*used = 2;
		return written(pairs[i].way, way);
	}
	row = find_letter(cp[0]);
	if (!row)
		row = find_letter(base);
	if (row)
		return written(row->way, way);
	if (base >= 'A' && base <= 'Z')
		return (struct str){ alphabet + (base - 'A'), 1 };
	return STR_NONE;
}

/* What the first letter of a word is: `usual`, or it has a row. */
static struct str start_of(uint32_t cp, struct str usual, enum translit_way way)
{
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (starts[i].cp == cp)
			return written(starts[i].way, way);
	return usual;
}

static const struct script *script_of(uint32_t cp)
{
	for (size_t i = 0; i < ARRAY_SIZE(scripts) && cp >= scripts[i].first;
	     i++)
		if (cp <= scripts[i].last)
			return &scripts[i];
	return NULL;
}

bool translit_spell(struct translit_out *out, const uint32_t *cp, size_t nr,
		    enum translit_way way)
{
	size_t used;

	for (size_t i = 0; i < nr; i += used) {
		const struct script *script = script_of(cp[i]);
		struct str s;

		for (used = 1; script && i + used < nr &&
			       script_of(cp[i + used]) == script;)
			used++;
		if (script && !script->spell(out, cp + i, used, way))
			return false;
		if (script)
			continue;
		s = letter_at(cp + i, nr - i, way, &used);
		if (!s.ptr)
			return false;
		if (i == 0 && used == 1)
			s = start_of(cp[0], s, way);
		put(out, s);
	}
	return true;
}

bool translit_by_rule(uint32_t cp)
{
	return script_of(cp) != NULL;
}
