#include "engine/screen.h"

#include "base/buf.h"
#include "engine/evidence.h"
#include "engine/false_match.h"
#include "rules/cost.h"
#include "rules/profile_set.h"
#include "watchlist/match.h"
#include "watchlist/query.h"

#include <stdlib.h>
#include <string.h>

/* Room for one traveller's; the rare one with more gets it from the arena. */
enum {
	VERDICTS = 32, /* profiles that hit */
	MATCHES = 16,  /* list entries */
};

struct screen_scratch {
	struct rules_scratch *rules;
	const struct watchlist *base, *added; /* those below are of these */
	struct watchlist_scratch *base_scratch, *added_scratch;
	struct stage_clock *clock; /* NULL: not timed */
	struct verdict verdict[VERDICTS];
	struct watch_match match[MATCHES];
};

int screen_scratch_new(struct screen_scratch **out,
		       const struct screen_set *set, struct err *e)
{
	struct screen_scratch *tmp = calloc(1, sizeof(*tmp));
	struct scratch_swap none = { .ready = NULL };

	if (!tmp)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	if (rules_scratch_new(&tmp->rules, e) ||
	    screen_scratch_lists(tmp, set, &none, e)) {
		screen_scratch_free(tmp);
		return e->code;
	}
	*out = tmp;
	return 0;
}

/* A scratch for `to`: the old one, `ready`, or a new one; NULL for NULL. */
static int renew(struct watchlist_scratch **out, struct watchlist_scratch *old,
		 const struct watchlist *from, const struct watchlist *to,
		 struct watchlist_scratch *ready, struct err *e)
{
	*out = from == to ? old : ready;
	return *out || !to ? 0 : watchlist_scratch_new(out, to, e);
}

int screen_scratch_lists(struct screen_scratch *tmp,
			 const struct screen_set *set,
			 struct scratch_swap *swap, struct err *e)
{
	struct watchlist_scratch *base, *added;

	if (renew(&added, tmp->added_scratch, tmp->added, set->added, NULL, e))
		return e->code;
	if (renew(&base, tmp->base_scratch, tmp->base, set->watchlist,
		  swap->ready, e)) {
		if (added != tmp->added_scratch)
			watchlist_scratch_free(added);
		return e->code;
	}
	if (base == swap->ready)
		swap->ready = NULL;
	swap->worn[0] = base != tmp->base_scratch ? tmp->base_scratch : NULL;
	swap->worn[1] = added != tmp->added_scratch ? tmp->added_scratch : NULL;
	tmp->base = set->watchlist;
	tmp->added = set->added;
	tmp->base_scratch = base;
	tmp->added_scratch = added;
	return 0;
}

void screen_scratch_time(struct screen_scratch *tmp, struct stage_clock *c)
{
	tmp->clock = c;
}

void screen_scratch_measure(struct screen_scratch *tmp, struct rules_costs *c)
{
	rules_scratch_measure(tmp->rules, c);
}

uint64_t screen_scratch_regex_limits(const struct screen_scratch *tmp)
{
	return rules_scratch_regex_limits(tmp->rules);
}

void screen_scratch_free(struct screen_scratch *tmp)
{
	if (!tmp)
		return;
	rules_scratch_free(tmp->rules);
	watchlist_scratch_free(tmp->base_scratch);
	watchlist_scratch_free(tmp->added_scratch);
	free(tmp);
}

void screen_input_hash(uint8_t out[CRYPT_HASH_LEN],
		       const struct screen_set *set,
		       const struct screen_input *in, uint32_t semantics)
{
	struct str part[] = {
		{ (const char *)&semantics, sizeof(semantics) },
		in->pnr.header,
		in->pnr.slice,
		{ (const char *)&in->pnr.index, sizeof(in->pnr.index) },
		in->api.header,
		in->api.slice,
		{ (const char *)&in->api.index, sizeof(in->api.index) },
		{ (const char *)&in->screened_at.s, sizeof(int64_t) },
		{ (const char *)set->profiles_hash, CRYPT_HASH_LEN },
		{ (const char *)set->watchlist_hash, CRYPT_HASH_LEN },
		{ (const char *)set->reference_hash, CRYPT_HASH_LEN },
		set->country,
		{ (const char *)&set->watchlist_delta,
		  sizeof(set->watchlist_delta) },
		{ (const char *)in->past, sizeof(*in->past) },
	};
	/* without either as before there were any: old hits replay */
	size_t nr = ARRAY_SIZE(part) - !in->past -
		    (!in->past && !set->watchlist_delta);

	crypt_hash(out, "screen input", part, nr);
}

