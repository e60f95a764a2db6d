#include "rules/profile_scope.h"

#include "rules/parse.h"

static const struct scope_row {
	const char *key, *expression;
} rows[NR_SCOPES] = {
	[SCOPE_DIRECTION] = { "direction", "trip.direction" },
	[SCOPE_CARRIERS] = { "carriers", "flight.carrier" },
	[SCOPE_ORIGINS] = { "origins", "flight.origin" },
	[SCOPE_DESTINATIONS] = { "destinations", "flight.destination" },
	[SCOPE_ORIGIN_COUNTRIES] = { "origin_countries",
				     "country(flight.origin)" },
	[SCOPE_DESTINATION_COUNTRIES] = { "destination_countries",
					  "country(flight.destination)" },
};

const char *profile_scope_name(enum profile_scope_kind k)
{
	return rows[k].key;
}

/* A word in small letters alone is a list's name; directions are words. */
static bool is_list_name(const struct scope_row *row, const struct str *w,
			 uint32_t nr)
{
	return nr == 1 && row != &rows[SCOPE_DIRECTION] && w->len &&
	       w->ptr[0] >= 'a' && w->ptr[0] <= 'z';
}

/* `EXPRESSION in [A, B]`, or `in NAME`, checked like an author's. */
static struct expr *row_expr(struct faults *f, const struct scope_row *row,
			     const struct yaml_node *at, const struct str *w,
			     uint32_t nr, const struct check_rules *rules)
{
	struct str text = arena_fmt(f->arena, "%s in [", row->expression);
	struct expr *n = NULL;
	struct err e = { 0 };

	for (uint32_t i = 0; i < nr; i++)
		text = arena_fmt(f->arena, STR_FMT "%s" STR_FMT, STR_ARG(text),
				 i ? ", " : "", STR_ARG(w[i]));
	text = arena_fmt(f->arena, STR_FMT "]", STR_ARG(text));
	if (is_list_name(row, w, nr))
		text = arena_fmt(f->arena, "%s in " STR_FMT, row->expression,
				 STR_ARG(*w));
	if (expr_parse(&n, f->arena, NULL, text, &e) ||
	    expr_check(&n, rules, &e))
		fault_at(f, e.code, at, "%s", e.text);
	return n;
}

void profile_scope_read(struct profile_scope *out, struct faults *f,
			const struct yaml_node *n,
			const struct check_rules *rules)
{
	static const char *const keys[] = { "direction",
					    "carriers",
					    "origins",
					    "destinations",
					    "origin_countries",
					    "destination_countries",
					    NULL };

	*out = (struct profile_scope){ 0 };
	if (!n || !read_map(f, n, keys))
		return;
	for (int k = 0; k < NR_SCOPES; k++) {
		const struct yaml_node *c = yaml_get(n, str_of(rows[k].key));
		struct expr *both, *one;

		if (!c)
			continue;
		out->words[k] = read_words(f, c, &out->nr[k]);
		one = row_expr(f, &rows[k], c, out->words[k], out->nr[k],
			       rules);
		if (!one || !out->when) {
			out->when = one;
			continue;
		}
		both = arena_alloc(f->arena, sizeof(*both));
		*both = (struct expr){ .kind = EXPR_AND,
				       .type = TYPE_BOOL,
				       .arg = { out->when, one },
				       .zone = EXPR_NO_ZONE };
		out->when = both;
	}
}
