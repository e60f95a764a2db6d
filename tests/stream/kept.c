/*
 * kept.c - what a custodian can open: kept open|try CONNINFO FOLDER KEY NAME
 *
 * open: the records that are kept, opened with the custodian's key, a line
 * each. try: every sealed value of the database's days, tried with each record
 * key the custodian can unwrap and with the engine's key of the day, if there
 * is one; prints how many values there are and how many open. FOLDER has the
 * days and engine.key beside it.
 */
#include "db/pg.h"
#include "engine/retention_seal.h"
#include "law/keyfile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct err e;
static struct arena a;
static struct pg *pg;
static struct key_folder *keys;
static struct key_pair *pair;
static const char *folder, *custodian;

static void die(void)
{
	fprintf(stderr, "kept: %s\n", e.text);
	exit(1);
}

static struct pg_result *ask(const char *sql)
{
	struct pg_result *r;

	if (pg_run(pg, "asking", sql, NULL, &r, &e))
		die();
	return r;
}

static struct buf kept_file(struct date d)
{
	struct buf text = { 0 };
	struct str path = arena_fmt(&a, "%s/%04d-%02d-%02d.kept", folder,
				    d.year, d.month, d.day);
	struct err none = { 0 };

	(void)!buf_read_file(&text, path.ptr, 0, &none);
	return text;
}

static void open_records(void)
{
	struct pg_result *r = ask("SELECT * FROM pax.masked_record "
				  "ORDER BY record_id");

	for (int64_t i = 0; i < pg_result_rows(r); i++) {
		struct masked_record_row m;
		struct row_ref ref;
		struct buf file, plain = { 0 };
		uint8_t key[CRYPT_KEY_LEN];

		if (pg_read_row(&m, ROW_ID_masked_record, r, i, 0, &a, &e))
			die();
		ref = retention_ref(m.clock_day, m.record_id);
		file = kept_file(ref.clock_day);
		if (!key_kept_unwrap(key, buf_view(&file), ref.clock_day,
				     m.record_id, str_of(custodian), pair,
				     NULL)) {
			err_at(&e, ERR_INTEGRITY, 0, "a record has no key");
			die();
		}
		if (crypt_open_row(&plain, key, &ref, m.sealed, &e))
			die();
		printf("%016" PRIx64 " " STR_FMT STR_FMT " ",
		       (uint64_t)m.record_id, STR_ARG(m.carrier),
		       STR_ARG(m.number));
		fwrite(plain.data, 1, plain.len, stdout);
		putchar('\n');
		buf_release(&plain);
		buf_release(&file);
	}
	pg_result_free(r);
}

/* Keys of a day that anybody has. */
static uint32_t all_keys(uint8_t (**out)[CRYPT_KEY_LEN], struct date d)
{
	struct buf file = kept_file(d);
	int64_t *id;
	uint32_t nr, n = 0;
	bool there;

	if (key_kept_list(&id, &nr, keys, d, &a, &e))
		die();
	*out = arena_alloc(&a, (nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < nr; i++)
		n += key_kept_unwrap((*out)[n], buf_view(&file), d, id[i],
				     str_of(custodian), pair, NULL);
	if (key_mask_open(keys, d, (*out)[n], &there, &e))
		die();
	buf_release(&file);
	return n + there;
}

static void try_all(void)
{
	static const char *const sql[] = {
		"SELECT clock_day, 'traveller', traveller_id, sealed, NULL "
		"FROM pax.traveller",
		"SELECT clock_day, 'booking', booking_id, sealed, NULL "
		"FROM pax.booking",
		"SELECT clock_day, 'evidence', hit_id, sealed, NULL "
		"FROM pax.evidence",
	};
	int64_t values = 0, opened = 0;
	uint8_t(*key)[CRYPT_KEY_LEN] = NULL;
	uint32_t nr = 0;
	int32_t of = 0;

	for (size_t k = 0; k < ARRAY_SIZE(sql); k++) {
		struct pg_result *r = ask(sql[k]);

		for (int64_t i = 0; i < pg_result_rows(r); i++) {
			struct str table = STR_NONE, sealed = STR_NONE;
			struct row_ref ref;
			int32_t day = 0;
			int64_t id = 0;

			if (pg_read_field(&day, COL_DAY, r, i, 0, &a, &e) ||
			    pg_read_field(&table, COL_TEXT, r, i, 1, &a, &e) ||
			    pg_read_field(&id, COL_I64, r, i, 2, &a, &e) ||
			    pg_read_field(&sealed, COL_BYTES, r, i, 3, &a, &e))
				die();
			if (day != of)
				nr = all_keys(&key, date_from_days(day));
			of = day;
			ref = (struct row_ref){ table, date_from_days(day),
						id };
			values++;
			for (uint32_t n = 0; n < nr; n++) {
				struct buf plain = { 0 };
				struct err no = { 0 };

				opened += !crypt_open_row(&plain, key[n], &ref,
							  sealed, &no);
				buf_release(&plain);
			}
		}
		pg_result_free(r);
	}
	printf("%" PRId64 " values, %" PRId64 " open\n", values, opened);
}

int main(int argc, char **argv)
{
	struct pg_settings s = { .conninfo = argv[2] };
	struct key_pair *engine;

	if (argc != 6)
		return 2;
	folder = argv[3];
	custodian = argv[5];
	if (crypt_init(&e) || pg_open(&pg, &s, &e) ||
	    custodian_key_load(&pair, argv[4], STR_NONE, &e) ||
	    key_pair_load(&engine,
			  arena_fmt(&a, "%s/../engine.key", folder).ptr, &e) ||
	    key_folder_open(&keys, folder, engine, &e))
		die();
	if (!strcmp(argv[1], "open"))
		open_records();
	else
		try_all();
	pg_close(pg);
	key_folder_free(keys);
	key_pair_free(engine);
	key_pair_free(pair);
	arena_release(&a);
	return 0;
}
