/*
 * cmd_hits.c - hits, for the people who review them
 */
#include "base/json_write.h"
#include "db/false_match.h"
#include "db/query.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/hits_corrections.h"
#include "tools/hits_explain.h"
#include "tools/hits_next.h"
#include "tools/hits_open.h"
#include "tools/hits_print.h"
#include "tools/hits_review.h"
#include "tools/hits_second.h"
#include "tools/hits_steps.h"
#include "tools/hits_suppress.h"
#include "tools/hits_table.h"
#include "tools/opt.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DEFAULT_DAYS = 7, DEFAULT_LIMIT = 100, MAX_LIMIT = 100000 };

static const char *config_file, *database, *flight, *since, *state = "open";
static struct consult consult;
static struct hits_keys key_at; /* not given: the settings say */
static int64_t limit = DEFAULT_LIMIT;
static bool as_json, suppressed;

/* clang-format off */
#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database, \
	  "libpq keywords or URI, before the settings' one" }, \
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" }

static const struct opt list_opts[] = {
	COMMON_OPTS,
	{ "flight", 'f', "FLIGHT", OPT_TEXT, &flight,
	  "X9-417, X9-417-2026-11-22 or with the origin: ...-CMN" },
	{ "since", 's', "DATE", OPT_TEXT, &since,
	  "first heard of on this UTC day or later (7 days ago)" },
	{ "state", 0, "STATE", OPT_TEXT, &state, "open (default), withdrawn, all, or what people made of it: in_review, confirmed, rejected, referred, reopened" },
	{ "suppressed", 0, NULL, OPT_FLAG, &suppressed,
	  "false matches that were learnt, instead of the others" },
	{ "limit", 'n', "N", OPT_INT, &limit, "at most so many (100)" },
	{ 0 },
};

