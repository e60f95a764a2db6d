/* similar_scan.c - the texts that are like a key, by looking (similar_scan.h) */
#include "watchlist/similar_scan.h"

#include "watchlist/fold.h"
#include "watchlist/variant.h"

enum { ALL = 64 /* letters more: any number */ };

struct finding {
	struct sig_scan *texts, *folds;
	const struct watchlist *wl;
	const struct name_key *key;
	struct text_pattern text, fold; /* the key's */
	bool stub, joined;
	similar_scan_fn *take;
	void *ctx;
};

static void compare(struct finding *f, uint32_t text, struct str letters)
{
	enum name_method how;
	struct name_key other = { .text = letters, .sig = f->wl->sig[text] };
	unsigned int sim =
		text_spelling(f->key, &other, &f->text, f->stub, &how);

	if (sim)
		f->take(f->ctx, text, sim);
}

/* Texts or folds of a length: their letters stand one behind the other. */
struct bucket {
	struct sig_scan *scan;
	uint32_t from, to;
	const char *letters; /* of the first */
	unsigned int len;
};

static struct bucket bucket_of(struct finding *f, enum snap_region region,
			       unsigned int len, bool folds)
{
	const struct watchlist *wl = f->wl;
	const uint32_t *b = (folds ? wl->fold_bucket : wl->bucket) +
			    region * (NAME_TEXT + 1) + len;
	struct bucket out = { folds ? f->folds : f->texts, b[0], b[1], wl->byte,
			      len };

	if (b[0] < b[1])
		out.letters += folds ? wl->fold[b[0]].pos : wl->text[b[0]].pos;
	return out;
}

/* Those of a bucket that may be near, to `each`. */
static void filter_bucket(struct finding *f, const struct bucket *b,
			  uint64_t mine, unsigned int lost, unsigned int more,
			  void (*each)(struct finding *, uint32_t, struct str))
{
	uint32_t from = b->from, nr;
	const uint32_t *out = b->scan->out;

	while (from < b->to) {
		from = sig_scan_next(b->scan, from, b->to, mine, lost, more,
				     &nr);
		for (uint32_t i = 0; i < nr; i++)
			__builtin_prefetch(b->letters +
					   (size_t)(out[i] - b->from) * b->len);
		for (uint32_t i = 0; i < nr; i++)
			each(f, out[i],
			     (struct str){ b->letters +
						   (size_t)(out[i] - b->from) *
							   b->len,
					   b->len });
	}
}

/*
 * All texts of a region that have `len` letters. To become longer takes edits
 * that leave nothing of mine out, so so many less may.
 */
static void find_by_length(struct finding *f, enum snap_region region,
			   unsigned int len)
{
	struct bucket b = bucket_of(f, region, len, false);
	unsigned int mine = (unsigned int)f->key->text.len;
	unsigned int longer = len > mine ? len : mine;
	unsigned int shorter = len > mine ? mine : len;
	unsigned int budget = text_budget(longer);

	if (len == 1)
		for (uint32_t i = b.from; i < b.to; i++)
			compare(f, i, watchlist_text_key(f->wl, i).text);
	else if (mine == 1)
		return;
	/* a beginning lacks nothing and may go on as it likes */
	else if (f->stub && len >= mine)
		filter_bucket(f, &b, f->key->sig, 0, ALL, compare);
	if (len > 1 && longer - shorter <= budget)
		filter_bucket(f, &b, f->key->sig,
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

		if (str_cmp(watchlist_text_key(f->wl, middle).text,
			    f->key->text) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from < bucket[1])
		compare(f, from, watchlist_text_key(f->wl, from).text);
}

/* ---- by their sound; a joined key meets tokens alone ---- */

static int last_region(const struct finding *f)
{
	return f->joined ? REGION_TOKEN : REGION_JOINED;
}

static void take_fold(struct finding *f, uint32_t fold, unsigned int sim,
		      bool tokens)
{
	const struct snap_fold *s = &f->wl->fold[fold];
	const uint32_t *text = f->wl->fold_text + s->first_text;
	uint32_t below = tokens ? f->wl->bucket[NAME_TEXT + 1] : f->wl->nr_text;

	/* texts of one letter sound of one letter */
	for (uint32_t i = 0; i < s->nr_texts; i++)
		if (text[i] < below &&
		    (s->len > 1 || f->wl->text[text[i]].len > 1))
			f->take(f->ctx, text[i], sim);
}

static void compare_sounds(struct finding *f, uint32_t fold)
{
	struct name_sound other = watchlist_sound(f->wl, fold);
	enum sound_method how;
	unsigned int sim = sound_similarity(&f->key->sound, &other, &how);

	if (sim >= SIM_LEAST)
		take_fold(f, fold, sim, f->joined || how == SOUND_CLOSE);
}

/* sound_is_close(), of a fold whose length and letters may be. */
static void compare_close(struct finding *f, uint32_t fold, struct str letters)
{
	struct name_sound other = { .fold = letters };
	unsigned int sim,
		budget = sound_budget(letters.len > f->fold.len ? letters.len
								: f->fold.len);

	if (text_pattern_distance(&f->fold, letters, budget) > budget)
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

		struct bucket b = bucket_of(f, REGION_TOKEN, len, true);

		if (off <= budget)
			filter_bucket(f, &b, f->key->sound.sig,
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
	if (f->joined)
		return;
	find_close(f);
	find_bones(f);
}

bool similar_scan_init(struct similar_scan *s, sig_filter_fn *filter,
		       const struct watchlist *wl)
{
	return sig_scan_init(&s->texts, filter, wl->sig, wl->nr_text) &&
	       sig_scan_init(&s->folds, filter, wl->fold_sig, wl->nr_fold);
}

void similar_scan_release(struct similar_scan *s)
{
	sig_scan_release(&s->texts);
	sig_scan_release(&s->folds);
}

void similar_scan(struct similar_scan *s, const struct watchlist *wl,
		  const struct name_key *key, bool stub, bool joined,
		  similar_scan_fn *take, void *ctx)
{
	struct finding f = { .texts = &s->texts,
			     .folds = &s->folds,
			     .wl = wl,
			     .key = key,
			     .stub = stub,
			     .joined = joined,
			     .take = take,
			     .ctx = ctx };

	text_pattern_make(&f.text, key->text);
	text_pattern_make(&f.fold, key->sound.fold);
	find_all(&f);
}
