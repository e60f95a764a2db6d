/*
 * accuracy.h - how well a score tells pairs that are alike from others
 *
 * Each pair is put under its script with its score and whether it should have
 * matched; counts at any threshold follow from that.
 *
 *	struct accuracy a = { 0 };
 *	accuracy_add(&a, accuracy_script(x, y), score, expected);
 *	c = accuracy_at(&a, ACCURACY_ALL, 800);
 *
 * Plain values. Threads: one.
 */
#ifndef TOOLS_ACCURACY_H
#define TOOLS_ACCURACY_H

#include "watchlist/score.h"

/* The script of a pair: of the name that is not Latin, if one is. */
#define ACCURACY_SCRIPTS(X)     \
	X(LATIN, "latin")       \
	X(CYRILLIC, "cyrillic") \
	X(GREEK, "greek")       \
	X(ARABIC, "arabic")     \
	X(HEBREW, "hebrew")     \
	X(INDIC, "indic")       \
	X(HAN, "han, kana")     \
	X(HANGUL, "hangul")     \
	X(OTHER, "other")       \
	X(ALL, "all")

#define ACCURACY_ENUM(id, word) ACCURACY_##id,
enum accuracy_script { ACCURACY_SCRIPTS(ACCURACY_ENUM) ACCURACY_NR };
#undef ACCURACY_ENUM

struct accuracy {
	/* pairs by score; [1]: those that should have matched */
	uint32_t pairs[ACCURACY_NR][2][SCORE_MAX + 1];
};

/* Counts at a threshold; the three shares in thousandths. */
struct accuracy_count {
	uint32_t right, wrong, missed, rest; /* true and false positives, ... */
	uint32_t precision, recall, f1;
};

/* The script of a pair of names, by the first letters that are not Latin. */
enum accuracy_script accuracy_script(struct str a, struct str b);

/* The word for it. */
const char *accuracy_script_word(enum accuracy_script s);

/* Count a pair, under its script and under ACCURACY_ALL. */
void accuracy_add(struct accuracy *a, enum accuracy_script s,
		  unsigned int score, bool expected);

/* How many pairs of a script there are. */
uint32_t accuracy_pairs(const struct accuracy *a, enum accuracy_script s);

/* What a match from `threshold` on would have been worth. */
struct accuracy_count accuracy_at(const struct accuracy *a,
				  enum accuracy_script s,
				  unsigned int threshold);

/* The threshold, 1 to SCORE_MAX, with the greatest F1; the highest of such. */
unsigned int accuracy_best(const struct accuracy *a, enum accuracy_script s);

#endif
