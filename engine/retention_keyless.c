/*
 * retention_keyless.c - records that a restore brought back, without their keys
 */
#include "engine/retention.h"

static bool is_among(int64_t id, const int64_t *set, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		if (set[i] == id)
			return true;
	return false;
}

/* Those of `id` that `other` has not; in the arena. */
static struct row_tokens without(const int64_t *id, uint32_t nr,
				 const int64_t *other, uint32_t nr_other,
				 struct arena *a)
{
	int64_t *v = arena_alloc(a, (nr + 1) * sizeof(*v));
	uint32_t n = 0;

	for (uint32_t i = 0; i < nr; i++)
		if (!is_among(id[i], other, nr_other))
			v[n++] = id[i];
	return (struct row_tokens){ v, n };
}

static int erase(struct retention_job *j, int32_t day,
		 const struct row_tokens *gone, struct arena *a, struct err *e)
{
	int64_t *sorted = arena_alloc(a, (gone->nr + 1) * sizeof(*sorted));
	uint8_t hash[CRYPT_HASH_LEN];
	struct audit_event ev = { .operation = AUDIT_ERASE,
				  .record_set = hash,
				  .subjects = { gone->nr, true },
				  .mask_before = STR("masked"),
				  .reason = STR("restored-without-key") };

	for (uint32_t i = 0; i < gone->nr; i++)
		sorted[i] = gone->v[i];
	audit_set_hash(hash, sorted, gone->nr);
	return retention_erase(j->pg, day, gone, false, &ev, e);
}

int retention_erase_keyless(int64_t *nr, struct retention_job *j, int32_t day,
			    struct err *e)
{
	struct date d = date_from_days(day);
	struct row_tokens row, lack;
	struct arena a = { 0 };
	uint32_t nr_key = 0;
	int64_t *key;

	*nr = 0;
	if (retention_lapsed(&row, j->pg, day, j->today, true, &a, e) ||
	    key_kept_list(&key, &nr_key, j->keys, d, &a, e))
		goto out;
	lack = without(row.v, row.nr, key, nr_key, &a);
	if (lack.nr && erase(j, day, &lack, &a, e))
		goto out;
	*nr = lack.nr;
out:
	arena_release(&a);
	return e->code;
}
