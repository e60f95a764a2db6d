/*
 * profile_commit.c - paxgate profile commit: revisions into the registry
 */
#include "engine/approve.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"
#include "tools/registry.h"

#include <stdio.h>

static const char *config_file, *database;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile commit",
	"[OPTIONS] FILE|DIR...",
	"Put profiles into the registry, each as a revision that does not "
	"change any more,\ntogether with the approval beside it "
	"(FILE.yaml.sig), if that counts. A changed text\nneeds a higher "
	"'revision:'. Nothing runs otherwise than before: 'paxgate profile\n"
	"activate' does that. Committed once more, a file adds its approval.",
	opts,
	"  paxgate profile commit etc/profiles/late-cash-one-way.yaml\n",
};

/* No way back: an older number than the newest is a mistake. */
static int check_number(struct registry *r, const struct profile *p,
			struct err *e)
{
	struct profile_revision newest, same;
	int rc = profiles_revision(&newest, r->pg, p->name, 0, &r->arena, e);

	if (rc <= 0 || newest.revision <= p->revision)
		return rc < 0 ? rc : 0;
	rc = profiles_revision(&same, r->pg, p->name, (int32_t)p->revision,
			       &r->arena, e);
	if (rc)
		return rc < 0 ? rc : 0;
	return err_at(e, ERR_VALUE, 0,
		      "revision %d of '" STR_FMT "' is committed: the next is "
		      "higher, not %lld",
		      newest.revision, STR_ARG(p->name),
		      (long long)p->revision);
}

/* In the open transaction. */
static int keep(struct registry *r, const struct profile_file *f, struct err *e)
{
	const struct profile *p = f->profile;
	struct profile_revision rev = { .name = p->name,
					.revision = (int32_t)p->revision,
					.text_hash = edition_text_hash(
						p->content, &r->arena),
					.author = p->author,
					.content = p->content };
	struct approval by;
	struct err why = { 0 };
	int rc;

	if (check_number(r, p, e) || profiles_add_revision(r->pg, &rev, e))
		return e->code;
	printf(STR_FMT "@%d is committed", STR_ARG(p->name), rev.revision);
	rc = approve_read(&by, p, r->approvers, &r->arena, &why);
	if (rc > 0) {
		struct profile_approval row = {
			.approver = by.approver,
			.signature = { (const char *)by.signature,
				       CRYPT_SIGNATURE_LEN },
			.signed_at = by.signed_at
		};

		rc = profiles_add_approval(r->pg, &rev, &row, e);
		printf(", approved by " STR_FMT, STR_ARG(by.approver));
	} else {
		printf(", not approved%s%s", why.code ? ": " : "", why.text);
		rc = 0;
	}
	putchar('\n');
	return rc;
}

static int commit(struct registry *r, const struct profile_file *f,
		  struct err *e)
{
	if (profiles_begin(r->pg, e) || keep(r, f, e) || pg_commit(r->pg, e))
		pg_rollback(r->pg);
	return e->code;
}

static int commit_one(const struct profile_file *f, void *arg)
{
	struct registry *r = arg;
	struct err e = { 0 };

	if (!f->profile) {
		profile_print_faults(f);
		return EXIT_OK;
	}
	return commit(r, f, &e) ? tool_fail("profile commit",
					    (err_wrap(&e, "%s", f->path), &e))
				: EXIT_OK;
}

int profile_cmd_commit(int argc, char **argv)
{
	struct registry r = { 0 };
	struct profile_walk w = { .each = commit_one, .arg = &r };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv), rc = EXIT_OK;

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	if (!registry_open(&r, config_file, database, &e)) {
		w.offences = r.config.offences;
		w.lists = r.config.lists;
		rc = profile_walk(&w, argc - first, argv + first);
	}
	registry_release(&r);
	return e.code ? tool_fail("profile commit", &e) : rc;
}
