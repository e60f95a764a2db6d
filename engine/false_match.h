/*
 * false_match.h - who and what a list's hit is about, as pseudonyms
 *
 * A reviewer says once that this traveller is not the one an entry means; the
 * same two are then suppressed (Directive (EU) 2016/681 Art. 12(5)). Both are
 * recorded with each list hit, after screening, of which they are no input.
 *
 * The traveller is known by his documents, birth date and surname, on any
 * flight; without a document by carrier, locator, names and birth date, in
 * that booking only: a name and a birth date may be another's, perhaps of the
 * one who is sought. Another document is another traveller; so is one more.
 *
 * Threads: pure.
 */
#ifndef ENGINE_FALSE_MATCH_H
#define ENGINE_FALSE_MATCH_H

#include "db/row.h"
#include "engine/subject.h"
#include "law/crypt.h"

struct watch_entry;

/*
 * A keyed hash of who it is; `secret` is CRYPT_KEY_LEN bytes, the same for all
 * engines and days. Not set when `secret` is NULL or nothing tells him apart.
 */
struct row_number false_match_traveller(const uint8_t *secret,
					const struct subject *s,
					struct arena *a);

/*
 * A hash of all that an entry says: not of its validity, the list's threshold
 * and the weights of names, which change without it.
 */
void false_match_entry(uint8_t out[CRYPT_HASH_LEN],
		       const struct watch_entry *n);

#endif
