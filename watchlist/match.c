#include "watchlist/match.h"

#include "watchlist/memo.h"
#include "watchlist/nation.h"
#include "watchlist/search.h"

#include <stdlib.h>
#include <string.h>

enum { EVALUATED = 0x80 }; /* of an entry's first name, beside the forms */

_Static_assert(QUERY_NAMES < 8, "a bit for each form, and one beside");

struct watchlist_scratch {
	struct watch_forms carried;
	struct name_form listed;
	struct name_scratch name;
	struct search search;
	struct memo *memo;
	struct memo_key key; /* of the query in hand */
	uint8_t *document;   /* by entry: enum watch_verdict */
	uint32_t *touched;   /* entries with one of the query's documents */
	uint32_t nr_touched;
};

int watchlist_scratch_new(struct watchlist_scratch **out,
			  const struct watchlist *wl, struct err *e)
{
	return watchlist_scratch_with(out, wl, sig_filter_best(), e);
}

int watchlist_scratch_with(struct watchlist_scratch **out,
			   const struct watchlist *wl, sig_filter_fn *filter,
			   struct err *e)
{
	struct watchlist_scratch *t = calloc(1, sizeof(*t));

	if (!t)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (search_init(&t->search, wl, filter, e) < 0) {
		free(t);
		return e->code;
	}
	t->document = calloc((size_t)wl->nr_entry + 1, 1);
	t->touched = calloc((size_t)wl->nr_entry + 1, sizeof(*t->touched));
	t->memo = memo_new();
	if (!t->document || !t->touched || !t->memo) {
		watchlist_scratch_free(t);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	*out = t;
	return 0;
}

void watchlist_scratch_clear(struct watchlist_scratch *tmp, bool all)
{
	memo_clear(tmp->memo);
	if (all)
		similar_cache_clear(tmp->search.cache);
}

void watchlist_scratch_free(struct watchlist_scratch *tmp)
{
	if (!tmp)
		return;
	search_release(&tmp->search);
	free(tmp->document);
	free(tmp->touched);
	memo_free(tmp->memo);
	free(tmp);
}

static struct str nation_view(const struct snap_nation *n)
{
	return (struct str){ n->code, strlen(n->code) };
}

/* Entries that have one of the query's documents, by the hash of numbers. */
static void find_documents(const struct watchlist *wl,
			   struct watchlist_scratch *t,
			   const struct watch_query *q)
{
	t->nr_touched = 0;
	for (uint32_t i = 0; i < q->nr_documents; i++) {
		const struct watch_document *mine = &q->document[i];
		uint32_t at = document_hash(mine->number);

		for (at &= wl->nr_slot - 1; wl->slot[at];
		     at = (at + 1) & (wl->nr_slot - 1)) {
			const struct snap_document *d =
				&wl->document[wl->slot[at] - 1];
			enum watch_verdict v = document_compare(
				mine->number, mine->issuer,
				document_canonical(
					watchlist_text(wl, d->number)),
				nation_view(&d->issuer));
			uint8_t *known = &t->document[d->entry];

			if (*known == WATCH_UNKNOWN)
				t->touched[t->nr_touched++] = d->entry;
			if (*known == WATCH_UNKNOWN || v < *known)
				*known = (uint8_t)v;
		}
	}
}

/* Its document may make it a match, whatever the search found. */
static bool is_by_document(const struct watchlist_scratch *t, uint32_t at)
{
	return t->document[at] == WATCH_AGREE ||
	       t->document[at] == WATCH_PARTIAL;
}

/* Score those of the entry's names that the search found with a form, or else
 * all others. */
static void score_names(const struct watchlist *wl, struct watchlist_scratch *t,
			const struct snap_entry *n, bool found,
			struct watch_match *m)
{
	uint16_t weight[NAME_TOKENS];
	struct name_score s;

	for (uint32_t k = 0; k < n->nr_names; k++) {
		uint32_t name = n->first_name + k;
		unsigned int forms = t->search.passed[name] & (EVALUATED - 1);

		if (!found)
			forms ^= (1u << t->carried.nr) - 1;
		if (!forms)
			continue;
		watchlist_name(wl, name, &t->listed);
		watchlist_weights(wl, name, weight);
		for (uint32_t i = 0; i < t->carried.nr; i++) {
			if (!(forms >> i & 1))
				continue;
			name_score(&s, &t->name, &t->carried.form[i],
				   &t->listed, weight);
			if (!watch_name_better(&s, i, k, m))
				continue;
			m->name = s;
			m->carried_name = i;
			m->listed_name = k;
		}
	}
}

static enum watch_verdict compare_nations(const struct watchlist *wl,
					  const struct watch_query *q,
					  const struct snap_entry *n)
{
	struct str listed[UINT8_MAX];

	for (uint8_t i = 0; i < n->nr_nations; i++)
		listed[i] = nation_view(&wl->nation[n->first_nation + i]);
	return watch_nationality(q->nationality, q->nr_nationalities, listed,
				 n->nr_nations);
}

static void compare_features(const struct watchlist *wl,
			     const struct watchlist_scratch *t,
			     const struct watch_query *q, uint32_t at,
			     struct watch_match *m)
{
	const struct snap_entry *n = &wl->entry[at];

