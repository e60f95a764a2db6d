#include "engine/config.h"

#include "base/buf.h"
#include "base/yaml.h"
#include "parsers/record.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONFIG_FILE_MAX = 1 << 20 };

/* clang-format off */
#define TEXT(m)	CONFIG_TEXT, offsetof(struct config, m)
#define INT(m)	CONFIG_INT,  offsetof(struct config, m)
#define MAYBE	0, 0	/* a text that may be empty */
#define NEEDED	1, 0	/* a text that may not */

const struct config_key config_keys[] = {
	{ "kafka.brokers",	 TEXT(brokers),		"", MAYBE,
	  "bootstrap servers; empty: a broker inside the process, for trying out" },
	{ "kafka.topic",	 TEXT(topic),		"pax.raw", NEEDED,
	  "topic that carries the airlines' messages" },
	{ "kafka.control_topic", TEXT(control_topic),	"pax.control", MAYBE,
	  "topic that carries the engine's own work, writable by it alone; empty: none is done" },
	{ "kafka.group",	 TEXT(group),		"paxgate", NEEDED,
	  "consumer group of the workers" },
	{ "kafka.instance",	 TEXT(instance),	"", MAYBE,
	  "fixed name of this engine in the group: a quick restart does not rebalance" },
	{ "kafka.assignor",	 TEXT(assignor),	"range", NEEDED,
	  "how partitions are shared out: range or roundrobin" },
	{ "kafka.session_ms",	 INT(session_ms),	"10000", 3000, 300000,
	  "a worker silent for so long loses its partitions" },
	{ "database.uri",	 TEXT(database),	"", MAYBE,
	  "libpq connection string or URI, without a password; empty: PAXGATE_DATABASE, or the cluster in var/pg" },
	{ "database.lock_timeout_ms", INT(lock_timeout_ms), "3000", 100, 600000,
	  "longest wait for a lock; keep it below kafka.session_ms" },
	{ "database.idle_timeout_ms", INT(idle_timeout_ms), "2000", 100, 600000,
	  "a worker paused in a transaction is ended after this; keep it below kafka.session_ms" },
	{ "run.workers",	 INT(workers),		"0", 0, 256,
	  "threads, each a member of the group; 0: one per processor" },
	{ "run.batch_messages",	 INT(batch_messages),	"32", 1, 10000,
	  "most messages in one transaction" },
	{ "run.batch_ms",	 INT(batch_ms),		"20", 1, 10000,
	  "longest wait for a batch to fill" },
	{ "limits.message_bytes", INT(message_bytes),	"4194304", 1024, 67108864,
	  "longest message that is read; producer and fetch limits follow" },
	{ "limits.part_wait_s",	 INT(part_wait_s),	"900", 1, 604800,
	  "seconds after the latest part of a message until those that lack are reported" },
	{ "limits.raw_retention_hours_min", INT(raw_hours_min), "72", 1, 87600,
	  "the broker has to keep messages of kafka.topic for so long at least" },
	{ "limits.raw_retention_hours_max", INT(raw_hours_max), "168", 1, 87600,
	  "and no longer: the engine does not start otherwise" },
	{ "replies.topic",	 TEXT(replies_topic),	"", MAYBE,
	  "topic for answers to the airlines; empty: none are made" },
	{ "replies.contrl",	 TEXT(replies_contrl),	"asked", NEEDED,
	  "CONTRL: asked (where UNB asks for it), never or always" },
	{ "replies.ackres",	 TEXT(replies_ackres),	"", MAYBE,
	  "sender ids of UNB that get an ACKRES to a PNRGOV, blank-separated; *: all; empty: none" },
	{ "replies.cusres",	 TEXT(replies_cusres),	"", MAYBE,
	  "sender ids of UNB that get a CUSRES to a PAXLST, blank-separated; *: all; empty: none" },
	{ "status.topic",	 TEXT(status_topic),	"", MAYBE,
	  "topic that tells gateways what became of each payload; compacted. Empty: none is told" },
	{ "hits.topic",		 TEXT(hits_topic),	"", MAYBE,
	  "internal topic that tells of each new hit: its id, class, score and departure; empty: none is told" },
	{ "referrals.topic",	 TEXT(referrals_topic),	"", MAYBE,
	  "topic for confirmed hits that reviewers refer to an authority; empty: they wait in the database" },
	{ "review.checklist",	 TEXT(checklist),	"etc/checklist.yaml", NEEDED,
	  "questions that a reviewer answers" },
	{ "review.hit_s",	 INT(review_hit_s),	"600", 1, 86400,
	  "seconds that a review takes, to say which hits will not be reached before arrival" },
	{ "review.reviewers",	 INT(reviewers),	"1", 1, 1000,
	  "reviewers who work at once, likewise" },
	{ "gateway.address",	 TEXT(gateway_address),	"127.0.0.1", NEEDED,
	  "IP address that the gateway listens on" },
	{ "gateway.port",	 INT(gateway_port),	"8443", 0, 65535,
	  "its port; 0: any free one, which the log tells" },
	{ "gateway.tls",	 TEXT(gateway_tls),	"1.3", NEEDED,
	  "oldest TLS: 1.3, or 1.2 with forward secrecy and authenticated ciphers" },
	{ "gateway.certificate", TEXT(gateway_certificate), "", MAYBE,
	  "PEM file of its certificate and chain; empty: no TLS, on loopback addresses only" },
	{ "gateway.key",	 TEXT(gateway_key),	"", MAYBE,
	  "PEM file of the certificate's key, mode 0600" },
	{ "gateway.client_ca",	 TEXT(gateway_client_ca), "", MAYBE,
	  "PEM file of issuers of carriers' certificates; empty: tokens only" },
	{ "gateway.carriers",	 TEXT(gateway_carriers), "etc/carriers.yaml", NEEDED,
	  "register of carriers; read again when it changes" },
	{ "gateway.state",	 TEXT(gateway_state),	"var/gateway", NEEDED,
	  "folder of clean test runs; without one a carrier is not live" },
	{ "gateway.spool",	 TEXT(gateway_spool),	"", MAYBE,
	  "folder with a subfolder for each carrier, whose files are taken in; empty: none" },
	{ "gateway.body_bytes",	 INT(gateway_body_bytes), "16777216", 1024, 268435456,
	  "longest body of a request, also unpacked" },
	{ "gateway.connections", INT(gateway_connections), "256", 1, 4096,
	  "most connections at once" },
	{ "gateway.push_ca", TEXT(gateway_push_ca),	"", MAYBE,
	  "PEM file of issuers of carriers' servers that are pushed to; empty: those of the system" },
	{ "gateway.remembered",	 INT(gateway_remembered), "200000", 1000, 10000000,
	  "interchanges whose status it remembers" },
	{ "metrics.address",	 TEXT(metrics_address),	"127.0.0.1", NEEDED,
	  "loopback address of the engine's /metrics, /healthz and /readyz" },
	{ "metrics.port",	 INT(metrics_port),	"0", 0, 65535,
	  "its port; 0: they are not served" },
	{ "piu.country",	 TEXT(country),		"BEL", NEEDED,
	  "the PIU's State, ISO 3166 alpha-3: what is inbound follows from it" },
	{ "piu.mode",		 TEXT(mode),		"", MAYBE,
	  "production or test; empty: production where kafka.brokers names servers. Production refuses lists marked TEST" },
	{ "screen.profiles",	 TEXT(profiles),	"etc/profiles", MAYBE,
	  "folder of targeting profiles; empty: those of the registry, which `paxgate profile activate` changes" },
	{ "screen.lists",	 TEXT(lists),		"etc/lists", MAYBE,
	  "folder of the lists that profiles name; empty: none" },
	{ "screen.watchlist",	 TEXT(watchlist),	"", MAYBE,
	  "snapshot made by `paxgate watchlist build`; empty: none" },
	{ "screen.costs",	 TEXT(costs),		"", MAYBE,
	  "file that is kept current with what profiles cost, for `paxgate profile perf --engine`; empty: none" },
	{ "screen.reference",	 TEXT(reference),	"etc", NEEDED,
	  "folder of airports.csv and zones.csv" },
	{ "screen.budget_s",	 INT(budget_s),		"10", 1, 3600,
	  "seconds between looks at what is due of profiles: budgets, last days, tests of disparity" },
	{ "screen.budget_travellers", INT(budget_travellers), "10000", 1, 100000000,
	  "a budget is a share of so many travellers a day at least: a share of few is chance" },
	{ "screen.confirmed_percent", INT(confirmed_percent), "5", 0, 100,
	  "an alarm when people confirm fewer of a hundred hits of a profile than that, of 20 decided ones or more; 0: none" },
	{ "screen.history_days", INT(history_days),	"0", 0, PAST_DAYS,
	  "days of earlier bookings that past.* counts; 0: nothing is kept for it, and all of it is unknown" },
	{ "law.offences",	 TEXT(offences),	"etc/offences.yaml", NEEDED,
	  "catalogue of offences that profiles and lists may serve" },
	{ "law.regimes",	 TEXT(regimes),		"etc/regimes.yaml", NEEDED,
	  "retention regimes" },
	{ "law.regime",		 TEXT(regime),		"eu_pnr_2016_681_ljdh", NEEDED,
	  "regimes that apply, blank-separated; the earliest date wins" },
	{ "law.scope",		 TEXT(scope),		"etc/scope.yaml", NEEDED,
	  "decisions on intra-EU flights" },
	{ "keys.engine",	 TEXT(engine_key),	"var/keys/engine.key", NEEDED,
	  "file of the engine's secret key, mode 0600" },
	{ "keys.engine_public",	 TEXT(engine_public),	"var/keys/engine.pub", NEEDED,
	  "file of its public half, for those who push" },
	{ "keys.folder",	 TEXT(key_folder),	"var/keys/days", NEEDED,
	  "folder of the day keys; outside the database and its backups" },
	{ "keys.approvers",	 TEXT(approvers),	"var/keys/approvers.yaml", NEEDED,
	  "register of those who may approve profiles; not there: nobody" },
	{ "keys.custodians",	 TEXT(custodians),	"", MAYBE,
	  "register of those who can open what is masked; empty: custodians.yaml beside keys.engine; not there: nobody" },
	{ "keys.judges",	 TEXT(judges),		"", MAYBE,
	  "register of those who can sign that something is unmasked; empty: judges.yaml beside keys.engine; not there: nobody" },
	{ "keys.audit",		 TEXT(audit_key),	"", MAYBE,
	  "file of the key that signs the audit log, mode 0600; empty: audit.key beside keys.engine" },
	{ "keys.audit_public",	 TEXT(audit_public),	"", MAYBE,
	  "file of its public halves, for those who verify; empty: audit.pub beside keys.engine_public" },
	{ "audit.checkpoint_minutes", INT(checkpoint_minutes), "60", 1, 1440,
	  "how often the engine signs the ends of the audit log" },
	{ "audit.checkpoints",	 TEXT(audit_checkpoints), "", MAYBE,
	  "file to which it appends each checkpoint, outside the database; empty: audit.checkpoints beside keys.engine" },
	{ "log.level",		 TEXT(log_level),	"info", NEEDED,
	  "debug, info, warning or error" },
};
/* clang-format on */

