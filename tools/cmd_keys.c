/*
 * cmd_keys.c - paxgate keys: the engine's key pair
 */
#include "engine/config.h"
#include "law/approver.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "tools/cmd.h"
#include "tools/keys_audit.h"
#include "tools/keys_custodian.h"
#include "tools/opt.h"
#include "tools/passphrase.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { APPROVER_DAYS = 365 };

static const char *config_file, *approver, *judge, *key_file, *passphrase_file;
static const char *until;
static struct keys_custodian custodian;
static bool if_missing;

static const struct opt create_opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "if-missing", 0, NULL, OPT_FLAG, &if_missing,
	  "do nothing when the key is there" },
	{ "approver", 0, "NAME", OPT_TEXT, &approver,
	  "make an approver's key instead" },
	{ "judge", 0, "NAME", OPT_TEXT, &judge,
	  "make the key of one who approves unmasking instead" },
	{ "custodian", 0, "NAME", OPT_TEXT, &custodian.name,
	  "make a custodian's key instead" },
	{ "with", 0, "NAME", OPT_TEXT, &custodian.with,
	  "custodian without whom he opens nothing" },
	{ "key", 0, "FILE", OPT_TEXT, &key_file,
	  "where to (NAME.key beside the register)" },
	{ "until", 0, "DATE", OPT_TEXT, &until,
	  "last day on which he signs (in a year), or is given keys (in six)" },
	{ "passphrase-file", 0, "FILE", OPT_TEXT, &passphrase_file,
	  "lock his key with the passphrase in this file" },
	{ 0 },
};

static const struct opt_usage create_usage = {
	"keys create",
	"[OPTIONS]",
	"Make the engine's key pair, the one that signs the audit log and the "
	"folder for\nday keys, where the settings keys.* say. Secret halves "
	"are for the engine alone\n(mode 0600); the engine's public half "
	"goes to those who push messages, the audit\nlog's to those who "
	"verify it.\nWith --approver: make the key "
	"pair of one who approves profiles, and enter him in\nthe register "
	"keys.approvers. The key is for him alone: he takes it with him.\n"
	"With --judge: likewise one who approves unmasking, in keys.judges; "
	"NAME is his account.\n"
	"With --custodian: likewise one who can open what is masked, in "
	"keys.custodians;\n'keys rotate --wraps' gives him the days there are.",
	create_opts,
	"  paxgate keys create\n"
	"  paxgate keys create -c /etc/paxgate.yaml --if-missing\n"
	"  paxgate keys create --approver approver-01 --key "
	"/media/a01/approver-01.key\n"
	"  paxgate keys create --custodian dpo --with deputy --key "
	"/media/dpo/dpo.key\n      --passphrase-file /media/dpo/words\n",
};

static const struct opt check_opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ 0 },
};

static const struct opt_usage check_usage = {
	"keys check",
	"[OPTIONS]",
	"Check that the secret keys can be read by nobody else, that their "
	"public halves\nbelong to them, and that the folder of day keys is "
	"closed to others.",
	check_opts,
	"  paxgate keys check -c /etc/paxgate.yaml\n",
};

/* mkdir -p, each new folder for its owner alone. */
static int make_folder(const char *path, struct err *e)
{
	char part[PATH_MAX];
	size_t n = 0;

	if (strlen(path) >= sizeof(part))
		return err_at(e, ERR_USAGE, 0,
			      "a path of %zu bytes is too long", strlen(path));
	for (; path[n]; n++) {
		part[n] = path[n];
		part[n + 1] = 0;
		if (path[n + 1] && path[n + 1] != '/')
			continue;
		if (path[n] != '/' && access(part, F_OK) && mkdir(part, 0700))
			return err_at(e, ERR_USAGE, 0,
				      "cannot make folder '%s': %s", part,
				      strerror(errno));
	}
	return 0;
}

/* The folders that the three settings speak of. */
static int make_folders(const struct config *c, struct arena *a, struct err *e)
{
	const char *const file[] = { c->engine_key, c->engine_public,
				     c->audit_key, c->audit_public };
	int rc = make_folder(c->key_folder, e);

	for (size_t i = 0; i < ARRAY_SIZE(file) && !rc; i++) {
		const char *slash = strrchr(file[i], '/');

		if (slash && slash > file[i])
			rc = make_folder(arena_fmt(a, "%.*s",
						   (int)(slash - file[i]),
						   file[i])
						 .ptr,
					 e);
	}
	return rc;
}

