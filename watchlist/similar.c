#include "watchlist/similar.h"

#include "watchlist/fold.h"
#include "watchlist/variant.h"

#include <stdlib.h>
#include <string.h>

enum {
	LINES = 1 << 16,
	WAYS = 4,	/* lines that a key may have */
	LONGEST = 16,	/* longer lists than this part of a ring are not kept */
	AT_ONCE = 2048, /* signatures */
	ALL = 64,	/* letters more: any number */
};

struct similar {
	uint32_t text;
	uint32_t sim;
};

/* What was found for a key: ring[pos % kept] and so on, while it lasts. */
struct line {
	char text[NAME_TEXT];
	uint8_t len;
	bool stub, joined, kept;
	uint32_t nr;
	uint64_t pos;
};

struct similar_cache {
	sig_filter_fn *filter;
	uint64_t head; /* of the ring: all ever put into it */
	struct line line[LINES];
	uint32_t kept; /* texts in the ring, for all keys */
	struct similar *ring;
	uint32_t at[AT_ONCE + SIG_FILTER_SPARE];
};

struct finding {
	struct similar_cache *cache;
	const struct watchlist *wl;
	const struct name_key *key;
	struct line *line;
	similar_fn *take;
	void *ctx;
};

struct similar_cache *similar_cache_new(sig_filter_fn *filter, uint32_t kept)
{
	struct similar_cache *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->filter = filter;
	c->kept = kept;
	c->ring = calloc(kept, sizeof(*c->ring));
	if (c->ring)
		return c;
	free(c);
	return NULL;
}

void similar_cache_clear(struct similar_cache *c)
{
	c->head += 2 * (uint64_t)c->kept; /* all lines are run over */
}

void similar_cache_free(struct similar_cache *c)
{
	free(c ? c->ring : NULL);
	free(c);
}

/* Hand one over, and keep it while there is room in a row. */
static void found(struct finding *f, uint32_t text, unsigned int sim)
{
	struct similar_cache *c = f->cache;

	f->take(f->ctx, text, sim);
	if (!f->line->kept)
		return;
	c->ring[c->head % c->kept] = (struct similar){ text, sim };
	c->head++;
	f->line->nr++;
	if (c->head % c->kept == 0 || f->line->nr > c->kept / LONGEST)
		f->line->kept = false;
}

static void compare(struct finding *f, uint32_t text)
{
	enum name_method how;
	struct name_key other = watchlist_text_key(f->wl, text);
	unsigned int sim = text_spelling(f->key, &other, f->line->stub, &how);

	if (sim)
		found(f, text, sim);
}

/* Those of sig[from] and so on that may be near, to `each`. */
static void filter_bucket(struct finding *f, const uint64_t *sig, uint64_t mine,
			  const uint32_t *bucket, unsigned int lost,
			  unsigned int more,
			  void (*each)(struct finding *, uint32_t))
{
	struct similar_cache *c = f->cache;
	uint32_t from = bucket[0], to = bucket[1];

	while (from < to) {
		uint32_t nr = to - from < AT_ONCE ? to - from : AT_ONCE;
		uint32_t n = c->filter(sig + from, nr, mine, lost, more, c->at);

		for (uint32_t i = 0; i < n; i++)
			each(f, from + c->at[i]);
		from += nr;
	}
}

/*
 * All texts of a region that have `len` letters. To become longer takes edits
 * that leave nothing of mine out, so so many less may.
 */
static void find_by_length(struct finding *f, enum snap_region region,
			   unsigned int len)
{
	const uint32_t *bucket = f->wl->bucket + region * (NAME_TEXT + 1) + len;
	unsigned int mine = (unsigned int)f->key->text.len;
	unsigned int longer = len > mine ? len : mine;
	unsigned int shorter = len > mine ? mine : len;
	unsigned int budget = text_budget(longer);

	if (len == 1)
		for (uint32_t i = bucket[0]; i < bucket[1]; i++)
			compare(f, i);
	else if (mine == 1)
		return;
	/* a beginning lacks nothing and may go on as it likes */
	else if (f->line->stub && len >= mine)
		filter_bucket(f, f->wl->sig, f->key->sig, bucket, 0, ALL,
			      compare);
	if (len > 1 && longer - shorter <= budget)
		filter_bucket(f, f->wl->sig, f->key->sig, bucket,
			      len > mine ? budget - (len - mine) : budget,
			      len < mine ? budget - (mine - len) : budget,
			      compare);
}

