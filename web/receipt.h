/*
 * receipt.h - what a carrier handed in, interchange by interchange
 *
 * One interchange becomes one message of the topic. Its receipt names it by a
 * hash of its bytes: the same bytes have the same receipt. What was recognised
 * is told by counts and keys of flights, never by anything of a traveller.
 *
 *	rc = receipts_make(&list, &nr, body, &limits, &arena, &e);
 *	receipt_write_json(&json, "X9", &list[0]);
 *
 * Lifetime: all in the arena; texts point into the body. Threads: none of its
 * own.
 */
#ifndef WEB_RECEIPT_H
#define WEB_RECEIPT_H

#include "base/json_write.h"
#include "engine/intake.h"
#include "law/crypt.h"

enum {
	RECEIPT_HEX = 2 * CRYPT_HASH_LEN,
	RECEIPT_ID = 32, /* of the hash's digits in an id */
};

struct receipt {
	struct str bytes;	    /* one interchange, its wrapper before it */
	char hash[RECEIPT_HEX + 1]; /* as the engine's quarantine has it */
	struct intake intake;	    /* unless `error` */
	struct err error;	    /* why nothing of it can be read */
	struct str sender;	    /* of UNB; absent: it names none */
	bool test;		    /* UNB's test indicator is set */
};

/*
 * Cut `body` at its interchanges and read each. Returns 0, or ERR_SYNTAX when
 * there is none, ERR_LIMIT when one is longer than limits.message_bytes or
 * there are more than `most`.
 */
MUST_CHECK int receipts_make(struct receipt **list, uint32_t *nr, uint32_t most,
			     struct str body, const struct parse_limits *limits,
			     struct arena *a, struct err *e);

/* "X9-0123456789abcdef0123456789abcdef": the carrier, and half of the hash. */
struct str receipt_id(const struct receipt *r, struct str carrier,
		      struct arena *a);

/* The receipt as an object: id, hash, bytes, messages recognised. */
void receipt_write_json(struct json *j, const struct receipt *r,
			struct str carrier, struct arena *a);

/*
 * The same with each diagnostic: segment, byte, code, sentence; and `clean`,
 * whether a carrier may go live with it: no error, no warning.
 */
void receipt_write_report(struct json *j, const struct receipt *r,
			  struct arena *a);
bool receipt_is_clean(const struct receipt *r);

#endif
