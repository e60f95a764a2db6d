/*
 * cmd_watchlist.c - build snapshots of watchlists, compare and ask them
 */
#include "tools/cmd.h"
#include "tools/opt.h"
#include "tools/watchlist_accuracy.h"
#include "tools/watchlist_build.h"
#include "tools/watchlist_delta.h"
#include "tools/watchlist_diff.h"
#include "tools/watchlist_print.h"
#include "tools/watchlist_verify.h"

#include "watchlist/delta.h"
#include "watchlist/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 50 };

static int fail(const struct err *e)
{
	fprintf(stderr, "paxgate watchlist: %s\n", e->text);
	return err_exit_code(e);
}

static bool as_json, exit_code;

static int info(int argc, char **argv)
{
	static const struct opt opts[] = {
		{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
		{ 0 },
	};
	static const struct opt_usage usage = {
		"watchlist info",
		"[OPTIONS] SNAP",
		"Check a snapshot and the delta beside it, and say what is in "
		"them.",
		opts,
		"  paxgate watchlist info wanted.snap\n",
	};
	struct watchlist *wl = NULL;
	struct watch_delta *d = NULL;
	struct arena a = { 0 };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 1)
		return opt_wrong(&usage, "it takes one snapshot");
	if (watchlist_open(&wl, argv[first], &e) < 0)
		return fail(&e);
	if (watch_delta_open(&d, watch_delta_path(&a, argv[first]), &e) == 0)
		watchlist_print_info(wl, d, as_json);
	watch_delta_free(d);
	watchlist_free(wl);
	arena_release(&a);
	return e.code ? fail(&e) : EXIT_OK;
}

static int diff(int argc, char **argv)
{
	static const struct opt opts[] = {
		{ "json", 'j', NULL, OPT_FLAG, &as_json,
		  "print an object for each list and entry that differs" },
		{ "exit-code", 0, NULL, OPT_FLAG, &exit_code,
		  "end with 1 when there is a difference" },
		{ 0 },
	};
	static const struct opt_usage usage = {
		"watchlist diff",
		"[OPTIONS] OLD NEW",
		"Say how many entries of each list were added, removed and "
		"changed from one snapshot to another. Ids and the names of "
		"fields are printed, never a person's data.",
		opts,
		"  paxgate watchlist diff yesterday.snap today.snap\n"
		"  paxgate watchlist diff --json yesterday.snap today.snap\n",
	};
	struct watchlist *from = NULL, *to = NULL;
	struct err e = { 0 };
	uint32_t found = 0;
	int first = opt_parse(&usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 2)
		return opt_wrong(&usage, "it takes two snapshots");
	rc = watchlist_open(&from, argv[first], &e);
	if (rc == 0)
		rc = watchlist_open(&to, argv[first + 1], &e);
	if (rc == 0)
		found = watchlist_diff(from, to, as_json);
	watchlist_free(from);
	watchlist_free(to);
	if (rc < 0)
		return fail(&e);
	return exit_code && found ? EXIT_FINDINGS : EXIT_OK;
}

static const char *name, *born, *sex, *nation, *place, *document;

/* The options of `match` as a query; 0, or what is wrong with them. */
static const char *read_query(struct watch_query *q)
{
	struct str given = str_of(name), docs = str_of(document), surname;

	*q = (struct watch_query){ .sex = 0 };
	if (given.ptr) {
		surname = str_split(&given, '/');
		watch_query_add_name(q, surname, given);
	}
	if (born && !date_read(str_of(born), &q->birth))
		return "--born takes YYYY-MM-DD, YYYY-MM or YYYY";
	if (sex && (strlen(sex) != 1 || !strchr("MFX", sex[0])))
		return "--sex takes M, F or X";
	q->sex = sex ? sex[0] : 0;
	q->birth_place = str_of(place);
	watch_query_add_nationality(q, str_of(nation));
	if (nation && q->nr_nationalities == 0)
		return "--nationality takes a country code as AUT";
	if (docs.ptr) {
		struct str number = str_split(&docs, ':');

		watch_query_add_document(q, number, docs);
		if (q->nr_documents == 0)
			return "--doc takes NUMBER:ISSUER, the number of 5 to "
			       "24 letters and digits";
	}
	if (q->nr_names == 0 && q->nr_documents == 0)
		return "it takes --name or --doc";
	return NULL;
}

