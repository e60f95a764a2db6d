#include "db/subject.h"

#include "db/query.h"

#define LAW   "Directive (EU) 2016/681 Art. 13(1)"
#define NAMED 64 /* records that an event names; of more it has a hash */

/* Codes that the functions of 0014_subject_acts.sql give. */
static const struct {
	const char *code, *words;
} bars[] = {
	{ "no-record", "there is no such record; 'paxgate subject find' names "
		       "those there are" },
	{ "flight-open",
	  "messages of the flight are still to be expected, and would bring "
	  "it back: restrict it now, erase it a day after arrival" },
	{ "shared", "others stand in the same booking: --shared-too erases the "
		    "booking's slices and common data with it; their hits "
		    "cannot be replayed any more" },
	{ "restricted", "it is restricted already" },
	{ "not-restricted", "it is not restricted" },
};

static const char *words_of(struct str code)
{
	for (size_t i = 0; i < ARRAY_SIZE(bars); i++)
		if (str_eq(str_of(bars[i].code), code))
			return bars[i].words;
	return "the database refused it";
}

/* One act, its event and its names. */
struct deed {
	struct pg *pg;
	struct arena arena;
	struct audit_event ev;
	int64_t id; /* of the act */
	struct pg_args args;
	struct pg_result *r;
};

static void name_records(struct deed *d, const struct subject_record *r,
			 uint32_t nr)
{
	struct str *name = arena_alloc(&d->arena, (nr + 1) * sizeof(*name));
	int64_t *id = arena_alloc(&d->arena, (nr + 1) * sizeof(*id));
	uint8_t *hash = arena_alloc(&d->arena, CRYPT_HASH_LEN);

	d->ev.subjects = (struct audit_count){ nr, true };
	for (uint32_t i = 0; i < nr; i++) {
		struct hit_name n = hit_name_of(r[i].day, r[i].id);

		name[i] = arena_str(&d->arena, str_of(n.text));
		id[i] = r[i].id;
	}
	if (nr && nr <= NAMED) {
		d->ev.records = (struct audit_codes){ name, nr };
	} else if (nr) {
		audit_set_hash(hash, id, nr);
		d->ev.record_set = hash;
	}
}

static void begin(struct deed *d, struct pg *pg, enum audit_operation op,
		  const struct subject_act *act, const struct subject_record *r,
		  uint32_t nr)
{
	*d = (struct deed){ .pg = pg };
	crypt_random(&d->id, sizeof(d->id));
	d->ev = (struct audit_event){ .operation = op,
				      .purpose = act->purpose,
				      .case_id = act->case_id,
				      .justification = act->reason,
				      .legal_basis = STR("2016/680:14-16") };
	name_records(d, r, nr);
}

static void put_act(struct deed *d, const struct subject_act *act,
		    const struct subject_record *r)
{
	args_put(&d->args, COL_I64, &d->id);
	args_put(&d->args, COL_TEXT, &act->case_id);
	args_put(&d->args, COL_TEXT, &act->purpose);
	args_put(&d->args, COL_TEXT, &act->reason);
	args_put(&d->args, COL_DAY, &r->day);
	args_put(&d->args, COL_I64, &r->id);
}

static int not_his(struct pg *pg, struct err *e)
{
	return err_at(e, ERR_LEGAL, 0,
		      LAW ", 5(3): '%s' may not act on persons' requests; the "
			  "data protection officer does (paxgate_dpo)",
		      pg_role(pg));
}

/* Run the act's function, in a transaction that end() ends. */
static int run(struct deed *d, const char *sql, struct err *e)
{
	int rc = pg_script(d->pg, "starting a transaction", "BEGIN", e);

	if (rc == 0)
		rc = pg_run(d->pg, "acting on a person's request", sql,
			    &d->args, &d->r, e);
	if (rc < 0 && pg_last_fault(d->pg) == PG_REFUSED) {
		*e = (struct err){ 0 };
		rc = not_his(d->pg, e);
	}
	return rc;
}

/* Refused: the transaction is over; that it was tried is on record. */
static int barred(struct deed *d, struct str code, struct err *e)
{
	pg_rollback(d->pg);
	d->ev.outcome = STR("refused");
	d->ev.error = code;
	if (audit_record(d->pg, &d->ev, e))
		return err_wrap(e, "the refusal is not on record");
	return err_at(e, str_eq(code, STR("no-record")) ? ERR_USAGE : ERR_LEGAL,
		      0, LAW ": %s", words_of(code));
}

/* Put it on record and commit, or neither. */
static int end(struct deed *d, int rc, struct err *e)
{
	if (rc == 0)
		rc = audit_record(d->pg, &d->ev, e);
	if (rc == 0)
		rc = pg_commit(d->pg, e);
	if (rc < 0)
		pg_rollback(d->pg);
	pg_result_free(d->r);
	args_release(&d->args);
	arena_release(&d->arena);
	return rc;
}

/* The code a function gave, or absent. */
static int read_code(struct deed *d, struct err *e)
{
	struct str code = STR_NONE;

	if (pg_read_field(&code, COL_TEXT, d->r, 0, 0, &d->arena, e))
		return e->code;
	return code.ptr ? barred(d, code, e) : 0;
}

