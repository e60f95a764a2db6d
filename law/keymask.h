/*
 * keymask.h - the key folder when a day is masked, and what is kept of it
 *
 *	rc = key_mask_open(kf, day, key, &there, &e);	last time
 *	rc = key_kept_write(kf, day, today, kept, nr, &e);
 *	rc = key_mask_mark(kf, day, &e);		no new key from here on
 *	rc = key_mask_destroy(kf, day, &files, &e);
 *
 * DIR/YYYY-MM-DD.kept has, for each record that outlives its day, the random
 * key of its own, wrapped for each custodian: "RECORD NAME WRAP", a line each,
 * in hexadecimal. The engine cannot open one. The file lies in the key folder,
 * outside of the database and of its backups, so that what a backup holds of a
 * record ends with its line here.
 *
 * Each call may be cut short anywhere and done again. Threads: as the folder.
 */
#ifndef LAW_KEYMASK_H
#define LAW_KEYMASK_H

#include "base/arena.h"
#include "law/custodian.h"
#include "law/keyfolder.h"

/* A record and its key, in memory of crypt_secret_new(). */
struct kept_key {
	int64_t id;
	uint8_t key[CRYPT_KEY_LEN];
};

/*
 * The day's key, whether it is marked or not, into `key`; *there false: there
 * is none any more. Errors: as key_folder_day().
 */
MUST_CHECK int key_mask_open(struct key_folder *kf, struct date d,
			     uint8_t key[CRYPT_KEY_LEN], bool *there,
			     struct err *e);

/* Put DIR/YYYY-MM-DD.masked there, for good. Returns 0 or ERR_IO. */
MUST_CHECK int key_mask_mark(struct key_folder *kf, struct date d,
			     struct err *e);

/* Is it there? */
MUST_CHECK bool key_mask_is_marked(const struct key_folder *kf, struct date d);

/*
 * Overwrite and remove the day's key, all wraps of it and files of creators
 * that died; *files: how many. Returns 0 or ERR_IO.
 */
MUST_CHECK int key_mask_destroy(struct key_folder *kf, struct date d,
				int64_t *files, struct err *e);

/*
 * Look through the whole folder for such files of days that are marked, as a
 * process leaves them that made one in that moment; destroy them, or only
 * count. *files: how many. Returns 0 or ERR_IO.
 */
MUST_CHECK int key_mask_sweep(int64_t *files, struct key_folder *kf,
			      bool destroy, struct err *e);

/* Is anybody a custodian of the folder on that day? */
MUST_CHECK bool key_kept_has_custodian(const struct key_folder *kf,
				       struct date today);

/*
 * Write the day's .kept, in place of one that is there: `nr` keys for the
 * custodians of the folder who are ones on `today`. Returns 0; ERR_USAGE when
 * there is no custodian; ERR_IO.
 */
MUST_CHECK int key_kept_write(struct key_folder *kf, struct date d,
			      struct date today, const struct kept_key *kept,
			      size_t nr, struct err *e);

/*
 * Take records' keys out of it, or all and the file with them (`gone` NULL).
 * The old file is overwritten. Returns 0 or ERR_IO, ERR_INTEGRITY.
 */
MUST_CHECK int key_kept_remove(struct key_folder *kf, struct date d,
			       const int64_t *gone, size_t nr, struct err *e);

/*
 * The records that have a key there, each once, in the order of the file, in
 * the arena. Returns 0 or ERR_IO, ERR_INTEGRITY.
 */
MUST_CHECK int key_kept_list(int64_t **id, uint32_t *nr, struct key_folder *kf,
			     struct date d, struct arena *a, struct err *e);

/* What is in a custodian's wrap: the day, the record, its key. */
enum {
	KEPT_SECRET_LEN = 10 + 8 + CRYPT_KEY_LEN,
	KEPT_SECRET_ROOM = 64, /* for it, of crypt_secret_new() */
};

/* Is it of this day and record? The key is its last CRYPT_KEY_LEN bytes. */
MUST_CHECK bool key_kept_secret_is(const uint8_t secret[KEPT_SECRET_LEN],
				   struct date d, int64_t id);

/* A record's key, wrapped for a custodian. */
struct kept_box {
	struct str name; /* whose */
	struct str wrap; /* bytes */
};

/*
 * All wraps of one record's key, in the arena; none: it has no key. Returns 0 or
 * ERR_IO, ERR_INTEGRITY.
 */
MUST_CHECK int key_kept_boxes(struct kept_box **out, uint32_t *nr,
			      struct key_folder *kf, struct date d, int64_t id,
			      struct arena *a, struct err *e);

/*
 * What a custodian does, on a machine of his own: the key of one record out of
 * the text of a .kept file. `others` as in custodian_unwrap(). False: there is
 * none for him.
 */
MUST_CHECK bool key_kept_unwrap(uint8_t key[CRYPT_KEY_LEN], struct str file,
				struct date d, int64_t id, struct str name,
				const struct key_pair *his,
				const struct key_pair *others);

#endif
