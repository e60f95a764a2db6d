/* Watchlists that are swapped: what is taken, refused, shared, let go, recorded */
#include "engine/engine.h"
#include "engine/intake.h"
#include "tests/unit/unit.h"
#include "tools/list_file.h"
#include "tools/registers.h"
#include "tools/whole_file.h"
#include "watchlist/build.h"
#include "watchlist/delta_edit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEMO	  "etc/watchlists/demo-wanted.list.yaml"
#define DOCUMENTS "etc/watchlists/demo-documents.list.yaml"
#define URGENT	  "tests/data/watchlist/jsonl/sample.list.yaml"

static struct arena arena;
static struct err e;
static char dir[] = "/tmp/t_live_lists.XXXXXX";
static struct config config;

#define ck_ok(call) ck_assert_msg((call) == 0, "%s", e.text)

static void read_lists(struct watch_list *l, const char *const *sheet,
		       uint32_t nr)
{
	struct list_warnings quiet = { .say = NULL };
	struct watch_registers law = { .today = { 2026, 11, 22 } };

	ck_ok(registers_read(&law, &arena, "etc/offences.yaml",
			     "etc/authorities.yaml", &e));
	for (uint32_t i = 0; i < nr; i++)
		ck_ok(list_file_read(&l[i], &arena, sheet[i], &law, &quiet,
				     &e));
	if (strcmp(sheet[0], DEMO) != 0)
		return;
	/* the first of it is the traveller of late-cash.edi */
	l->entries[0].names[0].surname = STR("RIVERTEST");
	l->entries[0].names[0].given = STR("PAVEL");
	ck_assert(birth_read(STR("1990-04-17"), &l->entries[0].births[0]));
}

static void write_snapshot(const char *const *sheet, uint32_t nr)
{
	struct buf out = { .data = NULL };
	struct watch_list l[2];

	read_lists(l, sheet, nr);
	ck_ok(watchlist_build(&out, l, nr, &e));
	ck_ok(whole_file_write(config.watchlist, buf_view(&out), &e));
	buf_release(&out);
}

/* The next delta: the entries of a list, or without one entry. */
static void write_delta(const char *sheet, const char *list, const char *id)
{
	const char *path = watch_delta_path(&arena, config.watchlist);
	struct buf out = { .data = NULL };
	struct watch_delta *d;
	struct delta_edit ed;
	struct watch_list l;

	ck_ok(watch_delta_open(&d, path, &e));
	delta_edit_init(&ed, d);
	if (sheet) {
		read_lists(&l, &sheet, 1);
		delta_edit_add(&ed, &l);
	} else {
		delta_edit_withdraw(
			&ed, &(struct watch_id){ str_of(list), str_of(id) });
	}
	ck_ok(delta_edit_finish(&out, &ed, &e));
	ck_ok(whole_file_write(path, buf_view(&out), &e));
	delta_edit_release(&ed);
	watch_delta_free(d);
	buf_release(&out);
}

static const char *const demo[] = { DEMO }, *const both[] = { DEMO, DOCUMENTS };

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(dir));
	ck_ok(crypt_init(&e));
	ck_ok(config_load(&config, NULL, &arena, &e));
	config.profiles = "";
	config.watchlist = arena_fmt(&arena, "%s/wanted.snap", dir).ptr;
	write_snapshot(demo, 1);
}

static void teardown(void)
{
	unlink(config.watchlist);
	unlink(watch_delta_path(&arena, config.watchlist));
	rmdir(dir);
	arena_release(&arena);
}

static struct list_set *load(const struct list_set *before)
{
	struct list_set *s;

	ck_ok(list_set_load(&s, &config, before, &e));
	return s;
}

static int fails(const struct list_set *before, const char *says)
{
	struct list_set *s;
	int rc;

	e = (struct err){ 0 };
	rc = list_set_load(&s, &config, before, &e);
	ck_assert_msg(rc && strstr(e.text, says), "%d '%s'", rc, e.text);
	e = (struct err){ 0 };
	return rc;
}

