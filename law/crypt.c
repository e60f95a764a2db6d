#include "law/crypt.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

#define BOX_KEY	  crypto_box_SECRETKEYBYTES
#define NONCE_LEN crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_LEN	  crypto_aead_xchacha20poly1305_ietf_ABYTES

enum {
	PAYLOAD_VERSION = 0xc1, /* opens neither EDIFACT nor UTF-8 text */
	ROW_VERSION = 1,
	ROW_AD_LEN = CRYPT_HASH_LEN,
};

_Static_assert(CRYPT_KEY_LEN == crypto_box_PUBLICKEYBYTES &&
		       CRYPT_KEY_LEN == BOX_KEY &&
		       CRYPT_KEY_LEN ==
			       crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	       "all keys have one length");
_Static_assert(CRYPT_BOX_EXTRA == crypto_box_SEALBYTES, "box");
_Static_assert(CRYPT_PAYLOAD_EXTRA == 1 + crypto_box_SEALBYTES, "payload");
_Static_assert(CRYPT_ROW_EXTRA == 1 + NONCE_LEN + TAG_LEN, "row");
_Static_assert(CRYPT_KEY_LEN == crypto_sign_PUBLICKEYBYTES &&
		       CRYPT_SIGNER_LEN == crypto_sign_SECRETKEYBYTES &&
		       CRYPT_SIGNATURE_LEN == crypto_sign_BYTES,
	       "signatures");
_Static_assert(CRYPT_LOCK_EXTRA ==
		       crypto_pwhash_SALTBYTES + NONCE_LEN + TAG_LEN,
	       "lock");

static const unsigned char *bytes(struct str s)
{
	return (const unsigned char *)(s.ptr ? s.ptr : "");
}

int crypt_init(struct err *e)
{
	if (sodium_init() < 0)
		return err_at(
			e, ERR_IO, 0,
			"libsodium cannot start: no source of randomness");
	return 0;
}

static void hash_number(crypto_generichash_state *h, uint64_t v)
{
	unsigned char le[8];

	for (int i = 0; i < 8; i++)
		le[i] = (unsigned char)(v >> (8 * i));
	crypto_generichash_update(h, le, sizeof(le));
}

static void hash_part(crypto_generichash_state *h, struct str s)
{
	hash_number(h, s.ptr ? s.len : UINT64_MAX);
	crypto_generichash_update(h, bytes(s), s.len);
}

/* BLAKE2b-256 of the parts, keyed unless `key` is NULL. */
static void hash_parts(uint8_t out[CRYPT_HASH_LEN], const uint8_t *key,
		       const char *context, const struct str *part, size_t nr)
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, key, key ? CRYPT_KEY_LEN : 0,
				CRYPT_HASH_LEN);
	hash_part(&h, str_of(context));
	hash_number(&h, nr);
	for (size_t i = 0; i < nr; i++)
		hash_part(&h, part[i]);
	crypto_generichash_final(&h, out, CRYPT_HASH_LEN);
	sodium_memzero(&h, sizeof(h));
}

static int64_t first_64_bits(const uint8_t hash[CRYPT_HASH_LEN])
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | hash[i];
	return (int64_t)v;
}

void crypt_hash(uint8_t out[CRYPT_HASH_LEN], const char *context,
		const struct str *part, size_t nr)
{
	hash_parts(out, NULL, context, part, nr);
}

int64_t crypt_id64(const char *context, const struct str *part, size_t nr)
{
	uint8_t hash[CRYPT_HASH_LEN];

	hash_parts(hash, NULL, context, part, nr);
	return first_64_bits(hash);
}

void crypt_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void crypt_wipe(void *at, size_t len)
{
	sodium_memzero(at, len);
}

void *crypt_secret_new(size_t len)
{
	void *at = sodium_malloc(len);

	if (at)
		memset(at, 0, len);
	return at;
}

void crypt_secret_free(void *at)
{
	sodium_free(at);
}

void crypt_to_hex(char *hex, const uint8_t *bin, size_t len)
{
	sodium_bin2hex(hex, 2 * len + 1, bin, len);
}

bool crypt_from_hex(uint8_t *bin, size_t len, struct str hex)
{
	size_t got;

	return hex.len == 2 * len &&
	       sodium_hex2bin(bin, len, hex.ptr, hex.len, NULL, &got, NULL) ==
		       0 &&
	       got == len;
}

