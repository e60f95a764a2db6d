#include "law/scope.h"

#include "base/country.h"
#include "law/settings.h"

#include <stdlib.h>

struct decision {
	struct str reference, reasons, threat;
	struct date valid_from, valid_to, next_review;
	bool all;
	struct text_list routes, airports;
	struct decision *next;
};

struct scope {
	struct arena arena;
	struct decision *decisions;
};

/* clang-format off */
#define DECISION(m)	offsetof(struct decision, m)
static const struct setting decision_rows[] = {
	{ "decision",	 SETTING_TEXT, DECISION(reference),   true },
	{ "reasons",	 SETTING_TEXT, DECISION(reasons),     true },
	{ "threat",	 SETTING_TEXT, DECISION(threat),      false },
	{ "valid_from",	 SETTING_DATE, DECISION(valid_from),  true },
	{ "valid_to",	 SETTING_DATE, DECISION(valid_to),    true },
	{ "next_review", SETTING_DATE, DECISION(next_review), true },
	{ "all",	 SETTING_BOOL, DECISION(all),	      false },
	{ "routes",	 SETTING_LIST, DECISION(routes),      false },
	{ "airports",	 SETTING_LIST, DECISION(airports),    false },
};
/* clang-format on */

bool scope_traveller(struct str type)
{
	static const char *const crew[] = { "CRW", "CR1", "CR2",
					    "CR3", "CR4", "CR5" };

	for (size_t i = 0; i < ARRAY_SIZE(crew); i++)
		if (str_eq_nocase(type, str_of(crew[i])))
			return false;
	return true;
}

static bool is_airport(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return s.len == 3;
}

static bool is_route(struct str s)
{
	return s.len == 7 && s.ptr[3] == '-' &&
	       is_airport(str_slice(s, 0, 3)) && is_airport(str_slice(s, 4, 7));
}

static bool all_are(struct text_list l, bool (*form)(struct str))
{
	for (uint32_t i = 0; i < l.nr; i++)
		if (!form(l.item[i]))
			return false;
	return true;
}

static bool before(struct date a, struct date b)
{
	return date_to_days(a) < date_to_days(b);
}

static int check_decision(const struct decision *d, const struct yaml_node *n,
			  struct err *e)
{
	const char *wrong = NULL;

	if (before(d->valid_to, d->valid_from))
		wrong = "the decision ends before it begins";
	else if (before(d->next_review, d->valid_from) ||
		 before(d->valid_to, d->next_review))
		wrong = "next_review lies outside of the decision's validity";
	else if (d->all && (d->routes.nr || d->airports.nr))
		wrong = "'all' stands alone: without routes and airports";
	else if (d->all && str_empty(d->threat))
		wrong = "all flights inside the Union need a 'threat': a "
			"genuine and present or foreseeable terrorist one "
			"(C-817/19, paragraph 171)";
	else if (!d->all && !d->routes.nr && !d->airports.nr)
		wrong = "the decision selects nothing: name routes or airports";
	else if (!all_are(d->routes, is_route))
		wrong = "a route is written BRU-VIE";
	else if (!all_are(d->airports, is_airport))
		wrong = "an airport is written VIE";
	return wrong ? settings_error(e, ERR_VALUE, n, wrong) : 0;
}

static int read_decisions(struct scope *s, const struct yaml_node *list,
			  struct err *e)
{
	struct decision **tail = &s->decisions;

	if (list->kind != YAML_SEQ)
		return settings_error(e, ERR_SYNTAX, list,
				      "a list of decisions is expected");
	for (const struct yaml_node *n = list->child; n; n = n->next) {
		struct decision *d = arena_alloc(&s->arena, sizeof(*d));
		int rc = settings_read(d, n, decision_rows,
				       ARRAY_SIZE(decision_rows), &s->arena, e);

		if (!rc)
			rc = check_decision(d, n, e);
		if (rc)
			return rc;
		*tail = d;
		tail = &d->next;
	}
	return 0;
}

static int read_scope(struct scope *s, const struct yaml_node *doc,
		      struct err *e)
{
	const struct yaml_node *n = doc->child;

	if (doc->kind != YAML_MAP || !n)
		return settings_error(e, ERR_USAGE, doc,
				      "key 'intra_eu' is missing");
	for (; n; n = n->next)
		if (!str_eq(n->key, STR("intra_eu")))
			return settings_unknown(e, n);
	return read_decisions(s, doc->child, e);
}

