/*
 * fuzz_index.c - every level of the index finds what the plain twin finds:
 * from each offset of a block, and at each length around a block's size
 */
#include "parsers/edi_index.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BLOCK = 64, MOST = 4096 };

static void compare(const struct edi_set *set, const char *in, uint32_t from,
		    uint32_t to)
{
	static uint32_t want[MOST + EDI_INDEX_SPARE];
	static uint32_t got[MOST + EDI_INDEX_SPARE];
	static uint8_t kind[MOST + EDI_INDEX_SPARE];
	static uint8_t got_kind[MOST + EDI_INDEX_SPARE];
	uint32_t nr = edi_index_plain(set, in, from, to, want, kind);

	for (int l = EDI_PLAIN + 1; l < EDI_NR_LEVELS; l++) {
		edi_index_fn *fn = edi_index_of((enum edi_level)l);

		if (!fn)
			continue;
		if (fn(set, in, from, to, got, got_kind) != nr ||
		    memcmp(got, want, nr * sizeof(*got)) != 0 ||
		    memcmp(got_kind, kind, nr) != 0)
			abort();
	}
}

/* The first bytes are the set, each once; the number tells how many. */
static size_t read_set(struct edi_set *set, const uint8_t *data, size_t size)
{
	static const uint8_t kinds[] = { EDI_KIND_ELEMENT, EDI_KIND_COMPONENT,
					 EDI_KIND_TERMINATOR, EDI_KIND_ODD };
	size_t nr = size ? data[0] % (EDI_SET_MAX + 1) : 0, i;

	memset(set, 0, sizeof(*set));
	for (unsigned c = 0; c < 256; c++) /* letters of tags, spaces */
		set->kind[c] = c % 32 ? c % 8 : EDI_KIND_SPACE;
	for (i = 1; i <= nr && i < size; i++)
		if (!(set->kind[data[i]] & EDI_KIND_MARK)) {
			set->kind[data[i]] = kinds[i % sizeof(kinds)];
			set->byte[set->nr++] = data[i];
		}
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
