/*
 * bundle.h - all that a hit rests on, in one file that needs no database
 *
 * The first line is "paxgate-bundle 1 KEY SIGNATURE", the rest one JSON object:
 * the hit's row, the message's header and slices, the evidence with the matched
 * entry, the profile (that one, with the lists that profiles name), reference
 * tables, the catalogue of offences, and the events of the audit log that name
 * the hit. KEY signed a hash of the object: keys.audit.
 *
 * It is personal data in clear: for a court, a supervisory authority, or the
 * review of one hit (Directive (EU) 2016/681 Art. 13(6), C-817/19, 211).
 */
#ifndef TOOLS_BUNDLE_H
#define TOOLS_BUNDLE_H

#include "db/audit.h"
#include "db/profiles.h"
#include "db/query.h"
#include "law/signkey.h"

/* Texts and bytes are borrowed when written, in the arena when read. */
struct bundle {
	struct moment made_at;
	struct str made_by;
	struct hit_row hit;
	/* opened; absent: the side was unknown */
	struct str evidence, pnr_header, pnr_slice, api_header, api_slice;
	struct profile_items items; /* one profile at most, and lists */
	struct str airports, zones, offences;
	const struct audit_about *event;
	uint32_t nr_event;
};

/* Append the whole file, signed. Failures stick in the buf. */
void bundle_write(struct buf *out, const struct bundle *b,
		  const struct sign_pair *pair);

/* Who signed a bundle, if anybody. */
enum bundle_seal {
	BUNDLE_BROKEN, /* what is there is not what was signed */
	BUNDLE_SIGNED,
};

/*
 * Read a file. Returns 0; ERR_SYNTAX when it is no bundle. *seal and the key
 * that signed are for the caller to judge.
 */
MUST_CHECK int bundle_read(struct bundle *out, enum bundle_seal *seal,
			   uint8_t key[CRYPT_KEY_LEN], struct str file,
			   struct arena *a, struct err *e);

/* Does it begin as a bundle does? */
MUST_CHECK bool bundle_is_one(const char *path);

#endif
