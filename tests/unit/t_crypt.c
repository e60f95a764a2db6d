#include "law/crypt.h"
#include "law/keyfile.h"
#include "law/keyfolder.h"
#include "law/secret.h"
#include "tests/unit/unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char room[64];

/* A fresh folder of mode 0700; the same name for the whole test. */
static const char *scratch(void)
{
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	snprintf(room, sizeof(room), "/tmp/t_crypt.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(room));
	return room;
}

static const char *path(const char *name)
{
	static char p[4][128];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(p[turn], sizeof(p[turn]), "%s/%s", room, name);
	return p[turn];
}

static void clean(void)
{
	char cmd[100];

	snprintf(cmd, sizeof(cmd), "rm -rf %s", room);
	ck_assert_int_eq(system(cmd), 0);
}

static struct key_pair *new_pair(void)
{
	struct key_pair *pair;
	struct err e = { 0 };

	ck_assert_int_eq(
		key_pair_create(path("engine.key"), path("engine.pub"), &e), 0);
	ck_assert_int_eq(key_pair_load(&pair, path("engine.key"), &e), 0);
	return pair;
}

START_TEST(hashes_tell_lists_of_parts_apart)
{
	const struct str ab_c[] = { STR("ab"), STR("c") };
	const struct str a_bc[] = { STR("a"), STR("bc") };
	const struct str none[] = { STR("ab"), STR_NONE };
	const struct str empty[] = { STR("ab"), STR("") };
	uint8_t h[8][CRYPT_HASH_LEN];
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_hash(h[0], "test", ab_c, 2);
	crypt_hash(h[1], "test", a_bc, 2);
	crypt_hash(h[2], "test", none, 2);
	crypt_hash(h[3], "test", empty, 2);
	crypt_hash(h[4], "tesu", ab_c, 2);
	crypt_hash(h[5], "test", ab_c, 1);
	crypt_hash(h[6], "test", NULL, 0);
	crypt_hash(h[7], "test", ab_c, 2);
	for (int i = 0; i < 7; i++)
		for (int k = i + 1; k < 7; k++)
			ck_assert_mem_ne(h[i], h[k], CRYPT_HASH_LEN);
	ck_assert_mem_eq(h[0], h[7], CRYPT_HASH_LEN);
	ck_assert(crypt_id64("test", ab_c, 2) == crypt_id64("test", ab_c, 2));
	ck_assert(crypt_id64("test", ab_c, 2) != crypt_id64("test", a_bc, 2));
}
END_TEST

/* Ids are stored: they must never change from build to build. */
START_TEST(ids_and_hashes_stay_what_they_were)
{
	const struct str part[] = { STR("X9-417-2026-11-14-CMN"), STR("1") };
	static const uint8_t key[CRYPT_KEY_LEN] = { 1, 2, 3 };
	uint8_t h[CRYPT_HASH_LEN];
	char hex[2 * CRYPT_HASH_LEN + 1];

	crypt_hash(h, "test", part, 2);
	crypt_to_hex(hex, h, sizeof(h));
	ck_assert_str_eq(hex, "f0611ff7579b48695f699c3facb1d67f6863a4610bfc9d3d"
			      "1b124cb800505638");
	ck_assert_int_eq(crypt_id64("test", part, 2), -1125583284678735767LL);
	ck_assert_int_eq(crypt_token(key, "name", STR("DOETEST")),
			 3290848225208581263LL);
}
END_TEST

START_TEST(payloads_go_there_and_back)
{
	static char big[300000];
	const struct str in[] = { STR(""),
				  STR("UNB+UNOA:4'"),
				  { big, sizeof(big) } };
	struct buf sealed = { 0 }, plain = { 0 };
	struct err e = { 0 };
	struct key_pair *pair;
	uint8_t public_half[CRYPT_KEY_LEN];

	scratch();
	pair = new_pair();
	ck_assert_int_eq(key_public_load(public_half, path("engine.pub"), &e),
			 0);
	ck_assert_mem_eq(public_half, pair->public_half, CRYPT_KEY_LEN);
	for (size_t i = 0; i < ARRAY_SIZE(in); i++) {
		buf_clear(&sealed);
		buf_clear(&plain);
		buf_z(&plain, "before ");
		crypt_seal_payload(&sealed, public_half, in[i]);
		ck_assert(!sealed.failed);
		ck_assert_uint_eq(sealed.len, in[i].len + CRYPT_PAYLOAD_EXTRA);
		ck_assert_int_eq(
			crypt_open_payload(&plain, pair, buf_view(&sealed), &e),
			0);
		ck_assert(str_starts(buf_view(&plain), STR("before ")));
		ck_assert(str_eq(str_slice(buf_view(&plain), 7, plain.len),
				 in[i]));
	}
	buf_release(&sealed);
	buf_release(&plain);
	key_pair_free(pair);
	clean();
}
END_TEST

START_TEST(a_changed_payload_does_not_open)
{
	struct buf sealed = { 0 }, plain = { 0 };
	struct key_pair *pair, other;

	scratch();
	pair = new_pair();
	crypt_seal_payload(&sealed, pair->public_half,
			   STR("NAD+FL+++DOETEST'"));
	for (size_t i = 0; i < sealed.len; i++) {
		struct err e = { 0 };

		sealed.data[i] ^= 1;
		ck_assert_int_ne(
			crypt_open_payload(&plain, pair, buf_view(&sealed), &e),
			0);
		ck_assert_ptr_null(strstr(e.text, "DOE"));
		ck_assert_uint_eq(plain.len, 0);
		sealed.data[i] ^= 1;
	}
	for (size_t len = 0; len < sealed.len; len++) {
		struct err e = { 0 };

		ck_assert_int_ne(crypt_open_payload(
					 &plain, pair,
					 (struct str){ sealed.data, len }, &e),
				 0);
	}
	crypt_new_pair(&other);
	{
		struct err e = { 0 };

		ck_assert_int_eq(crypt_open_payload(&plain, &other,
						    buf_view(&sealed), &e),
				 ERR_INTEGRITY);
	}
	{
		struct err e = { 0 };

		ck_assert_int_eq(crypt_open_payload(&plain, pair,
						    STR("UNB+UNOA:4'"), &e),
				 ERR_VALUE);
	}
	buf_release(&sealed);
	buf_release(&plain);
	key_pair_free(pair);
	clean();
}
END_TEST

static const struct row_ref row = { STR_INIT("traveller"),
				    { 2026, 11, 22 },
				    -77 };

START_TEST(rows_go_there_and_back)
{
	uint8_t key[CRYPT_KEY_LEN];
	struct buf one = { 0 }, two = { 0 }, plain = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_random(key, sizeof(key));
	crypt_seal_row(&one, key, &row, STR("DOETEST"));
	crypt_seal_row(&two, key, &row, STR("DOETEST"));
	ck_assert_uint_eq(one.len, 7 + CRYPT_ROW_EXTRA);
	ck_assert_mem_ne(one.data, two.data, one.len);
	ck_assert_int_eq(crypt_open_row(&plain, key, &row, buf_view(&one), &e),
			 0);
	ck_assert_int_eq(crypt_open_row(&plain, key, &row, buf_view(&two), &e),
			 0);
	ck_str_is(buf_view(&plain), "DOETESTDOETEST");
	buf_clear(&one);
	crypt_seal_row(&one, key, &row, STR(""));
	buf_clear(&plain);
	ck_assert_int_eq(crypt_open_row(&plain, key, &row, buf_view(&one), &e),
			 0);
	ck_assert_uint_eq(plain.len, 0);
	buf_release(&one);
	buf_release(&two);
	buf_release(&plain);
}
END_TEST

START_TEST(rows_sealed_by_earlier_builds_open)
{
	static const uint8_t key[CRYPT_KEY_LEN] = { 1, 2, 3 };
	const struct str hex =
		STR("01fc7844766eea60f6bb0666c33e696f4c67d5787f25725647a1b5c0"
		    "3d3eff73c2d2882a5ee2e4a453a0ef5a0c5e0800");
	uint8_t sealed[48];
	struct buf plain = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	ck_assert(crypt_from_hex(sealed, sizeof(sealed), hex));
	ck_assert_int_eq(
		crypt_open_row(&plain, key, &row,
			       (struct str){ (char *)sealed, sizeof(sealed) },
			       &e),
		0);
	ck_str_is(buf_view(&plain), "DOETEST");
	buf_release(&plain);
}
END_TEST

static void refuses(const uint8_t *key, const struct row_ref *r,
		    struct str sealed)
{
	struct buf plain = { 0 };
	struct err e = { 0 };

	buf_z(&plain, "kept");
	ck_assert_int_eq(crypt_open_row(&plain, key, r, sealed, &e),
			 ERR_INTEGRITY);
	ck_assert_ptr_null(strstr(e.text, "DOE"));
	ck_str_is(buf_view(&plain), "kept");
	buf_release(&plain);
}

START_TEST(a_changed_or_moved_row_does_not_open)
{
	const struct row_ref wrong[] = {
		{ STR("booking"), row.clock_day, row.id },
		{ STR("travelle"), row.clock_day, row.id },
		{ row.table, { 2026, 11, 23 }, row.id },
		{ row.table, row.clock_day, 77 },
	};
	uint8_t key[CRYPT_KEY_LEN];
	struct buf sealed = { 0 };
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_random(key, sizeof(key));
	crypt_seal_row(&sealed, key, &row, STR("DOETEST"));
	for (size_t i = 0; i < sealed.len; i++)
		for (int bit = 0; bit < 8; bit++) {
			sealed.data[i] ^= (char)(1 << bit);
			refuses(key, &row, buf_view(&sealed));
			sealed.data[i] ^= (char)(1 << bit);
		}
	for (size_t len = 0; len < sealed.len; len++)
		refuses(key, &row, (struct str){ sealed.data, len });
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		refuses(key, &wrong[i], buf_view(&sealed));
	key[31] ^= 1;
	refuses(key, &row, buf_view(&sealed));
	buf_release(&sealed);
}
END_TEST

START_TEST(tokens_depend_on_key_kind_and_text)
{
	uint8_t a[CRYPT_KEY_LEN] = { 1 }, b[CRYPT_KEY_LEN] = { 2 };
	int64_t t = crypt_token(a, "name", STR("DOETEST"));

	ck_assert(t == crypt_token(a, "name", STR("DOETEST")));
	ck_assert(t != crypt_token(b, "name", STR("DOETEST")));
	ck_assert(t != crypt_token(a, "card", STR("DOETEST")));
	ck_assert(t != crypt_token(a, "name", STR("DOETESU")));
}
END_TEST

static void refuses_key_file(const char *p, enum err_code code)
{
	struct key_pair *pair = NULL;
	struct err e = { 0 };

	ck_assert_int_eq(key_pair_load(&pair, p, &e), code);
	ck_assert_ptr_null(pair);
}

START_TEST(key_files_are_for_their_owner)
{
	static const mode_t open_modes[] = { 0640, 0604, 0660, 0644, 0610 };
	struct err e = { 0 };
	struct stat st;

	scratch();
	key_pair_free(new_pair());
	ck_assert_int_eq(stat(path("engine.key"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	for (size_t i = 0; i < ARRAY_SIZE(open_modes); i++) {
		ck_assert_int_eq(chmod(path("engine.key"), open_modes[i]), 0);
		refuses_key_file(path("engine.key"), ERR_USAGE);
	}
	ck_assert_int_eq(chmod(path("engine.key"), 0600), 0);
	ck_assert_int_eq(key_pair_create(path("engine.key"), path("x.pub"), &e),
			 ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(key_pair_create(path("x.key"), path("engine.pub"), &e),
			 ERR_USAGE);
	ck_assert_int_ne(access(path("x.key"), F_OK), 0);
	ck_assert_int_eq(symlink("engine.key", path("link.key")), 0);
	refuses_key_file(path("link.key"), ERR_IO);
	refuses_key_file(path("none.key"), ERR_IO);
	refuses_key_file(room, ERR_USAGE);
	clean();
}
END_TEST

START_TEST(files_that_hold_no_key_are_refused)
{
	static const char *const bad[] = {
		"",
		"paxgate-secret-key-1 \n",
		"paxgate-secret-key-1 "
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
		"f\n",
		"paxgate-secret-key-1 "
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
		"gg\n",
		"paxgate-public-key-1 "
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
		"ff\n",
		"paxgate-secret-key-1 "
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddee"
		"ff\n"
		"more\n",
	};

	scratch();
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		FILE *f = fopen(path("bad.key"), "w");

		ck_assert_ptr_nonnull(f);
		fputs(bad[i], f);
		fclose(f);
		ck_assert_int_eq(chmod(path("bad.key"), 0600), 0);
		refuses_key_file(path("bad.key"), ERR_SYNTAX);
	}
	clean();
}
END_TEST

static struct key_folder *open_folder(const struct key_pair *pair)
{
	struct key_folder *kf = NULL;
	struct err e = { 0 };

	mkdir(path("keys"), 0700);
	ck_assert_int_eq(key_folder_open(&kf, path("keys"), pair, &e), 0);
	return kf;
}

static int ask(struct key_folder *kf, struct date day, enum day_key_mode mode,
	       uint8_t out[CRYPT_KEY_LEN])
{
	const uint8_t *key;
	struct err e = { 0 };
	int rc = key_folder_day(kf, day, mode, &key, &e);

	if (!rc)
		memcpy(out, key, CRYPT_KEY_LEN);
	return rc;
}

START_TEST(a_day_has_one_key_for_good)
{
	struct date day = { 2026, 11, 22 }, next = { 2026, 11, 23 };
	uint8_t a[CRYPT_KEY_LEN], b[CRYPT_KEY_LEN], c[CRYPT_KEY_LEN];
	struct key_folder *kf;
	struct key_pair *pair;
	struct stat st;

	scratch();
	pair = new_pair();
	kf = open_folder(pair);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_OPEN, a), ERR_INTEGRITY);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_CREATE, a), 0);
	ck_assert_int_eq(ask(kf, next, DAY_KEY_CREATE, b), 0);
	ck_assert_mem_ne(a, b, CRYPT_KEY_LEN);
	ck_assert_int_eq(stat(path("keys/2026-11-22.key"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	key_folder_free(kf);
	kf = open_folder(pair);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_OPEN, c), 0);
	ck_assert_mem_eq(a, c, CRYPT_KEY_LEN);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_CREATE, c), 0);
	ck_assert_mem_eq(a, c, CRYPT_KEY_LEN);
	ck_assert_int_eq(
		ask(kf, (struct date){ 2026, 11, 0 }, DAY_KEY_CREATE, c),
		ERR_VALUE);
	key_folder_free(kf);
	key_pair_free(pair);
	clean();
}
END_TEST

