/*
 * gateway_internal.h - what the gateway's files share
 */
#ifndef WEB_GATEWAY_INTERNAL_H
#define WEB_GATEWAY_INTERNAL_H

#include "web/gateway.h"
#include "web/postbox.h"
#include "web/receipt.h"
#include "web/status.h"

#include <pthread.h>
#include <stdatomic.h>

struct gateway {
	const struct config *config;
	struct postbox *box;
	struct statuses *statuses;
	pthread_mutex_t lock; /* of the register */
	struct carriers *carriers;
	int64_t read_at, looked_at; /* the file's time; ours, in ms */
	pthread_t status_thread, spool_thread, push_thread;
	bool has_status_thread, has_spool_thread, has_push_thread;
	_Atomic int stop, ready;
};

/* Who asks, as the register has it; copied, since that may change. */
struct client {
	struct str code;
	const struct carrier *carrier; /* in the request's arena */
};

/* One request. */
struct asking {
	struct gateway *g;
	struct arena arena;
	const struct http_request *request;
	struct http_reply *reply;
	struct client client;
	struct json json; /* of the reply's body */
};

/*
 * Answer with an error: {"error": code, "text": ...}. Texts are ours: nothing
 * of a message. Returns false, so: return gateway_refuse(...).
 */
bool gateway_refuse(struct asking *q, unsigned status, const char *code,
		    const char *fmt, ...) PRINTF(4, 5);

/* The same with an err's text: 413 for ERR_LIMIT, 422 for others. */
bool gateway_refuse_err(struct asking *q, const char *code,
			const struct err *e);

/* Who is it? False after a 401. */
bool gateway_identify(struct asking *q);

/* May it hand in `nr` messages now? False after a 429. */
bool gateway_admit(struct asking *q, uint32_t nr);

/* Find the register's row of a carrier into the arena; NULL: none. */
const struct carrier *gateway_carrier(struct gateway *g, struct str code,
				      struct arena *a);

/* POST /v1/messages and /v1/test; GET /v1/messages/ID. */
void gateway_take(struct asking *q);
void gateway_test(struct asking *q);
void gateway_tell(struct asking *q);

/*
 * Send what was read, with notes for the status topic. Returns 0 once the
 * topic has all of it.
 */
MUST_CHECK int gateway_send(struct gateway *g, struct str carrier,
			    const struct receipt *list, uint32_t nr,
			    struct arena *a, struct err *e);

/* Has the carrier a clean test run on record? */
bool gateway_was_clean(const struct gateway *g, struct str carrier);

/* Are the tests among these clean, and is there one? `all`: all are tests. */
bool gateway_is_clean(const struct receipt *list, uint32_t nr, bool all);

/* If so, put it on record. Returns 0 or ERR_IO. */
MUST_CHECK int gateway_note_clean(const struct gateway *g, struct str carrier,
				  const struct receipt *list, uint32_t nr,
				  bool all, struct err *e);

/* Is there one that is not a test? */
bool gateway_has_real(const struct receipt *list, uint32_t nr);

/* Seconds of a clock that nobody sets. */
double gateway_now(void);

/*
 * The carriers of the register that are told by a push, and not to be waited
 * with; copied into the arena.
 */
uint32_t gateway_pushed_to(const struct carrier **out, struct gateway *g,
			   struct arena *a);

/* It went well, or not: then wait before the next. */
void gateway_note_push(struct gateway *g, struct str code, bool done);

/* {"id": ..., "status": ...}; `status` empty: the engine has not come to it. */
void gateway_write_status(struct json *j, struct str id, struct str status);

/* Threads: status topic, spool, pushes. */
void *gateway_read_status(void *arg);
void *gateway_read_spool(void *arg);
void *gateway_push(void *arg);

#endif
