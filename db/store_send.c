/*
 * store_send.c - the statements of a batch, in their order
 */
#include "db/sql.h"
#include "db/store_internal.h"

#include <stdlib.h>

/* Tell a test where we are: first have the server arrive there, too. */
static int at_site(struct store *s, const char *site, struct err *e)
{
	int rc;

	if (!s->settings.hooks.at)
		return 0;
	rc = pg_pipe_sync(s->pg, e);
	if (rc == 0)
		s->settings.hooks.at(site, s->settings.hooks.arg);
	return rc;
}

/* Remember that the statement to be sent next must touch one row. */
static void must_touch_one(struct store *s, const char *what)
{
	struct expect *x =
		arena_push(&s->arena, &s->claim, &s->nr_claim, sizeof(*x));

	x->statement = pg_pipe_sent(s->pg);
	x->what = what;
}

static int by_flight(const void *a, const void *b)
{
	const struct flight_claim *const *x = a, *const *y = b;
	int64_t l = (*x)->row.flight_id, r = (*y)->row.flight_id;

	return (l > r) - (l < r);
}

/*
 * Flight versions come first: the lock on a flight's row then keeps every
 * other writer off the flight until we are done.
 */
static int claim_flights(struct store *s, const struct store_batch *b,
			 struct err *e)
{
	const struct flight_claim **sorted;
	int rc = 0;

	sorted = arena_alloc(&s->arena, (b->nr_flight + 1) * sizeof(*sorted));
	for (uint32_t i = 0; i < b->nr_flight; i++)
		sorted[i] = &b->flight[i];
	qsort(sorted, b->nr_flight, sizeof(*sorted), by_flight);
	for (uint32_t i = 0; i < b->nr_flight && rc == 0; i++) {
		const struct flight_claim *f = sorted[i];
		const char *what = "claiming a flight's version";

		args_clear(&s->args);
		args_put_rows(&s->args, s->pg, ROW_ID_flight, &f->row, 1, 0);
		if (f->expected)
			args_put(&s->args, COL_I64, &f->expected);
		must_touch_one(s, what);
		rc = pg_pipe_send(s->pg, what,
				  f->expected ? sql_store_flight
					      : sql_store_flight_new,
				  f->row.clock_day, &s->args, e);
	}
	return rc;
}

static int by_part(const void *a, const void *b)
{
	const struct offset_claim *const *x = a, *const *y = b;
	int c = str_cmp((*x)->topic, (*y)->topic);

	return c ? c : ((*x)->part > (*y)->part) - ((*x)->part < (*y)->part);
}

static int claim_offsets(struct store *s, const struct store_batch *b,
			 struct err *e)
{
	const struct offset_claim **sorted;
	int rc = 0;

	sorted = arena_alloc(&s->arena, (b->nr_offset + 1) * sizeof(*sorted));
	for (uint32_t i = 0; i < b->nr_offset; i++)
		sorted[i] = &b->offset[i];
	qsort(sorted, b->nr_offset, sizeof(*sorted), by_part);
	for (uint32_t i = 0; i < b->nr_offset && rc == 0; i++) {
		const struct offset_claim *o = sorted[i];

		args_clear(&s->args);
		args_put(&s->args, COL_TEXT, &b->cluster);
		args_put(&s->args, COL_TEXT, &b->group);
		args_put(&s->args, COL_TEXT, &o->topic);
		args_put(&s->args, COL_I32, &o->part);
		args_put(&s->args, COL_I64, &o->from);
		args_put(&s->args, COL_I64, &o->to);
		args_put(&s->args, COL_I64, &b->set_version);
		must_touch_one(s, "claiming an offset");
		rc = pg_pipe_send(s->pg, "claiming an offset", sql_store_offset,
				  0, &s->args, e);
	}
	return rc;
}

/* All rows of one kind, one statement; day 0 for tables without partitions. */
static int put_rows(struct store *s, const char *what, const char *sql,
		    enum row_id id, const void *rows, uint32_t nr, int32_t day,
		    struct err *e)
{
	if (!nr)
		return 0;
	args_clear(&s->args);
	if (!args_put_rows(&s->args, s->pg, id, rows, nr, day) && !s->args.bad)
		return 0;
	return pg_pipe_send(s->pg, what, sql, day, &s->args, e);
}

