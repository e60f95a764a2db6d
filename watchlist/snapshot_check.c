/* snapshot_check.c - every index of a snapshot, once, when it is opened */
#include "watchlist/snapshot.h"

#include <string.h>

/* Records are read one behind the other, faster than memory brings them. */
enum { AHEAD = 4096 };

static inline void fetch(const void *at)
{
	__builtin_prefetch((const char *)at + AHEAD);
}

static bool ref_ok(const struct watchlist *wl, struct snap_ref r)
{
	return r.pos == UINT32_MAX
		       ? r.len == 0
		       : r.pos <= wl->nr_byte && r.len <= wl->nr_byte - r.pos;
}

static bool range_ok(uint32_t first, uint32_t nr, uint32_t all)
{
	return first <= all && nr <= all - first;
}

static bool nation_ok(const struct snap_nation *n)
{
	return n->code[3] == '\0';
}

static bool lists_ok(const struct watchlist *wl)
{
	for (uint32_t i = 0; i < wl->nr_list; i++) {
		const struct snap_list *l = &wl->list[i];

		if (!ref_ok(wl, l->id) || !ref_ok(wl, l->title) ||
		    !ref_ok(wl, l->owner) || !ref_ok(wl, l->basis) ||
		    !ref_ok(wl, l->alert) || l->threshold > SCORE_MAX ||
		    !range_ok(l->first_entry, l->nr_entries, wl->nr_entry))
			return false;
	}
	return true;
}

static bool entries_ok(const struct watchlist *wl)
{
	for (uint32_t i = 0; i < wl->nr_entry; i++) {
		const struct snap_entry *n = &wl->entry[i];

		fetch(n);
		if (n->list >= wl->nr_list || !ref_ok(wl, n->id) ||
		    !ref_ok(wl, n->reference) || !ref_ok(wl, n->offence) ||
		    !ref_ok(wl, n->birth_place) || n->sex > 'Z' ||
		    !range_ok(n->first_name, n->nr_names, wl->nr_name) ||
		    !range_ok(n->first_birth, n->nr_births, wl->nr_birth) ||
		    !range_ok(n->first_nation, n->nr_nations, wl->nr_nation) ||
		    !range_ok(n->first_document, n->nr_documents,
			      wl->nr_document))
			return false;
	}
	return true;
}

/* Units and keys of a name are its own ranges; masks name its tokens. */
static bool units_ok(const struct watchlist *wl, const struct snap_name *n)
{
	const struct snap_unit *u = wl->unit + n->first_unit;
	uint32_t keys = 0, bad = 0;

	if (n->nr_units > NAME_UNITS || n->nr_tokens > NAME_TOKENS ||
	    n->nr_tokens > n->nr_units ||
	    !range_ok(n->first_unit, n->nr_units, wl->nr_unit))
		return false;
	/* There are many: no way out before the end, so no branch to guess. */
	for (uint8_t i = 0; i < n->nr_units; i++, u++) {
		bad |= (uint32_t)(u->nr_keys > NAME_KEYS) |
		       (uint32_t)(u->part > NAME_GIVEN) |
		       (uint32_t)(u->kind >= NAME_KINDS) |
		       (uint32_t)(u->weight > 2 * WEIGHT_FULL) |
		       (uint32_t)u->mask >> n->nr_tokens;
		keys += u->nr_keys;
	}
	return !bad && range_ok(n->first_key, keys, wl->nr_key);
}

static bool names_ok(const struct watchlist *wl)
{
	bool good = true;

	for (uint32_t i = 0; i < wl->nr_name && good; i++) {
		const struct snap_name *n = &wl->name[i];
		uint32_t bytes = (n->surname == SNAP_ABSENT ? 0 : n->surname) +
				 (n->given == SNAP_ABSENT ? 0 : n->given);

		fetch(n);
		fetch(wl->unit + n->first_unit);
		good = range_ok(n->pos, bytes, wl->nr_byte) &&
		       n->entry < wl->nr_entry && units_ok(wl, n);
	}
	return good;
}

/* As wide as the machine has it. */
typedef uint32_t lanes __attribute__((vector_size(32)));

enum { LANES = sizeof(lanes) / sizeof(uint32_t) };

/*
 * Are all (v >> shift & mask) below `limit`, which is below 2^31? There are
 * tens of millions: several at a time, no way out before the end. A value that
 * is too large sets the top bit of itself or of the difference.
 */
static bool all_below(const uint32_t *v, uint32_t nr, unsigned int shift,
		      uint32_t mask, uint32_t limit)
{
	lanes bad = { 0 }, l;
	uint32_t i = 0, any = 0;

	for (; nr - i >= LANES; i += LANES) {
		fetch(v + i);
		memcpy(&l, v + i, sizeof(l));
		l = l >> shift & mask;
		bad |= l | (limit - 1 - l);
	}
	for (int k = 0; k < LANES; k++)
		any |= bad[k];
	any >>= 31;
	for (; i < nr; i++)
		any |= (v[i] >> shift & mask) >= limit;
	return !any;
}

static bool keys_ok(const struct watchlist *wl)
{
	bool bad = wl->nr_sig != wl->nr_text || wl->nr_text > SNAP_TEXTS;

	bad |= !all_below(&wl->key->packed, wl->nr_key, 0, SNAP_TEXTS - 1,
			  wl->nr_text) ||
	       !all_below(&wl->key->packed, wl->nr_key, 24, 15, SPELT_WAYS);
	for (uint32_t i = 0; i < wl->nr_text && !bad; i++) {
		const struct snap_text *t = &wl->text[i];

		fetch(t);
		bad = t->len == 0 || t->len > NAME_TEXT ||
		      !range_ok(t->pos, t->len, wl->nr_byte) ||
		      (i && t->pos != t[-1].pos + t[-1].len) ||
		      !range_ok(t->first_post, t->nr_posts, wl->nr_post) ||
		      t->nr_undated > t->nr_posts ||
		      (t->fold >= wl->nr_fold && t->fold != SNAP_NO_FOLD) ||
		      (t->fold == SNAP_NO_FOLD) != (wl->sig[i] >> 63);
	}
	return !bad;
}

