#include "watchlist/similar.h"

#include <stdlib.h>
#include <string.h>

enum {
	LINES = 1 << 16,
	LONGEST =
		16, /* lists of more than one in so many of a ring are not kept */
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
	if (!c->ring) {
		free(c);
		return NULL;
	}
	return c;
}

void similar_cache_clear(struct similar_cache *c)
{
	c->head += 2 * (uint64_t)c->kept; /* all lines are run over */
}

void similar_cache_free(struct similar_cache *c)
{
	if (c)
		free(c->ring);
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
	struct name_key other = watchlist_key(f->wl, text);
	unsigned int sim = text_similarity(f->key, &other, f->line->stub);

	if (sim)
		found(f, text, sim);
}

static void filter_bucket(struct finding *f, uint32_t from, uint32_t to,
			  unsigned int lost, unsigned int more)
{
	struct similar_cache *c = f->cache;

	while (from < to) {
		uint32_t nr = to - from < AT_ONCE ? to - from : AT_ONCE;
		uint32_t n = c->filter(f->wl->sig + from, nr, f->key->sig, lost,
				       more, c->at);

		for (uint32_t i = 0; i < n; i++)
			compare(f, from + c->at[i]);
		from += nr;
	}
}

/* All texts of a region that have `len` letters. */
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
		filter_bucket(f, bucket[0], bucket[1], 0, ALL);
	if (len > 1 && longer - shorter <= budget)
		filter_bucket(f, bucket[0], bucket[1], budget, budget);
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

static void find_all(struct finding *f)
{
	enum snap_region last = f->line->joined ? REGION_TOKEN : REGION_JOINED;

	if (f->key->sig >> 63) {
		find_equal(f);
		return;
	}
	for (enum snap_region r = REGION_TOKEN; r <= last; r++)
		for (unsigned int len = 1; len <= NAME_TEXT; len++)
			find_by_length(f, r, len);
}

static struct line *line_of(struct similar_cache *c, struct str text, bool stub,
			    bool joined)
{
	uint64_t h = 0xcbf29ce484222325u ^ stub ^ (uint64_t)joined << 1;

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
	return &c->line[(h ^ h >> 29) % LINES];
}

static bool is_line_of(const struct similar_cache *c, const struct line *l,
		       struct str text, bool stub, bool joined)
{
	return l->kept && l->len == text.len && l->stub == stub &&
	       l->joined == joined && memcmp(l->text, text.ptr, l->len) == 0 &&
	       c->head <= l->pos + c->kept;
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
}
