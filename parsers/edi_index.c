#include "parsers/edi_index.h"

uint32_t edi_index_plain(const struct edi_set *set, const char *in,
			 uint32_t from, uint32_t to, uint32_t *out,
			 uint8_t *kind)
{
	uint32_t nr = 0;

	for (uint32_t i = from; i < to; i++) {
		if (!(set->kind[(uint8_t)in[i]] & EDI_KIND_MARK))
			continue;
		out[nr] = i;
		kind[nr++] = edi_kind_at(set, in, from, i);
	}
	return nr;
}

#ifdef __x86_64__
static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

static bool has_avx512(void)
{
	return has_avx2() && __builtin_cpu_supports("avx512bw") &&
	       __builtin_cpu_supports("avx512vbmi") &&
	       __builtin_cpu_supports("avx512vbmi2");
}

edi_index_fn *edi_index_of(enum edi_level level)
{
	switch (level) {
	case EDI_SSE2:
		return edi_index_sse2;
	case EDI_AVX2:
		return has_avx2() ? edi_index_avx2 : NULL;
	case EDI_AVX512:
		return has_avx512() ? edi_index_avx512 : NULL;
	case EDI_PLAIN:
	case EDI_NR_LEVELS:
		break;
	}
	return edi_index_plain;
}
#else
edi_index_fn *edi_index_of(enum edi_level level)
{
	return level == EDI_PLAIN ? edi_index_plain : NULL;
}
#endif

edi_index_fn *edi_index_best(void)
{
	for (int i = EDI_AVX512; i > EDI_PLAIN; i--) {
		edi_index_fn *fn = edi_index_of((enum edi_level)i);

		if (fn)
			return fn;
	}
	return edi_index_plain;
}
