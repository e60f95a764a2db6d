#include "db/store_internal.h"

#include <stdlib.h>
#include <string.h>

int store_open(struct store **out, const struct store_settings *s,
	       struct err *e)
{
	struct store *st = calloc(1, sizeof(*st));
	int rc;

	if (!st)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	st->settings = *s;
	st->settings.pg.plan_by_index = true;
	if (s->pg.conninfo)
		st->conninfo = strdup(s->pg.conninfo);
	if (s->pg.application)
		st->application = strdup(s->pg.application);
	st->settings.pg.conninfo = st->conninfo;
	st->settings.pg.application = st->application;
	rc = pg_open(&st->pg, &st->settings.pg, e);
	if (rc < 0)
		store_close(st);
	else
		*out = st;
	return rc;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	audit_release(&s->audit);
	pg_close(s->pg);
	args_release(&s->args);
	arena_release(&s->arena);
	free(s->conninfo);
	free(s->application);
	free(s);
}

int store_reopen(struct store *s, struct err *e)
{
	struct pg *fresh;
	int rc = pg_open(&fresh, &s->settings.pg, e);

	if (rc < 0)
		return rc;
	audit_release(&s->audit); /* another session has another chain */
	pg_close(s->pg);
	s->pg = fresh;
	return 0;
}

struct pg *store_pg(struct store *s)
{
	return s->pg;
}

const char *store_outcome_name(enum store_outcome o)
{
	static const char *const name[] = {
		[STORE_COMMITTED] = "committed", [STORE_FENCED] = "fenced",
		[STORE_BAD_ROW] = "bad-row",	 [STORE_DB_DOWN] = "db-down",
		[STORE_UNKNOWN] = "unknown",
	};

	return name[o];
}

static int add_day(struct store *s, int32_t day, struct err *e)
{
	for (uint32_t i = 0; i < s->nr_day; i++)
		if (s->day[i] == day)
			return 0;
	if (s->nr_day == MAX_DAYS)
		return err_at(e, ERR_LIMIT, 0,
			      "a batch has flights of more than %d days",
			      MAX_DAYS);
	s->day[s->nr_day++] = day;
	return 0;
}

/*
 * The days of the batch, each with its partitions made. Every row belongs to
 * a flight, but not every flight of a row is claimed: look at them all.
 */
static int collect_days(struct store *s, const struct store_batch *b,
			struct err *e)
{
	int rc = 0;

	s->nr_day = 0;
	/* clang-format off */
#define DAYS_OF(list, member) \
	for (uint32_t i = 0; i < b->nr_##list && rc == 0; i++) \
		rc = add_day(s, b->list[i].member, e)
	DAYS_OF(flight, row.clock_day);
	DAYS_OF(slice, clock_day);
	DAYS_OF(booking, clock_day);
	DAYS_OF(traveller, clock_day);
	DAYS_OF(screened, clock_day);
	DAYS_OF(removed, clock_day);
	DAYS_OF(hit, clock_day);
	DAYS_OF(evidence, clock_day);
	DAYS_OF(shadow, clock_day);
#undef DAYS_OF
	/* clang-format on */
	for (uint32_t i = 0; i < s->nr_day && rc == 0; i++)
		rc = partition_ensure(s->pg, s->day[i], e);
	return rc;
}

/* What a failure before COMMIT comes down to. */
static enum store_outcome outcome_of(struct store *s, const struct err *e)
{
	if (e->code == ERR_FENCED)
		return STORE_FENCED;
	if (e->code == ERR_VALUE || e->code == ERR_LIMIT)
		return STORE_BAD_ROW;
	switch (pg_last_fault(s->pg)) {
	case PG_RETRY:
	case PG_THERE:
	case PG_MASKED: /* linked again, its messages are set aside */
		return STORE_FENCED;
	case PG_ROW:
		return STORE_BAD_ROW;
	default:
		return STORE_DB_DOWN;
	}
}

enum store_outcome store_commit(struct store *s, const struct store_batch *b,
				struct err *e)
{
	int rc;

	rc = collect_days(s, b, e);
	if (rc == 0 && b->audit && !s->audit.chain.ptr)
		rc = audit_open(&s->audit, s->pg, e);
	if (rc == 0)
		rc = pg_pipe_begin(s->pg, e);
	if (rc == 0)
		rc = store_send(s, b, e);
	pg_pipe_end(s->pg);
	if (rc < 0) {
		pg_rollback(s->pg);
		audit_release(&s->audit);
		return outcome_of(s, e);
	}
	rc = pg_commit(s->pg, e);
	if (rc < 0)
		audit_release(&s->audit); /* whether it moved, it says */
	else if (b->audit)
		audit_moved(&s->audit);
	if (rc < 0)
		return pg_last_fault(s->pg) == PG_LOST ? STORE_UNKNOWN
						       : outcome_of(s, e);
	if (s->settings.hooks.at)
		s->settings.hooks.at("committed", s->settings.hooks.arg);
	return STORE_COMMITTED;
}
