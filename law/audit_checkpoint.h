/*
 * audit_checkpoint.h - the ends of all chains at a moment, signed
 *
 * Checkpoints are a chain, too: each holds the hash of the one before. Its
 * text is one line of JSON:
 *
 *	{"nr":7,"at":"2026-11-28T10:00:00Z","before":HEX,"chains":[
 *	 {"chain":"paxgate/1","first":1,"before":HEX,"last":812,"hash":HEX}]}
 *
 * `first` is more than 1 once events have been kept for five years and are
 * removed: then the event `first` - 1, the last removed, had the hash
 * `before`. So a checkpoint proves a removal as well. A chain whose `last` is
 * `first` - 1 holds no event now.
 *
 * Threads: plain data. Call crypt_init() first.
 */
#ifndef LAW_AUDIT_CHECKPOINT_H
#define LAW_AUDIT_CHECKPOINT_H

#include "base/arena.h"
#include "law/audit.h"

/* What there is of a chain. */
struct audit_span {
	struct str chain;
	int64_t first, last;
	uint8_t before[CRYPT_HASH_LEN]; /* hash of event first - 1 */
	uint8_t hash[CRYPT_HASH_LEN];	/* of event last */
};

struct audit_checkpoint {
	int64_t nr; /* from 1 */
	struct moment at;
	uint8_t before[CRYPT_HASH_LEN]; /* hash of checkpoint nr - 1 */
	struct audit_span *span;	/* sorted by chain */
	uint32_t nr_span;
};

/* As it is stored and handed out. */
struct audit_signed {
	int64_t nr;
	struct str text;
	uint8_t key[CRYPT_KEY_LEN]; /* public half of who signed */
	uint8_t signature[CRYPT_SIGNATURE_LEN];
};

/* Append its text. */
void audit_checkpoint_write(struct buf *out, const struct audit_checkpoint *c);

/*
 * Read it; names of chains are in the arena. Returns 0, or ERR_SYNTAX when it
 * is not the text of a checkpoint to the byte.
 */
MUST_CHECK int audit_checkpoint_read(struct audit_checkpoint *out,
				     struct str text, struct arena *a,
				     struct err *e);

/* The hash that the next one holds, and that is signed. */
void audit_checkpoint_hash(uint8_t out[CRYPT_HASH_LEN], struct str text);

/* Fill in key and signature of a text that is there. */
void audit_checkpoint_sign(struct audit_signed *s,
			   const uint8_t public_half[CRYPT_KEY_LEN],
			   const uint8_t secret_half[CRYPT_SIGNER_LEN]);

/* Was it signed by the key it names? Whether to trust that is another thing. */
MUST_CHECK bool audit_checkpoint_is_signed(const struct audit_signed *s);

#endif
