/*
 * score.h - how alike two names are, 0 to 1000
 *
 * The formula is written down, with its upper bound, in doc/matching.md. All
 * of it is integer arithmetic: every machine gives the same number. A score
 * depends on the two names and on the weights of the listed one alone, so it
 * can be computed again when the list is gone.
 *
 *	struct name_score s;
 *	name_score(&s, &tmp, &carried, &listed, weight);
 *
 * No allocation; `tmp` is reused from call to call. Threads: one scratch
 * each.
 */
#ifndef WATCHLIST_SCORE_H
#define WATCHLIST_SCORE_H

#include "watchlist/normalise.h"

enum {
	SCORE_MAX = 1000,
	WEIGHT_FULL = 100, /* of a rare word among the given names */
	WEIGHT_LEAST = 40, /* of the most frequent one */
	/* prices of what is left over, in thousandths, see doc/matching.md */
	PRICE_EXCESS = 120,
	PRICE_ABSENT = 220,
	PRICE_CONFLICT = 1800,
	SECOND_PERCENT = 20,
	SIM_LEAST = 680,   /* less is not alike */
	SIM_INITIAL = 680, /* V for VLADIMIR */
	STUB_LEAST = 2,	   /* letters that a word may be cut to and still met */
	SCORE_MATCHES = NAME_TOKENS,
	/* one of the two units of a match is always a single token */
	SCORE_EDGES = NAME_TOKENS * NAME_UNITS * 2,
	SCORE_STATES = (NAME_TOKENS + 1) * 4 << NAME_TOKENS,
};

/* Two units found alike. */
struct name_match {
	uint8_t carried, listed; /* units of the two forms */
	uint8_t carried_key, listed_key;
	uint16_t sim;	 /* 1 to 1000, costs taken off */
	uint16_t weight; /* of the listed tokens covered */
};

struct name_score {
	uint16_t score;	 /* 0 to 1000 */
	uint16_t rarity; /* sum of weight * sim / 1000 over the matches */
	uint8_t nr;
	struct name_match match[SCORE_MATCHES];
};

/* Working memory of name_score(). */
struct name_scratch {
	struct name_match edge[SCORE_EDGES];
	uint32_t nr_edges;
	int32_t best[SCORE_STATES];
};

/*
 * Optimal string alignment distance of two texts of at most NAME_TEXT bytes:
 * insert, delete, replace, swap neighbours. Gives limit + 1 when it is more
 * than `limit`.
 */
unsigned int text_distance(struct str a, struct str b, unsigned int limit);

/* Where a text has each letter: made once to measure it against many. */
struct text_pattern {
	uint64_t place[256];
	size_t len;
};

/* Of a text of at most NAME_TEXT bytes. */
void text_pattern_make(struct text_pattern *p, struct str text);

/* text_distance() of the pattern's text and `b`. */
unsigned int text_pattern_distance(const struct text_pattern *p, struct str b,
				   unsigned int limit);

/* Edits allowed between texts, the longer of which has `len` letters. */
unsigned int text_budget(size_t len);

/*
 * How alike two keys are, 0 to 1000, costs not taken off; symmetric unless
 * `stub`, which says that a may be only the beginning of a word.
 */
unsigned int text_similarity(const struct name_key *a, const struct name_key *b,
			     bool stub);

/* What makes two keys alike. */
enum name_method {
	METHOD_EQUAL,
	METHOD_INITIAL,	  /* one letter, and it begins the other */
	METHOD_SPELLING,  /* few edits */
	METHOD_SOUND,	  /* folds are equal */
	METHOD_NEAR,	  /* folds are close */
	METHOD_VARIANT,	  /* one name in two languages */
	METHOD_BEGINNING, /* the field was cut, and it begins the other */
	METHODS,
};

/*
 * The same by the letters alone, not by how they sound (sound.h). `p` is the
 * pattern of a, or NULL.
 */
unsigned int text_spelling(const struct name_key *a, const struct name_key *b,
			   const struct text_pattern *p, bool stub,
			   enum name_method *how);

/* text_similarity(), and what made it. */
unsigned int text_compare(const struct name_key *a, const struct name_key *b,
			  bool stub, enum name_method *how);

/* "spelling", ...: the word for a method. */
const char *name_method_word(enum name_method m);

/* What a token weighs; `base` is WEIGHT_LEAST to WEIGHT_FULL. */
uint16_t name_weight(enum name_kind kind, enum name_part part,
		     unsigned int base);

/*
 * The base weight of a word that `df` of `nr` listed names have: falls with
 * the logarithm of its frequency. Small lists are taken for 1,024 names.
 */
unsigned int name_base_weight(uint32_t df, uint32_t nr);

/*
 * What a word that is left over counts when the other name has one, too: less
 * than it weighs where both the surname and the given names have met
 * otherwise, for people have second surnames, and take others. `met` by
 * name_part.
 */
unsigned int rest_weight(unsigned int weight, uint8_t part, const bool met[2]);

/*
 * Score `carried` against `listed`, whose token i weighs weight[i]. Fills
 * `out`; without any match its score is 0.
 */
void name_score(struct name_score *out, struct name_scratch *tmp,
		const struct name_form *carried, const struct name_form *listed,
		const uint16_t *weight);

#endif