/* How the texts sound. */
/* Folds are letters A to Z: tables are indexed by them. */
static bool letters_ok(const char *at, uint8_t len)
{
	unsigned bad = 0;

	for (uint8_t i = 0; i < len; i++)
		bad |= (unsigned char)(at[i] - 'A') > 'Z' - 'A';
	return !bad;
}

static bool folds_ok(const struct watchlist *wl)
{
	bool bad = wl->nr_fold_sig != wl->nr_fold ||
		   wl->nr_fold_bucket != SNAP_FOLD_BUCKETS;

	for (uint32_t i = 0; i < wl->nr_fold && !bad; i++) {
		const struct snap_fold *f = &wl->fold[i];

		bad = f->len == 0 || f->len > NAME_TEXT ||
		      !range_ok(f->pos, f->len, wl->nr_byte) ||
		      (i && f->pos != f[-1].pos + f[-1].len) ||
		      !range_ok(f->first_text, f->nr_texts, wl->nr_fold_text) ||
		      !letters_ok(wl->byte + f->pos, f->len);
	}
	for (uint32_t i = 0; i < wl->nr_fold_bucket; i++)
		bad |= wl->fold_bucket[i] > wl->nr_fold ||
		       (i && wl->fold_bucket[i - 1] > wl->fold_bucket[i]);
	return !bad &&
	       all_below(wl->fold_text, wl->nr_fold_text, 0, UINT32_MAX,
			 wl->nr_text) &&
	       all_below(wl->bones, wl->nr_bones, 0, UINT32_MAX, wl->nr_fold);
}

/* What the search walks by. */
static bool index_ok(const struct watchlist *wl)
{
	bool bad = wl->nr_bucket != SNAP_BUCKETS;

	for (uint32_t i = 0; i < wl->nr_day; i++)
		bad |= wl->day[i].first > wl->nr_born ||
		       (i && wl->day[i - 1].first > wl->day[i].first);
	for (uint32_t i = 0; i < wl->nr_bucket; i++)
		bad |= wl->bucket[i] > wl->nr_text ||
		       (i && wl->bucket[i - 1] > wl->bucket[i]);
	return !bad &&
	       all_below(wl->post, wl->nr_post, 0, UINT32_MAX, wl->nr_born) &&
	       all_below(wl->born, wl->nr_born, 0, UINT32_MAX, wl->nr_name);
}

/*
 * The search reads the letters of a bucket one behind the other by the length
 * that it is for. Those of all records stand so (keys_ok(), folds_ok()): then
 * the bucket's last tells.
 */
#define LENGTHS_OK(wl, record, buckets, nr_buckets, good)                     \
	for (uint32_t b = 0; b + 1 < (nr_buckets); b++) {                     \
		uint32_t from = (wl)->buckets[b], to = (wl)->buckets[b + 1];  \
		uint32_t len = b % (NAME_TEXT + 1);                           \
                                                                              \
		(good) &=                                                     \
			from == to ||                                         \
			((wl)->record[to - 1].len == len &&                   \
			 (wl)->record[to - 1].pos - (wl)->record[from].pos == \
				 (to - 1 - from) * len);                      \
	}

static bool lengths_ok(const struct watchlist *wl)
{
	bool good = true;

	LENGTHS_OK(wl, text, bucket, SNAP_BUCKETS, good)
	LENGTHS_OK(wl, fold, fold_bucket, SNAP_FOLD_BUCKETS, good)
	return good;
}
#undef LENGTHS_OK

/* The table of slots is a power of two, and never full. */
static bool documents_ok(const struct watchlist *wl)
{
	uint32_t used = 0;

	for (uint32_t i = 0; i < wl->nr_document; i++) {
		const struct snap_document *d = &wl->document[i];

		if (!ref_ok(wl, d->number) || !ref_ok(wl, d->type) ||
		    d->number.len == 0 || d->number.len > DOCUMENT_TEXT ||
		    !nation_ok(&d->issuer) || d->entry >= wl->nr_entry)
			return false;
	}
	for (uint32_t i = 0; i < wl->nr_nation; i++)
		if (!nation_ok(&wl->nation[i]))
			return false;
	if (wl->nr_slot == 0 || (wl->nr_slot & (wl->nr_slot - 1)))
		return false;
	for (uint32_t i = 0; i < wl->nr_slot; i++) {
		if (wl->slot[i] > wl->nr_document)
			return false;
		used += wl->slot[i] != 0;
	}
	return used < wl->nr_slot;
}

static bool births_ok(const struct watchlist *wl)
{
	const int64_t first = date_to_days((struct date){ 1, 1, 1 });
	const int64_t last = date_to_days((struct date){ 9999, 12, 31 });

	for (uint32_t i = 0; i < wl->nr_birth; i++)
		if (wl->birth[i].from < first || wl->birth[i].to > last ||
		    wl->birth[i].to < wl->birth[i].from)
			return false;
	return true;
}

bool snapshot_indexes_ok(const struct watchlist *wl)
{
	return lists_ok(wl) && entries_ok(wl) && names_ok(wl) && keys_ok(wl) &&
	       folds_ok(wl) && index_ok(wl) && lengths_ok(wl) &&
	       documents_ok(wl) && births_ok(wl);
}
