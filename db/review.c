#include "db/review.h"

#include "db/deed.h"
#include "db/sql.h"

#define LAW "Directive (EU) 2016/681 Art. 6(5), 6(6)"

/* Codes that the functions of 0010_review_steps.sql give. */
static const struct deed_refusal refusals[] = {
	{ "role", "only members of paxgate_reviewer review hits" },
	{ "no-hit", "there is no such hit; copy it from 'paxgate hits next'" },
	{ "withdrawn",
	  "it was withdrawn: with the traveller's newest data it is no hit" },
	{ "suppressed",
	  "it is a false match that was learnt; 'paxgate hits suppress --lift' "
	  "makes it count again" },
	{ "restricted",
	  "the person's data are restricted: nobody but the data protection "
	  "officer uses them until that is lifted" },
	{ "account-ended", "the account is not valid today" },
	{ "decided",
	  "it is decided; a second reviewer can 'paxgate hits reopen' it" },
	{ "taken",
	  "another reviewer has it in hand; 'paxgate hits next' shows who" },
	{ "not-yours", "you have not taken it; 'paxgate hits take' it and look "
		       "at it first" },
	{ "changed",
	  "the traveller's data changed since you took it; look at it again "
	  "('paxgate hits show') and take it once more" },
	{ "too-soon",
	  "it was taken a moment ago; look at it, then decide (the time is "
	  "ref.review_limit, view_seconds)" },
	{ "reason",
	  "the reason is none of ref.review_reason for this; 'paxgate hits "
	  "reasons' lists them" },
	{ "checklist", "a question of the checklist is not answered" },
	{ "discrimination", "without 'discrimination: pass' no hit is "
			    "confirmed (C-817/19, 204)" },
	{ "not-confirmed",
	  "only a hit that a reviewer confirmed leaves the PIU" },
	{ "changed-since",
	  "the traveller's data changed since it was confirmed; have it "
	  "reopened and decided on them" },
	{ "no-air-link",
	  "it has no link with carriage by air, so it cannot be referred "
	  "(C-817/19, 157)" },
	{ "recipient",
	  "the recipient is no competent authority that is registered and "
	  "valid today; see 'paxgate authority list'" },
	{ "not-decided", "it is not decided, so there is nothing to reopen" },
	{ "no-second", "it waits for no second person" },
	{ "second-person", "you decided it: the second person is another" },
	{ "same-reviewer", "who decided it cannot reopen it: a second person "
			   "has to" },
};

static void put_hit(struct pg_args *args, const struct review_act *act,
		    int64_t review_id)
{
	args_put(args, COL_DAY, &act->clock_day);
	args_put(args, COL_I64, &act->hit_id);
	args_put(args, COL_I64, &review_id);
}

static int64_t new_id(void)
{
	int64_t id;

	crypt_random(&id, sizeof(id));
	return id;
}

/* One step and its event, in a transaction. `ev` says what the step is. */
static int step(struct pg *pg, const struct review_act *act, const char *sql,
		const struct pg_args *args, struct audit_event *ev,
		struct err *e)
{
	struct hit_name name = hit_name_of(act->clock_day, act->hit_id);
	struct arena a = { 0 };
	struct deed d = { "reviewing a hit",
			  arena_fmt(&a, LAW ": hit '%s'", name.text).ptr,
			  refusals, ARRAY_SIZE(refusals) };
	int rc;

	ev->operation = AUDIT_REVIEW;
	ev->hit = str_of(name.text);
	rc = deed_do(pg, &d, sql, args, ev, e);
	arena_release(&a);
	return rc;
}

int review_take(struct pg *pg, const struct review_act *act, struct err *e)
{
	struct audit_event ev = *act->said;
	struct pg_args args = { 0 };
	int rc;

	put_hit(&args, act, new_id());
	ev.review_outcome = STR("in_review");
	rc = step(pg, act, sql_review_take, &args, &ev, e);
	args_release(&args);
	return rc;
}

int review_decide(struct pg *pg, const struct review_act *act,
		  const struct review_decision *d, struct err *e)
{
	struct audit_event ev = *act->said;
	struct pg_args args = { 0 };
	int rc;

	put_hit(&args, act, d->review_id);
	args_put(&args, COL_TEXT, &d->outcome);
	args_put(&args, COL_TEXT, &d->reason);
	args_put(&args, COL_TEXT, &ev.offence);
	args_put(&args, COL_I32, &d->version);
	args_put(&args, COL_TEXT, &d->checklist);
	args_put(&args, COL_TEXTS, &d->answers);
	args_put(&args, COL_BYTES, &d->sealed);
	ev.review_outcome = d->outcome;
	ev.reason = d->reason;
	ev.checklist = d->version_text;
	ev.air_link = d->air_link;
	rc = step(pg, act, sql_review_decide, &args, &ev, e);
	args_release(&args);
	return rc;
}

