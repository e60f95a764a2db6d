#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ALIGN = 16,
	BLOCK = 256 * 1024, /* a usual message with its records fits in one */
	CHILD = 8 * 1024,   /* block of an arena in another's room */
};

struct arena_block {
	struct arena_block *next;
	size_t cap, used;
	_Alignas(ALIGN) char data[];
};

static struct arena_block *block_new(struct arena *a, size_t size)
{
	size_t usual = a->parent ? CHILD : BLOCK;
	size_t cap = size > usual ? size : usual;
	struct arena_block *b =
		a->parent ? arena_room(a->parent, sizeof(*b) + cap)
			  : malloc(sizeof(*b) + cap);

	if (!b) {
		fputs("paxgate: out of memory\n", stderr);
		exit(70);
	}
	b->next = NULL;
	b->cap = cap;
	b->used = 0;
	return b;
}

/* The next block that has room for `size`, added behind the current one. */
static struct arena_block *block_with_room(struct arena *a, size_t size)
{
	struct arena_block *b = a->current;

	while (b && b->cap - b->used < size && b->next) {
		b = b->next;
		b->used = 0;
	}
	if (!b || b->cap - b->used < size) {
		struct arena_block *n = block_new(a, size);

		if (b)
			b->next = n;
		else
			a->first = n;
		a->mallocs += !a->parent;
		b = n;
	}
	a->current = b;
	return b;
}

void *arena_room(struct arena *a, size_t size)
{
	struct arena_block *b;
	void *p;

	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	b = block_with_room(a, size);
	p = b->data + b->used;
	b->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_room(a, size), 0, size);
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p;

	if (!s.ptr)
		return s;
	p = arena_room(a, s.len + 1);
	memcpy(p, s.ptr, s.len);
	p[s.len] = '\0';
	return (struct str){ p, s.len };
}

static char *put(char *to, struct str s)
{
	size_t len = s.len ? strnlen(s.ptr, s.len) : 0;

	if (len)
		memcpy(to, s.ptr, len);
	return to + len;
}

struct str arena_join(struct arena *a, struct str first, struct str between,
		      struct str second)
{
	size_t len = first.len + between.len + second.len;
	char *out = arena_room(a, len + 1), *end;

	end = put(put(put(out, first), between), second);
	*end = '\0';
	return (struct str){ out, (size_t)(end - out) };
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_room(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (struct str){ p, (size_t)n };
}

size_t arena_used(const struct arena *a)
{
	size_t used = 0;

	for (const struct arena_block *b = a->first; b; b = b->next) {
		used += b->used;
		if (b == a->current)
			break;
	}
	return used;
}

void arena_clear(struct arena *a)
{
	a->current = a->first;
	if (a->first)
		a->first->used = 0;
}

void arena_release(struct arena *a)
{
	struct arena_block *b = a->parent ? NULL : a->first, *next;

	for (; b; b = next) {
		next = b->next;
		free(b);
	}
	a->first = a->current = NULL;
}

void arena_grow(struct arena *a, void *items, uint32_t nr, size_t size)
{
	size_t first = size > ARENA_SMALL ? 1 : ARENA_FIRST;
	size_t times = size > ARENA_LARGE ? 4 : 2;
	char *old, *grown;

	/* between the powers of four there is room already */
	if (times == 4 && nr & 0xaaaaaaaau)
		return;
	grown = arena_room(a, (nr ? nr * times : first) * size);
	memcpy(&old, items, sizeof(old));
	if (nr)
		memcpy(grown, old, nr * size);
	memcpy(items, &grown, sizeof(grown));
}
