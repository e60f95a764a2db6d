#include "engine/kafka_conf.h"

static int set(rd_kafka_conf_t *conf, const char *name, const char *value,
	       struct err *e)
{
	char text[256];

	if (!value || !rd_kafka_conf_set(conf, name, value, text, sizeof(text)))
		return 0;
	return err_at(e, ERR_USAGE, 0,
		      "librdkafka refuses the setting '%s': it is unknown or "
		      "its value is not allowed",
		      name);
}

/* What exactness rests on: an operator's other value would lose messages. */
static const char *const ours[] = {
	"auto.offset.reset",
	"bootstrap.servers",
	"enable.auto.commit",
	"enable.auto.offset.store",
	"enable.idempotence",
	"group.id",
	"partition.assignment.strategy",
};

static int set_property(rd_kafka_conf_t *conf, const struct config_property *p,
			struct err *e)
{
	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		if (str_eq(p->name, str_of(ours[i])))
			return err_at(e, ERR_USAGE, 0,
				      "kafka.librdkafka may not set '%s': the "
				      "engine does",
				      ours[i]);
	return set(conf, p->name.ptr, p->value.ptr, e);
}

rd_kafka_conf_t *kafka_conf(const char *const (*pair)[2], size_t nr,
			    const struct config *c, struct err *e)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	int rc = 0;

	for (size_t i = 0; i < nr && !rc; i++)
		rc = set(conf, pair[i][0], pair[i][1], e);
	for (uint32_t i = 0; i < c->nr_property && !rc; i++)
		rc = set_property(conf, &c->property[i], e);
	if (!rc)
		return conf;
	rd_kafka_conf_destroy(conf);
	return NULL;
}
