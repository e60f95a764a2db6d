/*
 * signkey.h - the key pair that signs the audit log's checkpoints
 *
 * Two text files, as those of keyfile.h: the secret half for its owner alone,
 * mode 0600; the public one for whoever verifies. The public file has a line
 * for each pair there ever was, the newest last, since old checkpoints stay
 * signed by old keys. Blank lines and those that begin with '#' are skipped.
 *
 * Threads: a loaded pair is read-only. Call crypt_init() first.
 */
#ifndef LAW_SIGNKEY_H
#define LAW_SIGNKEY_H

#include "base/arena.h"
#include "law/crypt.h"

/* The secret half lives in locked memory. */
struct sign_pair {
	uint8_t public_half[CRYPT_KEY_LEN], secret_half[CRYPT_SIGNER_LEN];
};

/*
 * Make a pair and write both files. The secret one may not exist: ERR_USAGE.
 * A public one that exists gets one line more. ERR_IO; then no secret file is
 * left behind.
 */
MUST_CHECK int sign_pair_create(const char *secret_path,
				const char *public_path, struct err *e);

/*
 * Read the secret half. Returns 0 and an owned *out; ERR_USAGE when others
 * may read the file or it is not ours, ERR_SYNTAX when it holds no key, ERR_IO.
 */
MUST_CHECK int sign_pair_load(struct sign_pair **out, const char *secret_path,
			      struct err *e);
/* Wipe and free; NULL is fine. */
void sign_pair_free(struct sign_pair *p);

/* All public halves of a file, in the arena. ERR_SYNTAX with line; ERR_IO. */
MUST_CHECK int sign_keys_load(uint8_t (**out)[CRYPT_KEY_LEN], uint32_t *nr,
			      const char *public_path, struct arena *a,
			      struct err *e);

#endif
