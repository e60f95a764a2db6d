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

enum { TAG_SLOTS = 128 }; /* a power of two, more than there are tags */

/* Which rows of a table are a tag's, those of a tag together. Zeroed: none. */
struct tag_rows {
	struct tag_slot {
		uint32_t code; /* EDI_TAG(); 0: free */
		uint16_t first, nr;
	} slot[TAG_SLOTS];
};

/* Row `i`, of the tag `tag`, is the next of the table. */
void tag_rows_add(struct tag_rows *t, const char *tag, size_t i);

/* The tag's rows; nr 0: there are none. */
static inline const struct tag_slot *tag_rows_find(const struct tag_rows *t,
						   uint32_t code)
{
	size_t i = (code * 2654435761u) >> 25;

	while (t->slot[i].code && t->slot[i].code != code)
		i = (i + 1) % TAG_SLOTS;
	return &t->slot[i];
}

enum {
	SEGMAP_SLOTS = 256, /* a power of two, more than tags and qualifiers */
	SEGMAP_ROWS = 512,
};

/*
 * Which rows a segment has, by its tag and qualifier: made once for all
 * messages, then only read, by any thread.
 */
struct segmap {
	struct seg_slot {
		/* EDI_TAG(), and below it the qualifier as a number, 0: any
		 * that no row names; the whole 0: free */
		uint64_t key;
		bool quals; /* of qualifier 0: other slots have the tag, too */
		uint16_t nr;
		const struct seg_row *row; /* those that fit, nr of them */
	} slot[SEGMAP_SLOTS];
	struct seg_row row[SEGMAP_ROWS]; /* of all slots, one behind another */
	size_t nr_slot, nr_row;
};

/*
 * Index `nr` rows, those of a tag together. Too many of them, or a qualifier
 * of more than 4 bytes, end the process: a mistake in a table.
 */
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
