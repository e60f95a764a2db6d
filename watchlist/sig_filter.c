#include "watchlist/sig_filter.h"

#include <stdbool.h>
#include <stddef.h>

uint32_t sig_filter_plain(const uint64_t *sig, uint32_t nr, uint64_t mine,
			  unsigned int lost, unsigned int more, uint32_t *out)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < nr; i++)
		if ((unsigned int)__builtin_popcountll(mine & ~sig[i]) <=
			    lost &&
		    (unsigned int)__builtin_popcountll(sig[i] & ~mine) <= more)
			out[n++] = i;
	return n;
}

#ifdef __x86_64__
static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2");
}

static bool has_avx512(void)
{
	return has_avx2() && __builtin_cpu_supports("avx512vl") &&
	       __builtin_cpu_supports("avx512vpopcntdq");
}

sig_filter_fn *sig_filter_of(enum sig_level level)
{
	switch (level) {
	case SIG_SSE2:
		return sig_filter_sse2;
	case SIG_AVX2:
		return has_avx2() ? sig_filter_avx2 : NULL;
	case SIG_AVX512:
		return has_avx512() ? sig_filter_avx512 : NULL;
	case SIG_PLAIN:
	case SIG_NR_LEVELS:
		break;
	}
	return sig_filter_plain;
}
#else
sig_filter_fn *sig_filter_of(enum sig_level level)
{
	return level == SIG_PLAIN ? sig_filter_plain : NULL;
}
#endif

sig_filter_fn *sig_filter_best(void)
{
	for (int i = SIG_AVX512; i > SIG_PLAIN; i--) {
		sig_filter_fn *fn = sig_filter_of((enum sig_level)i);

		if (fn)
			return fn;
	}
	return sig_filter_plain;
}
