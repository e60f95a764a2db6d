#include "law/regime.h"

#include "law/settings.h"

#include <stdlib.h>

struct file {
	struct regimes set; /* first: what the caller sees */
	struct arena arena;
};

struct head {
	struct str mode;
	struct text_list use;
};

/* clang-format off */
static const struct setting head_rows[] = {
	{ "mode", SETTING_TEXT, offsetof(struct head, mode), true },
	{ "use",  SETTING_LIST, offsetof(struct head, use),  true },
};

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

/* The map without its key `regimes`, for the table of the other two. */
static struct yaml_node head_only(const struct yaml_node *doc, struct arena *a)
{
	struct yaml_node head = *doc, **tail = &head.child;

	head.child = NULL;
	for (const struct yaml_node *n = doc->child; n; n = n->next) {
		if (str_eq(n->key, STR("regimes")))
			continue;
		*tail = arena_alloc(a, sizeof(**tail));
		**tail = *n;
		tail = &(*tail)->next;
		*tail = NULL;
	}
	return head;
}

static int read_mode(struct regimes *set, struct str mode,
		     const struct yaml_node *at, struct err *e)
{
	set->literal = str_eq(mode, STR("directive_literal"));
	if (set->literal || str_eq(mode, STR("ljdh_strict")))
		return 0;
	return settings_error(e, ERR_VALUE, at,
			      "ljdh_strict or directive_literal is expected");
}

static int read_use(struct file *f, struct text_list use,
		    const struct yaml_node *at, struct err *e)
{
	const struct regime **used;

	if (!use.nr)
		return settings_error(e, ERR_USAGE, at,
				      "no regime is used: nothing would ever "
				      "be deleted");
	used = arena_alloc(&f->arena, use.nr * sizeof(const struct regime *));
	for (uint32_t i = 0; i < use.nr; i++) {
		int rc = regime_find(&f->set, use.item[i], &used[i], e);

		if (rc)
			return err_wrap(e, "line %u, column %u", at->line,
					at->column);
	}
	f->set.used = used;
	f->set.nr_used = use.nr;
	return 0;
}

static int read_file(struct file *f, const struct yaml_node *doc, struct err *e)
{
	const struct yaml_node *rows = yaml_get(doc, STR("regimes"));
	struct yaml_node head = head_only(doc, &f->arena);
	struct head h = { .mode = STR_NONE };
	int rc = settings_read(&h, &head, head_rows, ARRAY_SIZE(head_rows),
			       &f->arena, e);

	if (rc)
		return rc;
	if (!rows)
		return settings_error(e, ERR_USAGE, doc,
				      "key 'regimes' is missing");
	rc = read_mode(&f->set, h.mode, yaml_get(doc, STR("mode")), e);
	if (!rc)
		rc = read_regimes(f, rows, e);
	return rc ? rc : read_use(f, h.use, yaml_get(doc, STR("use")), e);
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
		return err_at(e, ERR_USAGE, 0, "no regime '" STR_FMT "'",
			      STR_ARG(id));
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
