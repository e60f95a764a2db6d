#include "engine/overseer.h"

#include "base/log.h"
#include "db/fact.h"
#include "db/request.h"
#include "engine/upkeep.h"

#include <time.h>

enum {
	LOOK_MS = 200,	/* between looks for a newer version */
	AWAY_MS = 1000, /* between tries when the database is away */
};

struct overseer {
	struct engine *engine;
	struct pg *pg;
	int64_t refused; /* a version that could not be loaded */
	int64_t upkeep_ms;
	int32_t expired; /* the day whose facts were deleted */
	struct upkeep upkeep;
	bool away; /* said so */
};

static bool stopping(const struct overseer *o)
{
	return atomic_load(&o->engine->progress.stop);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int connect_once(struct overseer *o, struct err *e)
{
	struct pg_settings pg = {
		.conninfo = o->engine->config.database,
		.application = "paxgate overseer",
		.lock_ms = (int)o->engine->config.lock_timeout_ms,
	};

	return o->pg ? 0 : pg_open(&o->pg, &pg, e);
}

/* What cannot be loaded is refused once; what is in use stays. */
static int load_newer(struct overseer *o, int64_t version, struct err *e)
{
	struct engine *en = o->engine;
	struct edition_source s = { &en->config, &en->set, o->pg,
				    en->approvers };
	struct edition *ed = NULL;

	if (!edition_load(&ed, &s, version, e)) {
		edition_tell(ed, "profiles");
		editions_set(&en->editions, ed);
		return 0;
	}
	if (e->code == ERR_DB)
		return e->code;
	log_err("profiles-refused", e);
	o->refused = version;
	*e = (struct err){ 0 };
	return 0;
}

static int look(struct overseer *o, struct err *e)
{
	int64_t version, in_use = atomic_load(&o->engine->editions.version);

	if (connect_once(o, e) || profiles_newest(&version, o->pg, e))
		return e->code;
	if (version > in_use && version != o->refused)
		return load_newer(o, version, e);
	return 0;
}

/*
 * Once a day. Facts are counted for so long and no longer, whatever is kept of a
 * record; whom a request found is not remembered longer than he is held.
 */
static int forget_daily(struct overseer *o, int32_t today, struct err *e)
{
	if (o->expired == today)
		return 0;
	if (fact_expire(o->pg, today, e) || request_forget_gone(o->pg, e))
		return e->code;
	o->expired = today;
	return 0;
}

/*
 * Urgent requests whose review did not come in time are over by then, and what
 * they disclosed is recalled (doc/requests.md); here they are noted as such.
 */
static int lapse_requests(struct overseer *o, struct err *e)
{
	struct arena a = { 0 };
	struct log_line l;
	int64_t *id;
	uint32_t nr;

	if (!request_lapse(&id, &nr, o->pg, &a, e))
		for (uint32_t i = 0; i < nr; i++) {
			log_begin(&l, LEVEL_WARNING, "request-lapsed");
			log_z(&l, "request", request_name_of(id[i]).text);
			log_end(&l);
		}
	arena_release(&a);
	return e->code;
}

static int keep_up(struct overseer *o, struct err *e)
{
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	struct engine *en = o->engine;
	struct edition_source s = { &en->config, &en->set, o->pg,
				    en->approvers };
	struct edition *ed;
	int rc;

	if (now_ms() - o->upkeep_ms < en->config.budget_s * 1000)
		return 0;
	o->upkeep_ms = now_ms();
	key_folder_forget(en->keys, DATE_NONE); /* of days masked since */
	ed = editions_now(&en->editions);
	rc = upkeep(&o->upkeep, &s, ed, date_from_days(today), e);
	edition_drop(ed);
	if (rc == 0)
		rc = lapse_requests(o, e);
	return rc ? rc : forget_daily(o, (int32_t)today, e);
}

static void turn(struct overseer *o)
{
	struct log_line l;
	struct err e = { 0 };
	int ms = LOOK_MS;

	editions_sweep(&o->engine->editions);
	if (look(o, &e) || keep_up(o, &e)) {
		log_begin(&l, o->away ? LEVEL_DEBUG : LEVEL_WARNING,
			  "registry-away");
		log_z(&l, "reason", e.text);
		log_end(&l);
		pg_close(o->pg);
		o->pg = NULL;
		ms = AWAY_MS;
	}
	o->away = e.code != 0;
	for (; ms > 0 && !stopping(o); ms -= LOOK_MS)
		nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000L }, NULL);
}

void overseer_run(struct engine *en)
{
	struct overseer o = { .engine = en };

	while (!stopping(&o))
		turn(&o);
	pg_close(o.pg);
}
