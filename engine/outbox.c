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

/* What differs. */
static const struct outbox_words {
	const char *application, *wait_event, *back_event;
	int idle_ms;
} words[] = {
	[OUTBOX_ANSWERS] = { "paxgate outbox", "replies-wait", "replies-back",
			     IDLE_MS },
	[OUTBOX_CONTROL] = { "paxgate control outbox", "control-waits",
			     "control-back", CONTROL_IDLE_MS },
};

/* One topic that is sent to. */
struct lane {
	const char *name;     /* of the topic in the outbox */
	struct config config; /* the engine's, with that topic */
	struct producer *producer;
	bool empty; /* at the last look */
};

enum { LANES = 4 };

struct sender {
	struct engine *engine;
	enum outbox_kind kind;
	struct pg *pg;
	struct lane lane[LANES];
	uint32_t nr_lane;
	struct arena arena;
	bool away; /* said so */
};

bool outbox_is_used(const struct config *c)
{
	return *c->replies_topic || *c->status_topic || *c->hits_topic ||
	       *c->referrals_topic;
}

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

static int connect_all(struct sender *s, struct lane *lane, struct err *e)
{
	struct pg_settings pg = {
		.conninfo = lane->config.database,
		.application = words[s->kind].application,
		.lock_ms = (int)lane->config.lock_timeout_ms,
	};

	if (!s->pg && pg_open(&s->pg, &pg, e)) {
		e->code = ERR_IO; /* the engine got in: so may we, later */
		return e->code;
	}
	return lane->producer
		       ? 0
		       : producer_open(&lane->producer, &lane->config, e);
}

/* What the producer still holds is dropped: its rows are read again. */
static void disconnect(struct sender *s)
{
	pg_close(s->pg);
	s->pg = NULL;
	for (uint32_t i = 0; i < s->nr_lane; i++) {
		producer_close(s->lane[i].producer);
		s->lane[i].producer = NULL;
	}
}

static int send_rows(const struct sender *s, struct lane *lane,
		     const struct outbox_row *row, uint32_t nr, struct err *e)
{
	int rc = 0;

	for (uint32_t i = 0; i < nr && !rc; i++)
		rc = producer_send(lane->producer, BY_KEY, row[i].key,
				   row[i].payload, e);
	for (int waited = 0; !rc; waited += IDLE_MS) {
		struct err late = { 0 };

		if (!producer_flush(lane->producer, IDLE_MS, &late))
			return 0;
		if (waited >= ANSWER_MS || stopping(s))
			rc = err_at(e, late.code, 0, "%s", late.text);
	}
	return rc;
}

/* Send what there is for one topic, up to MOST rows. */
static int turn(struct sender *s, struct lane *lane, uint32_t *nr,
		struct err *e)
{
	struct outbox_row *row = NULL;
	struct str topic = str_of(lane->name);
	bool left = false;

	*nr = 0;
	arena_clear(&s->arena);
	if (connect_all(s, lane, e) || outbox_left(&left, s->pg, topic, e))
		return e->code;
	lane->empty = !left;
	if (!left)
		return 0;
	if (outbox_take(&row, nr, s->pg, topic, MOST, &s->arena, e) || !*nr)
		return e->code;
	if (send_rows(s, lane, row, *nr, e))
		return e->code;
	if (s->kind == OUTBOX_ANSWERS)
		test_fault_at("sent", NULL);
	return outbox_sent(s->pg, row, *nr, &s->arena, e);
}

/* A turn of each topic; how many rows were sent. */
static int turn_all(struct sender *s, uint32_t *sent, struct err *e)
{
	struct progress *p = &s->engine->progress;
	bool last = atomic_load(&p->drained); /* before we look */
	bool empty = true;

	*sent = 0;
	for (uint32_t i = 0; i < s->nr_lane; i++) {
		uint32_t nr;

		if (turn(s, &s->lane[i], &nr, e))
			return e->code;
		if (str_eq(str_of(s->lane[i].config.topic),
			   str_of(s->engine->config.replies_topic)))
			atomic_fetch_add(&p->replies, nr);
		*sent += nr;
		empty &= s->lane[i].empty;
	}
	if (s->kind == OUTBOX_ANSWERS && empty && last)
		atomic_store(&p->outbox_empty, 1);
	return 0;
}

static void add_lane(struct sender *s, const char *name, const char *topic)
{
	if (!*topic)
		return;
	s->lane[s->nr_lane].name = name;
	s->lane[s->nr_lane].config = s->engine->config;
	s->lane[s->nr_lane++].config.topic = topic;
}

/* After a turn that failed; false: no waiting mends it. */
static bool wait_it_out(struct sender *s, const struct err *why)
{
	if (why->code == ERR_USAGE)
		return false;
	disconnect(s);
	if (!stopping(s) && !s->away)
		tell(LEVEL_WARNING, words[s->kind].wait_event, why->text);
	s->away = true;
	nap(s, AWAY_MS);
	return true;
}

int outbox_run(struct engine *en, enum outbox_kind kind, struct err *e)
{
	struct sender s = { .engine = en, .kind = kind };
	const struct config *c = &en->config;
	uint32_t nr;

	if (kind == OUTBOX_CONTROL) {
		add_lane(&s, en->control_name, c->control_topic);
	} else {
		add_lane(&s, c->replies_topic, c->replies_topic);
		add_lane(&s, c->status_topic, c->status_topic);
		add_lane(&s, OUTBOX_HITS, c->hits_topic);
		add_lane(&s, OUTBOX_REFERRALS, c->referrals_topic);
	}
	while (!stopping(&s)) {
		struct err why = { 0 };

		if (turn_all(&s, &nr, &why)) {
			if (wait_it_out(&s, &why))
				continue;
			*e = why;
			break;
		}
		if (nr && s.away) {
			tell(LEVEL_INFO, words[kind].back_event, NULL);
			s.away = false;
		}
		if (!nr)
			nap(&s, words[kind].idle_ms);
	}
	disconnect(&s);
	arena_release(&s.arena);
	return e->code;
}
