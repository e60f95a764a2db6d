/*
 * profile_approve.c - paxgate profile approve: a second person's signature
 */
#include "engine/approve.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/passphrase.h"
#include "tools/profile_cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *config_file, *approver, *key_file, *passphrase_file;

static const struct opt opts[] = {
	{ "approver", 'a', "NAME", OPT_TEXT, &approver,
	  "who approves, by the register" },
	{ "key", 'k', "FILE", OPT_TEXT, &key_file,
	  "his key, made by `paxgate keys create --approver`" },
	{ "passphrase-file", 0, "FILE", OPT_TEXT, &passphrase_file,
	  "file of the key's passphrase, where it has one" },
	{ "config", 'c', "FILE", OPT_TEXT, &config_file,
	  "settings: register, catalogue of offences, lists" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile approve",
	"[OPTIONS] FILE|DIR...",
	"Approve profiles: sign each and put the signature beside it, as "
	"FILE.yaml.sig.\nWho approves stands in the register (keys.approvers) "
	"and is not the author.\nWithout a valid signature a profile runs in "
	"shadow only: it makes no hits.\nA change of one byte asks for another "
	"approval.",
	opts,
	"  paxgate profile approve -a approver-01 -k approver-01.key "
	"etc/profiles/late-cash-one-way.yaml\n",
};

struct signing {
	const struct approvers *approvers;
	struct approver_key *key;
	int nr;
};

/* Appear whole or not at all. */
static int put_file(const char *path, struct str text, struct err *e)
{
	char other[4096 + 8];
	FILE *f;
	bool done;

	snprintf(other, sizeof(other), "%s.new", path);
	f = fopen(other, "w");
	done = f && fwrite(text.ptr, 1, text.len, f) == text.len &&
	       !fflush(f) && !fsync(fileno(f));
	if (f && fclose(f))
		done = false;
	if (done && !rename(other, path))
		return 0;
	(void)err_at(e, ERR_USAGE, 0, "cannot write '%s': %s", path,
		     strerror(errno));
	unlink(other);
	return e->code;
}

static int sign(const struct profile_file *f, struct signing *s, struct err *e)
{
	struct approval a = { .approver = str_of(approver),
			      .signed_at = { time(NULL), MOMENT_SECOND } };
	struct buf text = { 0 };
	char path[4096];

	approval_sign(&a, s->key, f->profile->content);
	if (approval_check(&a, s->approvers, f->profile->author,
			   f->profile->content, e))
		return err_wrap(e, "%s", f->path);
	approval_write(&text, &a);
	snprintf(path, sizeof(path), "%s" APPROVAL_SUFFIX, f->path);
	if (!put_file(path, buf_view(&text), e)) {
		printf("%s: approved by %s\n", f->path, approver);
		s->nr++;
	}
	buf_release(&text);
	return e->code;
}

static int approve_one(const struct profile_file *f, void *arg)
{
	struct err e = { 0 };

	if (!f->profile) {
		profile_print_faults(f);
		return EXIT_OK;
	}
	return sign(f, arg, &e) ? tool_fail("profile approve", &e) : EXIT_OK;
}

static int approve(const struct config *c, int nr, char **file, struct err *e)
{
	struct buf passphrase = { 0 };
	struct approvers *register_ = NULL;
	struct signing s = { 0 };
	struct profile_walk w = { c->offences, c->lists, NULL, approve_one,
				  &s };
	int rc = EXIT_OK;

	if (!crypt_init(e) && !approvers_load(&register_, c->approvers, e) &&
	    !passphrase_read(&passphrase, passphrase_file, e) &&
	    !approver_key_load(&s.key, key_file, buf_view(&passphrase), e)) {
		s.approvers = register_;
		rc = profile_walk(&w, nr, file);
	}
	passphrase_forget(&passphrase);
	approver_key_free(s.key);
	approvers_free(register_);
	return rc;
}

int profile_cmd_approve(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv), rc = EXIT_OK;

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	if (!approver || !key_file)
		return opt_wrong(&usage, "who approves? --approver and --key");
	if (!config_load(&c, config_file, &a, &e))
		rc = approve(&c, argc - first, argv + first, &e);
	arena_release(&a);
	return e.code ? tool_fail("profile approve", &e) : rc;
}
