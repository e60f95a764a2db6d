/*
 * gateway_status.c - what became of an interchange
 */
#include "base/log.h"
#include "engine/tail_kafka.h"
#include "web/gateway_internal.h"

#include <time.h>

enum { POLL_MS = 200, AWAY_MS = 1000 };

static void nap(const struct gateway *g)
{
	for (int ms = 0; ms < AWAY_MS && !atomic_load(&g->stop); ms += POLL_MS)
		nanosleep(&(struct timespec){ 0, POLL_MS * 1000000L }, NULL);
}

void *gateway_read_status(void *arg)
{
	struct gateway *g = arg;
	struct tail *t = NULL;
	struct tail_record r;
	struct err e = { 0 };
	bool away = false;

	if (tail_open(&t, g->config, g->config->status_topic, &e))
		log_err("status-unread", &e);
	while (t && !atomic_load(&g->stop)) {
		struct err why = { 0 };
		int rc = tail_next(t, &r, POLL_MS, &why);

		if (rc < 0 && !away)
			log_err("status-waits", &why);
		away = rc < 0;
		if (rc < 0) {
			nap(g);
			continue;
		}
		if (rc)
			statuses_note(g->statuses, r.key, r.value);
		else if (tail_is_read(t))
			atomic_store(&g->ready, 1);
	}
	tail_close(t);
	return NULL;
}

void gateway_write_status(struct json *j, struct str id, struct str status)
{
	json_open(j, NULL, '{');
	json_str(j, "id", id);
	json_raw(j, "status",
		 status.len ? status : STR("{\"state\":\"received\"}"));
	json_close(j, '}');
}

/* The id's carrier must be the one who asks. */
void gateway_tell(struct asking *q)
{
	struct str id = str_slice(q->request->path, sizeof("/v1/messages"),
				  q->request->path.len);
	struct str rest = id, carrier = str_split(&rest, '-');
	struct str found = STR_NONE;

	if (rest.ptr && str_eq(carrier, q->client.code))
		found = statuses_find(q->g->statuses, carrier, rest, &q->arena);
	if (!found.ptr) {
		gateway_refuse(q, 404, "no-such-message",
			       "no message of this carrier has such an id, or "
			       "it is too long ago");
		return;
	}
	json_init(&q->json, &q->reply->body);
	gateway_write_status(&q->json, id, found);
	buf_byte(&q->reply->body, '\n');
}
