/*
 * profile_disparity.c - paxgate profile disparity: hit rates by group
 */
#include "base/log.h"
#include "engine/disparity.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"
#include "tools/registry.h"

#include <stdio.h>
#include <time.h>

enum { PAGE = 5000, DEFAULT_DAYS = 30 };

static const char *config_file, *database, *from, *to, *note, *justify;
static bool as_json, record;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "from", 0, "DATE", OPT_TEXT, &from, "first clock_day (30 days ago)" },
	{ "to", 0, "DATE", OPT_TEXT, &to, "last clock_day (today, UTC)" },
	{ "record", 0, NULL, OPT_FLAG, &record, "put the test on record" },
	{ "note", 0, "TEXT", OPT_TEXT, &note,
	  "with --record: who looked at it, and what he says" },
	{ "justify", 0, "TEXT", OPT_TEXT, &justify,
	  "with --record: why groups may be hit unlike others" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile disparity",
	"[OPTIONS] NAME|NAME@REVISION",
	"Hit rates of a profile by the groups that it reads (sex, age, "
	"origin), with its\nclauses and without those that read them, among "
	"the travellers of the days. Counts\nonly are shown and kept. A group "
	"is unlike ('*') with 5 hits or more and a rate above\n125 % of the "
	"others'. Only with a test on record, at most 31 days old, may such a\n"
	"profile be live: one without unlike groups passes; with them it needs "
	"--justify, or it\nis on record as failed. At least 1000 travellers. "
	"Needs the engine's keys.",
	opts,
	"  paxgate profile disparity minor-through-hub\n"
	"  paxgate profile disparity minor-through-hub --record --note 'DPO, "
	"2026-11-28'\n",
};

struct job {
	struct registry r;
	struct key_pair *pair;
	struct key_folder *keys;
	struct disparity counts;
	struct profile_revision rev;
	int32_t first, last;
};

/* Open a row's blob into the buffer; an absent one stays absent. */
static int open_row(struct buf *plain, const uint8_t *key, struct str table,
		    int32_t day, int64_t id, struct str sealed, struct err *e)
{
	struct row_ref ref = { table, date_from_days(day), id };

	buf_clear(plain);
	return sealed.ptr ? crypt_open_row(plain, key, &ref, sealed, e) : 0;
}

static int add_person(struct job *j, const struct profile_person *p,
		      int32_t day, const uint8_t *key, struct err *e)
{
	struct buf person = { 0 }, hit = { 0 };
	bool shadow = p->shadow.ptr != NULL;

	if (!open_row(&person, key, STR("traveller"), day, p->traveller_id,
		      p->sealed, e) &&
	    !open_row(&hit, key, shadow ? STR("shadow") : STR("evidence"), day,
		      shadow ? p->shadow_id : p->hit_id,
		      shadow ? p->shadow : p->evidence, e))
		(void)!disparity_add(&j->counts, buf_view(&person), p->departs,
				     shadow || p->evidence.ptr ? buf_view(&hit)
							       : STR_NONE,
				     e);
	crypt_wipe(person.data, person.len);
	crypt_wipe(hit.data, hit.len);
	buf_release(&person);
	buf_release(&hit);
	return e->code;
}

static int add_day(struct job *j, int32_t day, struct err *e)
{
	struct profile_people of = { .day = day,
				     .name = j->rev.name,
				     .revision = j->rev.revision,
				     .flight_id = INT64_MIN,
				     .traveller_id = INT64_MIN,
				     .limit = PAGE };
	struct profile_person *p;
	struct arena a = { 0 };
	const uint8_t *key = NULL;
	uint32_t nr = PAGE;

	while (nr == PAGE && !e->code) {
		arena_clear(&a);
		if (profiles_people(&p, &nr, j->r.pg, &of, &a, e))
			break;
		if (nr && !key &&
		    key_folder_day(j->keys, date_from_days(day), DAY_KEY_OPEN,
				   &key, e))
			break;
		for (uint32_t i = 0; i < nr && !e->code; i++)
			(void)!add_person(j, &p[i], day, key, e);
		if (nr) {
			of.flight_id = p[nr - 1].flight_id;
			of.traveller_id = p[nr - 1].traveller_id;
		}
	}
	arena_release(&a);
	return e->code;
}

