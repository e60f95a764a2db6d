/*
 * charset.h - the character repertoires of EDIFACT as UTF-8
 *
 * The syntax identifier of UNB names a repertoire: UNOC is ISO 8859-1 and so
 * on (ISO 9735). Senders that claim UNOA, UNOB or IATA write names with
 * accents nevertheless: those are UTF-8 when they are well formed, else ISO
 * 8859-1. glibc's iconv knows the tables.
 */
#ifndef PARSERS_CHARSET_H
#define PARSERS_CHARSET_H

#include "base/arena.h"

/* "ISO-8859-5", ... for "UNOE", ...; NULL: UTF-8 or ISO 8859-1. Static. */
const char *charset_of_syntax(struct str syntax_id);

/*
 * `s` as UTF-8: itself when it is plain ASCII or well-formed UTF-8 without a
 * charset, else a copy in the arena. Never fails: what a charset does not
 * have is taken for ISO 8859-1.
 */
struct str charset_decode(const char *charset, struct str s, struct arena *a);

/*
 * Are all bytes of `s` ASCII, and none an escape, which some charsets shift
 * by? Then every part of it is UTF-8 as it stands, whatever the charset.
 */
bool charset_is_plain(struct str s);

/*
 * Bytes that begin with a UTF-16 byte order mark, or as ASCII in UTF-16 does,
 * as UTF-8 in the arena; all others unchanged, a UTF-8 byte order mark
 * included.
 */
struct str charset_from_utf16(struct str s, struct arena *a);

#endif