const size_t config_keys_nr = ARRAY_SIZE(config_keys);

static const struct config_key *find_key(struct str name)
{
	for (size_t i = 0; i < config_keys_nr; i++)
		if (str_eq(str_of(config_keys[i].name), name))
			return &config_keys[i];
	return NULL;
}

static int set_value(struct config *c, const struct config_key *k,
		     struct str value, struct err *e)
{
	char *at = (char *)c + k->offset;
	int64_t v;

	if (k->type == CONFIG_TEXT) {
		if ((int64_t)value.len < k->low)
			return err_at(e, ERR_USAGE, 0, "'%s' may not be empty",
				      k->name);
		if (memchr(value.ptr, 0, value.len))
			return err_at(e, ERR_USAGE, 0,
				      "'%s' holds a NUL character", k->name);
		memcpy(at, &value.ptr, sizeof(value.ptr));
		return 0;
	}
	if (!str_to_i64(value, &v) || v < k->low || v > k->high)
		return err_at(e, ERR_USAGE, 0,
			      "'%s' must be a whole number from %lld to %lld",
			      k->name, (long long)k->low, (long long)k->high);
	memcpy(at, &v, sizeof(v));
	return 0;
}

/* Letters two words have in common at the same place: enough for a hint. */
static size_t common(struct str x, struct str y)
{
	size_t n = 0;

	for (size_t i = 0; i < x.len && i < y.len; i++)
		n += x.ptr[i] == y.ptr[i];
	return n;
}

