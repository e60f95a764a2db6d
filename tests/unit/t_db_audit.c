/*
 * t_db_audit.c - the audit log in a real PostgreSQL: who may write what, and
 * that events stand or fall with the work they are about
 */
#include "law/audit_check.h"
#include "tests/unit/db_fixture.h"

#include "db/sql.h"
#include "tools/audit_verify.c"

#include <time.h>

enum { DAY = 20779 }; /* 2026-11-22 */

static uint8_t key[1][CRYPT_KEY_LEN], secret[CRYPT_SIGNER_LEN];
static struct arena arena;

/* Open as another role: conninfo's last user counts. */
static struct pg *open_as(const char *db, const char *role)
{
	char conninfo[400];

	snprintf(conninfo, sizeof(conninfo), "%s user=%s", db, role);
	return fixture_open(conninfo);
}

static int64_t events(struct pg *pg)
{
	return fixture_number(pg, "SELECT count(*) FROM ops.audit");
}

/* Check the database's log; the number of faults. */
static int64_t faults(struct pg *pg)
{
	struct audit_check c;
	struct err e = { 0 };

	audit_check_init(&c, &arena, (const uint8_t(*)[CRYPT_KEY_LEN])key, 1);
	ck_assert_msg(audit_verify_database(&c, pg, NULL, false, &e) == 0, "%s",
		      e.text);
	for (uint32_t i = 0; i < c.nr_fault; i++)
		printf(STR_FMT ": " STR_FMT "\n", STR_ARG(c.fault[i].chain),
		       STR_ARG(c.fault[i].what));
	return c.faults;
}

/* One more event by this connection. */
static void record(struct pg *pg)
{
	struct audit_event ev = { .operation = AUDIT_REVIEW,
				  .hit = STR("20261122-1") };
	struct err e = { 0 };

	ck_assert_msg(audit_record(pg, &ev, &e) == 0, "%s", e.text);
}

/* A database with logins of all four roles; their names hold our pid. */
static const char *with_logins(void)
{
	const char *db = fixture_database();
	struct pg *pg = fixture_open(db);
	struct err e = { 0 };
	char sql[1000];
	int n = (int)getpid();

	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_new_signer(key[0], secret);
	snprintf(sql, sizeof(sql),
		 "CREATE ROLE e%d LOGIN IN ROLE paxgate_engine;"
		 "CREATE ROLE a%d LOGIN IN ROLE paxgate_analyst;"
		 "CREATE ROLE d%d LOGIN IN ROLE paxgate_auditor;"
		 "CREATE ROLE x%d LOGIN IN ROLE paxgate_admin",
		 n, n, n, n);
	fixture_sql(pg, sql);
	pg_close(pg);
	return db;
}

static struct pg *open_role(const char *db, char letter)
{
	char role[40];

	snprintf(role, sizeof(role), "%c%d", letter, (int)getpid());
	return open_as(db, role);
}

/* Is the statement refused for want of a permission? */
static bool is_refused(struct pg *pg, const char *sql)
{
	struct err e = { 0 };

	return pg_script(pg, "trying", sql, &e) == ERR_DB &&
	       strstr(e.text, "42501");
}

START_TEST(no_role_changes_the_log)
{
	static const char *const wrong[] = {
		"UPDATE ops.audit SET line = line",
		"DELETE FROM ops.audit",
		"TRUNCATE ops.audit",
		"INSERT INTO ops.audit SELECT FROM ops.audit",
		"UPDATE ops.audit_chain SET last = 0",
		"DELETE FROM ops.audit_chain",
		"INSERT INTO ops.audit_chain VALUES ('x', session_user)",
		"UPDATE ops.audit_checkpoint SET nr = 1",
		"DELETE FROM ops.audit_checkpoint",
		"ALTER TABLE ops.audit DISABLE TRIGGER ALL",
		"DROP TABLE ops.audit",
		"SET session_replication_role = replica",
		"SET paxgate.audit_expire = 'on'; DELETE FROM ops.audit",
	};
	const char *db = with_logins();
	const char letters[] = "eadx";

	for (size_t k = 0; letters[k]; k++) {
		struct pg *pg = open_role(db, letters[k]);

		record(pg);
		for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
			ck_assert_msg(is_refused(pg, wrong[i]), "%c: %s",
				      letters[k], wrong[i]);
		pg_close(pg);
	}
}
END_TEST

