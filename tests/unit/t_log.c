#include "base/buf.h"
#include "base/log.h"
#include "tests/unit/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64];
static struct buf content;

static void start(void)
{
	struct err e = { 0 };

	snprintf(path, sizeof(path), "/tmp/paxgate-log-%d", (int)getpid());
	unlink(path);
	ck_assert_int_eq(log_open(path, &e), 0);
}

/* What was written, the time cut off each line's front. */
static struct str written(void)
{
	struct err e = { 0 };

	buf_clear(&content);
	ck_assert_int_eq(buf_read_file(&content, path, 0, &e), 0);
	unlink(path);
	return buf_view(&content);
}

static struct str without_time(struct str line)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd.dddZ ";

	ck_assert_uint_gt(line.len, sizeof(form) - 1);
	for (size_t i = 0; form[i]; i++)
		ck_assert(form[i] == 'd'
				  ? line.ptr[i] >= '0' && line.ptr[i] <= '9'
				  : line.ptr[i] == form[i]);
	return str_slice(line, sizeof(form) - 1, line.len);
}

START_TEST(a_line_is_time_level_event_and_pairs)
{
	struct log_line l;
	struct err e = { 0 };
	struct stat st;

	start();
	log_begin(&l, LEVEL_WARNING, "batch-fenced");
	log_int(&l, "rows", -3);
	log_id(&l, "flight", -1);
	log_z(&l, "what", "plain");
	log_str(&l, "none", STR_NONE);
	log_str(&l, "empty", STR(""));
	log_z(&l, "why", "a \"b\" = c\\\n\x01\x7f");
	log_end(&l);
	err_at(&e, ERR_DB, 8, "no go");
	log_err("store-failed", &e);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	{
		struct str all = written(), line = str_split(&all, '\n');

		ck_str_is(without_time(line),
			  "warning batch-fenced rows=-3 "
			  "flight=ffffffffffffffff what=plain empty=\"\" "
			  "why=\"a \\\"b\\\" = c\\\\\\n\\x01\\x7f\"");
		line = str_split(&all, '\n');
		ck_str_is(without_time(line),
			  "error store-failed why=\"no go\" byte=8");
		ck_str_is(all, "");
	}
}
END_TEST

START_TEST(levels_below_are_dropped)
{
	struct log_line l;
	enum log_level level = LEVEL_ERROR;

	start();
	log_begin(&l, LEVEL_DEBUG, "small");
	log_end(&l);
	ck_assert(log_level_read(STR("debug"), &level));
	ck_assert(!log_level_read(STR("Debug"), &level));
	log_level(level);
	log_begin(&l, LEVEL_DEBUG, "seen");
	log_end(&l);
	ck_assert_int_eq(str_find(written(), STR("small")), -1);
	ck_assert_int_gt(str_find(buf_view(&content), STR("seen")), 0);
}
END_TEST

START_TEST(a_long_line_is_cut_and_says_so)
{
	static char big[2 * LOG_LINE];
	struct log_line l;
	struct str s;

	start();
	memset(big, 'x', sizeof(big) - 1);
	log_begin(&l, LEVEL_INFO, "long");
	for (int i = 0; i < 500; i++)
		log_int(&l, "nr", i);
	log_z(&l, "big", big);
	log_int(&l, "after", 1);
	log_end(&l);
	log_begin(&l, LEVEL_INFO, "next");
	log_end(&l);
	s = written();
	ck_assert_uint_le(str_find_byte(s, '\n'), LOG_LINE);
	ck_assert_int_gt(str_find(s, STR(" cut=1\n")), 0);
	ck_assert(str_ends(s, STR(" info next\n")));
}
END_TEST

static void *write_many(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		struct log_line l;

		log_begin(&l, LEVEL_INFO, "tick");
		log_z(&l, "who", arg);
		log_int(&l, "i", i);
		log_end(&l);
	}
	return NULL;
}

START_TEST(lines_of_threads_do_not_mix)
{
	static char who[4][8] = { "aaaaaa", "bbbbbb", "cccccc", "dddddd" };
	pthread_t t[4];
	struct str all;
	int lines = 0;

	start();
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(
			pthread_create(&t[i], NULL, write_many, who[i]), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	all = written();
	for (; all.len; lines++) {
		struct str line = without_time(str_split(&all, '\n'));

		ck_assert(str_starts(line, STR("info tick who=")));
		ck_assert_int_eq(
			str_find(str_slice(line, 14, line.len), STR("who=")),
			-1);
	}
	ck_assert_int_eq(lines, 8000);
}
END_TEST

START_TEST(a_log_that_cannot_be_opened_says_so)
{
	struct err e = { 0 };

	ck_assert_int_eq(log_open("/nowhere/log", &e), ERR_IO);
	ck_assert_ptr_nonnull(strstr(e.text, "'/nowhere/log'"));
}
END_TEST

UNIT_MAIN("log", a_line_is_time_level_event_and_pairs, levels_below_are_dropped,
	  a_long_line_is_cut_and_says_so, lines_of_threads_do_not_mix,
	  a_log_that_cannot_be_opened_says_so)
