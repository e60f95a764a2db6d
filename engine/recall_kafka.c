#include "engine/recall_kafka.h"

#include "engine/trouble_kafka.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MS = 10000, POLL_MS = 100 };

static rd_kafka_t *open_consumer(const struct config *c,
				 struct kafka_trouble *t, struct err *e)
{
	char fetch[24], text[256];
	const char *const settings[][2] = {
		{ "bootstrap.servers", c->brokers },
		{ "group.id", "paxgate-recall" }, /* asked for, never used */
		{ "enable.auto.commit", "false" },
		{ "auto.offset.reset", "error" },
		{ "fetch.message.max.bytes", fetch },
		{ "log_level", "2" },
	};
	rd_kafka_conf_t *conf;
	rd_kafka_t *rk;

	snprintf(fetch, sizeof(fetch), "%lld",
		 (long long)c->message_bytes + KAFKA_FRAME_BYTES);
	conf = kafka_conf(settings, ARRAY_SIZE(settings), c, e);
	if (!conf)
		return NULL;
	kafka_trouble_listen(conf, t);
	rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, text, sizeof(text));
	if (rk) {
		rd_kafka_poll_set_consumer(rk);
		return rk;
	}
	rd_kafka_conf_destroy(conf);
	err_at(e, ERR_USAGE, 0, "Kafka consumer: %s", text);
	return NULL;
}

static int is_it(struct buf *out, const rd_kafka_message_t *m,
		 const struct recall_place *at)
{
	struct str payload = { m->payload ? m->payload : "", m->len };
	uint8_t hash[CRYPT_HASH_LEN];

	crypt_hash(hash, "payload", &payload, 1);
	if (m->offset != at->offset || memcmp(hash, at->hash, sizeof(hash)))
		return 0;
	buf_str(out, payload);
	return 1;
}

/* Poll until something of the partition comes. */
static int fetch(struct buf *out, rd_kafka_t *rk, const struct recall_place *at,
		 struct err *e)
{
	for (int waited = 0; waited < ANSWER_MS; waited += POLL_MS) {
		rd_kafka_message_t *m = rd_kafka_consumer_poll(rk, POLL_MS);
		bool gone, came;
		int rc = 0;

		if (!m)
			continue;
		gone = m->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
		       m->err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE;
		came = !m->err;
		if (came)
			rc = is_it(out, m, at);
		rd_kafka_message_destroy(m);
		if (came || gone)
			return rc;
	}
	return err_at(e, ERR_IO, 0, "no answer from topic '" STR_FMT "' [%d]",
		      STR_ARG(at->topic), at->part);
}

/* 1 when the offset lies in what the broker holds, 0 when not. */
static int is_held(rd_kafka_t *rk, const char *topic,
		   const struct recall_place *at, struct err *e)
{
	int64_t low, high;
	rd_kafka_resp_err_t rc = rd_kafka_query_watermark_offsets(
		rk, topic, at->part, &low, &high, ANSWER_MS);

	if (rc == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
	    rc == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
	    rc == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
		return 0;
	if (rc)
		return err_at(e, ERR_IO, 0,
			      "cannot ask for the offsets of %s [%d]: %s",
			      topic, at->part, rd_kafka_err2str(rc));
	return at->offset >= low && at->offset < high;
}

static int recall(struct buf *out, rd_kafka_t *rk,
		  const struct recall_place *at, struct err *e)
{
	rd_kafka_topic_partition_list_t *one =
		rd_kafka_topic_partition_list_new(1);
	struct buf topic = { 0 };
	int rc;

	buf_str(&topic, at->topic);
	buf_byte(&topic, 0);
	rd_kafka_topic_partition_list_add(one, topic.data, at->part)->offset =
		at->offset;
	rc = is_held(rk, topic.data, at, e);
	if (rc > 0)
		rc = rd_kafka_assign(rk, one)
			     ? err_at(e, ERR_IO, 0, "cannot read topic '%s'",
				      topic.data)
			     : fetch(out, rk, at, e);
	rd_kafka_topic_partition_list_destroy(one);
	buf_release(&topic);
	return rc;
}

int recall_message(struct buf *out, const struct config *c,
		   const struct recall_place *at, struct err *e)
{
	struct kafka_trouble trouble = { 0 };
	rd_kafka_t *rk = open_consumer(c, &trouble, e);
	char *id;
	int rc = 0;

	if (!rk)
		return e->code;
	id = kafka_trouble_greet(rk, &trouble, c->brokers, ANSWER_MS, e);
	if (!id)
		rc = e->code;
	else if (str_eq(str_of(id), at->cluster))
		rc = recall(out, rk, at, e);
	rd_kafka_mem_free(rk, id);
	rd_kafka_consumer_close(rk);
	rd_kafka_destroy(rk);
	return rc;
}
