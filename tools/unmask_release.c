/*
 * unmask_release.c - paxgate unmask release: as a custodian, on a machine of his
 * own; no database, no settings
 */
#include "law/keyfile.h"
#include "law/unmask.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/passphrase.h"
#include "tools/request_cli.h"

#include <stdio.h>

static const char *key_file, *passphrase, *judges_file, *sig_file, *from_file,
	*out_file;

/* clang-format off */
static const struct opt opts[] = {
	{ "key", 'k', "FILE", OPT_TEXT, &key_file, "your key ('keys create --custodian')" },
	{ "passphrase-file", 0, "FILE", OPT_TEXT, &passphrase, "that unlocks it" },
	{ "judges", 0, "FILE", OPT_TEXT, &judges_file, "register of judges, a copy that you trust" },
	{ "approval", 0, "FILE", OPT_TEXT, &sig_file, "the judge's signature (FILE.sig)" },
	{ "after", 0, "FILE", OPT_TEXT, &from_file, "what the custodian before you released" },
	{ "out", 'o', "FILE", OPT_TEXT, &out_file, "where to; it may not be there" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"unmask release",
	"[OPTIONS] --key FILE --judges FILE --out FILE FILE",
	"As a custodian, away from the PIU's machines: release the keys of the "
	"records that\nstand in FILE, and of no other, to the one-time key of "
	"who asked. Refused with code 4\nwhen no judge of the register signed "
	"this very file, or none of its boxes is for\nyour key. Where two have "
	"to open in turn, the second takes what the first released\nwith "
	"--after. The key never leaves the machine.",
	opts,
	"  paxgate unmask release --key court.key --judges judges.yaml "
	"--out released \\\n    case-26-114.unmask\n"
	"  paxgate unmask release --key deputy.key --judges judges.yaml "
	"--after first \\\n    --out released case-26-114.unmask\n",
};

/* A whole file into the arena. */
static int read_file(struct str *text, const char *path, struct arena *a,
		     struct err *e)
{
	struct buf all = { 0 };

	if (!buf_read_file(&all, path, UNMASK_FILE_MAX, e))
		*text = arena_str(a, buf_view(&all));
	buf_release(&all);
	return e->code;
}

/* What is asked, and that a judge signed it. */
static int read_asked(struct unmask_file *f, uint8_t hash[CRYPT_HASH_LEN],
		      const char *path, struct arena *a, struct err *e)
{
	struct approvers *judges = NULL;
	struct approval sig;
	struct str text, sig_text;

	if (!sig_file)
		sig_file = arena_fmt(a, "%s" APPROVAL_SUFFIX, path).ptr;
	if (read_file(&text, path, a, e))
		return e->code;
	if (unmask_file_read(f, text, a, e))
		return err_wrap(e, "%s", path);
	if (read_file(&sig_text, sig_file, a, e)) {
		*e = (struct err){ 0 };
		return err_at(e, ERR_LEGAL, 0,
			      "Directive (EU) 2016/681 Art. 12(3): no approval "
			      "of a court or independent authority: '%s' "
			      "cannot be read",
			      sig_file);
	}
	if (approval_read(&sig, sig_text, e))
		return err_wrap(e, "%s", sig_file);
	if (!approvers_load(&judges, judges_file, e) &&
	    !unmask_check(&sig, judges, f, text, e))
		printf("request " STR_FMT ", case " STR_FMT " of " STR_FMT
		       ": %u boxes, approved by " STR_FMT "\n",
		       STR_ARG(f->request), STR_ARG(f->case_id),
		       STR_ARG(f->authority), f->nr, STR_ARG(sig.approver));
	approvers_free(judges);
	unmask_file_hash(hash, text);
	return e->code;
}

static int left_for(const struct unmask_release *r)
{
	for (uint32_t i = 0; i < r->nr; i++)
		if (r->box[i].holders.ptr)
			return (int)i;
	return -1;
}

static int open_boxes(struct unmask_release *r, const struct unmask_file *f,
		      const uint8_t *hash, struct arena *a, struct err *e)
{
	struct unmask_release before, *from = NULL;
	struct buf words = { 0 };
	struct key_pair *his = NULL;
	struct str text;
	uint32_t opened;

	if (from_file) {
		from = &before;
		if (read_file(&text, from_file, a, e))
			return e->code;
		if (unmask_release_read(from, text, a, e))
			return err_wrap(e, "%s", from_file);
	}
	if (!passphrase_read(&words, passphrase, e) &&
	    !custodian_key_load(&his, key_file, buf_view(&words), e) &&
	    !unmask_release_step(r, &opened, f, hash, from, his, a, e))
		printf("%u opened\n", opened);
	passphrase_forget(&words);
	key_pair_free(his);
	return e->code;
}

static int release(const char *path, struct err *e)
{
	uint8_t hash[CRYPT_HASH_LEN];
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct unmask_release r;
	struct unmask_file f;
	int next;

	if (!crypt_init(e) && !read_asked(&f, hash, path, &a, e) &&
	    !open_boxes(&r, &f, hash, &a, e)) {
		unmask_release_write(&out, &r);
		next = left_for(&r);
		if (!key_file_create(out_file, buf_view(&out), 0600, e) &&
		    next >= 0)
			printf("made %s, for " STR_FMT " to open\n", out_file,
			       STR_ARG(r.box[next].holders));
		else if (!e->code)
			printf("made %s, for who asked: " STR_FMT "\n",
			       out_file, STR_ARG(f.asked_by));
	}
	buf_release(&out);
	arena_release(&a);
	return e->code;
}

int unmask_release_verb(int argc, char **argv)
{
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name the file that was signed");
	if (!key_file || !judges_file || !out_file)
		return opt_wrong(&usage, "say --key, --judges and --out");
	(void)!release(argv[first], &e);
	return e.code ? tool_fail("unmask release", &e) : EXIT_OK;
}
