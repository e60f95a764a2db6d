/*
 * rows.c - what a day of messages came to, as sorted text, to compare
 *
 *	rows db CONNINFO ENGINE_KEY KEY_FOLDER	out of the database, opened
 *	rows slices CONNINFO ENGINE_KEY KEY_FOLDER	the slices' own bytes
 *	rows files CONFIG FILE...		worked out from the files alone
 *
 * Lines "traveller ..." and "hit ..." are the same for both when the stream
 * did what `paxgate screen` does. Lines "slice ...", "booking ..." and
 * "flight ..." are for runs of the stream among themselves.
 */
#include "base/buf.h"
#include "base/json_write.h"
#include "db/pg.h"
#include "engine/flights.h"
#include "engine/screen_files.h"
#include "law/keyfile.h"
#include "parsers/record_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct err e;

static void die(void)
{
	fprintf(stderr, "rows: %s\n", e.text);
	exit(1);
}

static void put_hex(struct str hash)
{
	if (!hash.len)
		putchar('-');
	for (size_t i = 0; i < hash.len && i < 8; i++)
		printf("%02x", (unsigned char)hash.ptr[i]);
}

struct db {
	struct pg *pg;
	struct key_folder *keys;
	struct arena arena;
	bool bytes; /* those of slices, too */
};

/* All rows of a table, in order. */
static uint32_t read_all(struct db *db, enum row_id id, const char *order,
			 void *rows)
{
	const struct row_table *t = &row_tables[id];
	struct pg_result *r = NULL;
	struct str sql, columns = STR("");
	uint32_t nr;
	char *all;

	for (uint32_t i = 0; i < t->nr; i++)
		columns = arena_fmt(&db->arena, STR_FMT "%s\"%s\"",
				    STR_ARG(columns), i ? ", " : "",
				    t->column[i].name);
	sql = arena_fmt(&db->arena, "SELECT " STR_FMT " FROM %s ORDER BY %s",
			STR_ARG(columns), t->name, order);
	if (pg_run(db->pg, "reading rows", sql.ptr, NULL, &r, &e))
		die();
	nr = (uint32_t)pg_result_rows(r);
	all = arena_alloc(&db->arena, (size_t)nr * t->size + 1);
	for (uint32_t i = 0; i < nr; i++)
		if (pg_read_row(all + (size_t)i * t->size, id, r, i, 0,
				&db->arena, &e))
			die();
	pg_result_free(r);
	memcpy(rows, &all, sizeof(all));
	return nr;
}

static void put_opened(struct db *db, struct str table, int32_t day, int64_t id,
		       struct str sealed)
{
	struct row_ref ref = { table, date_from_days(day), id };
	const uint8_t *key;
	struct buf plain = { 0 };

	if (key_folder_day(db->keys, ref.clock_day, DAY_KEY_OPEN, &key, &e) ||
	    crypt_open_row(&plain, key, &ref, sealed, &e))
		die();
	fwrite(plain.data, 1, plain.len, stdout);
	buf_release(&plain);
}

static void put_side(struct str slice, struct row_number index)
{
	putchar(' ');
	put_hex(slice);
	printf(".%d", index.set ? (int)index.v : -1);
}

static void db_travellers(struct db *db)
{
	struct traveller_row *t;
	uint32_t nr = read_all(db, ROW_ID_traveller, "traveller_id", &t);

	for (uint32_t i = 0; i < nr; i++) {
		printf("traveller %016" PRIx64 " " STR_FMT,
		       (uint64_t)t[i].traveller_id, STR_ARG(t[i].status));
		put_side(t[i].pnr_slice, t[i].pnr_index);
		put_side(t[i].api_slice, t[i].api_index);
		putchar(' ');
		put_opened(db, STR("traveller"), t[i].clock_day,
			   t[i].traveller_id, t[i].sealed);
		putchar('\n');
	}
}

static void put_hit(int64_t id, const char *kind, struct str source,
		    int32_t score, char class, struct str evidence_hash)
{
	printf("hit %016" PRIx64 " %s " STR_FMT " %d %c ", (uint64_t)id, kind,
	       STR_ARG(source), score, class ? class : '-');
	put_hex(evidence_hash);
	putchar(' ');
}

static void db_hits(struct db *db)
{
	struct evidence_row *ev;
	struct hit_row *h;
	uint32_t nr = read_all(db, ROW_ID_hit, "hit_id", &h);
	uint32_t nr_ev = read_all(db, ROW_ID_evidence, "hit_id", &ev);

	for (uint32_t i = 0; i < nr; i++) {
		uint32_t k = 0;

		if (!str_eq(h[i].state, STR("open")))
			continue;
		put_hit(h[i].hit_id, h[i].kind == HIT_LIST ? "list" : "profile",
			h[i].source, h[i].score,
			h[i].class == ' ' ? 0 : h[i].class, h[i].evidence_hash);
		while (k < nr_ev && ev[k].hit_id != h[i].hit_id)
			k++;
		if (k < nr_ev)
			put_opened(db, STR("evidence"), ev[k].clock_day,
				   ev[k].hit_id, ev[k].sealed);
		putchar('\n');
	}
}