START_TEST(registers_are_the_administrators)
{
	static const char *const wrong[] = {
		"INSERT INTO ops.authority VALUES"
		" ('X', 'piu', 'x', NULL, NULL, '2026-01-01')",
		"INSERT INTO ops.account VALUES"
		" ('x', 'X', 'X', '{analyst}', '2026-01-01')",
		"UPDATE ops.account SET roles = '{}'",
		"DELETE FROM ops.authority",
	};
	const char *db = with_logins();
	struct pg *pg;

	for (const char *l = "ead"; *l; l++) {
		pg = open_role(db, *l);
		for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
			ck_assert_msg(is_refused(pg, wrong[i]), "%c: %s", *l,
				      wrong[i]);
		pg_close(pg);
	}
	pg = open_role(db, 'x');
	fixture_sql(pg, wrong[0]);
	fixture_sql(pg, wrong[1]);
	fixture_sql(pg, wrong[2]);
	ck_assert(is_refused(pg, wrong[3]));
	ck_assert(is_refused(pg, "SELECT * FROM pax.hit"));
	pg_close(pg);
}
END_TEST

/* A whole batch by the engine's role, which owns nothing. */
START_TEST(engine_works_without_owning_anything)
{
	const char *db = with_logins();
	char conninfo[400];
	struct flight_claim f = {
		{ .clock_day = DAY, .flight_id = 1, .version = 1 }, 0
	};
	struct audit_event ev = { .operation = AUDIT_COLLECT,
				  .messages = { 1, true } };
	struct store_batch b = { .flight = &f, .nr_flight = 1, .audit = &ev };
	struct audit_signed s;
	struct err e = { 0 };
	struct store *st;
	struct pg *pg;

	snprintf(conninfo, sizeof(conninfo), "%s user=e%d", db, (int)getpid());
	st = fixture_store(conninfo, NULL, NULL);
	ck_commit(st, &b, STORE_COMMITTED);
	f.expected = 1;
	f.row.version = 2;
	ck_commit(st, &b, STORE_COMMITTED);
	ck_assert_msg(audit_checkpoint_make(&s, store_pg(st), key[0], secret,
					    &arena, &e) == 0,
		      "%s", e.text);
	ck_assert_int_eq(s.nr, 1);
	store_close(st);
	pg = open_role(db, 'd');
	ck_assert_int_eq(events(pg), 2);
	ck_assert_int_eq(faults(pg), 0);
	pg_close(pg);
}
END_TEST

START_TEST(event_goes_with_its_batch)
{
	const char *db = with_logins();
	struct flight_claim f = {
		{ .clock_day = DAY, .flight_id = 1, .version = 1 }, 0
	};
	struct audit_event ev = { .operation = AUDIT_COLLECT };
	struct store_batch b = { .flight = &f, .nr_flight = 1, .audit = &ev };
	struct store *st = fixture_store(db, NULL, NULL);
	struct pg *pg = fixture_open(db);

	ck_commit(st, &b, STORE_COMMITTED);
	/* another worker was faster: neither rows nor event */
	ck_commit(st, &b, STORE_FENCED);
	ck_assert_int_eq(events(pg), 1);
	/* an event that does not fit: nothing of the batch */
	f.expected = 1;
	f.row.version = 2;
	ev.hit = STR("a\nb");
	ck_commit(st, &b, STORE_BAD_ROW);
	ev.hit = STR_NONE;
	ck_commit(st, &b, STORE_COMMITTED);
	ck_assert_int_eq(events(pg), 2);
	/* another event of the session moved the chain: refused, then taken */
	record(store_pg(st));
	f.expected = 2;
	f.row.version = 3;
	ck_commit(st, &b, STORE_FENCED);
	ck_commit(st, &b, STORE_COMMITTED);
	ck_assert_int_eq(events(pg), 4);
	ck_assert_int_eq(faults(pg), 0);
	store_close(st);
	pg_close(pg);
}
END_TEST

