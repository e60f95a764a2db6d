#include "watchlist/variant.h"

#include "watchlist/fold.h"
#include "watchlist/normalise.h"

#include <pthread.h>
#include <stdlib.h>

enum { VARIANTS = 2048, SLOTS = 8192 };

struct variant {
	char fold[NAME_TEXT];
	uint8_t len;
	uint16_t class;
};

static const char *const rows[] = {
#define VARIANTS(spellings) spellings,
#include "watchlist/variant.def"
#undef VARIANTS
};

static struct variant variants[VARIANTS]; /* by fold */
static size_t nr_variants;
static uint16_t slot[SLOTS]; /* by hash: number + 1 */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct str fold_of(const struct variant *v)
{
	return (struct str){ v->fold, v->len };
}

static uint32_t hash(struct str s)
{
	uint32_t h = 0x811c9dc5u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x01000193u;
	return (h ^ h >> 15) % SLOTS;
}

static int compare(const void *a, const void *b)
{
	return str_cmp(fold_of(a), fold_of(b));
}

static void add_row(unsigned int class, struct str spellings)
{
	while (spellings.ptr) {
		struct str s = str_split(&spellings, ' ');
		struct variant *v = &variants[nr_variants];

		if (str_empty(s) || nr_variants == VARIANTS)
			continue;
		v->len = (uint8_t)fold(v->fold, s);
		v->class = (uint16_t) class;
		nr_variants++;
	}
}

static void make(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		add_row((unsigned int)i + 1, str_of(rows[i]));
	qsort(variants, nr_variants, sizeof(variants[0]), compare);
	for (size_t i = 0; i < nr_variants; i++) {
		uint32_t at = hash(fold_of(&variants[i]));

		while (slot[at])
			at = (at + 1) % SLOTS;
		slot[at] = (uint16_t)(i + 1);
	}
}

unsigned int variant_class(struct str folded)
{
	uint32_t at = hash(folded);

	pthread_once(&once, make);
	for (; slot[at]; at = (at + 1) % SLOTS)
		if (str_eq(fold_of(&variants[slot[at] - 1]), folded))
			return variants[slot[at] - 1].class;
	return VARIANT_NONE;
}

unsigned int variant_walk(size_t i, struct str *folded)
{
	pthread_once(&once, make);
	if (i >= nr_variants)
		return VARIANT_NONE;
	*folded = fold_of(&variants[i]);
	return variants[i].class;
}
