#include "law/approver.h"

#include "law/person_key.h"
#include "law/settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct person_key_words words = {
	"paxgate-approver-key-1 ",
	"paxgate-approver-locked-1 ",
	"an approver's key",
};

struct approvers {
	struct arena arena;
	struct approver *row;
	uint32_t nr;
};

/* A row as it stands in the file. */
struct written {
	struct str name, key;
	struct date from, until;
};

/* clang-format off */
#define WRITTEN(m)	offsetof(struct written, m)
static const struct setting rows[] = {
	{ "name",  SETTING_TEXT, WRITTEN(name),  true },
	{ "key",   SETTING_TEXT, WRITTEN(key),   true },
	{ "from",  SETTING_DATE, WRITTEN(from),  true },
	{ "until", SETTING_DATE, WRITTEN(until), true },
};
/* clang-format on */

bool approver_is_name(struct str s)
{
	return person_key_is_name(s);
}

static int read_row(struct approvers *r, const struct yaml_node *n,
		    struct err *e)
{
	struct approver row = { .name = STR_NONE }, *to;
	struct written w = { .name = STR_NONE };

	if (settings_read(&w, n, rows, ARRAY_SIZE(rows), &r->arena, e))
		return e->code;
	if (!approver_is_name(w.name))
		return settings_error(e, ERR_VALUE, n,
				      "an approver's name is small letters, "
				      "digits and '-'");
	if (approver_find(r, w.name))
		return settings_error(e, ERR_VALUE, n,
				      "this approver stands here twice");
	if (!crypt_from_hex(row.key, CRYPT_KEY_LEN, w.key))
		return settings_error(e, ERR_VALUE, n,
				      "a key is 64 hexadecimal digits");
	if (date_to_days(w.until) < date_to_days(w.from))
		return settings_error(e, ERR_VALUE, n,
				      "the last day is before the first");
	row.name = w.name;
	row.from = w.from;
	row.until = w.until;
	to = arena_push(&r->arena, &r->row, &r->nr, sizeof(*to));
	*to = row;
	return 0;
}

static int read_register(struct approvers *r, const char *path, struct err *e)
{
	struct yaml_node *doc;

	if (access(path, F_OK) && errno == ENOENT)
		return 0;
	if (settings_load(&doc, path, &r->arena, e))
		return e->code;
	if (doc->kind == YAML_MAP && !doc->nr)
		return 0; /* an empty file */
	if (doc->kind != YAML_SEQ)
		(void)settings_error(e, ERR_SYNTAX, doc,
				     "expected a line for each approver, "
				     "'- {name: ..., key: ..., from: ..., "
				     "until: ...}'");
	for (const struct yaml_node *n = doc->child; n && !e->code; n = n->next)
		(void)!read_row(r, n, e);
	return e->code ? err_wrap(e, "%s", path) : 0;
}

int approvers_load(struct approvers **out, const char *path, struct err *e)
{
	struct approvers *r = calloc(1, sizeof(*r));

	if (!r)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (read_register(r, path, e)) {
		approvers_free(r);
		return e->code;
	}
	*out = r;
	return 0;
}

void approvers_free(struct approvers *r)
{
	if (!r)
		return;
	arena_release(&r->arena);
	free(r);
}

const struct approver *approver_find(const struct approvers *r, struct str name)
{
	for (uint32_t i = 0; r && i < r->nr; i++)
		if (str_eq(r->row[i].name, name))
			return &r->row[i];
	return NULL;
}

static int append_row(const struct approver *x, const char *path, struct err *e)
{
	struct person_row row = { x->name, x->key, x->from, x->until,
				  STR_NONE };

	return person_row_append(&row, path, e);
}

static int check_new(const struct approver *a, const char *path, struct err *e)
{
	struct approvers *r;

	if (!approver_is_name(a->name))
		return err_at(e, ERR_USAGE, 0,
			      "an approver's name is small letters, digits and "
			      "'-'");
	if (date_to_days(a->until) < date_to_days(a->from))
		return err_at(e, ERR_USAGE, 0,
			      "the approver's last day is before the first");
	if (approvers_load(&r, path, e))
		return e->code;
	if (approver_find(r, a->name))
		(void)err_at(
			e, ERR_USAGE, 0,
			"'" STR_FMT "' stands in register '%s' already: a "
			"new key is a new name, old signatures keep theirs",
			STR_ARG(a->name), path);
	approvers_free(r);
	return e->code;
}

int approver_create(const struct approver *a, const char *register_,
		    const char *secret_path, struct str passphrase,
		    struct err *e)
{
	uint8_t *secret = crypt_secret_new(CRYPT_SIGNER_LEN);
	struct approver row = *a;

	if (!secret)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (!check_new(a, register_, e)) {
		crypt_new_signer(row.key, secret);
		if (!person_key_create(&words, secret_path,
				       (struct str){ (const char *)secret,
						     CRYPT_SIGNER_LEN },
				       passphrase, e) &&
		    append_row(&row, register_, e))
			unlink(secret_path);
	}
	crypt_secret_free(secret);
	return e->code;
}

int approver_key_load(struct approver_key **out, const char *path,
		      struct str passphrase, struct err *e)
{
	struct approver_key *k = crypt_secret_new(sizeof(*k));

	if (!k)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (person_key_load(k->secret_half, sizeof(k->secret_half), &words,
			    path, passphrase, e))
		crypt_secret_free(k);
	else
		*out = k;
	return e->code;
}

void approver_key_free(struct approver_key *k)
{
	crypt_secret_free(k);
}
