#include "engine/source_kafka.h"

#include "engine/kafka_conf.h"
#include "engine/range_kafka.h"
#include "engine/test_fault.h"
#include "engine/trouble_kafka.h"
#include "engine/wake_kafka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	FIRST_ANSWER_MS = 10000,
	/* 2.0.2 takes this time-out for microseconds in places */
	SEEK_MS = 10000,
};

struct source {
	struct kafka_trouble trouble; /* first: the opaque */
	rd_kafka_t *rk;
	struct wake wake;
	struct source_hooks hooks;
	char *topic, *cluster;
	int64_t *next; /* by partition; -1: not ours */
	int32_t nr;    /* partitions there is room for */
	uint32_t generation;
	bool paused;
	struct err fatal;
};

static void ensure_room(struct source *s, int32_t partition)
{
	if (partition < s->nr)
		return;
	s->next = realloc(s->next, ((size_t)partition + 1) * sizeof(*s->next));
	if (!s->next) {
		fputs("paxgate: out of memory\n", stderr);
		exit(70);
	}
	while (s->nr <= partition)
		s->next[s->nr++] = -1;
}

static int check_range(const struct source *s, int32_t partition, int64_t next,
		       struct range r, struct err *e)
{
	if (next >= r.low && next <= r.high)
		return 0;
	return err_at(e, ERR_INTEGRITY, 0,
		      "%s [%d]: stored offset %lld is outside the broker's "
		      "%lld..%lld: the topic was made anew, or its retention "
		      "ended before it was read; nothing is skipped, see "
		      "doc/operations.md",
		      s->topic, partition, (long long)next, (long long)r.low,
		      (long long)r.high);
}

int source_check(struct source *s, int32_t partition, int64_t next,
		 struct err *e)
{
	rd_kafka_topic_partition_list_t *one =
		rd_kafka_topic_partition_list_new(1);
	struct range r;

	rd_kafka_topic_partition_list_add(one, s->topic, partition);
	if (!ranges_ask(&r, s->rk, one, s->hooks.stopping, s->hooks.ctx, e))
		(void)!check_range(s, partition, next, r, e);
	rd_kafka_topic_partition_list_destroy(one);
	return e->code;
}

static int load_offset(struct source *s, rd_kafka_topic_partition_t *p,
		       struct range r, struct err *e)
{
	int64_t next = -1;

	if (s->hooks.load(s->hooks.ctx, s->cluster, p->partition, r.low, &next,
			  e) ||
	    check_range(s, p->partition, next, r, e))
		return e->code;
	ensure_room(s, p->partition);
	p->offset = s->next[p->partition] = next;
	return 0;
}

/* Where to read on in these; keeps the reason when that cannot be. */
static int load_offsets(struct source *s,
			rd_kafka_topic_partition_list_t *parts, struct err *e)
{
	struct range *r = calloc((size_t)parts->cnt + 1, sizeof(*r));
	int rc = r ? ranges_ask(r, s->rk, parts, s->hooks.stopping,
				s->hooks.ctx, e)
		   : err_at(e, ERR_NOMEM, 0, "out of memory");

	for (int i = 0; i < parts->cnt && !rc; i++)
		rc = load_offset(s, &parts->elems[i], r[i], e);
	free(r);
	return rc;
}

static void on_rebalance(rd_kafka_t *rk, rd_kafka_resp_err_t err,
			 rd_kafka_topic_partition_list_t *parts, void *opaque)
{
	struct source *s = opaque;

	s->generation++;
	if (err != RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
		for (int i = 0; i < parts->cnt; i++)
			if (parts->elems[i].partition < s->nr)
				s->next[parts->elems[i].partition] = -1;
		test_fault_at("rebalance", NULL);
		rd_kafka_assign(rk, NULL);
		return;
	}
	if (!s->fatal.code)
		(void)!load_offsets(s, parts, &s->fatal);
	test_fault_at("rebalance", NULL);
	rd_kafka_assign(rk, s->fatal.code ? NULL : parts);
	/* a partition paused before it was taken away comes back paused */
	if (s->paused)
		rd_kafka_pause_partitions(rk, parts);
	else
		rd_kafka_resume_partitions(rk, parts);
}

