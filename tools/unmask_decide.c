/*
 * unmask_decide.c - paxgate unmask approve and refuse: as a court
 */
#include "law/unmask.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/passphrase.h"
#include "tools/request_words.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PRESET_DAYS = 7 };

static struct request_cli cli;
static const char *decision, *until, *reason, *file, *key_file, *passphrase;

/* clang-format off */
static const struct opt approve_opts[] = {
	REQUEST_OPTS(cli),
	{ "file", 'f', "FILE", OPT_TEXT, &file, "what 'unmask request' made; FILE.sig is written beside it" },
	{ "key", 'k', "FILE", OPT_TEXT, &key_file, "your key ('keys create --judge')" },
	{ "passphrase-file", 0, "FILE", OPT_TEXT, &passphrase, "that unlocks it" },
	{ "decision", 0, "NUMBER", OPT_TEXT, &decision, "number of the decision at the court" },
	{ "until", 0, "TIME", OPT_TEXT, &until, "how long it holds, UTC: 2026-12-01T12:00 (7 days)" },
	{ 0 },
};

static const struct opt refuse_opts[] = {
	REQUEST_OPTS(cli),
	{ "decision", 0, "NUMBER", OPT_TEXT, &decision, "number of the decision at the court" },
	{ "reason", 'r', "CODE", OPT_TEXT, &reason, "why: a code of ref.request_reason, see doc/requests.md" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage approve_usage = {
	"unmask approve",
	"[OPTIONS] REQUEST",
	"Approve that masked records are seen again, as a court or independent "
	"authority\n(Art. 12(3)(b)), and sign the file: without the signature "
	"no custodian releases a\nkey. The session user is entered in "
	"keys.judges under his own name. Read the grounds\nfirst: 'request "
	"show --words'.",
	approve_opts,
	"  paxgate unmask approve --decision 5Hv-12/26 --file "
	"case-26-114.unmask \\\n    --key /media/jud/jud.key "
	"9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage refuse_usage = {
	"unmask refuse",
	"[OPTIONS] REQUEST",
	"Refuse it, as a court or independent authority.",
	refuse_opts,
	"  paxgate unmask refuse --decision 5Hv-12/26 --reason grounds "
	"9f3c01d2a4b5c6d7\n",
};

/* The file has to be the one that was entered: its hash is. */
static int read_file(struct str *text, struct unmask_file *f, int64_t id,
		     struct err *e)
{
	uint8_t hash[CRYPT_HASH_LEN];
	struct buf all = { 0 };
	struct request r;

	if (buf_read_file(&all, file, UNMASK_FILE_MAX, e)) {
		buf_release(&all);
		return e->code;
	}
	*text = arena_str(&cli.arena, buf_view(&all));
	buf_release(&all);
	if (request_get(&r, cli.pg, id, &cli.arena, e))
		return e->code;
	if (unmask_file_read(f, *text, &cli.arena, e))
		return err_wrap(e, "%s", file);
	unmask_file_hash(hash, *text);
	if (r.file_hash.len != sizeof(hash) ||
	    memcmp(r.file_hash.ptr, hash, sizeof(hash)) != 0)
		return err_at(e, ERR_INTEGRITY, 0,
			      "%s is not the file of request '%s'", file,
			      request_name_of(id).text);
	return 0;
}

static int sign(struct buf *out, struct str text, const struct unmask_file *f,
		struct err *e)
{
	struct approval a = { .approver = str_of(pg_role(cli.pg)),
			      .signed_at = { (int64_t)time(NULL),
					     MOMENT_SECOND } };
	struct approvers *judges = NULL;
	struct approver_key *key = NULL;
	struct buf words = { 0 };

	if (!approvers_load(&judges, cli.config.judges, e) &&
	    !passphrase_read(&words, passphrase, e) &&
	    !approver_key_load(&key, key_file, buf_view(&words), e)) {
		unmask_sign(&a, key, text);
		/* as a custodian will look at it */
		if (!unmask_check(&a, judges, f, text, e))
			approval_write(out, &a);
	}
	passphrase_forget(&words);
	approver_key_free(key);
	approvers_free(judges);
	return e->code;
}

static int approve(int64_t id, struct err *e)
{
	struct str path = arena_fmt(&cli.arena, "%s" APPROVAL_SUFFIX, file);
	struct moment to = { (int64_t)time(NULL) +
				     PRESET_DAYS * SECONDS_PER_DAY,
			     MOMENT_SECOND };
	struct audit_event ev = { .at_ms = 0 };
	struct unmask_file f;
	struct buf sig = { 0 };
	struct str text;

	if (until && !moment_read(str_of(until), &to))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is no time; write 2026-12-01T12:00", until);
	if (!read_file(&text, &f, id, e) && !sign(&sig, text, &f, e) &&
	    !request_write_private(path.ptr, buf_view(&sig), e)) {
		/* no signature without the entry */
		if (request_approve(cli.pg, id, str_of(decision), to, &ev, e))
			unlink(path.ptr);
		else
			printf("signed %s: %u boxes\n", path.ptr, f.nr);
	}
	buf_release(&sig);
	return e->code;
}

static int refuse(int64_t id, struct err *e)
{
	struct audit_event ev = { .at_ms = 0 };

	return request_refuse(cli.pg, id, str_of(decision), str_of(reason), &ev,
			      e);
}

static int run(const struct opt_usage *u, int64_t id, const char *became,
	       int (*act)(int64_t id, struct err *e))
{
	struct err e = { 0 };

	if (!request_cli_open(&cli, &e) && !act(id, &e))
		printf("%s %s\n", request_name_of(id).text, became);
	request_cli_close(&cli);
	return e.code ? tool_fail(u->command, &e) : EXIT_OK;
}

int unmask_approve_verb(int argc, char **argv)
{
	int64_t id;
	int rc;

	if (!request_operand(&id, &rc, &approve_usage, argc, argv))
		return rc;
	if (!decision || !file || !key_file)
		return opt_wrong(&approve_usage,
				 "say --decision, --file and --key");
	return run(&approve_usage, id, "approved", approve);
}

int unmask_refuse_verb(int argc, char **argv)
{
	int64_t id;
	int rc;

	if (!request_operand(&id, &rc, &refuse_usage, argc, argv))
		return rc;
	if (!decision || !reason)
		return opt_wrong(&refuse_usage, "say --decision and --reason");
	return run(&refuse_usage, id, "refused", refuse);
}
