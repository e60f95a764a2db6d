/*
 * replies.h - which answers are agreed, and their references
 *
 * CONTRL follows UNB's own wish or a setting; ACKRES and CUSRES go to senders
 * with whom that was agreed (settings replies.*). A reply's control reference
 * follows from what is answered: the same interchange answered again, after
 * an outage or because it was sent again, has the same one, so that who
 * receives it recognises the double.
 *
 * Threads: none of its own.
 */
#ifndef ENGINE_REPLIES_H
#define ENGINE_REPLIES_H

#include "engine/config.h"
#include "engine/intake.h"
#include "law/crypt.h"
#include "parsers/reply.h"

/* Is an answer of this kind agreed with the interchange's sender? */
bool replies_agreed(const struct config *c, enum reply_kind kind,
		    const struct interchange_head *h);

/* What control references are made of, once for a payload. */
void replies_hash(uint8_t hash[CRYPT_HASH_LEN], const struct intake *in);

/*
 * Append the reply of a kind to interchange `head` of the payload, made `at`
 * (UTC). False: none is due, as reply_write(). `hash` is replies_hash()'s.
 */
bool replies_write(struct buf *out, const struct intake *in, uint32_t head,
		   enum reply_kind kind, const uint8_t hash[CRYPT_HASH_LEN],
		   struct moment at);

#endif
