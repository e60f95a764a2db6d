/*
 * tamper.c - what somebody with the day's key could do to a stored row
 *
 *	tamper CONNINFO ENGINE_KEY KEY_FOLDER TABLE DAY ID_OR_HASH FROM TO
 *
 * Opens the blob of pax.evidence (by hit_id) or pax.slice (by slice_hash),
 * replaces the first FROM by TO, seals it again and stores it: a valid seal
 * on other bytes. FROM and TO are of one length. DAY as 20261122; id and hash
 * in hexadecimal.
 */
#include "base/buf.h"
#include "db/pg.h"
#include "db/query.h"
#include "engine/flights.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct err e;

static void die(void)
{
	fprintf(stderr, "tamper: %s\n", e.text);
	exit(1);
}

static struct pg_result *ask(struct pg *pg, const char *sql,
			     const struct pg_args *args)
{
	struct pg_result *r = NULL;

	if (pg_run(pg, "tampering", sql, args, &r, &e))
		die();
	if (pg_result_rows(r) != 1) {
		err_at(&e, ERR_USAGE, 0, "there is not one such row");
		die();
	}
	return r;
}

/* How the row's blob is bound to it, and the row's key as an argument. */
static struct row_ref find(struct pg *pg, const char *table, int32_t day,
			   const char *key, struct pg_args *args)
{
	static uint8_t hash[CRYPT_HASH_LEN];
	struct str bytes = { (const char *)hash, sizeof(hash) };
	struct arena none = { 0 };
	struct pg_result *r;
	int64_t flight_id = 0, id = (int64_t)strtoull(key, NULL, 16);

	args_put(args, COL_DAY, &day);
	if (!strcmp(table, "evidence")) {
		args_put(args, COL_I64, &id);
		return (struct row_ref){ STR("evidence"), date_from_days(day),
					 id };
	}
	if (!crypt_from_hex(hash, sizeof(hash), str_of(key))) {
		err_at(&e, ERR_USAGE, 0, "that is no hash");
		die();
	}
	args_put(args, COL_BYTES, &bytes);
	r = ask(pg,
		"SELECT flight_id FROM pax.slice WHERE clock_day = $1 AND "
		"slice_hash = $2",
		args);
	if (pg_read_field(&flight_id, COL_I64, r, 0, 0, &none, &e))
		die();
	pg_result_free(r);
	return flights_slice_ref(flight_id, day, bytes);
}

static void replace(struct buf *plain, const char *from, const char *to)
{
	ptrdiff_t at = str_find(buf_view(plain), str_of(from));

	if (at < 0 || strlen(from) != strlen(to)) {
		err_at(&e, ERR_USAGE, 0, "nothing to replace");
		die();
	}
	memcpy(plain->data + at, to, strlen(to));
}

int main(int argc, char **argv)
{
	struct pg_settings s = { .conninfo = argv[1] };
	struct key_folder *keys;
	struct key_pair *pair;
	struct pg *pg;
	struct pg_args args = { 0 };
	struct pg_result *r;
	struct buf plain = { 0 }, sealed = { 0 };
	struct arena a = { 0 };
	struct str blob = STR_NONE;
	struct row_ref ref;
	const uint8_t *key;
	int32_t day;
	int64_t ignored;
	bool slice = argc > 4 && !strcmp(argv[4], "slice");

	if (argc != 9 ||
	    !hit_name_read(arena_fmt(&a, "%s-0", argv[5]), &day, &ignored))
		return 2;
	if (crypt_init(&e) || pg_open(&pg, &s, &e) ||
	    key_pair_load(&pair, argv[2], &e) ||
	    key_folder_open(&keys, argv[3], pair, &e))
		die();
	ref = find(pg, argv[4], day, argv[6], &args);
	r = ask(pg,
		slice ? "SELECT sealed FROM pax.slice WHERE clock_day = $1 AND "
			"slice_hash = $2"
		      : "SELECT sealed FROM pax.evidence WHERE clock_day = $1 "
			"AND hit_id = $2",
		&args);
	if (pg_read_field(&blob, COL_BYTES, r, 0, 0, &a, &e) ||
	    key_folder_day(keys, ref.clock_day, DAY_KEY_OPEN, &key, &e) ||
	    crypt_open_row(&plain, key, &ref, blob, &e))
		die();
	pg_result_free(r);
	replace(&plain, argv[7], argv[8]);
	crypt_seal_row(&sealed, key, &ref, buf_view(&plain));
	blob = buf_view(&sealed);
	args_put(&args, COL_BYTES, &blob);
	pg_result_free(ask(
		pg,
		slice ? "UPDATE pax.slice SET sealed = $3 WHERE clock_day = $1 "
			"AND slice_hash = $2"
		      : "UPDATE pax.evidence SET sealed = $3 WHERE clock_day = "
			"$1 AND hit_id = $2",
		&args));
	buf_release(&plain);
	buf_release(&sealed);
	args_release(&args);
	pg_close(pg);
	key_folder_free(keys);
	key_pair_free(pair);
	arena_release(&a);
	return 0;
}
