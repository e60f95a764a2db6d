/*
 * Source, producer and feeder against the embedded broker. What only a real
 * broker can show (group moves, restarts) is not tested here.
 */
#include "base/buf.h"
#include "engine/embedded_kafka.h"
#include "engine/feeder.h"
#include "engine/source_kafka.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { POLLS = 200, POLL_MS = 100 };

static struct err e;
static struct arena arena;
static struct config config;
static struct embedded_kafka *broker;
static struct key_pair pair;

static void start(void)
{
	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_new_pair(&pair);
	ck_assert_int_eq(config_load(&config, NULL, &arena, &e), 0);
	config.topic = "t";
	config.message_bytes = 4096;
	ck_assert_int_eq(embedded_kafka_start(&broker, config.topic,
					      config.control_topic, &e),
			 0);
	config.brokers = embedded_kafka_address(broker);
}

/* Where each partition stands "in the database". */
static int64_t stored = -1; /* -1: at the oldest */

static int load(void *ctx, const char *cluster, int32_t partition, int64_t low,
		int64_t *next, struct err *err)
{
	(void)ctx;
	(void)partition;
	ck_assert(*cluster);
	if (stored == -2)
		return err_at(err, ERR_DB, 0, "away");
	*next = stored < 0 ? low : stored;
	return 0;
}

static bool never(const void *ctx)
{
	(void)ctx;
	return false;
}

static void write_file(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(text, 1, len, f), len);
	fclose(f);
}

START_TEST(what_is_fed_comes_out_sealed_and_once)
{
	static const struct source_hooks hooks = { load, never, NULL };
	char dir[] = "/tmp/t_kafka.XXXXXX", path[256], text[64];
	struct producer *p;
	struct feeder f;
	struct source *s;
	int seen[5] = { 0 }, total = 0;

	start();
	ck_assert_ptr_nonnull(mkdtemp(dir));
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s/%d.edi", dir, i);
		snprintf(text, sizeof(text), "payload %d", i);
		write_file(path, text, strlen(text));
	}
	snprintf(path, sizeof(path), "%s/readme", dir);
	write_file(path, "x", 1); /* not a message */
	ck_assert_int_eq(producer_open(&p, &config, &e), 0);
	ck_assert_int_eq(feeder_init(&f, p, pair.public_half, 4096, &e), 0);
	ck_assert_int_eq(f.partitions, EMBEDDED_PARTITIONS);
	ck_assert_int_eq(feed_folder(&f, dir, &e), 5);
	ck_assert_int_eq(feed_folder(&f, dir, &e), 0); /* none is new */
	ck_assert_int_eq(source_open(&s, &config, 0, &hooks, &e), 0);
	for (int i = 0; i < POLLS && total < 5; i++) {
		struct source_message m;
		struct buf plain = { 0 };

		if (source_poll(s, POLL_MS, &m, &e) != 1)
			continue;
		ck_assert(source_is_due(s, &m));
		ck_assert(str_find(m.payload, STR("payload")) < 0);
		ck_assert_int_eq(
			crypt_open_payload(&plain, &pair, m.payload, &e), 0);
		ck_assert_uint_eq(plain.len, 9);
		seen[plain.data[8] - '0']++;
		source_advance(s, m.partition, m.offset + 1);
		ck_assert(!source_is_due(s, &m));
		source_message_free(&m);
		buf_release(&plain);
		total++;
	}
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(seen[i], 1);
	source_close(s);
	feeder_release(&f);
	producer_close(p);
	embedded_kafka_stop(broker);
	snprintf(path, sizeof(path), "rm -r %s", dir);
	ck_assert_int_eq(system(path), 0);
}
END_TEST

START_TEST(a_file_at_the_limit_is_sent_and_one_over_it_is_not)
{
	char path[] = "/tmp/t_kafka.XXXXXX", text[4097];
	struct producer *p;
	struct feeder f;
	struct err refused = { 0 };

	start();
	memset(text, 'x', sizeof(text));
	close(mkstemp(path));
	ck_assert_int_eq(producer_open(&p, &config, &e), 0);
	ck_assert_int_eq(feeder_init(&f, p, pair.public_half, 4096, &e), 0);
	write_file(path, text, 4096);
	ck_assert_int_eq(feed_file(&f, path, &refused, &e), 0);
	ck_assert_int_eq(refused.code, 0);
	write_file(path, text, 4097);
	ck_assert_int_eq(feed_file(&f, path, &refused, &e), 0);
	ck_assert_int_eq(refused.code, ERR_LIMIT);
	ck_assert_ptr_nonnull(strstr(refused.text, path));
	ck_assert_int_eq(producer_flush(p, 10000, &(struct err){ 0 }), 0);
	feeder_release(&f);
	producer_close(p);
	embedded_kafka_stop(broker);
	unlink(path);
}
END_TEST

/* Poll until the source says something other than "nothing yet". */
static int poll_for_error(struct source *s)
{
	int rc = 0;

	for (int i = 0; i < POLLS && rc == 0; i++) {
		struct source_message m;

		rc = source_poll(s, POLL_MS, &m, &e);
	}
	return rc;
}

START_TEST(an_offset_the_broker_does_not_have_stops_the_source)
{
	static const struct source_hooks hooks = { load, never, NULL };
	struct source *s;

	start();
	stored = 7; /* of an empty topic */
	ck_assert_int_eq(source_open(&s, &config, 0, &hooks, &e), 0);
	ck_assert_int_eq(poll_for_error(s), ERR_INTEGRITY);
	ck_assert_ptr_nonnull(strstr(e.text, "stored offset 7 is outside"));
	ck_assert_int_eq(err_exit_code(&e), 5);
	source_close(s);
	embedded_kafka_stop(broker);
}
END_TEST

START_TEST(an_owner_that_cannot_say_where_to_read_is_heard)
{
	static const struct source_hooks hooks = { load, never, NULL };
	struct source *s;

	start();
	stored = -2;
	ck_assert_int_eq(source_open(&s, &config, 0, &hooks, &e), 0);
	ck_assert_int_eq(poll_for_error(s), ERR_DB);
	source_close(s);
	embedded_kafka_stop(broker);
}
END_TEST

START_TEST(wrong_brokers_and_settings_are_named)
{
	static const struct source_hooks hooks = { load, never, NULL };
	struct config_property bad = { STR_INIT("no.such.setting"),
				       STR_INIT("secret"), STR_NONE };
	struct source *s;
	struct producer *p;

	start();
	config.property = &bad;
	config.nr_property = 1;
	ck_assert_int_eq(source_open(&s, &config, 0, &hooks, &e), ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "no.such.setting"));
	ck_assert_ptr_null(strstr(e.text, "secret"));
	e = (struct err){ 0 };
	ck_assert_int_eq(producer_open(&p, &config, &e), ERR_USAGE);
	embedded_kafka_stop(broker);
}
END_TEST

UNIT_MAIN("kafka", what_is_fed_comes_out_sealed_and_once,
	  a_file_at_the_limit_is_sent_and_one_over_it_is_not,
	  an_offset_the_broker_does_not_have_stops_the_source,
	  an_owner_that_cannot_say_where_to_read_is_heard,
	  wrong_brokers_and_settings_are_named)
