/*
 * archive.h - a message as the slices it is kept in
 *
 * The header slice (design section 3) and one slice per booking or traveller
 * group, each hashed on its own; the message's hash is over their hashes, so
 * a slice can be blanked later and the message still be proven.
 */
#ifndef ENGINE_ARCHIVE_H
#define ENGINE_ARCHIVE_H

#include "law/crypt.h"
#include "parsers/message.h"

/* Archive bytes and their hash; shared by all sightings that stand in them. */
struct archived {
	struct str bytes;
	uint8_t hash[CRYPT_HASH_LEN];
};

struct archived_message {
	struct archived header;
	struct archived *slice; /* as many as the message has */
	uint32_t nr_slice;
	uint8_t hash[CRYPT_HASH_LEN];
};

/*
 * Cut and hash: `archive` are the redacted bytes that `p` was parsed from
 * (borrowed by the slices). The header is joined in the arena.
 */
void archive_message(struct archived_message *out, struct str archive,
		     const struct parsed *p, struct arena *a);

/*
 * Parse a header and one of its slices again, as replay does. Returns 0 and
 * the one message of it, or ERR_INTEGRITY when the bytes are none.
 */
MUST_CHECK int archive_parse(struct parsed *out, struct str header,
			     struct str slice, struct arena *a, struct err *e);

/* A header and a slice of it. Hashes may be NULL: not known. */
struct archive_ref {
	struct str header, slice;
	const uint8_t *header_hash, *slice_hash;
};

/*
 * What has been parsed already: the travellers of a booking share header and
 * slice, and of a message that is in hand the records are there. Zeroed it is
 * empty. It lives and dies with one arena, and knows bytes by their address or
 * their hash: they must not move as long.
 */
struct archive_cache {
	struct archive_parsed *slot;
	uint32_t nr, cap;
	struct archive_seed *seed;
	uint32_t nr_seed, cap_seed;
};

/*
 * The records `p` of a message are those of its slices `am`, for `p` was
 * parsed from the archive copy as a whole: of its slices only the first that
 * is asked for is parsed again, for what the header says. Both are borrowed,
 * but for `am` itself.
 */
void archive_seed(struct archive_cache *c, const struct archived_message *am,
		  const struct parsed *p, struct arena *a);

/* As archive_parse(), but once for the same bytes. NULL: no cache. */
MUST_CHECK int archive_parse_once(const struct parsed **out,
				  struct archive_cache *cache,
				  const struct archive_ref *ref,
				  struct arena *a, struct err *e);

#endif