START_TEST(a_change_of_either_file_is_seen_and_the_snapshot_shared)
{
	struct list_set *one, *two, *three;
	struct list_files now;

	setup();
	one = load(NULL);
	now = list_files_now(&config);
	ck_assert(list_files_same(&one->files, &now));
	write_delta(URGENT, NULL, NULL);
	now = list_files_now(&config);
	ck_assert(!list_files_same(&one->files, &now));
	two = load(one);
	ck_assert_ptr_eq(two->base, one->base);
	ck_assert_int_eq(two->delta->sequence, 1);
	write_snapshot(both, 2);
	now = list_files_now(&config);
	ck_assert(!list_files_same(&two->files, &now));
	three = load(two);
	ck_assert_ptr_ne(three->base, two->base);
	ck_assert_uint_eq(three->base->nr_list, 2);
	ck_assert_int_ne(memcmp(three->hash, two->hash, CRYPT_HASH_LEN), 0);
	list_set_free(one);
	list_set_free(two);
	list_set_free(three);
	teardown();
}
END_TEST

START_TEST(what_is_damaged_or_a_test_list_is_refused)
{
	const char *delta;
	struct list_set *one;

	setup();
	one = load(NULL);
	delta = watch_delta_path(&arena, config.watchlist);
	ck_ok(whole_file_write(delta, STR("half a fi"), &e));
	ck_assert_int_eq(fails(one, "delta is damaged"), ERR_INTEGRITY);
	unlink(delta);
	ck_ok(whole_file_write(config.watchlist, STR("half a fi"), &e));
	ck_assert_int_eq(fails(one, "snapshot is damaged"), ERR_INTEGRITY);
	unlink(config.watchlist);
	ck_assert_int_eq(fails(one, "cannot read"), ERR_IO);
	write_snapshot(demo, 1);
	config.mode = "production";
	ck_assert_int_eq(fails(NULL, "marked TEST"), ERR_LEGAL);
	list_set_free(one);
	teardown();
}
END_TEST

START_TEST(a_test_list_cannot_come_by_the_delta)
{
	struct list_set *one;

	setup();
	one = load(NULL);
	write_delta(URGENT, NULL, NULL);
	config.mode = "production";
	/* the snapshot is shared, and was judged when it was opened */
	ck_assert_int_eq(fails(one, "'jsonl-sample' is marked TEST"),
			 ERR_LEGAL);
	list_set_free(one);
	teardown();
}
END_TEST

/* Screening one traveller of a golden message; sources of its hits. */
static void hits_of(char *out, size_t size, struct hit_list *hits,
		    const struct held_lists *h, struct screen_scratch *tmp,
		    struct arena *a)
{
	struct buf b = { .data = NULL };
	struct screen_input in = { .screened_at = { 1795363200,
						    MOMENT_SECOND } };
	struct archived_message am;
	struct parse_limits limits = { SIZE_MAX };
	struct intake read;

	ck_ok(buf_read_file(&b, "etc/profiles/tests/late-cash.edi", 0, &e));
	ck_ok(intake_read(&read, buf_view(&b), &limits, a, &e));
	archive_message(&am, read.archive, &read.payload.parsed[0], a);
	in.pnr = (struct subject_side){ .header = am.header.bytes,
					.slice = am.slice[0].bytes };
	ck_ok(screen_traveller(hits, &h->set, tmp, &in, a, &e));
	out[0] = '\0';
	for (uint32_t i = 0; i < hits->nr; i++)
		snprintf(out + strlen(out), size - strlen(out), STR_FMT " ",
			 STR_ARG(hits->hit[i].source));
	buf_release(&b);
}

