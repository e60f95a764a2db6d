#include "watchlist/similar.h"

#include <stdlib.h>
#include <string.h>

enum {
	LINES = 1 << 16,
	WAYS = 4,     /* lines that a key may have */
	LONGEST = 16, /* longer lists than this part of a ring are not kept */
};

_Static_assert(SNAP_TEXTS <= 1 << 24 && SCORE_MAX < 1 << 10 &&
		       SNAP_MOST < 1 << 10 && SNAP_LEAST < 1 << 6,
	       "the fields of struct similar_text");

/* What was found for a key: ring[pos % kept] and so on, while it lasts. */
struct line {
	char text[NAME_TEXT];
	uint8_t len;
	bool stub, joined, kept;
	uint32_t nr;
	uint64_t pos;
};

struct similar_cache {
	struct similar_scan scan;
	uint64_t head; /* of the ring: all ever put into it */
	struct line line[LINES];
	uint32_t kept; /* texts in the ring, for all keys */
	struct similar_text *ring;
};

/* A key's texts on their way to whoever asked, and to its line. */
struct keeping {
	struct similar_cache *cache;
	const struct watchlist *wl;
	struct line *line;
	similar_fn *take;
	void *ctx;
};

struct similar_cache *similar_cache_new(sig_filter_fn *filter,
					const struct watchlist *wl,
					uint32_t kept)
{
	struct similar_cache *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->kept = kept;
	c->ring = calloc(kept, sizeof(*c->ring));
	if (c->ring && similar_scan_init(&c->scan, filter, wl))
		return c;
	similar_cache_free(c);
	return NULL;
}

void similar_cache_clear(struct similar_cache *c)
{
	c->head += 2 * (uint64_t)c->kept; /* all lines are run over */
}

void similar_cache_free(struct similar_cache *c)
{
	if (!c)
		return;
	similar_scan_release(&c->scan);
	free(c->ring);
	free(c);
}

static unsigned int at_most_many(uint32_t nr)
{
	return nr < SIMILAR_MANY ? nr : SIMILAR_MANY;
}

static struct similar_text similar_of(const struct snap_text *t, uint32_t text,
				      unsigned int sim)
{
	return (struct similar_text){
		.text = text,
		.sim = sim,
		.most = t->most,
		.least = t->least,
		.posts = at_most_many(t->nr_posts),
		.undated = at_most_many(t->nr_undated),
	};
}

/* Keep it while there is room in a row; then hand over all so far, and each
 * that comes. */
static void keep(void *ctx, uint32_t text, unsigned int sim)
{
	struct keeping *f = ctx;
	struct similar_cache *c = f->cache;
	struct line *l = f->line;
	struct similar_text t = similar_of(&f->wl->text[text], text, sim);

	if (!l->kept) {
		f->take(f->ctx, &t, 1);
		return;
	}
	c->ring[c->head % c->kept] = t;
	c->head++;
	l->nr++;
	if (c->head % c->kept == 0 || l->nr > c->kept / LONGEST) {
		f->take(f->ctx, &c->ring[l->pos % c->kept], l->nr);
		l->kept = false;
	}
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
	const struct similar_text *x = a, *y = b;

	if (x->text != y->text)
		return x->text < y->text ? -1 : 1;
	return (x->sim < y->sim) - (x->sim > y->sim);
}

/* What was found for a line, each text once. */
static void tidy(struct similar_cache *c, struct line *l)
{
	struct similar_text *s = &c->ring[l->pos % c->kept];
	uint32_t nr = 0;

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
	struct keeping f = { c, wl, l, take, ctx };

	if (!is_line_of(c, l, key->text, stub, joined)) {
		l->len = (uint8_t)key->text.len;
		memcpy(l->text, key->text.ptr, l->len);
		l->stub = stub;
		l->joined = joined;
		l->kept = true;
		l->nr = 0;
		l->pos = c->head;
		similar_scan(&c->scan, wl, key, stub, joined, keep, &f);
		if (!l->kept)
			return;
		tidy(c, l);
	}
	if (l->nr)
		take(ctx, &c->ring[l->pos % c->kept], l->nr);
}
