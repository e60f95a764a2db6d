#include "law/custodian.h"

#include "law/keyfile.h"
#include "law/person_key.h"
#include "law/settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct person_key_words words = {
	"paxgate-custodian-key-1 ",
	"paxgate-custodian-locked-1 ",
	"a custodian's key",
};

/* A row as it stands in the file. */
struct written {
	struct str name, key, with;
	struct date from, until;
};

/* clang-format off */
#define WRITTEN(m)	offsetof(struct written, m)
static const struct setting rows[] = {
	{ "name",  SETTING_TEXT, WRITTEN(name),  true },
	{ "key",   SETTING_TEXT, WRITTEN(key),   true },
	{ "from",  SETTING_DATE, WRITTEN(from),  true },
	{ "until", SETTING_DATE, WRITTEN(until), true },
	{ "with",  SETTING_TEXT, WRITTEN(with),  false },
};
/* clang-format on */

const struct custodian *custodian_find(const struct custodians *c,
				       struct str name)
{
	for (uint32_t i = 0; c && i < c->nr; i++)
		if (str_eq(c->row[i].name, name))
			return &c->row[i];
	return NULL;
}

static int read_row(struct custodians *c, const struct yaml_node *n,
		    struct err *e)
{
	struct written w = { .name = STR_NONE };
	struct custodian *to = &c->row[c->nr];

	if (settings_read(&w, n, rows, ARRAY_SIZE(rows), &c->arena, e))
		return e->code;
	if (c->nr == CUSTODIANS_MAX)
		return settings_error(e, ERR_LIMIT, n,
				      "there are more than 16 custodians");
	if (!person_key_is_name(w.name))
		return settings_error(e, ERR_VALUE, n,
				      "a custodian's name is small letters, "
				      "digits and '-'");
	if (custodian_find(c, w.name))
		return settings_error(e, ERR_VALUE, n,
				      "this custodian stands here twice");
	if (!crypt_from_hex(to->key, CRYPT_KEY_LEN, w.key))
		return settings_error(e, ERR_VALUE, n,
				      "a key is 64 hexadecimal digits");
	if (date_to_days(w.until) < date_to_days(w.from))
		return settings_error(e, ERR_VALUE, n,
				      "the last day is before the first");
	to->name = w.name;
	to->with = w.with;
	to->from = w.from;
	to->until = w.until;
	c->nr++;
	return 0;
}

/* Pairs: the other one has a row, and is not he himself. */
static int find_others(struct custodians *c, struct err *e)
{
	for (uint32_t i = 0; i < c->nr; i++) {
		struct custodian *row = &c->row[i];

		if (!row->with.ptr)
			continue;
		row->other = custodian_find(c, row->with);
		if (!row->other || row->other == row)
			return err_at(e, ERR_VALUE, 0,
				      "custodian '" STR_FMT "': 'with' has to "
				      "name another one of the register",
				      STR_ARG(row->name));
	}
	return 0;
}

static int read_register(struct custodians *c, const char *path, struct err *e)
{
	struct yaml_node *doc;

	if (access(path, F_OK) && errno == ENOENT)
		return 0;
	if (settings_load(&doc, path, &c->arena, e))
		return e->code;
	if (doc->kind == YAML_MAP && !doc->nr)
		return 0; /* an empty file */
	if (doc->kind != YAML_SEQ)
		(void)settings_error(e, ERR_SYNTAX, doc,
				     "expected a line for each custodian, "
				     "'- {name: ..., key: ..., from: ..., "
				     "until: ...}'");
	for (const struct yaml_node *n = doc->child; n && !e->code; n = n->next)
		(void)!read_row(c, n, e);
	if (!e->code)
		(void)!find_others(c, e);
	return e->code ? err_wrap(e, "%s", path) : 0;
}