static long long per_10000(int64_t hits, int64_t travellers)
{
	return travellers ? (long long)(hits * 10000 / travellers) : 0;
}

static void print_table(const struct disparity *d)
{
	printf("%-8s %-12s %10s %8s %10s %8s\n", "TRAIT", "GROUP", "TRAVELLERS",
	       "HITS", "PER 10000", "WITHOUT");
	for (uint32_t i = 0; i < d->nr; i++) {
		const struct disparity_cell *c = &d->cell[i];

		printf("%-8s %-12.*s %10lld %8lld %10lld %8lld%s\n",
		       disparity_trait(c->trait), STR_ARG(c->group),
		       (long long)c->travellers, (long long)c->hits,
		       per_10000(c->hits, c->travellers), (long long)c->without,
		       c->unlike ? " *" : "");
	}
	printf("%-8s %-12s %10lld %8lld %10lld %8lld\n", "all", "",
	       (long long)d->travellers, (long long)d->hits,
	       per_10000(d->hits, d->travellers), (long long)d->without);
}

static int put_on_record(struct job *j, struct str figures, struct err *e)
{
	const struct disparity *d = &j->counts;
	bool unlike = disparity_is_unlike(d);
	struct profile_test_row row = {
		.text_hash = j->rev.text_hash,
		.first_day = j->first,
		.last_day = j->last,
		.figures = figures,
		.passed = !unlike || justify,
		.note = str_of(unlike && justify ? justify : note)
	};

	if (d->travellers < DISPARITY_TRAVELLERS)
		return err_at(
			e, ERR_LEGAL, 0,
			"Directive (EU) 2016/681 Art. 6(4) and C-817/19, "
			"197: %lld travellers say nothing of a disparity; "
			"let it run in shadow until there are %d",
			(long long)d->travellers, DISPARITY_TRAVELLERS);
	if (profiles_add_disparity(j->r.pg, &row, e))
		return e->code;
	printf("on record: %s\n",
	       row.passed ? "passed" : "failed; a group is hit unlike others");
	return 0;
}

static int run(struct job *j, const char *name, struct err *e)
{
	struct config *c = &j->r.config;
	struct buf figures = { 0 };
	struct profile *p;
	struct log_line l;

	if (registry_find(&j->rev, &j->r, name, e) ||
	    registry_parse(&p, &j->r, &j->rev, e) ||
	    key_pair_load(&j->pair, c->engine_key, e) ||
	    key_folder_open(&j->keys, c->key_folder, j->pair, e))
		return e->code;
	log_begin(&l, LEVEL_INFO, "disparity-tested");
	log_str(&l, "profile", j->rev.name);
	log_z(&l, "actor", pg_role(j->r.pg));
	log_end(&l);
	disparity_init(&j->counts, p, &j->r.arena);
	for (int32_t day = j->first; day <= j->last && !e->code; day++)
		(void)!add_day(j, day, e);
	if (e->code)
		return e->code;
	disparity_finish(&j->counts);
	disparity_write(&figures, &j->counts);
	if (as_json)
		printf(STR_FMT "\n", STR_ARG(buf_view(&figures)));
	else
		print_table(&j->counts);
	if (record)
		(void)!put_on_record(j, buf_view(&figures), e);
	buf_release(&figures);
	return e->code;
}

static bool read_day(int32_t *out, const char *text, int64_t preset)
{
	struct date d;

	*out = (int32_t)preset;
	if (!text)
		return true;
	if (!date_read(str_of(text), &d) || !date_is_full(d))
		return false;
	*out = (int32_t)date_to_days(d);
	return true;
}

int profile_cmd_disparity(int argc, char **argv)
{
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	struct job j = { .pair = NULL };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name one profile");
	if (!read_day(&j.first, from, today - DEFAULT_DAYS) ||
	    !read_day(&j.last, to, today) || j.last < j.first ||
	    j.last - j.first > 366)
		return opt_wrong(&usage, "--from and --to are days, as "
					 "2026-11-22, a year apart at most");
	if (record && (!note || !*note))
		return opt_wrong(&usage, "who says so? --note");
	if (!registry_open(&j.r, config_file, database, &e))
		(void)!run(&j, argv[first], &e);
	key_folder_free(j.keys);
	key_pair_free(j.pair);
	registry_release(&j.r);
	return e.code ? tool_fail("profile disparity", &e) : EXIT_OK;
}
