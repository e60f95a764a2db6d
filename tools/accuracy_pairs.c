#include "tools/accuracy_pairs.h"

#include "watchlist/build.h"
#include "watchlist/pair.h"

#include <stdio.h>

/* A row: what was carried, the entry it is compared with, what is true. */
struct pair {
	struct str carried, listed;
	struct date born;
	bool expected;
};

struct reading {
	struct tsv *t;
	int a, b, expected, birth_a, birth_b;
	struct arena arena;
	struct buf pair, entry; /* struct pair, struct watch_entry */
	uint32_t nr;
};

void accuracy_name(struct str name, struct str *surname, struct str *given)
{
	char sep = str_find_byte(name, '/') >= 0 ? '/' : ',';

	*given = name;
	*surname = str_trim(str_split(given, sep));
	*given = str_trim(*given);
}

bool accuracy_where(const struct tsv *t, struct str where, struct err *e)
{
	while (where.ptr) {
		struct str value = str_split(&where, ',');
		struct str name = str_split(&value, '=');
		int column = -1;

		for (int i = 0; i < t->nr_columns; i++)
			if (str_eq(t->column[i], name))
				column = i;
		if (column < 0) {
			err_at(e, ERR_VALUE, 0,
			       "--where: there is no column '" STR_FMT "'",
			       STR_ARG(name));
			return false;
		}
		if (!value.ptr || !str_eq(tsv_cell(t, column), value))
			return false;
	}
	return true;
}

/* -1: the row does not say. */
static int truth(struct str cell)
{
	if (str_eq(cell, STR("yes")) || str_eq(cell, STR("true")))
		return 1;
	if (str_eq(cell, STR("no")) || str_eq(cell, STR("false")))
		return 0;
	return -1;
}

static bool read_birth(struct str cell, struct birth_range *out)
{
	return !str_empty(cell) && birth_read(cell, out);
}

static int add_pair(struct reading *r, int expected, struct err *e)
{
	struct watch_entry n = {
		.id = arena_fmt(&r->arena, "%08u", r->nr),
		.offence = STR("0"),
		.valid_until = { 9999, 12, 31 },
		.nr_names = 1,
	};
	struct pair p = { .carried = tsv_cell(r->t, r->a),
			  .listed = tsv_cell(r->t, r->b),
			  .expected = expected == 1 };
	struct str born = tsv_cell(r->t, r->birth_a);

	n.names = arena_alloc(&r->arena, sizeof(*n.names));
	n.births = arena_alloc(&r->arena, sizeof(*n.births));
	accuracy_name(p.listed, &n.names->surname, &n.names->given);
	n.nr_births = read_birth(tsv_cell(r->t, r->birth_b), n.births);
	if ((!str_empty(born) && !date_read(born, &p.born)) ||
	    (!n.nr_births && !str_empty(tsv_cell(r->t, r->birth_b))))
		return err_at(e, ERR_VALUE, 0,
			      "line %u: a birth date is none; write "
			      "YYYY-MM-DD, YYYY-MM or YYYY",
			      r->t->line);
	buf_add(&r->pair, &p, sizeof(p));
	buf_add(&r->entry, &n, sizeof(n));
	r->nr++;
	return 0;
}

static int read_rows(struct reading *r, struct str where, struct err *e)
{
	int rc = 0;

	r->a = tsv_column(r->t, "name_a|name|name1");
	r->b = tsv_column(r->t, "name_b|alias|name2");
	r->expected = tsv_column(r->t, "expected|is_match");
	r->birth_a = tsv_column(r->t, "birth_a");
	r->birth_b = tsv_column(r->t, "birth_b");
	if (r->a < 0 || r->b < 0)
		return err_at(e, ERR_SYNTAX, 0,
			      "the columns 'name_a' and 'name_b' are not both "
			      "there");
	while (rc == 0 && tsv_next(r->t)) {
		int expected = r->expected < 0
				       ? 1
				       : truth(tsv_cell(r->t, r->expected));

		if (accuracy_where(r->t, where, e) && expected >= 0)
			rc = add_pair(r, expected, e);
		if (e->code)
			return e->code;
	}
	if (r->pair.failed || r->entry.failed)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	return rc;
}

static void score_pair(struct accuracy *out, const struct pairs_options *o,
		       const struct pair *p, const struct watch_entry *n)
{
	static struct watch_pair_scratch tmp;
	struct watch_query q = { .birth = p->born };
	struct watch_match m;
	struct str surname, given;
	unsigned int score;

	accuracy_name(p->carried, &surname, &given);
	watch_query_add_name(&q, surname, given);
	watch_pair(&m, &tmp, &q, n);
	score = m.line[WATCH_BIRTH].verdict == WATCH_DISAGREE ? 0
							      : m.name.score;
	accuracy_add(out, accuracy_script(p->carried, p->listed), score,
		     p->expected);
	if (o->print && (int)score >= o->from && (int)score <= o->to)
		printf("%4u %-3s " STR_FMT " | " STR_FMT "\n", score,
		       p->expected ? "yes" : "no", STR_ARG(p->carried),
		       STR_ARG(p->listed));
}

static int score_rows(struct accuracy *out, struct reading *r,
		      const struct pairs_options *o, struct err *e)
{
	struct watch_list list = {
		.sheet = { .id = STR("pairs"),
			   .from = { 1, 1, 1 },
			   .until = { 9999, 12, 31 },
			   .threshold = SHEET_THRESHOLD },
		.entries = (void *)r->entry.data,
		.nr_entries = r->nr,
	};
	const struct pair *pair = (const void *)r->pair.data;
	struct buf snapshot = { .data = NULL };
	int rc;

	/* for the weights that it gives the names */
	rc = watchlist_build(&snapshot, &list, 1, e);
	for (uint32_t i = 0; i < r->nr && rc == 0; i++)
		score_pair(out, o, &pair[i], &list.entries[i]);
	buf_release(&snapshot);
	return rc;
}

int accuracy_of_pairs(struct accuracy *out, struct tsv *t,
		      const struct pairs_options *o, struct err *e)
{
	struct reading r = { .t = t };
	int rc = read_rows(&r, o->where, e);

	if (rc == 0)
		rc = score_rows(out, &r, o, e);
	arena_release(&r.arena);
	buf_release(&r.pair);
	buf_release(&r.entry);
	return rc;
}
