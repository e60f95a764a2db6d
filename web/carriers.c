#include "web/carriers.h"

#include "web/push.h"

#include <stdlib.h>
#include <string.h>

#define TOKEN_PREFIX "pxg_"

enum {
	SECRET_LEN = 24,
	MINUTE = 60,
	MOST_RATE = 1000000,
	FIRST_WAIT = 1, /* seconds */
	MOST_WAIT = 300,
};

struct carriers {
	struct arena arena;
	struct carrier *carrier;
	uint32_t nr;
};

/* A row of the file; `rate` is a text there. */
struct sheet {
	struct carrier carrier;
	struct str rate;
};

/* clang-format off */
#define OF(m) offsetof(struct sheet, carrier.m)
static const struct setting rows[] = {
	{ "carrier",	  SETTING_TEXT, OF(code),	  true },
	{ "name",	  SETTING_TEXT, OF(name),	  true },
	{ "senders",	  SETTING_LIST, OF(senders),	  true },
	{ "live",	  SETTING_BOOL, OF(live),	  true },
	{ "tokens",	  SETTING_LIST, OF(tokens),	  false },
	{ "certificates", SETTING_LIST, OF(certificates), false },
	{ "rate",	  SETTING_TEXT, offsetof(struct sheet, rate), false },
	{ "push",	  SETTING_TEXT, OF(push),	  false },
};
/* clang-format on */

static void token_hash(uint8_t out[CRYPT_HASH_LEN], struct str token)
{
	crypt_hash(out, "carrier-token", &token, 1);
}

void token_make(char token[TOKEN_TEXT + 1], char hash[TOKEN_TEXT + 1])
{
	uint8_t secret[SECRET_LEN], h[CRYPT_HASH_LEN];

	crypt_random(secret, sizeof(secret));
	memcpy(token, TOKEN_PREFIX, sizeof(TOKEN_PREFIX) - 1);
	crypt_to_hex(token + sizeof(TOKEN_PREFIX) - 1, secret, sizeof(secret));
	token_hash(h, str_of(token));
	crypt_to_hex(hash, h, sizeof(h));
	crypt_wipe(secret, sizeof(secret));
}

/* ---- reading ---- */

static bool are_hashes(struct text_list l)
{
	uint8_t bin[CRYPT_HASH_LEN];

	for (uint32_t i = 0; i < l.nr; i++)
		if (!crypt_from_hex(bin, sizeof(bin), l.item[i]))
			return false;
	return true;
}

static int check_sheet(struct carriers *c, struct sheet *s,
		       const struct yaml_node *n, struct err *e)
{
	struct carrier *k = &s->carrier;
	const char *wrong = NULL;

	if (k->code.len < 2 || k->code.len > 3 || !str_is_alnum(k->code))
		wrong = "a carrier is its designator of 2 or 3 letters and "
			"digits";
	else if (carriers_find(c, k->code))
		wrong = "this carrier stands here twice";
	else if (!are_hashes(k->tokens))
		wrong = "a token is kept as its hash, 64 hexadecimal digits; "
			"'paxgate gateway token' makes one";
	else if (!are_hashes(k->certificates))
		wrong = "a certificate is the SHA-256 of its DER form, 64 "
			"hexadecimal digits";
	else if (!k->tokens.nr && !k->certificates.nr)
		wrong = "the carrier can not prove who it is: give it a token "
			"or a certificate";
	else if (s->rate.ptr && (!str_to_i64(s->rate, &k->rate) ||
				 k->rate < 1 || k->rate > MOST_RATE))
		wrong = "rate is 1 to 1000000 messages a minute";
	else if (k->push.ptr && !push_is_url(k->push))
		wrong = "push is an https URL; http to loopback addresses "
			"only";
	return wrong ? settings_error(e, ERR_VALUE, n, wrong) : 0;
}

static int read_register(struct carriers *c, const struct yaml_node *doc,
			 struct err *e)
{
	const struct yaml_node *list = yaml_get(doc, STR("carriers"));

	if (doc->kind != YAML_MAP || doc->nr != 1 || !list ||
	    list->kind != YAML_SEQ)
		return settings_error(e, ERR_SYNTAX, doc,
				      "one list 'carriers' is expected");
	for (const struct yaml_node *n = list->child; n; n = n->next) {
		struct sheet s = { 0 };
		int rc = settings_read(&s, n, rows, ARRAY_SIZE(rows), &c->arena,
				       e);

		if (rc == 0)
			rc = check_sheet(c, &s, n, e);
		if (rc < 0)
			return rc;
		s.carrier.left = (double)s.carrier.rate;
		*(struct carrier *)arena_push(&c->arena, &c->carrier, &c->nr,
					      sizeof(*c->carrier)) = s.carrier;
	}
	return 0;
}