START_TEST(each_session_has_a_chain)
{
	const char *db = with_logins();
	struct pg *one = open_role(db, 'a'), *two = open_role(db, 'a');
	struct pg *other = open_role(db, 'd'), *pg = fixture_open(db);
	struct audit_writer w = { .pg = NULL };
	struct err e = { 0 };

	for (int i = 0; i < 3; i++) {
		record(one);
		record(two);
		record(other);
	}
	ck_assert_int_eq(
		fixture_number(pg, "SELECT count(*) FROM ops.audit_chain"), 3);
	ck_assert_int_eq(
		fixture_number(pg, "SELECT min(last) FROM ops.audit_chain"), 3);
	/* a chain that is free again is taken up again */
	pg_close(one);
	for (int i = 0; i < 100; i++) {
		one = open_role(db, 'a');
		ck_assert_int_eq(audit_open(&w, one, &e), 0);
		if (str_ends(w.chain, STR("/1")))
			break;
		pg_close(one); /* the server has not seen it go yet */
		usleep(10000);
	}
	ck_assert(str_ends(w.chain, STR("/1")));
	ck_assert_int_eq(w.last, 3);
	audit_release(&w);
	ck_assert_int_eq(faults(pg), 0);
	pg_close(one);
	pg_close(two);
	pg_close(other);
	pg_close(pg);
}
END_TEST

START_TEST(nobody_writes_in_another_name)
{
	const char *db = with_logins();
	struct pg *pg = open_role(db, 'a'), *other = open_role(db, 'd');
	struct audit_event ev = { .operation = AUDIT_REVIEW };
	struct audit_writer w = { .pg = NULL };
	struct pg_args args = { 0 };
	struct err e = { 0 };

	/* his name in the line, in a chain of ours */
	ck_assert_int_eq(audit_open(&w, pg, &e), 0);
	w.pg = other;
	ck_assert_int_eq(audit_next(&w, &args, &ev, &e), 0);
	ck_assert_int_eq(
		pg_run(pg, "writing", sql_audit_append, &args, NULL, &e),
		ERR_DB);
	ck_assert_ptr_nonnull(strstr(e.text, "42501"));
	/* our name, in a chain of his */
	e = (struct err){ 0 };
	ck_assert_int_eq(audit_open(&w, other, &e), 0);
	w.pg = pg;
	ck_assert_int_eq(audit_next(&w, &args, &ev, &e), 0);
	ck_assert_int_eq(
		pg_run(pg, "writing", sql_audit_append, &args, NULL, &e),
		ERR_DB);
	ck_assert_ptr_nonnull(strstr(e.text, "40001"));
	args_release(&args);
	audit_release(&w);
	pg_close(pg);
	pg_close(other);
}
END_TEST

/* In a transaction the event is part of it. */
START_TEST(event_goes_with_the_callers_transaction)
{
	const char *db = with_logins();
	struct pg *pg = fixture_open(db);

	fixture_sql(pg, "BEGIN");
	record(pg);
	record(pg);
	fixture_sql(pg, "ROLLBACK");
	ck_assert_int_eq(events(pg), 0);
	fixture_sql(pg, "BEGIN");
	record(pg);
	record(pg);
	fixture_sql(pg, "COMMIT");
	record(pg);
	ck_assert_int_eq(events(pg), 3);
	ck_assert_int_eq(faults(pg), 0);
	pg_close(pg);
}
END_TEST

START_TEST(checkpoints_follow_each_other)
{
	const char *db = with_logins();
	struct pg *pg = fixture_open(db);
	struct audit_signed s;
	struct err e = { 0 };

	for (int i = 1; i <= 3; i++) {
		record(pg);
		ck_assert_msg(audit_checkpoint_make(&s, pg, key[0], secret,
						    &arena, &e) == 0,
			      "%s", e.text);
		ck_assert_int_eq(s.nr, i);
		ck_assert_int_eq(audit_checkpoint_make(&s, pg, key[0], secret,
						       &arena, &e),
				 0);
		ck_assert_int_eq(s.nr, 0); /* nothing new */
	}
	ck_assert_int_eq(faults(pg), 0);
	/* somebody else's number 3 came first */
	ck_assert_int_eq(pg_script(pg, "late",
				   "SELECT ops.audit_checkpoint_put(3, '', '', "
				   "'')",
				   &e),
			 ERR_DB);
	ck_assert_ptr_nonnull(strstr(e.text, "40001"));
	pg_close(pg);
}
END_TEST

