/*
 * cmd_audit.c - paxgate audit: is the log what was written
 */
#include "base/json_write.h"
#include "engine/checkpoint.h"
#include "tools/audit_cli.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>
#include <unistd.h>

static const char *config_file, *database, *key_file, *output;
static bool as_json, whole_log;

/* clang-format off */
#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database, \
	  "libpq keywords or URI, before the settings' one" }

static const struct opt verify_opts[] = {
	COMMON_OPTS,
	{ "key", 'k', "FILE", OPT_TEXT, &key_file,
	  "public keys to be trusted, before keys.audit_public" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};

static const struct opt export_opts[] = {
	COMMON_OPTS,
	{ "log", 0, NULL, OPT_FLAG, &whole_log, "the whole audit log" },
	{ "output", 'o', "FILE", OPT_TEXT, &output, "file to make" },
	{ 0 },
};

static const struct opt checkpoint_opts[] = { COMMON_OPTS, { 0 } };
/* clang-format on */

static const struct opt_usage verify_usage = {
	"audit verify",
	"[OPTIONS] [FILE]",
	"Check the audit log: that no event was changed, removed, added or "
	"moved, that no\nend is cut off, and that all checkpoints are signed. "
	"Without FILE that of the\ndatabase, also against the checkpoints that "
	"the engine wrote to audit.checkpoints;\nwith FILE an exported log, "
	"which needs no database. Code 5 when something is wrong.",
	verify_opts,
	"  paxgate audit verify -c /etc/paxgate.yaml\n"
	"  paxgate audit verify --key audit.pub log.txt\n",
};

static const struct opt_usage export_usage = {
	"audit export",
	"[OPTIONS] --log -o FILE",
	"Write the audit log into a new file that can be verified without the "
	"database.",
	export_opts,
	"  paxgate audit export --log -o log.txt\n",
};

static const struct opt_usage checkpoint_usage = {
	"audit checkpoint",
	"[OPTIONS]",
	"Sign the ends of the audit log now, store the checkpoint and append "
	"it to the file\naudit.checkpoints. The engine does so by itself.",
	checkpoint_opts,
	"  paxgate audit checkpoint -c /etc/paxgate.yaml\n",
};

static void print_faults(const struct audit_check *c)
{
	for (uint32_t i = 0; i < c->nr_fault; i++) {
		const struct audit_fault *f = &c->fault[i];

		if (f->chain.ptr)
			printf(STR_FMT ": ", STR_ARG(f->chain));
		printf(STR_FMT "\n", STR_ARG(f->what));
	}
	if (c->faults > c->nr_fault)
		printf("and %lld more\n", (long long)c->faults - c->nr_fault);
}

static void print_text(const struct audit_check *c)
{
	struct buf at = { 0 };

	print_faults(c);
	moment_write(&at, c->signed_until, true);
	buf_byte(&at, '\0');
	printf("%lld events in %lld chains, %lld checkpoints, %s%s: %s\n",
	       (long long)c->events, (long long)c->chains,
	       (long long)c->checkpoints,
	       c->checkpoints ? "signed until " : "nothing is signed",
	       c->checkpoints ? at.data : "",
	       c->faults ? "NOT IN ORDER" : "in order");
	buf_release(&at);
}

static void print_json(const struct audit_check *c)
{
	struct buf out = { 0 };
	struct json j;

	json_init(&j, &out);
	json_open(&j, NULL, '{');
	json_bool(&j, "in_order", !c->faults);
	json_int(&j, "events", c->events);
	json_int(&j, "chains", c->chains);
	json_int(&j, "checkpoints", c->checkpoints);
	json_moment(&j, "signed_until", c->signed_until, true);
	json_int(&j, "faults", c->faults);
	json_open(&j, "found", '[');
	for (uint32_t i = 0; i < c->nr_fault; i++) {
		json_open(&j, NULL, '{');
		json_str(&j, "chain", c->fault[i].chain);
		json_int(&j, "event", c->fault[i].seq);
		json_str(&j, "what", c->fault[i].what);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(&out, '\n');
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
}

/* Who reads the log is in it, too. */
static int record(struct pg *pg, enum audit_operation op, const char *what,
		  struct err *e)
{
	struct audit_event ev = { .operation = op, .subject = str_of(what) };

	return audit_record(pg, &ev, e);
}

static int verify_database(struct audit_check *c, const struct config *conf,
			   struct err *e)
{
	struct pg *pg = NULL;
	int rc = database_open_checked(&pg, conf, e);

	if (rc == 0)
		rc = record(pg, AUDIT_LOG_ACCESS, "verify", e);
	if (rc == 0)
		rc = audit_verify_database(c, pg, conf->audit_checkpoints,
					   isatty(STDERR_FILENO), e);
	pg_close(pg);
	return rc;
}

static int verb_verify(int argc, char **argv)
{
	struct audit_check check = { .nr_key = 0 };
	uint8_t(*key)[CRYPT_KEY_LEN] = NULL;
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	uint32_t nr = 0;
	int first = opt_parse(&verify_usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (first < argc - 1)
		return opt_wrong(&verify_usage, "one file at a time");
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = crypt_init(&e);
	if (rc == 0 &&
	    sign_keys_load(&key, &nr, key_file ? key_file : c.audit_public, &a,
			   &e))
		rc = config_file_error(&e);
	if (rc == 0) {
		audit_check_init(&check, &a,
				 (const uint8_t(*)[CRYPT_KEY_LEN])key, nr);
		rc = first < argc ? audit_verify_file(&check, argv[first], &e)
				  : verify_database(&check, &c, &e);
	}
	if (rc == 0 && as_json)
		print_json(&check);
	else if (rc == 0)
		print_text(&check);
	arena_release(&a);
	if (rc < 0)
		return tool_fail("audit verify", &e);
	return check.faults ? EXIT_INTEGRITY : EXIT_OK;
}

static int verb_export(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct pg *pg = NULL;
	int64_t events = 0;
	int rc = opt_parse(&export_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc || !whole_log || !output)
		return opt_wrong(&export_usage, "say --log and -o FILE");
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = crypt_init(&e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = record(pg, AUDIT_LOG_ACCESS, "export", &e);
	if (rc == 0)
		rc = audit_export_log(&events, pg, &c, output, &e);
	if (rc == 0)
		printf("%lld events in %s\n", (long long)events, output);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("audit export", &e) : EXIT_OK;
}

static int checkpoint(struct pg *pg, const struct config *c, struct arena *a,
		      struct err *e)
{
	struct sign_pair *pair = NULL;
	struct audit_signed s;

	if (sign_pair_load(&pair, c->audit_key, e))
		return config_file_error(e);
	if (!checkpoint_make(&s, pg, c, pair, a, e) && s.nr)
		printf("checkpoint %lld\n", (long long)s.nr);
	else if (!e->code)
		puts("nothing came since the last checkpoint");
	sign_pair_free(pair);
	return e->code;
}

static int verb_checkpoint(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct pg *pg = NULL;
	int rc = opt_parse(&checkpoint_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&checkpoint_usage, "takes no '%s'", argv[rc]);
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = crypt_init(&e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = checkpoint(pg, &c, &a, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("audit checkpoint", &e) : EXIT_OK;
}

int cmd_audit(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "verify", verb_verify, "check the log, or an exported one" },
		{ "export", verb_export, "write the log into a file" },
		{ "checkpoint", verb_checkpoint, "sign the log's ends now" },
		{ 0 },
	};

	return cmd_run_verb("audit", verbs, argc, argv);
}
