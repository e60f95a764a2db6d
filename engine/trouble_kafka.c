#include "engine/trouble_kafka.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LOOK_MS = 250 };

/* The later ones say more: they are kept. */
enum trouble {
	NONE,
	CLOSES,
	TLS,
	REFUSES,
	UNTRUSTED,
	EXPIRED,
	UNSIGNED,
	OTHER_HOST,
	TROUBLE_NR
};

static const struct {
	enum err_code code;
	const char *why;
} troubles[TROUBLE_NR] = {
	[NONE] = { ERR_IO, "" },
	[CLOSES] = { ERR_IO, ": it closes the connection at once; is "
			     "security.protocol right?" },
	[TLS] = { ERR_IO, ": TLS could not be agreed on; does it speak TLS "
			  "there, does it want a certificate of ours?" },
	[REFUSES] = { ERR_USAGE, ": it refuses user or password, see "
				 "sasl.mechanism, sasl.username and "
				 "sasl.password" },
	[UNTRUSTED] = { ERR_USAGE, ": its certificate cannot be verified" },
	[EXPIRED] = { ERR_IO, ": its certificate is not valid today" },
	[UNSIGNED] = { ERR_USAGE, ": nobody in ssl.ca.location has signed its "
				  "certificate" },
	[OTHER_HOST] = { ERR_USAGE,
			 ": its certificate is for another host name than "
			 "kafka.brokers, or it itself, gives" },
};

/* X.509 verification results, as OpenSSL and librdkafka number them. */
static const struct {
	int x509;
	enum trouble trouble;
} verdicts[] = {
	{ 2, UNSIGNED },    { 18, UNSIGNED },	{ 19, UNSIGNED },
	{ 20, UNSIGNED },   { 21, UNSIGNED },	{ 9, EXPIRED },
	{ 10, EXPIRED },    { 62, OTHER_HOST }, { 63, OTHER_HOST },
	{ 64, OTHER_HOST },
};

static void note(struct kafka_trouble *t, enum trouble now)
{
	if (atomic_load(&t->worst) < (int)now)
		atomic_store(&t->worst, now);
}

static void on_error(rd_kafka_t *rk, int err, const char *text, void *opaque)
{
	(void)rk;
	if (err == RD_KAFKA_RESP_ERR__AUTHENTICATION)
		note(opaque, REFUSES);
	else if (err == RD_KAFKA_RESP_ERR__SSL)
		note(opaque, TLS);
	else if (text && strstr(text, "security.protocol"))
		note(opaque, CLOSES);
}

static int on_certificate(rd_kafka_t *rk, const char *name, int32_t id,
			  int *x509, int depth, const char *der, size_t len,
			  char *text, size_t cap, void *opaque)
{
	enum trouble now = UNTRUSTED;

	(void)rk, (void)name, (void)id, (void)depth, (void)der, (void)len;
	if (*x509 == 0)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++)
		if (verdicts[i].x509 == *x509)
			now = verdicts[i].trouble;
	note(opaque, now);
	snprintf(text, cap, "not verified");
	return 0;
}

void kafka_trouble_listen(rd_kafka_conf_t *conf, struct kafka_trouble *t)
{
	rd_kafka_conf_set_opaque(conf, t);
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_ssl_cert_verify_cb(conf, on_certificate);
}

void kafka_trouble_over(struct kafka_trouble *t)
{
	atomic_store(&t->worst, NONE);
}

bool kafka_trouble_refused(rd_kafka_t *rk, struct kafka_trouble *t)
{
	while (rd_kafka_poll(rk, 0) > 0)
		;
	return troubles[atomic_load(&t->worst)].code == ERR_USAGE;
}

int kafka_trouble_err(struct kafka_trouble *t, struct err *e, const char *what,
		      ...)
{
	int worst = atomic_load(&t->worst);
	char text[256];
	va_list ap;

	va_start(ap, what);
	vsnprintf(text, sizeof(text), what, ap);
	va_end(ap);
	return err_at(e, troubles[worst].code, 0, "%s%s", text,
		      troubles[worst].why);
}

char *kafka_trouble_greet(rd_kafka_t *rk, struct kafka_trouble *t,
			  const char *brokers, int ms, struct err *e)
{
	for (int waited = 0; waited < ms; waited += LOOK_MS) {
		char *id = rd_kafka_clusterid(rk, LOOK_MS);

		if (id) {
			kafka_trouble_over(t);
			return id;
		}
		if (kafka_trouble_refused(rk, t))
			break;
	}
	kafka_trouble_err(t, e, "no Kafka broker answers at '%s'", brokers);
	return NULL;
}
