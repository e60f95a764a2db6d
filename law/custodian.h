/*
 * custodian.h - who can open what is masked: the permitted holders
 *
 * Each day's key is wrapped for the engine and, in a file of its own, for each
 * custodian: court registry, data protection officer, deputy. Their private
 * keys are never on the engine's machine; after masking nothing but they opens
 * what is kept (Directive (EU) 2016/681 Art. 12(3)). The register is a YAML
 * file of public keys, a line for each:
 *
 *	- {name: court, key: HEX, from: 2026-11-28, until: 2029-11-28}
 *	- {name: dpo, key: HEX, from: ..., until: ..., with: deputy}
 *
 * With `with` the wrap is nested: a box for `dpo` holds a box for `deputy`, so
 * that neither opens it alone.
 *
 * Lifetime: a register owns its rows. Threads: read-only once loaded. Call
 * crypt_init() first.
 */
#ifndef LAW_CUSTODIAN_H
#define LAW_CUSTODIAN_H

#include "base/arena.h"
#include "law/crypt.h"

enum {
	CUSTODIANS_MAX = 16,
	CUSTODIAN_WRAP_MAX = 256, /* bytes of a wrap */
};

struct custodian {
	struct str name; /* small letters, digits, '-' */
	uint8_t key[CRYPT_KEY_LEN];
	struct date from, until;
	struct str with;	       /* absent: he opens alone */
	const struct custodian *other; /* that one's row */
};

struct custodians {
	struct arena arena;
	struct custodian row[CUSTODIANS_MAX];
	uint32_t nr;
};

/*
 * Load the register. A file that is not there is a register of nobody. Returns
 * 0 and an owned *out; ERR_IO, ERR_SYNTAX, ERR_VALUE with line and column.
 */
MUST_CHECK int custodians_load(struct custodians **out, const char *path,
			       struct err *e);
/* Free it; NULL is fine. */
void custodians_free(struct custodians *c);

/* The row of a name, or NULL. */
const struct custodian *custodian_find(const struct custodians *c,
				       struct str name);

/*
 * Make a key pair for `row->name`: the private half into a new file, locked
 * with the passphrase unless that is empty, and a row into the register.
 * Returns 0; ERR_USAGE when the name has a row, the file is there, name, days
 * or `with` are none; ERR_IO.
 */
MUST_CHECK int custodian_create(const struct custodian *row,
				const char *register_, const char *secret_path,
				struct str passphrase, struct err *e);

/* Read a private half. As key_pair_load(); key_pair_free() in the end. */
MUST_CHECK int custodian_key_load(struct key_pair **out, const char *path,
				  struct str passphrase, struct err *e);

/* Is he one on this day? */
MUST_CHECK bool custodian_is_valid(const struct custodian *c, struct date day);

/* Append a secret wrapped for him, or nested. Failures stick in the buf. */
void custodian_wrap(struct buf *out, const struct custodian *c,
		    struct str secret);

/*
 * Open it with his pair and, when it is nested, the other's (else NULL), into
 * `out` of `len` bytes. False: not for them, or not so long.
 */
MUST_CHECK bool custodian_unwrap(uint8_t *out, size_t len, struct str wrap,
				 const struct key_pair *his,
				 const struct key_pair *others);

#endif
