/*
 * snapshot.h - lists compiled into one immutable file, mapped and checked
 *
 *	struct watchlist *wl;
 *	rc = watchlist_open(&wl, "lists.snap", &e);
 *	...
 *	watchlist_free(wl);
 *
 * The file is a header, a table of sections and the sections: arrays of the
 * records below, in the byte order of the machine that built it, with offsets
 * and indexes instead of pointers. Opening checks magic, version, byte order,
 * size, checksum and every index once; after that nobody checks again. The
 * checksum is against damage only, it is no signature: whoever needs proof
 * hashes the whole file.
 *
 * The texts section ends with a NUL. Every record is a multiple of 4 bytes,
 * sections begin at multiples of 8.
 *
 * Threads: an open snapshot is read-only and shared.
 */
#ifndef WATCHLIST_SNAPSHOT_H
#define WATCHLIST_SNAPSHOT_H

#include "base/arena.h"
#include "base/err.h"
#include "watchlist/entry.h"
#include "watchlist/list_version.h"

enum {
	SNAPSHOT_VERSION = 7,
	SNAPSHOT_ENDIAN = 0x01020304,
	SNAPSHOT_MAGIC_LEN = 8,
	SNAP_TEXTS = 1 << 24,	  /* distinct texts: a key holds their number */
	SNAP_ABSENT = UINT16_MAX, /* length of a field that is not there */
	SNAP_MOST = 1023,
	SNAP_LEAST = 63,
	SNAP_STEP = 2, /* a text's weights */
};

#define SNAP_NO_FOLD   UINT32_MAX /* a text that has none */
#define SNAPSHOT_MAGIC "PAXGWL\r\n"

/*
 * Distinct texts stand by region, length, signature and bytes. A joined unit
 * of the traveller only ever meets a token, so it looks at the first alone.
 */
enum snap_region {
	REGION_TOKEN,  /* of A-Z, a token's key at least once */
	REGION_JOINED, /* of A-Z, only of joined neighbours */
	REGION_OTHER,  /* not all A-Z: equal or different */
	REGIONS,
	SNAP_BUCKETS = REGIONS * (NAME_TEXT + 1) + 1,
	SNAP_FOLD_BUCKETS = REGION_OTHER * (NAME_TEXT + 1) + 1,
};

/* Sections, in the order of the file: name, record. */
#define SNAPSHOT_SECTIONS(X)              \
	X(list, struct snap_list)         \
	X(entry, struct snap_entry)       \
	X(name, struct snap_name)         \
	X(unit, struct snap_unit)         \
	X(key, struct snap_key)           \
	X(sig, uint64_t)                  \
	X(text, struct snap_text)         \
	X(bucket, uint32_t)               \
	X(fold, struct snap_fold)         \
	X(fold_sig, uint64_t)             \
	X(fold_bucket, uint32_t)          \
	X(fold_text, uint32_t)            \
	X(bones, uint32_t)                \
	X(post, uint32_t)                 \
	X(born, uint32_t)                 \
	X(day, struct snap_day)           \
	X(birth, struct birth_range)      \
	X(nation, struct snap_nation)     \
	X(document, struct snap_document) \
	X(slot, uint32_t)                 \
	X(byte, char)

/* SNAP_list, SNAP_entry, ...: places in the header's table of sections. */
#define SNAPSHOT_ENUM(name, type) SNAP_##name,
enum snap_section { SNAPSHOT_SECTIONS(SNAPSHOT_ENUM) SNAP_SECTIONS };
#undef SNAPSHOT_ENUM

struct snap_extent {
	uint64_t pos; /* of the file */
	uint64_t nr;  /* records */
};

struct snap_header {
	char magic[SNAPSHOT_MAGIC_LEN];
	uint32_t version, endian;
	uint64_t size;	   /* of the file */
	uint64_t checksum; /* of all but this field, see snapshot_checksum() */
	struct snap_extent section[SNAP_SECTIONS];
};

/* A text among the bytes; pos UINT32_MAX: absent. */
struct snap_ref {
	uint32_t pos, len;
};

struct snap_list {
	struct snap_ref id, title, owner, basis, alert;
	int32_t from, until; /* days since 1970-01-01 */
	uint32_t first_entry, nr_entries;
	uint32_t left_out_offence, left_out_expired;
	uint32_t left_out_kind, left_out_bad, unread;
	uint16_t threshold;
	uint16_t least[ENTRY_CLASSES]; /* by class; 0: no more than that */
	uint8_t documents, test;       /* booleans */
	uint8_t version[LIST_VERSION]; /* of its files; 0: not stated */
};

struct snap_entry {
	uint32_t list;
	struct snap_ref id, reference, offence, birth_place;
	int32_t valid_until;
	uint32_t first_name, first_birth, first_nation, first_document;
	uint8_t nr_names, nr_births, nr_nations, nr_documents;
	uint32_t sex; /* M, F, X or 0 */
};

/* Surname and given names stand one behind the other among the bytes. */
struct snap_name {
	uint32_t pos;
	uint32_t entry;
	uint32_t first_unit, first_key; /* keys of its units, in their order */
	uint16_t surname, given;	/* bytes, or SNAP_ABSENT */
	uint8_t nr_units, nr_tokens;
	uint16_t zero;
};

