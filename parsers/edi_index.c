#include "parsers/edi_index.h"

#include "parsers/edi_block.h"

/* Into a table whose place for it is free: that holds what never fits there. */
static void put_in_table(struct edi_set *set, uint8_t byte)
{
	unsigned place = byte % 64, t = 0;

	while (t < set->nr_table && set->table[t][place] % 64 == place)
		t++;
	if (t == set->nr_table) {
		for (unsigned i = 0; i < 64; i++)
			set->table[t][i] = (uint8_t)(i ^ 1);
		set->nr_table++;
	}
	set->table[t][place] = byte;
}

/* The byte of that kind, or `none`. */
static uint8_t byte_of(const struct edi_set *set, enum edi_kind kind,
		       uint8_t none)
{
	for (unsigned i = 0; i < set->nr; i++)
		if (set->kind[set->byte[i]] == kind)
			return set->byte[i];
	return none;
}

void edi_set_add(struct edi_set *set, uint8_t byte, enum edi_kind kind)
{
	if (set->kind[byte] == EDI_KIND_NONE) {
		put_in_table(set, byte);
		set->byte[set->nr++] = byte;
	}
	set->kind[byte] = (uint8_t)kind;
	set->odd[byte % 64] = kind == EDI_KIND_ODD ? 0x80 : 0;
	set->terminator = byte_of(set, EDI_KIND_TERMINATOR, 0);
	set->element = byte_of(set, EDI_KIND_ELEMENT, set->terminator);
	set->component = byte_of(set, EDI_KIND_COMPONENT, set->terminator);
}

/* ---- the plain twin ---- */

struct look {
	const struct edi_set *set;
	const char *in;
	uint32_t from;
};

static enum edi_kind kind_at(const struct look *l, uint32_t pos)
{
	return (enum edi_kind)l->set->kind[(uint8_t)l->in[pos]];
}

/* Does `pos` stand behind a terminator or odd marks in a row with one? */
static bool is_beginning(const struct look *l, uint32_t pos)
{
	while (pos > l->from && kind_at(l, pos - 1) == EDI_KIND_ODD)
		pos--;
	return pos == l->from || kind_at(l, pos - 1) == EDI_KIND_TERMINATOR;
}

/* Does this mark, behind the first end of its segment, make that odd? */
static bool is_odd(const struct look *l, uint32_t pos)
{
	switch (kind_at(l, pos)) {
	case EDI_KIND_ODD:
		return true;
	case EDI_KIND_ELEMENT:
	case EDI_KIND_TERMINATOR:
		return edi_is_before(l->set, l->in, l->from, pos) &&
		       !(pos - l->from >= 3 && is_beginning(l, pos - 3));
	default:
		return false;
	}
}

void edi_index_plain(const struct edi_set *set, const char *in, uint32_t from,
		     uint32_t to, struct edi_marks *out)
{
	const struct look look = { set, in, from };
	uint32_t first = 0; /* end of the segment */

	edi_begin(out);
	for (uint32_t i = from; i < to; i++) {
		enum edi_kind kind = kind_at(&look, i);

		if (kind == EDI_KIND_NONE)
			continue;
		if (out->nr_end > first && is_odd(&look, i))
			out->end[first] = 0;
		if (kind == EDI_KIND_TERMINATOR || kind == EDI_KIND_ELEMENT)
			out->end[out->nr_end++] = (uint16_t)out->nr;
		if (kind == EDI_KIND_TERMINATOR) {
			first = out->nr_end;
			out->segment[out->nr_segment++] = (uint16_t)first;
		}
		out->at[out->nr++] = i;
	}
}

/* ---- which is the best ---- */

#ifdef __x86_64__
static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi") &&
	       __builtin_cpu_supports("bmi2") &&
	       __builtin_cpu_supports("popcnt");
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
