#include "law/regime.h"

#include "law/settings.h"

#include <stdlib.h>

struct file {
	struct regimes set; /* first: what the caller sees */
	struct arena arena;
};

/* clang-format off */
#define REGIME(m)	offsetof(struct regime, m)
static const struct setting regime_rows[] = {
	{ "basis",	   SETTING_TEXT,   REGIME(basis),	  true },
	{ "verified",	   SETTING_TEXT,   REGIME(verified),	  true },
	{ "mask_at",	   SETTING_PERIOD, REGIME(mask_at),	  false },
	{ "mask_profile",  SETTING_TEXT,   REGIME(mask_profile),  false },
	{ "delete_at",	   SETTING_PERIOD, REGIME(delete_at),	  true },
	{ "link_required", SETTING_BOOL,   REGIME(link_required), true },
	{ "review_every",  SETTING_PERIOD, REGIME(review_every),  false },
	{ "hit_results",   SETTING_PERIOD, REGIME(hit_results),	  false },
	{ "lawful_in_eu",  SETTING_BOOL,   REGIME(lawful_in_eu),  true },
};
/* clang-format on */

static bool is_before(struct date a, struct date b)
{
	return date_to_days(a) < date_to_days(b);
}

static int check_regime(const struct regime *r, const struct yaml_node *n,
			struct err *e)
{
	const struct date day = { 2001, 1, 1 };
	const char *wrong = NULL;

	if (period_is_set(r->mask_at) &&
	    !is_before(period_after(day, r->mask_at),
		       period_after(day, r->delete_at)))
		wrong = "mask_at is not before delete_at";
	else if (period_is_set(r->mask_at) != !str_empty(r->mask_profile))
		wrong = "mask_at and mask_profile go together";
	else if (r->link_required && !period_is_set(r->mask_at))
		wrong = "link_required needs mask_at: the day it is asked for";
	return wrong ? settings_error(e, ERR_VALUE, n, wrong) : 0;
}

static int read_regimes(struct file *f, const struct yaml_node *map,
			struct err *e)
{
	struct regime *r;

	if (map->kind != YAML_MAP)
		return settings_error(e, ERR_SYNTAX, map,
				      "regimes by name are expected");
	r = arena_alloc(&f->arena, (map->nr + 1) * sizeof(*r));
	f->set.regime = r;
	for (const struct yaml_node *n = map->child; n; n = n->next, r++) {
		int rc = settings_read(r, n, regime_rows,
				       ARRAY_SIZE(regime_rows), &f->arena, e);

		if (!rc)
			rc = check_regime(r, n, e);
		if (rc)
			return rc;
		r->id = n->key;
		f->set.nr_regime++;
	}
	return 0;
}

static int read_mode(struct regimes *set, const struct yaml_node *n,
		     struct err *e)
{
	set->literal = str_eq(n->text, STR("directive_literal"));
	if (set->literal || str_eq(n->text, STR("ljdh_strict")))
		return 0;
	return settings_error(e, ERR_VALUE, n,
			      "ljdh_strict or directive_literal is expected");
}

static int read_file(struct file *f, const struct yaml_node *doc, struct err *e)
{
	bool mode = false, regimes = false;
	int rc = 0;

	if (doc->kind != YAML_MAP)
		return settings_error(e, ERR_SYNTAX, doc,
				      "keys and values are expected");
	for (const struct yaml_node *n = doc->child; n && !rc; n = n->next) {
		if (str_eq(n->key, STR("mode"))) {
			mode = true;
			rc = read_mode(&f->set, n, e);
		} else if (str_eq(n->key, STR("regimes"))) {
			regimes = true;
			rc = read_regimes(f, n, e);
		} else {
			rc = settings_unknown(e, n);
		}
	}
	if (!rc && (!mode || !regimes))
		rc = settings_error(e, ERR_USAGE, doc,
				    mode ? "key 'regimes' is missing"
					 : "key 'mode' is missing");
	return rc;
}

int regimes_load(struct regimes **out, const char *path, struct err *e)
{
	struct file *f = calloc(1, sizeof(*f));
	struct yaml_node *doc;
	int rc;

	if (!f)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	rc = settings_load(&doc, path, &f->arena, e);
	if (!rc && read_file(f, doc, e))
		rc = err_wrap(e, "%s", path);
	if (rc) {
		regimes_free(&f->set);
		return rc;
	}
	*out = &f->set;
	return 0;
}

void regimes_free(struct regimes *set)
{
	struct file *f = (struct file *)set;

	if (!f)
		return;
	arena_release(&f->arena);
	free(f);
}

int regime_find(const struct regimes *set, struct str id,
		const struct regime **out, struct err *e)
{
	const struct regime *r = set->regime, *end = r + set->nr_regime;

	while (r < end && !str_eq(r->id, id))
		r++;
	if (r == end)
		return err_at(e, ERR_USAGE, 0,
			      "no regime '" STR_FMT "' among the %zu there are",
			      STR_ARG(id), (size_t)set->nr_regime);
	if (!r->lawful_in_eu && !set->literal)
		return err_at(e, ERR_LEGAL, 0,
			      "regime '" STR_FMT
			      "' is unlawful in the Union (C-817/19, operative "
			      "part 5); only 'mode: directive_literal' lets it "
			      "be used",
			      STR_ARG(id));
	*out = r;
	return 0;
}

int regimes_choose(const struct regime *out[REGIMES_MAX],
		   const struct regimes *set, struct str ids, struct err *e)
{
	int nr = 0, rc;

	while (ids.ptr) {
		struct str id = str_split(&ids, ' ');

		if (str_empty(id))
			continue;
		if (nr == REGIMES_MAX)
			return err_at(e, ERR_USAGE, 0, "more than %d regimes",
				      REGIMES_MAX);
		rc = regime_find(set, id, &out[nr], e);
		if (rc)
			return rc;
		nr++;
	}
	if (!nr)
		return err_at(e, ERR_USAGE, 0,
			      "no regime is named: nothing would ever be "
			      "deleted");
	return nr;
}

static void take_earlier(struct date *d, struct date other)
{
	if (!date_is_set(*d) || is_before(other, *d))
		*d = other;
}

struct retention retention_dates(const struct regime *const *regime, size_t nr,
				 struct date clock_day)
{
	struct retention out = { DATE_NONE, DATE_NONE, DATE_NONE };

	for (size_t i = 0; i < nr; i++) {
		const struct regime *r = regime[i];

		take_earlier(&out.delete_on,
			     period_after(clock_day, r->delete_at));
		if (!period_is_set(r->mask_at))
			continue;
		take_earlier(&out.mask_on, period_after(clock_day, r->mask_at));
		if (r->link_required)
			take_earlier(&out.delete_unlinked_on,
				     period_after(clock_day, r->mask_at));
	}
	return out;
}