/* The keys of one day as arguments: day, flights, travellers. */
static uint32_t put_keys(struct store *s, const struct traveller_key *key,
			 uint32_t nr, int32_t day)
{
	int64_t *flight = arena_alloc(&s->arena, (nr + 1) * sizeof(*flight));
	int64_t *traveller =
		arena_alloc(&s->arena, (nr + 1) * sizeof(*traveller));
	struct row_tokens list = { flight, 0 };

	for (uint32_t i = 0; i < nr; i++) {
		if (key[i].clock_day != day)
			continue;
		flight[list.nr] = key[i].flight_id;
		traveller[list.nr++] = key[i].traveller_id;
	}
	args_clear(&s->args);
	args_put(&s->args, COL_DAY, &day);
	args_put(&s->args, COL_TOKENS, &list);
	list.v = traveller;
	args_put(&s->args, COL_TOKENS, &list);
	return list.nr;
}

/* Hits that the screened, and those who are gone, have no more. */
static int withdraw(struct store *s, const struct store_batch *b, int32_t day,
		    struct err *e)
{
	struct {
		const struct traveller_key *key;
		uint32_t nr;
	} who[] = { { b->screened, b->nr_screened },
		    { b->removed, b->nr_removed } };
	int rc = 0;

	for (size_t i = 0; i < ARRAY_SIZE(who) && rc == 0; i++) {
		if (!put_keys(s, who[i].key, who[i].nr, day))
			continue;
		args_put_rows(&s->args, s->pg, ROW_ID_hit, b->hit, b->nr_hit,
			      day);
		rc = pg_pipe_send(s->pg, "withdrawing hits", sql_store_withdraw,
				  day, &s->args, e);
	}
	return rc;
}

/* What profiles in shadow say: anew for who was screened. */
static int put_shadow(struct store *s, const struct store_batch *b, int32_t day,
		      struct err *e)
{
	struct {
		const struct traveller_key *key;
		uint32_t nr;
	} who[] = { { b->screened, b->nr_screened },
		    { b->removed, b->nr_removed } };
	int rc = 0;

	for (size_t i = 0;
	     i < ARRAY_SIZE(who) && rc == 0 && (b->has_shadow || b->nr_shadow);
	     i++)
		if (put_keys(s, who[i].key, who[i].nr, day))
			rc = pg_pipe_send(s->pg, "clearing shadow hits",
					  sql_store_unshadow, day, &s->args, e);
	return rc ? rc
		  : put_rows(s, "storing shadow hits", sql_store_shadow,
			     ROW_ID_shadow, b->shadow, b->nr_shadow, day, e);
}

static int put_day(struct store *s, const struct store_batch *b, int32_t day,
		   struct err *e)
{
	int rc;

	rc = put_rows(s, "storing slices", sql_store_slice, ROW_ID_slice,
		      b->slice, b->nr_slice, day, e);
	if (rc == 0)
		rc = put_rows(s, "storing bookings", sql_store_booking,
			      ROW_ID_booking, b->booking, b->nr_booking, day,
			      e);
	if (rc == 0)
		rc = put_rows(s, "storing travellers", sql_store_traveller,
			      ROW_ID_traveller, b->traveller, b->nr_traveller,
			      day, e);
	if (rc == 0 && put_keys(s, b->removed, b->nr_removed, day))
		rc = pg_pipe_send(s->pg, "removing travellers",
				  sql_store_removed, day, &s->args, e);
	if (rc == 0 && b->announce)
		rc = put_rows(s, "telling of hits", sql_store_announce,
			      ROW_ID_hit, b->hit, b->nr_hit, day, e);
	if (rc == 0)
		rc = put_rows(s, "storing hits", sql_store_hit, ROW_ID_hit,
			      b->hit, b->nr_hit, day, e);
	if (rc == 0)
		rc = withdraw(s, b, day, e);
	if (rc == 0)
		rc = put_rows(s, "storing evidence", sql_store_evidence,
			      ROW_ID_evidence, b->evidence, b->nr_evidence, day,
			      e);
	if (rc == 0)
		rc = put_shadow(s, b, day, e);
	return rc;
}

