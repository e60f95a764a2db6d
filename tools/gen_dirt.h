/*
 * gen_dirt.h - makes sound messages dirty, as gen_dirt.def lists
 *
 *	struct dirt d;
 *	gen_dirt_open(&d, text, true, &dice, &arena);
 *	rows = gen_dirt_segments(&d, rows);	rows: a bit for each row
 *	...Type B around d.bytes, if wanted...
 *	rows |= gen_dirt_bytes(&d, rows_wanted);
 *
 * What comes is in d.bytes. Where travellers stand in it is in d.mark, as
 * long as nobody else touches the bytes.
 *
 * Lifetime: all is in the arena given. Threads: none.
 */
#ifndef TOOLS_GEN_DIRT_H
#define TOOLS_GEN_DIRT_H

#include "base/arena.h"
#include "base/str.h"
#include "tools/gen_rng.h"

/* How much a row may cost; see gen_dirt.def. */
enum dirt_then { DIRT_SAME, DIRT_READ, DIRT_TOLD };

/* The messages to which a row is done. */
enum dirt_in { DIRT_PAX = 1, DIRT_PNR = 2, DIRT_BOTH = 3 };

struct dirt;

struct dirt_row {
	int number;
	const char *name; /* "una-damaged" */
	unsigned in;	  /* enum dirt_in */
	bool bytes;	  /* done to the written bytes */
	enum dirt_then then;
	const char *code;	/* of a diagnostic that always comes; "" */
	const char *what, *how; /* for people */
	/* False, and nothing changed: the message has no place for it. */
	bool (*make)(struct dirt *d);
};

enum { DIRT_ROWS_MAX = 64 }; /* bits of a set of rows */

extern const struct dirt_row gen_dirt_rows[];
extern const int gen_dirt_rows_nr;

/*
 * From byte `pos` on, up to the next mark, stands group `group`: the n-th
 * booking or traveller of the clean message, from 1; 0 is none's.
 */
struct dirt_mark {
	size_t pos;
	uint32_t group;
};

/* Of the message as written while it still has segments (gen_dirt_text.h). */
struct dirt_segment {
	struct str text; /* without its terminator, default separators */
	uint32_t group;
	const char *end; /* what stands for the terminator; NULL: that */
	const char *gap; /* what stands behind it; NULL: the line end */
};

struct dirt {
	struct arena *arena;
	struct rng *dice;
	bool pnr;
	const char *una;     /* what follows the letters; NULL: no UNA */
	const char *una_gap; /* between UNA and UNB */
	char element, component;
	const char *terminator, *newline;
	struct dirt_segment *seg;
	uint32_t nr;
	struct str bytes;
	struct dirt_mark *mark;
	uint32_t nr_marks;
};

/*
 * Take a clean interchange of the generator's apart: PNRGOV if `pnr`, else
 * PAXLST. Dice are the caller's.
 */
void gen_dirt_open(struct dirt *d, struct str clean, bool pnr, struct rng *dice,
		   struct arena *a);

/*
 * Do the rows of a set that change segments, then write d->bytes. Returns
 * those for which there was a place.
 */
uint64_t gen_dirt_segments(struct dirt *d, uint64_t rows);

/* The same for rows that change bytes, on d->bytes. */
uint64_t gen_dirt_bytes(struct dirt *d, uint64_t rows);

/* The rows that change bytes. */
uint64_t gen_dirt_on_bytes(void);

/* Up to two rows that the dice choose among those for such messages. */
uint64_t gen_dirt_throw(bool pnr, struct rng *dice);

/* Read "NAME,NAME" into a set; 0 when a name is unknown. */
uint64_t gen_dirt_read(struct str names);

#endif