static rd_kafka_conf_t *make_conf(const struct config *c, int64_t worker,
				  struct err *e)
{
	char instance[128], session[24], heartbeat[24], fetch[24];
	const char *const settings[][2] = {
		{ "bootstrap.servers", c->brokers },
		{ "group.id", c->group },
		{ "partition.assignment.strategy", c->assignor },
		{ "enable.auto.commit", "false" },
		{ "enable.auto.offset.store", "false" },
		{ "auto.offset.reset", "error" }, /* never skip or start over */
		{ "session.timeout.ms", session },
		{ "heartbeat.interval.ms", heartbeat },
		{ "queued.max.messages.kbytes", "16384" },
		{ "fetch.wait.max.ms", "50" },
		{ "fetch.message.max.bytes", fetch },
		{ "allow.auto.create.topics", "false" },
		{ "log_level", "2" },
		{ "group.instance.id", *c->instance ? instance : NULL },
	};

	snprintf(instance, sizeof(instance), "%s-%lld", c->instance,
		 (long long)worker);
	snprintf(session, sizeof(session), "%lld", (long long)c->session_ms);
	snprintf(heartbeat, sizeof(heartbeat), "%lld",
		 (long long)c->session_ms / 6);
	snprintf(fetch, sizeof(fetch), "%lld",
		 (long long)c->message_bytes + KAFKA_FRAME_BYTES);
	return kafka_conf(settings, ARRAY_SIZE(settings), c, e);
}

static int subscribe(struct source *s, struct err *e)
{
	rd_kafka_topic_partition_list_t *topics =
		rd_kafka_topic_partition_list_new(1);
	rd_kafka_resp_err_t rc;

	rd_kafka_topic_partition_list_add(topics, s->topic,
					  RD_KAFKA_PARTITION_UA);
	rc = rd_kafka_subscribe(s->rk, topics);
	rd_kafka_topic_partition_list_destroy(topics);
	return rc ? err_at(e, ERR_IO, 0, "cannot subscribe to %s: %s", s->topic,
			   rd_kafka_err2str(rc))
		  : 0;
}

int source_open(struct source **out, const struct config *c, int64_t worker,
		const struct source_hooks *hooks, struct err *e)
{
	struct source *s = calloc(1, sizeof(*s));
	rd_kafka_conf_t *conf = s ? make_conf(c, worker, e) : NULL;
	char text[256];
	int rc;

	if (!conf) {
		free(s);
		return e->code ? e->code
			       : err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	s->hooks = *hooks;
	s->wake.fd = -1;
	s->topic = strdup(c->topic);
	rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
	kafka_trouble_listen(conf, &s->trouble);
	s->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, text, sizeof(text));
	if (!s->rk) {
		rd_kafka_conf_destroy(conf);
		rc = err_at(e, ERR_USAGE, 0, "Kafka consumer: %s", text);
		goto fail;
	}
	rd_kafka_poll_set_consumer(s->rk);
	s->cluster = kafka_trouble_greet(s->rk, &s->trouble, c->brokers,
					 FIRST_ANSWER_MS, e);
	rc = s->cluster ? wake_open(&s->wake, s->rk, e) : e->code;
	if (!rc)
		rc = subscribe(s, e);
	if (rc)
		goto fail;
	*out = s;
	return 0;
fail:
	source_close(s);
	return rc;
}

const char *source_cluster(const struct source *s)
{
	return s->cluster;
}

/* librdkafka has given up this member for good. */
static int fatal_error(struct source *s, struct err *e)
{
	char text[256] = "";
	rd_kafka_resp_err_t rc =
		rd_kafka_fatal_error(s->rk, text, sizeof(text));

	if (rc == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID)
		return err_at(e, ERR_FENCED, 0,
			      "another engine has joined the group under this "
			      "one's kafka.instance; give each its own");
	return err_at(e, ERR_IO, 0, "Kafka consumer: %s", text);
}

static int message_error(struct source *s, const rd_kafka_message_t *m,
			 struct err *e)
{
	if (m->err == RD_KAFKA_RESP_ERR__FATAL)
		return fatal_error(s, e);
	if (m->err != RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET &&
	    m->err != RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE)
		return 0; /* broker away and the like: librdkafka tries on */
	return err_at(e, ERR_INTEGRITY, 0,
		      "%s: the offset to read next is no longer in the broker: "
		      "%s; nothing is skipped, see doc/operations.md",
		      s->topic, rd_kafka_message_errstr(m));
}

