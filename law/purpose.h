/*
 * purpose.h - codes of purposes: law/purpose.def
 *
 * Threads: static, read-only.
 */
#ifndef LAW_PURPOSE_H
#define LAW_PURPOSE_H

#include "base/str.h"

/* The i-th code, from 0; NULL behind the last. */
const char *purpose_code(size_t i);

/* Is it one of them? */
MUST_CHECK bool purpose_is_known(struct str code);

#endif
