/*
 * gateway_push.c - carriers who want it are told what became of each message
 *
 * What GET /v1/messages/ID says is posted to the carrier's URL once the engine
 * has spoken, and again when it says something else (read again from
 * quarantine). That it was told goes into the status topic, so that neither a
 * restart nor another gateway tells it again; but a carrier may be told twice
 * when one of them dies in between, or both come to it at once.
 */
#include "base/log.h"
#include "web/gateway_internal.h"
#include "web/push.h"

#include <time.h>

enum { PAUSE_MS = 250 };

static void log_failure(const struct status_due *due, const struct err *e)
{
	struct log_line l;

	log_begin(&l, LEVEL_WARNING, "push-failed");
	log_str(&l, "carrier", *due->carrier);
	log_z(&l, "reason", e->text);
	log_end(&l);
}

/* Post one, and note it. False: this carrier is to be waited with. */
static bool push_one(struct gateway *g, struct push *p,
		     const struct status_due *due, const char *url,
		     struct arena *a)
{
	struct parcel note = { .note_key = due->key, .note = due->told };
	struct buf body = { 0 };
	struct json j;
	struct err e = { 0 };
	int rc;

	json_init(&j, &body);
	gateway_write_status(&j,
			     arena_fmt(a, STR_FMT "-%s", STR_ARG(*due->carrier),
				       due->digits),
			     due->json);
	buf_byte(&body, '\n');
	rc = push_post(p, url, buf_view(&body), &e);
	buf_release(&body);
	gateway_note_push(g, *due->carrier, rc == 0);
	if (rc < 0) {
		log_failure(due, &e);
		return false;
	}
	statuses_note(g->statuses, due->key, due->told);
	if (postbox_send(g->box, &note, 1, &e)) /* it may be told again */
		log_err("push-not-noted", &e);
	return true;
}

/* All that there is to tell now, until one fails. */
static void push_all(struct gateway *g, struct push *p)
{
	const struct carrier *list;
	struct status_due due;
	struct arena a = { 0 };
	uint32_t at = 0, nr = gateway_pushed_to(&list, g, &a);
	struct str *code = arena_alloc(&a, nr * sizeof(*code));
	bool going = nr > 0;

	for (uint32_t i = 0; i < nr; i++)
		code[i] = list[i].code;
	while (going && !atomic_load(&g->stop) &&
	       statuses_due(&due, g->statuses, &at, code, nr, &a))
		going = push_one(g, p, &due, list[due.carrier - code].push.ptr,
				 &a);
	arena_release(&a);
}

void *gateway_push(void *arg)
{
	struct gateway *g = arg;
	const struct config *c = g->config;
	struct push_settings s = { c->gateway_push_ca, c->gateway_certificate,
				   c->gateway_key };
	struct push *p = NULL;
	struct err e = { 0 };

	if (push_open(&p, &s, &e))
		log_err("push", &e);
	while (p && !atomic_load(&g->stop)) {
		/* before all is read, it is not known what has been told */
		if (atomic_load(&g->ready))
			push_all(g, p);
		nanosleep(&(struct timespec){ 0, PAUSE_MS * 1000000L }, NULL);
	}
	push_close(p);
	return NULL;
}
