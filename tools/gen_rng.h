/*
 * gen_rng.h - the generator's dice: same seed, same throws, on every machine
 *
 * xoshiro256** by Blackman and Vigna, seeded by splitmix64; integers only, so
 * no machine differs. Not for keys or anything secret.
 *
 *	struct rng r;
 *	rng_seed(&r, 42, flight_nr);
 *	days = rng_range(&r, 3, 180);
 *
 * Threads: a struct rng belongs to one.
 */
#ifndef TOOLS_GEN_RNG_H
#define TOOLS_GEN_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

/* Start the series `stream` of `seed`; different streams are independent. */
void rng_seed(struct rng *r, uint64_t seed, uint64_t stream);

/* The next 64 bits. */
uint64_t rng_next(struct rng *r);

/* 0 to n - 1, each as likely; n at least 1. */
uint32_t rng_below(struct rng *r, uint32_t n);

/* lo to hi, both included; lo <= hi. */
int rng_range(struct rng *r, int lo, int hi);

/* True `in_1000` times out of 1000. */
bool rng_chance(struct rng *r, int in_1000);

#endif
