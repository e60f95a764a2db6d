#include "watchlist/verify.h"

#include "watchlist/verify_dice.h"

#include <stdlib.h>
#include <string.h>

enum {
	FOUND = 1 << 16, /* most matches that are compared one by one */
	FORMS = 1 << 14, /* names whose forms are kept */
};

/* A snapshot, and what the search found in it. */
struct side {
	const struct watchlist *wl;
	struct watchlist_scratch *tmp;
	struct watch_match *found; /* FOUND */
	uint32_t nr;
	uint32_t *at; /* of an entry in found[]: plus one */
};

struct verify {
	const struct watchlist *wl; /* the first side's */
	struct side side[VERIFY_SIDES];
	uint32_t nr_side;
	sig_filter_fn *filter;
	struct verify_dice dice;
	struct watch_pair_scratch plain;
	struct watch_entry *entry;
	struct name_form *form; /* by name; NULL: too many */
	struct arena arena;	/* entries */
};

static int keep_forms(struct verify *v)
{
	const struct watchlist *wl = v->wl;

	if (wl->nr_name > FORMS)
		return 0;
	v->form = calloc((size_t)wl->nr_name + 1, sizeof(*v->form));
	v->entry =
		arena_alloc(&v->arena, (wl->nr_entry + 1) * sizeof(*v->entry));
	if (!v->form)
		return ERR_NOMEM;
	for (uint32_t i = 0; i < wl->nr_entry; i++) {
		struct watch_entry *n = &v->entry[i];

		watchlist_entry(wl, i, &v->arena, n);
		for (uint32_t k = 0; k < n->nr_names; k++)
			name_normalise(&v->form[wl->entry[i].first_name + k],
				       n->names[k].surname, n->names[k].given,
				       NAME_LISTED);
	}
	return 0;
}

int verify_add(struct verify *v, const struct watchlist *wl, struct err *e)
{
	struct side *s = &v->side[v->nr_side];

	s->found = calloc(FOUND, sizeof(*s->found));
	s->at = calloc((size_t)wl->nr_entry + 1, sizeof(*s->at));
	s->wl = wl;
	v->nr_side++;
	if (!s->found || !s->at)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	return watchlist_scratch_with(&s->tmp, wl, v->filter, e);
}

int verify_new(struct verify **out, const struct watchlist *wl,
	       sig_filter_fn *filter, uint64_t seed, struct err *e)
{
	struct verify *v = calloc(1, sizeof(*v));

	if (!v)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	v->wl = wl;
	v->filter = filter;
	verify_dice_seed(&v->dice, seed);
	if (keep_forms(v) < 0)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	if (e->code || verify_add(v, wl, e)) {
		verify_free(v);
		return e->code;
	}
	*out = v;
	return 0;
}

void verify_free(struct verify *v)
{
	if (!v)
		return;
	for (uint32_t i = 0; i < v->nr_side; i++) {
		watchlist_scratch_free(v->side[i].tmp);
		free(v->side[i].found);
		free(v->side[i].at);
	}
	free(v->form);
	arena_release(&v->arena);
	free(v);
}

void verify_query(struct watch_query *q, struct verify *v, struct arena *a)
{
	*q = (struct watch_query){ .sex = 0 };
	if (v->wl->nr_entry)
		verify_dice_query(&v->dice, q, v->wl, a);
}

static bool same_line(const struct watch_line *a, const struct watch_line *b)
{
	return a->verdict == b->verdict && a->points == b->points;
}

static bool same_match(const struct watch_match *a, const struct watch_match *b)
{
	bool same = a->class == b->class && a->total == b->total &&
		    a->carried_name == b->carried_name &&
		    a->listed_name == b->listed_name &&
		    memcmp(&a->name, &b->name, sizeof(a->name)) == 0;

	for (int i = 0; i < WATCH_FEATURES; i++)
		same = same && same_line(&a->line[i], &b->line[i]);
	return same;
}

/* Brute force for entry `i`. */
static bool pair(struct verify *v, const struct watch_query *q, uint32_t i,
		 struct watch_match *m)
{
	struct arena a = { 0 };
	struct watch_entry n;
	bool is;

	if (v->form)
		return watch_pair_of_forms(
			m, &v->plain.name, q, &v->plain.carried, &v->entry[i],
			&v->form[v->wl->entry[i].first_name]);
	watchlist_entry(v->wl, i, &a, &n);
	is = watch_pair(m, &v->plain, q, &n);
	arena_release(&a);
	return is;
}

