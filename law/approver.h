/*
 * approver.h - who may approve targeting profiles
 *
 * Criteria are set by people (Art. 6(4) of Directive (EU) 2016/681, C-817/19,
 * 194): a profile that its author wrote is approved by another one, whose name
 * and public key stand in a register. The register is a YAML file, a line for
 * each; rows are never taken out, since old signatures are checked by them:
 * whoever approves no more gets an earlier `until`.
 *
 *	- {name: approver-01, key: HEX, from: 2026-11-28, until: 2027-11-28}
 *
 * The private half is a file of one line, mode 0600, for the approver alone.
 *
 * Lifetime: a register owns its rows. Threads: read-only once loaded. Call
 * crypt_init() first.
 */
#ifndef LAW_APPROVER_H
#define LAW_APPROVER_H

#include "law/crypt.h"

struct approver {
	struct str name;
	uint8_t key[CRYPT_KEY_LEN]; /* public half */
	struct date from, until;    /* signs from this day to that one, UTC */
};

struct approvers;

/*
 * Load the register. A file that is not there is a register of nobody. Returns
 * 0 and an owned *out, ERR_IO, or ERR_SYNTAX, ERR_VALUE, ERR_USAGE with line
 * and column.
 */
MUST_CHECK int approvers_load(struct approvers **out, const char *path,
			      struct err *e);
/* Free it; NULL is fine. */
void approvers_free(struct approvers *r);

/* The row of a name, or NULL. `r` may be NULL. */
const struct approver *approver_find(const struct approvers *r,
				     struct str name);

/* Small letters, digits and '-', 60 at most, as a profile's name. */
bool approver_is_name(struct str s);

/*
 * Make a key pair for `a->name`: the private half into a new file, locked with
 * the passphrase unless that is empty, and a row into the register, which is
 * made where there is none. Returns 0; ERR_USAGE when the name has a row, the
 * file is there, or name or days are none; ERR_IO.
 */
MUST_CHECK int approver_create(const struct approver *a, const char *register_,
			       const char *secret_path, struct str passphrase,
			       struct err *e);

/* The private half of an approver's pair, in locked memory. */
struct approver_key {
	uint8_t secret_half[CRYPT_SIGNER_LEN];
};

/*
 * Read it. Returns 0 and an owned *out; ERR_USAGE when others may read the
 * file, it is not ours, or the passphrase does not open it; ERR_SYNTAX; ERR_IO.
 */
MUST_CHECK int approver_key_load(struct approver_key **out, const char *path,
				 struct str passphrase, struct err *e);
/* Wipe and free; NULL is fine. */
void approver_key_free(struct approver_key *k);

#endif
