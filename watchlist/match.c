#include "watchlist/match.h"

#include <stdlib.h>
#include <string.h>

enum { SEEN_KEYS = QUERY_NAMES * NAME_UNITS * NAME_KEYS };

struct watchlist_scratch {
	struct watch_forms carried;
	struct name_form listed;
	struct name_scratch name;
	uint16_t *best;	   /* by text: most like it of the query's keys */
	uint8_t *document; /* by entry: enum watch_verdict */
	struct {
		const struct name_key *key;
		bool stub;
	} seen[SEEN_KEYS]; /* distinct keys of the query */
	uint32_t nr_seen;
};

int watchlist_scratch_new(struct watchlist_scratch **out,
			  const struct watchlist *wl, struct err *e)
{
	struct watchlist_scratch *t = calloc(1, sizeof(*t));

	if (t) {
		t->best = calloc((size_t)wl->nr_text + 1, sizeof(*t->best));
		t->document = calloc((size_t)wl->nr_entry + 1, 1);
	}
	if (!t || !t->best || !t->document) {
		watchlist_scratch_free(t);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	*out = t;
	return 0;
}

void watchlist_scratch_free(struct watchlist_scratch *tmp)
{
	if (!tmp)
		return;
	free(tmp->best);
	free(tmp->document);
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
	memset(t->document, WATCH_UNKNOWN, wl->nr_entry);
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

			if (*known == WATCH_UNKNOWN || v < *known)
				*known = (uint8_t)v;
		}
	}
}

static void see_key(struct watchlist_scratch *t, const struct name_key *k,
		    bool stub)
{
	for (uint32_t i = 0; i < t->nr_seen; i++)
		if (t->seen[i].stub == stub &&
		    str_eq(t->seen[i].key->text, k->text))
			return;
	t->seen[t->nr_seen].key = k;
	t->seen[t->nr_seen++].stub = stub;
}

/* Each distinct key of the query against each distinct text of the lists. */
static void compare_texts(const struct watchlist *wl,
			  struct watchlist_scratch *t)
{
	t->nr_seen = 0;
	for (uint32_t f = 0; f < t->carried.nr; f++) {
		const struct name_form *form = &t->carried.form[f];

		for (uint8_t u = 0; u < form->nr_units; u++)
			for (uint8_t k = 0; k < form->unit[u].nr_keys; k++)
				see_key(t, &form->unit[u].key[k],
					form->unit[u].stub);
	}
	for (uint32_t i = 0; i < wl->nr_text; i++) {
		const struct name_key text = {
			.text = watchlist_text(wl, wl->text[i].text),
			.sig = wl->text[i].sig,
		};
		unsigned int best = 0;

		for (uint32_t k = 0; k < t->nr_seen; k++) {
			unsigned int s = text_similarity(t->seen[k].key, &text,
							 t->seen[k].stub);

			if (s > best)
				best = s;
		}
		t->best[i] = (uint16_t)best;
	}
}

/*
 * The most that a name can score with any form of the query: each token as
 * like as the best text of a unit that covers it.
 */
static unsigned int name_bound(const struct watchlist *wl,
			       const struct watchlist_scratch *t,
			       const struct snap_name *n)
{
	uint16_t token[NAME_TOKENS] = { 0 };
	uint32_t reached = 0, all = 0;

	for (uint8_t i = 0; i < n->nr_units; i++) {
		const struct snap_unit *u = &wl->unit[n->first_unit + i];
		uint16_t best = 0;

		for (uint8_t k = 0; k < u->nr_keys; k++) {
			uint16_t b = t->best[wl->key[u->first_key + k].text];

			if (b > best)
				best = b;
		}
		for (uint8_t k = 0; best && k < n->nr_tokens; k++)
			if (u->mask >> k & 1 && best > token[k])
				token[k] = best;
	}
	for (uint8_t i = 0; i < n->nr_tokens; i++) {
		reached += (uint32_t)n->weight[i] * token[i];
		all += n->weight[i];
	}
	return name_score_bound(reached, all);
}

static bool is_cut(const struct watchlist_scratch *t)
{
	for (uint32_t i = 0; i < t->carried.nr; i++)
		if (t->carried.form[i].cut[NAME_SURNAME] ||
		    t->carried.form[i].cut[NAME_GIVEN])
			return true;
	return false;
}

static void score_names(const struct watchlist *wl, struct watchlist_scratch *t,
			const struct snap_entry *n, unsigned int least,
			bool may_skip, struct watch_match *m)
{
	struct name_score s;

	for (uint32_t k = 0; k < n->nr_names; k++) {
		const struct snap_name *name = &wl->name[n->first_name + k];

		if (may_skip && name_bound(wl, t, name) < least)
			continue;
		watchlist_name(wl, n->first_name + k, &t->listed);
		for (uint32_t i = 0; i < t->carried.nr; i++) {
			name_score(&s, &t->name, &t->carried.form[i],
				   &t->listed, name->weight);
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

/* Entry `at`; false when it is no match. */
static bool match_entry(const struct watchlist *wl, struct watchlist_scratch *t,
			const struct watch_query *q, uint32_t at, bool cut,
			struct watch_match *m)
{
	const struct snap_entry *n = &wl->entry[at];
	unsigned int threshold = wl->list[n->list].threshold;
	enum watch_verdict birth = birth_compare_set(
		q->birth, wl->birth + n->first_birth, n->nr_births);
	bool document = t->document[at] == WATCH_AGREE;

	if (birth == WATCH_DISAGREE && !document)
		return false;
	memset(m, 0, sizeof(*m));
	m->entry = at;
	score_names(wl, t, n, threshold, !cut && !document, m);
	if (m->name.score < threshold && !document)
		return false;
	m->line[WATCH_BIRTH].verdict = (uint8_t)birth;
	m->line[WATCH_SEX].verdict = (uint8_t)watch_sex(q->sex, (char)n->sex);
	m->line[WATCH_NATIONALITY].verdict = (uint8_t)compare_nations(wl, q, n);
	m->line[WATCH_DOCUMENT].verdict = t->document[at];
	if (t->document[at] == WATCH_UNKNOWN && q->nr_documents &&
	    n->nr_documents)
		m->line[WATCH_DOCUMENT].verdict = WATCH_DISAGREE;
	return watch_grade(m, threshold);
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

uint32_t watchlist_match(const struct watchlist *wl,
			 struct watchlist_scratch *tmp,
			 const struct watch_query *q, struct watch_match *out,
			 uint32_t cap)
{
	struct watch_match m;
	uint32_t nr = 0;
	bool cut;

	watch_forms_make(&tmp->carried, q);
	find_documents(wl, tmp, q);
	compare_texts(wl, tmp);
	cut = is_cut(tmp);
	for (uint32_t i = 0; i < wl->nr_entry; i++)
		if (match_entry(wl, tmp, q, i, cut, &m))
			keep(out, nr++, cap, &m);
	return nr;
}
