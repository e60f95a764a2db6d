#include "web/http.h"

#include "law/crypt.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEM_MAX = 1 << 20, FORM_BUFFER = 65536, SHA256 = 32, FAR = 8 };

/* Forward secrecy and authenticated encryption, whatever the version. */
#define TLS13 "SECURE128:-VERS-ALL:+VERS-TLS1.3"
#define TLS12                                                        \
	"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:" \
	"+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:-KX-ALL:"      \
	"+ECDHE-ECDSA:+ECDHE-RSA:-MAC-ALL:+AEAD"

struct http_server {
	const struct http_settings *settings;
	struct MHD_Daemon *daemon;
	struct buf certificate, key, client_ca; /* PEM, each with a NUL */
};

/* A request while its body arrives. */
struct coming {
	struct buf body;
	bool too_long;
};

/* ---- replies ---- */

static enum MHD_Result send_reply(struct MHD_Connection *c,
				  struct http_reply *reply)
{
	struct MHD_Response *r;
	enum MHD_Result rc;
	char seconds[16];

	r = MHD_create_response_from_buffer(reply->body.len, reply->body.data,
					    MHD_RESPMEM_MUST_COPY);
	buf_release(&reply->body);
	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (reply->status == MHD_HTTP_UNAUTHORIZED)
		MHD_add_response_header(r, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
					"Bearer");
	if (reply->retry_after) {
		snprintf(seconds, sizeof(seconds), "%d", reply->retry_after);
		MHD_add_response_header(r, MHD_HTTP_HEADER_RETRY_AFTER,
					seconds);
	}
	rc = MHD_queue_response(c, reply->status, r);
	MHD_destroy_response(r);
	return rc;
}

static enum MHD_Result refuse_length(struct MHD_Connection *c, size_t most)
{
	struct http_reply reply = { .status = MHD_HTTP_CONTENT_TOO_LARGE,
				    .type = "application/json" };

	buf_fmt(&reply.body,
		"{\"error\":\"body-too-long\",\"text\":\"a body may have "
		"%zu bytes; send fewer interchanges at once\"}\n",
		most);
	return send_reply(c, &reply);
}

const char *http_reason(unsigned status)
{
	return MHD_get_reason_phrase_for(status);
}

/* ---- requests ---- */

static struct str header(struct MHD_Connection *c, const char *name)
{
	return str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

static struct str bearer(struct MHD_Connection *c)
{
	struct str v = header(c, MHD_HTTP_HEADER_AUTHORIZATION);

	return str_starts(v, STR("Bearer ")) ? str_trim(str_slice(v, 7, v.len))
					     : STR_NONE;
}

/*
 * Fingerprint of the client's certificate. The handshake has proved that he
 * holds its key; an issuer that is not in `client_ca` makes it none.
 */
static void read_certificate(char hex[HTTP_FINGERPRINT + 1],
			     struct MHD_Connection *c,
			     const struct http_settings *s)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	gnutls_session_t session = info ? info->tls_session : NULL;
	const gnutls_datum_t *cert;
	unsigned nr = 0, status = 0;
	uint8_t hash[SHA256];
	size_t len = sizeof(hash);

