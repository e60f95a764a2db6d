#include "tools/gen_dirt_text.h"

#define ROW(number, name, in, bytes, then, code, fn, what, how) \
	{ number, name, DIRT_##in, bytes,     DIRT_##then,      \
	  code,	  what, how,	   dirty_##fn },
#define DIRT(number, name, in, then, code, fn, what, how) \
	ROW(number, name, in, false, then, code, fn, what, how)
#define DIRT_BYTES(number, name, in, then, code, fn, what, how) \
	ROW(number, name, in, true, then, code, fn, what, how)

const struct dirt_row gen_dirt_rows[] = {
#include "tools/gen_dirt.def"
};

const int gen_dirt_rows_nr = ARRAY_SIZE(gen_dirt_rows);

_Static_assert(ARRAY_SIZE(gen_dirt_rows) <= DIRT_ROWS_MAX, "a set is 64 bits");

static bool fits(const struct dirt_row *row, bool pnr)
{
	return row->in & (pnr ? DIRT_PNR : DIRT_PAX);
}

static uint64_t apply(struct dirt *d, uint64_t rows, bool bytes)
{
	uint64_t done = 0;

	for (int i = 0; i < gen_dirt_rows_nr; i++) {
		const struct dirt_row *row = &gen_dirt_rows[i];

		if (rows >> i & 1 && row->bytes == bytes && fits(row, d->pnr) &&
		    row->make(d))
			done |= (uint64_t)1 << i;
	}
	return done;
}

uint64_t gen_dirt_segments(struct dirt *d, uint64_t rows)
{
	uint64_t done = apply(d, rows, false);

	dirt_write(d);
	return done;
}

uint64_t gen_dirt_bytes(struct dirt *d, uint64_t rows)
{
	return apply(d, rows, true);
}

uint64_t gen_dirt_on_bytes(void)
{
	uint64_t rows = 0;

	for (int i = 0; i < gen_dirt_rows_nr; i++)
		rows |= (uint64_t)gen_dirt_rows[i].bytes << i;
	return rows;
}

uint64_t gen_dirt_throw(bool pnr, struct rng *dice)
{
	uint32_t nr = rng_below(dice, 3);
	uint64_t rows = 0;

	while (nr) {
		uint32_t i = rng_below(dice, (uint32_t)gen_dirt_rows_nr);

		if (!fits(&gen_dirt_rows[i], pnr) || rows >> i & 1)
			continue;
		rows |= (uint64_t)1 << i;
		nr--;
	}
	return rows;
}

static int find_row(struct str name)
{
	for (int i = 0; i < gen_dirt_rows_nr; i++)
		if (str_eq(name, str_of(gen_dirt_rows[i].name)))
			return i;
	return -1;
}

uint64_t gen_dirt_read(struct str names)
{
	uint64_t rows = 0;

	while (names.ptr) {
		int i = find_row(str_split(&names, ','));

		if (i < 0)
			return 0;
		rows |= (uint64_t)1 << i;
	}
	return rows;
}
