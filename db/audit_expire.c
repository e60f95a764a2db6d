#include "db/audit.h"
#include "db/sql.h"

#define ART_13_6 "Directive (EU) 2016/681 Art. 13(6)"

enum { AT_ONCE = 20000 }; /* of a chain: who writes it waits so long */

static int remove_some(int64_t *n, struct pg *pg, struct str older,
		       struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int64_t most = AT_ONCE;
	int rc;

	args_put(&args, COL_TEXT, &older);
	args_put(&args, COL_I64, &most);
	rc = pg_run(pg, "removing old events", sql_audit_expire, &args, &r, e);
	if (rc == 0)
		rc = pg_read_field(n, COL_I64, r, 0, 0, &none, e);
	else if (pg_last_fault(pg) == PG_REFUSED) {
		*e = (struct err){ 0 };
		rc = err_at(e, ERR_LEGAL, 0,
			    ART_13_6 ": events are kept for five years, and "
				     "removed by the administrator alone");
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}

/* One transaction: events, what is said of it, and the proof. */
static int turn(int64_t *n, struct pg *pg, int32_t day,
		const uint8_t *public_half, const uint8_t *secret_half,
		struct err *e)
{
	struct audit_event ev = { .operation = AUDIT_ERASE,
				  .subject = STR("audit log"),
				  .until = { (int64_t)day * SECONDS_PER_DAY,
					     MOMENT_SECOND } };
	struct arena a = { 0 };
	struct buf older = { 0 };
	struct audit_signed s;
	int rc = pg_script(pg, "removing old events", "BEGIN", e);

	date_write(&older, date_from_days(day));
	if (rc == 0)
		rc = remove_some(n, pg, buf_view(&older), e);
	ev.results = (struct audit_count){ *n, true };
	if (rc == 0 && *n)
		rc = audit_record(pg, &ev, e);
	if (rc == 0 && *n)
		rc = audit_checkpoint_make(&s, pg, public_half, secret_half, &a,
					   e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0)
		pg_rollback(pg);
	buf_release(&older);
	arena_release(&a);
	return rc;
}

int audit_expire(int64_t *removed, struct pg *pg, int32_t day,
		 const uint8_t public_half[CRYPT_KEY_LEN],
		 const uint8_t secret_half[CRYPT_SIGNER_LEN], struct err *e)
{
	int64_t n = 1;
	int rc = 0;

	for (*removed = 0; n && rc == 0; *removed += rc ? 0 : n) {
		n = 0;
		rc = turn(&n, pg, day, public_half, secret_half, e);
	}
	return rc;
}