	m->line[WATCH_SEX].verdict = (uint8_t)watch_sex(q->sex, (char)n->sex);
	m->line[WATCH_NATIONALITY].verdict = (uint8_t)compare_nations(wl, q, n);
	m->line[WATCH_DOCUMENT].verdict = t->document[at];
	if (t->document[at] == WATCH_UNKNOWN && q->nr_documents &&
	    n->nr_documents)
		m->line[WATCH_DOCUMENT].verdict = WATCH_DISAGREE;
}

/*
 * Entry `at`; false when it is no match. Of one found by its document every
 * name counts. Of another those that the search found with a form: the rest is
 * below what is needed. By a name alone it needs to be rare as well, so one
 * that the search passed over may be more like, and too frequent: but only
 * where there is a match without it.
 */
static bool match_entry(const struct watchlist *wl, struct watchlist_scratch *t,
			const struct watch_query *q, uint32_t at,
			struct watch_match *m)
{
	const struct snap_entry *n = &wl->entry[at];
	unsigned int threshold = wl->list[n->list].threshold;
	enum watch_verdict document = t->document[at];
	enum watch_verdict birth = birth_compare_set(
		q->birth, wl->birth + n->first_birth, n->nr_births);

	if (birth == WATCH_DISAGREE && document != WATCH_AGREE)
		return false;
	memset(m, 0, sizeof(*m));
	m->entry = at;
	score_names(wl, t, n, true, m);
	if (is_by_document(t, at))
		score_names(wl, t, n, false, m);
	if (m->name.score < threshold && document != WATCH_AGREE)
		return false;
	m->line[WATCH_BIRTH].verdict = (uint8_t)birth;
	compare_features(wl, t, q, at, m);
	watch_place_line(m, threshold, q, watchlist_text(wl, n->birth_place));
	if (!watch_grade(m, threshold))
		return false;
	if (birth == WATCH_UNKNOWN && !is_by_document(t, at)) {
		score_names(wl, t, n, false, m);
		if (!watch_grade(m, threshold))
			return false;
	}
	return watch_is_wanted(m, wl->list[n->list].least);
}

/* Does `a` come before `b`? Entries stand by list and id already. */
static bool comes_first(const struct watch_match *a,
			const struct watch_match *b)
{
	if (a->class != b->class)
		return a->class < b->class;
	if (a->name.score != b->name.score)
		return a->name.score > b->name.score;
	return a->entry < b->entry;
}

static void keep(struct watch_match *out, uint32_t nr, uint32_t cap,
		 const struct watch_match *m)
{
	uint32_t at = nr < cap ? nr : cap;

	if (at == cap && !comes_first(m, &out[cap - 1]))
		return;
	if (at == cap)
		at--;
	for (; at > 0 && comes_first(m, &out[at - 1]); at--)
		out[at] = out[at - 1];
	out[at] = *m;
}

static uint32_t take_entry(const struct watchlist *wl,
			   struct watchlist_scratch *t,
			   const struct watch_query *q, uint32_t at,
			   struct watch_match *out, uint32_t cap, uint32_t nr)
{
	struct watch_match m;

	if (match_entry(wl, t, q, at, &m))
		keep(out, nr++, cap, &m);
	return nr;
}

static uint32_t search_all(const struct watchlist *wl,
			   struct watchlist_scratch *tmp,
			   const struct watch_query *q, struct watch_match *out,
			   uint32_t cap)
{
	struct search *s = &tmp->search;
	uint32_t nr = 0;

	watch_forms_make(&tmp->carried, q);
	find_documents(wl, tmp, q);
	search_begin(s, q);
	for (uint32_t i = 0; i < tmp->carried.nr; i++)
		search_form(s, &tmp->carried.form[i], i);
	for (uint32_t i = 0; i < s->nr_name; i++) {
		uint32_t at = wl->name[s->name[i]].entry;
		uint8_t *first = &s->passed[wl->entry[at].first_name];

		if (*first & EVALUATED)
			continue;
		*first |= EVALUATED;
		if (!is_by_document(tmp, at))
			nr = take_entry(wl, tmp, q, at, out, cap, nr);
	}
	for (uint32_t i = 0; i < tmp->nr_touched; i++)
		if (is_by_document(tmp, tmp->touched[i]))
			nr = take_entry(wl, tmp, q, tmp->touched[i], out, cap,
					nr);
	for (uint32_t i = 0; i < s->nr_name; i++)
		s->passed[wl->entry[wl->name[s->name[i]].entry].first_name] = 0;
	search_end(s);
	for (uint32_t i = 0; i < tmp->nr_touched; i++)
		tmp->document[tmp->touched[i]] = WATCH_UNKNOWN;
	return nr;
}

uint32_t watchlist_match(const struct watchlist *wl,
			 struct watchlist_scratch *tmp,
			 const struct watch_query *q, struct watch_match *out,
			 uint32_t cap)
{
	uint32_t nr;

	memo_key_make(&tmp->key, q);
	if (memo_get(tmp->memo, &tmp->key, out, cap, &nr))
		return nr;
	nr = search_all(wl, tmp, q, out, cap);
	if (nr <= cap)
		memo_put(tmp->memo, &tmp->key, out, nr);
	return nr;
}
