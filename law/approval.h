/*
 * approval.h - a detached signature beside a profile, and whether it counts
 *
 *	late-cash-one-way.yaml
 *	late-cash-one-way.yaml.sig
 *
 * Four lines of text: the word of the format, who approved, when (UTC), and
 * an Ed25519 signature over a hash of name, time and the profile's bytes.
 *
 * Threads: plain data. Call crypt_init() first.
 */
#ifndef LAW_APPROVAL_H
#define LAW_APPROVAL_H

#include "law/approver.h"

#define APPROVAL_SUFFIX ".sig"

enum { APPROVAL_MAX_BYTES = 1024 };

struct approval {
	struct str approver;
	struct moment signed_at; /* UTC, seconds */
	uint8_t signature[CRYPT_SIGNATURE_LEN];
};

/* Fill in the signature over name, time and the profile's bytes. */
void approval_sign(struct approval *a, const struct approver_key *key,
		   struct str content);

/*
 * Does it approve a profile of these bytes by this author? Returns 0, or
 * ERR_LEGAL with a sentence: unknown approver, the author himself, signed
 * outside the key's days, other bytes than the ones signed. That
 * `signed_at` is true is the signer's word; the registry notes when it saw it.
 */
MUST_CHECK int approval_check(const struct approval *a,
			      const struct approvers *r, struct str author,
			      struct str content, struct err *e);

/* Append the file's text. */
void approval_write(struct buf *out, const struct approval *a);

/* Read it; texts are views into `text`. Returns 0 or ERR_SYNTAX. */
MUST_CHECK int approval_read(struct approval *out, struct str text,
			     struct err *e);

#endif
