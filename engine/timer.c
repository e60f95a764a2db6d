#include "engine/timer.h"

#include "base/log.h"
#include "db/series.h"
#include "engine/control.h"

#include <time.h>

enum {
	MOST = 100,	/* series in hand */
	IDLE_MS = 1000, /* between looks that found nothing */
	STEP_MS = 100,	/* of a wait: then look whether to stop */
};

struct timer {
	struct engine *engine;
	struct pg *pg;
	struct arena arena;
	bool away; /* said so */
};

static bool stopping(const struct timer *t)
{
	return atomic_load(&t->engine->progress.stop);
}

static void nap(const struct timer *t)
{
	for (int ms = 0; ms < IDLE_MS && !stopping(t); ms += STEP_MS)
		nanosleep(&(struct timespec){ 0, STEP_MS * 1000000L }, NULL);
}

/* The control message about a series; asked again it is another one. */
static struct outbox_row message_of(struct timer *t, const struct series_row *s)
{
	struct str part[] = {
		STR("part-timeout"),
		{ (const char *)&s->series_id, sizeof(s->series_id) },
		{ (const char *)&s->due_at.s, sizeof(s->due_at.s) },
	};
	struct buf payload = { 0 };
	struct outbox_row row = {
		.outbox_id = crypt_id64("outbox", part, ARRAY_SIZE(part)),
		.topic = str_of(t->engine->control_name),
		.key = s->flight,
		.created_at = s->due_at,
	};

	control_write_part_timeout(&payload, s);
	row.payload = arena_str(&t->arena, buf_view(&payload));
	buf_release(&payload);
	return row;
}

/* Ask about up to MOST series. */
static int turn(struct timer *t, uint32_t *nr, struct err *e)
{
	struct pg_settings settings = {
		.conninfo = t->engine->config.database,
		.application = "paxgate timer",
		.lock_ms = (int)t->engine->config.lock_timeout_ms,
	};
	struct series_row *row = NULL;
	struct outbox_row *message;

	*nr = 0;
	arena_clear(&t->arena);
	if ((!t->pg && pg_open(&t->pg, &settings, e)) ||
	    series_due(&row, nr, t->pg, MOST, &t->arena, e) || !*nr)
		return e->code;
	message = arena_alloc(&t->arena, *nr * sizeof(*message));
	for (uint32_t i = 0; i < *nr; i++)
		message[i] = message_of(t, &row[i]);
	return series_asked(t->pg, row, *nr, message, *nr, &t->arena, e);
}

static void tell(enum log_level level, const char *event, const char *reason)
{
	struct log_line l;

	log_begin(&l, level, event);
	log_z(&l, "reason", reason);
	log_end(&l);
}

int timer_run(struct engine *en, struct err *e)
{
	struct timer t = { .engine = en };
	uint32_t nr;

	(void)e;
	while (!stopping(&t)) {
		struct err why = { 0 };

		if (turn(&t, &nr, &why)) {
			if (!stopping(&t) && !t.away)
				tell(LEVEL_WARNING, "timer-waits", why.text);
			t.away = true;
			pg_close(t.pg);
			t.pg = NULL;
		} else if (t.away) {
			tell(LEVEL_INFO, "timer-back", NULL);
			t.away = false;
		}
		if (!nr || t.away)
			nap(&t);
	}
	pg_close(t.pg);
	arena_release(&t.arena);
	return 0;
}
