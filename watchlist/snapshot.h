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

enum {
	SNAPSHOT_VERSION = 2,
	SNAPSHOT_ENDIAN = 0x01020304,
	SNAPSHOT_MAGIC_LEN = 8,
};

#define SNAPSHOT_MAGIC "PAXGWL\r\n"

/* Sections, in the order of the file: name, record. */
#define SNAPSHOT_SECTIONS(X)              \
	X(list, struct snap_list)         \
	X(entry, struct snap_entry)       \
	X(name, struct snap_name)         \
	X(unit, struct snap_unit)         \
	X(key, struct snap_key)           \
	X(text, struct snap_text)         \
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
	uint8_t documents, test; /* booleans */
};

struct snap_entry {
	uint32_t list;
	struct snap_ref id, reference, offence, birth_place;
	int32_t valid_until;
	uint32_t first_name, first_birth, first_nation, first_document;
	uint8_t nr_names, nr_births, nr_nations, nr_documents;
	uint32_t sex; /* M, F, X or 0 */
};

struct snap_name {
	struct snap_ref surname, given;
	uint32_t first_unit;
	uint8_t nr_units, nr_tokens;
	uint16_t weight[NAME_TOKENS];
	uint8_t kind[NAME_TOKENS];
	uint16_t zero;
};

struct snap_unit {
	uint32_t first_key;
	uint8_t mask, part, nr_keys, zero;
};

struct snap_key {
	uint32_t text; /* index into the dictionary of distinct texts */
	uint8_t cost, spelt;
	uint16_t zero;
};

struct snap_text {
	uint64_t sig;
	struct snap_ref text;
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
 * Damage detection: FNV-1a over the file as 64-bit words of the machine, the
 * checksum's own word left out; bytes beyond the last word one by one.
 */
uint64_t snapshot_checksum(struct str bytes);

/* A text of the snapshot; absent stays absent. Lives as long as `wl`. */
struct str watchlist_text(const struct watchlist *wl, struct snap_ref ref);

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
