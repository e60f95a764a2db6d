#include "engine/kafka_conf.h"

#include "law/crypt.h"
#include "law/secret.h"

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

/*
 * What exactness rests on: an operator's other value would lose messages. And
 * that brokers prove who they are: else TLS keeps nobody out.
 */
static const char *const ours[] = {
	"auto.offset.reset",
	"bootstrap.servers",
	"enable.auto.commit",
	"enable.auto.offset.store",
	"enable.idempotence",
	"enable.ssl.certificate.verification",
	"group.id",
	"partition.assignment.strategy",
	"ssl.endpoint.identification.algorithm",
};

/* What may stand in a file only, and files that nobody else may read. */
static const char *const secret_values[] = {
	"sasl.oauthbearer.client.secret",
	"sasl.oauthbearer.config",
	"sasl.password",
	"ssl.key.password",
	"ssl.key.pem",
	"ssl.keystore.password",
};
static const char *const secret_files[] = {
	"ssl.key.location",
	"ssl.keystore.location",
};

static bool is_among(const char *const *list, size_t nr, struct str name)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq(name, str_of(list[i])))
			return true;
	return false;
}

static int set_from_file(rd_kafka_conf_t *conf, const struct config_property *p,
			 struct err *e)
{
	char *secret = NULL;
	int rc = secret_read(&secret, p->file.ptr, e)
			 ? err_wrap(e, "kafka.librdkafka.%s", p->name.ptr)
			 : set(conf, p->name.ptr, secret, e);

	crypt_secret_free(secret);
	return rc;
}

static int set_property(rd_kafka_conf_t *conf, const struct config_property *p,
			struct err *e)
{
	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		if (str_eq(p->name, str_of(ours[i])))
			return err_at(e, ERR_USAGE, 0,
				      "kafka.librdkafka may not set '%s': the "
				      "engine does",
				      ours[i]);
	if (p->file.ptr)
		return set_from_file(conf, p, e);
	if (is_among(secret_values, ARRAY_SIZE(secret_values), p->name))
		return err_at(e, ERR_USAGE, 0,
			      "kafka.librdkafka.%s is a secret and may not "
			      "stand in the settings: {file: PATH} names a "
			      "file of mode 0600 that holds it",
			      p->name.ptr);
	if (is_among(secret_files, ARRAY_SIZE(secret_files), p->name) &&
	    secret_check(p->value.ptr, e))
		return err_wrap(e, "kafka.librdkafka.%s", p->name.ptr);
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
