#include "tools/bench_topic.h"

#include "engine/topic_kafka.h"
#include "law/keyfile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PARTITIONS = 12 };

static const char *path_of(struct bench *b, const char *ending)
{
	return arena_fmt(&b->arena, "%s/%s.%s", b->folder, b->topic, ending)
		.ptr;
}

static struct config on_topic(struct bench *b)
{
	struct config c = b->config;

	c.brokers = b->brokers;
	if (b->own_list || b->persons)
		c.mode = "test"; /* both are lists marked TEST */
	c.topic = b->topic;
	c.engine_key = path_of(b, "key");
	c.engine_public = path_of(b, "pub");
	return c;
}

int bench_topic_make(struct bench *b, const char *name, struct err *e)
{
	struct config c;

	b->topic = arena_fmt(&b->arena, "paxgate.bench.%ld.%s", (long)getpid(),
			     name)
			   .ptr;
	c = on_topic(b);
	if (topic_create(&c, PARTITIONS, e)) {
		b->topic = NULL;
		return e->code;
	}
	return key_pair_create(c.engine_key, c.engine_public, e);
}

int bench_feed_open(struct bench_feed *f, struct bench *b, struct err *e)
{
	*f = (struct bench_feed){ .config = on_topic(b) };
	if (key_public_load(f->key, f->config.engine_public, e) ||
	    producer_open(&f->producer, &f->config, e))
		return e->code;
	return feeder_init(&f->feeder, f->producer, f->key,
			   (size_t)f->config.message_bytes, e);
}

void bench_feed_close(struct bench_feed *f)
{
	feeder_release(&f->feeder);
	producer_close(f->producer);
}

int bench_topic_fill(struct bench *b, struct err *e)
{
	struct bench_feed f;

	if (!bench_feed_open(&f, b, e))
		(void)!feed_folder(&f.feeder, b->day_dir, e);
	bench_feed_close(&f);
	return e->code;
}

int bench_topic_settings(struct config *c, struct bench *b, int number,
			 struct err *e)
{
	*c = on_topic(b);
	c->group = arena_fmt(&b->arena, "%s.%d", b->topic, number).ptr;
	c->instance = "";
	c->key_folder = path_of(b, arena_fmt(&b->arena, "%d.days", number).ptr);
	if (mkdir(c->key_folder, 0700) < 0)
		return err_at(e, ERR_IO, 0, "cannot make folder '%s': %s",
			      c->key_folder, strerror(errno));
	return 0;
}

void bench_topic_drop(struct bench *b)
{
	struct err e = { 0 };
	struct config c;

	if (!b->topic)
		return;
	c = on_topic(b);
	if (topic_drop(&c, &e))
		fprintf(stderr, "paxgate bench: topic '%s' is left: %s\n",
			b->topic, e.text);
	b->topic = NULL;
}
