/*
 * bench_mask.c - mask.*: a day of 400,000 travellers at six months
 *
 * The rows of those who go are noise of the usual size; those who are kept are
 * sealed as the engine does it. The partitions are vacuumed before, as those of
 * a day half a year ago are. What is timed is retention_mask_day(), from the
 * first lock to the certificate.
 */
#include "db/migrate.h"
#include "engine/retention.h"
#include "law/keyfile.h"
#include "tools/bench.h"
#include "tools/bench_db.h"
#include "tools/bench_figure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
	TRAVELLERS = 400000,
	KEPT = TRAVELLERS * 3 / 1000,
	CUSTODIANS = 3,
	FLIGHTS = 2000,
	FIRST_DAY = 20000,
	MOST_RUNS = 3, /* half a minute each, most of it making the day */
	RECORD = 1000, /* bytes */
};

struct masking {
	struct bench *b;
	struct bench_db db;
	struct retention_rules rules;
	struct retention_job job;
	struct custodians custodians;
	struct key_pair *pair;
};

/* Noise: %1$s the day, %2$s its digits. Two travellers a booking. */
static const char noise[] =
	"INSERT INTO pax.flight_%2$s (clock_day, flight_id, version, carrier, "
	"number) SELECT '%1$s', i, 1, 'X9', i::text "
	"FROM generate_series(1, 2000) i;"
	"INSERT INTO pax.traveller_%2$s (clock_day, flight_id, traveller_id, "
	"booking_id, type, status, bag_count, sealed, tokens) "
	"SELECT '%1$s', i %% 2000 + 1, i, i / 2, 'ADT', 'on_board', 1, "
	"decode(repeat(md5(i::text), 62), 'hex'), "
	"ARRAY[i, i, i, i, i, i, i, i]::bigint[] "
	"FROM generate_series(1201, 400000) i;"
	"INSERT INTO pax.booking_%2$s (clock_day, flight_id, booking_id, "
	"leg_count, sealed) SELECT '%1$s', i %% 2000 + 1, i, 1, "
	"decode(repeat(md5(i::text), 62), 'hex') "
	"FROM generate_series(1, 200000) i;"
	"INSERT INTO pax.slice_%2$s (clock_day, flight_id, slice_hash, kind, "
	"sealed) SELECT '%1$s', i %% 2000 + 1, decode(md5(i::text) || "
	"md5(i::text), 'hex'), 1, decode(repeat(md5(i::text), 90), 'hex') "
	"FROM generate_series(1, 250000) i;"
	"INSERT INTO pax.hit_%2$s (clock_day, flight_id, traveller_id, kind, "
	"source, hit_id, revision, score, draft, state) "
	"SELECT '%1$s', i %% 2000 + 1, i, 0, 'bench', i, 1, 70, false, 'open' "
	"FROM generate_series(1, 2400) i;"
	"INSERT INTO ops.objective_link (link_id, clock_day, flight_id, "
	"traveller_id, kind, reason, case_id, offence, actor, made_on, "
	"review_on) SELECT i + '%2$s'::bigint * 1000000, '%1$s', "
	"i %% 2000 + 1, i, 'request', 'bench', '1', '04', 'bench', '%1$s', "
	"'%1$s'::date + 300 FROM generate_series(1, 1200) i;";

static int fill_noise(struct pg *pg, int32_t day, struct err *e)
{
	struct date d = date_from_days(day);
	struct buf sql = { 0 }, iso = { 0 };
	int rc;

	date_write(&iso, d);
	buf_byte(&iso, '\0');
	buf_fmt(&sql, noise, iso.data, day_digits_of(day).text);
	buf_byte(&sql, '\0');
	rc = sql.failed ? err_at(e, ERR_NOMEM, 0, "out of memory")
			: pg_script(pg, "making a day", sql.data, e);
	for (const char *const *t =
		     (const char *const[]){ "traveller", "slice", "hit",
					    "booking", "flight", NULL };
	     *t && rc == 0; t++) {
		buf_clear(&sql);
		buf_fmt(&sql, "VACUUM ANALYZE pax.%s_%s", *t,
			day_digits_of(day).text);
		buf_byte(&sql, '\0');
		rc = pg_script(pg, "vacuuming a day", sql.data, e);
	}
	buf_release(&sql);
	buf_release(&iso);
	return rc;
}