START_TEST(a_masked_day_gets_no_new_key)
{
	struct date day = { 2026, 5, 1 };
	uint8_t key[CRYPT_KEY_LEN];
	struct key_folder *kf;
	struct key_pair *pair;

	scratch();
	pair = new_pair();
	kf = open_folder(pair);
	close(open(path("keys/2026-05-01.masked"), O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(ask(kf, day, DAY_KEY_OPEN, key), ERR_LEGAL);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_CREATE, key), ERR_LEGAL);
	ck_assert_int_ne(access(path("keys/2026-05-01.key"), F_OK), 0);
	key_folder_free(kf);
	key_pair_free(pair);
	clean();
}
END_TEST

static void overwrite(const char *p, size_t at)
{
	FILE *f = fopen(p, "r+");
	int c;

	ck_assert_ptr_nonnull(f);
	fseek(f, (long)at, SEEK_SET);
	c = fgetc(f);
	fseek(f, (long)at, SEEK_SET);
	fputc(c ^ 1, f);
	fclose(f);
}

START_TEST(day_files_that_were_touched_are_refused)
{
	struct date day = { 2026, 11, 22 }, other = { 2026, 11, 23 };
	uint8_t key[CRYPT_KEY_LEN];
	struct key_pair *pair, stranger;
	struct key_folder *kf;
	struct err e = { 0 };
	struct stat st;

	scratch();
	pair = new_pair();
	kf = open_folder(pair);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_CREATE, key), 0);
	key_folder_free(kf);
	ck_assert_int_eq(stat(path("keys/2026-11-22.key"), &st), 0);
	for (size_t i = 0; i < (size_t)st.st_size; i++) {
		kf = open_folder(pair);
		overwrite(path("keys/2026-11-22.key"), i);
		ck_assert_int_eq(ask(kf, day, DAY_KEY_CREATE, key),
				 ERR_INTEGRITY);
		overwrite(path("keys/2026-11-22.key"), i);
		key_folder_free(kf);
	}
	crypt_new_pair(&stranger);
	kf = open_folder(&stranger);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_OPEN, key), ERR_INTEGRITY);
	key_folder_free(kf);
	kf = open_folder(pair);
	ck_assert_int_eq(
		link(path("keys/2026-11-22.key"), path("keys/2026-11-23.key")),
		0);
	ck_assert_int_eq(ask(kf, other, DAY_KEY_OPEN, key), ERR_INTEGRITY);
	ck_assert_int_eq(truncate(path("keys/2026-11-22.key"), 0), 0);
	ck_assert_int_eq(ask(kf, day, DAY_KEY_CREATE, key), ERR_INTEGRITY);
	key_folder_free(kf);
	ck_assert_int_eq(chmod(path("keys"), 0750), 0);
	ck_assert_int_eq(key_folder_open(&kf, path("keys"), pair, &e),
			 ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(key_folder_open(&kf, path("none"), pair, &e), ERR_IO);
	key_pair_free(pair);
	clean();
}
END_TEST