void crypt_new_pair(struct key_pair *out)
{
	crypto_box_keypair(out->public_half, out->secret_half);
	out->older = NULL;
}

void crypt_find_public(struct key_pair *pair)
{
	crypto_scalarmult_base(pair->public_half, pair->secret_half);
}

void crypt_seal_box(struct buf *out, const uint8_t public_half[CRYPT_KEY_LEN],
		    struct str plain)
{
	unsigned char *room = buf_room(out, CRYPT_BOX_EXTRA + plain.len);

	if (room && crypto_box_seal(room, bytes(plain), plain.len, public_half))
		out->failed = true; /* no point of the curve: not a key */
}

bool crypt_open_box(void *out, const struct key_pair *pair, struct str sealed)
{
	if (sealed.len < CRYPT_BOX_EXTRA)
		return false;
	for (; pair; pair = pair->older)
		if (crypto_box_seal_open(out, bytes(sealed), sealed.len,
					 pair->public_half,
					 pair->secret_half) == 0)
			return true;
	return false;
}

void crypt_seal_payload(struct buf *out,
			const uint8_t public_half[CRYPT_KEY_LEN],
			struct str payload)
{
	buf_byte(out, (char)PAYLOAD_VERSION);
	crypt_seal_box(out, public_half, payload);
}

static int no_memory(struct err *e)
{
	return err_at(e, ERR_NOMEM, 0, "out of memory");
}

int crypt_open_payload(struct buf *out, const struct key_pair *pair,
		       struct str sealed, struct err *e)
{
	size_t before = out->len;
	void *room;

	if (str_empty(sealed) || bytes(sealed)[0] != PAYLOAD_VERSION)
		return err_at(e, ERR_VALUE, 0,
			      "payload is not sealed in a form we know; seal "
			      "it with the engine's public key");
	sealed = str_slice(sealed, 1, sealed.len);
	if (sealed.len < CRYPT_BOX_EXTRA)
		return err_at(e, ERR_INTEGRITY, 1, "sealed payload is cut off");
	/* a byte more: an empty payload has to have a place, too */
	room = buf_room(out, sealed.len - CRYPT_BOX_EXTRA + 1);
	if (!room)
		return no_memory(e);
	out->len--;
	if (crypt_open_box(room, pair, sealed))
		return 0;
	out->len = before;
	return err_at(e, ERR_INTEGRITY, 1,
		      "sealed payload does not open: it was changed, or "
		      "sealed for another key than this engine's");
}

/* The key of a row, and what is authenticated with it. */
static void row_key(uint8_t key[CRYPT_KEY_LEN], uint8_t ad[ROW_AD_LEN],
		    const uint8_t day_key[CRYPT_KEY_LEN],
		    const struct row_ref *row)
{
	uint64_t id = htole64((uint64_t)row->id);
	uint64_t day = htole64((uint64_t)date_to_days(row->clock_day));
	const struct str part[] = {
		row->table,
		{ (const char *)&id, sizeof(id) },
		{ (const char *)&day, sizeof(day) },
	};

	/* the day key binds the day: the row's key needs table and id only */
	hash_parts(key, day_key, "paxgate row key 1", part, 2);
	hash_parts(ad, NULL, "paxgate row ad 1", part, 3);
}

void crypt_seal_row(struct buf *out, const uint8_t day_key[CRYPT_KEY_LEN],
		    const struct row_ref *row, struct str plain)
{
	unsigned char *room = buf_room(out, CRYPT_ROW_EXTRA + plain.len);
	uint8_t key[CRYPT_KEY_LEN], ad[ROW_AD_LEN];

	if (!room)
		return;
	row_key(key, ad, day_key, row);
	room[0] = ROW_VERSION;
	randombytes_buf(room + 1, NONCE_LEN);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		room + 1 + NONCE_LEN, NULL, bytes(plain), plain.len, ad,
		sizeof(ad), NULL, room + 1, key);
	sodium_memzero(key, sizeof(key));
}

