#include "tools/registry.h"

#include "db/shadow.h"
#include "tools/database.h"

#include <stdio.h>
#include <time.h>

enum { LOOK_MS = 50 };

int registry_open(struct registry *r, const char *config_file,
		  const char *database, struct err *e)
{
	struct config base;

	if (tool_settings(&r->config, config_file, database, &r->arena, e))
		return e->code;
	base = r->config;
	base.profiles = base.watchlist = "";
	if (crypt_init(e) || screen_set_load(&r->base, &base, e) ||
	    offences_load(&r->offences, base.offences, e) ||
	    named_lists_load(&r->lists, base.lists, e) ||
	    approvers_load(&r->approvers, base.approvers, e))
		return config_file_error(e);
	if (database_open_checked(&r->pg, &r->config, e))
		return e->code;
	r->source = (struct edition_source){ &r->config, &r->base, r->pg,
					     r->approvers };
	return 0;
}

void registry_release(struct registry *r)
{
	pg_close(r->pg);
	approvers_free(r->approvers);
	regex_free_list(r->regexes);
	named_lists_free(r->lists);
	offences_free(r->offences);
	screen_set_release(&r->base);
	arena_release(&r->arena);
}

int registry_find(struct profile_revision *out, struct registry *r,
		  const char *name, struct err *e)
{
	struct str number = str_of(name), plain = str_split(&number, '@');
	int64_t revision = 0;
	int rc;

	if (number.ptr && (!str_to_i64(number, &revision) || revision < 1 ||
			   revision > INT32_MAX))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' names no revision; write NAME or NAME@4",
			      name);
	rc = profiles_revision(out, r->pg, plain, (int32_t)revision, &r->arena,
			       e);
	if (rc == 0)
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is not in the registry; 'paxgate profile "
			      "commit' puts it there",
			      name);
	return rc < 0 ? rc : 0;
}

int registry_parse(struct profile **out, struct registry *r,
		   const struct profile_revision *rev, struct err *e)
{
	const char *file =
		arena_fmt(&r->arena, STR_FMT ".yaml", STR_ARG(rev->name)).ptr;
	struct profile_source source = { file,	   rev->content, r->offences,
					 r->lists, &r->arena,	 &r->regexes };
	struct faults faults = { 0 };

	return profile_read(out, &source, &faults, e);
}

/* Did it hit more in shadow than it may? As upkeep() asks of live ones. */
static int check_shadow(struct registry *r, const struct profile_revision *rev,
			const struct profile *p, struct err *e)
{
	int64_t least = r->config.budget_travellers;
	struct shadow_day *d;
	uint32_t nr;

	if (shadow_days(&d, &nr, r->pg, rev->name, 1, &r->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		int64_t all = d[i].travellers > least ? d[i].travellers : least;

		if (d[i].revision != rev->revision ||
		    d[i].n * 1000000 <= all * p->max_share_ppm)
			continue;
		return err_at(e, ERR_LEGAL, 0,
			      "Directive (EU) 2016/681 Art. 6(4) and C-817/19, "
			      "198: in shadow it hit %lld of %lld travellers "
			      "of a day, beyond its budget; narrow it, and "
			      "commit another revision",
			      (long long)d[i].n, (long long)d[i].travellers);
	}
	return 0;
}

/* What stands between an approved profile and hits. */
static int check_live(struct registry *r, const struct profile_revision *rev,
		      struct err *e)
{
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	enum profile_disparity test = DISPARITY_PASSED;
	struct profile *p;

	if (registry_parse(&p, r, rev, e) ||
	    edition_is_approved(&r->source, rev->text_hash, rev->author,
				rev->content, e))
		return e->code;
	if (date_to_days(p->valid.until) < today)
		return err_at(e, ERR_LEGAL, 0,
			      "Directive (EU) 2016/681 Art. 6(4) and C-817/19, "
			      "201: its validity is over; review the criteria "
			      "and commit another revision");
	if (check_shadow(r, rev, p, e) ||
	    (p->traits && profiles_disparity(&test, r->pg, rev->text_hash,
					     DISPARITY_DAYS, e)))
		return e->code;
	if (test == DISPARITY_PASSED)
		return 0;
	return err_at(
		e, ERR_LEGAL, 0,
		"Directive (EU) 2016/681 Art. 6(4) and C-817/19, 197: it "
		"reads sex, age or origin, and %s; activate it with "
		"--shadow, then 'paxgate profile disparity --record'",
		test == DISPARITY_FAILED
			? "its test of disparity failed"
			: "no test of disparity of the last 31 days is on "
			  "record");
}

int registry_activate(int64_t *version, struct registry *r,
		      const struct profile_revision *rev, bool shadow,
		      struct err *e)
{
	struct edition_change change = { .name = rev->name, .text = rev };
	struct err draft = { 0 };

	if (!shadow && check_live(r, rev, e))
		return e->code;
	change.state = shadow ? STR("shadow") : STR("live");
	if (shadow && edition_is_approved(&r->source, rev->text_hash,
					  rev->author, rev->content, &draft)) {
		if (draft.code != ERR_LEGAL)
			return (*e = draft).code;
		change.state = STR("draft");
	}
	return edition_change(version, &r->source, &change, 1, true,
			      arena_fmt(&r->arena, "activate " STR_FMT "@%d",
					STR_ARG(rev->name), rev->revision),
			      e);
}

/* "pax.raw: 0 from 17, 1 from 4", a line for each topic. */
static void print_where(const struct profile_where *w, uint32_t nr,
			int64_t version)
{
	for (uint32_t i = 0; i < nr; i++) {
		bool first = !i || !str_eq(w[i].topic, w[i - 1].topic);

		if (first)
			printf("%sversion %lld holds on " STR_FMT ":",
			       i ? "\n" : "", (long long)version,
			       STR_ARG(w[i].topic));
		printf("%s %d from %lld", first ? "" : ",", w[i].part,
		       (long long)w[i].from.v);
	}
	if (nr)
		putchar('\n');
	else
		printf("version %lld is recorded; no engine runs, it holds "
		       "from the next start\n",
		       (long long)version);
}

int registry_wait(struct registry *r, int64_t version, int64_t seconds,
		  struct err *e)
{
	struct profile_where *w = NULL;
	struct arena a = { 0 };
	uint32_t nr = 0, behind = 1;

	for (int64_t ms = seconds * 1000; behind && !e->code; ms -= LOOK_MS) {
		arena_clear(&a);
		if (profiles_where(&w, &nr, r->pg, version, &a, e))
			break;
		behind = 0;
		for (uint32_t i = 0; i < nr; i++)
			behind += !w[i].from.set;
		if (!behind)
			print_where(w, nr, version);
		else if (ms <= 0)
			err_at(e, ERR_IO, 0,
			       "version %lld is recorded, but %u of %u "
			       "partitions have not taken it up; see the "
			       "engine's log for 'profiles-refused'",
			       (long long)version, behind, nr);
		else
			nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000L },
				  NULL);
	}
	arena_release(&a);
	return e->code;
}
