/*
 * list_version.h - which files a list was read from, as a hash
 *
 * Whoever reads the files makes the hash (tools/list_file.h): the same sheet
 * and files give the same version on every day. The snapshot has all of it;
 * evidence has its first 64 bits beside the list's id.
 *
 * Plain values. Threads: pure functions.
 */
#ifndef WATCHLIST_LIST_VERSION_H
#define WATCHLIST_LIST_VERSION_H

#include "base/str.h"

enum {
	LIST_VERSION = 32, /* bytes of the hash */
	LIST_VERSION_HEX = 16,
};

/* Its first 64 bits, as they are written; 0: none is stated. */
uint64_t list_version_short(const uint8_t version[LIST_VERSION]);

/* LIST_VERSION_HEX lower case digits, and a NUL. */
void list_version_write(char out[LIST_VERSION_HEX + 1], uint64_t version);

/* Back from these digits. False for any other text, and for all zeros. */
MUST_CHECK bool list_version_read(struct str text, uint64_t *out);

#endif
