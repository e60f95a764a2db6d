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

rd_kafka_conf_t *kafka_conf(const char *const (*pair)[2], size_t nr,
			    const struct config *c, struct err *e)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	int rc = 0;

	for (size_t i = 0; i < nr && !rc; i++)
		rc = set(conf, pair[i][0], pair[i][1], e);
	for (uint32_t i = 0; i < c->nr_property && !rc; i++)
		rc = set(conf, c->property[i].name.ptr,
			 c->property[i].value.ptr, e);
	if (!rc)
		return conf;
	rd_kafka_conf_destroy(conf);
	return NULL;
}
