/*
 * keyfolder.h - one random key per clock_day
 *
 * DIR/YYYY-MM-DD.key holds the key of that day, in a box sealed for the
 * engine's public half. The folder stands outside of PGDATA and of backups:
 * when a day's file is destroyed, so is what was sealed under it. Several
 * processes, on several hosts that share the folder, may ask for a new day at
 * once: all get the same key. DIR/YYYY-MM-DD.masked, put there by masking,
 * says that the key is gone for good; such a day gets no new one.
 *
 *	rc = key_folder_open(&kf, "/srv/keys", pair, &e);
 *	rc = key_folder_day(kf, day, DAY_KEY_CREATE, &key, &e);
 *	crypt_seal_row(&blob, key, &row, plain);
 *
 * Lifetime: keys stay, in locked memory, until key_folder_free() wipes them.
 * Threads: all may ask at once; the first to ask for a day takes a lock.
 */
#ifndef LAW_KEYFOLDER_H
#define LAW_KEYFOLDER_H

#include "law/crypt.h"

struct key_folder;
struct custodians;

enum day_key_mode {
	DAY_KEY_OPEN,	/* the key must be there */
	DAY_KEY_CREATE, /* make one where the day has none: first message */
};

/*
 * Open the folder; `pair` is borrowed. Returns 0 and an owned *out; ERR_IO
 * when it is not there, ERR_USAGE when others than its owner may enter it.
 */
MUST_CHECK int key_folder_open(struct key_folder **out, const char *dir,
			       const struct key_pair *pair, struct err *e);

/* Wipe all keys and free; NULL is fine. */
void key_folder_free(struct key_folder *kf);

/*
 * From now on days that are asked for with DAY_KEY_CREATE are wrapped for the
 * custodians of that day, too, each in DIR/YYYY-MM-DD.NAME.box, before the
 * key is used. Borrowed; NULL: for nobody.
 */
void key_folder_custodians(struct key_folder *kf, const struct custodians *c);

/*
 * Open such a file's bytes with the custodian's pair and, when the wrap is
 * nested (custodian.h), the other's, else NULL. False: it is not for them, of
 * another day, or damaged.
 */
MUST_CHECK bool key_folder_unwrap(uint8_t key[CRYPT_KEY_LEN], struct date d,
				  struct str file, const struct key_pair *his,
				  const struct key_pair *others);

/* What key_folder_rewrap() did. */
struct key_rewrap {
	int64_t days;  /* that were wrapped for the pair before this one */
	int64_t wraps; /* that custodians lacked */
};

/*
 * Wrap all days for the engine's newest pair, and for custodians who lack
 * theirs. A day is replaced as a whole or not at all; done again, it goes on
 * where it ended. Errors: as key_folder_day().
 */
MUST_CHECK int key_folder_rewrap(struct key_folder *kf, struct key_rewrap *done,
				 struct err *e);

/*
 * Wipe the key of a day that was masked, or of all masked days (DATE_NONE):
 * what is sealed or opened with it in this moment is not stored any more, the
 * day being closed in the database (db/retention.h).
 */
void key_folder_forget(struct key_folder *kf, struct date d);

/*
 * The key of a full date, CRYPT_KEY_LEN bytes; *key is valid until
 * key_folder_free(), and durable on disk. A day that is known is looked at
 * again: once it is masked, it is refused.
 * Errors: ERR_LEGAL when the day is masked; ERR_INTEGRITY when the key is not
 * there, or is damaged, of another day or for another engine; ERR_IO.
 */
MUST_CHECK int key_folder_day(struct key_folder *kf, struct date day,
			      enum day_key_mode mode, const uint8_t **key,
			      struct err *e);

#endif