int review_refer(struct pg *pg, const struct review_act *act,
		 struct str authority, struct err *e)
{
	struct audit_event ev = *act->said;
	struct pg_args args = { 0 };
	int rc;

	put_hit(&args, act, new_id());
	args_put(&args, COL_TEXT, &authority);
	ev.review_outcome = STR("referred");
	ev.recipient_type = STR("authority");
	ev.recipient = authority;
	rc = step(pg, act, sql_review_refer, &args, &ev, e);
	args_release(&args);
	return rc;
}

int review_reopen(struct pg *pg, const struct review_act *act,
		  struct str reason, struct err *e)
{
	struct audit_event ev = *act->said;
	struct pg_args args = { 0 };
	int rc;

	put_hit(&args, act, new_id());
	args_put(&args, COL_TEXT, &reason);
	ev.review_outcome = STR("reopened");
	ev.reason = reason;
	rc = step(pg, act, sql_review_reopen, &args, &ev, e);
	args_release(&args);
	return rc;
}

int review_second(struct pg *pg, const struct review_act *act,
		  struct str outcome, struct str reason, struct err *e)
{
	struct audit_event ev = *act->said;
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &act->clock_day);
	args_put(&args, COL_I64, &act->hit_id);
	args_put(&args, COL_TEXT, &outcome);
	args_put(&args, COL_TEXT, &reason);
	ev.reason = reason;
	ev.subject = str_eq(outcome, STR("confirmed"))
			     ? STR("second-review:confirmed")
			     : STR("second-review:rejected");
	rc = step(pg, act, "SELECT pax.review_second($1, $2, $3, $4)", &args,
		  &ev, e);
	args_release(&args);
	return rc;
}

int review_steps(struct review_row **out, uint32_t *nr, struct pg *pg,
		 const struct hit_row *h, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &h->clock_day);
	args_put(&args, COL_I64, &h->flight_id);
	args_put(&args, COL_I64, &h->hit_id);
	rc = pg_run(pg, "reading a review", sql_review_steps, &args, &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_review, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int review_next(struct review_waiting **out, uint32_t *nr, struct pg *pg,
		int32_t since, struct arena *a, struct err *e)
{
	int quality =
		(int)(row_tables[ROW_ID_hit].nr + row_tables[ROW_ID_flight].nr +
		      row_tables[ROW_ID_review].nr);
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int64_t rows = 0;
	int rc;

	args_put(&args, COL_DAY, &since);
	rc = pg_run(pg, "reading what waits for review", sql_review_next, &args,
		    &r, e);
	if (rc == 0)
		rows = pg_result_rows(r);
	*out = arena_alloc(a, (size_t)(rows + 1) * sizeof(**out));
	*nr = (uint32_t)rows;
	for (int64_t i = 0; i < rows && rc == 0; i++) {
		struct review_waiting *w = &(*out)[i];

		rc = hit_view_read(&w->view, r, i, a, e);
		if (rc == 0)
			rc = pg_read_field(&w->quality, COL_N32, r, i, quality,
					   a, e);
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}

static bool same_number(struct row_number x, struct row_number y)
{
	return x.set == y.set && (!x.set || x.v == y.v);
}

unsigned review_changes(const struct hit_view *v,
			const struct row_number *quality)
{
	const struct review_row *r = &v->review;
	const struct hit_row *h = &v->hit;
	unsigned is = 0;

	if (!r->step)
		return 0;
	if (!str_eq(r->seen_input, h->input_hash) ||
	    !str_eq(r->seen_evidence, h->evidence_hash))
		is |= REVIEW_DATA;
	if (r->seen_score != h->score)
		is |= REVIEW_SCORE;
	if (moment_is_set(r->seen_departs_utc) !=
		    moment_is_set(h->departs_utc) ||
	    r->seen_departs_utc.s != h->departs_utc.s)
		is |= REVIEW_DEPARTS;
	if (r->seen_revision != h->revision)
		is |= REVIEW_PROFILE;
	if (quality && !same_number(r->seen_quality, *quality))
		is |= REVIEW_QUALITY;
	return is;
}
