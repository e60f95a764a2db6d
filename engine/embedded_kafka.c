#include "engine/embedded_kafka.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdbool.h>
#include <stdlib.h>

struct embedded_kafka {
	rd_kafka_t *rk;
	rd_kafka_mock_cluster_t *cluster;
};

static bool make_topic(struct embedded_kafka *b, const char *name, int nr)
{
	return !rd_kafka_mock_topic_create(b->cluster, name, nr, 1);
}

int embedded_kafka_start(struct embedded_kafka **out, const char *topic,
			 const char *control, struct err *e)
{
	struct embedded_kafka *b = calloc(1, sizeof(*b));
	rd_kafka_conf_t *conf;
	char text[256];

	if (!b)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	conf = rd_kafka_conf_new();
	rd_kafka_conf_set(conf, "log_level", "2", NULL, 0);
	b->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof(text));
	if (b->rk)
		b->cluster = rd_kafka_mock_cluster_new(b->rk, 1);
	if (!b->cluster || !make_topic(b, topic, EMBEDDED_PARTITIONS) ||
	    (*control && !make_topic(b, control, 1))) {
		embedded_kafka_stop(b);
		return err_at(e, ERR_IO, 0,
			      "the embedded broker does not start; set "
			      "kafka.brokers to use a real one");
	}
	*out = b;
	return 0;
}

const char *embedded_kafka_address(const struct embedded_kafka *b)
{
	return rd_kafka_mock_cluster_bootstraps(b->cluster);
}

void embedded_kafka_stop(struct embedded_kafka *b)
{
	if (!b)
		return;
	if (b->cluster)
		rd_kafka_mock_cluster_destroy(b->cluster);
	if (b->rk)
		rd_kafka_destroy(b->rk);
	free(b);
}
