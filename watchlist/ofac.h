/*
 * ofac.h - the US Treasury's list of Specially Designated Nationals
 *
 * OFAC publishes sdn.csv (who) and alt.csv (other names) without header lines;
 * "-0-" is null. Copies with a header line and empty nulls are read too.
 * Read are individuals of a programme that the sheet maps to an offence: a
 * sanctions list is not by itself a list of persons sought. Published by
 * others, it is read as far as it can be: a row that is none is warned of and
 * left out, so is a value. doc/watchlists.md says what is read.
 *
 * Lifetime: everything is in the arena. Threads: none of its own.
 */
#ifndef WATCHLIST_OFAC_H
#define WATCHLIST_OFAC_H

#include "watchlist/list.h"

struct ofac_file {
	const char *name; /* for warnings */
	struct str text;
};

/*
 * Read the list `sheet` (of format SHEET_OFAC_SDN) from its two files. An
 * entry's names are its main one, then those of alt.csv, then those of its
 * Remarks. Returns 0, ERR_NOMEM, or ERR_VALUE for a file without a single row
 * of the form: it is another file.
 */
MUST_CHECK int ofac_list_read(struct watch_list *out, struct arena *a,
			      const struct watch_sheet *sheet,
			      const struct ofac_file *sdn,
			      const struct ofac_file *alt,
			      struct list_warnings *w, struct err *e);

#endif
