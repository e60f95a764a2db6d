/*
 * word.h - short texts as numbers of eight bytes, to look at all at once
 *
 * The first byte is the lowest, what is behind the text is 0. Little-endian
 * processors only, as all that paxgate is built for. Pure functions.
 */
#ifndef BASE_WORD_H
#define BASE_WORD_H

#include "base/str.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "words take the first byte of a text for the lowest"
#endif

enum { WORD_MAX = 8 }; /* bytes in a word */

#define WORD_EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

/* A constant of up to 8 characters as word_of() gives it. */
#define WORD(lit)                                              \
	(WORD_AT(lit, 0) | WORD_AT(lit, 1) | WORD_AT(lit, 2) | \
	 WORD_AT(lit, 3) | WORD_AT(lit, 4) | WORD_AT(lit, 5) | \
	 WORD_AT(lit, 6) | WORD_AT(lit, 7))
#define WORD_AT(lit, i)                                                  \
	((i) < sizeof(lit) - 1                                           \
		 ? (uint64_t)(uint8_t)(lit)[(i) < sizeof(lit) ? (i) : 0] \
			   << 8 * (i)                                    \
		 : 0)

/* `len` bytes, up to 8 of them. */
static inline uint64_t word_load(const char *p, size_t len)
{
	uint32_t first, last;

	if (len >= sizeof(first)) { /* two halves that may overlap */
		memcpy(&first, p, sizeof(first));
		memcpy(&last, p + len - sizeof(last), sizeof(last));
		return first | (uint64_t)last << 8 * (len - sizeof(last));
	}
	if (!len)
		return 0;
	return (uint64_t)(uint8_t)p[0] |
	       (uint64_t)(uint8_t)p[len / 2] << 8 * (len / 2) |
	       (uint64_t)(uint8_t)p[len - 1] << 8 * (len - 1);
}

/* A text of up to 8 bytes, none of them NUL; any other, or an empty one: 0. */
static inline uint64_t word_of(struct str s)
{
	uint64_t v, behind;

	if (s.len - 1 >= WORD_MAX)
		return 0;
	v = word_load(s.ptr, s.len);
	/* bytes behind the text are no NULs of its own */
	behind = s.len == WORD_MAX ? 0 : ~(uint64_t)0 << 8 * s.len;
	return ((v | behind) - WORD_EACH(1)) & ~(v | behind) & WORD_EACH(0x80)
		       ? 0
		       : v;
}

/* The high bit of each byte that is from `low` to `high`, both below 0x80. */
static inline uint64_t word_between(uint64_t v, char low, char high)
{
	uint64_t seven = v & WORD_EACH(0x7f);

	return ((seven + WORD_EACH(0x80 - low)) &
		~(seven + WORD_EACH(0x7f - high)) & ~v) &
	       WORD_EACH(0x80);
}

/* Small letters of ASCII as capitals, all else as it is. */
static inline uint64_t word_upper(uint64_t v)
{
	return v ^ word_between(v, 'a', 'z') >> 2;
}

/* The high bits of the first `len` bytes, 1 to 8. */
static inline uint64_t word_bits(size_t len)
{
	return WORD_EACH(0x80) >> 8 * (WORD_MAX - len);
}

/* Are all of `len` bytes, 1 to 8, from `low` to `high`? */
static inline bool word_is_all(uint64_t v, size_t len, char low, char high)
{
	return word_between(v, low, high) == word_bits(len);
}

/*
 * Digits in pairs as numbers: of "26112359" the bytes 0, 2, 4 and 6 are 26,
 * 11, 23 and 59, the others something else.
 */
static inline uint64_t word_pairs(uint64_t digits)
{
	uint64_t v = digits & WORD_EACH(0x0f);

	return v * 10 + (v >> 8);
}

#endif
