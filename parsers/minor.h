/*
 * minor.h - the text about an unaccompanied minor (SSR UMNR, YPTA)
 *
 * Annex I, item 12, is a closed list (C-817/19, paragraphs 134 to 136): of the
 * text only the words of minor.def and what they open are kept, and nothing
 * where the age stated is that of an adult.
 *
 * Threads: as walk.h.
 */
#ifndef PARSERS_MINOR_H
#define PARSERS_MINOR_H

#include "parsers/walk.h"

enum { MINOR_ADULT = 18 }; /* years from which nobody is a minor */

struct minor {
	struct number age; /* of "UM09" */
	struct str text;   /* other words kept, a blank between; or absent */
};

/*
 * Read `text` into *out. The age is claimed; the words of out->text are, if the
 * law lets all of them be kept; slashes, commas and semicolons are.
 */
void minor_read(struct walk *w, struct piece text, struct minor *out);

#endif
