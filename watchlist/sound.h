/*
 * sound.h - how alike two words sound
 *
 * Works on folds (fold.h). Two sounds are alike when they are equal, when they
 * are one name in two languages (variant.h), or when they differ by few edits,
 * each at the price of near.def, or have the same bones. doc/matching.md,
 * section 2, has the numbers; all of it is integers.
 *
 * Threads: pure functions.
 */
#ifndef WATCHLIST_SOUND_H
#define WATCHLIST_SOUND_H

#include "base/str.h"

enum {
	SOUND_EQUAL = 970,   /* folds are equal, texts are not */
	SOUND_VARIANT = 940, /* one name in two languages */
	SOUND_SHORT = 3,     /* letters of a fold that may differ a little */
	SOUND_SHORT_PRICE = 500,
	BONES_LEAST = 2, /* consonants that must be there to be enough */
};

/* A word's sound. */
struct name_sound {
	struct str fold;  /* absent: not of A-Z */
	uint64_t sig;	  /* name_signature(fold) */
	uint16_t variant; /* its class; VARIANT_NONE */
	bool joined;	  /* of neighbours: close is not enough */
};

/* What makes two sounds alike. */
enum sound_method {
	SOUND_NOT,
	SOUND_SAME,
	SOUND_IN_CLASS,
	SOUND_CLOSE, /* a few near letters, or the same bones */
};

/* Edits allowed between folds, the longer of which has `len` letters. */
unsigned int sound_budget(size_t len);

/*
 * May they be alike without being of one class or having the same bones? Then
 * their lengths and letters differ by their budget at most.
 */
bool sound_is_close(const struct name_sound *a, const struct name_sound *b);

/* How alike two sounds are that are close or have the same bones, or 0. */
unsigned int sound_near(const struct name_sound *a, const struct name_sound *b);

/*
 * How alike, 0 to SOUND_EQUAL; 0: not. Symmetric. What makes them so goes to
 * *how.
 */
unsigned int sound_similarity(const struct name_sound *a,
			      const struct name_sound *b,
			      enum sound_method *how);

#endif
