/*
 * gateway.h - what a carrier's system can ask for, by HTTP
 *
 *	POST /v1/messages	hand in interchanges; 202 when the topic has them
 *	GET  /v1/messages/ID	what became of one of them
 *	POST /v1/test		a report on interchanges; nothing is kept
 *	GET  /healthz		is the process there
 *	GET  /readyz		does the broker answer, is the register read
 *
 * doc/openapi.yaml describes all of it. A carrier shows a token or a client
 * certificate; it sees nothing of another carrier, and nothing of travellers.
 * The gateway has the public half of the engine's key and no database.
 *
 *	rc = gateway_open(&g, &config, key, &e);
 *	gateway_handle(&reply, &request, g);	on any thread
 *	gateway_close(g);
 *
 * Threads: it runs one for the topic, one that reads the status topic and, with
 * a spool, one for that.
 */
#ifndef WEB_GATEWAY_H
#define WEB_GATEWAY_H

#include "engine/config.h"
#include "web/carriers.h"
#include "web/http.h"

struct gateway;

enum { GATEWAY_INTERCHANGES = 1000 }; /* most in one request */

/*
 * Read the register and start. `config` and `key` are borrowed. Returns 0 or
 * an err_code; the broker need not be there.
 */
MUST_CHECK int gateway_open(struct gateway **out, const struct config *config,
			    const uint8_t key[CRYPT_KEY_LEN], struct err *e);

/* Finish and free. NULL is fine. */
void gateway_close(struct gateway *g);

/* Answer a request: http_settings.handle, with the gateway as `arg`. */
void gateway_handle(struct http_reply *reply, const struct http_request *r,
		    void *arg);

#endif