int custodians_load(struct custodians **out, const char *path, struct err *e)
{
	struct custodians *c = calloc(1, sizeof(*c));

	if (!c)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (read_register(c, path, e)) {
		custodians_free(c);
		return e->code;
	}
	*out = c;
	return 0;
}

void custodians_free(struct custodians *c)
{
	if (!c)
		return;
	arena_release(&c->arena);
	free(c);
}

static int check_new(const struct custodian *row, const char *path,
		     struct err *e)
{
	struct custodians *c;

	if (!person_key_is_name(row->name))
		return err_at(e, ERR_USAGE, 0,
			      "a custodian's name is small letters, digits and "
			      "'-'");
	if (date_to_days(row->until) < date_to_days(row->from))
		return err_at(e, ERR_USAGE, 0,
			      "the custodian's last day is before the first");
	if (custodians_load(&c, path, e))
		return e->code;
	if (custodian_find(c, row->name))
		(void)err_at(e, ERR_USAGE, 0,
			     "'" STR_FMT "' stands in register '%s' already: "
			     "a new key is a new name",
			     STR_ARG(row->name), path);
	else if (row->with.ptr && !custodian_find(c, row->with))
		(void)err_at(e, ERR_USAGE, 0,
			     "'" STR_FMT "' is not in register '%s': make his "
			     "key first",
			     STR_ARG(row->with), path);
	custodians_free(c);
	return e->code;
}

static int append_row(const struct custodian *x, const char *path,
		      struct err *e)
{
	struct person_row row = { x->name, x->key, x->from, x->until, x->with };

	return person_row_append(&row, path, e);
}

int custodian_create(const struct custodian *c, const char *register_,
		     const char *secret_path, struct str passphrase,
		     struct err *e)
{
	struct key_pair *pair = crypt_secret_new(sizeof(*pair));
	struct custodian row = *c;

	if (!pair)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (!check_new(c, register_, e)) {
		crypt_new_pair(pair);
		memcpy(row.key, pair->public_half, CRYPT_KEY_LEN);
		if (!person_key_create(
			    &words, secret_path,
			    (struct str){ (const char *)pair->secret_half,
					  CRYPT_KEY_LEN },
			    passphrase, e) &&
		    append_row(&row, register_, e))
			unlink(secret_path);
	}
	crypt_secret_free(pair);
	return e->code;
}

int custodian_key_load(struct key_pair **out, const char *path,
		       struct str passphrase, struct err *e)
{
	struct key_pair *pair = crypt_secret_new(sizeof(*pair));

	if (!pair)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (person_key_load(pair->secret_half, CRYPT_KEY_LEN, &words, path,
			    passphrase, e)) {
		crypt_secret_free(pair);
		return e->code;
	}
	crypt_find_public(pair);
	*out = pair;
	return 0;
}

bool custodian_is_valid(const struct custodian *c, struct date day)
{
	int64_t n = date_to_days(day);

	return date_to_days(c->from) <= n && n <= date_to_days(c->until);
}

void custodian_wrap(struct buf *out, const struct custodian *c,
		    struct str secret)
{
	struct buf inner = { 0 };

	if (!c->other) {
		crypt_seal_box(out, c->key, secret);
		return;
	}
	crypt_seal_box(&inner, c->other->key, secret);
	crypt_seal_box(out, c->key, buf_view(&inner));
	out->failed |= inner.failed;
	buf_release(&inner);
}

bool custodian_unwrap(uint8_t *out, size_t len, struct str wrap,
		      const struct key_pair *his, const struct key_pair *others)
{
	char inner[CUSTODIAN_WRAP_MAX];
	size_t boxed = len + CRYPT_BOX_EXTRA;

	if (!others)
		return wrap.len == boxed && crypt_open_box(out, his, wrap);
	return wrap.len == boxed + CRYPT_BOX_EXTRA && boxed <= sizeof(inner) &&
	       crypt_open_box(inner, his, wrap) &&
	       crypt_open_box(out, others, (struct str){ inner, boxed });
}