/* The broker's time; of a message without one, this moment. */
static int64_t timestamp_of(const rd_kafka_message_t *m)
{
	rd_kafka_timestamp_type_t type;
	int64_t ms = rd_kafka_message_timestamp(m, &type);

	return type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && ms > 0
		       ? ms
		       : (int64_t)time(NULL) * 1000;
}

int source_poll(struct source *s, int ms, struct source_message *m,
		struct err *e)
{
	rd_kafka_message_t *got = wake_poll(&s->wake, s->rk, ms);
	int rc;

	if (s->fatal.code) {
		*e = s->fatal;
		if (got)
			rd_kafka_message_destroy(got);
		return e->code;
	}
	if (!got)
		return 0;
	if (got->err) {
		rc = message_error(s, got, e);
		rd_kafka_message_destroy(got);
		return rc;
	}
	*m = (struct source_message){
		.partition = got->partition,
		.offset = got->offset,
		.due = got->partition < s->nr ? s->next[got->partition] : -1,
		.timestamp_ms = timestamp_of(got),
		.payload = { got->payload ? got->payload : "", got->len },
		.handle = got,
	};
	return 1;
}

void source_message_free(struct source_message *m)
{
	if (m->handle)
		rd_kafka_message_destroy(m->handle);
	m->handle = NULL;
}

bool source_is_due(const struct source *s, const struct source_message *m)
{
	return m->partition < s->nr && s->next[m->partition] >= 0 &&
	       m->offset >= s->next[m->partition];
}

uint32_t source_generation(const struct source *s)
{
	return s->generation;
}

void source_advance(struct source *s, int32_t partition, int64_t offset)
{
	if (partition < s->nr && s->next[partition] >= 0)
		s->next[partition] = offset;
}

/*
 * Fetch from where `mine` says. A seek that fails for a partition would leave
 * a gap that nobody sees: then assign anew, which cannot.
 */
static int fetch_from(struct source *s, rd_kafka_topic_partition_list_t *mine,
		      struct err *e)
{
	rd_kafka_error_t *why = rd_kafka_seek_partitions(s->rk, mine, SEEK_MS);
	bool failed = why != NULL;

	rd_kafka_error_destroy(why);
	for (int i = 0; i < mine->cnt; i++)
		failed |= mine->elems[i].err != 0;
	if (failed && rd_kafka_assign(s->rk, mine))
		return err_at(e, ERR_IO, 0,
			      "%s: cannot go back to what the "
			      "database holds",
			      s->topic);
	return 0;
}

int source_rewind(struct source *s, struct err *e)
{
	rd_kafka_topic_partition_list_t *mine = NULL;
	int rc;

	if (rd_kafka_assignment(s->rk, &mine))
		return 0;
	rc = load_offsets(s, mine, e);
	if (!rc && mine->cnt)
		rc = fetch_from(s, mine, e);
	rd_kafka_topic_partition_list_destroy(mine);
	return rc;
}

static void
each_owned(struct source *s,
	   rd_kafka_resp_err_t (*f)(rd_kafka_t *,
				    rd_kafka_topic_partition_list_t *))
{
	rd_kafka_topic_partition_list_t *mine = NULL;

	if (rd_kafka_assignment(s->rk, &mine))
		return;
	f(s->rk, mine);
	rd_kafka_topic_partition_list_destroy(mine);
}

void source_pause(struct source *s)
{
	s->paused = true;
	each_owned(s, rd_kafka_pause_partitions);
}

void source_resume(struct source *s)
{
	s->paused = false;
	each_owned(s, rd_kafka_resume_partitions);
}

void source_close(struct source *s)
{
	if (!s)
		return;
	if (s->rk) {
		wake_close(&s->wake, s->rk);
		rd_kafka_consumer_close(s->rk);
		rd_kafka_mem_free(s->rk, s->cluster);
		rd_kafka_destroy(s->rk);
	}
	free(s->topic);
	free(s->next);
	free(s);
}
