/*
 * keyfolder_internal.h - what the files of the key folder share
 * (keyfolder.c, keyfolder_file.c, keyfolder_wrap.c)
 */
#ifndef LAW_KEYFOLDER_INTERNAL_H
#define LAW_KEYFOLDER_INTERNAL_H

#include "law/keyfolder.h"

#include <pthread.h>

enum {
	DAY_LEN = 10, /* YYYY-MM-DD */
	NAME_CAP = 96,
	DAY_FILE_MAX = 256, /* no file of the folder is as long */
};

struct day_slot {
	int64_t day;
	uint8_t key[CRYPT_KEY_LEN];
};

struct key_folder {
	const struct key_pair *pair;
	const struct custodians *custodians; /* NULL: nobody */
	struct block *first;
	pthread_mutex_t lock; /* held while a day is read or made */
	int fd;
	char *dir; /* for sentences */
};

/* "YYYY-MM-DD" and what follows it. */
void key_day_name(char name[NAME_CAP], struct date d, const char *suffix);

/* "key of 2026-11-22 in 'DIR' WHAT". Returns `code`. */
int key_day_error(struct key_folder *kf, enum err_code code, struct date d,
		  const char *what, struct err *e);
/* "... cannot be WHAT: errno's words", ERR_IO. */
int key_day_io_error(struct key_folder *kf, struct date d, const char *what,
		     struct err *e);

/* A day's key, boxed for the engine, as the bytes of a file. */
MUST_CHECK int key_day_make_file(struct buf *file, struct key_folder *kf,
				 struct date d, const uint8_t *key,
				 struct err *e);

/*
 * Write a whole, synced file and give it its name. A name that is taken stays
 * as it is, unless `replace`.
 */
MUST_CHECK int key_day_write(struct key_folder *kf, struct date d,
			     const char *name, struct str bytes, bool replace,
			     struct err *e);

/* Check the bytes of a day's file and copy the key they hold to `key`. */
MUST_CHECK int key_day_open_file(uint8_t *key, struct key_folder *kf,
				 struct date d, struct str file, struct err *e);

/*
 * Zeros over the whole file, on the disk. What a file system or a disk writes
 * elsewhere it keeps: the folder's disk has to be encrypted, too. 0, or -1 and
 * errno.
 */
MUST_CHECK int key_file_overwrite(int fd);
/* Overwrite and remove; what is not there is fine. Returns 0 or ERR_IO. */
MUST_CHECK int key_file_destroy(struct key_folder *kf, struct date d,
				const char *name, struct err *e);

/*
 * Wrap the key for each custodian of that day who has no wrap yet; *made
 * (NULL: not asked) counts them.
 */
MUST_CHECK int key_day_wrap(struct key_folder *kf, struct date d,
			    const uint8_t *key, int64_t *made, struct err *e);

#endif
