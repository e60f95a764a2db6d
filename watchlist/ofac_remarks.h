/*
 * ofac_remarks.h - the Remarks of a person of the US Treasury's SDN list
 *
 *	DOB 12 Jan 1964; alt. DOB 1965; POB Utopolis, Iran; nationality Iran;
 *	Gender Male; Passport A1234567 (Iran) expires 12 Jan 2010; a.k.a. 'X'.
 *
 * Parts end with ';'. Read are birth dates, sex, nationality and citizenship,
 * places of birth, documents of ofac_label.def and names; other parts are
 * about the reasons, and are passed over. Pure functions.
 */
#ifndef WATCHLIST_OFAC_REMARKS_H
#define WATCHLIST_OFAC_REMARKS_H

#include "watchlist/list.h"

/* The publisher cuts Remarks there (data dictionary of sdn.csv). */
enum { OFAC_REMARKS = 1000 };

/*
 * What stands after "DOB ": "12 Jan 1964", "Jan 1964", "1964", "circa" before
 * one, "to" (or '-', between years) between two. False: not of that form, no
 * such date, or the end before the beginning.
 */
MUST_CHECK bool ofac_birth_read(struct str s, struct birth_range *out);

/*
 * Add what `remarks` says to the entry. A part of a known kind that cannot be
 * read, or for which there is no room, is warned of and left out. Texts are
 * copied to the arena.
 */
void ofac_remarks_read(struct watch_entry *n, struct arena *a,
		       struct str remarks, struct list_warnings *w);

#endif
