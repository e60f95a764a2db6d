#include "engine/engine.h"

#include "base/log.h"
#include "db/backup.h"
#include "db/migrate.h"
#include "db/pg.h"
#include "engine/costs.h"
#include "engine/edition_make.h"
#include "engine/embedded_kafka.h"
#include "engine/stream.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A broker of our own, with a topic no earlier start has used. */
static int start_broker(struct engine *en, struct err *e)
{
	uint8_t random[8];
	char hex[2 * sizeof(random) + 1];
	struct config *c = &en->config;

	if (c->message_bytes > EMBEDDED_MESSAGE_BYTES)
		return err_at(e, ERR_USAGE, 0,
			      "the embedded broker holds messages of up to %d "
			      "bytes: lower limits.message_bytes, or name "
			      "kafka.brokers",
			      EMBEDDED_MESSAGE_BYTES);
	crypt_random(random, sizeof(random));
	crypt_to_hex(hex, random, sizeof(random));
	c->topic = arena_fmt(&en->arena, "%s.%s", c->topic, hex).ptr;
	if (*c->control_topic)
		c->control_topic =
			arena_fmt(&en->arena, "%s.%s", c->control_topic, hex)
				.ptr;
	if (embedded_kafka_start(&en->broker, c->topic, c->control_topic, e))
		return e->code;
	c->brokers = embedded_kafka_address(en->broker);
	return 0;
}

static int open_law(struct engine *en, struct err *e)
{
	const struct config *c = &en->config;

	int nr;

	if (crypt_init(e) || key_pair_load(&en->pair, c->engine_key, e) ||
	    key_folder_open(&en->keys, c->key_folder, en->pair, e) ||
	    custodians_load(&en->custodians, c->custodians, e) ||
	    scope_load(&en->scope, c->scope, e) ||
	    approvers_load(&en->approvers, c->approvers, e) ||
	    regimes_load(&en->regimes, c->regimes, e))
		return e->code;
	key_folder_custodians(en->keys, en->custodians);
	nr = regimes_choose(en->regime, en->regimes, str_of(c->regime), e);
	if (nr < 0)
		return nr;
	en->nr_regime = (size_t)nr;
	return 0;
}

/* For trying out the log may stay unsigned; on real travellers it may not. */
static int open_signer(struct engine *en, struct err *e)
{
	const struct config *c = &en->config;
	struct log_line l;

	if (!*c->audit_key) /* a bench's log is not kept */
		return 0;
	if (config_is_production(c) || !access(c->audit_key, F_OK))
		return sign_pair_load(&en->signer, c->audit_key, e);
	log_begin(&l, LEVEL_WARNING, "no-audit-key");
	log_z(&l, "remedy", "paxgate keys create --if-missing");
	log_end(&l);
	return 0;
}

/* The profiles: of the folder, or those of the registry. */
static int open_profiles(struct engine *en, struct pg *pg, struct err *e)
{
	struct edition_source s = { &en->config, &en->set, pg, en->approvers };
	struct date today = date_from_days(time(NULL) / SECONDS_PER_DAY);
	struct edition *ed = NULL;

	if (en->folder ? edition_of_folder(&ed, &s, en->folder, today, e)
		       : edition_of_registry(&ed, &s, e))
		return e->code;
	edition_tell(ed, "profiles");
	editions_set(&en->editions, ed);
	edition_folder_free(en->folder);
	en->folder = NULL;
	return 0;
}

/* What came out of a backup has to be masked again first. */
static int refuse_unsettled(struct pg *pg, struct err *e)
{
	struct arena a = { 0 };
	struct str backup;

	if (!backup_unsettled(&backup, pg, &a, e) && backup.ptr)
		(void)err_at(e, ERR_LEGAL, 0,
			     "the database came out of the backup " STR_FMT
			     ", and what was masked or erased since is in it "
			     "again: 'paxgate db restore --finish' does that "
			     "once more, then the engine may start",
			     STR_ARG(backup));
	arena_release(&a);
	return e->code;
}

/* The schema has to be there, in this binary's version. */
static int open_database(struct engine *en, struct err *e)
{
	struct pg_settings s = { .conninfo = en->config.database,
				 .application = "paxgate" };
	struct pg *pg;
	int rc = pg_open(&pg, &s, e);

	if (rc)
		return rc;
	rc = migrate_check(pg, e);
	if (!rc)
		rc = refuse_unsettled(pg, e);
	if (!rc && open_profiles(en, pg, e))
		rc = config_file_error(e);
	pg_close(pg);
	return rc;
}

/* What profiles are screened beside: they are loaded with the database. */
static int load_base(struct engine *en, struct err *e)
{
	struct config c = en->config;

	c.profiles = "";
	if (screen_set_load(&en->set, &c, e) || !*en->config.profiles)
		return e->code;
	return edition_folder_read(&en->folder, &en->config, &en->set, e);
}

int engine_open(struct engine **out, const struct config *c, struct err *e)
{
	struct engine *en = calloc(1, sizeof(*en));
	int rc;

	if (!en)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	en->config = *c;
	en->control_name = c->control_topic;
	pthread_mutex_init(&en->editions.lock, NULL);
	if (!en->config.workers)
		en->config.workers = sysconf(_SC_NPROCESSORS_ONLN);
	rc = open_law(en, e);
	if (!rc)
		rc = open_signer(en, e);
	if (!rc)
		rc = load_base(en, e);
	if (rc)
		rc = config_file_error(e);
	else
		live_lists_init(&en->lists, screen_set_give_lists(&en->set));
	if (!rc)
		rc = open_database(en, e);
	if (!rc)
		rc = engine_costs_open(&en->costs, en->config.costs, e);
	if (!rc && !*c->brokers)
		rc = start_broker(en, e);
	if (rc) {
		engine_close(en);
		return rc;
	}
	streams_make(en);
	*out = en;
	return 0;
}

void engine_stop(struct engine *en)
{
	atomic_store(&en->progress.stop, 1);
}

void engine_close(struct engine *en)
{
	if (!en)
		return;
	embedded_kafka_stop(en->broker);
	engine_costs_close(en->costs);
	live_lists_release(&en->lists);
	editions_set(&en->editions, NULL);
	editions_sweep(&en->editions);
	pthread_mutex_destroy(&en->editions.lock);
	edition_folder_free(en->folder);
	screen_set_release(&en->set);
	approvers_free(en->approvers);
	scope_free(en->scope);
	regimes_free(en->regimes);
	key_folder_free(en->keys);
	custodians_free(en->custodians);
	key_pair_free(en->pair);
	sign_pair_free(en->signer);
	arena_release(&en->arena);
	free(en);
}
