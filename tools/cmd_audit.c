/*
 * cmd_audit.c - paxgate audit: is the log what was written
 */
#include "base/json_write.h"
#include "law/signkey.h"
#include "tools/audit_cli.h"
#include "tools/bundle_make.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>
#include <unistd.h>

static const char *config_file, *database, *key_file, *output;
static const char *engine_key, *key_folder, *recipient;
static struct consult consult;
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
	CONSULT_OPTS(consult),
	{ "recipient", 0, "ID", OPT_TEXT, &recipient,
	  "authority the bundle is for; goes on record" },
	{ "engine-key", 0, "FILE", OPT_TEXT, &engine_key,
	  "the engine's secret key, before keys.engine" },
	{ "keys", 0, "DIR", OPT_TEXT, &key_folder,
	  "folder of the day keys, before keys.folder" },
	{ 0 },
};

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
	"[OPTIONS] HIT -o FILE | --log -o FILE",
	"Write the bundle of a hit, all that it rests on and who saw it, into "
	"a new file that\n'paxgate replay' works out again without a "
	"database; or, with --log, the whole audit\nlog, to be verified "
	"likewise. A bundle is personal data in clear: say for what purpose\n"
	"and offence; it goes on record. Both are signed by keys.audit.",
	export_opts,
	"  paxgate audit export --purpose prosecution --offence 04 --case "
	"26-114 \\\n      -o hit.bundle 20261122-9f3c01d2a4b5c6d7\n"
	"  paxgate audit export --log -o log.txt\n",
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

/* The bundle of a hit; who takes it is on record before it is made. */
static int export_hit(struct pg *pg, struct config *c, struct hit_name name,
		      struct err *e)
{
	struct hit_row hit = { .hit_id = 0 };

	if (engine_key)
		c->engine_key = engine_key;
	if (key_folder)
		c->key_folder = key_folder;
	if (!hit_name_read(str_of(name.text), &hit.clock_day, &hit.hit_id) ||
	    consult_account(&consult, pg, c, name.text, e) ||
	    consult_export(&consult, pg, &hit, str_of(recipient), e))
		return e->code;
	return bundle_export(pg, c, name.text, output, e);
}

static int export_log(struct pg *pg, const struct config *c, struct err *e)
{
	int64_t events = 0;

	if (record(pg, AUDIT_LOG_ACCESS, "export", e) ||
	    audit_export_log(&events, pg, c, output, e))
		return e->code;
	printf("%lld events in %s\n", (long long)events, output);
	return 0;
}

/* The hit of the command line, or none with --log; 0, or an exit code. */
static int read_export(struct hit_name *name, int nr, char **word)
{
	int32_t day;
	int64_t id;

	if (!output || nr != (whole_log ? 0 : 1))
		return opt_wrong(&export_usage,
				 "name one hit, or --log, and -o FILE");
	if (whole_log)
		return 0;
	if (!hit_name_read(str_of(*word), &day, &id))
		return opt_wrong(&export_usage,
				 "'%s' is no hit; copy it from "
				 "'paxgate hits list'",
				 *word);
	*name = hit_name_of(day, id);
	return 0;
}

static int verb_export(int argc, char **argv)
{
	struct hit_name name = { "" };
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct pg *pg = NULL;
	int first = opt_parse(&export_usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	rc = read_export(&name, argc - first, argv + first);
	if (rc)
		return rc;
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = crypt_init(&e);
	if (rc == 0 && !whole_log)
		rc = consult_words(&consult, &c, name.text, &e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = whole_log ? export_log(pg, &c, &e)
			       : export_hit(pg, &c, name, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("audit export", &e) : EXIT_OK;
}

int cmd_audit(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "verify", verb_verify, "check the log, or an exported one" },
		{ "export", verb_export, "write the log into a file" },
		{ "checkpoint", audit_checkpoint_verb,
		  "sign the log's ends now" },
		{ "expire", audit_expire_verb,
		  "remove what was kept for five years" },
		{ 0 },
	};

	return cmd_run_verb("audit", verbs, argc, argv);
}
