/*
 * tokens.h - keyed tokens of what a searcher may know of a traveller
 *
 * One rule for those who store and those who search: letters and digits as
 * capitals, names part by part, each under the day's key (crypt_token()). Kinds
 * are "name", "document", "contact", "card".
 *
 * Lifetime: tokens live in the arena. Threads: plain data.
 */
#ifndef ENGINE_TOKENS_H
#define ENGINE_TOKENS_H

#include "base/arena.h"

#include <stdint.h>

struct tokens {
	const uint8_t *day_key; /* CRYPT_KEY_LEN bytes */
	struct arena *arena;
	int64_t *v; /* at first NULL, with 0 */
	uint32_t nr;
};

/* Append the token of a number or address, unless there is nothing in it. */
void tokens_add(struct tokens *t, const char *kind, struct str text);

/* Append one for each part of a name; absent: none. */
void tokens_add_name(struct tokens *t, struct str name);

#endif