/* What this batch did, in a chain that is the session's own. */
static int put_audit(struct store *s, const struct store_batch *b,
		     struct err *e)
{
	int rc;

	if (!b->audit)
		return 0;
	rc = audit_next(&s->audit, &s->args, b->audit, e);
	return rc < 0 ? rc
		      : pg_pipe_send(s->pg, "writing the audit log",
				     sql_audit_append, 0, &s->args, e);
}

/* Series before counters, in whichever transaction: nobody waits in a ring. */
static int put_series(struct store *s, const struct store_batch *b,
		      struct err *e)
{
	struct row_tokens ids = { b->missing, b->nr_missing };
	int rc = put_rows(s, "storing series", sql_store_series, ROW_ID_series,
			  b->series, b->nr_series, 0, e);

	if (rc < 0 || !b->nr_missing)
		return rc;
	args_clear(&s->args);
	args_put(&s->args, COL_TOKENS, &ids);
	args_put(&s->args, COL_DAY, &b->missing_day);
	return pg_pipe_send(s->pg, "counting missing parts", sql_store_missing,
			    0, &s->args, e);
}

static int put_quarantine(struct store *s, const struct store_batch *b,
			  struct err *e)
{
	struct row_tokens ids = { b->retried, b->nr_retried };
	int rc = 0;

	args_clear(&s->args);
	args_put(&s->args, COL_TOKENS, &ids);
	if (b->nr_retried)
		rc = pg_pipe_send(s->pg, "retrying quarantine",
				  sql_store_retried, 0, &s->args, e);
	return rc ? rc
		  : put_rows(s, "storing quarantine", sql_store_quarantine,
			     ROW_ID_quarantine, b->quarantine, b->nr_quarantine,
			     0, e);
}

/* BEGIN, rows and claims; the counters last but one, many share them. */
static int send_all(struct store *s, const struct store_batch *b, struct err *e)
{
	int rc = pg_pipe_send(s->pg, "starting a transaction", "BEGIN", 0, NULL,
			      e);

	if (rc == 0)
		rc = at_site(s, "begin", e);
	if (rc == 0)
		rc = claim_flights(s, b, e);
	for (uint32_t i = 0; i < s->nr_day && rc == 0; i++)
		rc = put_day(s, b, s->day[i], e);
	if (rc == 0)
		rc = put_rows(s, "storing facts", sql_store_fact, ROW_ID_fact,
			      b->fact, b->nr_fact, 0, e);
	if (rc == 0)
		rc = put_quarantine(s, b, e);
	if (rc == 0)
		rc = put_series(s, b, e);
	if (rc == 0)
		rc = put_rows(s, "storing counters", sql_store_counter,
			      ROW_ID_counter, b->counter, b->nr_counter, 0, e);
	if (rc == 0)
		rc = put_rows(s, "storing answers", sql_store_outbox,
			      ROW_ID_outbox, b->outbox, b->nr_outbox, 0, e);
	if (rc == 0)
		rc = put_audit(s, b, e);
	if (rc == 0)
		rc = at_site(s, "copied", e);
	if (rc == 0)
		rc = claim_offsets(s, b, e);
	if (rc == 0)
		rc = pg_pipe_sync(s->pg, e);
	return rc;
}

/* Did every compare-and-set find what it compared with? */
static int check_claims(struct store *s, struct err *e)
{
	for (uint32_t i = 0; i < s->nr_claim; i++) {
		const struct pg_result *r =
			pg_pipe_result(s->pg, s->claim[i].statement);

		if (!r || pg_result_rows(r) != 1)
			return err_at(e, ERR_FENCED, 0,
				      "%s: another worker was faster",
				      s->claim[i].what);
	}
	return 0;
}

int store_send(struct store *s, const struct store_batch *b, struct err *e)
{
	int rc;

	arena_clear(&s->arena);
	s->claim = NULL;
	s->nr_claim = 0;
	rc = send_all(s, b, e);
	if (rc == 0)
		rc = check_claims(s, e);
	if (rc == 0 && s->settings.hooks.at)
		s->settings.hooks.at("claimed", s->settings.hooks.arg);
	return rc;
}