	hex[0] = 0;
	cert = session && s->client_ca
		       ? gnutls_certificate_get_peers(session, &nr)
		       : NULL;
	if (!cert || !nr ||
	    gnutls_certificate_verify_peers2(session, &status) || status)
		return;
	if (gnutls_fingerprint(GNUTLS_DIG_SHA256, cert, hash, &len))
		return;
	for (size_t i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
}

static enum MHD_Result answer(struct MHD_Connection *c,
			      const struct http_server *s, const char *method,
			      const char *path, const struct coming *in)
{
	struct http_request r = {
		.method = str_of(method),
		.path = str_of(path),
		.type = header(c, MHD_HTTP_HEADER_CONTENT_TYPE),
		.encoding = header(c, MHD_HTTP_HEADER_CONTENT_ENCODING),
		.accept = header(c, MHD_HTTP_HEADER_ACCEPT),
		.token = bearer(c),
		.body = buf_view(&in->body),
		.connection = c,
	};
	struct http_reply reply = { .status = MHD_HTTP_OK,
				    .type = "application/json" };

	read_certificate(r.certificate, c, s->settings);
	s->settings->handle(&reply, &r, s->settings->arg);
	return send_reply(c, &reply);
}

/*
 * Does the client announce far more than is taken? Somewhat more is read, not
 * kept, and answered: a client that is cut short may not see the answer.
 */
static bool announces_too_much(struct MHD_Connection *c, size_t most)
{
	int64_t len;

	return str_to_i64(header(c, MHD_HTTP_HEADER_CONTENT_LENGTH), &len) &&
	       (len < 0 || (uint64_t)len / FAR > most);
}

/* libmicrohttpd's: at first, with each piece of the body, and at its end. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *c,
				  const char *path, const char *method,
				  const char *version, const char *data,
				  size_t *len, void **state)
{
	struct http_server *s = arg;
	struct coming *in = *state;
	size_t most = s->settings->body_bytes;

	(void)version;
	if (!in) {
		*state = calloc(1, sizeof(*in));
		return !*state			     ? MHD_NO
		       : announces_too_much(c, most) ? refuse_length(c, most)
						     : MHD_YES;
	}
	if (*len) {
		if (*len > most - in->body.len)
			in->too_long = true;
		else
			buf_add(&in->body, data, *len);
		*len = 0;
		return in->body.failed ? MHD_NO : MHD_YES;
	}
	return in->too_long ? refuse_length(c, most)
			    : answer(c, s, method, path, in);
}

static void on_completed(void *arg, struct MHD_Connection *c, void **state,
			 enum MHD_RequestTerminationCode why)
{
	struct coming *in = *state;

	(void)arg, (void)c, (void)why;
	if (in)
		buf_release(&in->body);
	free(in);
}

/* ---- forms ---- */

struct form {
	struct arena *arena;
	struct buf part;
	struct str *file;
	uint32_t nr;
	int most;
	bool too_many;
};

static void end_part(struct form *f)
{
	if (f->nr && !f->too_many)
		f->file[f->nr - 1] = arena_str(f->arena, buf_view(&f->part));
	buf_clear(&f->part);
}

static enum MHD_Result on_part(void *arg, enum MHD_ValueKind kind,
			       const char *key, const char *filename,
			       const char *type, const char *encoding,
			       const char *data, uint64_t at, size_t len)
{
	struct form *f = arg;

	(void)kind;
	(void)key;
	(void)filename;
	(void)type;
	(void)encoding;
	if (at == 0) {
		end_part(f);
		if ((int)f->nr == f->most) {
			f->too_many = true;
			return MHD_NO;
		}
		arena_push(f->arena, &f->file, &f->nr, sizeof(*f->file));
	}
	buf_add(&f->part, data, len);
	return MHD_YES;
}

int http_files(struct str **file, int most, const struct http_request *r,
	       struct arena *a, struct err *e)
{
	struct form f = { .arena = a, .most = most };
	struct MHD_PostProcessor *p = MHD_create_post_processor(
		r->connection, FORM_BUFFER, on_part, &f);
	bool sound = p != NULL;

	if (p && r->body.len)
		sound = MHD_post_process(p, r->body.ptr, r->body.len) ==
			MHD_YES;
	if (p && MHD_destroy_post_processor(p) != MHD_YES)
		sound = false;
	end_part(&f);
	buf_release(&f.part);
	if (f.too_many)
		return err_at(e, ERR_LIMIT, 0,
			      "a form may have %d files at once", most);
	if (!sound || !f.nr)
		return err_at(e, ERR_SYNTAX, 0,
			      "the body is no multipart/form-data with at "
			      "least one file");
	*file = f.file;
	return (int)f.nr;
}

/* ---- the server ---- */

static int read_pem(struct buf *out, const char *path, struct err *e)
{
	if (!path)
		return 0;
	if (buf_read_file(out, path, PEM_MAX, e)) {
		e->code = ERR_USAGE;
		return e->code;
	}
	buf_byte(out, 0);
	return 0;
}

/* The address to listen on, numeric: nothing is looked up. */
static int resolve(struct sockaddr_storage *out, const struct http_settings *s,
		   struct err *e)
{
	struct addrinfo want = { .ai_flags = AI_NUMERICHOST | AI_PASSIVE,
				 .ai_socktype = SOCK_STREAM };
	struct addrinfo *found;
	char port[8];
	int rc;

