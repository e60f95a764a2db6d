/*
 * ssr_fields.h - a special service's text, cut at its slashes
 *
 * AIRIMP writes what a DOCS, DOCO or DOCA says as fields with a slash before
 * each. Slashes are structure and claimed; whoever uses a field claims it.
 *
 * Lifetime: views of the payload or of the walk's arena. Threads: a walk's.
 */
#ifndef PARSERS_SSR_FIELDS_H
#define PARSERS_SSR_FIELDS_H

#include "parsers/walk.h"

enum { SSR_MAX_FIELDS = 16 }; /* what stands behind them is not read */

struct ssr_fields {
	struct piece f[SSR_MAX_FIELDS]; /* of an empty one the text is absent */
	unsigned nr;
};

/* Cut `text`, a leading slash apart. Of an absent text there are none. */
void ssr_split(struct walk *w, struct piece text, struct ssr_fields *out);

/* Field `i`, from 0; absent behind the last. */
static inline struct piece ssr_field(const struct ssr_fields *f, unsigned i)
{
	return i < f->nr ? f->f[i] : (struct piece){ STR_NONE };
}

#endif
