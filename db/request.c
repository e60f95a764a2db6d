#include "db/request.h"

#include "db/sql.h"

#include <stdio.h>

#define LAW "Directive (EU) 2016/681 Art. 6(2)(b), 12(3)"

/* Codes that the functions of 0013_requests_*.sql give. */
static const struct deed_refusal refusals[] = {
	{ "role", "the session user has no role for this: paxgate_officer asks "
		  "and answers, paxgate_judge approves and refuses" },
	{ "no-account",
	  "the session user has no account that is valid today; 'paxgate "
	  "account add' makes one" },
	{ "not-piu", "the account does not act for the PIU that has the "
		     "request" },
	{ "not-court", "only accounts that act for a registered court or "
		       "independent authority, and are not seconded by another "
		       "one, decide" },
	{ "same-authority",
	  "who decides may not belong to the PIU, to the authority that asks, "
	  "or to one above it (C-817/19, 245)" },
	{ "same-person", "who asked cannot decide" },
	{ "requester",
	  "the authority that asks is not registered or not valid today, or "
	  "may not ask; see 'paxgate authority list'" },
	{ "no-request",
	  "there is no such request; see 'paxgate request list'" },
	{ "other-kind", "this is not done with a request of this kind" },
	{ "form", "a part of the form is missing" },
	{ "fields", "a field is none that may be asked for" },
	{ "span", "the span has no end, or is longer than ref.request_limit, "
		  "span_days, allows" },
	{ "cap-limit", "more rows than ref.request_limit, row_cap, allows" },
	{ "records-limit",
	  "more records than ref.request_limit, records, allows, or more than "
	  "one for one person" },
	{ "no-record", "a record is not there, or named twice; see 'paxgate "
		       "unmask list'" },
	{ "is-open", "no court or independent authority has approved it yet" },
	{ "is-urgent",
	  "it is urgent: its review has to come before it is closed" },
	{ "is-approved", "it is approved already" },
	{ "is-refused", "it was refused" },
	{ "is-lapsed", "no review came in time" },
	{ "is-closed", "it is closed" },
	{ "overdue", "its review did not come in time" },
	{ "approval-over", "the approval does not hold any more" },
	{ "decision",
	  "the number of the decision is missing, or is more than 64 letters, "
	  "digits and -/._" },
	{ "until", "an approval ends at a time to come, within "
		   "ref.request_limit, approval_days" },
	{ "reason", "the reason is none of ref.request_reason for this" },
	{ "nothing-asked", "the search names nothing to be found" },
	{ "beyond-span", "the day is not in the span of the request" },
	{ "row-cap",
	  "more travellers would be found than the request allows; ask for "
	  "less, nothing is shown" },
	{ "not-alike", "the request does not ask for search by likeness" },
	{ "scope", "a search by likeness takes a carrier, and days in order" },
	{ "scope-limit",
	  "more travellers than ref.request_limit, scope_travellers, allows "
	  "to be compared; take a flight or fewer days" },
	{ "no-rows", "nothing of this number was found, or it is masked by "
		     "now" },
	{ "not-yours", "only who asked looks at it" },
	{ "other-file", "this file was not made for the request" },
	{ "view-over", "the time to look is over (ref.request_limit, "
		       "view_minutes)" },
	{ "finding", "the finding is lawful, unlawful or to-authority" },
	{ "no-task", "there is no such task to do" },
};

struct request_name request_name_of(int64_t id)
{
	struct request_name n;

	snprintf(n.text, sizeof(n.text), "%016llx", (unsigned long long)id);
	return n;
}

bool request_name_read(struct str text, int64_t *id)
{
	uint8_t bytes[8];
	uint64_t v = 0;

	if (!crypt_from_hex(bytes, sizeof(bytes), text))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		v = v << 8 | bytes[i];
	*id = (int64_t)v;
	return true;
}

struct deed request_deed(int64_t id, struct arena *a)
{
	return (struct deed){ "handling a request",
			      arena_fmt(a, LAW ": request '%s'",
					request_name_of(id).text)
				      .ptr,
			      refusals, ARRAY_SIZE(refusals) };
}

/* One step and its event, in a transaction. */
static int step(struct pg *pg, int64_t id, enum audit_operation op,
		const char *sql, const struct pg_args *args,
		struct audit_event *ev, struct err *e)
{
	struct request_name name = request_name_of(id);
	struct arena a = { 0 };
	struct deed d = request_deed(id, &a);
	int rc;

	ev->operation = op;
	ev->mode = STR("case-request");
	ev->request_id = str_of(name.text);
	rc = deed_do(pg, &d, sql, args, ev, e);
	arena_release(&a);
	return rc;
}

/* What both kinds say. */
static void say_asked(struct audit_event *ev, const struct request_new *n)
{
	ev->case_id = n->case_id;
	ev->recipient_type = STR("authority");
	ev->recipient = n->requester;
	ev->fields = (struct audit_codes){ n->fields.v, n->fields.nr };
	ev->reason = STR("opened");
}

static void put_head(struct pg_args *args, const struct request_new *n)
{
	args_put(args, COL_I64, &n->id);
	args_put(args, COL_TEXT, &n->case_id);
	args_put(args, COL_TEXT, &n->offence);
	args_put(args, COL_TEXT, &n->requester);
	args_put(args, COL_TEXT, &n->persons);
	args_put(args, COL_TEXTS, &n->fields);
}

