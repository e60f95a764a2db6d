/*
 * t_hits.c - `paxgate hits`, against a real PostgreSQL and real keys
 *
 * What a page looks like is t_hits_page.c's.
 */
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "tests/unit/db_fixture.h"

#include "tools/cmd_hits.c"
#include "tools/consult.c"
#include "tools/database.c"
#include "tools/hits_corrections.c"
#include "tools/hits_match.c"
#include "tools/hits_open.c"
#include "tools/hits_person.c"
#include "tools/hits_print.c"
#include "tools/hits_profile.c"
#include "tools/hits_sheet.c"
#include "tools/hits_table.c"
#include "tools/opt.c"
#include "tools/opt_help.c"

#include <sys/stat.h>

enum { DAY = 20779 }; /* 2026-11-22 */

static char key_file[100], key_dir[100];
static struct buf captured;

/* tools/paxgate.c has the real one, and main(). */
int cmd_run_verb(const char *command, const struct cmd_verb *verb, int argc,
		 char **argv)
{
	(void)command;
	while (strcmp(verb->name, argv[1]))
		verb++;
	return verb->run(argc - 1, argv + 1);
}

/* Run `paxgate hits WORDS` with the options every test needs. */
static int run_hits(const char *db, const char *words)
{
	char line[300], out[100], *argv[30] = { "hits" }, *save = NULL;
	struct err e = { 0 };
	int argc = 1, rc, saved = dup(STDOUT_FILENO);

	config_file = NULL;

	snprintf(line, sizeof(line), "%s", words);
	for (char *w = strtok_r(line, " ", &save); w;
	     w = strtok_r(NULL, " ", &save))
		argv[argc++] = w;
	argv[argc++] = "--database";
	argv[argc++] = (char *)(uintptr_t)db;
	if (!strcmp(argv[1], "show")) {
		argv[argc++] = "--engine-key";
		argv[argc++] = key_file;
		argv[argc++] = "--keys";
		argv[argc++] = key_dir;
	}
	snprintf(out, sizeof(out), "%s/out", fixture_dir);
	fflush(stdout);
	ck_assert_ptr_nonnull(freopen(out, "w", stdout));
	rc = cmd_hits(argc, argv);
	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	buf_clear(&captured);
	ck_assert_int_eq(buf_read_file(&captured, out, 0, &e), 0);
	buf_byte(&captured, '\0');
	return rc;
}

#define ck_has(text)                                                        \
	ck_assert_msg(strstr(captured.data, text), "no '%s' in:\n%s", text, \
		      captured.data)
#define ck_has_not(text)                                                  \
	ck_assert_msg(!strstr(captured.data, text), "'%s' in:\n%s", text, \
		      captured.data)

/* One hit with sealed evidence, of a flight in a hundred years. */
static const char *database_with_hit(const char *evidence_json)
{
	const char *db = fixture_database();
	struct store *s = fixture_store(db, NULL, NULL);
	struct row_ref ref = { STR("evidence"), date_from_days(DAY), 0x77 };
	struct flight_claim f = { { .clock_day = DAY,
				    .flight_id = 1,
				    .version = 1,
				    .carrier = STR("X9"),
				    .number = STR("417"),
				    .origin = STR("CMN"),
				    .destination = STR("VIE") },
				  0 };
	struct hit_row h = { .clock_day = DAY,
			     .flight_id = 1,
			     .traveller_id = 5,
			     .source = STR("late-cash"),
			     .hit_id = 0x77,
			     .score = 70,
			     .draft = true,
			     .departs_utc = { INT64_C(4900000000),
					      MOMENT_MINUTE } };
	struct evidence_row ev = { .clock_day = DAY,
				   .flight_id = 1,
				   .hit_id = 0x77 };
	struct store_batch b = { .flight = &f,
				 .nr_flight = 1,
				 .hit = &h,
				 .nr_hit = 1,
				 .evidence = &ev,
				 .nr_evidence = 1 };
	struct key_folder *kf = NULL;
	struct key_pair *pair = NULL;
	struct buf sealed = { 0 };
	struct err e = { 0 };
	const uint8_t *key;
	char public_file[100];

	snprintf(key_file, sizeof(key_file), "%s/%d.key", fixture_dir,
		 (int)getpid());
	snprintf(public_file, sizeof(public_file), "%s/%d.pub", fixture_dir,
		 (int)getpid());
	snprintf(key_dir, sizeof(key_dir), "%s/%d.days", fixture_dir,
		 (int)getpid());
	ck_assert_int_eq(mkdir(key_dir, 0700), 0);
	ck_assert_int_eq(crypt_init(&e), 0);
	ck_assert_int_eq(key_pair_create(key_file, public_file, &e), 0);
	ck_assert_int_eq(key_pair_load(&pair, key_file, &e), 0);
	ck_assert_int_eq(key_folder_open(&kf, key_dir, pair, &e), 0);
	ck_assert_int_eq(key_folder_day(kf, date_from_days(DAY), DAY_KEY_CREATE,
					&key, &e),
			 0);
	crypt_seal_row(&sealed, key, &ref, str_of(evidence_json));
	ev.sealed = buf_view(&sealed);
	ck_commit(s, &b, STORE_COMMITTED);
	buf_release(&sealed);
	key_folder_free(kf);
	key_pair_free(pair);
	store_close(s);
	return db;
}