int crypt_open_row(struct buf *out, const uint8_t day_key[CRYPT_KEY_LEN],
		   const struct row_ref *row, struct str sealed, struct err *e)
{
	uint8_t key[CRYPT_KEY_LEN], ad[ROW_AD_LEN];
	const unsigned char *in = bytes(sealed);
	size_t before = out->len;
	unsigned char *room;
	int rc;

	if (sealed.len < CRYPT_ROW_EXTRA || in[0] != ROW_VERSION)
		return err_at(e, ERR_INTEGRITY, 0,
			      "row of table '" STR_FMT
			      "' is not sealed in a form we know",
			      STR_ARG(row->table));
	room = buf_room(out, sealed.len - CRYPT_ROW_EXTRA + 1);
	if (!room)
		return no_memory(e);
	out->len--;
	row_key(key, ad, day_key, row);
	rc = crypto_aead_xchacha20poly1305_ietf_decrypt(
		room, NULL, NULL, in + 1 + NONCE_LEN,
		sealed.len - 1 - NONCE_LEN, ad, sizeof(ad), in + 1, key);
	sodium_memzero(key, sizeof(key));
	if (!rc)
		return 0;
	out->len = before;
	return err_at(e, ERR_INTEGRITY, 0,
		      "row of table '" STR_FMT "' does not open: changed, "
		      "moved from another row, or sealed with another key",
		      STR_ARG(row->table));
}

int64_t crypt_token(const uint8_t day_key[CRYPT_KEY_LEN], const char *kind,
		    struct str text)
{
	const struct str part[] = { str_of(kind), text };
	uint8_t hash[CRYPT_HASH_LEN];

	hash_parts(hash, day_key, "paxgate token 1", part, ARRAY_SIZE(part));
	return first_64_bits(hash);
}

void crypt_new_signer(uint8_t public_half[CRYPT_KEY_LEN],
		      uint8_t secret_half[CRYPT_SIGNER_LEN])
{
	crypto_sign_keypair(public_half, secret_half);
}

void crypt_sign(uint8_t out[CRYPT_SIGNATURE_LEN],
		const uint8_t secret_half[CRYPT_SIGNER_LEN], struct str text)
{
	crypto_sign_detached(out, NULL, bytes(text), text.len, secret_half);
}

bool crypt_is_signed(const uint8_t signature[CRYPT_SIGNATURE_LEN],
		     const uint8_t public_half[CRYPT_KEY_LEN], struct str text)
{
	return crypto_sign_verify_detached(signature, bytes(text), text.len,
					   public_half) == 0;
}

/* The key that a passphrase and a salt give. */
static int passphrase_key(uint8_t key[CRYPT_KEY_LEN], struct str passphrase,
			  const unsigned char *salt, struct err *e)
{
	if (crypto_pwhash(key, CRYPT_KEY_LEN, passphrase.ptr, passphrase.len,
			  salt, crypto_pwhash_OPSLIMIT_INTERACTIVE,
			  crypto_pwhash_MEMLIMIT_INTERACTIVE,
			  crypto_pwhash_ALG_ARGON2ID13))
		return no_memory(e);
	return 0;
}

int crypt_lock(uint8_t *out, struct str passphrase, struct str secret,
	       struct err *e)
{
	uint8_t *nonce = out + crypto_pwhash_SALTBYTES;
	uint8_t key[CRYPT_KEY_LEN];

	randombytes_buf(out, crypto_pwhash_SALTBYTES + NONCE_LEN);
	if (passphrase_key(key, passphrase, out, e))
		return e->code;
	crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE_LEN, NULL,
						   bytes(secret), secret.len,
						   NULL, 0, NULL, nonce, key);
	sodium_memzero(key, sizeof(key));
	return 0;
}

int crypt_unlock(void *out, struct str passphrase, struct str locked,
		 struct err *e)
{
	const unsigned char *in = bytes(locked);
	const unsigned char *nonce = in + crypto_pwhash_SALTBYTES;
	uint8_t key[CRYPT_KEY_LEN];
	int rc;

	if (locked.len < CRYPT_LOCK_EXTRA)
		return err_at(e, ERR_SYNTAX, 0, "locked secret is cut off");
	if (passphrase_key(key, passphrase, in, e))
		return e->code;
	rc = crypto_aead_xchacha20poly1305_ietf_decrypt(
		out, NULL, NULL, nonce + NONCE_LEN,
		locked.len - CRYPT_LOCK_EXTRA + TAG_LEN, NULL, 0, nonce, key);
	sodium_memzero(key, sizeof(key));
	return rc ? err_at(e, ERR_USAGE, 0,
			   "the passphrase does not open the key")
		  : 0;
}