/* Does the birth date rule it out? With documents it takes watch_pair(). */
static bool is_ruled_out(const struct verify *v, const struct watch_query *q,
			 uint32_t i)
{
	const struct snap_entry *n = &v->wl->entry[i];

	return !(q->nr_documents && n->nr_documents) &&
	       birth_compare_set(q->birth, v->wl->birth + n->first_birth,
				 n->nr_births) == WATCH_DISAGREE;
}

static int differs(struct err *e, const struct side *s, uint32_t i,
		   const struct watch_match *m, const char *how)
{
	return err_at(e, ERR_INTEGRITY, 0,
		      "entry '" STR_FMT "' %s (class %s, score %u): the index "
		      "is wrong; report it, and build the snapshot again",
		      STR_ARG(watchlist_text(s->wl, s->wl->entry[i].id)), how,
		      watch_class_word(m->class), m->name.score);
}

/* Brute force says that entry `i` is such a match, or none: what it says of
 * the first side, or that by another's threshold. */
static int compare_one(struct side *s, uint32_t i, bool is,
		       const struct watch_match *m, struct err *e)
{
	const struct watch_match *f = s->at[i] ? &s->found[s->at[i] - 1] : NULL;

	if (is && !f)
		return differs(e, s, i, m, "is not found");
	if (!is && f)
		return differs(e, s, i, f, "is found, but no match");
	if (is && !same_match(f, m))
		return differs(e, s, i, m, "is found otherwise");
	s->nr -= is;
	return 0;
}

static bool is_match_at(const struct side *s, uint32_t i, struct watch_match *m)
{
	const struct snap_list *l = &s->wl->list[s->wl->entry[i].list];

	return watch_grade(m, l->threshold) && watch_is_wanted(m, l->least);
}

/* Each pair once; all of the searches' matches are to be met. */
static int compare_all(struct verify *v, const struct watch_query *q,
		       struct err *e)
{
	struct watch_match m = { .class = WATCH_NO_MATCH };

	for (uint32_t i = 0; i < v->wl->nr_entry && !e->code; i++) {
		bool may = !is_ruled_out(v, q, i);
		bool is = may && pair(v, q, i, &m);

		(void)!compare_one(&v->side[0], i, is, &m, e);
		for (uint32_t k = 1; k < v->nr_side && !e->code; k++) {
			is = may && is_match_at(&v->side[k], i, &m);
			(void)!compare_one(&v->side[k], i, is, &m, e);
		}
	}
	for (uint32_t k = 0; k < v->nr_side && !e->code; k++)
		if (v->side[k].nr)
			return err_at(e, ERR_INTEGRITY, 0,
				      "the search gives %u matches twice",
				      v->side[k].nr);
	return e->code;
}

static int search(struct side *s, const struct watch_query *q, struct err *e)
{
	s->nr = watchlist_match(s->wl, s->tmp, q, s->found, FOUND);
	/* and once more: the memo's answer */
	if (watchlist_match(s->wl, s->tmp, q, s->found, FOUND) != s->nr)
		return err_at(e, ERR_INTEGRITY, 0,
			      "asked twice, the search answers otherwise");
	if (s->nr > FOUND)
		return err_at(e, ERR_LIMIT, 0,
			      "more than %d matches for one query", FOUND);
	return 0;
}

int verify_compare(struct verify *v, const struct watch_query *q, struct err *e)
{
	uint32_t nr[VERIFY_SIDES], all = 0;

	for (uint32_t k = 0; k < v->nr_side; k++) {
		if (search(&v->side[k], q, e))
			return e->code;
		nr[k] = v->side[k].nr;
		all += nr[k];
	}
	for (uint32_t k = 0; k < v->nr_side; k++)
		for (uint32_t i = 0; i < nr[k]; i++)
			v->side[k].at[v->side[k].found[i].entry] = i + 1;
	watch_forms_make(&v->plain.carried, q);
	(void)!compare_all(v, q, e);
	for (uint32_t k = 0; k < v->nr_side; k++)
		for (uint32_t i = 0; i < nr[k]; i++)
			v->side[k].at[v->side[k].found[i].entry] = 0;
	return e->code ? e->code : (int)all;
}