/* An event of a day in the past, or of now. */
static void record_at(struct pg *pg, int32_t day)
{
	struct audit_event ev = { .operation = AUDIT_REVIEW,
				  .at_ms = (int64_t)day * 86400000 };
	struct err e = { 0 };

	ck_assert_msg(audit_record(pg, &ev, &e) == 0, "%s", e.text);
}

START_TEST(old_events_go_with_a_proof)
{
	const char *db = with_logins();
	struct pg *pg = open_role(db, 'x'), *two = open_role(db, 'a');
	struct pg *all = fixture_open(db);
	struct audit_signed s;
	struct err e = { 0 };
	int64_t removed;

	for (int day = 17000; day < 17020; day++) { /* July 2016 */
		record_at(pg, day);
		record_at(two, day);
	}
	record(two);
	ck_assert_int_eq(
		audit_checkpoint_make(&s, pg, key[0], secret, &arena, &e), 0);
	ck_assert_msg(audit_expire(&removed, pg, 17010, key[0], secret, &e) ==
			      0,
		      "%s", e.text);
	ck_assert_int_eq(removed, 20);
	ck_assert_int_eq(events(all), 22); /* and what was said of it */
	ck_assert_int_eq(fixture_number(all,
					"SELECT count(*) FROM ops.audit WHERE "
					"operation = 'ERASE' AND strpos(line, "
					"'\"results\":20') > 0"),
			 1);
	ck_assert_int_eq(faults(all), 0);
	ck_assert_int_eq(audit_expire(&removed, pg, 17010, key[0], secret, &e),
			 0);
	ck_assert_int_eq(removed, 0);
	/* a chain that is all old: nothing of it is left but its end */
	ck_assert_int_eq(audit_expire(&removed, pg, 17020, key[0], secret, &e),
			 0);
	ck_assert_int_eq(removed, 20);
	record(pg);
	ck_assert_int_eq(faults(all), 0);
	/* one more than the proof says */
	fixture_sql(all, "SET session_replication_role = replica; DELETE FROM "
			 "ops.audit WHERE seq = (SELECT min(seq) FROM "
			 "ops.audit); SET session_replication_role = origin");
	ck_assert_int_gt(faults(all), 0);
	pg_close(pg);
	pg_close(two);
	pg_close(all);
}
END_TEST

START_TEST(five_years_are_five_years)
{
	const char *db = with_logins();
	struct pg *pg = open_role(db, 'x'), *other = open_role(db, 'd');
	int32_t today = (int32_t)(time(NULL) / 86400);
	struct err e = { 0 };
	int64_t removed;

	record_at(pg, today - 5 * 365 + 5);
	ck_assert_int_eq(audit_expire(&removed, pg, today - 5 * 365 + 10,
				      key[0], secret, &e),
			 ERR_LEGAL);
	e = (struct err){ 0 };
	ck_assert_int_eq(
		audit_expire(&removed, pg, today - 5 * 366, key[0], secret, &e),
		0);
	ck_assert_int_eq(removed, 0);
	ck_assert_int_eq(
		audit_expire(&removed, other, 17000, key[0], secret, &e),
		ERR_LEGAL);
	pg_close(pg);
	pg_close(other);
}
END_TEST

int main(void)
{
	const TTest *const test[] = { no_role_changes_the_log,
				      registers_are_the_administrators,
				      engine_works_without_owning_anything,
				      event_goes_with_its_batch,
				      each_session_has_a_chain,
				      nobody_writes_in_another_name,
				      event_goes_with_the_callers_transaction,
				      checkpoints_follow_each_other,
				      old_events_go_with_a_proof,
				      five_years_are_five_years };

	return fixture_run("db_audit", test, ARRAY_SIZE(test));
}