START_TEST(a_worker_takes_the_next_lists_and_records_them)
{
	uint8_t input[3][CRYPT_HASH_LEN];
	struct held_lists h = { .lists = NULL };
	struct live_lists live = { .now = NULL };
	struct screen_scratch *tmp;
	struct screen_set set;
	struct hit_list hits;
	struct arena a = { 0 };
	char is[256];

	setup();
	ck_ok(screen_set_load(&set, &config, &e));
	live_lists_init(&live, screen_set_give_lists(&set));
	h.set = set;
	ck_ok(screen_scratch_new(&tmp, &h.set, &e));
	ck_ok(held_lists_renew(&h, &live, tmp, &e));
	hits_of(is, sizeof(is), &hits, &h, tmp, &a);
	ck_assert_str_eq(is, "demo-wanted:DW-0001 ");
	ck_assert_int_eq(h.set.watchlist_delta, 0);
	memcpy(input[0], hits.hit[0].input_hash, CRYPT_HASH_LEN);
	/* another delta that says nothing of him: another input all the same */
	write_delta(URGENT, NULL, NULL);
	live_lists_put(&live, load(live.now));
	ck_ok(held_lists_renew(&h, &live, tmp, &e));
	hits_of(is, sizeof(is), &hits, &h, tmp, &a);
	ck_assert_str_eq(is, "demo-wanted:DW-0001 ");
	ck_assert_int_eq(h.set.watchlist_delta, 1);
	memcpy(input[1], hits.hit[0].input_hash, CRYPT_HASH_LEN);
	ck_assert_int_ne(memcmp(input[0], input[1], CRYPT_HASH_LEN), 0);
	/* withdrawn: nobody any more; in the delta: found there */
	write_delta(NULL, "demo-wanted", "DW-0001");
	live_lists_put(&live, load(live.now));
	ck_ok(held_lists_renew(&h, &live, tmp, &e));
	hits_of(is, sizeof(is), &hits, &h, tmp, &a);
	ck_assert_str_eq(is, "");
	write_delta(DEMO, NULL, NULL);
	live_lists_put(&live, load(live.now));
	ck_ok(held_lists_renew(&h, &live, tmp, &e));
	hits_of(is, sizeof(is), &hits, &h, tmp, &a);
	ck_assert_str_eq(is, "demo-wanted:DW-0001 ");
	/* nothing new: nothing taken */
	ck_assert_ptr_null(live_lists_take(&live, &h.seen));
	screen_scratch_free(tmp);
	held_lists_release(&h);
	live_lists_release(&live);
	screen_set_release(&set);
	arena_release(&a);
	teardown();
}
END_TEST

enum { SWAPS = 50, READERS = 3 };

struct reader {
	pthread_t id;
	struct live_lists *live;
	const struct screen_set *set;
	atomic_int *stop;
	uint32_t renewed, wrong;
};

static void *read_on(void *arg)
{
	struct reader *r = arg;
	struct held_lists h = { .set = *r->set };
	struct screen_scratch *tmp;
	struct err mine = { 0 };

	if (screen_scratch_new(&tmp, &h.set, &mine))
		return NULL;
	while (!atomic_load(r->stop)) {
		uint64_t before = h.seen;
		const struct watchlist *wl;

		if (held_lists_renew(&h, r->live, tmp, &mine))
			break;
		r->renewed += h.seen != before;
		wl = h.set.watchlist; /* all of it can be read */
		r->wrong += wl->nr_entry != h.lists->base->nr_entry ||
			    snapshot_checksum(wl->bytes) == 0;
	}
	screen_scratch_free(tmp);
	held_lists_release(&h);
	return NULL;
}

/* How often the snapshot, in any of its versions, is mapped. */
static int nr_mapped(void)
{
	FILE *f = fopen("/proc/self/maps", "r");
	char line[512];
	int nr = 0;

	while (fgets(line, sizeof(line), f))
		nr += strstr(line, dir) != NULL;
	fclose(f);
	return nr;
}

START_TEST(swaps_while_others_read)
{
	struct reader r[READERS];
	struct live_lists live = { .now = NULL };
	struct screen_set set;
	atomic_int stop = 0;

	setup();
	ck_ok(screen_set_load(&set, &config, &e));
	live_lists_init(&live, screen_set_give_lists(&set));
	for (int i = 0; i < READERS; i++) {
		r[i] = (struct reader){ .live = &live,
					.set = &set,
					.stop = &stop };
		pthread_create(&r[i].id, NULL, read_on, &r[i]);
	}
	for (int i = 0; i < SWAPS; i++) { /* a new mapping each time */
		struct list_set *next = load(NULL);

		ck_ok(list_set_stock(next, i % (READERS + 1), &e));
		live_lists_put(&live, next);
		live_lists_sweep(&live);
	}
	atomic_store(&stop, 1);
	for (int i = 0; i < READERS; i++) {
		pthread_join(r[i].id, NULL);
		ck_assert_uint_gt(r[i].renewed, 1);
		ck_assert_uint_eq(r[i].wrong, 0);
	}
	live_lists_sweep(&live);
	ck_assert_int_eq(nr_mapped(), 1); /* that of `live` */
	live_lists_release(&live);
	screen_set_release(&set);
	teardown();
}
END_TEST

UNIT_MAIN("live lists", a_change_of_either_file_is_seen_and_the_snapshot_shared,
	  what_is_damaged_or_a_test_list_is_refused,
	  a_test_list_cannot_come_by_the_delta,
	  a_worker_takes_the_next_lists_and_records_them,
	  swaps_while_others_read)
