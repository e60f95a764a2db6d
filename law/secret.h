/*
 * secret.h - a password or the like that somebody else's library needs
 *
 * Settings hold none of them: they name files, which hold one each and are for
 * their owner alone (mode 0600, else refused), as key files are.
 * Threads: any. Call crypt_init() first.
 */
#ifndef LAW_SECRET_H
#define LAW_SECRET_H

#include "base/err.h"

enum {
	SECRET_MAX = 16384, /* bytes of one; a key in PEM needs some thousand */
};

/*
 * Read it: the whole file without the line break at its end, as a text in
 * locked memory that crypt_secret_free() frees. Returns 0, or ERR_USAGE when
 * it is not there, not a regular file, not ours or open to others, empty, too
 * long, or holds a NUL; never says what it holds.
 */
MUST_CHECK int secret_read(char **out, const char *path, struct err *e);

/* Is this a file that secret_read() would open? Returns 0 or ERR_USAGE. */
MUST_CHECK int secret_check(const char *path, struct err *e);

#endif
