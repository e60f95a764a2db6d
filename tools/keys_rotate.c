/*
 * keys_rotate.c - paxgate keys rotate
 */
#include "db/audit.h"
#include "law/custodian.h"
#include "law/keyfolder.h"
#include "law/keyrotate.h"
#include "law/signkey.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/keys_custodian.h"
#include "tools/opt.h"

#include <stdio.h>

static const char *config_file;
static bool retire, wraps, audit;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "retire", 0, NULL, OPT_FLAG, &retire,
	  "destroy the pair before this one instead" },
	{ "wraps", 0, NULL, OPT_FLAG, &wraps,
	  "only wrap days for custodians who lack them" },
	{ "audit", 0, NULL, OPT_FLAG, &audit,
	  "a new key for the audit log instead" },
	{ 0 },
};

static const struct opt_usage usage = {
	"keys rotate",
	"[OPTIONS]",
	"Put a new key pair in the engine's place and wrap all day keys for "
	"it, and for\ncustodians who lack theirs. Stop the engines first; "
	"after a crash call it again. The\nold secret half opens payloads "
	"that are on the topic until --retire destroys it:\ngive producers "
	"the new public half, and wait for the topic's retention. Each change\n"
	"goes on record in the audit log.",
	opts,
	"  paxgate keys rotate -c /etc/paxgate.yaml\n"
	"  paxgate keys rotate --retire\n"
	"  paxgate keys rotate --wraps\n"
	"  paxgate keys rotate --audit\n",
};

/* The folder is gone over with what is there now. */
static int rewrap(int64_t *days, const struct config *c, struct err *e)
{
	struct custodians *custodians = NULL;
	struct key_folder *folder = NULL;
	struct key_pair *pair = NULL;
	struct key_rewrap done = { 0 };

	if (!key_pair_load(&pair, c->engine_key, e) &&
	    !key_folder_open(&folder, c->key_folder, pair, e) &&
	    !custodians_load(&custodians, c->custodians, e)) {
		key_folder_custodians(folder, custodians);
		if (!key_folder_rewrap(folder, &done, e))
			printf("%lld days wrapped for the engine, %lld wraps "
			       "for custodians made\n",
			       (long long)done.days, (long long)done.wraps);
	}
	key_folder_free(folder);
	key_pair_free(pair);
	custodians_free(custodians);
	*days = done.days;
	return e->code;
}

static int rotate_audit(const struct config *c, struct arena *a, struct err *e)
{
	const char *next = arena_fmt(a, "%s.next", c->audit_key).ptr;

	if (sign_pair_create(next, c->audit_public, e))
		return e->code;
	if (rename(next, c->audit_key))
		return err_at(e, ERR_IO, 0, "cannot replace '%s'",
			      c->audit_key);
	printf("the audit log is signed by a new key; %s has both\n",
	       c->audit_public);
	return 0;
}

/*
 * Days first, when a pair waits to be retired: a rotation that was cut short
 * is at its end then.
 */
static int rotate(const struct config *c, struct arena *a, struct err *e)
{
	int64_t days = 0;

	if (audit)
		return rotate_audit(c, a, e);
	if (wraps || key_pair_has_old(c->engine_key)) {
		if (rewrap(&days, c, e) || wraps || (days && !retire))
			return e->code;
	}
	if (retire)
		return key_pair_retire(c->engine_key, e);
	if (key_pair_rotate(c->engine_key, c->engine_public, e))
		return e->code;
	return rewrap(&days, c, e);
}

/* On record, if the database is there; else the operator is told. */
static void record(const struct config *c)
{
	struct audit_event ev = {
		.operation = AUDIT_KEY_CHANGE,
		.subject = audit ? STR("keys.audit") : STR("keys.engine"),
		.reason = retire  ? STR("retired")
			  : wraps ? STR("wrapped")
				  : STR("rotated"),
	};
	struct err e = { 0 };
	struct pg *pg = NULL;

	if (database_open_checked(&pg, c, &e) || audit_record(pg, &ev, &e))
		fprintf(stderr, "paxgate keys rotate: not on record: %s\n",
			e.text);
	pg_close(pg);
}

int keys_rotate(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage, "takes no '%s'", argv[first]);
	if (retire + wraps + audit > 1)
		return opt_wrong(&usage,
				 "one of --retire, --wraps, --audit at a time");
	if (!tool_settings(&c, config_file, NULL, &a, &e) && !crypt_init(&e) &&
	    !rotate(&c, &a, &e))
		record(&c);
	arena_release(&a);
	if (!e.code)
		return EXIT_OK;
	(void)config_file_error(&e);
	return tool_fail("keys rotate", &e);
}
