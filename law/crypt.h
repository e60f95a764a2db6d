/*
 * crypt.h - hashes, ids, sealing: the only place that knows libsodium
 *
 *	crypt_hash()		BLAKE2b-256 of parts: slices, evidence, settings
 *	crypt_id64()		a row id that follows from content
 *	crypt_seal_payload()	a payload for the engine's public key
 *	crypt_seal_row()	a row's blob under its day key
 *	crypt_token()		a keyed pseudonym for exact search
 *	crypt_sign()		an approver's signature
 *
 * Nothing here is home-made: BLAKE2b, X25519 sealed boxes, XChaCha20-Poly1305,
 * Ed25519 and Argon2id of libsodium. What is sealed with what: doc/keys.md.
 *
 * Lifetime: results go into the caller's memory. Threads: all calls may run
 * in parallel once crypt_init() has returned. Errors never hold contents.
 */
#ifndef LAW_CRYPT_H
#define LAW_CRYPT_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

enum {
	CRYPT_HASH_LEN = 32,
	CRYPT_KEY_LEN = 32,	  /* day keys, and both halves of a key pair */
	CRYPT_BOX_EXTRA = 48,	  /* bytes a sealed box adds */
	CRYPT_PAYLOAD_EXTRA = 49, /* version byte, box */
	CRYPT_ROW_EXTRA = 41,	  /* version byte, nonce, authenticator */
	CRYPT_SIGNER_LEN = 64,	  /* secret half of a signer's pair */
	CRYPT_SIGNATURE_LEN = 64,
	CRYPT_LOCK_EXTRA = 56, /* salt, nonce, authenticator */
};

/*
 * A key pair; the secret half lives in memory of crypt_secret_new(). Boxes for
 * the pair before it, while there is one, open as well.
 */
struct key_pair {
	uint8_t public_half[CRYPT_KEY_LEN], secret_half[CRYPT_KEY_LEN];
	struct key_pair *older; /* NULL: none */
};

/* Make the library ready; call before all else. Again: does nothing. */
MUST_CHECK int crypt_init(struct err *e);

/*
 * BLAKE2b-256 over `nr` parts, each with its length, so that no two lists of
 * parts give the same bytes; an absent part differs from an empty one.
 * `context` (ended by a NUL) keeps hashes of different things apart.
 */
void crypt_hash(uint8_t out[CRYPT_HASH_LEN], const char *context,
		const struct str *part, size_t nr);

/* An id from content: 64 bits of such a hash. May be negative. */
int64_t crypt_id64(const char *context, const struct str *part, size_t nr);

/* Random bytes fit for keys. */
void crypt_random(void *out, size_t len);

/* Overwrite with zeros, also where the compiler sees no use in it. */
void crypt_wipe(void *at, size_t len);

/*
 * Memory for secrets: locked, kept out of core dumps, between guard pages;
 * zeroed. `len` a multiple of 16 gives 16-byte alignment. NULL: no memory.
 * Freeing wipes it; NULL is fine.
 */
void *crypt_secret_new(size_t len);
void crypt_secret_free(void *at);

/* Hexadecimal in constant time; `hex` takes 2 * len + 1 bytes. */
void crypt_to_hex(char *hex, const uint8_t *bin, size_t len);
/* False when `hex` is not exactly 2 * len hexadecimal digits. */
MUST_CHECK bool crypt_from_hex(uint8_t *bin, size_t len, struct str hex);

/* A new pair of random keys; the public half that goes with a secret one. */
void crypt_new_pair(struct key_pair *out);
void crypt_find_public(struct key_pair *pair);

/*
 * Seal `plain` for the holder of the secret half: appends CRYPT_BOX_EXTRA +
 * plain.len bytes. Failures stick in the buf.
 */
void crypt_seal_box(struct buf *out, const uint8_t public_half[CRYPT_KEY_LEN],
		    struct str plain);

/* Open it: writes len - CRYPT_BOX_EXTRA bytes to `out`. False: not for us. */
MUST_CHECK bool crypt_open_box(void *out, const struct key_pair *pair,
			       struct str sealed);

/*
 * A payload as producers put it on the topic: a version byte and a box for
 * the engine. Appends CRYPT_PAYLOAD_EXTRA + payload.len bytes.
 */
void crypt_seal_payload(struct buf *out,
			const uint8_t public_half[CRYPT_KEY_LEN],
			struct str payload);

/*
 * Open it, appending the payload. Returns 0; ERR_VALUE for a version we do
 * not know; ERR_INTEGRITY when it was changed or is for another key; ERR_NOMEM.
 * On an error `out` is as before.
 */
MUST_CHECK int crypt_open_payload(struct buf *out, const struct key_pair *pair,
				  struct str sealed, struct err *e);

/* What a row's blob is bound to. */
struct row_ref {
	struct str table;
	struct date clock_day;
	int64_t id;
};

/*
 * Seal a row's blob: XChaCha20-Poly1305 under a key derived from the day key,
 * the table and the row id, with a random nonce; table, day and id are
 * authenticated. Appends CRYPT_ROW_EXTRA + plain.len bytes. Failures stick in
 * the buf.
 */
void crypt_seal_row(struct buf *out, const uint8_t day_key[CRYPT_KEY_LEN],
		    const struct row_ref *row, struct str plain);

/*
 * Open it, appending the blob. Returns 0, ERR_INTEGRITY when a byte, the row
 * it stands in or the key is another, or ERR_NOMEM. On an error `out` is as
 * before.
 */
MUST_CHECK int crypt_open_row(struct buf *out,
			      const uint8_t day_key[CRYPT_KEY_LEN],
			      const struct row_ref *row, struct str sealed,
			      struct err *e);

/*
 * A pseudonym: 64 bits of BLAKE2b keyed with the day key over `kind` ("name",
 * "document", "contact", "card") and the text, which the caller has brought
 * into its canonical form. Whoever has the key can try texts: guard it.
 */
int64_t crypt_token(const uint8_t day_key[CRYPT_KEY_LEN], const char *kind,
		    struct str text);

/* A new pair for signing, Ed25519; the secret half into locked memory. */
void crypt_new_signer(uint8_t public_half[CRYPT_KEY_LEN],
		      uint8_t secret_half[CRYPT_SIGNER_LEN]);

/* Sign a text; the same key and text give the same signature. */
void crypt_sign(uint8_t out[CRYPT_SIGNATURE_LEN],
		const uint8_t secret_half[CRYPT_SIGNER_LEN], struct str text);

/* Is it the signature of this text, by the holder of the secret half? */
MUST_CHECK bool crypt_is_signed(const uint8_t signature[CRYPT_SIGNATURE_LEN],
				const uint8_t public_half[CRYPT_KEY_LEN],
				struct str text);

/*
 * Lock a secret with a passphrase: a key by Argon2id (64 MiB, a fraction of a
 * second), XChaCha20-Poly1305. `out` takes secret.len + CRYPT_LOCK_EXTRA
 * bytes. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int crypt_lock(uint8_t *out, struct str passphrase,
			  struct str secret, struct err *e);

/*
 * Open it: writes locked.len - CRYPT_LOCK_EXTRA bytes. Returns 0, ERR_USAGE
 * when the passphrase is another (or a byte was changed), or ERR_NOMEM.
 */
MUST_CHECK int crypt_unlock(void *out, struct str passphrase, struct str locked,
			    struct err *e);

#endif
