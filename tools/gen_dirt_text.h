/*
 * gen_dirt_text.h - what makers of dirt work with
 *
 * Included by tools/gen_dirt*.c only. A segment's text is as the generator
 * wrote it, default separators and releases; other separators come when the
 * message is written. A place that a function looks for is chosen by the dice
 * among all there are. Lifetime: in d->arena.
 */
#ifndef TOOLS_GEN_DIRT_TEXT_H
#define TOOLS_GEN_DIRT_TEXT_H

#include "tools/gen_dirt.h"

#include "base/buf.h"

#define DIRT(number, name, in, then, code, fn, what, how) \
	bool dirty_##fn(struct dirt *d);
#define DIRT_BYTES DIRT
#include "tools/gen_dirt.def"
#undef DIRT
#undef DIRT_BYTES

/* One of the segments that begin with `head` ("NAD+FL"), or -1. */
int dirt_find(struct dirt *d, const char *head);

/* The first such segment at or behind `from`, or -1. */
int dirt_next(const struct dirt *d, int from, const char *head);

/* Does segment `i` begin with that? */
bool dirt_is(const struct dirt *d, int i, const char *head);

/* Give segment `i` another text. */
void dirt_set(struct dirt *d, int i, const char *fmt, ...) PRINTF(3, 4);

/* Put a segment before the one at `i`, into the group of the one before. */
void dirt_insert(struct dirt *d, int i, const char *fmt, ...) PRINTF(3, 4);

/* Take segment `i` out. */
void dirt_remove(struct dirt *d, int i);

/* Copy segments [from, to) to before the one at `at`, which is not inside. */
void dirt_copy(struct dirt *d, int from, int to, int at);

/* Element `elem` of a segment (0: the tag), releases as they stand. */
struct str dirt_element(const struct dirt *d, int i, unsigned elem);

/* Put other text in place of an element that is there. */
void dirt_set_element(struct dirt *d, int i, unsigned elem, struct str text);

/* The n-th component of an element, from 1. */
struct str dirt_component(struct str element, unsigned comp);

/* The same text in another case. */
struct str dirt_lower(struct dirt *d, struct str s);

/* Write the segments into d->bytes, and d->mark. */
void dirt_write(struct dirt *d);

/* Bytes being copied with changes; marks move along. */
struct dirt_edit {
	struct dirt *d;
	struct buf out;
	size_t pos;    /* read so far */
	uint32_t mark; /* the next that has not moved */
};

/* Begin; copy up to byte `to`; add some; leave some out; make it d->bytes. */
void dirt_edit_open(struct dirt_edit *e, struct dirt *d);
void dirt_edit_copy(struct dirt_edit *e, size_t to);
void dirt_edit_add(struct dirt_edit *e, struct str s);
void dirt_edit_close(struct dirt_edit *e);

#endif
