/*
 * feeder.h - files of messages into the topic
 *
 * One file is one payload. The Kafka key is the key of the payload's first
 * flight (locality only: correctness never rests on it), the partition its
 * hash; one without a flight has no key, for keys are not sealed. Payloads are sealed to the engine's public key before they leave.
 *
 * `paxgate push` calls feed_file() for each of its operands; `run --feed DIR`
 * calls feed_folder() on a thread of its own.
 */
#ifndef ENGINE_FEEDER_H
#define ENGINE_FEEDER_H

#include "engine/producer_kafka.h"
#include "engine/progress.h"
#include "law/crypt.h"

struct feeder {
	struct producer *producer;
	const uint8_t *key; /* the engine's public half; borrowed */
	int partitions;
	size_t message_bytes; /* longer files are refused */
	/*
	 * The embedded broker forgets beyond 5 MiB a partition without a word:
	 * with `progress` set, the feeder waits while more than 2 MiB of a
	 * partition are not committed yet.
	 */
	struct progress *progress;
	_Atomic int *stop; /* NULL, or: end early when it is set */
	bool random_keys;  /* tests: any message may go to any partition */
	struct feed_window *window;
	char **fed; /* names of files a folder has given already, sorted */
	size_t nr_fed;
};

/* Ready to feed. Returns 0 or an err_code; feeder_release() in any case. */
MUST_CHECK int feeder_init(struct feeder *f, struct producer *p,
			   const uint8_t key[CRYPT_KEY_LEN],
			   size_t message_bytes, struct err *e);
void feeder_release(struct feeder *f);

/*
 * Send one payload, sealed; `partition`, unless NULL, gets where to. Returns 0,
 * ERR_LIMIT when it is too long for the topic, or ERR_IO.
 */
MUST_CHECK int feed_payload(struct feeder *f, struct str payload,
			    int32_t *partition, struct err *e);

/*
 * Send one file. One that cannot be read or is too long is not sent: *refused
 * says why and names it, and the next may follow. Returns 0, or ERR_IO when
 * the broker does not take it.
 */
MUST_CHECK int feed_file(struct feeder *f, const char *path,
			 struct err *refused, struct err *e);

/*
 * Send all *.edi and *.txt of a folder that it has not sent before, in the
 * order of their names, then wait for the broker. Files must appear whole: by
 * rename. Ends early when *stop is set. Returns the number of messages or an
 * err_code.
 */
MUST_CHECK int feed_folder(struct feeder *f, const char *dir, struct err *e);

#endif