int carriers_load(struct carriers **out, const char *path, struct err *e)
{
	struct carriers *c = calloc(1, sizeof(*c));
	struct yaml_node *doc;
	int rc;

	if (!c)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	rc = settings_load(&doc, path, &c->arena, e);
	if (rc == 0 && read_register(c, doc, e))
		rc = err_wrap(e, "%s", path);
	if (rc < 0) {
		carriers_free(c);
		return rc;
	}
	*out = c;
	return 0;
}

void carriers_free(struct carriers *c)
{
	if (!c)
		return;
	arena_release(&c->arena);
	free(c);
}

struct carrier *carriers_find(struct carriers *c, struct str code)
{
	for (uint32_t i = 0; i < c->nr; i++)
		if (str_eq(c->carrier[i].code, code))
			return &c->carrier[i];
	return NULL;
}

void carriers_inherit(struct carriers *now, const struct carriers *old)
{
	for (uint32_t i = 0; i < now->nr; i++)
		for (uint32_t k = 0; k < old->nr; k++) {
			struct carrier *a = &now->carrier[i];
			const struct carrier *b = &old->carrier[k];

			if (!str_eq(a->code, b->code))
				continue;
			a->push_at = b->push_at;
			a->push_wait = b->push_wait;
			a->filled_at = b->filled_at;
			a->left = b->left < a->left ? b->left : a->left;
		}
}

uint32_t carriers_nr(const struct carriers *c)
{
	return c->nr;
}

struct carrier *carriers_at(struct carriers *c, uint32_t i)
{
	return &c->carrier[i];
}

/* ---- asking ---- */

/* Is it one of them? All are looked at, so time tells nothing. */
static bool is_one(struct text_list l, const uint8_t want[CRYPT_HASH_LEN])
{
	uint8_t have[CRYPT_HASH_LEN];
	unsigned found = 0;

	for (uint32_t i = 0; i < l.nr; i++) {
		unsigned differs = 0;

		if (!crypt_from_hex(have, sizeof(have), l.item[i]))
			continue;
		for (size_t k = 0; k < sizeof(have); k++)
			differs |= have[k] ^ want[k];
		found |= differs == 0;
	}
	return found;
}

struct carrier *carriers_by_token(struct carriers *c, struct str token)
{
	struct carrier *found = NULL;
	uint8_t hash[CRYPT_HASH_LEN];

	if (str_empty(token))
		return NULL;
	token_hash(hash, token);
	for (uint32_t i = 0; i < c->nr; i++)
		if (is_one(c->carrier[i].tokens, hash))
			found = &c->carrier[i];
	return found;
}

struct carrier *carriers_by_certificate(struct carriers *c, const char *hex)
{
	struct carrier *found = NULL;
	uint8_t hash[CRYPT_HASH_LEN];

	if (!crypt_from_hex(hash, sizeof(hash), str_of(hex)))
		return NULL;
	for (uint32_t i = 0; i < c->nr; i++)
		if (is_one(c->carrier[i].certificates, hash))
			found = &c->carrier[i];
	return found;
}

int carrier_admit(struct carrier *c, uint32_t nr, double now)
{
	double full = (double)c->rate, short_of;
	int wait = 0;

	if (!c->rate)
		return 0;
	c->left += (now - c->filled_at) * full / MINUTE;
	if (!(c->left < full))
		c->left = full;
	c->filled_at = now;
	short_of = (nr < full ? nr : full) - c->left;
	if (short_of > 0)
		wait = (int)(short_of * MINUTE / full) + 1;
	else
		c->left -= nr;
	return wait;
}

bool carrier_is_sender(const struct carrier *c, struct str sender)
{
	for (uint32_t i = 0; i < c->senders.nr; i++)
		if (str_eq(c->senders.item[i], sender))
			return true;
	return false;
}

void carrier_pushed(struct carrier *c)
{
	c->push_at = c->push_wait = 0;
}

void carrier_push_failed(struct carrier *c, double now)
{
	c->push_wait = c->push_wait ? 2 * c->push_wait : FIRST_WAIT;
	if (c->push_wait > MOST_WAIT)
		c->push_wait = MOST_WAIT;
	c->push_at = now + c->push_wait;
}
