#include "watchlist/sig_scan.h"

#include <stdlib.h>

enum { ALL_BITS = 64 }; /* any number of them */

bool sig_scan_init(struct sig_scan *s, sig_filter_fn *filter,
		   const uint64_t *sig, uint32_t nr)
{
	size_t blocks = (size_t)nr / SIG_BLOCK + 1;

	s->filter = filter;
	s->sig = sig;
	s->any = calloc(blocks, sizeof(*s->any));
	s->all = malloc(blocks * sizeof(*s->all));
	if (!s->any || !s->all)
		return false;
	for (size_t b = 0; b < blocks; b++)
		s->all[b] = UINT64_MAX;
	for (uint32_t i = 0; i < nr; i++) {
		s->any[i / SIG_BLOCK] |= sig[i];
		s->all[i / SIG_BLOCK] &= sig[i];
	}
	return true;
}

void sig_scan_release(struct sig_scan *s)
{
	free(s->any);
	free(s->all);
	s->any = s->all = NULL;
}

uint32_t sig_scan_next(struct sig_scan *s, uint32_t from, uint32_t to,
		       uint64_t mine, unsigned int lost, unsigned int more,
		       uint32_t *found)
{
	uint32_t block = from / SIG_BLOCK, nr, end, n = 0;

	if (to - from > SIG_AT_ONCE)
		to = (from + SIG_AT_ONCE) / SIG_BLOCK * SIG_BLOCK;
	end = (to + SIG_BLOCK - 1) / SIG_BLOCK;
	nr = s->filter(s->any + block, end - block, mine, lost, ALL_BITS,
		       s->near);
	for (uint32_t i = 0; i < nr; i++) {
		uint32_t b = block + s->near[i], at = b * SIG_BLOCK, last;

		if ((unsigned int)__builtin_popcountll(s->all[b] & ~mine) >
		    more)
			continue;
		last = at + SIG_BLOCK < to ? at + SIG_BLOCK : to;
		at = at > from ? at : from;
		for (uint32_t k = s->filter(s->sig + at, last - at, mine, lost,
					    more, s->out + n);
		     k > 0; k--)
			s->out[n++] += at;
	}
	*found = n;
	return to;
}
