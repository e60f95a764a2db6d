/*
 * link.h - objective links: why a record is kept after six months
 *
 * Codes: law/link.def. Threads: static, read-only.
 */
#ifndef LAW_LINK_H
#define LAW_LINK_H

#include "base/str.h"
#include "law/period.h"

enum { LINK_REASON_MAX = 64, LINK_CASE_MAX = 64 };

/* The i-th code and what it is, from 0; NULL behind the last. */
const char *link_code(size_t i);
const char *link_help(size_t i);

/* Is it one of them? */
MUST_CHECK bool link_is_known(struct str code);

/* A code, not a sentence (small letters and '-'): nothing of a person. */
MUST_CHECK bool link_is_reason(struct str text);

/* Letters, digits and - / . _ of a file number; not empty. */
MUST_CHECK bool link_is_case(struct str text);

/*
 * May a link that is made or reviewed on `today` stand until `review`? It may
 * not lie before, nor more than `every` ahead; not set: 12 months.
 */
MUST_CHECK bool link_review_is_good(struct date today, struct date review,
				    struct period every);

#endif
