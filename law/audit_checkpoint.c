#include "law/audit_checkpoint.h"

#include "base/json.h"
#include "base/json_write.h"

#include <string.h>

static void write_hash(struct json *j, const char *name,
		       const uint8_t hash[CRYPT_HASH_LEN])
{
	char hex[2 * CRYPT_HASH_LEN + 1];

	crypt_to_hex(hex, hash, CRYPT_HASH_LEN);
	json_z(j, name, hex);
}

void audit_checkpoint_write(struct buf *out, const struct audit_checkpoint *c)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_int(&j, "nr", c->nr);
	json_moment(&j, "at", c->at, true);
	write_hash(&j, "before", c->before);
	json_open(&j, "chains", '[');
	for (uint32_t i = 0; i < c->nr_span; i++) {
		const struct audit_span *s = &c->span[i];

		json_open(&j, NULL, '{');
		json_str(&j, "chain", s->chain);
		json_int(&j, "first", s->first);
		write_hash(&j, "before", s->before);
		json_int(&j, "last", s->last);
		write_hash(&j, "hash", s->hash);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
}

static bool read_hash(uint8_t out[CRYPT_HASH_LEN], const struct json_node *n,
		      const char *name)
{
	return crypt_from_hex(out, CRYPT_HASH_LEN,
			      json_node_text(json_node_get(n, name)));
}

static bool read_span(struct audit_span *s, const struct json_node *n,
		      struct arena *a)
{
	struct str chain = json_node_text(json_node_get(n, "chain"));

	s->chain = arena_str(a, chain);
	return audit_is_chain(chain) &&
	       json_node_int(json_node_get(n, "first"), &s->first) &&
	       json_node_int(json_node_get(n, "last"), &s->last) &&
	       s->first >= 1 && s->last >= s->first - 1 &&
	       read_hash(s->before, n, "before") &&
	       read_hash(s->hash, n, "hash");
}

static bool read_all(struct audit_checkpoint *c, const struct json_node *doc,
		     struct arena *a)
{
	const struct json_node *chains = json_node_get(doc, "chains");

	c->nr_span = (uint32_t)json_node_nr(chains);
	c->span = arena_alloc(a, (c->nr_span + 1) * sizeof(*c->span));
	for (uint32_t i = 0; i < c->nr_span; i++) {
		if (!read_span(&c->span[i], json_node_at(chains, i), a))
			return false;
		if (i && str_cmp(c->span[i - 1].chain, c->span[i].chain) >= 0)
			return false;
	}
	return json_node_int(json_node_get(doc, "nr"), &c->nr) && c->nr >= 1 &&
	       moment_read(json_node_text(json_node_get(doc, "at")), &c->at) &&
	       read_hash(c->before, doc, "before");
}

int audit_checkpoint_read(struct audit_checkpoint *out, struct str text,
			  struct arena *a, struct err *e)
{
	struct json_node *doc = NULL;
	struct buf again = { 0 };
	bool good;

	*out = (struct audit_checkpoint){ 0 };
	if (json_read(&doc, text, e))
		return e->code;
	good = read_all(out, doc, a);
	if (good)
		audit_checkpoint_write(&again, out);
	good = good && str_eq(buf_view(&again), text);
	buf_release(&again);
	json_node_free(doc);
	return good ? 0
		    : err_at(e, ERR_SYNTAX, 0, "not the text of a checkpoint");
}

void audit_checkpoint_hash(uint8_t out[CRYPT_HASH_LEN], struct str text)
{
	crypt_hash(out, "audit checkpoint 1", &text, 1);
}

void audit_checkpoint_sign(struct audit_signed *s,
			   const uint8_t public_half[CRYPT_KEY_LEN],
			   const uint8_t secret_half[CRYPT_SIGNER_LEN])
{
	uint8_t hash[CRYPT_HASH_LEN];

	audit_checkpoint_hash(hash, s->text);
	memcpy(s->key, public_half, CRYPT_KEY_LEN);
	crypt_sign(s->signature, secret_half,
		   (struct str){ (const char *)hash, sizeof(hash) });
}

bool audit_checkpoint_is_signed(const struct audit_signed *s)
{
	uint8_t hash[CRYPT_HASH_LEN];

	audit_checkpoint_hash(hash, s->text);
	return crypt_is_signed(
		s->signature, s->key,
		(struct str){ (const char *)hash, sizeof(hash) });
}
