#include "engine/range_kafka.h"

#include <time.h>

enum {
	ANSWER_MS = 5000,
	AGAIN_MS = 200, /* between questions to a broker that is away */
};

/* The first offset (RD_KAFKA_OFFSET_BEGINNING) or the next (_END) of each. */
static rd_kafka_resp_err_t ask(struct range *out, rd_kafka_t *rk,
			       const rd_kafka_topic_partition_list_t *parts,
			       int64_t which)
{
	rd_kafka_topic_partition_list_t *q =
		rd_kafka_topic_partition_list_copy(parts);
	rd_kafka_resp_err_t rc;

	for (int i = 0; i < q->cnt; i++)
		q->elems[i].offset = which;
	rc = rd_kafka_offsets_for_times(rk, q, ANSWER_MS);
	for (int i = 0; i < q->cnt && !rc; i++) {
		rc = q->elems[i].err;
		if (which == RD_KAFKA_OFFSET_END)
			out[i].high = q->elems[i].offset;
		else
			out[i].low = q->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(q);
	return rc;
}

int ranges_ask(struct range *out, rd_kafka_t *rk,
	       const rd_kafka_topic_partition_list_t *parts,
	       bool (*stopping)(const void *ctx), const void *ctx,
	       struct err *e)
{
	rd_kafka_resp_err_t rc;

	while (parts->cnt &&
	       ((rc = ask(out, rk, parts, RD_KAFKA_OFFSET_BEGINNING)) ||
		(rc = ask(out, rk, parts, RD_KAFKA_OFFSET_END)))) {
		if (stopping(ctx))
			return err_at(e, ERR_IO, 0,
				      "stopped while asking for the offsets of "
				      "%s: %s",
				      parts->elems[0].topic,
				      rd_kafka_err2str(rc));
		nanosleep(&(struct timespec){ 0, AGAIN_MS * 1000000L }, NULL);
	}
	return 0;
}
