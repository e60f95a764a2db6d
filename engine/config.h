/*
 * config.h - the settings of the engine
 *
 * One YAML file (etc/paxgate.yaml), one row of the table in config.c for each
 * setting; doc/config.md and the sample file name every one, which
 * tests/style/config.sh checks. Secrets are never values here: settings name
 * files that hold them.
 *
 * Lifetime: texts live in the arena given to config_load(). Threads:
 * read-only once loaded.
 */
#ifndef ENGINE_CONFIG_H
#define ENGINE_CONFIG_H

#include "base/arena.h"
#include "base/err.h"

/*
 * A setting handed on to librdkafka as it is: TLS, SASL and the like. One whose
 * value is a secret has none: `file` holds it.
 */
struct config_property {
	struct str name, value, file;
};

struct config {
	/* where messages come from; no brokers: the embedded one */
	const char *brokers, *topic, *control_topic, *group, *instance;
	const char *assignor;
	int64_t session_ms;
	struct config_property *property;
	uint32_t nr_property;
	/* where results go; no URI: the private cluster in var/pg */
	const char *database;
	int64_t lock_timeout_ms, idle_timeout_ms;
	/* how the work is done */
	int64_t workers, batch_messages, batch_ms, message_bytes, part_wait_s;
	int64_t raw_hours_min, raw_hours_max;
	/* what airlines are answered */
	const char *replies_topic, *replies_contrl;
	const char *replies_ackres, *replies_cusres;
	/* what became of messages, for gateways */
	const char *status_topic;
	/* hits, and what people do with them */
	const char *hits_topic, *referrals_topic, *checklist;
	int64_t review_hit_s, reviewers;
	/* the gateway */
	const char *gateway_address, *gateway_tls, *gateway_certificate;
	const char *gateway_key, *gateway_client_ca, *gateway_carriers;
	const char *gateway_state, *gateway_spool, *gateway_push_ca;
	int64_t gateway_port, gateway_body_bytes, gateway_connections;
	int64_t gateway_remembered;
	/* what is seen from outside */
	const char *metrics_address;
	int64_t metrics_port;
	/* what is looked for, and under which law */
	const char *country, *mode, *profiles, *lists, *watchlist, *costs;
	const char *reference;
	int64_t budget_s, budget_travellers, confirmed_percent, history_days;
	const char *offences, *regimes, *regime, *scope;
	/* keys */
	const char *engine_key, *engine_public, *key_folder, *approvers;
	const char *custodians, *judges;
	const char *audit_key, *audit_public, *audit_checkpoints;
	int64_t checkpoint_minutes;
	const char *log_level;
};

enum config_type { CONFIG_TEXT, CONFIG_INT };

struct config_key {
	const char *name; /* "kafka.topic" */
	enum config_type type;
	size_t offset;
	const char *preset; /* as a user would write it */
	int64_t low, high;  /* the range allowed; a text: its least length */
	const char *help;
};

extern const struct config_key config_keys[];
extern const size_t config_keys_nr;

/*
 * Read the file over the presets; NULL: presets alone. Returns 0 or ERR_USAGE:
 * the text names file, line, column, the key, what was expected and the
 * nearest key there is.
 */
MUST_CHECK int config_load(struct config *out, const char *path,
			   struct arena *a, struct err *e);

/*
 * What no row says alone: settings that go together, codes. config_load()
 * has done it; again after an option replaced a setting. Returns 0 or
 * ERR_USAGE.
 */
MUST_CHECK int config_check(const struct config *c, struct err *e);

/*
 * Does it work on real travellers? As 'piu.mode' says; unsaid, a broker of its
 * own is for trying out and one named is not.
 */
bool config_is_production(const struct config *c);

/*
 * A file that a setting names could not be read: trying again does not help,
 * so ERR_IO becomes ERR_USAGE. Returns e->code.
 */
int config_file_error(struct err *e);

#endif
