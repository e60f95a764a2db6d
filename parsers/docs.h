/*
 * docs.h - what the SSR texts about documents have in common
 *
 * Fields between slashes, and the lists of a traveller they go to. Values
 * that are used are claimed. Threads: as walk.h.
 */
#ifndef PARSERS_DOCS_H
#define PARSERS_DOCS_H

#include "parsers/pnr.h"
#include "parsers/when.h"

enum { DOCS_FIELDS = 16, DOCS_NUMBER_MAX = 35 };

struct docs_fields {
	struct piece f[DOCS_FIELDS];
	unsigned nr;
};

/* The text cut at its slashes, one leading slash apart. Slashes are claimed. */
struct docs_fields docs_split(struct walk *w, struct piece text);

/* Field `i`, from 0; one that is not there is empty. */
static inline struct piece docs_field(const struct docs_fields *f, unsigned i)
{
	return i < f->nr ? f->f[i] : (struct piece){ 0 };
}

/* A date as DDMMMYY or DDMMMYYYY into *out, or nothing. */
void docs_date(struct walk *w, struct piece v, enum when_century c,
	       struct date *out);

/* A country into *out, or nothing. */
void docs_country(struct walk *w, struct piece v, struct str *out);

/* Add a document. The same in GR2 and GR5 is one: the later fills gaps. */
void docs_add(struct walk *w, struct traveller *t, const struct document *d);

#endif
