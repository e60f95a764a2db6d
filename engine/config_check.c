/*
 * config_check.c - settings that go together
 */
#include "base/country.h"
#include "engine/config.h"

#include <string.h>

/* What one topic says must not be read as what another one does. */
static int check_topics(const struct config *c, struct err *e)
{
	const struct {
		const char *key, *value;
	} topic[] = {
		{ "kafka.topic", c->topic },
		{ "kafka.control_topic", c->control_topic },
		{ "replies.topic", c->replies_topic },
		{ "status.topic", c->status_topic },
		{ "hits.topic", c->hits_topic },
		{ "referrals.topic", c->referrals_topic },
	};

	for (size_t i = 0; i < ARRAY_SIZE(topic); i++)
		for (size_t k = 0; k < i; k++)
			if (*topic[i].value &&
			    !strcmp(topic[i].value, topic[k].value))
				return err_at(e, ERR_USAGE, 0,
					      "'%s' must be a topic of its "
					      "own, not that of '%s'",
					      topic[i].key, topic[k].key);
	return 0;
}

int config_check(const struct config *c, struct err *e)
{
	if (strcmp(c->assignor, "range") && strcmp(c->assignor, "roundrobin"))
		return err_at(e, ERR_USAGE, 0,
			      "'kafka.assignor' must be range or roundrobin");
	if (!str_eq(country_canonical(str_of(c->country)), str_of(c->country)))
		return err_at(e, ERR_USAGE, 0,
			      "'piu.country' must be a country's code of three "
			      "letters, ISO 3166 alpha-3");
	if (*c->mode && strcmp(c->mode, "production") &&
	    strcmp(c->mode, "test"))
		return err_at(e, ERR_USAGE, 0,
			      "'piu.mode' must be production, test or empty");
	if (strcmp(c->replies_contrl, "asked") &&
	    strcmp(c->replies_contrl, "never") &&
	    strcmp(c->replies_contrl, "always"))
		return err_at(e, ERR_USAGE, 0,
			      "'replies.contrl' must be asked, never or "
			      "always");
	if (check_topics(c, e))
		return e->code;
	if (strcmp(c->gateway_tls, "1.3") && strcmp(c->gateway_tls, "1.2"))
		return err_at(e, ERR_USAGE, 0,
			      "'gateway.tls' must be 1.3 or 1.2");
	if (!*c->gateway_certificate != !*c->gateway_key ||
	    (*c->gateway_client_ca && !*c->gateway_certificate))
		return err_at(e, ERR_USAGE, 0,
			      "'gateway.certificate' and 'gateway.key' go "
			      "together, 'gateway.client_ca' needs both");
	if (c->raw_hours_min > c->raw_hours_max)
		return err_at(e, ERR_USAGE, 0,
			      "'limits.raw_retention_hours_min' may not be "
			      "above 'limits.raw_retention_hours_max'");
	if (c->lock_timeout_ms >= c->session_ms ||
	    c->idle_timeout_ms >= c->session_ms)
		return err_at(e, ERR_USAGE, 0,
			      "'database.lock_timeout_ms' and "
			      "'database.idle_timeout_ms' must be below "
			      "'kafka.session_ms', %lld",
			      (long long)c->session_ms);
	return 0;
}
