/*
 * retention_run.c - paxgate retention run: mask and delete what is due
 */
#include "base/json_write.h"
#include "engine/test_fault.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/retention_cli.h"
#include "tools/retention_replay.h"

static const char *config_file, *database, *today;
static bool as_json;
static int64_t replay_s = 600;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "today", 0, "DATE", OPT_TEXT, &today,
	  "as if this were today; not on real travellers" },
	{ "replay-seconds", 0, "N", OPT_INT, &replay_s, "for working a day's hits out again before it is masked (600; 0: not)" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON, a line a day" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"retention run",
	"[OPTIONS]",
	"Do all that is due: at six months records that an objective link "
	"holds are\n"
	"masked, each sealed under a key that only custodians can unwrap, and "
	"all\n"
	"others are deleted with the key of their day; masked ones whose link "
	"does not\n"
	"hold any more, and all of them at five years, are deleted. Results of "
	"assessments\n"
	"go when they have served (regime.hit_results). Each day "
	"has a\n"
	"certificate in the audit log, which says whether its hits still "
	"replayed. Cut short, it is called again and goes "
	"on where\n"
	"it was. Call it daily. A day that fails does not keep others from "
	"being done.",
	opts,
	"  paxgate retention run -c /etc/paxgate/paxgate.yaml\n"
	"  paxgate retention run --today 2027-05-22        to try it out\n",
};

static void print_day(int32_t day, const char *what, int64_t kept,
		      int64_t deleted, const struct retention_replay *r)
{
	struct buf out = { 0 };
	struct json j;

	if (!as_json) {
		printf("%s  %-6s  %lld kept, %lld deleted",
		       register_day_text(day).text, what, (long long)kept,
		       (long long)deleted);
		if (r->done)
			printf("; hits replayed: %lld identical, %lld differ, "
			       "%lld not reached",
			       (long long)r->identical, (long long)r->differ,
			       (long long)r->unreached);
		putchar('\n');
		return;
	}
	json_init(&j, &out);
	json_open(&j, NULL, '{');
	json_z(&j, "clock_day", register_day_text(day).text);
	json_z(&j, "what", what);
	json_int(&j, "kept", kept);
	json_int(&j, "deleted", deleted);
	json_bool(&j, "replayed", r->done);
	json_int(&j, "identical", r->identical);
	json_int(&j, "differ", r->differ);
	json_int(&j, "unreached", r->unreached);
	json_close(&j, '}');
	buf_byte(&out, '\n');
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
}

static int do_day(struct retention_job *j, const struct retention_day *d,
		  struct retention_duty duty, struct err *e)
{
	struct date day = date_from_days(d->day);
	struct retention law =
		retention_dates(j->rules->regime, j->rules->nr, day);
	bool over = duty.act == RETENTION_DELETE ||
		    date_to_days(law.delete_on) <= j->today;
	struct retention_figures f = { .state = STR_NONE };
	struct arena a = { 0 };
	int64_t nr = 0;

	if (d->stage == RETENTION_MASKED) {
		if (!retention_erase_day(&nr, j, d->day,
					 duty.act == RETENTION_DELETE, e))
			print_day(d->day, retention_act_name(duty.act),
				  d->people.v - nr, nr, &f.replay);
	} else if (!retention_mask_day(&f, j, d->day, over, &a, e)) {
		print_day(d->day, over ? "delete" : "mask", f.kept,
			  f.travellers - f.kept, &f.replay);
	}
	arena_release(&a);
	return e->code;
}

/* Of two that run at once the second would give records other keys. */
static int be_alone(struct pg *pg, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena a = { 0 };
	bool alone = false;
	int rc = pg_run(pg, "asking to be alone",
			"SELECT pg_try_advisory_lock("
			"hashtext('paxgate retention'), 0)",
			NULL, &r, e);

	if (rc == 0)
		rc = pg_read_field(&alone, COL_BOOL, r, 0, 0, &a, e);
	pg_result_free(r);
	arena_release(&a);
	if (rc == 0 && !alone)
		rc = err_at(e, ERR_FENCED, 0,
			    "another 'paxgate retention run' is at work");
	return rc;
}

/* Results of assessments that have served, of days that are active. */
static int expire_results(struct retention_cli *c, struct retention_job *j,
			  struct err *e)
{
	struct retention_day *d;
	uint32_t nr;

	if (retention_days(&d, &nr, c->pg, c->today, &c->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr && !e->code; i++) {
		struct retention_replay none = { .done = false };
		int64_t hits = 0;

		if (d[i].stage == RETENTION_ACTIVE &&
		    !retention_expire_results(&hits, j, d[i].day, e) && hits)
			print_day(d[i].day, "results", 0, hits, &none);
	}
	return e->code;
}

struct retention_job retention_cli_job(struct retention_cli *c)
{
	return (struct retention_job){ .pg = c->pg,
				       .keys = c->keys,
				       .rules = &c->rules,
				       .today = c->today,
				       .at = test_fault_is_set() ? test_fault_at
								 : NULL };
}

int retention_run_all(struct retention_cli *c, bool *told, struct err *first)
{
	struct retention_job j = retention_cli_job(c);
	struct retention_replayer replayer = { .config = &c->config,
					       .pg = c->pg,
					       .keys = c->keys,
					       .seconds = replay_s };
	struct retention_day *d;
	int64_t files;
	uint32_t nr;

	if (replay_s > 0) {
		j.replay = retention_replay_day;
		j.replay_arg = &replayer;
	}
	if (be_alone(c->pg, first) ||
	    key_mask_sweep(&files, c->keys, true, first) ||
	    retention_days(&d, &nr, c->pg, c->today, &c->arena, first))
		return first->code;
	for (uint32_t i = 0; i < nr; i++) {
		struct retention_duty duty =
			retention_due(&c->rules, &d[i], c->today);
		struct err e = { 0 };

		if (!duty.due || duty.due > c->today ||
		    !do_day(&j, &d[i], duty, &e))
			continue;
		(void)tool_fail("retention run", &e);
		*told = true;
		if (!first->code)
			*first = e;
		if (!pg_is_alive(c->pg))
			break;
	}
	retention_replayer_release(&replayer);
	if (!first->code)
		(void)!expire_results(c, &j, first);
	if (!first->code)
		(void)!retention_sweep(c->pg, c->today, first);
	return first->code;
}

int retention_run_verb(int argc, char **argv)
{
	struct retention_cli c;
	struct err e = { 0 };
	bool told = false;
	int rc = opt_parse(&usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&usage, "there is nothing to name here");
	if (!retention_cli_open(&c, config_file, database, today, true, true,
				&e))
		(void)!retention_run_all(&c, &told, &e);
	retention_cli_close(&c);
	if (e.code && !told)
		(void)tool_fail("retention run", &e);
	return e.code ? err_exit_code(&e) : EXIT_OK;
}
