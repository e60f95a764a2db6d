/*
 * unmask.h - what goes between PIU, court and custodians to unmask records
 *
 *	request file	what is asked for, the boxes of the records' keys, and the
 *			public half of a key made for this once
 *	approval	a judge's signature over that file's bytes
 *	release file	the keys, boxed for the one-time key; while a second
 *			custodian has to open first, the inner boxes
 *
 * A custodian works on a machine of his own, without a database: he releases
 * nothing that no judge of the register has signed, and nothing beyond the
 * records that stand in the signed file (Directive (EU) 2016/681 Art. 12(3)).
 * Each key is bound to its day and record inside the box, so boxes cannot be
 * exchanged.
 *
 * Both files are text, a word and its values a line, and hold no personal data.
 *
 * Pure: no file, no clock. Lifetime: results live in the arena, or are views into
 * the text. Threads: plain data. Call crypt_init() first.
 */
#ifndef LAW_UNMASK_H
#define LAW_UNMASK_H

#include "law/approval.h"
#include "law/keymask.h"
#include "law/settings.h"

enum { UNMASK_BOXES_MAX = 4096, UNMASK_FILE_MAX = 4 << 20 };

/* A record's key, boxed. */
struct unmask_box {
	struct date day;
	int64_t record;
	struct str holders; /* who have to open it, in turn: "dpo+deputy" */
	struct str wrap;    /* bytes */
};

struct unmask_file {
	struct str request, case_id, authority, asked_by;
	struct moment asked_at;
	uint8_t key[CRYPT_KEY_LEN]; /* public half of the one-time pair */
	struct text_list fields;
	struct unmask_box *box;
	uint32_t nr;
};

/* Append the file's text; and read it. ERR_SYNTAX: it is none. */
void unmask_file_write(struct buf *out, const struct unmask_file *f);
MUST_CHECK int unmask_file_read(struct unmask_file *out, struct str text,
				struct arena *a, struct err *e);

/* Its hash, by which the database knows it. */
void unmask_file_hash(uint8_t out[CRYPT_HASH_LEN], struct str text);

/* Sign a file's text: approver and time are set in `a`. */
void unmask_sign(struct approval *a, const struct approver_key *key,
		 struct str text);

/*
 * Is it approved, by a judge of the register who is not the one who asked?
 * ERR_LEGAL with the sentence if not.
 */
MUST_CHECK int unmask_check(const struct approval *a, const struct approvers *r,
			    const struct unmask_file *f, struct str text,
			    struct err *e);

struct unmask_release {
	struct str request;
	uint8_t file_hash[CRYPT_HASH_LEN];
	struct str by;		/* who opened so far, "dpo deputy" */
	struct unmask_box *box; /* holders absent: for the one-time key */
	uint32_t nr;
};

/* Append the file's text; and read it. ERR_SYNTAX: it is none. */
void unmask_release_write(struct buf *out, const struct unmask_release *r);
MUST_CHECK int unmask_release_read(struct unmask_release *out, struct str text,
				   struct arena *a, struct err *e);

/*
 * A custodian opens what is for him: of the file, or of what another one left
 * (`from`, else NULL). Keys that are open are boxed anew for the one-time key.
 * *opened: how many he opened. Returns 0; ERR_LEGAL when none is for this key, or
 * `from` is of another file or has a record that is not in it; ERR_INTEGRITY when a box holds the key of another
 * record than the file says.
 */
MUST_CHECK int unmask_release_step(struct unmask_release *out, uint32_t *opened,
				   const struct unmask_file *f,
				   const uint8_t file_hash[CRYPT_HASH_LEN],
				   const struct unmask_release *from,
				   const struct key_pair *his, struct arena *a,
				   struct err *e);

/*
 * The key of a record, by the one-time pair, into `key`. False: it was not
 * released to it.
 */
MUST_CHECK bool unmask_open(uint8_t key[CRYPT_KEY_LEN],
			    const struct unmask_release *r, struct date day,
			    int64_t record, const struct key_pair *once);

/*
 * The private half of the one-time pair in a file of its own, mode 0600; and
 * read back, to be freed with key_pair_free(). As person_key_create().
 */
MUST_CHECK int unmask_key_create(struct key_pair **out, const char *path,
				 struct err *e);
MUST_CHECK int unmask_key_load(struct key_pair **out, const char *path,
			       struct err *e);

#endif