int subject_may(struct pg *pg, const struct subject_act *act, struct err *e)
{
	struct pg_result *r = NULL;
	struct deed d;
	bool may = false;
	int rc;

	begin(&d, pg, AUDIT_CONSULT, act, NULL, 0);
	rc = pg_run(pg, "asking who may act on persons' requests",
		    "SELECT has_function_privilege('ops.subject_note(bigint, "
		    "text, text, text, text, text, bigint)', 'EXECUTE')",
		    NULL, &r, e);
	if (rc == 0)
		rc = pg_read_field(&may, COL_BOOL, r, 0, 0, &d.arena, e);
	if (rc == 0 && !may) {
		d.ev.outcome = STR("refused");
		d.ev.error = STR("role");
		rc = audit_record(pg, &d.ev, e);
		if (rc == 0)
			rc = not_his(pg, e);
	}
	pg_result_free(r);
	arena_release(&d.arena);
	return rc;
}

int subject_note(struct pg *pg, const struct subject_act *act, const char *what,
		 struct str refusal, const struct subject_record *record,
		 uint32_t nr, struct err *e)
{
	struct str name = str_of(what);
	bool export = str_eq(name, STR("export"));
	int64_t records = nr;
	struct deed d;
	int rc;

	begin(&d, pg, export ? AUDIT_EXPORT : AUDIT_CONSULT, act, record, nr);
	if (refusal.ptr) {
		d.ev.outcome = STR("refused");
		d.ev.error = refusal;
	}
	args_put(&d.args, COL_I64, &d.id);
	args_put(&d.args, COL_TEXT, &name);
	args_put(&d.args, COL_TEXT, &refusal);
	args_put(&d.args, COL_TEXT, &act->case_id);
	args_put(&d.args, COL_TEXT, &act->purpose);
	args_put(&d.args, COL_TEXT, &act->reason);
	args_put(&d.args, COL_I64, &records);
	rc = run(&d, "SELECT ops.subject_note($1, $2, $3, $4, $5, $6, $7)", e);
	return end(&d, rc, e);
}

int subject_correct(struct pg *pg, const struct subject_act *act,
		    const struct subject_record *r, int64_t addendum,
		    struct str field, struct str sealed, struct err *e)
{
	struct deed d;
	int rc;

	begin(&d, pg, AUDIT_ALTER, act, r, 1);
	d.ev.fields = (struct audit_codes){ &field, 1 };
	put_act(&d, act, r);
	args_put(&d.args, COL_I64, &addendum);
	args_put(&d.args, COL_TEXT, &field);
	args_put(&d.args, COL_BYTES, &sealed);
	rc = run(&d,
		 "SELECT ops.subject_correct($1, $2, $3, $4, $5, $6, $7, $8, "
		 "$9)",
		 e);
	if (rc == 0)
		rc = read_code(&d, e);
	return end(&d, rc, e);
}

int subject_restrict(struct pg *pg, const struct subject_act *act,
		     const struct subject_record *r, bool lifts, struct err *e)
{
	struct deed d;
	int rc;

	begin(&d, pg, AUDIT_ALTER, act, r, 1);
	d.ev.reason = lifts ? STR("restriction-lifted") : STR("restricted");
	put_act(&d, act, r);
	args_put(&d.args, COL_BOOL, &lifts);
	rc = run(&d, "SELECT ops.subject_restrict($1, $2, $3, $4, $5, $6, $7)",
		 e);
	if (rc == 0)
		rc = read_code(&d, e);
	return end(&d, rc, e);
}

int subject_erase(struct subject_erased *out, struct pg *pg,
		  const struct subject_act *act, const struct subject_record *r,
		  const struct subject_traces *t, struct err *e)
{
	struct deed d;
	int rc;

	*out = (struct subject_erased){ .hits = 0 };
	begin(&d, pg, AUDIT_ERASE, act, r, 1);
	put_act(&d, act, r);
	args_put(&d.args, COL_TEXTS, &t->slice);
	args_put(&d.args, COL_BYTES, &t->emptied);
	args_put(&d.args, COL_I64, &t->trip);
	args_put(&d.args, COL_BOOL, &t->shared_too);
	rc = run(&d,
		 "SELECT code, hits, slices, others FROM ops.subject_erase($1, "
		 "$2, $3, $4, $5, $6, $7, $8, $9, $10)",
		 e);
	if (rc == 0)
		rc = read_code(&d, e);
	if (rc == 0 &&
	    (pg_read_field(&out->hits, COL_I64, d.r, 0, 1, &d.arena, e) ||
	     pg_read_field(&out->slices, COL_I64, d.r, 0, 2, &d.arena, e) ||
	     pg_read_field(&out->others, COL_I64, d.r, 0, 3, &d.arena, e)))
		rc = e->code;
	d.ev.results = (struct audit_count){ out->hits, true };
	d.ev.slices = (struct audit_count){ out->slices, true };
	d.ev.mask_before = STR("full");
	return end(&d, rc, e);
}

int subject_erase_masked(struct pg *pg, const struct subject_act *act,
			 const struct subject_record *r,
			 int (*unkey)(void *arg, struct err *e), void *arg,
			 struct err *e)
{
	struct deed d;
	int rc;

	begin(&d, pg, AUDIT_ERASE, act, r, 1);
	d.ev.mask_before = STR("masked");
	d.ev.reason = STR("key-destroyed");
	put_act(&d, act, r);
	rc = run(&d, "SELECT ops.subject_erase_masked($1, $2, $3, $4, $5, $6)",
		 e);
	if (rc == 0)
		rc = read_code(&d, e);
	/* the key first: without it the row is noise, also in copies */
	if (rc == 0)
		rc = unkey(arg, e);
	return end(&d, rc, e);
}
