/*
 * person_key.h - the file of a person's private key
 *
 * One line, a word and hexadecimal digits, mode 0600, for its owner alone;
 * with a passphrase the secret is locked (crypt_lock()). Who it belongs to
 * and where its public half stands is the caller's: approvers, custodians.
 *
 * Threads: plain data. Call crypt_init() first.
 */
#ifndef LAW_PERSON_KEY_H
#define LAW_PERSON_KEY_H

#include "law/crypt.h"

enum { PERSON_SECRET_MAX = 64 }; /* bytes of a secret */

/* What such a file is called inside. */
struct person_key_words {
	const char *plain, *locked; /* each ends with a blank */
	const char *whose;	    /* "an approver's key" */
};

/*
 * Write a new file. Returns 0; ERR_USAGE when it is there, ERR_NOMEM, ERR_IO.
 */
MUST_CHECK int person_key_create(const struct person_key_words *w,
				 const char *path, struct str secret,
				 struct str passphrase, struct err *e);

/*
 * Read it: exactly `len` bytes into `out`, which is locked memory. Returns 0;
 * ERR_USAGE when others may read the file, it is not ours, or the passphrase
 * does not open it; ERR_SYNTAX; ERR_IO.
 */
MUST_CHECK int person_key_load(uint8_t *out, size_t len,
			       const struct person_key_words *w,
			       const char *path, struct str passphrase,
			       struct err *e);

/* A person in a register: a line of YAML. */
struct person_row {
	struct str name;
	const uint8_t *key; /* public half, CRYPT_KEY_LEN bytes */
	struct date from, until;
	struct str with; /* absent: no such member */
};

/*
 * Append his line to a register, made if missing, by one write: of two at once
 * neither is lost. Returns 0 or ERR_IO.
 */
MUST_CHECK int person_row_append(const struct person_row *row, const char *path,
				 struct err *e);

/* A name fit for registers and files: small letters, digits and '-'. */
MUST_CHECK bool person_key_is_name(struct str s);

#endif
