#include "watchlist/self_test.h"

#include "watchlist/match.h"

#include <stdlib.h>

enum { FOUND = 1024 }; /* matches looked through */

struct test {
	const struct watchlist *wl;
	struct watchlist_scratch *scratch;
	struct watch_pair_scratch pair;
	struct arena arena;
	struct watch_match found[FOUND];
};

static bool is_found(struct test *t, const struct watch_query *q, uint32_t at)
{
	uint32_t nr = watchlist_match(t->wl, t->scratch, q, t->found, FOUND);

	if (nr > FOUND)
		return true; /* somewhere among so many */
	for (uint32_t i = 0; i < nr; i++)
		if (t->found[i].entry == at)
			return true;
	return false;
}

static int ask(struct test *t, const struct watch_query *q,
	       const struct watch_entry *n, uint32_t at, struct err *e)
{
	struct watch_match m;

	if (!watch_pair(&m, &t->pair, q, n) || is_found(t, q, at))
		return 0;
	return err_at(e, ERR_INTEGRITY, 0,
		      "the snapshot does not find its own entry '" STR_FMT
		      "' of list '" STR_FMT "'; build it again",
		      STR_ARG(n->id), STR_ARG(n->list));
}

/* By each name with the first birth date, and by each document. */
static int test_entry(struct test *t, uint32_t at, struct err *e)
{
	struct watch_query q = { 0 };
	struct watch_entry n;

	arena_clear(&t->arena);
	watchlist_entry(t->wl, at, &t->arena, &n);
	for (uint32_t i = 0; i < n.nr_names && !e->code; i++) {
		q = (struct watch_query){ 0 };
		watch_query_add_name(&q, n.names[i].surname, n.names[i].given);
		if (n.nr_births)
			q.birth = date_from_days(n.births[0].from);
		(void)!ask(t, &q, &n, at, e);
	}
	for (uint32_t i = 0; i < n.nr_documents && !e->code; i++) {
		const struct watch_document *d = &n.documents[i];

		q = (struct watch_query){ 0 };
		watch_query_add_document(
			&q, (struct str){ d->number.text, d->number.len },
			d->issuer);
		(void)!ask(t, &q, &n, at, e);
	}
	return e->code;
}

int watchlist_self_test(const struct watchlist *wl, struct err *e)
{
	struct test *t = calloc(1, sizeof(*t));
	uint32_t step = wl->nr_entry / SELF_TEST_ENTRIES + 1;

	if (!t)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	t->wl = wl;
	if (!watchlist_scratch_new(&t->scratch, wl, e))
		for (uint32_t i = 0; i < wl->nr_entry && !e->code; i += step)
			(void)!test_entry(t, i, e);
	watchlist_scratch_free(t->scratch);
	arena_release(&t->arena);
	free(t);
	return e->code;
}