/* Not all A-Z: those of a length stand by their bytes. */
static void find_equal(struct finding *f)
{
	const uint32_t *bucket = f->wl->bucket +
				 REGION_OTHER * (NAME_TEXT + 1) +
				 f->key->text.len;
	uint32_t from = bucket[0], to = bucket[1];

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (str_cmp(watchlist_key(f->wl, middle).text, f->key->text) <
		    0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from < bucket[1])
		compare(f, from);
}

/* ---- by their sound; a joined key meets tokens alone ---- */

static int last_region(const struct finding *f)
{
	return f->line->joined ? REGION_TOKEN : REGION_JOINED;
}

static void take_fold(struct finding *f, uint32_t fold, unsigned int sim,
		      bool tokens)
{
	const struct snap_fold *s = &f->wl->fold[fold];
	const uint32_t *text = f->wl->fold_text + s->first_text;
	uint32_t below = tokens ? f->wl->bucket[NAME_TEXT + 1] : f->wl->nr_text;

	for (uint32_t i = 0; i < s->nr_texts; i++)
		if (text[i] < below && f->wl->text[text[i]].len > 1)
			found(f, text[i], sim);
}

static void compare_sounds(struct finding *f, uint32_t fold)
{
	struct name_sound other = watchlist_sound(f->wl, fold);
	enum sound_method how;
	unsigned int sim = sound_similarity(&f->key->sound, &other, &how);

	if (sim >= SIM_LEAST)
		take_fold(f, fold, sim, f->line->joined || how == SOUND_CLOSE);
}

static void compare_close(struct finding *f, uint32_t fold)
{
	struct name_sound other = watchlist_sound(f->wl, fold);
	unsigned int sim;

	if (!sound_is_close(&f->key->sound, &other))
		return;
	sim = sound_near(&f->key->sound, &other);
	if (sim >= SIM_LEAST)
		take_fold(f, fold, sim, true);
}

/* Of the folds of tokens: joined neighbours must sound the same. */
static void find_close(struct finding *f)
{
	unsigned int mine = (unsigned int)f->key->sound.fold.len;

	for (unsigned int len = 1; len <= NAME_TEXT; len++) {
		unsigned int budget = sound_budget(len > mine ? len : mine);
		unsigned int off = len > mine ? len - mine : mine - len;

		if (off <= budget)
			filter_bucket(f, f->wl->fold_sig, f->key->sound.sig,
				      f->wl->fold_bucket + len,
				      len > mine ? budget - off : budget,
				      len < mine ? budget - off : budget,
				      compare_close);
	}
}

/* The order of bones[]. */
static int compare_bones(const struct watchlist *wl, uint32_t fold,
			 struct str bones)
{
	char out[NAME_TEXT];
	size_t n = fold_bones(out, watchlist_sound(wl, fold).fold);

	return str_cmp((struct str){ out, n }, bones);
}

static void find_bones(struct finding *f)
{
	const struct watchlist *wl = f->wl;
	char out[NAME_TEXT];
	struct str bones = { out, fold_bones(out, f->key->sound.fold) };
	uint32_t from = 0, to = wl->nr_bones;

	if (bones.len < BONES_LEAST)
		return;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (compare_bones(wl, wl->bones[middle], bones) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	while (from < wl->nr_bones &&
	       compare_bones(wl, wl->bones[from], bones) == 0)
		compare_sounds(f, wl->bones[from++]);
}

/* The fold of a region with these letters, if there is one. */
static void find_fold(struct finding *f, enum snap_region region,
		      struct str text)
{
	const struct watchlist *wl = f->wl;
	const uint32_t *bucket = wl->fold_bucket + region * (NAME_TEXT + 1);
	uint32_t from = bucket[text.len], end = bucket[text.len + 1], to = end;
	uint64_t sig = name_signature(text);

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (wl->fold_sig[middle] < sig ||
		    (wl->fold_sig[middle] == sig &&
		     str_cmp(watchlist_sound(wl, middle).fold, text) < 0))
			from = middle + 1;
		else
			to = middle;
	}
	if (from < end && str_eq(watchlist_sound(wl, from).fold, text))
		compare_sounds(f, from);
}

