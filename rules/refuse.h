/*
 * refuse.h - what the law keeps out of targeting profiles
 *
 * Each refusal is ERR_LEGAL and names the article and the remedy. The
 * articles are those of Directive (EU) 2016/681 and, for the duties that the
 * Court of Justice drew from them, the paragraphs of C-817/19.
 */
#ifndef RULES_REFUSE_H
#define RULES_REFUSE_H

#include "rules/expr.h"

/* A field whose use is NEVER. Returns 0 or ERR_LEGAL. */
int refuse_field(const struct field *f, size_t pos, struct err *e);

/* A field that needs a written reason, in a clause without one. */
int refuse_no_reason(const struct field *f, size_t pos, struct err *e);

/* A name, document, contact or number against a constant: a watchlist. */
int refuse_disguise(const struct field *f, size_t pos, struct err *e);

/*
 * A word that stands for a sensitive trait or a proxy of one: meal, language,
 * religion, feast days. Case aside. Returns 0 or ERR_LEGAL.
 */
int refuse_proxy(struct str word, size_t pos, struct err *e);

/* A special service code that tells health or religion: meals, wheelchairs. */
int refuse_ssr_code(struct str code, size_t pos, struct err *e);

#endif
