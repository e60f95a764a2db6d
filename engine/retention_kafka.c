#include "engine/retention_kafka.h"

#include "engine/trouble_kafka.h"

#include <string.h>
#include <time.h>

enum { ANSWER_MS = 10000, TRIES = 5, PAUSE_MS = 300 };

#define MS_PER_HOUR INT64_C(3600000)

static rd_kafka_t *open_admin(const struct config *c, struct kafka_trouble *t,
			      struct err *e)
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
	kafka_trouble_listen(conf, t);
	rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof(text));
	if (rk)
		return rk;
	rd_kafka_conf_destroy(conf);
	err_at(e, ERR_USAGE, 0, "Kafka: %s", text);
	return NULL;
}

/* A setting of the topic; "" when the broker does not tell it. */
static struct str value_of(const rd_kafka_ConfigResource_t *topic,
			   const char *name)
{
	size_t nr;
	const rd_kafka_ConfigEntry_t **all =
		rd_kafka_ConfigResource_configs(topic, &nr);
	const char *value = NULL;

	for (size_t i = 0; i < nr; i++)
		if (!strcmp(rd_kafka_ConfigEntry_name(all[i]), name))
			value = rd_kafka_ConfigEntry_value(all[i]);
	return str_of(value ? value : "");
}

static int check_hours(const struct config *c, struct str text, struct err *e)
{
	int64_t ms;

	if (!str_to_i64(text, &ms))
		return err_at(e, ERR_USAGE, 0,
			      "topic '%s': the broker does not tell its "
			      "retention.ms",
			      c->topic);
	if (ms >= c->raw_hours_min * MS_PER_HOUR &&
	    ms <= c->raw_hours_max * MS_PER_HOUR)
		return 0;
	return err_at(
		e, ERR_USAGE, 0,
		"topic '%s' keeps messages for %lld ms (retention.ms; -1: "
		"for ever), and limits.raw_retention_hours_min and _max "
		"allow %lld to %lld hours: set retention.ms of the topic "
		"to %lld to %lld",
		c->topic, (long long)ms, (long long)c->raw_hours_min,
		(long long)c->raw_hours_max,
		(long long)(c->raw_hours_min * MS_PER_HOUR),
		(long long)(c->raw_hours_max * MS_PER_HOUR));
}

static int check_topic(const struct config *c,
		       const rd_kafka_ConfigResource_t *topic, struct err *e)
{
	rd_kafka_resp_err_t rc = rd_kafka_ConfigResource_error(topic);
	struct str policy = value_of(topic, "cleanup.policy");

	if (rc == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
		return err_at(e, ERR_IO, 0,
			      "topic '%s' cannot be reached; make it, or check "
			      "kafka.brokers",
			      c->topic);
	if (rc)
		return err_at(e, ERR_USAGE, 0,
			      "topic '%s' may not be asked for its retention: "
			      "%s; allow this role DescribeConfigs on it",
			      c->topic, rd_kafka_err2str(rc));
	if (!str_eq(policy, STR("delete")))
		return err_at(e, ERR_USAGE, 0,
			      "topic '%s' has cleanup.policy '" STR_FMT
			      "': with compaction a flight's later message "
			      "removes the earlier; set it to delete",
			      c->topic, STR_ARG(policy));
	if (!str_eq(value_of(topic, "retention.bytes"), STR("-1")))
		return err_at(e, ERR_USAGE, 0,
			      "topic '%s' has a limit in bytes: on a busy day "
			      "messages would go before they are read; set "
			      "retention.bytes to -1",
			      c->topic);
	return check_hours(c, value_of(topic, "retention.ms"), e);
}

static int ask(rd_kafka_t *rk, const struct config *c, struct err *e)
{
	rd_kafka_ConfigResource_t *topic =
		rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, c->topic);
	rd_kafka_queue_t *q = rd_kafka_queue_new(rk);
	const rd_kafka_ConfigResource_t **got = NULL;
	rd_kafka_event_t *ev;
	size_t nr = 0;

	rd_kafka_DescribeConfigs(rk, &topic, 1, NULL, q);
	ev = rd_kafka_queue_poll(q, ANSWER_MS);
	if (ev && !rd_kafka_event_error(ev))
		got = rd_kafka_DescribeConfigs_result_resources(
			rd_kafka_event_DescribeConfigs_result(ev), &nr);
	if (nr == 1)
		(void)!check_topic(c, got[0], e);
	else
		err_at(e, ERR_IO, 0,
		       "topic '%s': the broker does not tell its retention: %s",
		       c->topic,
		       ev ? rd_kafka_event_error_string(ev) : "no answer");
	rd_kafka_event_destroy(ev);
	rd_kafka_queue_destroy(q);
	rd_kafka_ConfigResource_destroy(topic);
	return e->code;
}

/* A connection may break amid the question; that is no reason to end. */
static int ask_patiently(rd_kafka_t *rk, const struct config *c, struct err *e)
{
	time_t until = time(NULL) + ANSWER_MS / 1000;
	int rc = ask(rk, c, e);

	for (int i = 1; rc == ERR_IO && i < TRIES && time(NULL) < until; i++) {
		nanosleep(&(struct timespec){ 0, PAUSE_MS * 1000000L }, NULL);
		*e = (struct err){ 0 };
		rc = ask(rk, c, e);
	}
	return rc;
}

int retention_check(const struct config *c, struct err *e)
{
	struct kafka_trouble trouble = { 0 };
	rd_kafka_t *rk = open_admin(c, &trouble, e);
	char *id;

	if (!rk)
		return e->code;
	id = kafka_trouble_greet(rk, &trouble, c->brokers, ANSWER_MS, e);
	if (id) {
		rd_kafka_mem_free(rk, id);
		(void)!ask_patiently(rk, c, e);
	}
	rd_kafka_destroy(rk);
	return e->code;
}
