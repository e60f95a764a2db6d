/*
 * control.h - work that no airline's message triggers
 *
 * It arrives as small JSON documents on kafka.control_topic, which only the
 * engine's own roles may write, and takes the path of all messages: what it
 * changes and its offset move in one transaction, in the topic's order. Each
 * kind is a row of the table in control.c. A message may come twice: a kind
 * has to make no difference of it.
 *
 *	{"kind":"part-timeout","series":"-42","flight":"X9-417-2026-11-14-CMN",
 *	 "sender":"X9APIS","reference":"X9417/261114/1340","seen":"1-2","last":3}
 *
 *	{"kind":"retry","quarantine":"-42","cluster":"...","topic":"pax.raw",
 *	 "part":"3","offset":"17","hash":"1ee2..."}
 *
 * No personal data stand in them: they are not sealed.
 */
#ifndef ENGINE_CONTROL_H
#define ENGINE_CONTROL_H

#include "base/buf.h"
#include "engine/batch.h"
#include "engine/recall_kafka.h"

enum {
	CONTROL_MAX = 64 << 10, /* bytes of one */
};

/*
 * Add one control message to a batch. What cannot be read, or is of no known
 * kind, goes to quarantine. As batch_add().
 */
MUST_CHECK int control_add(struct batch *b, const char *cluster,
			   const struct source_message *m, struct err *e);

/* "part-timeout": nobody waits any longer for the parts that are missing. */
void control_write_part_timeout(struct buf *out, const struct series_row *s);

/* "retry": read a quarantined message again and take it up as if it came now. */
void control_write_retry(struct buf *out, const struct quarantine_row *q);

/*
 * Where it stood. ERR_INTEGRITY when the row has no payload's hash. Texts are
 * the row's.
 */
MUST_CHECK int control_place(struct recall_place *at,
			     const struct quarantine_row *q, struct err *e);

#endif