/* Those who are kept, really sealed. */
static int fill_kept(struct masking *m, int32_t day, struct err *e)
{
	struct traveller_row *t = arena_alloc(&m->b->arena, KEPT * sizeof(*t));
	struct date d = date_from_days(day);
	struct pg_args args = { 0 };
	struct buf sealed = { 0 };
	const uint8_t *key;
	char plain[RECORD];
	int rc = key_folder_day(m->job.keys, d, DAY_KEY_CREATE, &key, e);

	memset(plain, 'x', sizeof(plain));
	plain[0] = plain[RECORD - 1] = '"';
	memset(t, 0, KEPT * sizeof(*t));
	for (int i = 0; i < KEPT && rc == 0; i++) {
		struct row_ref ref = { STR("traveller"), d, i + 1 };

		buf_clear(&sealed);
		crypt_seal_row(&sealed, key, &ref,
			       (struct str){ plain, RECORD });
		t[i].clock_day = day;
		t[i].flight_id = (i + 1) % FLIGHTS + 1;
		t[i].traveller_id = i + 1;
		t[i].sealed = arena_str(&m->b->arena, buf_view(&sealed));
	}
	if (rc == 0)
		rc = pg_pipe_begin(m->job.pg, e);
	args_put_rows(&args, m->job.pg, ROW_ID_traveller, t, KEPT, 0);
	if (rc == 0)
		rc = pg_pipe_send(m->job.pg, "storing who is kept",
				  "INSERT INTO pax.traveller_:day SELECT * "
				  "FROM unnest($1::pax.traveller[])",
				  day, &args, e);
	if (rc == 0)
		rc = pg_pipe_sync(m->job.pg, e);
	pg_pipe_end(m->job.pg);
	args_release(&args);
	buf_release(&sealed);
	return rc;
}

static int prepare(struct masking *m, struct err *e)
{
	struct bench *b = m->b;
	struct pg_settings s = { .application = "paxgate bench" };
	const char *dir = arena_fmt(&b->arena, "%s/mask-days", b->folder).ptr;
	const char *key = arena_fmt(&b->arena, "%s/mask.key", b->folder).ptr;
	const char *pub = arena_fmt(&b->arena, "%s/mask.pub", b->folder).ptr;
	struct key_pair his;

	if (mkdir(dir, 0700))
		return err_at(e, ERR_IO, 0, "cannot make '%s': %s", dir,
			      strerror(errno));
	if (bench_db_create(&m->db, b->config.database, &b->arena, e))
		return e->code;
	s.conninfo = m->db.conninfo;
	if (pg_open(&m->job.pg, &s, e) || key_pair_create(key, pub, e) ||
	    key_pair_load(&m->pair, key, e) ||
	    key_folder_open(&m->job.keys, dir, m->pair, e) ||
	    retention_rules_load(&m->rules, &b->config, e))
		return e->code;
	m->job.rules = &m->rules;
	for (int i = 0; i < CUSTODIANS; i++) {
		struct custodian *c = &m->custodians.row[m->custodians.nr++];

		crypt_new_pair(&his);
		memcpy(c->key, his.public_half, CRYPT_KEY_LEN);
		c->name = arena_fmt(&b->arena, "bench-%d", i);
		c->from = date_from_days(1);
		c->until = date_from_days(FIRST_DAY * 2);
	}
	key_folder_custodians(m->job.keys, &m->custodians);
	return 0;
}

static int once(struct masking *m, int32_t day, double *seconds, struct err *e)
{
	struct retention_figures f;
	double since;

	if (partition_ensure(m->job.pg, day, e) || fill_kept(m, day, e) ||
	    fill_noise(m->job.pg, day, e) ||
	    pg_script(m->job.pg, "a checkpoint", "CHECKPOINT", e))
		return e->code;
	m->job.today = day + 184;
	since = bench_now();
	if (retention_mask_day(&f, &m->job, day, false, &m->b->arena, e))
		return e->code;
	*seconds = bench_now() - since;
	if (f.travellers != TRAVELLERS || f.kept != KEPT)
		return err_at(e, ERR_INTEGRITY, 0,
			      "%lld travellers and %lld kept were not wanted",
			      (long long)f.travellers, (long long)f.kept);
	return 0;
}

int bench_mask(struct bench *b, struct err *e)
{
	struct masking m = { .b = b };
	int nr = b->runs < MOST_RUNS ? (int)b->runs : MOST_RUNS;
	double seconds[MOST_RUNS], lock[MOST_RUNS];
	int rc = prepare(&m, e);

	for (int i = 0; i < nr && rc == 0; i++) {
		m.job.lock_ms = 0;
		rc = once(&m, FIRST_DAY + i, &seconds[i], e);
		lock[i] = m.job.lock_ms / 1e3;
	}
	if (rc == 0) {
		figure_print(&(struct figure){
			.name = "mask.day",
			.unit = "s",
			.each = 1,
			.timing = timing_of(seconds, (size_t)nr),
			.of = "400,000 travellers, 1,200 of them kept for 3 "
			      "custodians" });
		figure_print(&(struct figure){
			.name = "mask.lock",
			.unit = "ms",
			.each = 1e3,
			.timing = timing_of(lock, (size_t)nr),
			.of = "of all tables of a day; nobody waits behind "
			      "us for longer" });
	}
	pg_close(m.job.pg);
	key_folder_free(m.job.keys);
	key_pair_free(m.pair);
	retention_rules_release(&m.rules);
	bench_db_drop(&m.db);
	return rc;
}
