/*
 * http.h - an HTTPS server: the only place that knows libmicrohttpd
 *
 *	rc = http_open(&server, &settings, &e);
 *	...			settings.handle runs for each request
 *	http_close(server);
 *
 * TLS 1.3, or 1.2 with forward secrecy and authenticated ciphers where the
 * settings say so. With `client_ca` a client may show a certificate of its; the
 * handler sees the fingerprint. A body is bounded: longer ones are answered 413 and not kept.
 * Nothing of a request is logged here.
 *
 * Threads: one for each connection, up to settings.connections; `handle` runs
 * on them and may wait.
 */
#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { HTTP_FINGERPRINT = 64 }; /* hexadecimal digits */

struct http_request {
	struct str method, path; /* "POST", "/v1/messages" */
	struct str type;	 /* Content-Type */
	struct str encoding;	 /* Content-Encoding */
	struct str accept;	 /* Accept */
	struct str token;	 /* behind "Authorization: Bearer " */
	struct str body;
	/* SHA-256 of the client's sound certificate, hexadecimal; "": none */
	char certificate[HTTP_FINGERPRINT + 1];
	void *connection; /* for http_files() */
};

/* Filled by the handler; begins as 200, JSON, empty. */
struct http_reply {
	unsigned status;
	const char *type; /* a constant */
	struct buf body;
	int retry_after; /* seconds; 0: not said */
};

struct http_settings {
	const char *address; /* "127.0.0.1", "::" */
	uint16_t port;	     /* 0: any free one, see http_port() */
	/* PEM files; all NULL: no TLS, for loopback addresses alone */
	const char *certificate, *key, *client_ca;
	bool tls12;	   /* 1.2 as well */
	size_t body_bytes; /* longest body */
	unsigned connections, per_address;
	unsigned idle_seconds; /* a silent connection is closed after */
	void (*handle)(struct http_reply *reply, const struct http_request *r,
		       void *arg);
	void *arg;
};

struct http_server;

/*
 * Listen. Settings and their texts are borrowed until http_close(). Returns 0,
 * ERR_USAGE (address, port or a PEM file), or ERR_LEGAL for no TLS on an
 * address that is not of this machine.
 */
MUST_CHECK int http_open(struct http_server **out,
			 const struct http_settings *s, struct err *e);

/* The port it listens on. */
uint16_t http_port(const struct http_server *s);

/* Take no more connections, finish those there are, free. NULL is fine. */
void http_close(struct http_server *s);

/*
 * The files of a multipart/form-data body, in the arena. Returns how many, or
 * ERR_SYNTAX when the body is not such a form, ERR_LIMIT beyond `most`.
 */
MUST_CHECK int http_files(struct str **file, int most,
			  const struct http_request *r, struct arena *a,
			  struct err *e);

/* "Not Found" and so on, for the body of an error. */
const char *http_reason(unsigned status);

#endif
