#include "watchlist/verify.h"

#include "watchlist/verify_dice.h"

#include <stdlib.h>
#include <string.h>

enum {
	FOUND = 1 << 16, /* most matches that are compared one by one */
	FORMS = 1 << 14, /* names whose forms are kept */
};

struct verify {
	const struct watchlist *wl;
	struct watchlist_scratch *tmp;
	struct verify_dice dice;
	struct watch_pair_scratch plain;
	struct watch_match *found; /* FOUND */
	uint32_t *at;		   /* of an entry in found[]: plus one */
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

int verify_new(struct verify **out, const struct watchlist *wl,
	       sig_filter_fn *filter, uint64_t seed, struct err *e)
{
	struct verify *v = calloc(1, sizeof(*v));

	if (!v)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	v->wl = wl;
	verify_dice_seed(&v->dice, seed);
	v->found = calloc(FOUND, sizeof(*v->found));
	v->at = calloc((size_t)wl->nr_entry + 1, sizeof(*v->at));
	if (!v->found || !v->at || keep_forms(v) < 0 ||
	    watchlist_scratch_with(&v->tmp, wl, filter, e) < 0) {
		verify_free(v);
		return e->code ? e->code
			       : err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	*out = v;
	return 0;
}

void verify_free(struct verify *v)
{
	if (!v)
		return;
	watchlist_scratch_free(v->tmp);
	free(v->found);
	free(v->at);
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

static int differs(struct err *e, const struct verify *v, uint32_t i,
		   const struct watch_match *m, const char *how)
{
	return err_at(e, ERR_INTEGRITY, 0,
		      "entry '" STR_FMT "' %s (class %s, score %u): the index "
		      "is wrong; report it, and build the snapshot again",
		      STR_ARG(watchlist_text(v->wl, v->wl->entry[i].id)), how,
		      watch_class_word(m->class), m->name.score);
}

/* Each pair once; `left` of the search's matches are to be met. */
static int compare_all(struct verify *v, const struct watch_query *q,
		       uint32_t left, struct err *e)
{
	struct watch_match m;

	for (uint32_t i = 0; i < v->wl->nr_entry; i++) {
		const struct watch_match *f =
			v->at[i] ? &v->found[v->at[i] - 1] : NULL;
		bool is = !is_ruled_out(v, q, i) && pair(v, q, i, &m);

		if (is && !f)
			return differs(e, v, i, &m, "is not found");
		if (!is && f)
			return differs(e, v, i, f, "is found, but no match");
		if (is && !same_match(f, &m))
			return differs(e, v, i, &m, "is found otherwise");
		left -= is;
	}
	if (left)
		return err_at(e, ERR_INTEGRITY, 0,
			      "the search gives %u matches twice", left);
	return 0;
}

int verify_compare(struct verify *v, const struct watch_query *q, struct err *e)
{
	uint32_t nr = watchlist_match(v->wl, v->tmp, q, v->found, FOUND);
	int rc;

	/* and once more: the memo's answer */
	if (watchlist_match(v->wl, v->tmp, q, v->found, FOUND) != nr)
		return err_at(e, ERR_INTEGRITY, 0,
			      "asked twice, the search answers otherwise");

	if (nr > FOUND)
		return err_at(e, ERR_LIMIT, 0,
			      "more than %d matches for one query", FOUND);
	for (uint32_t i = 0; i < nr; i++)
		v->at[v->found[i].entry] = i + 1;
	watch_forms_make(&v->plain.carried, q);
	rc = compare_all(v, q, nr, e);
	for (uint32_t i = 0; i < nr; i++)
		v->at[v->found[i].entry] = 0;
	return rc < 0 ? rc : (int)nr;
}
