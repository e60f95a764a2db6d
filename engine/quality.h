/*
 * quality.h - how complete and consistent a carrier's data of one person are
 *
 * A score of 0 to 100 and the reasons why it is not 100, by the rules of
 * quality.def. A measure of the carrier's data, not of the traveller: it is no
 * input of screening, and no profile can read it. Pure functions.
 */
#ifndef ENGINE_QUALITY_H
#define ENGINE_QUALITY_H

#include "parsers/record.h"

enum { QUALITY_FULL = 100, QUALITY_SIDES_REASONS = 32 };

enum quality_side { QUALITY_PNR = 1, QUALITY_API = 2 };

struct quality {
	int32_t score; /* 0 to 100 */
	uint32_t nr;   /* of reasons, each once, in the order of the rules */
	const char *reason[QUALITY_SIDES_REASONS]; /* codes, constants */
};

struct quality_rule {
	enum quality_side side;
	int32_t points;
	const char *code; /* "no-contact" */
	/* Stated? `b` is NULL without a booking. */
	bool (*check)(const struct traveller *t, const struct booking *b);
	const char *help;
};

extern const struct quality_rule quality_rules[];
extern const size_t quality_rules_nr;

/*
 * One traveller as one message has him: `sides` says which rules apply (a set
 * of quality_side). `b` is his booking, or NULL.
 */
void quality_of_traveller(struct quality *out, unsigned sides,
			  const struct traveller *t, const struct booking *b);

/*
 * A linked traveller: what the two sides together state, by the rules of the
 * sides there are, and what they disagree on.
 */
void quality_of_subject(struct quality *out, const struct subject *s);

#endif
