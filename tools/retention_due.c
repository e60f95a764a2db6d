/*
 * retention_due.c - paxgate retention due: counts only
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/retention_cli.h"

static const char *config_file, *database, *today, *ahead;
static bool as_json, exit_code;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "ahead", 0, "DAYS", OPT_TEXT, &ahead, "look so far ahead (30d)" },
	{ "today", 0, "DATE", OPT_TEXT, &today, "as if this were today" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON, a line a day" },
	{ "exit-code", 0, NULL, OPT_FLAG, &exit_code,
	  "end with 1 when something is overdue" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"retention due",
	"[OPTIONS]",
	"List what falls due by the regimes of law.regime, by clock_day: how "
	"many\n"
	"persons are masked and kept, because an objective link holds, how "
	"many are\n"
	"deleted. No personal data is shown.",
	opts,
	"  paxgate retention due\n"
	"  paxgate retention due --ahead 90d --json\n"
	"  paxgate retention due --ahead 0d --exit-code    for a monitor\n",
};

/* What one day comes to. */
struct line {
	int32_t day, due;
	const char *what, *state;
	int64_t masked, deleted;
};

/* "30d" or "30"; 0, or the exit code after a message. */
static int read_ahead(int32_t *out)
{
	struct str s = str_of(ahead ? ahead : "30d");
	int64_t v;

	if (s.len > 1 && str_ends(s, STR("d")))
		s = str_slice(s, 0, s.len - 1);
	if (!str_to_i64(s, &v) || v < 0 || v > 10 * 366)
		return opt_wrong(&usage, "--ahead is a number of days, as 30d");
	*out = (int32_t)v;
	return 0;
}

static int make_line(struct line *l, struct retention_cli *c,
		     const struct retention_day *d, struct retention_duty duty,
		     struct err *e)
{
	int64_t people = d->people.v, linked = d->linked;

	if (d->stage == RETENTION_ACTIVE &&
	    retention_people(&people, c->pg, d->day, e))
		return e->code;
	if (!c->rules.by_link && duty.act == RETENTION_MASK)
		linked = people;
	*l = (struct line){ d->day,
			    duty.due,
			    retention_act_name(duty.act),
			    duty.due < c->today	   ? "overdue"
			    : duty.due == c->today ? "today"
						   : "ahead",
			    0,
			    people };
	if (duty.act == RETENTION_MASK || duty.act == RETENTION_FINISH)
		l->masked = linked < people ? linked : people;
	if (duty.act == RETENTION_LAPSED)
		l->deleted = people - linked;
	else
		l->deleted = people - l->masked;
	return 0;
}

static void print_line(struct buf *out, const struct line *l)
{
	struct json j;

	if (!as_json) {
		buf_fmt(out, "%-10s  ", register_day_text(l->day).text);
		buf_fmt(out, "%-10s  %-6s  %8lld  %8lld  %s\n",
			register_day_text(l->due).text, l->what,
			(long long)l->masked, (long long)l->deleted, l->state);
		return;
	}
	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_z(&j, "clock_day", register_day_text(l->day).text);
	json_z(&j, "due", register_day_text(l->due).text);
	json_z(&j, "what", l->what);
	json_int(&j, "masked", l->masked);
	json_int(&j, "deleted", l->deleted);
	json_z(&j, "state", l->state);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static int print_all(struct buf *out, bool *overdue, struct retention_cli *c,
		     int32_t until, struct err *e)
{
	struct retention_day *d;
	struct line l = { .day = 0 };
	uint32_t nr;

	if (retention_days(&d, &nr, c->pg, c->today, &c->arena, e))
		return e->code;
	if (!as_json)
		buf_fmt(out, "%-10s  %-10s  %-6s  %8s  %8s  %s\n", "CLOCK DAY",
			"DUE", "WHAT", "MASKED", "DELETED", "STATE");
	for (uint32_t i = 0; i < nr; i++) {
		struct retention_duty duty =
			retention_due(&c->rules, &d[i], c->today);

		if (!duty.due || duty.due > until)
			continue;
		if (make_line(&l, c, &d[i], duty, e))
			return e->code;
		*overdue |= duty.due < c->today;
		print_line(out, &l);
	}
	return 0;
}

int retention_due_verb(int argc, char **argv)
{
	struct retention_cli c;
	struct buf out = { 0 };
	struct err e = { 0 };
	bool overdue = false;
	int32_t days = 0;
	int rc = opt_parse(&usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&usage, "there is nothing to name here");
	rc = read_ahead(&days);
	if (rc)
		return rc;
	if (!retention_cli_open(&c, config_file, database, today, false, false,
				&e))
		(void)!print_all(&out, &overdue, &c, c.today + days, &e);
	if (!e.code)
		fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
	retention_cli_close(&c);
	if (e.code)
		return tool_fail("retention due", &e);
	return overdue && exit_code ? EXIT_FINDINGS : EXIT_OK;
}
