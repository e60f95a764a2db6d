/*
 * cmd_replay.c - paxgate replay: work hits out again and compare
 */
#include "tools/bundle.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/replay_bundle.h"
#include "tools/replay_print.h"
#include "tools/replay_session.h"

#include <stdio.h>
#include <unistd.h>

enum { PAGE = 200, LAST_DAY = 2932896 }; /* 9999-12-31 */

static const char *from, *to, *trusted;
static struct replay_where at;
static struct consult consult;
static bool as_json, current;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &at.config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &at.database,
	  "libpq keywords or URI, before the settings' one" },
	{ "from", 0, "TIME", OPT_TEXT, &from,
	  "all hits screened at this time (UTC) or later" },
	{ "to", 0, "TIME", OPT_TEXT, &to, "and before this time" },
	{ "current", 0, NULL, OPT_FLAG, &current,
	  "with the profiles of the settings: what would be a hit today" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ "key", 'k', "FILE", OPT_TEXT, &trusted,
	  "public keys that may sign bundles, before keys.audit_public" },
	CONSULT_OPTS(consult),
	{ "engine-key", 0, "FILE", OPT_TEXT, &at.engine_key,
	  "the engine's secret key, before keys.engine" },
	{ "keys", 0, "DIR", OPT_TEXT, &at.key_folder,
	  "folder of the day keys, before keys.folder" },
	{ 0 },
};

static const struct opt_usage usage = {
	"replay",
	"[OPTIONS] HIT... | --from TIME [--to TIME] | BUNDLE",
	"Work hits out again from the message slices they were made of, and "
	"compare: result,\nscore, evidence, hashes. Profiles are those the hit "
	"was made with, as the registry\nhas them (--current: the settings'); "
	"a list hit whose watchlist is another one is\nreplayed on the entry "
	"in its evidence. Which parts differ is shown; values of the\nevidence "
	"are personal data and shown for a purpose and an offence only. Exit "
	"codes:\n0 all identical, 3 no such record, 4 the day is masked, 5 "
	"something differs.\nA BUNDLE of 'paxgate audit export' needs no "
	"database; "
	"its values are shown to whoever\nhas it.",
	opts,
	"  paxgate replay 20261122-9f3c01d2a4b5c6d7\n"
	"  paxgate replay --from 2026-11-22 --to 2026-11-23T12:00\n"
	"  paxgate replay --key audit.pub hit.bundle\n"
	"  paxgate replay -j --from 2026-11-22 | jq 'select(.identical | "
	"not)'\n",
};

struct session {
	struct replay_session base;
	struct buf out;
	int64_t replayed, differ, on_pair, masked, missing;
	bool withheld; /* personal values that were not asked for */
	bool progress; /* a line on the terminal */
};

static int session_open(struct session *s, struct err *e)
{
	struct replay_session *b = &s->base;

	b->current = current;
	if (replay_session_settings(b, &at, e))
		return e->code;
	if ((consult.purpose || consult.offence) &&
	    consult_words(&consult, &b->config, NULL, e))
		return e->code;
	if (replay_session_open(b, &at, e))
		return e->code;
	return consult.purpose
		       ? consult_account(&consult, b->pg, &b->config, NULL, e)
		       : 0;
}

/* Everything, or only what differs: a range may have a million hits. */
static int print(struct session *s, const struct hit_row *h,
		 const struct replay *r, bool all, struct err *e)
{
	bool personal = consult.purpose && replay_has_personal(r);

	if (personal && consult_hit(&consult, s->base.pg, h, e))
		return e->code;
	s->withheld |= !consult.purpose && replay_has_personal(r);
	buf_clear(&s->out);
	if (as_json)
		replay_print_json(&s->out, h, r, personal);
	else if (all || r->nr)
		replay_print_text(&s->out, h, r, personal);
	if (s->out.len && s->progress)
		fputs("\r\033[K", stderr);
	fwrite(s->out.data ? s->out.data : "", 1, s->out.len, stdout);
	return 0;
}

static int replay_one(struct session *s, const struct hit_inputs *in,
		      struct arena *a, bool named, struct err *e)
{
	struct replay_setup setup;
	struct replay r;
	int rc = replay_session_hit(&r, &setup, &s->base, in, a, e);

	if (rc == ERR_LEGAL) {
		if (named)
			fprintf(stderr, "paxgate replay: %s\n", e->text);
		*e = (struct err){ 0 };
		s->masked++;
		return 0;
	}
	if (rc)
		return rc;
	s->replayed++;
	s->differ += r.nr > 0;
	s->on_pair += r.on_pair;
	return print(s, &in->hit, &r, named, e);
}

