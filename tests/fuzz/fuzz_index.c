/*
 * fuzz_index.c - every level of the index finds what the plain twin finds:
 * from each offset of a block, and at each length around a block's size
 */
#include "parsers/edi_index.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BLOCK = 64, MOST = 4096 };

struct lists {
	uint32_t at[MOST + EDI_INDEX_SPARE];
	uint16_t end[MOST + EDI_INDEX_SPARE], segment[MOST + EDI_INDEX_SPARE];
};

static struct edi_marks marks_in(struct lists *l)
{
	return (struct edi_marks){ .at = l->at,
				   .end = l->end,
				   .segment = l->segment };
}

static bool is_same(const struct edi_marks *a, const struct edi_marks *b)
{
	return a->nr == b->nr && a->nr_end == b->nr_end &&
	       a->nr_segment == b->nr_segment &&
	       !memcmp(a->at, b->at, a->nr * sizeof(*a->at)) &&
	       !memcmp(a->end, b->end, a->nr_end * sizeof(*a->end)) &&
	       !memcmp(a->segment, b->segment,
		       a->nr_segment * sizeof(*a->segment));
}

static void compare(const struct edi_set *set, const char *in, uint32_t from,
		    uint32_t to)
{
	static struct lists of_plain, of_level;
	struct edi_marks want = marks_in(&of_plain);

	edi_index_plain(set, in, from, to, &want);
	for (int l = EDI_PLAIN + 1; l < EDI_NR_LEVELS; l++) {
		edi_index_fn *fn = edi_index_of((enum edi_level)l);
		struct edi_marks got = marks_in(&of_level);

		if (!fn)
			continue;
		fn(set, in, from, to, &got);
		if (!is_same(&want, &got))
			abort();
	}
}

/* The first bytes are the set, each once; the number tells how many. */
static size_t read_set(struct edi_set *set, const uint8_t *data, size_t size)
{
	size_t nr = size ? data[0] % EDI_SET_MAX : 0, i;

	memset(set, 0, sizeof(*set));
	edi_set_add(set, '\'', EDI_KIND_TERMINATOR);
	for (i = 1; i <= nr && i < size; i++)
		if (set->kind[data[i]] == EDI_KIND_NONE)
			edi_set_add(set, data[i],
				    i == 1   ? EDI_KIND_ELEMENT
				    : i == 2 ? EDI_KIND_COMPONENT
					     : EDI_KIND_ODD);
	return size ? i : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct edi_set set;
	size_t at = read_set(&set, data, size), len = size - at;
	char *in;

	if (len > MOST)
		len = MOST;
	/* of its own, so that reading behind it is seen */
	in = malloc(len + 1);
	memcpy(in, data + at, len);
	in = realloc(in, len ? len : 1);
	for (size_t from = 0; from <= BLOCK && from <= len; from++)
		compare(&set, in, (uint32_t)from, (uint32_t)len);
	for (size_t cut = 0; cut <= 2 * BLOCK + 1 && cut <= len; cut++) {
		compare(&set, in, 0, (uint32_t)(len - cut));
		compare(&set, in, (uint32_t)(len - cut), (uint32_t)len);
	}
	free(in);
	return 0;
}