static struct hit *add_hit(struct hit_list *out, struct arena *a,
			   const uint8_t input_hash[CRYPT_HASH_LEN],
			   struct str evidence)
{
	struct hit *h = arena_push(a, &out->hit, &out->nr, sizeof(*h));

	h->evidence = evidence;
	crypt_hash(h->evidence_hash, "evidence", &evidence, 1);
	memcpy(h->input_hash, input_hash, CRYPT_HASH_LEN);
	return h;
}

/* All profiles that hit; none is dropped, however many. */
static const struct verdict *all_verdicts(uint32_t *nr,
					  const struct screen_set *set,
					  struct screen_scratch *tmp,
					  const struct subject *s,
					  struct arena *a)
{
	struct verdict *more;

	*nr = profile_set_eval(set->profiles, tmp->rules, s, tmp->verdict,
			       VERDICTS);
	if (*nr <= VERDICTS)
		return tmp->verdict;
	more = arena_alloc(a, *nr * sizeof(*more));
	profile_set_eval(set->profiles, tmp->rules, s, more, *nr);
	return more;
}

/* All entries that match in one of the two lists. */
static const struct watch_match *
all_matches(uint32_t *nr, const struct watchlist *wl,
	    struct watchlist_scratch *lists, struct screen_scratch *tmp,
	    const struct watch_query *q, struct arena *a)
{
	struct watch_match *more;

	*nr = watchlist_match(wl, lists, q, tmp->match, MATCHES);
	if (*nr <= MATCHES)
		return tmp->match;
	more = arena_alloc(a, *nr * sizeof(*more));
	watchlist_match(wl, lists, q, more, *nr);
	return more;
}

/* What is kept of a profile in shadow: which clauses, no value. */
static struct str outcomes_of(const struct screen_set *set,
			      struct screen_scratch *tmp,
			      const struct subject *s, const struct verdict *v,
			      struct arena *a)
{
	struct buf text = { 0 };
	struct str out;

	verdict_write_outcomes(&text, profile_set_context(set->profiles),
			       tmp->rules, s, v);
	out = arena_str(a, buf_view(&text));
	buf_release(&text);
	return out;
}

static void screen_profiles(struct hit_list *out, const struct screen_set *set,
			    struct screen_scratch *tmp,
			    const uint8_t input_hash[CRYPT_HASH_LEN],
			    struct arena *a)
{
	const struct verdict *verdict;
	uint32_t nr;

	if (!set->profiles)
		return;
	verdict = all_verdicts(&nr, set, tmp, &out->subject, a);
	for (uint32_t i = 0; i < nr; i++) {
		const struct verdict *v = &verdict[i];
		struct str evidence = evidence_of_profile(set, tmp->rules,
							  &out->subject, v, a);
		struct hit *h = add_hit(out, a, input_hash, evidence);

		h->kind = HIT_OF_PROFILE;
		h->source = v->profile->name;
		h->revision = (int32_t)v->profile->revision;
		h->score = v->score;
		h->draft = v->profile->state != PROFILE_LIVE;
		if (h->draft)
			h->outcomes =
				outcomes_of(set, tmp, &out->subject, v, a);
	}
}

