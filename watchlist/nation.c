#include "watchlist/nation.h"

/* clang-format off */
/* ICAO Doc 9303-3 section 5: codes that name no nationality. */
static const char *const no_nation[] = {
	"EUE", "UNA", "UNK", "UNO", "XXA", "XXB", "XXC", "XXX",
};

/* States that are no more, and what became of them. */
static const struct {
	const char *old, *now;
} successors[] = {
	{ "SUN", "ARM AZE BLR EST GEO KAZ KGZ LTU LVA MDA RUS TJK TKM UKR UZB" },
	{ "YUG", "BIH HRV MKD MNE RKS SRB SVN" },
	{ "SCG", "MNE RKS SRB" },
	{ "CSK", "CZE SVK" },
	{ "ANT", "ABW BES CUW SXM" },
};
/* clang-format on */

static bool names_nation(struct str code)
{
	if (str_empty(code))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(no_nation); i++)
		if (str_eq(code, str_of(no_nation[i])))
			return false;
	return true;
}

static bool succeeds(struct str old, struct str now)
{
	for (size_t i = 0; i < ARRAY_SIZE(successors); i++)
		if (str_eq(old, str_of(successors[i].old)))
			return str_find(str_of(successors[i].now), now) >= 0;
	return false;
}

enum watch_verdict watch_nationality(const struct str *a, uint32_t nr_a,
				     const struct str *b, uint32_t nr_b)
{
	enum watch_verdict best = WATCH_UNKNOWN;

	for (uint32_t i = 0; i < nr_a; i++) {
		for (uint32_t k = 0; k < nr_b; k++) {
			if (!names_nation(a[i]) || !names_nation(b[k]))
				continue;
			if (str_eq(a[i], b[k]))
				return WATCH_AGREE;
			if (succeeds(a[i], b[k]) || succeeds(b[k], a[i]))
				best = WATCH_PARTIAL;
			else if (best == WATCH_UNKNOWN)
				best = WATCH_DISAGREE;
		}
	}
	return best;
}
