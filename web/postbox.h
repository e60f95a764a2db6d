/*
 * postbox.h - payloads of many requests into the topic, each until the broker
 * has it
 *
 *	rc = postbox_open(&box, &config, key, &e);
 *	rc = postbox_send(box, parcel, nr, &e);	on any thread; waits
 *
 * One thread owns the producer (idempotent, acks from all replicas), sends
 * what has come together and waits for the broker once for all of it. When
 * the broker is away a send fails within POSTBOX_MS; a payload that failed may
 * still arrive, and its repetition is known by its hash.
 *
 * Threads: postbox_send() on any, open and close on one.
 */
#ifndef WEB_POSTBOX_H
#define WEB_POSTBOX_H

#include "engine/config.h"
#include "law/crypt.h"

enum { POSTBOX_MS = 10000 };

struct postbox;

/* A payload, and the note about it that goes into the status topic. */
struct parcel {
	struct str payload;	   /* absent: a note alone */
	struct str note_key, note; /* absent: none */
};

/*
 * Start. `config` and the engine's public `key` are borrowed. The broker need
 * not be there yet. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int postbox_open(struct postbox **out, const struct config *config,
			    const uint8_t key[CRYPT_KEY_LEN], struct err *e);

/*
 * Send `nr` of them, payloads sealed. Returns 0 when all replicas have all of
 * them, ERR_IO when not, ERR_LIMIT when one is longer than the topic takes.
 */
MUST_CHECK int postbox_send(struct postbox *box, const struct parcel *parcel,
			    uint32_t nr, struct err *e);

/* Send what is in it, end the thread, free. NULL is fine. */
void postbox_close(struct postbox *box);

#endif