static int replay_named(struct session *s, const char *name, struct err *e)
{
	struct replay_filter f = { .flight = INT64_MIN,
				   .id = INT64_MIN,
				   .limit = 1 };
	struct hit_inputs *in = NULL;
	struct arena a = { 0 };
	uint32_t nr = 0;
	int rc;

	f.hit_id.set = hit_name_read(str_of(name), &f.day, &f.hit_id.v);
	f.last_day = f.day;
	rc = query_replay(&in, &nr, s->base.pg, &f, &a, e);
	if (rc == 0 && !nr) {
		fprintf(stderr,
			"paxgate replay: there is no record of hit '%s': there "
			"never was one, or the law has it deleted\n",
			name);
		s->missing++;
	} else if (rc == 0) {
		rc = replay_one(s, in, &a, true, e);
	}
	arena_release(&a);
	return rc;
}

static void show_progress(const struct session *s)
{
	if (!s->progress)
		return;
	fprintf(stderr, "\r%lld replayed, %lld differ\033[K",
		(long long)s->replayed, (long long)s->differ);
	fflush(stderr);
}

static int replay_range(struct session *s, struct replay_filter *f,
			struct err *e)
{
	struct arena page = { 0 }, one = { 0 };
	struct hit_inputs *in = NULL;
	uint32_t nr = PAGE;
	int rc = 0;

	while (nr == PAGE && rc == 0) {
		arena_clear(&page);
		rc = query_replay(&in, &nr, s->base.pg, f, &page, e);
		for (uint32_t i = 0; i < nr && rc == 0; i++) {
			arena_clear(&one);
			rc = replay_one(s, &in[i], &one, false, e);
			f->day = in[i].hit.clock_day;
			f->flight = in[i].hit.flight_id;
			f->id = in[i].hit.hit_id;
		}
		show_progress(s);
	}
	if (s->progress)
		fputs("\r\033[K", stderr);
	arena_release(&one);
	arena_release(&page);
	return rc;
}

static void print_summary(const struct session *s)
{
	FILE *f = as_json ? stderr : stdout;

	fprintf(f, "%lld replayed, %lld identical, %lld differ",
		(long long)s->replayed, (long long)(s->replayed - s->differ),
		(long long)s->differ);
	if (s->on_pair)
		fprintf(f, ", %lld on the recorded entry",
			(long long)s->on_pair);
	if (s->masked)
		fprintf(f, ", %lld masked", (long long)s->masked);
	if (s->missing)
		fprintf(f, ", %lld without a record", (long long)s->missing);
	fputc('\n', f);
	if (s->withheld)
		fputs("values of the evidence are shown with --purpose and "
		      "--offence\n",
		      f);
}

static bool read_range(struct replay_filter *f)
{
	*f = (struct replay_filter){ .day = 1,
				     .last_day = LAST_DAY,
				     .flight = INT64_MIN,
				     .id = INT64_MIN,
				     .limit = PAGE };
	return (!from || moment_read(str_of(from), &f->from)) &&
	       (!to || moment_read(str_of(to), &f->to));
}

/* 0, or the exit code after a message. */
static int check_words(struct replay_filter *f, int nr, char **name)
{
	int32_t day;
	int64_t id;

	if (!nr == !(from || to))
		return opt_wrong(&usage, "name hits, or a range of time by "
					 "--from and --to");
	if (!read_range(f))
		return opt_wrong(&usage, "a time is written 2026-11-22 or "
					 "2026-11-22T10:00");
	for (int i = 0; i < nr; i++)
		if (!hit_name_read(str_of(name[i]), &day, &id))
			return opt_wrong(&usage,
					 "'%s' is no hit; copy it from "
					 "'paxgate hits list'",
					 name[i]);
	return 0;
}

static int exit_code_of(const struct session *s)
{
	if (s->differ)
		return EXIT_INTEGRITY;
	if (s->masked)
		return EXIT_LAW;
	return s->missing ? EXIT_INPUT : EXIT_OK;
}

/* A file instead of a hit's name. */
static int run_bundle(const char *path)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	int rc = tool_settings(&c, at.config_file, NULL, &a, &e);

	if (rc == 0)
		rc = replay_bundle(path, trusted ? trusted : c.audit_public,
				   as_json, &e);
	arena_release(&a);
	if (rc < 0)
		return tool_fail("replay", &e);
	return rc ? EXIT_INTEGRITY : EXIT_OK;
}

int cmd_replay(int argc, char **argv)
{
	struct session s = { .progress = isatty(STDERR_FILENO) != 0 };
	struct replay_filter range;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (first == argc - 1 && bundle_is_one(argv[first]))
		return run_bundle(argv[first]);
	rc = check_words(&range, argc - first, argv + first);
	if (rc)
		return rc;
	s.progress &= first == argc;
	rc = session_open(&s, &e);
	for (int i = first; i < argc && rc == 0; i++)
		rc = replay_named(&s, argv[i], &e);
	if (rc == 0 && first == argc)
		rc = replay_range(&s, &range, &e);
	if (rc == 0)
		print_summary(&s);
	rc = rc ? tool_fail("replay", &e) : exit_code_of(&s);
	replay_session_close(&s.base);
	buf_release(&s.out);
	return rc;
}
