/*
 * retention_prove.c - paxgate retention prove: is anything there that should
 * not be
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"
#include "tools/retention_cli.h"

#include <stdlib.h>

static const char *config_file, *database, *today;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "today", 0, "DATE", OPT_TEXT, &today, "as if this were today" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"retention prove",
	"[OPTIONS]",
	"Prove that masking and deletion were done: no day is overdue or half "
	"done; of\n"
	"days that are done no table is left in the database and no key or "
	"wrap of one in\n"
	"the key folder, which is marked so that none is made again; each "
	"record that is\n"
	"kept has its own key, and no key is there without a record. A line "
	"for each\n"
	"finding, and code 5. Backups: what they hold of such a day nobody can "
	"open.",
	opts,
	"  paxgate retention prove\n",
};

struct proof {
	struct retention_cli *c;
	int64_t findings, days, records;
};

static void finding(struct proof *p, int32_t day, const char *what)
{
	printf("%s  %s\n", register_day_text(day).text, what);
	p->findings++;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Records of a masked day, and their keys: the same set. */
static int prove_records(struct proof *p, int32_t day, struct err *e)
{
	struct retention_cli *c = p->c;
	struct row_tokens row;
	uint32_t nr = 0, lack = 0, extra = 0, i = 0, k = 0;
	int64_t *key, *is;

	if (retention_lapsed(&row, c->pg, day, c->today, true, &c->arena, e) ||
	    key_kept_list(&key, &nr, c->keys, date_from_days(day), &c->arena,
			  e))
		return e->code;
	is = arena_alloc(&c->arena, (row.nr + 1) * sizeof(*is));
	for (uint32_t n = 0; n < row.nr; n++)
		is[n] = row.v[n];
	qsort(is, row.nr, sizeof(*is), compare);
	if (nr)
		qsort(key, nr, sizeof(*key), compare);
	while (i < row.nr || k < nr) {
		int d = i == row.nr ? 1
			: k == nr   ? -1
				    : compare(&is[i], &key[k]);

		lack += d < 0;
		extra += d > 0;
		i += d <= 0;
		k += d >= 0;
	}
	if (lack)
		finding(p, day,
			"records are kept without a key: nobody can "
			"open them");
	if (extra)
		finding(p, day, "keys are kept of records that are gone");
	p->records += row.nr;
	return 0;
}

static int prove_duties(struct proof *p, struct err *e)
{
	struct retention_cli *c = p->c;
	struct retention_day *d;
	uint32_t nr;

	if (retention_days(&d, &nr, c->pg, c->today, &c->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr && !e->code; i++) {
		struct retention_duty duty =
			retention_due(&c->rules, &d[i], c->today);

		if (duty.act == RETENTION_FINISH)
			finding(p, d[i].day, "masking was begun and not ended");
		else if (duty.due && duty.due < c->today)
			finding(p, d[i].day,
				duty.act == RETENTION_MASK
					? "masking is overdue"
					: "deletion is overdue");
		if (d[i].stage == RETENTION_MASKED)
			(void)!prove_records(p, d[i].day, e);
	}
	return e->code;
}

static int prove_all(struct proof *p, struct err *e)
{
	struct retention_cli *c = p->c;
	struct retention_trace *t;
	int64_t files;
	uint32_t nr;

	if (prove_duties(p, e) ||
	    retention_traces(&t, &nr, c->pg, &c->arena, e) ||
	    key_mask_sweep(&files, c->keys, false, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		p->days += !t[i].left;
		if (t[i].left)
			finding(p, t[i].day,
				arena_fmt(&c->arena,
					  "table pax." STR_FMT " is left",
					  STR_ARG(t[i].what))
					.ptr);
		else if (!key_mask_is_marked(c->keys, date_from_days(t[i].day)))
			finding(p, t[i].day,
				"the key folder does not know that it is "
				"masked: is it the right one?");
	}
	if (files)
		finding(p, c->today,
			"key files of masked days are left: 'paxgate "
			"retention run' destroys them");
	return 0;
}

int retention_prove_all(int64_t *findings, struct retention_cli *c,
			struct err *e)
{
	struct proof p = { .c = c };

	(void)!prove_all(&p, e);
	*findings = p.findings;
	return e->code;
}

int retention_prove_verb(int argc, char **argv)
{
	struct retention_cli c;
	struct proof p = { .c = &c };
	struct err e = { 0 };
	int rc = opt_parse(&usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&usage, "there is nothing to name here");
	if (!retention_cli_open(&c, config_file, database, today, false, true,
				&e))
		(void)!prove_all(&p, &e);
	retention_cli_close(&c);
	if (e.code)
		return tool_fail("retention prove", &e);
	printf("%lld days are done, %lld records are kept masked: %lld "
	       "findings\n",
	       (long long)p.days, (long long)p.records, (long long)p.findings);
	return p.findings ? EXIT_INTEGRITY : EXIT_OK;
}