enum { CREATORS = 8, DAYS = 25 };

static void create_days(const struct key_pair *pair, int start, int result)
{
	struct key_folder *kf = open_folder(pair);
	uint8_t key[CRYPT_KEY_LEN];
	char go;

	if (read(start, &go, 1) != 0)
		_exit(1);
	for (int i = 1; i <= DAYS; i++) {
		struct date day = { 2026, 11, (uint8_t)i };

		if (ask(kf, day, DAY_KEY_CREATE, key))
			_exit(2);
		if (write(result, key, sizeof(key)) != sizeof(key))
			_exit(3);
	}
	key_folder_free(kf);
	_exit(0);
}

static int files_in(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int nr = 0;

	ck_assert_ptr_nonnull(d);
	while ((entry = readdir(d)))
		nr += entry->d_name[0] != '.';
	closedir(d);
	return nr;
}

START_TEST(eight_processes_at_once_get_the_same_keys)
{
	uint8_t first[DAYS][CRYPT_KEY_LEN], key[CRYPT_KEY_LEN];
	int start[2], result[CREATORS][2], status;
	struct key_pair *pair;

	scratch();
	pair = new_pair();
	mkdir(path("keys"), 0700);
	ck_assert_int_eq(pipe(start), 0);
	for (int i = 0; i < CREATORS; i++) {
		ck_assert_int_eq(pipe(result[i]), 0);
		if (fork() == 0) {
			close(start[1]);
			create_days(pair, start[0], result[i][1]);
		}
	}
	close(start[1]); /* all begin */
	for (int i = 0; i < CREATORS; i++) {
		ck_assert_int_gt(wait(&status), 0);
		ck_assert_int_eq(status, 0);
	}
	for (int i = 0; i < CREATORS; i++)
		for (int day = 0; day < DAYS; day++) {
			ck_assert_int_eq(read(result[i][0], key, sizeof(key)),
					 sizeof(key));
			if (i == 0)
				memcpy(first[day], key, sizeof(key));
			ck_assert_mem_eq(first[day], key, sizeof(key));
		}
	ck_assert_int_eq(files_in(path("keys")), DAYS);
	key_pair_free(pair);
	clean();
}
END_TEST

