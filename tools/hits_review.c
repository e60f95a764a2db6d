#include "tools/hits_review.h"

#include "db/review.h"
#include "law/checklist.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/hits_open.h"
#include "tools/opt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20 };

static const char *config_file, *database, *form, *outcome, *reason, *to;
static struct consult consult;
static struct hits_keys key_at; /* not given: the settings say */

/* clang-format off */
#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database, \
	  "libpq keywords or URI, before the settings' one" }, \
	CONSULT_OPTS(consult)

static const struct opt take_opts[] = {
	COMMON_OPTS,
	{ "form", 'f', "FILE", OPT_TEXT, &form,
	  "write the form with the questions of review.checklist there" },
	{ 0 },
};

static const struct opt decide_opts[] = {
	COMMON_OPTS,
	{ "form", 'f', "FILE", OPT_TEXT, &form, "the form, filled in" },
	{ "outcome", 'o', "WORD", OPT_TEXT, &outcome, "confirmed or rejected" },
	{ "reason", 'r', "CODE", OPT_TEXT, &reason,
	  "why: a code of ref.review_reason, see doc/review.md" },
	{ "engine-key", 0, "FILE", OPT_TEXT, &key_at.engine_key,
	  "the engine's secret key, before keys.engine" },
	{ "keys", 0, "DIR", OPT_TEXT, &key_at.folder,
	  "folder of the day keys, before keys.folder" },
	{ 0 },
};

static const struct opt refer_opts[] = {
	COMMON_OPTS,
	{ "to", 't', "ID", OPT_TEXT, &to,
	  "competent authority, as in 'paxgate authority list'" },
	{ 0 },
};