static const char *nearest_key(struct str name)
{
	const char *best = config_keys[0].name;

	for (size_t i = 1; i < config_keys_nr; i++)
		if (common(str_of(config_keys[i].name), name) >
		    common(str_of(best), name))
			best = config_keys[i].name;
	return best;
}

static int add_property(struct config *c, const struct yaml_node *n,
			struct arena *a, struct err *e)
{
	struct config_property *p =
		arena_push(a, &c->property, &c->nr_property, sizeof(*p));

	*p = (struct config_property){ .name = n->key, .value = n->text };
	if (n->kind == YAML_SCALAR)
		return 0;
	/* {file: PATH}: the value is in there */
	n = n->child;
	if (n && !n->next && n->kind == YAML_SCALAR && n->text.len &&
	    str_eq(n->key, STR("file"))) {
		p->file = n->text;
		return 0;
	}
	return err_at(e, ERR_USAGE, 0,
		      "'kafka.librdkafka." STR_FMT
		      "' takes a value, or {file: PATH} where that stands",
		      STR_ARG(p->name));
}

static int read_node(struct config *c, const struct yaml_node *n,
		     struct str prefix, struct arena *a, struct err *e)
{
	struct str name = prefix.len
				  ? arena_fmt(a, STR_FMT "." STR_FMT,
					      STR_ARG(prefix), STR_ARG(n->key))
				  : n->key;
	const struct config_key *k = find_key(name);
	int rc = 0;

