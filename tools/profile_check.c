#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "tools/profile_sarif.h"

#include <stdio.h>

static const char *offences, *lists, *approvers;
static bool as_json, as_sarif;

static const struct opt opts[] = {
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "catalogue of offences (etc/offences.yaml)" },
	{ "lists", 0, "DIR", OPT_TEXT, &lists,
	  "the lists that profiles name (etc/lists); '' for none" },
	{ "approvers", 0, "FILE", OPT_TEXT, &approvers,
	  "register of approvers (var/keys/approvers.yaml)" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "one JSON object a file" },
	{ "sarif", 0, NULL, OPT_FLAG, &as_sarif,
	  "one SARIF 2.1.0 document, for code hosts and editors" },
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
	"  paxgate profile check --json etc/profiles/late-cash-one-way.yaml\n"
	"  paxgate profile check --sarif etc/profiles >profiles.sarif\n",
};

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
		json_z(&j, "code", fault_code_name(x->code));
		json_int(&j, "line", x->line);
		json_int(&j, "column", x->column);
		json_str(&j, "text", x->text);
		json_close(&j, '}');
	}
	if (!f->faults.nr && f->err.code) {
		json_open(&j, NULL, '{');
		json_z(&j, "code", fault_code_name(f->err.code));
		json_z(&j, "text", f->err.text);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_byte(b, '\n');
}

/* A list that does not hold on all days of the profile stops it on those. */
static void warn_of_lists(const struct profile_file *f, struct sarif *sarif)
{
	for (const struct list_use *u = f->profile->lists; u; u = u->next) {
		const struct named_list *l = u->list;
		struct buf b = { 0 };

		if (validity_covers(&l->valid, &f->profile->valid))
			continue;
		buf_fmt(&b,
			"list '" STR_FMT "' (owner: " STR_FMT ") holds from ",
			STR_ARG(l->name), STR_ARG(l->owner));
		date_write(&b, l->valid.from);
		buf_z(&b, " until ");
		date_write(&b, l->valid.until);
		buf_z(&b, ": on other days the profile does not run");
		if (as_sarif)
			sarif_warn(sarif, f->path, buf_view(&b));
		else
			fprintf(stderr, "%s: warning: " STR_FMT "\n", f->path,
				STR_ARG(buf_view(&b)));
		buf_release(&b);
	}
}

/* What recital 20 names, and what follows: no mistake, but to be known. */
static void warn_of_traits(const struct profile_file *f, struct sarif *sarif)
{
	uint32_t traits = f->profile->traits;
	struct buf b = { 0 };

	if (!traits)
		return;
	buf_fmt(&b,
		"it reads%s%s%s: Directive (EU) 2016/681 recital 20 and "
		"C-817/19, 197; it runs in shadow until a test of disparity is "
		"on record ('paxgate profile disparity')",
		traits & TRAIT_SEX ? " sex" : "",
		traits & TRAIT_AGE ? " age" : "",
		traits & TRAIT_ORIGIN ? " origin" : "");
	if (as_sarif)
		sarif_warn(sarif, f->path, buf_view(&b));
	else
		fprintf(stderr, "%s: warning: " STR_FMT "\n", f->path,
			STR_ARG(buf_view(&b)));
	buf_release(&b);
}

static const char *const what_it_is[] = {
	[PROFILE_DRAFT] = "a draft",
	[PROFILE_SHADOW] = "approved; in shadow until a test of disparity",
	[PROFILE_LIVE] = "approved",
};

static int check(const struct profile_file *f, void *arg)
{
	struct sarif *sarif = arg;
	struct buf b = { 0 };

	if (f->profile)
		warn_of_lists(f, sarif);
	if (f->profile)
		warn_of_traits(f, sarif);
	if (f->profile && f->unapproved.code && as_sarif)
		sarif_warn(sarif, f->path, str_of(f->unapproved.text));
	else if (f->profile && f->unapproved.code)
		fprintf(stderr, "%s: warning: not approved: %s\n", f->path,
			f->unapproved.text);
	if (as_sarif)
		sarif_add(sarif, f);
	else if (as_json)
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
	struct sarif sarif;
	struct profile_walk w = { .each = check, .arg = &sarif };
	struct buf b = { 0 };
	int first, rc;

	offences = "etc/offences.yaml";
	lists = "etc/lists";
	approvers = "var/keys/approvers.yaml";
	first = opt_parse(&usage, argc, argv);
	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "no profile named");
	if (as_json && as_sarif)
		return opt_wrong(&usage, "--json or --sarif, not both");
	w.offences = offences;
	w.lists = lists;
	w.approvers = approvers;
	sarif_begin(&sarif, &b);
	rc = profile_walk(&w, argc - first, argv + first);
	sarif_end(&sarif);
	if (as_sarif)
		fwrite(buf_view(&b).ptr, 1, b.len, stdout);
	buf_release(&b);
	return rc;
}
