/*
 * place.h - places of birth, and how two of them agree
 *
 *	struct place a, b;
 *	place_read(&a, STR("Linz; Wels, Austria"), STR_NONE);
 *	place_read(&b, STR("LINZ AN DER DONAU"), STR("AUT"));
 *	place_compare(&a, &b)		WATCH_AGREE
 *
 * Lists write a village, its district, a State, in any order, several of them;
 * carriers what a passport has. So a place is a set of words and a set of
 * countries. Words that say what a place is (place.def) do not count. Words
 * are alike as parts of names are (score.h), with PLACE_LIKE, or when place.def
 * has them in one row.
 *
 * Costs some microseconds: for travellers whose name has met. No allocation.
 * Threads: plain values and pure functions.
 */
#ifndef WATCHLIST_PLACE_H
#define WATCHLIST_PLACE_H

#include "watchlist/birth.h"
#include "watchlist/normalise.h"

enum {
	PLACE_WORDS = 16,
	PLACE_COUNTRIES = 8,
	PLACE_LETTERS = 3,  /* a word has so many, or does not count */
	PLACE_LIKE = 870,   /* of 1000: one letter of eight */
	PLACE_BYTES = 1024, /* of a text that are read */
};

struct place_word {
	char text[NAME_TEXT], fold[NAME_TEXT];
	uint8_t len, fold_len;
	uint16_t same; /* row of place.def from 1; 0: none */
};

/* Words and countries beyond the limits are left off. */
struct place {
	struct place_word word[PLACE_WORDS];
	uint32_t nr_words;
	struct str country[PLACE_COUNTRIES]; /* ISO alpha-3, static */
	uint32_t nr_countries;
};

/*
 * Read a place as written: parts by comma, slash or bracket, places by
 * semicolon. A part, or several, that are a country's name or code are a
 * country, and so is a code of three letters behind words (LINZ AUT).
 * `country` in any form of base/country.h; both may be absent.
 */
void place_read(struct place *p, struct str text, struct str country);

/*
 * doc/matching.md, section 5: AGREE a word alike and no other country; PARTIAL
 * the same country, or a word alike in another; DISAGREE neither; UNKNOWN one
 * says nothing that can be compared. Symmetric.
 */
enum watch_verdict place_compare(const struct place *a, const struct place *b);

#endif
