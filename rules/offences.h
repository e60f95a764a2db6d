/*
 * offences.h - the catalogue of offences, etc/offences.yaml
 *
 * Terrorist offences (code T) and the 26 categories of Annex II of Directive
 * (EU) 2016/681, as national law defines them. An entry that is not of Annex
 * II, or whose maximum penalty is below three years, is refused: Art. 3(9).
 * Lifetime: owned by offences_free(). Threads: read-only once loaded.
 */
#ifndef RULES_OFFENCES_H
#define RULES_OFFENCES_H

#include "base/date.h"
#include "base/err.h"
#include "rules/fault.h"

enum { ANNEX_II_LAST = 26, MIN_PENALTY_YEARS = 3 };

struct offence {
	struct str code;  /* "04" */
	uint8_t annex_ii; /* 1 to 26; 0 for terrorist offences */
	struct str title;
	struct str provision; /* of national law */
	int64_t max_penalty_years;
	struct date from, until; /* until not set: still in force */
};

struct offences {
	struct arena arena;
	struct str text; /* of the file: hash this */
	struct offence *offence;
	uint32_t nr;
};

/*
 * Read a catalogue from text. All mistakes go to `faults` (may be NULL), the
 * first to e.
 */
MUST_CHECK int offences_read(struct offences **out, struct str text,
			     const char *file, struct faults *faults,
			     struct err *e);

/* The same from a file. */
MUST_CHECK int offences_load(struct offences **out, const char *file,
			     struct err *e);
/* Free it; NULL is fine. */
void offences_free(struct offences *o);

/* The entry of a code, or NULL. */
const struct offence *offence_find(const struct offences *o, struct str code);

/* In force on all days from `from` to `until`? */
bool offence_covers(const struct offence *o, struct date from,
		    struct date until);

#endif
