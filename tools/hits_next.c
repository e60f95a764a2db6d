#include "tools/hits_next.h"

#include "base/json_write.h"
#include "rules/reference.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/hits_queue.h"
#include "tools/hits_sheet.h"
#include "tools/hits_steps.h"
#include "tools/hits_table.h"
#include "tools/opt.h"

#include <stdio.h>
#include <time.h>

enum { DEFAULT_DAYS = 31, DEFAULT_LIMIT = 20, MAX_LIMIT = 100000 };

static const char *config_file, *database, *since;
static int64_t limit = DEFAULT_LIMIT;
static bool as_json;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ "since", 's', "DATE", OPT_TEXT, &since,
	  "first heard of on this UTC day or later (31 days ago)" },
	{ "limit", 'n', "N", OPT_INT, &limit, "at most so many (20)" },
	{ 0 },
};

static const struct opt_usage usage = {
	"hits next",
	"[OPTIONS]",
	"List the hits that wait for a decision by the time that is left until "
	"arrival, or\nuntil departure where no arrival is known; how good the "
	"carrier's data are; what\nchanged since a reviewer saw the hit; and "
	"which will not be reached in time, as\nreview.hit_s and "
	"review.reviewers say. No personal data is shown.",
	opts,
	"  paxgate hits next\n"
	"  paxgate hits next --limit 1 --json\n",
};

/* When it is too late: arrival, or departure. */
static struct moment until_of(const struct reference *ref,
			      const struct hit_view *v)
{
	struct moment utc = v->hit.departs_utc;
	int64_t east;

	if (!reference_to_utc(ref, v->flight.destination, v->flight.arrives,
			      &utc, &east))
		return v->hit.departs_utc;
	return utc;
}

static void put_json(struct buf *out, const struct hits_place *p)
{
	const struct review_waiting *w = p->waiting;
	const struct hit_view *v = &w->view;
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "hit", hit_name_of(v->hit.clock_day, v->hit.hit_id).text);
	json_z(&j, "kind", v->hit.kind == HIT_LIST ? "list" : "profile");
	json_str(&j, "source", v->hit.source);
	json_int(&j, "score", v->hit.score);
	json_str(&j, "state", hit_view_state(v));
	json_str(&j, "reviewer", v->review.reviewer);
	json_moment(&j, "departs_utc", v->hit.departs_utc, true);
	json_moment(&j, "until_utc", p->until, true);
	json_bool(&j, "reached", p->reached);
	if (w->quality.set)
		json_int(&j, "quality", w->quality.v);
	else
		json_null(&j, "quality");
	hits_steps_changes_json(&j, v, &w->quality);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void put_line(struct buf *out, const struct hits_place *p,
		     struct moment now)
{
	const struct review_waiting *w = p->waiting;
	const struct hit_view *v = &w->view;

	hits_table_left(out, p->until, now);
	buf_fmt(out, "%-27s%c %5d  ",
		hit_name_of(v->hit.clock_day, v->hit.hit_id).text,
		v->hit.class ? v->hit.class : ' ', v->hit.score);
	if (w->quality.set)
		buf_fmt(out, "%7lld  ", (long long)w->quality.v);
	else
		buf_z(out, "      -  ");
	buf_fmt(out, "%-10.*s", STR_ARG(hit_view_state(v)));
	hits_text(out, v->hit.source);
	if (v->review.step && str_eq(v->review.state, STR("in_review"))) {
		buf_z(out, "  with ");
		hits_text(out, v->review.reviewer);
	}
	if (review_changes(v, &w->quality)) {
		buf_z(out, "  changed: ");
		hits_steps_changes(out, v, &w->quality);
	}
	buf_z(out, p->arrived	? "  ARRIVED\n"
		   : p->reached ? "\n"
				: "  TOO LATE\n");
}

static void print(const struct hits_place *p, uint32_t nr, uint32_t late,
		  struct moment now)
{
	struct buf out = { 0 };

	if (!as_json)
		buf_fmt(&out, "%-11s%-27sC SCORE  QUALITY  STATE     SOURCE\n",
			"LEFT", "HIT");
	for (uint32_t i = 0; i < nr && i < limit; i++) {
		if (as_json)
			put_json(&out, &p[i]);
		else
			put_line(&out, &p[i], now);
	}
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	fprintf(as_json ? stderr : stdout,
		"%u wait for review, %u will not be reached before arrival\n",
		nr, late);
	buf_release(&out);
}

static int list(struct pg *pg, const struct config *c, int32_t first,
		struct moment now, struct arena *a, struct err *e)
{
	struct reference *ref = NULL;
	struct review_waiting *w;
	struct hits_place *place;
	uint32_t nr, late;

	if (review_next(&w, &nr, pg, first, a, e))
		return e->code;
	if (reference_load(&ref, c->reference, e))
		return config_file_error(e);
	place = arena_alloc(a, (nr + 1) * sizeof(*place));
	for (uint32_t i = 0; i < nr; i++) {
		place[i].waiting = &w[i];
		place[i].until = until_of(ref, &w[i].view);
	}
	late = hits_queue_sort(place, nr, now, c->review_hit_s, c->reviewers);
	print(place, nr, late, now);
	reference_free(ref);
	return 0;
}

int hits_next(int argc, char **argv)
{
	struct moment now = { time(NULL), MOMENT_SECOND };
	int32_t day = (int32_t)(now.s / SECONDS_PER_DAY) - DEFAULT_DAYS;
	struct config c;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct date d;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage,
				 "there is nothing to be done with '%s'",
				 argv[first]);
	if (since && (!date_read(str_of(since), &d) || !date_is_full(d)))
		return opt_wrong(&usage, "'%s' is no date; write 2026-11-22",
				 since);
	if (since)
		day = (int32_t)date_to_days(d);
	if (limit < 1 || limit > MAX_LIMIT)
		return opt_wrong(&usage, "--limit is 1 to %d", MAX_LIMIT);
	if (!tool_settings(&c, config_file, database, &a, &e) &&
	    !database_open_checked(&pg, &c, &e))
		(void)!list(pg, &c, day, now, &a, &e);
	pg_close(pg);
	arena_release(&a);
	return e.code ? tool_fail("hits next", &e) : EXIT_OK;
}
