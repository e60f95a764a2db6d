#include "tools/gen_rng.h"

static uint64_t splitmix64(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static uint64_t rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

void rng_seed(struct rng *r, uint64_t seed, uint64_t stream)
{
	uint64_t state = seed;

	/* the stream is mixed on its own: neighbours must not look alike */
	state = splitmix64(&state) ^ stream;
	for (int i = 0; i < 4; i++)
		r->s[i] = splitmix64(&state);
}

uint64_t rng_next(struct rng *r)
{
	uint64_t *s = r->s, out = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return out;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
	/* values under 2^32 mod n would be too likely: throw again */
	uint32_t bias = -n % n, x;

	do
		x = (uint32_t)(rng_next(r) >> 32);
	while (x < bias);
	return x % n;
}

int rng_range(struct rng *r, int lo, int hi)
{
	return lo + (int)rng_below(r, (uint32_t)(hi - lo) + 1);
}

bool rng_chance(struct rng *r, int in_1000)
{
	return (int)rng_below(r, 1000) < in_1000;
}