/* A unit; weight and kind are of tokens, the first units of a name. */
struct snap_unit {
	uint8_t mask, weight;
	uint8_t nr_keys, kind : 4, part : 4;
};

/* From the low end: 24 bits text, 4 spelt, 4 cost in steps of COST_STEP. */
struct snap_key {
	uint32_t packed;
};

static inline uint32_t snap_key_text(struct snap_key k)
{
	return k.packed & (SNAP_TEXTS - 1);
}

static inline uint32_t snap_key_spelt(struct snap_key k)
{
	return k.packed >> 24 & 15;
}

static inline uint32_t snap_key_cost(struct snap_key k)
{
	return (k.packed >> 28) * COST_STEP;
}

/* A distinct text; its signature is sig[] at the same index. */
struct snap_text {
	uint32_t pos;
	uint32_t first_post, nr_posts;
	uint32_t nr_undated; /* the first of these: no birth date is known */
	uint32_t fold;	     /* index, or SNAP_NO_FOLD: not of A-Z */
	uint8_t len, first;  /* letter */
	/* what units that have it weigh: the most, the least (snap_least()) */
	uint16_t most : 10, least : 6;
};

/* A weight in steps of SNAP_STEP, not above what it is; and back. */
static inline uint16_t snap_least(uint32_t weight)
{
	return weight / SNAP_STEP < SNAP_LEAST ? (uint16_t)(weight / SNAP_STEP)
					       : SNAP_LEAST;
}

/*
 * How texts sound: distinct folds (fold.h), first those of a text of
 * REGION_TOKEN, then those of joined texts only, by length, signature and
 * bytes; fold_sig[] has the signatures, fold_bucket[] where a length begins. The
 * texts that sound so stand in fold_text[]. bones[] are the first region's folds
 * with BONES_LEAST bones, by them.
 */
struct snap_fold {
	uint32_t pos;
	uint32_t first_text, nr_texts;
	uint8_t len, zero;
	uint16_t variant; /* its class */
};

/*
 * born[] has each name once for each key of its entry's birth dates
 * (birth_days.h), by that key; day[] says where a key's begin. post[] are
 * indexes into born[], rising, of the names that have a text.
 */
struct snap_day {
	int32_t key;
	uint32_t first;
};

struct snap_nation {
	char code[4]; /* ends with a NUL */
};

struct snap_document {
	struct snap_ref number, type;
	struct snap_nation issuer; /* empty: not stated */
	uint32_t entry;
};

struct watchlist {
	struct str bytes; /* the whole file */
	bool mapped;
#define SNAPSHOT_MEMBER(name, type) \
	const type *name;           \
	uint32_t nr_##name;
	SNAPSHOT_SECTIONS(SNAPSHOT_MEMBER)
#undef SNAPSHOT_MEMBER
};

/*
 * Map and check a snapshot. Returns 0 and *out, to be freed by the caller;
 * ERR_IO when it cannot be read; ERR_INTEGRITY, saying what is wrong, when it
 * is damaged, cut short, of another version or of another machine's order.
 */
MUST_CHECK int watchlist_open(struct watchlist **out, const char *path,
			      struct err *e);

/* The same for bytes in memory, borrowed and aligned to 8. */
MUST_CHECK int watchlist_of_bytes(struct watchlist **out, struct str bytes,
				  struct err *e);

/* Unmap and free; NULL is fine. */
void watchlist_free(struct watchlist *wl);

/*
 * Damage detection: eight sums like FNV-1a, each over every eighth 64-bit word
 * of the machine, the checksum's own word taken for 0, then one over the
 * eight; bytes beyond the last 64 one by one. At least a header is needed.
 */
uint64_t snapshot_checksum(struct str bytes);

/* A text of the snapshot; absent stays absent. Lives as long as `wl`. */
struct str watchlist_text(const struct watchlist *wl, struct snap_ref ref);

/* Are all indexes of a mapped snapshot within it? For watchlist_open(). */
bool snapshot_indexes_ok(const struct watchlist *wl);

/* Fold `fold` (below nr_fold) with what belongs to it; SNAP_NO_FOLD: none. */
struct name_sound watchlist_sound(const struct watchlist *wl, uint32_t fold);

/* Text `index` (below nr_text) as a key without cost and sound; with sound. */
struct name_key watchlist_text_key(const struct watchlist *wl, uint32_t index);
struct name_key watchlist_key(const struct watchlist *wl, uint32_t index);

/* Weights of name `index`'s tokens, the rest 0. */
void watchlist_weights(const struct watchlist *wl, uint32_t index,
		       uint16_t weight[NAME_TOKENS]);

/*
 * Entry `index` (below nr_entry) in the form of entry.h: arrays in the arena,
 * texts in the snapshot.
 */
void watchlist_entry(const struct watchlist *wl, uint32_t index,
		     struct arena *a, struct watch_entry *out);

/* Name `index` (below nr_name) ready to score; keys are in the snapshot. */
void watchlist_name(const struct watchlist *wl, uint32_t index,
		    struct name_form *out);

#endif
