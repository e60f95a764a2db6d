#include "engine/topic_kafka.h"

#include "engine/kafka_conf.h"

#include <stdio.h>

enum { ANSWER_MS = 10000 };

static rd_kafka_t *open_admin(const struct config *c, struct err *e)
{
	const char *const settings[][2] = {
		{ "bootstrap.servers", c->brokers },
		{ "log_level", "2" },
	};
	rd_kafka_conf_t *conf =
		kafka_conf(settings, ARRAY_SIZE(settings), c, e);
	rd_kafka_t *rk;
	char text[256];

	if (!conf)
		return NULL;
	rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof(text));
	if (rk)
		return rk;
	rd_kafka_conf_destroy(conf);
	err_at(e, ERR_USAGE, 0, "Kafka: %s", text);
	return NULL;
}

/* What the broker says of the one topic that was spoken of; NULL: all is well. */
static const char *answer(rd_kafka_event_t *ev)
{
	const rd_kafka_topic_result_t **topic;
	const char *why;
	size_t nr;

	if (!ev)
		return "no answer";
	if (rd_kafka_event_error(ev))
		return rd_kafka_event_error_string(ev);
	if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_CREATETOPICS_RESULT)
		topic = rd_kafka_CreateTopics_result_topics(
			rd_kafka_event_CreateTopics_result(ev), &nr);
	else
		topic = rd_kafka_DeleteTopics_result_topics(
			rd_kafka_event_DeleteTopics_result(ev), &nr);
	if (nr != 1 || !rd_kafka_topic_result_error(topic[0]))
		return NULL;
	why = rd_kafka_topic_result_error_string(topic[0]);
	return why ? why
		   : rd_kafka_err2str(rd_kafka_topic_result_error(topic[0]));
}

static int outcome(rd_kafka_queue_t *q, const char *what,
		   const struct config *c, struct err *e)
{
	rd_kafka_event_t *ev = rd_kafka_queue_poll(q, ANSWER_MS);
	const char *why = answer(ev);

	if (why)
		err_at(e, ERR_IO, 0, "cannot %s topic '%s': %s", what, c->topic,
		       why);
	rd_kafka_event_destroy(ev);
	rd_kafka_queue_destroy(q);
	return e->code;
}

int topic_create(const struct config *c, int partitions, struct err *e)
{
	rd_kafka_t *rk = open_admin(c, e);
	rd_kafka_NewTopic_t *t;
	rd_kafka_queue_t *q;
	char text[256], max[24];

	if (!rk)
		return e->code;
	t = rd_kafka_NewTopic_new(c->topic, partitions, 1, text, sizeof(text));
	if (!t) {
		rd_kafka_destroy(rk);
		return err_at(e, ERR_USAGE, 0, "topic '%s': %s", c->topic,
			      text);
	}
	snprintf(max, sizeof(max), "%lld",
		 (long long)c->message_bytes + KAFKA_FRAME_BYTES);
	rd_kafka_NewTopic_set_config(t, "max.message.bytes", max);
	q = rd_kafka_queue_new(rk);
	rd_kafka_CreateTopics(rk, &t, 1, NULL, q);
	(void)!outcome(q, "make", c, e);
	rd_kafka_NewTopic_destroy(t);
	rd_kafka_destroy(rk);
	return e->code;
}

int topic_drop(const struct config *c, struct err *e)
{
	rd_kafka_t *rk = open_admin(c, e);
	rd_kafka_DeleteTopic_t *t;
	rd_kafka_queue_t *q;

	if (!rk)
		return e->code;
	t = rd_kafka_DeleteTopic_new(c->topic);
	q = rd_kafka_queue_new(rk);
	rd_kafka_DeleteTopics(rk, &t, 1, NULL, q);
	(void)!outcome(q, "remove", c, e);
	rd_kafka_DeleteTopic_destroy(t);
	rd_kafka_destroy(rk);
	return e->code;
}
