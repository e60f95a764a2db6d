/*
 * sig_filter.h - which of many texts may be within a few edits of one
 *
 * Compares letter counts only (name_signature(), normalise.h). There is a
 * plain twin, and one for each width of vectors; all give the same.
 *
 *	sig_filter_fn *filter = sig_filter_best();
 *	nr = filter(sig, n, key.sig, 2, 2, at);
 *
 * Threads: pure functions.
 */
#ifndef WATCHLIST_SIG_FILTER_H
#define WATCHLIST_SIG_FILTER_H

#include <stdint.h>

enum { SIG_FILTER_SPARE = 8 }; /* numbers behind the last that are scribbled */

/*
 * Write the indexes, rising, of those of `nr` signatures that lack at most
 * `lost` bits of `mine` and have at most `more` others. Returns how many.
 * `out` has room for nr and SIG_FILTER_SPARE more.
 */
typedef uint32_t sig_filter_fn(const uint64_t *sig, uint32_t nr, uint64_t mine,
			       unsigned int lost, unsigned int more,
			       uint32_t *out);

/* From the plain twin upwards. */
enum sig_level {
	SIG_PLAIN,
	SIG_SSE2,
	SIG_AVX2,
	SIG_AVX512,
	SIG_NR_LEVELS,
};

/* That level, or NULL where this processor has none of it. */
sig_filter_fn *sig_filter_of(enum sig_level level);

/* The fastest this processor has. */
sig_filter_fn *sig_filter_best(void);

/* The levels; call none but through the two above. */
sig_filter_fn sig_filter_plain;
#ifdef __x86_64__
sig_filter_fn sig_filter_sse2, sig_filter_avx2, sig_filter_avx512;
#endif

#endif
