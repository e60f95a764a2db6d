/*
 * utf8.h - code points out of bytes, composed and in capitals
 *
 * Messages state their charset badly: a byte that does not continue valid
 * UTF-8 is taken for ISO 8859-1, as base/json_write.h does, so decoding never
 * fails. Who must refuse bad bytes asks utf8_is_valid() first. utf8proc is
 * named in utf8.c only. No allocation. Threads: pure functions.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/*
 * Take the first code point off *s, which must not be empty. A byte that is
 * not UTF-8 gives itself (0x80 to 0xff).
 */
uint32_t utf8_next(struct str *s);

/* Offset of the first byte of `s` that is not UTF-8, or -1 when all is. */
ptrdiff_t utf8_find_bad(struct str s);

/* Write `cp` as UTF-8 to `out` (room for 4 bytes); returns 1 to 4. */
size_t utf8_put(char *out, uint32_t cp);

/*
 * The letters of `s` in capitals and in normalisation form NFKC: compatibility
 * forms replaced, marks composed where a composed letter exists. Capitals are
 * the simple ones of Unicode, one code point each (U+00DF gives U+1E9E, not
 * SS); the dotless i gives I. The spacing acute U+00B4 stays as it is: people
 * write it for an apostrophe. Returns the number of code points that `s` has
 * so, which may be more than `cap`; at most `cap` are in `out`.
 */
size_t utf8_upper_nfkc(struct str s, uint32_t *out, size_t cap);

/* The first code point of the canonical decomposition: E for U+00C9. */
uint32_t utf8_base(uint32_t cp);

enum utf8_kind { UTF8_LETTER, UTF8_MARK, UTF8_DIGIT, UTF8_OTHER };

/* What kind of character it is, by its general category. */
enum utf8_kind utf8_kind_of(uint32_t cp);

#endif
