#include "engine/upkeep.h"

#include "base/log.h"
#include "rules/profile_set.h"

enum {
	BUDGET_DAYS = 4,    /* whose flights are still heard of */
	REVIEWED_DAYS = 90, /* whose hits tell how good a profile is */
	REVIEWED_LEAST = 20 /* of fewer decisions a share is chance */
};

/* Changes to be made in one version. */
struct due {
	const struct edition_source *source;
	const struct edition *edition;
	struct date today;
	struct edition_change *change;
	uint32_t nr;
	struct arena arena;
};

static void alarm_of(const char *event, const struct profile *p,
		     const char *key, int64_t value, struct str why)
{
	struct log_line l;

	log_begin(&l, LEVEL_WARNING, event);
	log_str(&l, "profile", p->name);
	log_int(&l, "revision", p->revision);
	log_int(&l, key, value);
	log_str(&l, "reason", why);
	log_end(&l);
}

static void add(struct due *d, const struct profile *p, struct str state,
		struct str why)
{
	for (uint32_t i = 0; i < d->nr; i++)
		if (str_eq(d->change[i].name, p->name))
			return;
	*(struct edition_change *)arena_push(&d->arena, &d->change, &d->nr,
					     sizeof(*d->change)) =
		(struct edition_change){ p->name, state, why, NULL };
}

/* One row of hits: more than the share of that day's travellers? */
static int judge(struct due *d, const struct profile *p,
		 const struct profile_hits *h, struct err *e)
{
	int64_t least = d->source->config->budget_travellers, travellers;
	struct str why;

	if (p->revision != h->revision || p->state != PROFILE_LIVE ||
	    h->n * 1000000 <= (int64_t)p->max_share_ppm * least)
		return 0; /* not even if the day had no more than those */
	if (profiles_travellers(&travellers, d->source->pg, h->clock_day, e))
		return e->code;
	if (travellers < least)
		travellers = least;
	if (h->n * 1000000 <= (int64_t)p->max_share_ppm * travellers)
		return 0;
	why = arena_fmt(&d->arena,
			"%lld hits among %lld travellers of a day are beyond "
			"its budget of %u per million; Directive (EU) 2016/681 "
			"Art. 6(4), C-817/19, 198",
			(long long)h->n, (long long)travellers,
			p->max_share_ppm);
	alarm_of("profile-over-budget", p, "hits", h->n, why);
	add(d, p, STR("suspended"), why);
	return 0;
}

static int look_at_budgets(struct due *d, struct err *e)
{
	struct profile_hits *h;
	uint32_t nr;

	if (profiles_hits(&h, &nr, d->source->pg,
			  (int32_t)date_to_days(d->today) - BUDGET_DAYS + 1,
			  &d->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		const struct profile *p =
			profile_set_find(d->edition->profiles, h[i].source);

		if (p && judge(d, p, &h[i], e))
			return e->code;
	}
	return 0;
}

static void look_at_last_day(struct due *d, const struct profile *p)
{
	int64_t left = date_to_days(p->valid.until) - date_to_days(d->today);
	struct str why = STR("its validity is over: criteria are reviewed "
			     "regularly, C-817/19, 201; commit a reviewed "
			     "revision");

	if (left >= 0)
		return;
	alarm_of("profile-expired", p, "days", -left, why);
	add(d, p, STR("expired"), why);
}

/* A live profile of persons' traits needs a test that holds. */
static int look_at_test(struct due *d, const struct profile *p, struct err *e)
{
	enum profile_disparity test;
	struct str why;

	if (!p->traits || p->state != PROFILE_LIVE)
		return 0;
	if (profiles_disparity(&test, d->source->pg,
			       edition_text_hash(p->content, &d->arena),
			       DISPARITY_DAYS, e))
		return e->code;
	if (test == DISPARITY_PASSED)
		return 0;
	why = arena_fmt(&d->arena,
			"%s; Directive (EU) 2016/681 Art. 6(4), C-817/19, 197: "
			"'paxgate profile disparity'",
			test == DISPARITY_FAILED
				? "the test of disparity failed"
				: "the last test of disparity is too old");
	alarm_of("profile-disparity", p, "days", DISPARITY_DAYS, why);
	add(d, p, STR("shadow"), why);
	return 0;
}

static void announce(const struct due *d, const struct profile *p, bool first)
{
	int64_t left = date_to_days(p->valid.until) - date_to_days(d->today);
	struct log_line l;

	if (left < 0 || left > 30 ||
	    (!first && left != 30 && left != 7 && left != 1))
		return;
	log_begin(&l, LEVEL_WARNING, "review-due");
	log_str(&l, "profile", p->name);
	log_int(&l, "days", left);
	log_str(&l, "author", p->author);
	log_end(&l);
}

/* An alarm and no more: what becomes of the profile is for people. */
static void judge_precision(const struct due *d, const struct profile *p,
			    const struct profile_reviewed *v)
{
	int64_t floor = d->source->config->confirmed_percent;
	struct arena a = { 0 };

	if (p->state == PROFILE_LIVE && p->revision == v->revision &&
	    v->decided >= REVIEWED_LEAST &&
	    v->confirmed * 100 < v->decided * floor)
		alarm_of("profile-precision", p, "confirmed", v->confirmed,
			 arena_fmt(&a,
				   "of %lld hits that people decided; below "
				   "%lld of a hundred it is to be looked at: "
				   "C-817/19, 201 to 203",
				   (long long)v->decided, (long long)floor));
	arena_release(&a);
}

/* Once a day: decisions come slowly. */
static int look_at_reviews(const struct upkeep *u, struct due *d, struct err *e)
{
	int64_t today = date_to_days(d->today);
	struct profile_reviewed *v;
	uint32_t nr;

	if ((date_is_set(u->announced) &&
	     date_to_days(u->announced) == today) ||
	    !d->source->config->confirmed_percent)
		return 0;
	if (profiles_reviewed(&v, &nr, d->source->pg,
			      (int32_t)today - REVIEWED_DAYS, &d->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		const struct profile *p =
			profile_set_find(d->edition->profiles, v[i].source);

		if (p)
			judge_precision(d, p, &v[i]);
	}
	return 0;
}

static int look_at_profiles(struct upkeep *u, struct due *d, struct err *e)
{
	const struct profile_set *set = d->edition->profiles;
	bool first = !date_is_set(u->announced);
	bool new_day =
		first || date_to_days(u->announced) != date_to_days(d->today);

	for (uint32_t i = 0; i < profile_set_nr(set); i++) {
		const struct profile *p = profile_set_get(set, i);

		look_at_last_day(d, p);
		if (look_at_test(d, p, e))
			return e->code;
		if (new_day)
			announce(d, p, first);
	}
	u->announced = d->today;
	return 0;
}

int upkeep(struct upkeep *u, const struct edition_source *s,
	   const struct edition *ed, struct date today, struct err *e)
{
	struct due d = { .source = s, .edition = ed, .today = today };
	int64_t version;

	if (!look_at_reviews(u, &d, e) && !look_at_profiles(u, &d, e) &&
	    !look_at_budgets(&d, e) && d.nr)
		(void)!edition_change(&version, s, d.change, d.nr, false,
				      STR("upkeep"), e);
	arena_release(&d.arena);
	return e->code;
}