	if (n->kind != YAML_SEQ && str_eq(prefix, STR("kafka.librdkafka"))) {
		rc = add_property(c, n, a, e);
	} else if (n->kind == YAML_MAP) {
		for (const struct yaml_node *x = n->child; x && !rc;
		     x = x->next)
			rc = read_node(c, x, name, a, e);
		return rc;
	} else if (!k) {
		rc = err_at(e, ERR_USAGE, 0,
			    "there is no setting '" STR_FMT
			    "'; the nearest is '%s'",
			    STR_ARG(name), nearest_key(name));
	} else if (n->kind != YAML_SCALAR) {
		rc = err_at(e, ERR_USAGE, 0, "'%s' takes one value, not a list",
			    k->name);
	} else {
		rc = set_value(c, k, n->text, e);
	}
	if (rc)
		err_wrap(e, "line %u, column %u", n->key_line, n->key_column);
	return rc;
}

static int read_file(struct config *out, const char *path, struct arena *a,
		     struct err *e)
{
	struct buf text = { 0 };
	struct yaml_node *doc;
	int rc = buf_read_file(&text, path, CONFIG_FILE_MAX, e);

	if (!rc)
		rc = yaml_read(&doc, a, buf_view(&text), e);
	if (!rc && doc->kind != YAML_MAP)
		rc = err_at(e, ERR_SYNTAX, 0,
			    "expected settings as 'key: value' lines");
	if (!rc)
		rc = read_node(out, doc, STR_NONE, a, e);
	if (rc) {
		err_wrap(e, "%s", path);
		e->code = ERR_USAGE; /* whatever it is: a wrong setting */
	}
	buf_release(&text);
	return e->code;
}

bool config_is_production(const struct config *c)
{
	return *c->mode ? strcmp(c->mode, "production") == 0 : *c->brokers;
}

/* No URI: the environment's, or the private cluster of this folder. */
static void use_private_cluster(struct config *c, struct arena *a)
{
	const char *named = getenv("PAXGATE_DATABASE");
	char cwd[PATH_MAX];

	if (*c->database)
		return;
	if (named && *named)
		c->database = arena_str(a, str_of(named)).ptr;
	else if (getcwd(cwd, sizeof(cwd)))
		c->database = arena_fmt(a,
					"host=%s/var/pg/s user=paxgate "
					"dbname=postgres",
					cwd)
				      .ptr;
}

/* `file` in the folder of `other`, unless a path is set. */
static void use_beside(const char **path, const char *other, const char *file,
		       struct arena *a)
{
	const char *slash = strrchr(other, '/');
	int len = slash ? (int)(slash - other) + 1 : 0;

	if (!**path)
		*path = arena_fmt(a, "%.*s%s", len, other, file).ptr;
}

int config_file_error(struct err *e)
{
	if (e->code == ERR_IO)
		e->code = ERR_USAGE;
	return e->code;
}

int config_load(struct config *out, const char *path, struct arena *a,
		struct err *e)
{
	int rc = 0;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < config_keys_nr && !rc; i++)
		rc = set_value(out, &config_keys[i],
			       str_of(config_keys[i].preset), e);
	if (!rc && path)
		rc = read_file(out, path, a, e);
	if (!rc)
		rc = config_check(out, e);
	if (!rc)
		use_private_cluster(out, a);
	if (!rc) {
		use_beside(&out->audit_key, out->engine_key, "audit.key", a);
		use_beside(&out->audit_public, out->engine_public, "audit.pub",
			   a);
		use_beside(&out->custodians, out->engine_key, "custodians.yaml",
			   a);
		use_beside(&out->judges, out->engine_key, "judges.yaml", a);
		use_beside(&out->audit_checkpoints, out->engine_key,
			   "audit.checkpoints", a);
	}
	return rc;
}
