/*
 * name.h - names as airlines write them: titles off, forms compared
 *
 * Titles of address are glued to the given name (INGAPETRAMRS), stand behind
 * or before it (NINA MS, MRJONATHON). They are taken off with care: AMR,
 * ALEXANDR and WILLIAMS are names. Words that people also bear as given names
 * (HON, MAJ, GEN) are no titles here.
 */
#ifndef PARSERS_NAME_H
#define PARSERS_NAME_H

#include "parsers/walk.h"

/* A name being put together from components. */
struct person {
	struct str surname, given, title;
	/* given names with the titles glued to them, which may be no titles:
	 * JEANMRS; absent where none was, or one the law may drop */
	struct str glued;
};

/*
 * Append a component of given names to `p`: titles go to p->title (joined by
 * blanks), their bytes are offered to the law, all bytes are claimed.
 */
void name_add_given(struct walk *w, struct person *p, struct piece v);

/*
 * All names are in the surname's component: "DOE JANE MRS". Titles that are
 * words of their own go to p->title, the rest is the surname: nobody can tell
 * where it ends.
 */
void name_set_whole(struct walk *w, struct person *p, struct piece v);

/* Where the reference to a name, -1DOE/JANE, begins; the length: nowhere. */
size_t name_reference_at(struct str s);

/* "JON-1DOE/JANE" without the reference to a name that SSR texts end with. */
struct piece name_without_reference(struct walk *w, struct piece v);

/*
 * Do two names mean one person? 2: same letters; 1: same surname, and one
 * given name begins with the other; 0: no. Blanks, hyphens, apostrophes and
 * ASCII case aside.
 */
int name_match(struct str surname_a, struct str given_a, struct str surname_b,
	       struct str given_b);

#define NAME_GLUED "-GLUED" /* behind the source of a name with its title on */

/*
 * What a name's source is called: plain, with the title on, and with what may
 * be a suffix of the surname off. Static texts.
 */
struct name_source {
	struct str plain, glued, suffixed;
};
#define NAME_SOURCE(z) \
	((struct name_source){ STR(z), STR(z NAME_GLUED), STR(z "-SUFFIX") })

/* Add the form to t->names unless it is there already. */
void name_note(struct walk *w, struct traveller *t, const struct person *p,
	       struct name_source source);

#endif