static const struct opt reopen_opts[] = {
	COMMON_OPTS,
	{ "reason", 'r', "CODE", OPT_TEXT, &reason,
	  "new-facts, data-changed, mistake, authority" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage take_usage = {
	"hits take",
	"[OPTIONS] HIT",
	"Take a hit into your hands: nobody else decides it meanwhile, and the "
	"data as they\nare now are what you decide on. Look at it with "
	"'paxgate "
	"hits show'. Taken again,\ntime and data begin anew.",
	take_opts,
	"  paxgate hits take --purpose detection --offence 04 --form "
	"hit.yaml \\\n    20261122-9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage decide_usage = {
	"hits decide",
	"[OPTIONS] HIT",
	"Confirm or reject a hit that you took, for good. The form answers "
	"every question of\nthe checklist; to confirm it says what supports "
	"reasonable suspicion. Refused with\ncode 4: too soon after 'take', "
	"data that changed since, a hit withdrawn.",
	decide_opts,
	"  paxgate hits decide --outcome rejected --reason wrong-person "
	"--form hit.yaml \\\n    --purpose detection --offence 04 "
	"20261122-9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage refer_usage = {
	"hits refer",
	"[OPTIONS] HIT",
	"Refer a confirmed hit to a competent authority, for examination: "
	"referrals.topic\ngets its id, flight, offence, reviewer and a caveat, "
	"no name. Refused with code 4\nwithout a link to carriage by air, or "
	"when the data changed since it was confirmed.",
	refer_opts,
	"  paxgate hits refer --to AT-BK --purpose detection --offence 04 \\\n"
	"    20261122-9f3c01d2a4b5c6d7\n",
};

static const struct opt_usage reopen_usage = {
	"hits reopen",
	"[OPTIONS] HIT",
	"Have a decided hit looked at again. Only another person than the one "
	"who decided it\nmay. A false match that was learnt with it is "
	"forgotten.",
	reopen_opts,
	"  paxgate hits reopen --reason new-facts --purpose detection "
	"--offence 04 \\\n    20261122-9f3c01d2a4b5c6d7\n",
};

/* What a verb needs beside the hit. */
struct deed {
	const struct opt_usage *usage;
	const struct config *config;
	const char *hit;
	struct review_act act;
	struct arena *arena;
	const char *became; /* the hit's state now */
};

static int read_checklist(struct checklist *c, const struct deed *d,
			  struct err *e)
{
	struct buf text = { 0 };

	if (buf_read_file(&text, d->config->checklist, FILE_MAX, e) ||
	    checklist_read(c, buf_view(&text), d->arena, e)) {
		err_wrap(e, "%s", d->config->checklist);
		config_file_error(e);
	}
	buf_release(&text);
	return e->code;
}

/*
 * For its owner alone: the reviewer writes about a person in it. One that is
 * there may be filled in already.
 */
static int write_form(const struct deed *d, struct err *e)
{
	struct checklist c;
	struct buf out = { 0 };
	int fd;

	if (read_checklist(&c, d, e))
		return e->code;
	fd = open(form, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_at(e, ERR_USAGE, 0, "cannot make '%s': %s", form,
			      strerror(errno));
	checklist_form_write(&out, &c, str_of(d->hit));
	if (write(fd, out.data, out.len) != (ssize_t)out.len) {
		(void)err_at(e, ERR_IO, 0, "cannot write '%s'", form);
		unlink(form);
	}
	close(fd);
	buf_release(&out);
	return e->code;
}

static int act_take(struct pg *pg, struct deed *d, struct err *e)
{
	if (form && write_form(d, e))
		return e->code;
	d->became = "in_review";
	if (review_take(pg, &d->act, e) && form)
		unlink(form);
	return e->code;
}

static int refuse_unfit(const struct checklist_form *f, struct err *e)
{
	if (!str_eq(str_of(outcome), STR("confirmed")))
		return 0;
	if (f->against.ptr)
		return err_at(e, ERR_LEGAL, 0,
			      "C-817/19, paragraphs 203-207: with this answer "
			      "to '" STR_FMT "' no hit is confirmed",
			      STR_ARG(f->against));
	if (str_empty(f->suspicion))
		return err_at(e, ERR_LEGAL, 0,
			      "C-817/19, paragraph 204: to confirm, "
			      "'suspicion:' says what supports reasonable "
			      "suspicion");
	return 0;
}

static int read_form(struct checklist_form *f, const struct checklist *c,
		     const struct deed *d, struct err *e)
{
	struct buf text = { 0 };

	if (buf_read_file(&text, form, FILE_MAX, e))
		config_file_error(e);
	else if (checklist_form_read(f, c, str_of(d->hit), buf_view(&text),
				     d->arena, e))
		err_wrap(e, "%s", form);
	buf_release(&text);
	return e->code;
}

static int act_decide(struct pg *pg, struct deed *d, struct err *e)
{
	struct checklist c;
	struct checklist_form f;
	struct review_decision is = { .outcome = str_of(outcome),
				      .reason = str_of(reason) };
	struct buf sealed = { 0 };

	crypt_random(&is.review_id, sizeof(is.review_id));
	if (read_checklist(&c, d, e) || read_form(&f, &c, d, e) ||
	    refuse_unfit(&f, e) ||
	    hits_seal_words(&sealed, &key_at, d->act.clock_day, is.review_id,
			    f.words, e))
		goto out;
	is.version = c.version;
	is.version_text = arena_fmt(d->arena, "%d", c.version);
	is.checklist = c.text;
	is.answers = (struct row_texts){ f.answer, f.nr };
	is.air_link = f.air_link;
	is.sealed = buf_view(&sealed);
	d->became = outcome;
	(void)!review_decide(pg, &d->act, &is, e);
out:
	buf_release(&sealed);
	return e->code;
}

static int act_refer(struct pg *pg, struct deed *d, struct err *e)
{
	d->became = "referred";
	return review_refer(pg, &d->act, str_of(to), e);
}

static int act_reopen(struct pg *pg, struct deed *d, struct err *e)
{
	d->became = "reopened";
	return review_reopen(pg, &d->act, str_of(reason), e);
}

/* Settings, purpose, account; then the deed itself. */
static int do_it(struct deed *d,
		 int (*act)(struct pg *, struct deed *, struct err *),
		 struct err *e)
{
	struct audit_event said = { .purpose = str_of(consult.purpose),
				    .mode = STR("pre-travel"),
				    .offence = str_of(consult.offence),
				    .case_id = consult.case_id
						       ? str_of(consult.case_id)
						       : STR_NONE };
	struct config c;
	struct pg *pg = NULL;

	d->config = &c;
	d->act.said = &said;
	if (!tool_settings(&c, config_file, database, d->arena, e) &&
	    !crypt_init(e) && !consult_words(&consult, &c, d->hit, e) &&
	    !database_open_checked(&pg, &c, e) &&
	    !consult_account(&consult, pg, &c, d->hit, e)) {
		if (!key_at.engine_key)
			key_at.engine_key = c.engine_key;
		if (!key_at.folder)
			key_at.folder = c.key_folder;
		(void)!act(pg, d, e);
	}
	pg_close(pg);
	return e->code;
}

/* Options, one hit. Returns the exit code. */
static int run(const struct opt_usage *u, int argc, char **argv,
	       const char *missing,
	       int (*act)(struct pg *, struct deed *, struct err *))
{
	struct arena a = { 0 };
	struct deed d = { .usage = u, .arena = &a };
	struct hit_name name;
	struct err e = { 0 };
	int first = opt_parse(u, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(u, "name one hit");
	if (!hit_name_read(str_of(argv[first]), &d.act.clock_day,
			   &d.act.hit_id))
		return opt_wrong(u,
				 "'%s' is no hit; copy it from 'paxgate hits "
				 "next'",
				 argv[first]);
	if ((u == &decide_usage && (!form || !outcome || !reason)) ||
	    (u == &refer_usage && !to) || (u == &reopen_usage && !reason))
		return opt_wrong(u, "say %s", missing);
	name = hit_name_of(d.act.clock_day, d.act.hit_id);
	d.hit = name.text;
	if (!do_it(&d, act, &e))
		printf("%s %s\n", d.hit, d.became);
	arena_release(&a);
	return e.code ? tool_fail(u->command, &e) : EXIT_OK;
}

int hits_review_take(int argc, char **argv)
{
	return run(&take_usage, argc, argv, "", act_take);
}

int hits_review_decide(int argc, char **argv)
{
	return run(&decide_usage, argc, argv, "--outcome, --reason and --form",
		   act_decide);
}

int hits_review_refer(int argc, char **argv)
{
	return run(&refer_usage, argc, argv, "--to", act_refer);
}

int hits_review_reopen(int argc, char **argv)
{
	return run(&reopen_usage, argc, argv, "--reason", act_reopen);
}
