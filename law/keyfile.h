/*
 * keyfile.h - the engine's key pair on disk
 *
 * Producers seal payloads, and the key folder wraps day keys, to the public
 * half; only the engine holds the secret half. Two text files of one line:
 * the secret one is for its owner alone (mode 0600, else it is refused), the
 * public one is handed to whoever pushes messages.
 *
 *	rc = key_pair_create("engine.key", "engine.pub", &e);	once
 *	rc = key_pair_load(&pair, "engine.key", &e);
 *	...
 *	key_pair_free(pair);
 *
 * Threads: a loaded pair is read-only. Call crypt_init() first.
 */
#ifndef LAW_KEYFILE_H
#define LAW_KEYFILE_H

#include "law/crypt.h"

#include <sys/types.h>

/*
 * Make a new pair and write both files. Neither may exist: ERR_USAGE. ERR_IO
 * when one cannot be written; then neither is left behind.
 */
MUST_CHECK int key_pair_create(const char *secret_path, const char *public_path,
			       struct err *e);

/* What a secret file's name ends with while the pair before it still opens. */
#define KEY_PAIR_OLD ".old"

/*
 * Read the secret half and work out the public one; of the pair before it,
 * too, while that is there (key_pair_rotate()). Returns 0 and an owned
 * *out in locked memory; ERR_USAGE when others may read the file, it is not a
 * regular file or not ours; ERR_SYNTAX when it holds no key; ERR_IO.
 */
MUST_CHECK int key_pair_load(struct key_pair **out, const char *secret_path,
			     struct err *e);

/* Wipe and free; NULL is fine. */
void key_pair_free(struct key_pair *pair);

/* Read a public half. ERR_SYNTAX when the file holds none; ERR_IO. */
MUST_CHECK int key_public_load(uint8_t out[CRYPT_KEY_LEN],
			       const char *public_path, struct err *e);

/*
 * What other key files are made with, too: write a new file, durably. ERR_USAGE
 * when it is there; ERR_IO, and then nothing is left behind.
 */
MUST_CHECK int key_file_create(const char *path, struct str line, mode_t mode,
			       struct err *e);

/*
 * Open a secret file: as key_pair_load(), it must be regular, ours, and closed
 * to all others. Returns the descriptor, to be closed, or the error's code.
 */
MUST_CHECK int key_file_open(const char *path, struct err *e);

#endif
