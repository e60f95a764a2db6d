/*
 * retention_seal.h - records that outlive their day: opened once more, sealed
 * anew
 *
 * The sealed record is JSON: {"traveller": {...}, "booking": {...} or null,
 * "hits": [{"hit", "kind", "source", ..., "evidence": {...} or null,
 * "reviews": [{"state", "reviewer", ..., "words": {...} or null}]}],
 * "corrections": [{"field", "made_at", "said": {...}}]}, each part the bytes that were sealed under the day's key. The message's slice is
 * not in it: it holds the co-travellers, who are not kept.
 *
 * Threads: pure.
 */
#ifndef ENGINE_RETENTION_SEAL_H
#define ENGINE_RETENTION_SEAL_H

#include "db/retention.h"
#include "law/keymask.h"

/*
 * Make the record of kept->row[i], its key random into `own`. `delete_on` in
 * days. Returns 0; ERR_INTEGRITY when a part cannot be opened with the day's
 * key; ERR_NOMEM.
 */
MUST_CHECK int retention_seal(struct masked_record_row *out,
			      struct kept_key *own,
			      const struct kept_rows *kept, uint32_t i,
			      const uint8_t day_key[CRYPT_KEY_LEN],
			      int32_t delete_on, struct arena *a,
			      struct err *e);

/* What such a record is bound to, for crypt_open_row(). */
struct row_ref retention_ref(int32_t day, int64_t record_id);

#endif
