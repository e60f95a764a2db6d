#include "engine/producer_kafka.h"

#include "engine/trouble_kafka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ANSWER_MS = 10000, LOOK_MS = 500, QUEUE_WAIT_MS = 100 };

struct producer {
	struct kafka_trouble trouble; /* first: the opaque */
	rd_kafka_t *rk;
	char *topic, *brokers;
	long failed; /* by delivery reports, run by this thread's polls */
};

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *m, void *ctx)
{
	struct producer *p = ctx;

	(void)rk;
	p->failed += m->err != 0;
}

static rd_kafka_conf_t *make_conf(const struct config *c, struct err *e)
{
	char max[24];
	const char *const settings[][2] = {
		{ "bootstrap.servers", c->brokers },
		{ "compression.codec", "lz4" },
		{ "message.max.bytes", max },
		{ "enable.idempotence", "true" },
		{ "linger.ms", "5" },
		{ "log_level", "2" },
	};

	snprintf(max, sizeof(max), "%lld",
		 (long long)c->message_bytes + KAFKA_FRAME_BYTES);
	return kafka_conf(settings, ARRAY_SIZE(settings), c, e);
}

int producer_open(struct producer **out, const struct config *c, struct err *e)
{
	struct producer *p = calloc(1, sizeof(*p));
	rd_kafka_conf_t *conf = p ? make_conf(c, e) : NULL;
	char text[256];

	if (!conf) {
		free(p);
		return e->code ? e->code
			       : err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	kafka_trouble_listen(conf, &p->trouble);
	p->topic = strdup(c->topic);
	p->brokers = strdup(c->brokers);
	p->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof(text));
	if (!p->rk) {
		rd_kafka_conf_destroy(conf);
		producer_close(p);
		return err_at(e, ERR_USAGE, 0, "Kafka producer: %s", text);
	}
	*out = p;
	return 0;
}

int producer_partitions(struct producer *p, struct err *e)
{
	rd_kafka_topic_t *t = rd_kafka_topic_new(p->rk, p->topic, NULL);
	const struct rd_kafka_metadata *md = NULL;
	int nr = 0;

	for (int waited = 0; t && !md && waited < ANSWER_MS; waited += LOOK_MS)
		if (rd_kafka_metadata(p->rk, 0, t, &md, LOOK_MS) &&
		    kafka_trouble_refused(p->rk, &p->trouble))
			break;
	if (md) {
		kafka_trouble_over(&p->trouble);
		if (md->topic_cnt == 1 && !md->topics[0].err)
			nr = md->topics[0].partition_cnt;
		rd_kafka_metadata_destroy(md);
	}
	if (t)
		rd_kafka_topic_destroy(t);
	return nr > 0 ? nr
		      : kafka_trouble_err(&p->trouble, e,
					  "topic '%s' cannot be reached; make "
					  "it, or check kafka.brokers",
					  p->topic);
}

int producer_greet(struct producer *p, int ms, struct err *e)
{
	struct err why = { 0 };
	char *id =
		kafka_trouble_greet(p->rk, &p->trouble, p->brokers, ms, &why);

	if (id)
		rd_kafka_mem_free(p->rk, id);
	if (why.code == ERR_USAGE)
		*e = why;
	return e->code;
}

int producer_send(struct producer *p, int32_t partition, struct str key,
		  struct str payload, struct err *e)
{
	rd_kafka_resp_err_t rc;

	for (;;) {
		rc = rd_kafka_producev(
			p->rk, RD_KAFKA_V_TOPIC(p->topic),
			RD_KAFKA_V_PARTITION(partition),
			RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
			RD_KAFKA_V_KEY((void *)key.ptr, key.len),
			RD_KAFKA_V_VALUE((void *)payload.ptr, payload.len),
			RD_KAFKA_V_END);
		rd_kafka_poll(p->rk, rc ? QUEUE_WAIT_MS : 0);
		if (rc != RD_KAFKA_RESP_ERR__QUEUE_FULL)
			break;
	}
	if (rc == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
		return err_at(e, ERR_LIMIT, 0,
			      "message of %zu bytes is longer than "
			      "limits.message_bytes",
			      payload.len);
	return rc ? err_at(e, ERR_IO, 0, "cannot send to '%s': %s", p->topic,
			   rd_kafka_err2str(rc))
		  : 0;
}

int producer_flush(struct producer *p, int ms, struct err *e)
{
	rd_kafka_resp_err_t rc = rd_kafka_flush(p->rk, ms);

	if (rc)
		return err_at(e, ERR_IO, 0,
			      "%d messages were not acknowledged within %d ms",
			      rd_kafka_outq_len(p->rk), ms);
	return p->failed ? err_at(e, ERR_IO, 0,
				  "the broker refused %ld messages", p->failed)
			 : 0;
}

int producer_high(struct producer *p, int32_t partition, int64_t *high,
		  struct err *e)
{
	int64_t low;
	rd_kafka_resp_err_t rc;

	/* a topic just made, or a broker just back, has no leaders yet */
	for (int waited = 0; waited < ANSWER_MS; waited += QUEUE_WAIT_MS) {
		rc = rd_kafka_query_watermark_offsets(p->rk, p->topic,
						      partition, &low, high,
						      ANSWER_MS - waited);
		if (!rc || rc == RD_KAFKA_RESP_ERR__TIMED_OUT)
			break;
		nanosleep(&(struct timespec){ 0, QUEUE_WAIT_MS * 1000000L },
			  NULL);
	}
	return rc ? err_at(e, ERR_IO, 0,
			   "cannot ask for the offsets of %s "
			   "[%d]: %s",
			   p->topic, partition, rd_kafka_err2str(rc))
		  : 0;
}

void producer_close(struct producer *p)
{
	if (!p)
		return;
	if (p->rk)
		rd_kafka_destroy(p->rk);
	free(p->topic);
	free(p->brokers);
	free(p);
}
