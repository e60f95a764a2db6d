/*
 * arena.h - memory that is given back all at once
 *
 *	struct arena a = { 0 };
 *	struct leg *leg = arena_alloc(&a, sizeof(*leg));
 *	...
 *	arena_clear(&a);	ready for the next message, keeps its blocks
 *	arena_release(&a);	gives the blocks back
 *
 * Memory comes zeroed, aligned to 16 bytes. It never returns NULL: a process
 * that cannot get memory for one message ends with a sentence and code 70,
 * and its restart reads the message again. A zeroed struct is an empty arena.
 * Threads: an arena belongs to one.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <string.h>

struct arena_block;

struct arena {
	struct arena_block *first, *current;
	uint64_t mallocs; /* blocks taken from malloc() since it began */
	/* whose room its blocks are; it needs no release, and its memory is
	 * forgotten with that of the other. NULL: they come from malloc() */
	struct arena *parent;
};

/* Room for `size` bytes, zeroed; lives until the arena is cleared. */
void *arena_alloc(struct arena *a, size_t size);

/* The same without the zeroes, for what is written before it is read. */
void *arena_room(struct arena *a, size_t size);

/* A copy of `s` in the arena, with a NUL behind it; absent stays absent. */
struct str arena_str(struct arena *a, struct str s);

/*
 * Two texts with `between` between them, in the arena, with a NUL behind it;
 * each up to a NUL that it holds, as arena_fmt() would.
 */
struct str arena_join(struct arena *a, struct str first, struct str between,
		      struct str second);

/* A formatted text in the arena, with a NUL behind it. */
struct str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* Bytes handed out since it was cleared, with what rounding up cost. */
size_t arena_used(const struct arena *a);

/* Forget everything that was handed out; keeps the blocks for reuse. */
void arena_clear(struct arena *a);

/* Give all blocks back; the arena is empty again. */
void arena_release(struct arena *a);

/*
 * Make *items, which has `nr` elements, hold twice as many; large ones four
 * times as many, for they are dear to copy.
 */
void arena_grow(struct arena *a, void *items, uint32_t nr, size_t size);

enum {
	ARENA_SMALL = 64,  /* bytes of an element of which many come */
	ARENA_FIRST = 4,   /* elements there is room for at once, if small */
	ARENA_LARGE = 256, /* bytes of an element that is dear to copy */
};

/*
 * Append room for one more element of `size` bytes to the array *items of
 * *nr elements, and return it zeroed. The array must only grow through this
 * call (it doubles or quadruples: capacity follows from nr and size). Old copies stay in the
 * arena. Inline: nearly all callers know the size when they are compiled.
 */
static inline void *arena_push(struct arena *a, void *items, uint32_t *nr,
			       size_t size)
{
	uint32_t n = (*nr)++;
	char *first;

	/* full whenever nr is a power of two, from the first room on */
	if ((n & (n - 1)) == 0 &&
	    (n == 0 || n >= ARENA_FIRST || size > ARENA_SMALL))
		arena_grow(a, items, n, size);
	memcpy(&first, items, sizeof(first));
	return memset(first + (size_t)n * size, 0, size);
}

#endif
