/*
 * masked.c - records as masking leaves them, of invented people: masked CONNINFO
 * FOLDER CUSTODIANS DAY NR
 *
 * Puts NR records of DAY into the database and their keys, wrapped for the
 * custodians of the register, into the folder of day keys (engine.key beside it).
 * Prints each record's name. A day that is long past: masking the day of the test
 * itself would take its key away.
 */
#include "db/query.h"
#include "engine/retention_seal.h"
#include "law/keyfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct err e;
static struct arena a;

static _Noreturn void die(void)
{
	fprintf(stderr, "masked: %s\n", e.text);
	exit(1);
}

static struct str sealed_record(struct kept_key *own, int32_t day, int64_t i)
{
	struct row_ref ref;
	struct buf out = { 0 };

	crypt_random(&own->id, sizeof(own->id));
	crypt_random(own->key, CRYPT_KEY_LEN);
	ref = retention_ref(day, own->id);
	crypt_seal_row(
		&out, own->key, &ref,
		arena_fmt(
			&a,
			"{\"traveller\":{\"surname\":\"HIDDEN%c\",\"given\":"
			"\"ANY\",\"documents\":[{\"type\":\"P\",\"number\":"
			"\"X123456%d\"}]},\"booking\":{\"locator\":\"AB12CD\","
			"\"contacts\":[]},\"hits\":[{\"hit\":\"none\"}]}",
			(int)('A' + i), (int)i));
	return arena_str(&a, buf_view(&out));
}

static void store(struct pg *pg, int32_t day, int64_t id, struct str sealed)
{
	struct pg_args args = { 0 };

	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_I64, &id);
	args_put(&args, COL_BYTES, &sealed);
	if (pg_run(pg, "storing a record",
		   "INSERT INTO pax.masked_record (clock_day, record_id, "
		   "carrier, number, origin, destination, sealed, delete_on) "
		   "VALUES ($1, $2, 'X9', '101', 'LHR', 'VIE', $3, "
		   "$1 + 1600)",
		   &args, NULL, &e))
		die();
	args_release(&args);
}

int main(int argc, char **argv)
{
	struct pg_settings s = { .conninfo = argc == 6 ? argv[1] : NULL };
	struct custodians *custodians;
	struct kept_key *own;
	struct key_folder *keys;
	struct key_pair *engine;
	struct pg_args args = { 0 };
	struct date d;
	struct pg *pg;
	int32_t day;
	int64_t nr;

	if (argc != 6 || !date_read(str_of(argv[4]), &d))
		return 2;
	day = (int32_t)date_to_days(d);
	if (!str_to_i64(str_of(argv[5]), &nr))
		return 2;
	if (crypt_init(&e) || pg_open(&pg, &s, &e) ||
	    key_pair_load(&engine,
			  arena_fmt(&a, "%s/../engine.key", argv[2]).ptr, &e) ||
	    key_folder_open(&keys, argv[2], engine, &e) ||
	    custodians_load(&custodians, argv[3], &e))
		die();
	key_folder_custodians(keys, custodians);
	own = crypt_secret_new((size_t)nr * sizeof(*own));
	args_put(&args, COL_DAY, &day);
	if (pg_run(pg, "making a month", "SELECT ops.masked_ensure($1)", &args,
		   NULL, &e))
		die();
	for (int64_t i = 0; i < nr; i++) {
		struct str sealed = sealed_record(&own[i], day, i);

		store(pg, day, own[i].id, sealed);
		puts(hit_name_of(day, own[i].id).text);
	}
	if (key_kept_write(keys, d, custodians->row[0].from, own, (size_t)nr,
			   &e))
		die();
	crypt_secret_free(own);
	key_folder_free(keys);
	custodians_free(custodians);
	key_pair_free(engine);
	pg_close(pg);
	return 0;
}