struct asker {
	struct key_folder *kf;
	pthread_t thread;
	int rc;
};

static void *ask_many(void *arg)
{
	struct asker *a = arg;
	uint8_t key[CRYPT_KEY_LEN];

	for (int i = 0; i < 200 && !a->rc; i++)
		a->rc = ask(a->kf, date_from_days(20000 + i % 100),
			    DAY_KEY_CREATE, key);
	return NULL;
}

START_TEST(threads_share_a_folder_and_it_holds_many_days)
{
	struct asker a[4];
	struct key_pair *pair;
	struct key_folder *kf;

	scratch();
	pair = new_pair();
	kf = open_folder(pair);
	for (size_t i = 0; i < ARRAY_SIZE(a); i++) {
		a[i] = (struct asker){ .kf = kf };
		pthread_create(&a[i].thread, NULL, ask_many, &a[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(a); i++) {
		pthread_join(a[i].thread, NULL);
		ck_assert_int_eq(a[i].rc, 0);
	}
	ck_assert_int_eq(files_in(path("keys")), 100);
	key_folder_free(kf);
	key_pair_free(pair);
	clean();
}
END_TEST

/* Whoever reads a released secret finds no memory there. */
static bool can_read(const uint8_t *at)
{
	int status;

	fflush(NULL);
	if (fork() == 0) {
		volatile uint8_t sink;

		close(2); /* a sanitizer has much to say about it */
		sink = *at;
		_exit(sink & 0);
	}
	wait(&status);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

START_TEST(released_keys_are_gone)
{
	struct key_folder *kf;
	struct key_pair *pair;
	const uint8_t *key;
	struct err e = { 0 };
	char text[] = "secret";

	scratch();
	pair = new_pair();
	kf = open_folder(pair);
	ck_assert_int_eq(key_folder_day(kf, (struct date){ 2026, 11, 22 },
					DAY_KEY_CREATE, &key, &e),
			 0);
	ck_assert(can_read(key));
	ck_assert(can_read(pair->secret_half));
	key_folder_free(kf);
	ck_assert(!can_read(key));
	key_pair_free(pair);
	ck_assert(!can_read(pair->secret_half));
	crypt_wipe(text, sizeof(text));
	for (size_t i = 0; i < sizeof(text); i++)
		ck_assert_int_eq(text[i], 0);
	key_folder_free(NULL);
	key_pair_free(NULL);
	clean();
}
END_TEST

/* What secret_read() makes of a file of `len` bytes, the last one `last`. */
static int read_secret_of(size_t len, char last, size_t *got)
{
	static char text[SECRET_MAX + 3];
	struct err e = { 0 };
	char *secret = NULL;
	FILE *f = fopen(path("secret"), "wb");
	int rc;

	memset(text, 'x', sizeof(text));
	if (len)
		text[len - 1] = last;
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(text, 1, len, f), len);
	fclose(f);
	ck_assert_int_eq(chmod(path("secret"), 0600), 0);
	rc = secret_read(&secret, path("secret"), &e);
	*got = secret ? strlen(secret) : 0;
	crypt_secret_free(secret);
	ck_assert_ptr_null(strstr(e.text, "xx"));
	return rc;
}

START_TEST(secrets_of_files_have_limits)
{
	static const struct {
		size_t len;
		char last;
		int rc;
		size_t got;
	} files[] = {
		{ 0, 'x', ERR_USAGE, 0 },
		{ 1, '\n', ERR_USAGE, 0 },
		{ 1, 'x', 0, 1 },
		{ 2, '\n', 0, 1 },
		{ 2, 0, ERR_USAGE, 0 },
		{ SECRET_MAX - 1, 'x', 0, SECRET_MAX - 1 },
		{ SECRET_MAX, 'x', 0, SECRET_MAX },
		{ SECRET_MAX + 1, '\n', 0, SECRET_MAX },
		{ SECRET_MAX + 1, 'x', ERR_USAGE, 0 },
		{ SECRET_MAX + 2, '\n', ERR_USAGE, 0 },
		{ SECRET_MAX + 3, '\n', ERR_USAGE, 0 },
	};
	size_t got;

	scratch();
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		ck_assert_int_eq(
			read_secret_of(files[i].len, files[i].last, &got),
			files[i].rc);
		ck_assert_uint_eq(got, files[i].got);
	}
	clean();
}
END_TEST

UNIT_MAIN("crypt", hashes_tell_lists_of_parts_apart,
	  ids_and_hashes_stay_what_they_were, payloads_go_there_and_back,
	  rows_sealed_by_earlier_builds_open, a_changed_payload_does_not_open,
	  rows_go_there_and_back, a_changed_or_moved_row_does_not_open,
	  tokens_depend_on_key_kind_and_text, key_files_are_for_their_owner,
	  files_that_hold_no_key_are_refused, a_day_has_one_key_for_good,
	  a_masked_day_gets_no_new_key, day_files_that_were_touched_are_refused,
	  eight_processes_at_once_get_the_same_keys,
	  threads_share_a_folder_and_it_holds_many_days, released_keys_are_gone,
	  secrets_of_files_have_limits)
