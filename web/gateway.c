#include "web/gateway.h"

#include "base/log.h"
#include "web/gateway_internal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { LOOK_MS = 1000 }; /* between looks at the register */

/* ---- answers ---- */

bool gateway_refuse(struct asking *q, unsigned status, const char *code,
		    const char *fmt, ...)
{
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_clear(&q->reply->body);
	q->reply->status = status;
	json_init(&q->json, &q->reply->body);
	json_open(&q->json, NULL, '{');
	json_z(&q->json, "error", code);
	json_z(&q->json, "text", text);
	json_close(&q->json, '}');
	buf_byte(&q->reply->body, '\n');
	return false;
}

bool gateway_refuse_err(struct asking *q, const char *code, const struct err *e)
{
	return gateway_refuse(q, e->code == ERR_LIMIT ? 413 : 422, code, "%s",
			      e->text);
}

static void healthz(struct asking *q)
{
	buf_z(&q->reply->body, "{\"status\":\"up\"}\n");
}

static void readyz(struct asking *q)
{
	if (*q->g->config->status_topic && !atomic_load(&q->g->ready))
		gateway_refuse(q, 503, "broker-away",
			       "the status topic cannot be read yet");
	else
		buf_z(&q->reply->body, "{\"status\":\"ready\"}\n");
}

/* ---- who asks ---- */

double gateway_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Read the register again when the file has changed; a bad one is told. */
static void look_at_register(struct gateway *g)
{
	struct carriers *fresh = NULL;
	int64_t ms = (int64_t)(gateway_now() * 1000), changed;
	struct stat st;
	struct err e = { 0 };

	if (ms - g->looked_at < LOOK_MS)
		return;
	g->looked_at = ms;
	if (stat(g->config->gateway_carriers, &st))
		return;
	changed = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	if (changed == g->read_at)
		return;
	g->read_at = changed;
	if (carriers_load(&fresh, g->config->gateway_carriers, &e)) {
		log_err("register-kept", &e);
		return;
	}
	carriers_inherit(fresh, g->carriers);
	carriers_free(g->carriers);
	g->carriers = fresh;
}

static struct text_list copy_list(struct text_list l, struct arena *a)
{
	struct text_list out = { .nr = l.nr };

	out.item = arena_alloc(a, l.nr * sizeof(*out.item));
	for (uint32_t i = 0; i < l.nr; i++)
		out.item[i] = arena_str(a, l.item[i]);
	return out;
}

static const struct carrier *copy(const struct carrier *c, struct arena *a)
{
	struct carrier *out = arena_alloc(a, sizeof(*out));

	*out = (struct carrier){ .code = arena_str(a, c->code),
				 .name = arena_str(a, c->name),
				 .senders = copy_list(c->senders, a),
				 .live = c->live,
				 .rate = c->rate,
				 .push = arena_str(a, c->push),
				 .push_at = c->push_at };
	return out;
}

uint32_t gateway_pushed_to(const struct carrier **out, struct gateway *g,
			   struct arena *a)
{
	struct carrier *list;
	uint32_t nr = 0;

	pthread_mutex_lock(&g->lock);
	look_at_register(g);
	list = arena_alloc(a, carriers_nr(g->carriers) * sizeof(*list));
	for (uint32_t i = 0; i < carriers_nr(g->carriers); i++) {
		const struct carrier *c = carriers_at(g->carriers, i);

		if (c->push.ptr && c->push_at <= gateway_now())
			list[nr++] = *copy(c, a);
	}
	pthread_mutex_unlock(&g->lock);
	*out = list;
	return nr;
}

void gateway_note_push(struct gateway *g, struct str code, bool done)
{
	struct carrier *c;

	pthread_mutex_lock(&g->lock);
	c = carriers_find(g->carriers, code);
	if (c && done)
		carrier_pushed(c);
	else if (c)
		carrier_push_failed(c, gateway_now());
	pthread_mutex_unlock(&g->lock);
}

const struct carrier *gateway_carrier(struct gateway *g, struct str code,
				      struct arena *a)
{
	const struct carrier *c, *out = NULL;

	pthread_mutex_lock(&g->lock);
	look_at_register(g);
	c = carriers_find(g->carriers, code);
	if (c)
		out = copy(c, a);
	pthread_mutex_unlock(&g->lock);
	return out;
}

bool gateway_identify(struct asking *q)
{
	const struct http_request *r = q->request;
	struct gateway *g = q->g;
	struct carrier *c;

	pthread_mutex_lock(&g->lock);
	look_at_register(g);
	c = r->token.ptr ? carriers_by_token(g->carriers, r->token)
			 : carriers_by_certificate(g->carriers, r->certificate);
	if (c)
		q->client.carrier = copy(c, &q->arena);
	pthread_mutex_unlock(&g->lock);
	if (!c)
		return gateway_refuse(
			q, 401, "not-known",
			"a carrier's token in Authorization: Bearer, or its "
			"client certificate, is needed");
	q->client.code = q->client.carrier->code;
	return true;
}

