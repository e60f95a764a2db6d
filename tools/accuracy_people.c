#include "tools/accuracy_people.h"

#include "tools/accuracy_pairs.h"

#include "base/country.h"

#include <ctype.h>
#include <stdio.h>

struct columns {
	int surname, given, middle, whole, birth, sex, nationality, place;
};

static void find_columns(struct columns *c, const struct tsv *t)
{
	c->surname = tsv_column(t, "surname|last_name");
	c->given = tsv_column(t, "given|first_name");
	c->middle = tsv_column(t, "middle_name");
	c->whole = tsv_column(t, "full_name|name");
	c->birth = tsv_column(t, "birth_date|date_of_birth");
	c->sex = tsv_column(t, "sex|gender");
	c->nationality = tsv_column(t, "nationality");
	c->place = tsv_column(t, "birth_place|place_of_birth");
}

static void read_name(struct watch_query *q, const struct tsv *t,
		      const struct columns *c, struct arena *a)
{
	struct str surname = tsv_cell(t, c->surname);
	struct str given = tsv_cell(t, c->given);
	struct str middle = tsv_cell(t, c->middle);

	if (str_empty(surname) && str_empty(given))
		accuracy_name(tsv_cell(t, c->whole), &surname, &given);
	else if (!str_empty(middle))
		given = arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(given),
				  STR_ARG(middle));
	watch_query_add_name(q, surname, given);
}

static void read_query(struct watch_query *q, const struct tsv *t,
		       const struct columns *c, struct arena *a)
{
	struct str sex = tsv_cell(t, c->sex);
	struct str nation = tsv_cell(t, c->nationality);

	*q = (struct watch_query){ .sex = 0 };
	read_name(q, t, c, a);
	if (!date_read(tsv_cell(t, c->birth), &q->birth))
		q->birth = DATE_NONE;
	if (sex.len)
		q->sex = (char)toupper((unsigned char)sex.ptr[0]);
	if (!strchr("MFX", q->sex))
		q->sex = 0;
	q->birth_place = tsv_cell(t, c->place);
	watch_query_add_nationality(q, nation);
	if (q->nr_nationalities == 0 && !str_empty(nation))
		watch_query_add_nationality(q, country_of_name(nation));
}

static void ask(struct people_count *out, const struct watchlist *wl,
		struct watchlist_scratch *tmp, const struct watch_query *q,
		uint32_t line, bool print)
{
	struct watch_match m;
	uint32_t nr = watchlist_match(wl, tmp, q, &m, 1);

	out->asked++;
	if (nr == 0)
		return;
	out->matched[m.class]++;
	if (print)
		printf("line %u: class %s, score %u, entry " STR_FMT "\n", line,
		       watch_class_word(m.class), m.name.score,
		       STR_ARG(watchlist_text(wl, wl->entry[m.entry].id)));
}

int accuracy_of_people(struct people_count *out, struct tsv *t,
		       const struct watchlist *wl, struct str where, bool print,
		       struct err *e)
{
	struct watchlist_scratch *tmp = NULL;
	struct arena a = { 0 };
	struct columns c;
	struct watch_query q;
	int rc;

	find_columns(&c, t);
	if (c.surname < 0 && c.whole < 0)
		return err_at(e, ERR_SYNTAX, 0,
			      "there is neither a column 'surname' nor 'name'");
	rc = watchlist_scratch_new(&tmp, wl, e);
	while (rc == 0 && tsv_next(t)) {
		if (accuracy_where(t, where, e)) {
			arena_clear(&a);
			read_query(&q, t, &c, &a);
			ask(out, wl, tmp, &q, t->line, print);
		}
		if (e->code)
			rc = e->code;
	}
	watchlist_scratch_free(tmp);
	arena_release(&a);
	return rc;
}
