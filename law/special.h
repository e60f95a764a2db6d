/*
 * special.h - special-category data: codes, titles and words that reveal it
 *
 * Article 13(4) of Directive (EU) 2016/681 forbids to process PNR data that
 * reveal race or ethnic origin, political opinions, religion or belief, union
 * membership, health, sexual life or orientation. special.def lists what does:
 * service codes, titles, traveller types and words of free text. Rows that
 * only hint at one of them (POLICY) count as well.
 *
 *	if (special_find(STR("NEEDS ROLLSTUHL"), 0))
 *		drop(text);
 *
 * A text is read through release characters, line breaks (they stand for
 * nothing), lower case, accents (UTF-8 or ISO 8859-1) and punctuation. Blanks
 * inside a word are read through when the word is long (WHEEL CHAIR) or is
 * spelled out (H.I.V). Names are not for this: CHRISTIAN is a word here.
 *
 * Static and read-only; any thread.
 */
#ifndef LAW_SPECIAL_H
#define LAW_SPECIAL_H

#include "base/str.h"

enum special_category {
	SPECIAL_HEALTH,
	SPECIAL_RELIGION,
	SPECIAL_ETHNIC,
	SPECIAL_POLITICAL,
	SPECIAL_UNION,
	SPECIAL_SEXUAL,
	SPECIAL_BELIEF,
	SPECIAL_POLICY, /* may hint at one of the others */
	SPECIAL_CATEGORIES,
};

struct special {
	const char *word; /* the code or word as special.def has it */
	enum special_category category;
};

/*
 * What a special service code reveals, or NULL. A meal code ("..ML") that
 * special.def does not know is SPECIAL_POLICY. Case, blanks and line breaks
 * in `code` do not count.
 */
const struct special *special_ssr(struct str code);

/*
 * The first word of a free text that reveals something, or NULL. `release`
 * is the release character in force in `text`, 0 for a text already cleaned.
 * Both give the same answer.
 */
const struct special *special_find(struct str text, char release);

/* The same for a title of address: religious titles and special_find(). */
const struct special *special_title(struct str text, char release);

/* What a traveller type code (CLG, PIL, ...) reveals, or NULL. */
const struct special *special_type(struct str code, char release);

/* "health", "religion", ...: the word for a category. */
const char *special_category_name(enum special_category c);

#endif