bool gateway_admit(struct asking *q, uint32_t nr)
{
	struct gateway *g = q->g;
	struct carrier *c;
	int wait = 0;

	pthread_mutex_lock(&g->lock);
	c = carriers_find(g->carriers, q->client.code);
	if (c)
		wait = carrier_admit(c, nr, gateway_now());
	pthread_mutex_unlock(&g->lock);
	if (!wait)
		return true;
	q->reply->retry_after = wait;
	return gateway_refuse(q, 429, "too-fast",
			      "more than %lld messages a minute; %u here",
			      (long long)q->client.carrier->rate, nr);
}

/* ---- routes ---- */

static const struct route {
	const char *method, *path; /* a path that ends in '/' takes an id */
	bool anybody;		   /* no token is asked for */
	void (*answer)(struct asking *q);
} routes[] = {
	{ "POST", "/v1/messages", false, gateway_take },
	{ "POST", "/v1/test", false, gateway_test },
	{ "GET", "/v1/messages/", false, gateway_tell },
	{ "GET", "/healthz", true, healthz },
	{ "GET", "/readyz", true, readyz },
};

static bool fits(const struct route *r, struct str path)
{
	struct str p = str_of(r->path);

	return str_ends(p, STR("/")) ? str_starts(path, p) : str_eq(path, p);
}

static void log_answer(const struct asking *q, const struct route *route,
		       double took)
{
	struct log_line l;

	log_begin(&l, LEVEL_INFO, "answered");
	log_str(&l, "carrier", q->client.code);
	log_z(&l, "route", route ? route->path : "none");
	log_int(&l, "status", q->reply->status);
	log_int(&l, "bytes", (int64_t)q->request->body.len);
	log_int(&l, "us", (int64_t)(took * 1e6));
	log_end(&l);
}

void gateway_handle(struct http_reply *reply, const struct http_request *r,
		    void *arg)
{
	struct asking q = { .g = arg, .request = r, .reply = reply };
	const struct route *route = NULL;
	bool path = false;
	double from = gateway_now();

	for (size_t i = 0; i < ARRAY_SIZE(routes) && !route; i++) {
		if (!fits(&routes[i], r->path))
			continue;
		path = true;
		if (str_eq(r->method, str_of(routes[i].method)))
			route = &routes[i];
	}
	if (!path)
		gateway_refuse(&q, 404, "no-such-path",
			       "see doc/openapi.yaml for what there is");
	else if (!route)
		gateway_refuse(&q, 405, "no-such-method",
			       "this path has another method");
	else if (route->anybody || gateway_identify(&q))
		route->answer(&q);
	log_answer(&q, route, gateway_now() - from);
	arena_release(&q.arena);
}

/* ---- the gateway ---- */

static int start_thread(pthread_t *t, bool *has, void *(*run)(void *),
			struct gateway *g, struct err *e)
{
	if (pthread_create(t, NULL, run, g))
		return err_at(e, ERR_NOMEM, 0, "cannot start a thread");
	*has = true;
	return 0;
}

static int make_state_folder(const struct config *c, struct err *e)
{
	if (mkdir(c->gateway_state, 0700) && errno != EEXIST)
		return err_at(e, ERR_USAGE, 0,
			      "cannot make folder '%s' (gateway.state): %s",
			      c->gateway_state, strerror(errno));
	return 0;
}

int gateway_open(struct gateway **out, const struct config *config,
		 const uint8_t key[CRYPT_KEY_LEN], struct err *e)
{
	struct gateway *g = calloc(1, sizeof(*g));
	int rc;

	if (!g)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	g->config = config;
	pthread_mutex_init(&g->lock, NULL);
	rc = carriers_load(&g->carriers, config->gateway_carriers, e);
	if (rc < 0)
		rc = config_file_error(e);
	if (rc == 0)
		rc = make_state_folder(config, e);
	if (rc == 0)
		rc = statuses_new(&g->statuses,
				  (uint32_t)config->gateway_remembered, e);
	if (rc == 0)
		rc = postbox_open(&g->box, config, key, e);
	if (rc == 0 && *config->status_topic)
		rc = start_thread(&g->status_thread, &g->has_status_thread,
				  gateway_read_status, g, e);
	if (rc == 0 && *config->gateway_spool)
		rc = start_thread(&g->spool_thread, &g->has_spool_thread,
				  gateway_read_spool, g, e);
	if (rc == 0 && *config->status_topic)
		rc = start_thread(&g->push_thread, &g->has_push_thread,
				  gateway_push, g, e);
	if (rc < 0)
		gateway_close(g);
	else
		*out = g;
	return rc;
}

void gateway_close(struct gateway *g)
{
	if (!g)
		return;
	atomic_store(&g->stop, 1);
	if (g->has_status_thread)
		pthread_join(g->status_thread, NULL);
	if (g->has_spool_thread)
		pthread_join(g->spool_thread, NULL);
	if (g->has_push_thread)
		pthread_join(g->push_thread, NULL);
	postbox_close(g->box);
	statuses_free(g->statuses);
	carriers_free(g->carriers);
	pthread_mutex_destroy(&g->lock);
	free(g);
}
