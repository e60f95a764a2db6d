/*
 * kafka_conf.h - librdkafka's settings, ours and the operator's
 *
 * Included by the engine's *_kafka.c files only: they are the ones that name
 * librdkafka.
 */
#ifndef ENGINE_KAFKA_CONF_H
#define ENGINE_KAFKA_CONF_H

#include "base/err.h"
#include "engine/config.h"

#include <librdkafka/rdkafka.h>

enum { KAFKA_FRAME_BYTES = 65536 }; /* seal, key and headers of a message */

/*
 * Our pairs (a NULL value is skipped), then the operator's kafka.librdkafka
 * ones over them. Returns a configuration to hand to rd_kafka_new(), or NULL
 * after storing ERR_USAGE that names the setting; never its value. Values that
 * are secrets are read from the files that the settings name.
 */
rd_kafka_conf_t *kafka_conf(const char *const (*pair)[2], size_t nr,
			    const struct config *c, struct err *e);

#endif