static const struct opt show_opts[] = {
	COMMON_OPTS,
	CONSULT_OPTS(consult),
	{ "engine-key", 0, "FILE", OPT_TEXT, &key_at.engine_key,
	  "the engine's secret key, before keys.engine" },
	{ "keys", 0, "DIR", OPT_TEXT, &key_at.folder,
	  "folder of the day keys, before keys.folder" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage list_usage = {
	"hits list",
	"[OPTIONS]",
	"List hits, the most urgent first: those before departure by time of\n"
	"departure, then the ones departed; URGENCY is the time left until "
	"then.\n"
	"No personal data is shown.",
	list_opts,
	"  paxgate hits list\n"
	"  paxgate hits list --flight X9-417-2026-11-22 --state all --json\n",
};

static const struct opt_usage show_usage = {
	"hits show",
	"[OPTIONS] HIT",
	"Show why a hit is one: every clause, its outcome and the value that\n"
	"met it, or the traveller beside the person sought. This is personal\n"
	"data: say for what purpose and offence; it goes on record.",
	show_opts,
	"  paxgate hits show --purpose detection --offence 04 "
	"20261122-9f3c01d2a4b5c6d7\n",
};

/* "X9-417", then "-2026-11-22", then "-CMN". */
static bool read_flight(struct hit_filter *f, struct str text)
{
	struct str rest = text, day;
	struct date d;

	f->carrier = str_split(&rest, '-');
	f->number = str_split(&rest, '-');
	if (str_empty(f->carrier) || str_empty(f->number))
		return false;
	if (!rest.ptr)
		return true;
	day = str_slice(rest, 0, 10);
	if (!date_read(day, &d) || !date_is_full(d))
		return false;
	f->departs_on = (int32_t)date_to_days(d);
	rest = str_slice(rest, 10, rest.len);
	if (!rest.len)
		return true;
	f->origin = str_slice(rest, 1, rest.len);
	return rest.ptr[0] == '-' && str_is_alnum(f->origin);
}

static bool read_since(struct hit_filter *f, const char *text)
{
	struct date d;

	f->since = (int32_t)(f->now.s / SECONDS_PER_DAY) - DEFAULT_DAYS;
	if (!text)
		return true;
	if (!date_read(str_of(text), &d) || !date_is_full(d))
		return false;
	f->since = (int32_t)date_to_days(d);
	return true;
}

static const char *const states[] = { "open",	  "in_review", "confirmed",
				      "rejected", "referred",  "reopened",
				      "withdrawn" };

/* 0, or the exit code after a message. */
static int read_filter(struct hit_filter *f)
{
	*f = (struct hit_filter){ .limit = limit };
	f->now = (struct moment){ time(NULL), MOMENT_SECOND };
	if (flight && !read_flight(f, str_of(flight)))
		return opt_wrong(&list_usage,
				 "'%s' is no flight; write X9-417 or "
				 "X9-417-2026-11-22-CMN",
				 flight);
	if (!read_since(f, since))
		return opt_wrong(&list_usage,
				 "'%s' is no date; write 2026-11-22", since);
	if (limit < 1 || limit > MAX_LIMIT)
		return opt_wrong(&list_usage, "--limit is 1 to %d", MAX_LIMIT);
	f->suppressed = suppressed;
	f->all = !suppressed && str_eq(str_of(state), STR("all"));
	if (str_eq(str_of(state), STR("all")))
		return 0;
	f->state = str_of(state);
	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		if (str_eq(f->state, str_of(states[i])))
			return 0;
	return opt_wrong(&list_usage, "'%s' is no state; --help lists them",
			 state);
}

static void write_hit(struct json *j, const struct hit_view *v)
{
	const struct hit_row *h = &v->hit;
	struct hit_name traveller = hit_name_of(0, h->traveller_id);

	json_z(j, "hit", hit_name_of(h->clock_day, h->hit_id).text);
	json_z(j, "kind", h->kind == HIT_LIST ? "list" : "profile");
	json_str(j, "source", h->source);
	json_int(j, "revision", h->revision);
	json_int(j, "score", h->score);
	json_str(j, "class",
		 h->class && h->class != ' ' ? (struct str){ &h->class, 1 }
					     : STR_NONE);
	json_str(j, "state", hit_view_state(v));
	json_bool(j, "suppressed", h->suppressed);
	json_bool(j, "draft", h->draft);
	json_open(j, "flight", '{');
	json_str(j, "carrier", v->flight.carrier);
	json_str(j, "number", v->flight.number);
	json_str(j, "origin", v->flight.origin);
	json_str(j, "destination", v->flight.destination);
	json_moment(j, "departs", h->departs, false);
	json_moment(j, "departs_utc", h->departs_utc, true);
	json_close(j, '}');
	json_z(j, "traveller", traveller.text + 9);
	json_moment(j, "screened_at", h->screened_at, true);
}

static void list_json(struct buf *out, const struct hit_view *v)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	write_hit(&j, v);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static int verb_list(int argc, char **argv)
{
	struct config c;
	struct hit_view *v = NULL;
	struct hit_filter f;
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	uint32_t nr = 0;
	int rc = opt_parse(&list_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&list_usage,
				 "there is nothing to be done "
				 "with '%s'",
				 argv[rc]);
	rc = read_filter(&f);
	if (rc)
		return rc;
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = query_hits(&v, &nr, pg, &f, &a, &e);
	for (uint32_t i = 0; i < nr && rc == 0 && as_json; i++)
		list_json(&out, &v[i]);
	if (rc == 0 && !as_json)
		hits_table(&out, v, nr, f.now);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	pg_close(pg);
	buf_release(&out);
	arena_release(&a);
	return rc < 0 ? tool_fail("hits list", &e) : EXIT_OK;
}

/* A hit with all that is shown of it. */
struct page {
	struct hit_view v;
	struct quality_view q;
	struct false_match m;
	struct evidence_row evidence;
	struct review_row *step;
	uint32_t nr_step;
	struct hits_corrections corrections;
};

static int show_page(struct buf *out, const struct page *p,
		     const struct json_node *evidence, struct err *e)
{
	const struct hit_view *v = &p->v;
	const struct quality_view *q = &p->q;
	const struct false_match *m = &p->m;

	hits_table_head(out, v, q);
	if (v->hit.suppressed)
		hits_table_suppressed(out, m);
	if (evidence)
		hits_print_evidence(out, evidence);
	else
		buf_z(out, "no evidence is stored for it\n");
	hits_corrections_print(out, &p->corrections);
	return hits_steps_print(out, v, p->step, p->nr_step, &q->score, &key_at,
				e);
}

static void write_quality(struct json *j, const struct quality_view *q)
{
	if (!q->score.set) {
		json_null(j, "quality");
		return;
	}
	json_open(j, "quality", '{');
	json_int(j, "score", q->score.v);
	json_open(j, "reasons", '[');
	for (uint32_t i = 0; i < q->code.nr; i++)
		json_str(j, NULL, q->code.v[i]);
	json_close(j, ']');
	json_close(j, '}');
}

static int show_json(struct buf *out, const struct page *p, struct str evidence,
		     struct err *e)
{
	const struct quality_view *q = &p->q;
	struct json j;
	int rc;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	write_hit(&j, &p->v);
	write_quality(&j, q);
	if (evidence.len)
		json_raw(&j, "evidence", evidence);
	else
		json_null(&j, "evidence");
	hits_corrections_json(&j, &p->corrections);
	rc = hits_steps_json(&j, &p->v, p->step, p->nr_step, &q->score, &key_at,
			     e);
	json_close(&j, '}');
	buf_byte(out, '\n');
	return rc;
}

static int read_page(struct page *p, struct pg *pg, int32_t day, int64_t id,
		     struct arena *a, struct err *e)
{
	int rc = query_hit(&p->v, &p->evidence, pg, day, id, a, e);

	if (rc == 0)
		rc = query_quality(&p->q, pg, &p->v.hit, a, e);
	if (rc == 0)
		rc = false_match_read(&p->m, pg, &p->v.hit, a, e);
	if (rc == 0)
		rc = review_shown(&p->v, &p->step, &p->nr_step, pg, a, e);
	return rc;
}

/* Find, put on record, open, print. */
static int show(struct pg *pg, int32_t day, int64_t id, struct arena *a,
		struct err *e)
{
	struct json_node *doc = NULL;
	struct page p = { .nr_step = 0 };
	struct buf plain = { 0 }, out = { 0 };
	int rc = read_page(&p, pg, day, id, a, e);

	if (rc == 0)
		rc = consult_hit(&consult, pg, &p.v.hit, e);
	if (rc == 0 && p.evidence.sealed.ptr) {
		rc = hits_open(&plain, &key_at, &p.evidence, e);
		if (rc == 0)
			rc = json_read(&doc, buf_view(&plain), e);
	}
	if (rc == 0)
		rc = hits_corrections_read(&p.corrections, pg, &p.v.hit,
					   &key_at, a, e);
	if (rc == 0)
		rc = as_json ? show_json(&out, &p, buf_view(&plain), e)
			     : show_page(&out, &p, doc, e);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	json_node_free(doc);
	buf_release(&out);
	buf_release(&plain);
	return rc;
}

static int verb_show(int argc, char **argv)
{
	struct config c;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct hit_name name;
	int32_t day;
	int64_t id;
	int rc = opt_parse(&show_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc != argc - 1)
		return opt_wrong(&show_usage, "name one hit");
	if (!hit_name_read(str_of(argv[rc]), &day, &id))
		return opt_wrong(&show_usage,
				 "'%s' is no hit; copy it from "
				 "'paxgate hits list'",
				 argv[rc]);
	name = hit_name_of(day, id);
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = consult_words(&consult, &c, name.text, &e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = consult_account(&consult, pg, &c, name.text, &e);
	if (!key_at.engine_key)
		key_at.engine_key = c.engine_key;
	if (!key_at.folder)
		key_at.folder = c.key_folder;
	if (rc == 0)
		rc = show(pg, day, id, &a, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("hits show", &e) : EXIT_OK;
}

int cmd_hits(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "list", verb_list, "list hits, most urgent first" },
		{ "show", verb_show, "show a hit and its evidence" },
		{ "explain", hits_explain, "work it out again, to the byte" },
		{ "next", hits_next, "what to review next, by time left" },
		{ "take", hits_review_take, "take a hit for review" },
		{ "decide", hits_review_decide, "confirm or reject it" },
		{ "refer", hits_review_refer, "refer it to an authority" },
		{ "reopen", hits_review_reopen, "have it looked at again" },
		{ "second", hits_second, "what a second person makes of it" },
		{ "suppress", hits_suppress, "learn a false match once" },
		{ 0 },
	};

	return cmd_run_verb("hits", verbs, argc, argv);
}
