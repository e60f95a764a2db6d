/*
 * sig_scan.h - sig_filter.h over a dictionary, passing over what is far away
 *
 * Signatures that stand in order are alike in their high bits, so of each
 * SIG_BLOCK neighbours two words are kept: the bits that any of them has, and
 * those that all have. Where the first lacks too much, or the second has too
 * much, none of the block can pass and it is not read.
 *
 * Threads: a scan is read-only once made.
 */
#ifndef WATCHLIST_SIG_SCAN_H
#define WATCHLIST_SIG_SCAN_H

#include "watchlist/sig_filter.h"

#include <stdbool.h>

enum {
	SIG_BLOCK = 64,
	SIG_AT_ONCE = 2048, /* signatures that one call looks at */
};

struct sig_scan {
	sig_filter_fn *filter;
	const uint64_t *sig; /* borrowed */
	uint64_t *any, *all; /* by block */
	uint32_t out[SIG_AT_ONCE + SIG_FILTER_SPARE];
	uint32_t near[SIG_AT_ONCE / SIG_BLOCK + 1 + SIG_FILTER_SPARE];
};

/* Ready to scan `nr` signatures; false when out of memory. */
bool sig_scan_init(struct sig_scan *s, sig_filter_fn *filter,
		   const uint64_t *sig, uint32_t nr);

/* Free it; a zeroed one is fine. */
void sig_scan_release(struct sig_scan *s);

/*
 * Write the indexes of those from `from` on that pass (see sig_filter_fn) to
 * s->out, and how many to *found. Returns where to go on, at most `to`.
 */
uint32_t sig_scan_next(struct sig_scan *s, uint32_t from, uint32_t to,
		       uint64_t mine, unsigned int lost, unsigned int more,
		       uint32_t *found);

#endif