int scope_load(struct scope **out, const char *path, struct err *e)
{
	struct scope *s = calloc(1, sizeof(*s));
	struct yaml_node *doc;
	int rc;

	if (!s)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	rc = settings_load(&doc, path, &s->arena, e);
	if (!rc && read_scope(s, doc, e))
		rc = err_wrap(e, "%s", path);
	if (rc) {
		scope_free(s);
		return rc;
	}
	*out = s;
	return 0;
}

void scope_free(struct scope *s)
{
	if (!s)
		return;
	arena_release(&s->arena);
	free(s);
}

/*
 * The Member State whose territory a country code is, or absent. Outermost
 * regions and Aland have codes of their own but are Union territory (TFEU,
 * Articles 349 and 355(1), (4)).
 */
static struct str member_state(struct str country)
{
	static const struct {
		struct str region, state;
	} regions[] = {
		{ STR_INIT("ALA"), STR_INIT("FIN") },
		{ STR_INIT("GLP"), STR_INIT("FRA") },
		{ STR_INIT("GUF"), STR_INIT("FRA") },
		{ STR_INIT("MAF"), STR_INIT("FRA") },
		{ STR_INIT("MTQ"), STR_INIT("FRA") },
		{ STR_INIT("MYT"), STR_INIT("FRA") },
		{ STR_INIT("REU"), STR_INIT("FRA") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(regions); i++)
		if (str_eq(country, regions[i].region))
			return regions[i].state;
	return country_is_eu(country) ? country : STR_NONE;
}

static bool is_listed(struct text_list l, struct str airport)
{
	for (uint32_t i = 0; i < l.nr; i++)
		if (str_eq(l.item[i], airport))
			return true;
	return false;
}

/* Does a route, in either direction, join the two airports? */
static bool joins(struct text_list routes, struct str a, struct str b)
{
	for (uint32_t i = 0; i < routes.nr; i++) {
		struct str from = str_slice(routes.item[i], 0, 3);
		struct str to = str_slice(routes.item[i], 4, 7);

		if ((str_eq(from, a) && str_eq(to, b)) ||
		    (str_eq(from, b) && str_eq(to, a)))
			return true;
	}
	return false;
}

static bool selects(const struct decision *d, const struct scope_stop *stop,
		    size_t nr, struct date day)
{
	/* next_review is never after valid_to: what is overdue has ended */
	if (before(day, d->valid_from) || before(d->next_review, day))
		return false;
	if (d->all || joins(d->routes, stop[0].airport, stop[nr - 1].airport))
		return true;
	for (size_t i = 0; i < nr; i++)
		if (is_listed(d->airports, stop[i].airport) ||
		    (i &&
		     joins(d->routes, stop[i - 1].airport, stop[i].airport)))
			return true;
	return false;
}

static struct scope_verdict intra_eu(const struct scope *s,
				     const struct scope_stop *stop, size_t nr,
				     struct date day)
{
	for (const struct decision *d = s->decisions; d; d = d->next)
		if (selects(d, stop, nr, day))
			return (struct scope_verdict){ SCOPE_INTRA_EU_SELECTED,
						       d->reference };
	return (struct scope_verdict){ SCOPE_OUT, STR_NONE };
}

struct scope_verdict scope_flight(const struct scope *s,
				  const struct scope_stop *stop, size_t nr,
				  struct date day)
{
	bool inside = false, outside = false, unknown = false, abroad = false;
	struct str home = STR_NONE;

	for (size_t i = 0; i < nr; i++) {
		struct str state = member_state(stop[i].country);

		if (str_empty(stop[i].country))
			unknown = true;
		else if (!state.ptr)
			outside = true;
		else if (!inside)
			home = state;
		else if (!str_eq(home, state))
			abroad = true;
		inside = inside || state.ptr;
	}
	if (inside && outside)
		return (struct scope_verdict){ SCOPE_EXTRA_EU, STR_NONE };
	if (unknown)
		return (struct scope_verdict){ SCOPE_UNKNOWN, STR_NONE };
	if (abroad)
		return intra_eu(s, stop, nr, day);
	return (struct scope_verdict){ SCOPE_OUT, STR_NONE };
}
