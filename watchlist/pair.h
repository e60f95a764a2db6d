/*
 * pair.h - one traveller against one entry: the definition of a match
 *
 * This is the plain twin of match.h and the way a hit is replayed when the
 * list is gone: everything comes from the query and the entry's canonical
 * record.
 *
 * Class A: a document agrees. B: name and full birth date. C: name, and birth
 * date or document in part. D: a rare name alone. A birth date that disagrees
 * is no match, unless a document agrees. Every match is for a person to
 * review. The rules stand in doc/matching.md.
 *
 * No allocation; scratch is the caller's, one per thread.
 */
#ifndef WATCHLIST_PAIR_H
#define WATCHLIST_PAIR_H

#include "watchlist/query.h"

enum watch_class {
	WATCH_CLASS_A,
	WATCH_CLASS_B,
	WATCH_CLASS_C,
	WATCH_CLASS_D,
	WATCH_NO_MATCH,
};

enum watch_feature {
	WATCH_BIRTH,
	WATCH_SEX,
	WATCH_NATIONALITY,
	WATCH_PLACE,
	WATCH_DOCUMENT,
	WATCH_FEATURES,
};

enum {
	/* with a birth date that agrees in part, whatever the list's threshold */
	PARTIAL_SCORE = 870,
	/* A name alone is a match only when it is this like and this rare. */
	ALONE_SCORE = 940,
	ALONE_RARITY = 150,
};

/* A feature's verdict and what it is worth, in thousandths. */
struct watch_line {
	uint8_t verdict; /* enum watch_verdict */
	int16_t points;
};

struct watch_match {
	uint32_t entry; /* index in the snapshot; 0 for a pair */
	uint8_t class;	/* enum watch_class */
	uint16_t total; /* name score less the negative points */
	struct watch_line line[WATCH_FEATURES];
	uint32_t carried_name, listed_name; /* which of each the score is of */
	struct name_score name;
};

/* The names of a query, normalised. */
struct watch_forms {
	struct name_form form[QUERY_NAMES];
	uint32_t nr;
};

struct watch_pair_scratch {
	struct watch_forms carried;
	struct name_form listed;
	struct name_scratch name;
};

/* Normalise the names of a query. */
void watch_forms_make(struct watch_forms *out, const struct watch_query *q);

/* Is `s` of names (carried, listed) better than what `best` has so far? */
bool watch_name_better(const struct name_score *s, uint32_t carried,
		       uint32_t listed, const struct watch_match *best);

/*
 * Fill in class, total and points of a match whose name score and verdicts
 * are there. Returns false when it is no match.
 */
bool watch_grade(struct watch_match *m, unsigned int threshold);

/*
 * Does the list want a match of this class, with as many points? `least` is
 * the entry's.
 */
bool watch_is_wanted(const struct watch_match *m,
		     const uint16_t least[ENTRY_CLASSES]);

/* Verdict on sex; X says nothing. */
enum watch_verdict watch_sex(char a, char b);

/*
 * The verdict on the place of birth, `listed` as the list has it. Of a match
 * whose name score and document's verdict are there; where these make it none,
 * whatever the rest says, the verdict stays unknown: places are dear.
 */
void watch_place_line(struct watch_match *m, unsigned int threshold,
		      const struct watch_query *q, struct str listed);

/*
 * Compare a traveller with an entry. Returns true and fills *out when it is a
 * match.
 */
bool watch_pair(struct watch_match *out, struct watch_pair_scratch *tmp,
		const struct watch_query *q, const struct watch_entry *n);

/*
 * The same with names that are normalised already: `carried` of the query,
 * `listed`, one for each of the entry's names.
 */
bool watch_pair_of_forms(struct watch_match *out, struct name_scratch *tmp,
			 const struct watch_query *q,
			 const struct watch_forms *carried,
			 const struct watch_entry *n,
			 const struct name_form *listed);

/* "A"; "birth_date"; "agree": words for people and evidence. */
const char *watch_class_word(enum watch_class c);
const char *watch_feature_word(enum watch_feature f);
const char *watch_verdict_word(enum watch_verdict v);

#endif
