/*
 * hits_explain.c - paxgate hits explain
 *
 * Evidence has each clause, its outcome and the values; which bytes these came
 * from is not stored but found again in the slices, which are. So a hit is
 * replayed first, with the profiles it was made with, and then taken apart.
 */
#include "tools/hits_explain.h"

#include "rules/profile_set.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/explain_print.h"
#include "tools/opt.h"
#include "tools/replay_session.h"

#include <stdio.h>

static struct replay_where at;
static struct consult consult;
static bool as_json;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &at.config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &at.database,
	  "libpq keywords or URI, before the settings' one" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	CONSULT_OPTS(consult),
	{ "engine-key", 0, "FILE", OPT_TEXT, &at.engine_key,
	  "the engine's secret key, before keys.engine" },
	{ "keys", 0, "DIR", OPT_TEXT, &at.key_folder,
	  "folder of the day keys, before keys.folder" },
	{ 0 },
};

static const struct opt_usage usage = {
	"hits explain",
	"[OPTIONS] HIT",
	"Work a profile's hit out again from the message slices it was made "
	"of, and say of\neach clause what decided it, the value, and the bytes "
	"of the slices this came from;\nthen the smallest change of values "
	"that gives the other answer. Profiles are those\nthe hit was made "
	"with, as the registry has them. This is personal data: say for\nwhat "
	"purpose and offence; it goes on record. Exit code 5: it is not as it "
	"is stored;\n'paxgate replay' says in what.",
	opts,
	"  paxgate hits explain --purpose detection --offence 04 "
	"20261122-9f3c01d2a4b5c6d7\n",
};

static int print(const struct hit_row *h, const struct replay *r,
		 const struct screen_set *set, struct arena *a, struct err *e)
{
	struct hit_name name = hit_name_of(h->clock_day, h->hit_id);
	struct source_input in = {
		.pnr = r->input.pnr,
		.api = r->input.api,
		.past = r->input.past,
		.screened_at = r->input.screened_at,
		.context = profile_set_context(set->profiles),
		.profile = profile_set_find(set->profiles, h->source),
	};
	struct explanation x;
	struct buf b = { 0 };

	if (!in.profile)
		return err_at(e, ERR_VALUE, 0,
			      "profile '" STR_FMT "' is not there any more; "
			      "'paxgate hits show' has what is stored",
			      STR_ARG(h->source));
	if (regex_scratch_new(&in.regex, e))
		return e->code;
	if (!explain(&x, &in, a, e)) {
		x.hit = name.text;
		x.identical = !r->nr;
		if (as_json)
			explain_write_json(&b, &x);
		else
			explain_write_text(&b, &x);
		fwrite(buf_view(&b).ptr, 1, b.len, stdout);
	}
	buf_release(&b);
	regex_scratch_free(in.regex);
	return e->code;
}

static int explain_hit(struct replay_session *s, const struct hit_inputs *in,
		       struct arena *a, bool *identical, struct err *e)
{
	struct replay_setup setup;
	struct replay r;

	if (in->hit.kind == HIT_LIST)
		return err_at(e, ERR_USAGE, 0,
			      "it is a hit of a list, which has no clauses; "
			      "'paxgate hits show' has the two persons side by "
			      "side");
	if (consult_hit(&consult, s->pg, &in->hit, e) ||
	    replay_session_hit(&r, &setup, s, in, a, e))
		return e->code;
	*identical = !r.nr;
	if (!r.opened)
		return err_at(
			e, ERR_INTEGRITY, 0,
			"what it was made of cannot be opened: %s %s",
			arena_fmt(a, STR_FMT, STR_ARG(r.difference->part)).ptr,
			r.difference->what);
	return print(&in->hit, &r, setup.set, a, e);
}

static int run(struct replay_session *s, const char *name, struct arena *a,
	       bool *identical, struct err *e)
{
	struct replay_filter f = { .flight = INT64_MIN,
				   .id = INT64_MIN,
				   .limit = 1 };
	struct hit_inputs *in = NULL;
	uint32_t nr = 0;

	f.hit_id.set = hit_name_read(str_of(name), &f.day, &f.hit_id.v);
	f.last_day = f.day;
	if (replay_session_settings(s, &at, e) ||
	    consult_words(&consult, &s->config, name, e) ||
	    replay_session_open(s, &at, e) ||
	    consult_account(&consult, s->pg, &s->config, name, e) ||
	    query_replay(&in, &nr, s->pg, &f, a, e))
		return e->code;
	if (!nr)
		return err_at(e, ERR_VALUE, 0,
			      "there is no record of hit '%s': there never was "
			      "one, or the law has it deleted",
			      name);
	return explain_hit(s, in, a, identical, e);
}

int hits_explain(int argc, char **argv)
{
	struct replay_session s = { .current = false };
	struct arena a = { 0 };
	struct err e = { 0 };
	bool identical = true;
	int first = opt_parse(&usage, argc, argv), rc;
	struct hit_name name;
	int32_t day;
	int64_t id;

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name one hit");
	if (!hit_name_read(str_of(argv[first]), &day, &id))
		return opt_wrong(&usage,
				 "'%s' is no hit; copy it from "
				 "'paxgate hits list'",
				 argv[first]);
	name = hit_name_of(day, id);
	rc = run(&s, name.text, &a, &identical, &e);
	replay_session_close(&s);
	arena_release(&a);
	if (rc)
		return tool_fail("hits explain", &e);
	return identical ? EXIT_OK : EXIT_INTEGRITY;
}