static void add_match(struct hit_list *out, const struct watch_match *m,
		      const struct watch_query *q, const struct watch_entry *n,
		      const uint8_t input_hash[CRYPT_HASH_LEN], struct arena *a)
{
	struct hit *h = add_hit(out, a, input_hash,
				evidence_of_match(&out->subject, m, q, n, a));

	h->kind = HIT_OF_LIST;
	h->source = arena_fmt(a, STR_FMT ":" STR_FMT, STR_ARG(n->list),
			      STR_ARG(n->id));
	h->score = m->name.score;
	h->class = watch_class_word(m->class)[0];
	false_match_entry(h->entry_hash, n);
}

/* `hidden`: entries that do not count; NULL: all do. */
static void screen_list(struct hit_list *out, struct screen_scratch *tmp,
			const struct watchlist *wl,
			struct watchlist_scratch *lists, const uint8_t *hidden,
			const struct watch_query *q,
			const uint8_t input_hash[CRYPT_HASH_LEN],
			struct arena *a)
{
	const struct watch_match *match;
	uint32_t nr;

	if (!wl)
		return;
	match = all_matches(&nr, wl, lists, tmp, q, a);
	for (uint32_t i = 0; i < nr; i++) {
		struct watch_entry n;

		if (hidden && hidden[match[i].entry])
			continue;
		watchlist_entry(wl, match[i].entry, a, &n);
		add_match(out, &match[i], q, &n, input_hash, a);
	}
}

static void screen_lists(struct hit_list *out, const struct screen_set *set,
			 struct screen_scratch *tmp,
			 const uint8_t input_hash[CRYPT_HASH_LEN],
			 struct arena *a)
{
	struct watch_query q = { 0 };

	if (!set->watchlist)
		return;
	watch_query_of_traveller(&q, out->subject.traveller);
	screen_list(out, tmp, set->watchlist, tmp->base_scratch, set->hidden,
		    &q, input_hash, a);
	screen_list(out, tmp, set->added, tmp->added_scratch, NULL, &q,
		    input_hash, a);
}

static int by_source(const void *x, const void *y)
{
	const struct hit *a = x, *b = y;

	if (a->kind != b->kind)
		return (int)a->kind - (int)b->kind;
	return str_cmp(a->source, b->source);
}

/* What both ways of screening begin with. */
static int begin(struct hit_list *out, uint8_t input_hash[CRYPT_HASH_LEN],
		 const struct screen_set *set, const struct screen_input *in,
		 struct arena *a, struct err *e)
{
	*out = (struct hit_list){ 0 };
	if (in->hash)
		memcpy(input_hash, in->hash, CRYPT_HASH_LEN);
	else
		screen_input_hash(input_hash, set, in, SCREEN_SEMANTICS);
	if (in->subject)
		out->subject = *in->subject;
	else if (subject_build(&out->subject, &in->pnr, &in->api,
			       in->screened_at, in->cache, a, e))
		return e->code;
	out->subject.past = in->past;
	return 0;
}

int screen_traveller(struct hit_list *out, const struct screen_set *set,
		     struct screen_scratch *tmp, const struct screen_input *in,
		     struct arena *a, struct err *e)
{
	uint8_t input_hash[CRYPT_HASH_LEN];

	stage_enter(tmp->clock, STAGE_subject);
	if (begin(out, input_hash, set, in, a, e))
		return e->code;
	stage_enter(tmp->clock, STAGE_profiles);
	screen_profiles(out, set, tmp, input_hash, a);
	stage_enter(tmp->clock, STAGE_lists);
	screen_lists(out, set, tmp, input_hash, a);
	if (out->nr)
		qsort(out->hit, out->nr, sizeof(*out->hit), by_source);
	return 0;
}

int screen_pair(struct hit_list *out, const struct screen_set *set,
		const struct screen_input *in, const struct watch_entry *entry,
		struct watch_pair_scratch *tmp, struct arena *a, struct err *e)
{
	uint8_t input_hash[CRYPT_HASH_LEN];
	struct watch_query q = { 0 };
	struct watch_match m;

	if (begin(out, input_hash, set, in, a, e))
		return e->code;
	watch_query_of_traveller(&q, out->subject.traveller);
	if (watch_pair(&m, tmp, &q, entry))
		add_match(out, &m, &q, entry, input_hash, a);
	return 0;
}
