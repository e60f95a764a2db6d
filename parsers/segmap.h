/*
 * segmap.h - what a message says, as a table of rows
 *
 * A row tells where in a segment a value stands, in which phase of the
 * message the row holds, and which member of which open record it fills. A
 * segment that needs thought has a function instead. Rows of one tag stand
 * together; all that fit are applied, in their order.
 *
 *	tag    qual  phases  el co  fills                     conversion
 *	{ "DTM", "329", TRAVELLER, 1, 2, INTO(TRAVELLER, traveller, birth_date),
 *	  convert_birth },
 */
#ifndef PARSERS_SEGMAP_H
#define PARSERS_SEGMAP_H

#include "parsers/walk.h"

struct seg_row {
	char tag[4];
	const char *qual; /* what element 1 component 1 must be; NULL: any */
	unsigned phases;  /* bits of walk.phase; 0: all */
	uint8_t elem, comp;
	enum rec rec;
	uint16_t off; /* of the member in the record */
	/* Convert and claim into *member; false: not such a value. */
	bool (*convert)(struct walk *w, struct piece v, void *member);
	void (*fn)(struct walk *w); /* instead of all that */
};

/* The record and the member a row fills. */
#define INTO(REC, s, m) REC_##REC, offsetof(struct s, m)

/* For rows of codes that are known and say nothing that is kept. */
#define SKIPPED 0, 0, REC_MESSAGE, 0, NULL, NULL

/* For rows that only let a constant stay. */
#define CONSTANT REC_MESSAGE, 0, convert_constant

enum { SEGMAP_SLOTS = 128 };

/* Rows by tag. */
struct segmap {
	const struct seg_row *row; /* borrowed, static */
	struct segmap_slot {
		uint32_t code; /* 0: free */
		uint16_t first, nr;
	} slot[SEGMAP_SLOTS];
};

/* Index `nr` rows, those of a tag together. */
void segmap_init(struct segmap *m, const struct seg_row *row, size_t nr);

/* Is there a row for the tag (EDI_TAG())? */
bool segmap_has(const struct segmap *m, uint32_t code);

/*
 * Apply the rows to the segment at hand. A value that is not what its row
 * wants is a warning, is not claimed and leaves the member alone. False: no
 * row knows the segment's code, or its tag, in this phase.
 */
bool segmap_apply(const struct segmap *m, struct walk *w);

#endif