static int create_custodian(const struct config *c, struct arena *a,
			    struct err *e)
{
	custodian.key_file = key_file;
	custodian.until = until;
	custodian.passphrase_file = passphrase_file;
	if (crypt_init(e) || make_folders(c, a, e))
		return e->code;
	return keys_custodian_create(&custodian, c, a, e);
}

/* The pair to which payloads and day keys are sealed. */
static int create_engine(const struct config *c, struct err *e)
{
	if (if_missing && !access(c->engine_key, F_OK) &&
	    !access(c->engine_public, F_OK))
		return 0;
	if (key_pair_create(c->engine_key, c->engine_public, e))
		return e->code;
	printf("made %s (secret) and %s (public)\n", c->engine_key,
	       c->engine_public);
	return 0;
}

/* Make what is not there. */
static int create(const struct config *c, struct arena *a, struct err *e)
{
	if (crypt_init(e) || make_folders(c, a, e) || create_engine(c, e))
		return e->code;
	return keys_audit_create(c, if_missing, e);
}

/* A signer's pair, in this register, whose folder is made, too. */
static int create_signer(const char *name, const char *register_,
			 struct arena *a, struct err *e)
{
	struct approver row = { .name = str_of(name) };
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	const char *slash = strrchr(register_, '/');
	struct str dir = slash ? str_slice(str_of(register_), 0,
					   (size_t)(slash - register_))
			       : STR(".");
	struct buf passphrase = { 0 };

	row.from = date_from_days(today);
	row.until = date_from_days(today + APPROVER_DAYS);
	if (until &&
	    (!date_read(str_of(until), &row.until) || !date_is_full(row.until)))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is no date; write 2027-11-28", until);
	if (!key_file)
		key_file =
			arena_fmt(a, STR_FMT "/%s.key", STR_ARG(dir), name).ptr;
	if (if_missing && !access(key_file, F_OK))
		return 0;
	if (!crypt_init(e) && !make_folder(arena_str(a, dir).ptr, e) &&
	    !passphrase_read(&passphrase, passphrase_file, e) &&
	    !approver_create(&row, register_, key_file, buf_view(&passphrase),
			     e))
		printf("made %s (secret, for %s alone); entered in %s\n",
		       key_file, name, register_);
	passphrase_forget(&passphrase);
	return e->code;
}

static int fail(const char *command, const struct err *e)
{
	fprintf(stderr, "paxgate keys %s: %s\n", command, e->text);
	return err_exit_code(e);
}

static int keys_create(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	int first = opt_parse(&create_usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&create_usage, "takes no '%s'", argv[first]);
	if (!config_load(&c, config_file, &a, &e))
		(void)!(approver ? create_signer(approver, c.approvers, &a, &e)
			: judge	 ? create_signer(judge, c.judges, &a, &e)
			: custodian.name ? create_custodian(&c, &a, &e)
					 : create(&c, &a, &e));
	arena_release(&a);
	return e.code ? fail("create", &e) : EXIT_OK;
}

/* Load everything and compare the halves. */
static int check(const struct config *c, struct err *e)
{
	struct key_pair *pair = NULL;
	struct key_folder *folder = NULL;
	uint8_t public_half[CRYPT_KEY_LEN];

	if (!crypt_init(e) && !key_pair_load(&pair, c->engine_key, e) &&
	    !key_public_load(public_half, c->engine_public, e) &&
	    !key_folder_open(&folder, c->key_folder, pair, e) &&
	    memcmp(public_half, pair->public_half, CRYPT_KEY_LEN))
		err_at(e, ERR_INTEGRITY, 0,
		       "'%s' is not the public half of '%s'", c->engine_public,
		       c->engine_key);
	key_folder_free(folder);
	key_pair_free(pair);
	if (!e->code)
		(void)!keys_audit_check(c, e);
	return config_file_error(e);
}

static int keys_check(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	int first = opt_parse(&check_usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&check_usage, "takes no '%s'", argv[first]);
	if (!config_load(&c, config_file, &a, &e))
		(void)check(&c, &e);
	arena_release(&a);
	if (e.code)
		return fail("check", &e);
	puts("keys are in order");
	return EXIT_OK;
}

int cmd_keys(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "create", keys_create, "make the engine's key pair" },
		{ "rotate", keys_rotate,
		  "a new key pair in the engine's place" },
		{ "check", keys_check, "are the keys readable by us alone" },
		{ NULL, NULL, NULL },
	};

	return cmd_run_verb("keys", verbs, argc, argv);
}