static struct moment day_moment(int32_t day)
{
	return (struct moment){ (int64_t)day * SECONDS_PER_DAY, MOMENT_DAY };
}

int request_open(struct pg *pg, const struct request_new *n,
		 struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	put_head(&args, n);
	args_put(&args, COL_DAY, &n->from);
	args_put(&args, COL_DAY, &n->until);
	args_put(&args, COL_I32, &n->row_cap);
	args_put(&args, COL_BOOL, &n->alike);
	args_put(&args, COL_BOOL, &n->urgent);
	args_put(&args, COL_DAY, &n->today);
	args_put(&args, COL_BYTES, &n->sealed);
	say_asked(ev, n);
	ev->row_cap = (struct audit_count){ n->row_cap, true };
	ev->from = day_moment(n->from);
	ev->until = day_moment(n->until);
	if (n->urgent)
		ev->urgent = STR("yes");
	rc = step(pg, n->id, AUDIT_REQUEST,
		  "SELECT ops.request_open($1, $2, $3, $4, $5, $6, $7, $8, "
		  "$9, $10, $11, $12, $13)",
		  &args, ev, e);
	args_release(&args);
	return rc;
}

int request_open_unmask(struct pg *pg, const struct request_new *n,
			struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	put_head(&args, n);
	args_put(&args, COL_TEXTS, &n->records);
	args_put(&args, COL_DAY, &n->today);
	args_put(&args, COL_BYTES, &n->sealed);
	args_put(&args, COL_BYTES, &n->file_hash);
	say_asked(ev, n);
	ev->mask_before = STR("masked");
	ev->mask_after = STR("masked");
	ev->subjects = (struct audit_count){ n->records.nr, true };
	if (n->records.nr <= AUDIT_CODES_MAX)
		ev->records =
			(struct audit_codes){ n->records.v, n->records.nr };
	rc = step(pg, n->id, AUDIT_REQUEST,
		  "SELECT ops.unmask_open($1, $2, $3, $4, $5, $6, $7, $8, $9, "
		  "$10)",
		  &args, ev, e);
	args_release(&args);
	return rc;
}

int request_approve(struct pg *pg, int64_t id, struct str decision,
		    struct moment until, struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_TEXT, &decision);
	args_put(&args, COL_UTC, &until);
	ev->review_decision = decision;
	ev->review_until = until;
	ev->approver = str_of(pg_role(pg));
	rc = step(pg, id, AUDIT_APPROVE,
		  "SELECT ops.request_approve($1, $2, $3)", &args, ev, e);
	args_release(&args);
	return rc;
}

int request_refuse(struct pg *pg, int64_t id, struct str decision,
		   struct str reason, struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_TEXT, &decision);
	args_put(&args, COL_TEXT, &reason);
	ev->review_decision = decision;
	ev->reason = reason;
	rc = step(pg, id, AUDIT_REFUSE, "SELECT ops.request_refuse($1, $2, $3)",
		  &args, ev, e);
	args_release(&args);
	return rc;
}

int request_close(struct pg *pg, int64_t id, struct str reason,
		  struct audit_event *ev, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_TEXT, &reason);
	ev->reason = reason;
	rc = step(pg, id, AUDIT_REQUEST, "SELECT ops.request_close($1, $2)",
		  &args, ev, e);
	args_release(&args);
	return rc;
}

int request_disclose(struct pg *pg, int64_t id, int64_t transfer,
		     const struct row_tokens *rows, struct str hash,
		     struct audit_event *ev, struct err *e)
{
	struct request_name name = request_name_of(transfer);
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_I64, &id);
	args_put(&args, COL_I64, &transfer);
	args_put(&args, COL_TOKENS, rows);
	args_put(&args, COL_BYTES, &hash);
	ev->subjects = (struct audit_count){ rows->nr, true };
	ev->subject = str_of(name.text);
	ev->record_set = (const uint8_t *)hash.ptr;
	rc = step(pg, id, AUDIT_DISCLOSE,
		  "SELECT ops.request_disclose($1, $2, $3, $4)", &args, ev, e);
	args_release(&args);
	return rc;
}

static int record_lapse(struct pg *pg, int64_t id, struct err *e)
{
	struct request_name name = request_name_of(id);
	struct audit_event ev = { .operation = AUDIT_RECALL,
				  .mode = STR("case-request"),
				  .urgent = STR("yes"),
				  .reason = STR("lapse"),
				  .request_id = str_of(name.text) };

	return audit_record(pg, &ev, e);
}

int request_lapse(int64_t **id, uint32_t *nr, struct pg *pg, struct arena *a,
		  struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_script(pg, "starting a transaction", "BEGIN", e);

	if (rc == 0)
		rc = pg_run(pg, "ending what is overdue",
			    "SELECT ops.request_lapse()", NULL, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*id = arena_alloc(a, (*nr + 1) * sizeof(**id));
	for (uint32_t i = 0; i < *nr && rc == 0; i++) {
		rc = pg_read_field(&(*id)[i], COL_I64, r, i, 0, a, e);
		if (rc == 0)
			rc = record_lapse(pg, (*id)[i], e);
	}
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc)
		pg_rollback(pg);
	pg_result_free(r);
	return rc;
}

int request_forget_gone(struct pg *pg, struct err *e)
{
	return pg_run(pg, "forgetting who is erased",
		      "SELECT ops.request_forget_gone()", NULL, NULL, e);
}
