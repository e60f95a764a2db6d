/*
 * step.h - what reading a name did to it
 *
 * Bits of name_form.steps. Nothing is ever deleted from a name in silence: an
 * explanation shows which steps were taken, on both sides. Static, read-only.
 */
#ifndef WATCHLIST_STEP_H
#define WATCHLIST_STEP_H

#include <stddef.h>
#include <stdint.h>

enum name_step {
#define STEP(member, word, says) STEP_##member,
#include "watchlist/step.def"
#undef STEP
	NAME_STEPS
};

/* "capitals": the word for a step; and a sentence. */
const char *name_step_word(enum name_step s);
const char *name_step_says(enum name_step s);

struct name_form;

/* What the parts of a name are, and what was seen of its fields: bits. */
uint32_t name_steps_of(const struct name_form *f);

/* The bit of a step. */
static inline uint32_t name_step_bit(enum name_step s)
{
	return UINT32_C(1) << s;
}

#endif
