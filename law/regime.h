/*
 * regime.h - retention regimes: when records are masked and deleted
 *
 * A regime is a row of etc/regimes.yaml: periods that run from a flight's
 * clock_day. The engine's setting law.regime names those it stands under; of
 * several the earliest day counts. A regime that is unlawful in the Union (the
 * literal five years of Directive 2016/681 for everybody, after C-817/19) is
 * refused unless the file says `mode: directive_literal`.
 *
 *	rc = regimes_load(&set, "etc/regimes.yaml", &e);
 *	nr = regimes_choose(used, set, STR("eu_pnr_2016_681_ljdh"), &e);
 *	r = retention_dates(used, (size_t)nr, clock_day);
 *
 * Threads: read-only once loaded, shared.
 */
#ifndef LAW_REGIME_H
#define LAW_REGIME_H

#include "base/err.h"
#include "law/period.h"

struct regime {
	struct str id;		 /* "eu_pnr_2016_681_ljdh" */
	struct str basis;	 /* legal basis */
	struct str mask_profile; /* "eu_art12_2"; absent with mask_at */
	struct str verified;	 /* full, partial or none: of our reading */
	struct period mask_at;	 /* depersonalise; absent: never */
	struct period delete_at;
	struct period review_every; /* of what is kept masked; absent: none */
	struct period hit_results;  /* keep a hit's result; absent: as long */
	bool link_required; /* masked and kept only with an objective link */
	bool lawful_in_eu;
};

enum { REGIMES_MAX = 16 };

struct regimes {
	const struct regime *regime; /* all rows of the file */
	uint32_t nr_regime;
	bool literal; /* mode: directive_literal */
};

/*
 * Load the file. Returns 0 and an owned *out, or ERR_IO, ERR_SYNTAX,
 * ERR_VALUE or ERR_USAGE with line and column.
 */
MUST_CHECK int regimes_load(struct regimes **out, const char *path,
			    struct err *e);

/* NULL is fine. */
void regimes_free(struct regimes *set);

/*
 * The regime `id`. Returns 0; ERR_USAGE when the file has none of that name;
 * ERR_LEGAL when the mode does not allow it.
 */
MUST_CHECK int regime_find(const struct regimes *set, struct str id,
			   const struct regime **out, struct err *e);

/*
 * The regimes whose names stand in `ids`, between blanks, for
 * retention_dates(). Returns how many (1 to REGIMES_MAX); ERR_USAGE when there
 * is none, too many, or an unknown one; ERR_LEGAL as regime_find().
 */
MUST_CHECK int regimes_choose(const struct regime *out[REGIMES_MAX],
			      const struct regimes *set, struct str ids,
			      struct err *e);

/* Days on which the job must have run for a flight of that clock_day. */
struct retention {
	struct date mask_on; /* absent: no regime masks */
	/*
	 * Records without a recorded objective link go on this day; absent
	 * when no regime asks for a link.
	 */
	struct date delete_unlinked_on;
	struct date delete_on; /* all that is left */
};

/* The earliest of each over `nr` (1 or more) regimes; clock_day is full. */
struct retention retention_dates(const struct regime *const *regime, size_t nr,
				 struct date clock_day);

#endif
