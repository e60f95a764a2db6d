#include "tools/hits_open.h"

#include "law/keyfile.h"
#include "law/keyfolder.h"

/* The key of a day, and what has to be freed after it. */
struct day {
	struct key_folder *folder;
	struct key_pair *pair;
	const uint8_t *key;
};

static int open_day(struct day *d, const struct hits_keys *keys,
		    struct date day, struct err *e)
{
	int rc = crypt_init(e);

	if (rc == 0)
		rc = key_pair_load(&d->pair, keys->engine_key, e);
	if (rc == 0)
		rc = key_folder_open(&d->folder, keys->folder, d->pair, e);
	if (rc == 0)
		rc = key_folder_day(d->folder, day, DAY_KEY_OPEN, &d->key, e);
	return rc;
}

static void close_day(struct day *d)
{
	key_folder_free(d->folder);
	key_pair_free(d->pair);
}

static int open_row(struct buf *plain, const struct hits_keys *keys,
		    const struct row_ref *row, struct str sealed, struct err *e)
{
	struct day d = { 0 };
	int rc = open_day(&d, keys, row->clock_day, e);

	if (rc == 0)
		rc = crypt_open_row(plain, d.key, row, sealed, e);
	close_day(&d);
	return rc;
}

int hits_open(struct buf *plain, const struct hits_keys *keys,
	      const struct evidence_row *evidence, struct err *e)
{
	struct row_ref row = { STR("evidence"),
			       date_from_days(evidence->clock_day),
			       evidence->hit_id };

	return open_row(plain, keys, &row, evidence->sealed, e);
}

int hits_open_words(struct buf *plain, const struct hits_keys *keys,
		    const struct review_row *review, struct err *e)
{
	struct row_ref row = { STR("review"), date_from_days(review->clock_day),
			       review->review_id };

	return open_row(plain, keys, &row, review->sealed, e);
}

int hits_open_addendum(struct buf *plain, const struct hits_keys *keys,
		       const struct addendum_row *addendum, struct err *e)
{
	struct row_ref row = { STR("addendum"),
			       date_from_days(addendum->clock_day),
			       addendum->addendum_id };

	return open_row(plain, keys, &row, addendum->sealed, e);
}

int hits_seal_words(struct buf *sealed, const struct hits_keys *keys,
		    int32_t clock_day, int64_t review_id, struct str words,
		    struct err *e)
{
	struct row_ref row = { STR("review"), date_from_days(clock_day),
			       review_id };
	struct day d = { 0 };
	int rc = open_day(&d, keys, row.clock_day, e);

	if (rc == 0)
		crypt_seal_row(sealed, d.key, &row, words);
	if (rc == 0 && sealed->failed)
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
	close_day(&d);
	return rc;
}
