#include "web/metrics.h"

#include "base/log.h"
#include "db/query.h"
#include "engine/producer_kafka.h"
#include "web/exposition.h"
#include "web/http.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { FRESH_MS = 10000, CONNECTIONS = 16, IDLE_SECONDS = 10 };

struct metrics {
	struct engine *engine;
	struct http_settings http;
	struct http_server *server;
	pthread_mutex_t lock; /* of what stands below */
	struct pg *pg;
	struct producer *producer; /* to ask for offsets */
	struct arena arena;
	struct metric_row *row;
	uint32_t nr_row;
	int64_t high[PROGRESS_PARTITIONS]; /* 0: not known */
	int64_t asked_ms;
	bool database_up, broker_up;
};

/* What the rows of the database are; sorted by name. */
static const struct family {
	const char *name, *help;
} families[] = {
	{ "carrier_last_message_seconds",
	  "newest message of a carrier, by the time it was sent, since 1970" },
	{ "hits_open", "open hits of the last eight days, by class" },
	{ "outbox_rows", "answers and statuses the broker does not have yet" },
	{ "quarantine_messages", "of the last 24 hours, by code" },
	{ "retention_overdue_days",
	  "days whose masking or deletion is overdue; must be 0" },
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* ---- what others know, asked now and then ---- */

static void ask_database(struct metrics *m)
{
	const struct config *c = &m->engine->config;
	struct pg_settings pg = { .conninfo = c->database,
				  .application = "paxgate metrics",
				  .lock_ms = (int)c->lock_timeout_ms };
	int32_t today = (int32_t)(time(NULL) / SECONDS_PER_DAY);
	struct err e = { 0 };

	arena_clear(&m->arena);
	m->nr_row = 0;
	if (!m->pg && pg_open(&m->pg, &pg, &e))
		m->pg = NULL;
	m->database_up = m->pg && !query_metrics(&m->row, &m->nr_row, m->pg,
						 today, &m->arena, &e);
	if (!m->database_up) {
		m->nr_row = 0;
		pg_close(m->pg);
		m->pg = NULL;
	}
}

/* The broker's ends of the partitions that we have worked on. */
static void ask_broker(struct metrics *m)
{
	struct progress *p = &m->engine->progress;
	struct err e = { 0 };

	m->broker_up = m->producer ||
		       !producer_open(&m->producer, &m->engine->config, &e);
	for (int i = 0; i < PROGRESS_PARTITIONS && m->broker_up; i++)
		if (atomic_load(&p->next[i]) > 0)
			m->broker_up =
				!producer_high(m->producer, i, &m->high[i], &e);
	if (!m->broker_up) {
		producer_close(m->producer);
		m->producer = NULL;
	}
}

static void ask(struct metrics *m)
{
	if (m->asked_ms && now_ms() - m->asked_ms < FRESH_MS)
		return;
	ask_database(m);
	ask_broker(m);
	m->asked_ms = now_ms();
}

/* ---- /metrics ---- */

static void write_counters(struct exposition *x, struct progress *p)
{
	static const char *const stage[] = {
#define STAGE_LABEL(name, what) "stage=\"" #name "\"",
		STAGES(STAGE_LABEL)
#undef STAGE_LABEL
	};

#define COUNTER(name, word)                                                   \
	exposition_family(x, #name, EXPOSE_COUNTER, word " since the start"); \
	exposition_value(x, STR_NONE, atomic_load(&p->name));
	PROGRESS_COUNTERS(COUNTER)
#undef COUNTER
	exposition_family(x, "stage_seconds", EXPOSE_COUNTER,
			  "time of the workers in each stage");
	for (int i = 0; i < NR_STAGES; i++)
		exposition_decimal(x, str_of(stage[i]),
				   atomic_load(&p->stage_ns[i]) / 1000, 6);
	exposition_histogram(x, "batch_seconds", &p->batch,
			     "from a batch's first message to its COMMIT");
	exposition_histogram(x, "latency_seconds", &p->latency,
			     "from the broker's time of a batch's first "
			     "message to its COMMIT");
	exposition_family(x, "regex_limits", EXPOSE_COUNTER,
			  "patterns of profiles that were too much work and "
			  "so are unknown, since the start");
	exposition_value(x, STR_NONE, atomic_load(&p->regex_limits));
	exposition_histogram(x, "profile_swap_seconds", &p->swap,
			     "a worker's pause to take up another version of "
			     "the profile set");
}

static void write_lag(struct exposition *x, struct metrics *m)
{
	struct progress *p = &m->engine->progress;

	if (!m->broker_up)
		return;
	exposition_family(x, "lag_messages", EXPOSE_GAUGE,
			  "messages of a partition that are not committed, of "
			  "those this engine has worked on");
	for (int i = 0; i < PROGRESS_PARTITIONS; i++) {
		int64_t next = atomic_load(&p->next[i]) - 1;
		char label[32];

		if (next < 0)
			continue;
		snprintf(label, sizeof(label), "partition=\"%d\"", i);
		exposition_value(x, str_of(label),
				 m->high[i] > next ? m->high[i] - next : 0);
	}
}

static void write_rows(struct exposition *x, const struct metrics *m)
{
	uint32_t i = 0;

	for (size_t f = 0; f < ARRAY_SIZE(families) && m->database_up; f++) {
		struct str name = str_of(families[f].name);

		exposition_family(x, families[f].name, EXPOSE_GAUGE,
				  families[f].help);
		for (; i < m->nr_row && str_eq(m->row[i].name, name); i++)
			exposition_value(x, m->row[i].label, m->row[i].value);
	}
}

static int64_t resident_bytes(void)
{
	long pages = 0, ignored;
	FILE *f = fopen("/proc/self/statm", "r");

	if (f && fscanf(f, "%ld %ld", &ignored, &pages) != 2)
		pages = 0;
	if (f)
		fclose(f);
	return pages * sysconf(_SC_PAGESIZE);
}

static void write_process(struct exposition *x, struct metrics *m)
{
	exposition_family(x, "resident_memory_bytes", EXPOSE_GAUGE,
			  "memory of this process");
	exposition_value(x, STR_NONE, resident_bytes());
	exposition_family(x, "profile_set_version", EXPOSE_GAUGE,
			  "version of the profile set that is live here");
	exposition_value(x, STR_NONE,
			 atomic_load(&m->engine->editions.version));
	exposition_family(x, "database_up", EXPOSE_GAUGE,
			  "1: the database answers");
	exposition_value(x, STR_NONE, m->database_up);
	exposition_family(x, "broker_up", EXPOSE_GAUGE,
			  "1: the broker answers");
	exposition_value(x, STR_NONE, m->broker_up);
}

static void write_metrics(struct http_reply *reply,
			  const struct http_request *r, struct metrics *m)
{
	bool open =
		str_find(r->accept, STR("application/openmetrics-text")) >= 0;
	struct exposition x;

	reply->type = open ? "application/openmetrics-text; version=1.0.0; "
			     "charset=utf-8"
			   : "text/plain; version=0.0.4; charset=utf-8";
	exposition_init(&x, &reply->body, open);
	pthread_mutex_lock(&m->lock);
	ask(m);
	write_counters(&x, &m->engine->progress);
	write_lag(&x, m);
	write_rows(&x, m);
	write_process(&x, m);
	pthread_mutex_unlock(&m->lock);
	exposition_end(&x);
}

/* ---- the others ---- */

static bool is_ready(struct metrics *m)
{
	bool ready;

	pthread_mutex_lock(&m->lock);
	ask(m);
	ready = m->database_up && m->broker_up;
	pthread_mutex_unlock(&m->lock);
	return ready && !atomic_load(&m->engine->progress.stop);
}

static void handle(struct http_reply *reply, const struct http_request *r,
		   void *arg)
{
	struct metrics *m = arg;

	if (str_eq(r->path, STR("/metrics"))) {
		write_metrics(reply, r, m);
	} else if (str_eq(r->path, STR("/healthz"))) {
		buf_z(&reply->body, "{\"status\":\"up\"}\n");
	} else if (str_eq(r->path, STR("/readyz"))) {
		bool ready = is_ready(m);

		reply->status = ready ? 200 : 503;
		buf_z(&reply->body, ready ? "{\"status\":\"ready\"}\n"
					  : "{\"status\":\"not-ready\"}\n");
	} else {
		reply->status = 404;
		buf_z(&reply->body, "{\"error\":\"no-such-path\"}\n");
	}
}

int metrics_open(struct metrics **out, struct engine *en, struct err *e)
{
	const struct config *c = &en->config;
	struct metrics *m;

	*out = NULL;
	if (!c->metrics_port)
		return 0;
	m = calloc(1, sizeof(*m));
	if (!m)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	m->engine = en;
	m->http = (struct http_settings){ .address = c->metrics_address,
					  .port = (uint16_t)c->metrics_port,
					  .body_bytes = 1,
					  .connections = CONNECTIONS,
					  .per_address = CONNECTIONS,
					  .idle_seconds = IDLE_SECONDS,
					  .handle = handle,
					  .arg = m };
	pthread_mutex_init(&m->lock, NULL);
	if (http_open(&m->server, &m->http, e)) {
		metrics_close(m);
		return err_wrap(e, "metrics.port");
	}
	*out = m;
	return 0;
}

void metrics_close(struct metrics *m)
{
	if (!m)
		return;
	http_close(m->server);
	pg_close(m->pg);
	producer_close(m->producer);
	arena_release(&m->arena);
	pthread_mutex_destroy(&m->lock);
	free(m);
}