static void find_folds(struct finding *f, struct str text)
{
	for (int r = REGION_TOKEN; r <= last_region(f); r++)
		find_fold(f, (enum snap_region)r, text);
}

/* Those of one class; the table is short. */
static void find_variants(struct finding *f)
{
	if (f->key->sound.variant == VARIANT_NONE)
		return;
	for (size_t i = 0;; i++) {
		struct str text;
		unsigned int class = variant_walk(i, &text);

		if (class == VARIANT_NONE)
			break;
		if (class == f->key->sound.variant)
			find_folds(f, text);
	}
}

static void find_all(struct finding *f)
{
	if (f->key->sig >> 63) {
		find_equal(f);
		return;
	}
	for (int r = REGION_TOKEN; r <= last_region(f); r++)
		for (unsigned int len = 1; len <= NAME_TEXT; len++)
			find_by_length(f, (enum snap_region)r, len);
	if (f->key->text.len == 1)
		return;
	find_folds(f, f->key->sound.fold);
	find_variants(f);
	if (f->line->joined)
		return;
	find_close(f);
	find_bones(f);
}

static bool is_line_of(const struct similar_cache *c, const struct line *l,
		       struct str text, bool stub, bool joined)
{
	return l->kept && l->len == text.len && l->stub == stub &&
	       l->joined == joined && memcmp(l->text, text.ptr, l->len) == 0 &&
	       c->head <= l->pos + c->kept;
}

/* The line of a key, or the one to be used for it: of those that its hash
 * allows, what was put there first. */
static struct line *line_of(struct similar_cache *c, struct str text, bool stub,
			    bool joined)
{
	uint64_t h = 0xcbf29ce484222325u ^ stub ^ (uint64_t)joined << 1;
	struct line *line, *oldest;

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
	line = oldest = &c->line[(h ^ h >> 29) % LINES & ~(WAYS - 1ull)];
	for (int i = 0; i < WAYS; i++) {
		if (is_line_of(c, &line[i], text, stub, joined))
			return &line[i];
		if (line[i].pos < oldest->pos)
			oldest = &line[i];
	}
	return oldest;
}

static int compare_similar(const void *a, const void *b)
{
	const struct similar *x = a, *y = b;

	if (x->text != y->text)
		return x->text < y->text ? -1 : 1;
	return (x->sim < y->sim) - (x->sim > y->sim);
}

/* What was found for a line, each text once. */
static void tidy(struct similar_cache *c, struct line *l)
{
	struct similar *s = &c->ring[l->pos % c->kept];
	uint32_t nr = 0;

	if (!l->kept)
		return;
	qsort(s, l->nr, sizeof(*s), compare_similar);
	for (uint32_t i = 0; i < l->nr; i++)
		if (nr == 0 || s[nr - 1].text != s[i].text)
			s[nr++] = s[i];
	l->nr = nr;
	c->head = l->pos + nr;
}

void similar_find(struct similar_cache *c, const struct watchlist *wl,
		  const struct name_key *key, bool stub, bool joined,
		  similar_fn *take, void *ctx)
{
	struct line *l = line_of(c, key->text, stub, joined);
	struct finding f = { c, wl, key, l, take, ctx };

	if (is_line_of(c, l, key->text, stub, joined)) {
		const struct similar *s = &c->ring[l->pos % c->kept];

		for (uint32_t i = 0; i < l->nr; i++)
			take(ctx, s[i].text, s[i].sim);
		return;
	}
	l->len = (uint8_t)key->text.len;
	memcpy(l->text, key->text.ptr, l->len);
	l->stub = stub;
	l->joined = joined;
	l->kept = true;
	l->nr = 0;
	l->pos = c->head;
	find_all(&f);
	tidy(c, l);
}