#define SHOW "show --purpose detection --offence 04 20261122-77"

START_TEST(a_profile_hit_is_opened_and_shown)
{
	struct buf json = { 0 };
	struct err e = { 0 };
	const char *db;

	ck_assert_int_eq(
		buf_read_file(&json, "tests/data/hits/profile.json", 0, &e), 0);
	buf_byte(&json, '\0');
	db = database_with_hit(json.data);
	ck_assert_int_eq(run_hits(db, SHOW), 0);
	ck_has("hit 20261122-0000000000000077  open  draft");
	ck_has("X9 417 CMN-VIE  departs 2125-04-10T23:06Z");
	ck_has("> +25    late");
	ck_has("ALSO IN THE EVIDENCE\n");
	ck_has_not("\x1b");
	ck_assert_int_eq(run_hits(db, SHOW " --json"), 0);
	ck_has("\"evidence\":{");
	ck_has("\"traveller\":\"0000000000000005\"");
	buf_release(&json);
}
END_TEST

/* How many events say this; `what` is a part of the line. */
static int64_t on_record(struct pg *pg, const char *what)
{
	char sql[300];

	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM ops.audit WHERE strpos(line, $q$%s$q$)"
		 " > 0",
		 what);
	return fixture_number(pg, sql);
}

START_TEST(who_looks_is_on_record_and_has_a_reason)
{
	static const struct {
		const char *words, *code;
	} refused[] = {
		{ "", "no-purpose" },
		{ "--purpose detection", "no-purpose" },
		{ "--offence 04", "no-purpose" },
		{ "--purpose curiosity --offence 04", "purpose-unknown" },
		{ "--purpose detection --offence 99", "offence-unknown" },
	};
	const char *db = database_with_hit("{\"secret\":\"DOETEST\"}");
	struct pg *pg = fixture_open(db);
	char words[200];

	for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
		consult = (struct consult){ .purpose = NULL };
		snprintf(words, sizeof(words), "show %s 20261122-77",
			 refused[i].words);
		ck_assert_int_eq(run_hits(db, words), EXIT_LAW);
		ck_has_not("DOETEST");
		ck_assert_int_eq(
			fixture_number(pg, "SELECT count(*) FROM ops.audit"),
			(int64_t)i + 1);
		snprintf(words, sizeof(words), "\"error\":\"%s\"",
			 refused[i].code);
		ck_assert_int_ge(on_record(pg, words), 1);
	}
	ck_assert_int_eq(on_record(pg, "\"outcome\":\"refused\""), 5);
	ck_assert_int_eq(on_record(pg, "\"hit\":\"20261122-0000000000000077\""),
			 5);
	ck_assert_int_eq(on_record(pg, "curiosity"), 0);
	ck_assert_int_eq(run_hits(db, SHOW " --case 26-114"), 0);
	ck_has("DOETEST");
	ck_assert_int_eq(
		on_record(pg,
			  "\"purpose\":\"detection\",\"mode\":\"pre-travel\""
			  ",\"offence\":\"04\",\"case_id\":\"26-114\""),
		1);
	ck_assert_int_eq(on_record(pg, "\"outcome\":\"done\""), 1);
	ck_assert_int_eq(on_record(pg, "DOETEST"), 0);
	pg_close(pg);
}
END_TEST

/* A settings file of one line, for run_hits(). */
static const char *settings(const char *line)
{
	static char words[200];
	char path[100];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%d.yaml", fixture_dir, (int)getpid());
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "%s\n", line);
	fclose(f);
	snprintf(words, sizeof(words), SHOW " -c %s", path);
	return words;
}

START_TEST(offence_has_to_be_in_force)
{
	const char *db = database_with_hit("{\"secret\":\"DOETEST\"}");
	struct pg *pg = fixture_open(db);
	char path[100], line[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%d.offences", fixture_dir,
		 (int)getpid());
	snprintf(line, sizeof(line), "law: {offences: %s}", path);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs("offences:\n  - {code: \"04\", annex_ii: 4, title: t, "
	      "national_provision: p, max_penalty_years: 10, "
	      "valid_from: 2000-01-01, valid_until: 2001-01-01}\n",
	      f);
	fclose(f);
	ck_assert_int_eq(run_hits(db, settings(line)), EXIT_LAW);
	ck_has_not("DOETEST");
	ck_assert_int_eq(on_record(pg, "\"error\":\"offence-not-in-force\""),
			 1);
	pg_close(pg);
}
END_TEST

