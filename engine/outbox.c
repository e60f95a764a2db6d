#include "engine/outbox.h"

#include "base/log.h"
#include "db/outbox.h"
#include "engine/producer_kafka.h"
#include "engine/test_fault.h"

#include <time.h>

enum {
	MOST = 100,    /* rows in hand */
	IDLE_MS = 100, /* between looks into an empty outbox of answers */
	CONTROL_IDLE_MS = 500,
	AWAY_MS = 1000,	   /* between tries when something is away */
	ANSWER_MS = 10000, /* the broker has to have them after so long */
	BY_KEY = -1,	   /* partition: one carrier's answers stay in order */
};

static const char *replies_topic(const struct engine *en)
{
	return en->config.replies_topic;
}

static const char *control_name(const struct engine *en)
{
	return en->control_name;
}

static const char *control_topic(const struct engine *en)
{
	return en->config.control_topic;
}

const struct outbox_kind outbox_replies = {
	replies_topic,	  replies_topic,  IDLE_MS,	  true,
	"paxgate outbox", "replies-wait", "replies-back",
};

const struct outbox_kind outbox_control = {
	control_name,
	control_topic,
	CONTROL_IDLE_MS,
	false,
	"paxgate control outbox",
	"control-waits",
	"control-back",
};

struct sender {
	struct engine *engine;
	const struct outbox_kind *kind;
	struct config config; /* the engine's, with the topic of the kind */
	struct pg *pg;
	struct producer *producer;
	struct arena arena;
	bool away; /* said so */
};

static bool stopping(const struct sender *s)
{
	return atomic_load(&s->engine->progress.stop);
}

static void tell(enum log_level level, const char *event, const char *reason)
{
	struct log_line l;

	log_begin(&l, level, event);
	log_z(&l, "reason", reason);
	log_end(&l);
}

static void nap(const struct sender *s, int ms)
{
	for (; ms > 0 && !stopping(s); ms -= IDLE_MS)
		nanosleep(&(struct timespec){ 0, IDLE_MS * 1000000L }, NULL);
}

static int connect_all(struct sender *s, struct err *e)
{
	struct pg_settings pg = {
		.conninfo = s->config.database,
		.application = s->kind->application,
		.lock_ms = (int)s->config.lock_timeout_ms,
	};

	if (!s->pg && pg_open(&s->pg, &pg, e))
		return e->code;
	return s->producer ? 0 : producer_open(&s->producer, &s->config, e);
}

/* What the producer still holds is dropped: its rows are read again. */
static void disconnect(struct sender *s)
{
	pg_close(s->pg);
	producer_close(s->producer);
	s->pg = NULL;
	s->producer = NULL;
}

static int send_rows(struct sender *s, const struct outbox_row *row,
		     uint32_t nr, struct err *e)
{
	int rc = 0;

	for (uint32_t i = 0; i < nr && !rc; i++)
		rc = producer_send(s->producer, BY_KEY, row[i].key,
				   row[i].payload, e);
	for (int waited = 0; !rc; waited += IDLE_MS) {
		struct err late = { 0 };

		if (!producer_flush(s->producer, IDLE_MS, &late))
			return 0;
		if (waited >= ANSWER_MS || stopping(s))
			rc = err_at(e, late.code, 0, "%s", late.text);
	}
	return rc;
}

/* Nothing to send: is that all there will be? */
static int look_for_end(struct sender *s, bool *left, struct err *e)
{
	struct progress *p = &s->engine->progress;
	bool last = atomic_load(&p->drained); /* before we look */

	if (outbox_left(left, s->pg, str_of(s->kind->name(s->engine)), e))
		return e->code;
	if (s->kind->drained && !*left && last)
		atomic_store(&p->outbox_empty, 1);
	return 0;
}

/* Send what there is, up to MOST rows. */
static int turn(struct sender *s, uint32_t *nr, struct err *e)
{
	struct outbox_row *row = NULL;
	bool left = false;

	*nr = 0;
	arena_clear(&s->arena);
	if (connect_all(s, e) || look_for_end(s, &left, e))
		return e->code;
	if (!left)
		return 0;
	if (outbox_take(&row, nr, s->pg, str_of(s->kind->name(s->engine)), MOST,
			&s->arena, e) ||
	    !*nr)
		return e->code;
	if (send_rows(s, row, *nr, e))
		return e->code;
	if (s->kind->drained)
		test_fault_at("sent", NULL);
	if (outbox_sent(s->pg, row, *nr, &s->arena, e))
		return e->code;
	if (s->kind->drained)
		atomic_fetch_add(&s->engine->progress.replies, *nr);
	return 0;
}

/* After a turn that failed; false: no waiting mends it. */
static bool wait_it_out(struct sender *s, const struct err *why)
{
	if (why->code == ERR_USAGE)
		return false;
	disconnect(s);
	if (!stopping(s) && !s->away)
		tell(LEVEL_WARNING, s->kind->wait_event, why->text);
	s->away = true;
	nap(s, AWAY_MS);
	return true;
}

int outbox_run(struct engine *en, const struct outbox_kind *kind, struct err *e)
{
	struct sender s = { .engine = en, .kind = kind, .config = en->config };
	uint32_t nr;

	s.config.topic = kind->topic(en);
	while (!stopping(&s)) {
		struct err why = { 0 };

		if (turn(&s, &nr, &why)) {
			if (wait_it_out(&s, &why))
				continue;
			*e = why;
			break;
		}
		if (nr && s.away) {
			tell(LEVEL_INFO, kind->back_event, NULL);
			s.away = false;
		}
		if (!nr)
			nap(&s, kind->idle_ms);
	}
	disconnect(&s);
	arena_release(&s.arena);
	return e->code;
}
