#include "watchlist/build_sounds.h"

#include "watchlist/dictionary.h"
#include "watchlist/fold.h"
#include "watchlist/variant.h"

#include <stdlib.h>

/* A fold on its way to its place. */
struct placed {
	uint64_t sig;
	uint32_t nr; /* in the dictionary */
	uint8_t region;
};

struct sounding {
	struct buf *section;
	struct dictionary folds; /* count: texts that sound so */
	struct placed *placed;
	uint32_t *place; /* of a number of the dictionary */
};

static struct snap_text *texts(struct sounding *x, uint32_t *nr)
{
	*nr = (uint32_t)(x->section[SNAP_text].len / sizeof(struct snap_text));
	return (void *)x->section[SNAP_text].data;
}

static struct snap_fold *folds(struct sounding *x)
{
	return (void *)x->section[SNAP_fold].data;
}

static bool is_plain(const struct sounding *x, uint32_t text)
{
	const uint64_t *sig = (const void *)x->section[SNAP_sig].data;

	return !(sig[text] >> 63);
}

/* Number the folds as they come; false when out of memory. */
static bool fold_texts(struct sounding *x)
{
	uint32_t nr;
	struct snap_text *t = texts(x, &nr);
	const uint32_t *bucket = (const void *)x->section[SNAP_bucket].data;
	uint32_t tokens = bucket[REGION_JOINED * (NAME_TEXT + 1)];
	char out[NAME_TEXT];

	for (uint32_t i = 0; i < nr; i++) {
		const char *bytes = x->section[SNAP_byte].data;
		size_t len;

		t[i].fold = SNAP_NO_FOLD;
		if (!is_plain(x, i))
			continue;
		len = fold(out, (struct str){ bytes + t[i].pos, t[i].len });
		t[i].fold = dictionary_add(&x->folds, (struct str){ out, len });
		if (x->folds.failed)
			return false;
		dictionary_word(&x->folds, t[i].fold)->count++;
		if (i < tokens)
			dictionary_word(&x->folds, t[i].fold)->mark = 1;
	}
	return true;
}

static int compare_placed(const void *a, const void *b, void *ctx)
{
	const struct placed *x = a, *y = b;
	struct str s = dictionary_text(ctx, x->nr);
	struct str t = dictionary_text(ctx, y->nr);

	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	if (s.len != t.len)
		return s.len < t.len ? -1 : 1;
	if (x->sig != y->sig)
		return x->sig < y->sig ? -1 : 1;
	return str_cmp(s, t);
}

static void put_folds(struct sounding *x)
{
	struct buf *bytes = &x->section[SNAP_byte];
	uint32_t first = 0;

	for (uint32_t i = 0; i < x->folds.nr; i++) {
		struct str text = dictionary_text(&x->folds, x->placed[i].nr);
		struct snap_fold s = {
			.pos = (uint32_t)bytes->len,
			.first_text = first,
			.len = (uint8_t)text.len,
			.variant = (uint16_t)variant_class(text),
		};

		first += dictionary_word(&x->folds, x->placed[i].nr)->count;
		buf_str(bytes, text);
		buf_add(&x->section[SNAP_fold], &s, sizeof(s));
		buf_add(&x->section[SNAP_fold_sig], &x->placed[i].sig,
			sizeof(x->placed[i].sig));
		x->place[x->placed[i].nr] = i;
	}
}

static void put_buckets(struct sounding *x)
{
	uint32_t at = 0;

	for (uint32_t b = 0; b < SNAP_FOLD_BUCKETS; b++) {
		while (at < x->folds.nr &&
		       (uint32_t)x->placed[at].region * (NAME_TEXT + 1) +
				       folds(x)[at].len <
			       b)
			at++;
		buf_add(&x->section[SNAP_fold_bucket], &at, sizeof(at));
	}
}

static bool put_texts(struct sounding *x)
{
	uint32_t nr, all = 0, *out;
	struct snap_text *t = texts(x, &nr);
	struct snap_fold *f = folds(x);

	for (uint32_t i = 0; i < nr; i++)
		all += t[i].fold != SNAP_NO_FOLD;
	if (all == 0)
		return true;
	out = buf_room(&x->section[SNAP_fold_text], all * sizeof(*out));
	if (!out)
		return false;
	for (uint32_t i = 0; i < nr; i++) {
		if (t[i].fold == SNAP_NO_FOLD)
			continue;
		t[i].fold = x->place[t[i].fold];
		out[f[t[i].fold].first_text + f[t[i].fold].nr_texts++] = i;
	}
	return true;
}

struct boned {
	char bones[NAME_TEXT];
	uint8_t len;
	uint32_t fold;
};

static int compare_bones(const void *a, const void *b)
{
	const struct boned *x = a, *y = b;
	int c = str_cmp((struct str){ x->bones, x->len },
			(struct str){ y->bones, y->len });

	if (c)
		return c;
	return x->fold < y->fold ? -1 : x->fold > y->fold;
}

/* The folds that have bones enough, by them. */
static bool put_bones(struct sounding *x)
{
	struct boned *b = calloc((size_t)x->folds.nr + 1, sizeof(*b));
	uint32_t nr = 0;

	if (!b)
		return false;
	for (uint32_t i = 0;
	     i < x->folds.nr && x->placed[i].region == REGION_TOKEN; i++) {
		b[nr].len = (uint8_t)fold_bones(
			b[nr].bones,
			dictionary_text(&x->folds, x->placed[i].nr));
		b[nr].fold = i;
		nr += b[nr].len >= BONES_LEAST;
	}
	qsort(b, nr, sizeof(*b), compare_bones);
	for (uint32_t i = 0; i < nr; i++)
		buf_add(&x->section[SNAP_bones], &b[i].fold, sizeof(b[i].fold));
	free(b);
	return true;
}

static bool sound_all(struct sounding *x)
{
	if (!fold_texts(x))
		return false;
	x->placed = calloc((size_t)x->folds.nr + 1, sizeof(*x->placed));
	x->place = calloc((size_t)x->folds.nr + 1, sizeof(*x->place));
	if (!x->placed || !x->place)
		return false;
	for (uint32_t i = 0; i < x->folds.nr; i++)
		x->placed[i] = (struct placed){
			name_signature(dictionary_text(&x->folds, i)), i,
			dictionary_word(&x->folds, i)->mark ? REGION_TOKEN
							    : REGION_JOINED
		};
	qsort_r(x->placed, x->folds.nr, sizeof(*x->placed), compare_placed,
		&x->folds);
	put_folds(x);
	put_buckets(x);
	return !x->section[SNAP_fold].failed && put_texts(x) && put_bones(x);
}

int build_sounds(struct buf section[SNAP_SECTIONS], struct err *e)
{
	struct sounding x = { .section = section };
	int rc = 0;

	if (!sound_all(&x))
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
	dictionary_release(&x.folds);
	free(x.placed);
	free(x.place);
	return rc;
}