/* One of the two lists: its matches, but for entries that do not count. */
static int ask_one(struct watch_match *found, uint32_t *all,
		   const struct watchlist *wl, const uint8_t *hidden,
		   const struct watch_query *q, struct err *e)
{
	struct watchlist_scratch *tmp;
	uint32_t nr, kept = 0;

	*all = 0;
	if (!wl)
		return 0;
	if (watchlist_scratch_new(&tmp, wl, e))
		return e->code;
	*all = nr = watchlist_match(wl, tmp, q, found, SHOWN);
	for (uint32_t i = 0; i < nr && i < SHOWN; i++)
		if (!hidden || !hidden[found[i].entry])
			found[kept++] = found[i];
		else
			--*all;
	watchlist_scratch_free(tmp);
	return 0;
}

static uint32_t shown(uint32_t all)
{
	return all < SHOWN ? all : SHOWN;
}

/* The snapshot and its delta together, as an engine does. */
static int ask(const char *path, const struct watch_query *q, struct err *e)
{
	static struct watch_match found[2][SHOWN];
	struct arena a = { 0 };
	struct watchlist *wl = NULL;
	struct watch_delta *d = NULL;
	uint8_t *hidden = NULL;
	uint32_t nr[2];

	if (!watchlist_open(&wl, path, e) &&
	    !watch_delta_open(&d, watch_delta_path(&a, path), e) &&
	    !watch_delta_hide(&hidden, d, wl, e) &&
	    !ask_one(found[0], &nr[0], wl, hidden, q, e) &&
	    !ask_one(found[1], &nr[1], d->added, NULL, q, e)) {
		if (nr[0] || !nr[1])
			watchlist_print_matches(wl, q, found[0], shown(nr[0]),
						nr[0], as_json);
		if (nr[0] && nr[1] && !as_json)
			printf("\n");
		if (nr[1])
			watchlist_print_matches(d->added, q, found[1],
						shown(nr[1]), nr[1], as_json);
	}
	free(hidden);
	watch_delta_free(d);
	watchlist_free(wl);
	arena_release(&a);
	return e->code;
}

static int match(int argc, char **argv)
{
	static const struct opt opts[] = {
		{ "name", 0, "SURNAME/GIVEN", OPT_TEXT, &name,
		  "name as a carrier writes it" },
		{ "born", 0, "DATE", OPT_TEXT, &born,
		  "birth date, month or year" },
		{ "sex", 0, "S", OPT_TEXT, &sex, "M, F or X" },
		{ "nationality", 0, "CODE", OPT_TEXT, &nation,
		  "ISO 3166 code" },
		{ "birth-place", 0, "PLACE", OPT_TEXT, &place,
		  "place of birth, with or without its country" },
		{ "doc", 0, "NUMBER:ISSUER", OPT_TEXT, &document,
		  "travel document" },
		{ "json", 'j', NULL, OPT_FLAG, &as_json,
		  "print JSON, one match a line" },
		{ 0 },
	};
	static const struct opt_usage usage = {
		"watchlist match",
		"[OPTIONS] SNAP",
		"Ask a snapshot about one traveller and explain each match. A "
		"match is for a person to examine, never a decision.",
		opts,
		"  paxgate watchlist match wanted.snap --name "
		"MULLERSCHON/JURGENMR --born 1993-09-23\n"
		"  paxgate watchlist match wanted.snap --doc R4410277:FRA "
		"--json\n",
	};
	struct watch_query q;
	const char *wrong;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 1)
		return opt_wrong(&usage, "it takes one snapshot");
	wrong = read_query(&q);
	if (wrong)
		return opt_wrong(&usage, "%s", wrong);
	rc = ask(argv[first], &q, &e);
	return rc < 0 ? fail(&e) : EXIT_OK;
}

int cmd_watchlist(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "accuracy", watchlist_accuracy,
		  "how well it tells names apart" },
		{ "add", watchlist_add_verb, "add urgent entries, live" },
		{ "build", watchlist_build_verb,
		  "compile lists into a snapshot" },
		{ "diff", diff, "what differs between two snapshots" },
		{ "info", info, "check a snapshot, say what is in it" },
		{ "match", match, "ask about one traveller" },
		{ "settle", watchlist_settle_verb,
		  "clear the delta of what the snapshot has" },
		{ "verify", watchlist_verify, "search against brute force" },
		{ "withdraw", watchlist_withdraw_verb,
		  "entries count no more, live" },
		{ NULL, NULL, NULL },
	};

	return cmd_run_verb("watchlist", verbs, argc, argv);
}