static void db_slices(struct db *db)
{
	struct slice_row *s;
	struct booking_row *b;
	struct flight_row *f;
	uint32_t nr = read_all(db, ROW_ID_slice, "flight_id, slice_hash", &s);

	for (uint32_t i = 0; i < nr; i++) {
		struct row_ref ref = flights_slice_ref(
			s[i].flight_id, s[i].clock_day, s[i].slice_hash);
		uint8_t hash[CRYPT_HASH_LEN];
		const uint8_t *key;
		struct buf plain = { 0 };
		struct str bytes;

		if (key_folder_day(db->keys, ref.clock_day, DAY_KEY_OPEN, &key,
				   &e) ||
		    crypt_open_row(&plain, key, &ref, s[i].sealed, &e))
			die();
		bytes = buf_view(&plain);
		crypt_hash(hash, "slice", &bytes, 1);
		if (memcmp(hash, s[i].slice_hash.ptr, CRYPT_HASH_LEN)) {
			err_at(&e, ERR_INTEGRITY, 0, "a slice's hash is wrong");
			die();
		}
		printf("slice %016" PRIx64 " %d ", (uint64_t)s[i].flight_id,
		       s[i].kind);
		put_hex(s[i].slice_hash);
		printf(" %zu", plain.len);
		for (size_t k = 0; k < plain.len && db->bytes; k++)
			putchar(plain.data[k] < ' ' ? ' ' : plain.data[k]);
		putchar('\n');
		buf_release(&plain);
	}
	nr = read_all(db, ROW_ID_booking, "booking_id", &b);
	for (uint32_t i = 0; i < nr; i++) {
		printf("booking %016" PRIx64 " ", (uint64_t)b[i].booking_id);
		put_opened(db, STR("booking"), b[i].clock_day, b[i].booking_id,
			   b[i].sealed);
		putchar('\n');
	}
	nr = read_all(db, ROW_ID_flight, "flight_id", &f);
	for (uint32_t i = 0; i < nr; i++)
		printf("flight %016" PRIx64 " " STR_FMT " " STR_FMT " " STR_FMT
		       "\n",
		       (uint64_t)f[i].flight_id, STR_ARG(f[i].carrier),
		       STR_ARG(f[i].number), STR_ARG(f[i].link));
}

static int from_db(char **argv, bool bytes)
{
	struct pg_settings s = { .conninfo = argv[0] };
	struct key_pair *pair;
	struct db db = { .bytes = bytes };

	if (pg_open(&db.pg, &s, &e) || key_pair_load(&pair, argv[1], &e) ||
	    key_folder_open(&db.keys, argv[2], pair, &e))
		die();
	db_travellers(&db);
	db_hits(&db);
	db_slices(&db);
	pg_close(db.pg);
	key_folder_free(db.keys);
	key_pair_free(pair);
	arena_release(&db.arena);
	return 0;
}

static void file_side(const struct sighting *x)
{
	struct str hash = { x ? (const char *)x->slice->hash : NULL,
			    x ? CRYPT_HASH_LEN : 0 };

	put_side(hash, (struct row_number){ x ? x->index : 0, x != NULL });
}

static void file_travellers(const struct flight_state *f)
{
	for (uint32_t i = 0; i < f->nr_linked; i++) {
		const struct linked *l = &f->linked[i];
		struct subject_side pnr = subject_side_of(l->pnr),
				    api = subject_side_of(l->api);
		struct arena a = { 0 };
		struct buf text = { 0 };
		struct subject s;
		struct json j;

		if (subject_build(&s, &pnr, &api, NO_MOMENT, NULL, &a, &e))
			die();
		printf("traveller %016" PRIx64 " " STR_FMT, (uint64_t)l->id,
		       STR_ARG(l->gone ? STR("cancelled")
				       : s.traveller->status));
		file_side(l->pnr);
		file_side(l->api);
		json_init(&j, &text);
		record_write_json(&j, NULL, "traveller", s.traveller);
		printf(" " STR_FMT "\n", STR_ARG(buf_view(&text)));
		buf_release(&text);
		arena_release(&a);
	}
}

static void file_hit(const struct file_hit *h, void *arg)
{
	struct str hash = { (const char *)h->hit->evidence_hash,
			    CRYPT_HASH_LEN };

	(void)arg;
	if (h->hit->draft)
		return; /* no hit for people */
	put_hit(h->id, h->hit->kind == HIT_OF_LIST ? "list" : "profile",
		h->hit->source, h->hit->score, h->hit->class, hash);
	printf(STR_FMT "\n", STR_ARG(h->hit->evidence));
}

static int from_files(int argc, char **argv)
{
	struct screen_files sf;
	struct screen_set set;
	struct scope *scope;
	struct arena a = { 0 };
	struct config c;

	if (config_load(&c, argv[0], &a, &e) || crypt_init(&e) ||
	    screen_set_load(&set, &c, &e) || scope_load(&scope, c.scope, &e))
		die();
	screen_files_init(&sf, &set, scope, PARSE_LIMITS_DEFAULT);
	for (int i = 1; i < argc; i++) {
		struct buf bytes = { 0 };

		if (buf_read_file(&bytes, argv[i], 0, &e) ||
		    screen_files_add(&sf, buf_view(&bytes), NULL, NULL, &e))
			die();
		buf_release(&bytes);
	}
	for (uint32_t i = 0; i < sf.nr; i++)
		file_travellers(&sf.flight[i]);
	if (screen_files_finish(&sf, file_hit, NULL, &e) < 0)
		die();
	screen_files_release(&sf);
	scope_free(scope);
	screen_set_release(&set);
	arena_release(&a);
	return 0;
}

int main(int argc, char **argv)
{
	if (crypt_init(&e))
		die();
	if (argc == 5 && !strcmp(argv[1], "db"))
		return from_db(argv + 2, false);
	if (argc == 5 && !strcmp(argv[1], "slices"))
		return from_db(argv + 2, true);
	if (argc > 3 && !strcmp(argv[1], "files"))
		return from_files(argc - 2, argv + 2);
	fputs("usage: rows db|slices CONNINFO KEY DAYS | files CONFIG "
	      "FILE...\n",
	      stderr);
	return 2;
}
