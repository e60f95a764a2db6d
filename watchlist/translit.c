#include "watchlist/translit.h"

#include "base/utf8.h"

#include <stdlib.h>

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
#include "watchlist/translit.def"
#undef LETTER
#undef PAIR
};

static const struct pair pairs[] = {
#define LETTER(cp, mrz, popular, national)
#define PAIR(first, second, mrz, popular) \
	{ first, second, { mrz, popular, NULL } },
#include "watchlist/translit.def"
#undef LETTER
#undef PAIR
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

static struct str written(const char *const *by_way, enum translit_way way)
{
	int i = (int)way;

	while (i > 0 && !by_way[i])
		i--;
	return str_of(by_way[i]);
}

struct str translit_letter(const uint32_t *cp, size_t nr, enum translit_way way,
			   size_t *used)
{
	const struct letter *row;
	uint32_t base = cp[0];

	*used = 1;
	if (base < 0x80) /* the tables have none of these */
		return base >= 'A' && base <= 'Z'
			       ? (struct str){ alphabet + (base - 'A'), 1 }
			       : STR_NONE;
	for (size_t i = 0; nr > 1 && i < ARRAY_SIZE(pairs); i++) {
		if (pairs[i].first != utf8_base(cp[0]) ||
		    pairs[i].second != utf8_base(cp[1]))
			continue;
		*used = 2;
		return written(pairs[i].way, way);
	}
	row = find_letter(cp[0]);
	if (!row) {
		base = utf8_base(cp[0]);
		row = find_letter(base);
	}
	if (row)
		return written(row->way, way);
	if (base >= 'A' && base <= 'Z')
		return (struct str){ alphabet + (base - 'A'), 1 };
	return STR_NONE;
}
