#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>

static const char *offences, *lists, *approvers;
static bool as_json;

static const struct opt opts[] = {
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "catalogue of offences (etc/offences.yaml)" },
	{ "lists", 0, "DIR", OPT_TEXT, &lists,
	  "the lists that profiles name (etc/lists); '' for none" },
	{ "approvers", 0, "FILE", OPT_TEXT, &approvers,
	  "register of approvers (var/keys/approvers.yaml)" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "one JSON object a file" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile check",
	"[OPTIONS] FILE|DIR...",
	"Read targeting profiles and say what is wrong in them: spelling, "
	"names, "
	"types,\nand what the law refuses. Exit code 0: all are fine; 3: "
	"something is wrong; 4:\nthe law refuses something.",
	opts,
	"  paxgate profile check etc/profiles\n"
	"  paxgate profile check --json etc/profiles/late-cash-one-way.yaml\n",
};

static const char *code_name(enum err_code c)
{
	switch (c) {
	case ERR_LEGAL:
		return "legal";
	case ERR_SYNTAX:
		return "syntax";
	case ERR_LIMIT:
		return "limit";
	case ERR_IO:
		return "io";
	default:
		return "value";
	}
}

static void write_json(struct buf *b, const struct profile_file *f)
{
	struct json j;

	json_init(&j, b);
	json_open(&j, NULL, '{');
	json_z(&j, "file", f->path);
	json_bool(&j, "ok", f->profile != NULL);
	json_str(&j, "profile", f->profile ? f->profile->name : STR_NONE);
	json_bool(&j, "approved",
		  f->profile && f->profile->state != PROFILE_DRAFT);
	json_open(&j, "faults", '[');
	for (uint32_t i = 0; i < f->faults.nr; i++) {
		const struct fault *x = &f->faults.fault[i];

		json_open(&j, NULL, '{');
		json_z(&j, "code", code_name(x->code));
		json_int(&j, "line", x->line);
		json_int(&j, "column", x->column);
		json_str(&j, "text", x->text);
		json_close(&j, '}');
	}
	if (!f->faults.nr && f->err.code) {
		json_open(&j, NULL, '{');
		json_z(&j, "code", code_name(f->err.code));
		json_z(&j, "text", f->err.text);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(b, '\n');
}

/* A list that does not hold on all days of the profile stops it on those. */
static void warn_of_lists(const struct profile_file *f)
{
	struct buf b = { 0 };

	for (const struct list_use *u = f->profile->lists; u; u = u->next) {
		const struct named_list *l = u->list;

		if (validity_covers(&l->valid, &f->profile->valid))
			continue;
		buf_fmt(&b,
			"%s: warning: list '" STR_FMT "' (owner: " STR_FMT
			") holds from ",
			f->path, STR_ARG(l->name), STR_ARG(l->owner));
		date_write(&b, l->valid.from);
		buf_z(&b, " until ");
		date_write(&b, l->valid.until);
		buf_z(&b, ": on other days the profile does not run\n");
	}
	fwrite(buf_view(&b).ptr, 1, b.len, stderr);
	buf_release(&b);
}

static const char *const what_it_is[] = {
	[PROFILE_DRAFT] = "a draft",
	[PROFILE_SHADOW] = "approved; in shadow until a test of disparity",
	[PROFILE_LIVE] = "approved",
};

static int check(const struct profile_file *f, void *arg)
{
	struct buf b = { 0 };

	(void)arg;
	if (f->profile)
		warn_of_lists(f);
	if (f->profile && f->unapproved.code)
		fprintf(stderr, "%s: warning: not approved: %s\n", f->path,
			f->unapproved.text);
	if (as_json)
		write_json(&b, f);
	else if (f->profile)
		buf_fmt(&b, "%s: ok, %s\n", f->path,
			what_it_is[f->profile->state]);
	else
		profile_print_faults(f);
	fwrite(buf_view(&b).ptr, 1, b.len, stdout);
	buf_release(&b);
	return EXIT_OK;
}

int profile_cmd_check(int argc, char **argv)
{
	struct profile_walk w = { .each = check };
	int first;

	offences = "etc/offences.yaml";
	lists = "etc/lists";
	approvers = "var/keys/approvers.yaml";
	first = opt_parse(&usage, argc, argv);
	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	w.offences = offences;
	w.lists = lists;
	w.approvers = approvers;
	return profile_walk(&w, argc - first, argv + first);
}
