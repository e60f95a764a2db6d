#include "engine/tail_kafka.h"

#include "engine/trouble_kafka.h"

#include <stdlib.h>
#include <string.h>

enum { ANSWER_MS = 10000 };

struct tail {
	struct kafka_trouble trouble; /* first: the opaque */
	rd_kafka_t *rk;
	char *topic;
	bool assigned;
	bool *ended; /* each partition: its end was seen */
	int nr, nr_ended;
	rd_kafka_message_t *held; /* what the last call handed out */
};

int tail_open(struct tail **out, const struct config *c, const char *topic,
	      struct err *e)
{
	const char *const settings[][2] = {
		{ "bootstrap.servers", c->brokers },
		{ "group.id", "paxgate-tail" }, /* asked for, never used */
		{ "enable.auto.commit", "false" },
		{ "auto.offset.reset", "earliest" },
		{ "enable.partition.eof", "true" },
		{ "log_level", "2" },
	};
	struct tail *t = calloc(1, sizeof(*t));
	rd_kafka_conf_t *conf =
		t ? kafka_conf(settings, ARRAY_SIZE(settings), c, e) : NULL;
	char text[256];

	if (!conf) {
		free(t);
		return e->code ? e->code
			       : err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	t->topic = strdup(topic);
	kafka_trouble_listen(conf, &t->trouble);
	t->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, text, sizeof(text));
	if (!t->rk) {
		rd_kafka_conf_destroy(conf);
		tail_close(t);
		return err_at(e, ERR_USAGE, 0, "Kafka consumer: %s", text);
	}
	rd_kafka_poll_set_consumer(t->rk);
	*out = t;
	return 0;
}

/* All partitions, each from its beginning. */
static int assign(struct tail *t, struct err *e)
{
	rd_kafka_topic_t *topic = rd_kafka_topic_new(t->rk, t->topic, NULL);
	const struct rd_kafka_metadata *md = NULL;
	rd_kafka_topic_partition_list_t *all;
	int nr = 0;

	if (topic && !rd_kafka_metadata(t->rk, 0, topic, &md, ANSWER_MS)) {
		if (md->topic_cnt == 1 && !md->topics[0].err)
			nr = md->topics[0].partition_cnt;
		rd_kafka_metadata_destroy(md);
	}
	if (topic)
		rd_kafka_topic_destroy(topic);
	if (nr <= 0)
		return kafka_trouble_err(&t->trouble, e,
					 "topic '%s' cannot be reached; make "
					 "it, or check kafka.brokers",
					 t->topic);
	all = rd_kafka_topic_partition_list_new(nr);
	for (int i = 0; i < nr; i++)
		rd_kafka_topic_partition_list_add(all, t->topic, i)->offset =
			RD_KAFKA_OFFSET_BEGINNING;
	free(t->ended); /* of a try before */
	t->ended = calloc((size_t)nr, sizeof(*t->ended));
	t->nr = nr;
	t->assigned = t->ended && !rd_kafka_assign(t->rk, all);
	rd_kafka_topic_partition_list_destroy(all);
	return t->assigned ? 0
			   : err_at(e, ERR_IO, 0, "topic '%s' cannot be read",
				    t->topic);
}

static void let_go(struct tail *t)
{
	if (t->held)
		rd_kafka_message_destroy(t->held);
	t->held = NULL;
}

/* Partitions that come later are not read: so there is none beyond nr. */
static void note_end(struct tail *t, int partition)
{
	if (partition < 0 || partition >= t->nr || t->ended[partition])
		return;
	t->ended[partition] = true;
	t->nr_ended++;
}

bool tail_is_read(const struct tail *t)
{
	return t->assigned && t->nr_ended == t->nr;
}

int tail_next(struct tail *t, struct tail_record *out, int ms, struct err *e)
{
	let_go(t);
	if (!t->assigned && assign(t, e))
		return e->code;
	t->held = rd_kafka_consumer_poll(t->rk, ms);
	if (!t->held)
		return 0;
	if (t->held->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
		note_end(t, t->held->partition);
		return 0;
	}
	if (t->held->err) /* it goes on by itself */
		return err_at(e, ERR_IO, 0, "topic '%s': %s", t->topic,
			      rd_kafka_err2str(t->held->err));
	out->key = (struct str){ t->held->key, t->held->key_len };
	out->value = (struct str){ t->held->payload, t->held->len };
	return 1;
}

void tail_close(struct tail *t)
{
	if (!t)
		return;
	let_go(t);
	if (t->rk) {
		rd_kafka_consumer_close(t->rk);
		rd_kafka_destroy(t->rk);
	}
	free(t->ended);
	free(t->topic);
	free(t);
}
