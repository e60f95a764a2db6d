/*
 * trouble_kafka.h - why a broker does not talk to us
 *
 * librdkafka tries on for ever and tells its reasons by callbacks. These are
 * kept here, so that who waits in vain can say whether a certificate, a
 * password or a cable is to blame, and need not wait when trying again does
 * not help.
 * Included by the engine's *_kafka.c files only. Threads: librdkafka's own
 * write, the handle's owner asks.
 */
#ifndef ENGINE_TROUBLE_KAFKA_H
#define ENGINE_TROUBLE_KAFKA_H

#include "engine/kafka_conf.h"

#include <stdatomic.h>

/* What a handle's opaque begins with. */
struct kafka_trouble {
	_Atomic int worst; /* enum in trouble_kafka.c; 0: none */
};

/* Before rd_kafka_new(): note what goes wrong in `t`, the handle's opaque. */
void kafka_trouble_listen(rd_kafka_conf_t *conf, struct kafka_trouble *t);

/* All is well: forget what was noted. */
void kafka_trouble_over(struct kafka_trouble *t);

/* Does the broker, or do we, refuse, so that waiting is of no use? Serves
 * the handle's callbacks. */
bool kafka_trouble_refused(rd_kafka_t *rk, struct kafka_trouble *t);

/*
 * Store `what`, a sentence, and behind it the reason that is known. Returns
 * ERR_USAGE when settings have to be changed, else ERR_IO.
 */
int kafka_trouble_err(struct kafka_trouble *t, struct err *e, const char *what,
		      ...) PRINTF(3, 4);

/*
 * Ask for the cluster's id, up to `ms`. NULL after storing the reason. To be
 * freed with rd_kafka_mem_free().
 */
char *kafka_trouble_greet(rd_kafka_t *rk, struct kafka_trouble *t,
			  const char *brokers, int ms, struct err *e);

#endif
