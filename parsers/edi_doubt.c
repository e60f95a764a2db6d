/*
 * edi_doubt.c - does a segment need a second look?
 */
#include "parsers/edi_block.h"
#include "parsers/edi_rules.h"

/* Known tags in groups, for edi_before and edi_before_low: a bit each. */
/* clang-format off */
static const char *const groups[] = {
	"DAT FAR NAD NAT SAC SSD SSR ",
	"DOC EQN ERC LOC MON MSG ORG SRC ",
	"ATT AUT BGM DTM PDT PTK QTY ",
	"CNT COM CTA FOP FTI FTX LTS UNB UNE UNG UNH UNS UNT UNZ ",
	"GID GIS IFT TDT TIF TKT TVL ",
	"ABI ADD APD CPI EBD EMP TBD TXD ",
	"GEI MEA RCI REF RFF RPI TRA TRI ",
};
static const char *const groups_low[] = {
	"ABI ADD APD ATT AUT DAT GEI QTY TBD TDT TKT TRI TXD ",
	"BGM COM CPI RCI RPI SSD SSR ",
	"DOC FOP FTI LOC LTS MON ",
	"CTA DTM FTX PDT PTK ",
	"CNT EBD ERC FAR GID GIS NAD NAT SAC SRC UNB UNH UNS UNT ",
	"MEA MSG ORG TRA TVL ",
	"IFT REF RFF TIF ",
	"EMP EQN UNE UNG UNZ ",
};
/* clang-format on */

uint8_t edi_before[3][64], edi_before_low[3][16];

__attribute__((constructor)) static void fill_before(void)
{
	for (unsigned n = 0; n < 3; n++) {
		memset(edi_before[n], n < 2 ? 0x80 : 0, sizeof(edi_before[n]));
		for (unsigned g = 0; g < ARRAY_SIZE(groups); g++)
			for (const char *t = groups[g]; *t; t += 4)
				edi_before[n][t[n] % 64] |= 1u << g;
		for (unsigned g = 0; g < ARRAY_SIZE(groups_low); g++)
			for (const char *t = groups_low[g]; *t; t += 4)
				edi_before_low[n][t[n] % 16] |= 1u << g;
	}
	edi_before[2][' '] = 0x80;
}

/*
 * edi_lost_at() wants one that tags with a shape have, or more in front of it;
 * edi_lost_before_source() wants SRC.
 */
static bool may_be_lost(const struct edi_set *set, const char *in,
			uint32_t from, uint32_t pos)
{
	uint32_t tag = EDI_TAG((uint8_t)in[pos - 3], (uint8_t)in[pos - 2],
			       (uint8_t)in[pos - 1]);

	if (set->kind[(uint8_t)in[pos]] == EDI_KIND_TERMINATOR)
		return tag == EDI_TAG('S', 'R', 'C');
	return pos == from + 3 ||
	       set->kind[(uint8_t)in[pos - 4]] == EDI_KIND_NONE ||
	       edi_has_shape(tag);
}

bool edi_is_before(const struct edi_set *set, const char *in, uint32_t from,
		   uint32_t pos)
{
	if (pos > from && in[pos - 1] == ' ')
		return true;
	return pos >= from + 3 && edi_is_known_tag(in + pos - 3) &&
	       may_be_lost(set, in, from, pos);
}

static uint32_t count(uint64_t bits)
{
	return (uint32_t)__builtin_popcountll(bits);
}

/* The block's segments; the first begins with end `first`. */
static void settle(const struct edi_doubt *d, const struct edi_set *set,
		   const char *in, uint32_t from, uint32_t first, uint16_t *end)
{
	const struct edi_block *b = &d->block;
	uint64_t terminators = b->terminator, doubts = b->odd | b->before;

	for (; doubts; doubts &= doubts - 1) {
		uint64_t one = doubts & -doubts, below = one - 1;

		for (; terminators & below; terminators &= terminators - 1)
			first = d->nr_end + count(b->end & (terminators ^
							    (terminators - 1)));
		if (d->nr_end + count(b->end & below) > first &&
		    (b->odd & one ||
		     edi_is_before(set, in, from,
				   d->pos + (uint32_t)__builtin_ctzll(one))))
			end[first] = 0;
	}
}

void edi_settle(const struct edi_doubts *d, const struct edi_set *set,
		const char *in, uint32_t from, struct edi_marks *out)
{
	uint32_t segment = 0;

	for (uint32_t i = 0; i < d->nr; i++) {
		while (segment < out->nr_segment &&
		       out->segment[segment] <= d->doubt[i].nr_end)
			segment++;
		settle(&d->doubt[i], set, in, from,
		       segment ? out->segment[segment - 1] : 0, out->end);
	}
}