START_TEST(account_has_to_be_valid)
{
	const char *db = database_with_hit("{\"secret\":\"DOETEST\"}");
	struct pg *pg = fixture_open(db);

	/* on real travellers who looks needs one */
	ck_assert_int_eq(run_hits(db, settings("piu: {mode: production}")),
			 EXIT_LAW);
	ck_assert_int_eq(on_record(pg, "\"error\":\"no-account\""), 1);
	fixture_sql(pg, "INSERT INTO ops.authority VALUES ('PIU', 'piu', 'p', "
			"NULL, NULL, '2020-01-01'), ('AT-BK', 'competent', "
			"'k', NULL, NULL, '2020-01-01');"
			"INSERT INTO ops.account VALUES (session_user, 'PIU', "
			"'AT-BK', '{analyst}', current_date)");
	ck_assert_int_eq(run_hits(db, settings("piu: {mode: production}")), 0);
	ck_has("DOETEST");
	ck_assert_int_eq(on_record(pg, "\"roles\":[\"analyst\"],\"acting_as\":"
				       "\"PIU\",\"home_authority\":\"AT-BK\""),
			 1);
	/* one that has ended is refused in every mode */
	fixture_sql(pg, "UPDATE ops.account SET valid_from = '2020-01-01', "
			"valid_until = current_date - 1");
	ck_assert_int_eq(run_hits(db, SHOW), EXIT_LAW);
	ck_has_not("DOETEST");
	fixture_sql(pg, "UPDATE ops.account SET valid_until = current_date");
	ck_assert_int_eq(run_hits(db, SHOW), 0);
	/* and so is one of an authority that has */
	fixture_sql(pg, "UPDATE ops.authority SET valid_until = "
			"current_date - 1 WHERE authority = 'AT-BK'");
	ck_assert_int_eq(run_hits(db, SHOW), EXIT_LAW);
	ck_assert_int_eq(on_record(pg, "\"error\":\"account-ended\""), 2);
	pg_close(pg);
}
END_TEST

START_TEST(evidence_that_cannot_be_opened_says_why)
{
	const char *db = database_with_hit("{\"secret\":\"DOETEST\"}");
	struct pg *pg = fixture_open(db);
	char path[150];
	FILE *f;

	fixture_sql(pg, "UPDATE pax.evidence SET sealed = "
			"set_byte(sealed, 50, get_byte(sealed, 50) # 1)");
	ck_assert_int_eq(run_hits(db, SHOW), EXIT_INTEGRITY);
	ck_has_not("hit");
	snprintf(path, sizeof(path), "%s/2026-11-22.masked", key_dir);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fclose(f);
	ck_assert_int_eq(run_hits(db, SHOW), EXIT_LAW);
	unlink(path);
	fixture_sql(pg, "DELETE FROM pax.evidence");
	ck_assert_int_eq(run_hits(db, SHOW), 0);
	ck_has("no evidence is stored");
	pg_close(pg);
}
END_TEST

START_TEST(the_list_has_no_personal_data)
{
	const char *db = database_with_hit("{\"secret\":\"DOETEST\"}");

	ck_assert_int_eq(run_hits(db, "list --since 2026-11-22"), 0);
	ck_has("20261122-0000000000000077  in ");
	ck_has("2125-04-10T23:06Z  X9 417 CMN-VIE");
	ck_has("70  late-cash  open  draft\n");
	ck_has_not("DOETEST");
	ck_assert_int_eq(run_hits(db, "list --since 2026-11-23"), 0);
	ck_has_not("late-cash");
	since = NULL;
	ck_assert_int_eq(run_hits(db, "list --json --since 2026-01-01 "
				      "--flight X9-417"),
			 0);
	ck_has("{\"hit\":\"20261122-0000000000000077\",\"kind\":\"profile\","
	       "\"source\":\"late-cash\",\"revision\":0,\"score\":70,"
	       "\"class\":null,\"state\":\"open\",\"suppressed\":false,"
	       "\"draft\":true,");
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		a_profile_hit_is_opened_and_shown,
		who_looks_is_on_record_and_has_a_reason,
		offence_has_to_be_in_force,
		account_has_to_be_valid,
		evidence_that_cannot_be_opened_says_why,
		the_list_has_no_personal_data,
	};

	return fixture_run("hits", test, ARRAY_SIZE(test));
}
