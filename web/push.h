/*
 * push.h - a body posted to a carrier's URL: the only place that knows libcurl
 *
 *	rc = push_open(&p, &settings, &e);
 *	rc = push_post(p, url, body, &e);
 *	push_close(p);
 *
 * HTTPS by TLS 1.2 or newer, the host's certificate checked; plain HTTP to this
 * machine's loopback addresses only. No redirect is followed. Connections are
 * kept for the next time.
 *
 * Threads: a struct push is one thread's.
 */
#ifndef WEB_PUSH_H
#define WEB_PUSH_H

#include "base/err.h"
#include "base/str.h"

enum { PUSH_SECONDS = 10 }; /* longest that a post takes */

struct push_settings {
	const char *ca; /* PEM file of issuers; "": those of the system */
	const char *certificate, *key; /* we show; "": none */
};

struct push;

/* Is it a URL that may be posted to? None has a user or password in it. */
bool push_is_url(struct str url);

/* Settings are borrowed. Returns 0 or ERR_NOMEM. */
MUST_CHECK int push_open(struct push **out, const struct push_settings *s,
			 struct err *e);

/*
 * Post `body`, JSON. Returns 0 for an answer 200 to 299, ERR_IO for another
 * one or for none within PUSH_SECONDS; the sentence tells nothing of the body.
 */
MUST_CHECK int push_post(struct push *p, const char *url, struct str body,
			 struct err *e);

/* NULL is fine. */
void push_close(struct push *p);

#endif
