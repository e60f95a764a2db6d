#include "watchlist/translit_script.h"

enum { SIXTH = 5 }; /* order of vowels: none, or a short one */

static const struct {
	uint32_t first;
	const char *way[TRANSLIT_WAYS];
} rows[] = {
#define ROW(first, a, b, c) { first, { a, b, c } },
#include "watchlist/ethiopic.def"
};

static const struct {
	const char *way[TRANSLIT_WAYS];
	const char *alone;
} orders[] = {
#define ORDER(a, b, c, alone) { { a, b, c }, alone },
#include "watchlist/ethiopic.def"
};

bool translit_ethiopic(struct translit_out *out, const uint32_t *cp, size_t nr,
		       enum translit_way way)
{
	for (size_t i = 0; i < nr; i++) {
		const char *consonant = NULL;
		uint32_t order = cp[i] % ARRAY_SIZE(orders);

		for (size_t k = 0; k < ARRAY_SIZE(rows); k++)
			if (rows[k].first == cp[i] - order)
				consonant = translit_column(rows[k].way, way);
		if (!consonant)
			return false;
		translit_put(out, consonant);
		if (order == SIXTH && i + 1 == nr && *consonant)
			break;
		translit_put(out, *consonant ? translit_column(
						       orders[order].way, way)
					     : orders[order].alone);
	}
	return true;
}