	snprintf(port, sizeof(port), "%u", s->port);
	rc = getaddrinfo(s->address, port, &want, &found);
	if (rc)
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is not an IP address to listen on: %s",
			      s->address, gai_strerror(rc));
	memcpy(out, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return 0;
}

static bool is_loopback(const struct sockaddr_storage *sa)
{
	if (sa->ss_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(
			&((const struct sockaddr_in6 *)sa)->sin6_addr);
	return ntohl(((const struct sockaddr_in *)sa)->sin_addr.s_addr) >> 24 ==
	       IN_LOOPBACKNET;
}

static struct MHD_Daemon *start(struct http_server *h,
				const struct sockaddr_storage *sa)
{
	const struct http_settings *s = h->settings;
	bool tls = s->certificate != NULL;
	struct MHD_OptionItem option[16];
	unsigned flags = MHD_USE_POLL_INTERNAL_THREAD |
			 MHD_USE_THREAD_PER_CONNECTION,
		 nr = 0;

	if (tls)
		flags |= MHD_USE_TLS;
	if (sa->ss_family == AF_INET6)
		flags |= MHD_USE_IPv6;
#define OPTION(name, number, pointer) \
	option[nr++] = (struct MHD_OptionItem){ name, number, pointer }
	OPTION(MHD_OPTION_SOCK_ADDR, 0, (void *)sa);
	OPTION(MHD_OPTION_CONNECTION_LIMIT, s->connections, NULL);
	OPTION(MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->per_address, NULL);
	OPTION(MHD_OPTION_CONNECTION_TIMEOUT, s->idle_seconds, NULL);
	OPTION(MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, NULL);
	if (tls) {
		OPTION(MHD_OPTION_HTTPS_MEM_CERT, 0, h->certificate.data);
		OPTION(MHD_OPTION_HTTPS_MEM_KEY, 0, h->key.data);
		OPTION(MHD_OPTION_HTTPS_PRIORITIES, 0,
		       (void *)(s->tls12 ? TLS12 : TLS13));
	}
	if (tls && s->client_ca)
		OPTION(MHD_OPTION_HTTPS_MEM_TRUST, 0, h->client_ca.data);
	OPTION(MHD_OPTION_END, 0, NULL);
#undef OPTION
	return MHD_start_daemon(flags, s->port, NULL, NULL, on_request, h,
				MHD_OPTION_ARRAY, option, MHD_OPTION_END);
}

int http_open(struct http_server **out, const struct http_settings *s,
	      struct err *e)
{
	struct http_server *h = calloc(1, sizeof(*h));
	struct sockaddr_storage sa = { 0 };

	if (!h)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	h->settings = s;
	if (resolve(&sa, s, e) ||
	    read_pem(&h->certificate, s->certificate, e) ||
	    read_pem(&h->key, s->key, e) ||
	    read_pem(&h->client_ca, s->client_ca, e)) {
		http_close(h);
		return e->code;
	}
	if (!s->certificate && !is_loopback(&sa)) {
		http_close(h);
		return err_at(e, ERR_LEGAL, 0,
			      "no TLS on %s: passengers' data may cross a "
			      "network encrypted only (Directive (EU) 2016/681 "
			      "Art. 13(2), 16(1)); name a certificate and its "
			      "key",
			      s->address);
	}
	h->daemon = start(h, &sa);
	if (!h->daemon) {
		http_close(h);
		return err_at(e, ERR_USAGE, 0,
			      "cannot serve %s port %u: in use, not allowed, "
			      "or certificate and key do not fit",
			      s->address, s->port);
	}
	*out = h;
	return 0;
}

uint16_t http_port(const struct http_server *s)
{
	return MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void http_close(struct http_server *s)
{
	if (!s)
		return;
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	if (s->key.data)
		crypt_wipe(s->key.data, s->key.len);
	buf_release(&s->certificate);
	buf_release(&s->key);
	buf_release(&s->client_ca);
	free(s);
}
