/*
 * cmd_gateway.c - paxgate gateway: carriers hand in messages by HTTPS
 */
#include "base/log.h"
#include "engine/producer_kafka.h"
#include "law/keyfile.h"
#include "tools/cmd.h"
#include "tools/opt.h"
#include "web/gateway.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
	IDLE_SECONDS = 30,
	SHARE_OF_ONE = 4, /* connections: a quarter */
	GREET_MS = 2000,
};

static const char *config_file;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ 0 },
};

static const struct opt_usage usage = {
	"gateway",
	"[OPTIONS] [token]",
	"Serve carriers over HTTPS: they hand in interchanges, ask what became "
	"of them,\nand test theirs before they go live. Settings are those "
	"named gateway.*; the\nregister of carriers is read again when it "
	"changes. The gateway knows the public\nhalf of the engine's key and "
	"no database. Ends on SIGTERM or SIGINT.\n\n"
	"  token   make a token: the first line is for the carrier, and shown "
	"once; the\n          second is its hash, for the register",
	opts,
	"  paxgate gateway -c /etc/paxgate.yaml\n"
	"  paxgate gateway token\n",
};

static int print_token(struct err *e)
{
	char token[TOKEN_TEXT + 1], hash[TOKEN_TEXT + 1];

	if (crypt_init(e))
		return e->code;
	token_make(token, hash);
	printf("%s\n%s\n", token, hash);
	crypt_wipe(token, sizeof(token));
	return 0;
}

static struct http_settings settings_of(const struct config *c)
{
	unsigned all = (unsigned)c->gateway_connections;

	return (struct http_settings){
		.address = c->gateway_address,
		.port = (uint16_t)c->gateway_port,
		.certificate =
			*c->gateway_certificate ? c->gateway_certificate : NULL,
		.key = *c->gateway_key ? c->gateway_key : NULL,
		.client_ca =
			*c->gateway_client_ca ? c->gateway_client_ca : NULL,
		.tls12 = strcmp(c->gateway_tls, "1.2") == 0,
		.body_bytes = (size_t)c->gateway_body_bytes,
		.connections = all,
		.per_address = all / SHARE_OF_ONE + 1,
		.idle_seconds = IDLE_SECONDS,
		.handle = gateway_handle,
	};
}

static void tell_ready(const struct config *c, uint16_t port)
{
	struct log_line l;

	log_begin(&l, LEVEL_INFO, "gateway-ready");
	log_z(&l, "address", c->gateway_address);
	log_int(&l, "port", port);
	log_z(&l, "tls", *c->gateway_certificate ? c->gateway_tls : "off");
	log_end(&l);
}

/* A broker that is away may come; one that refuses us will go on doing so. */
static int greet(const struct config *c, struct err *e)
{
	struct producer *p = NULL;

	if (producer_open(&p, c, e) == 0)
		(void)!producer_greet(p, GREET_MS, e);
	producer_close(p);
	return e->code;
}

static int serve(const struct config *c, struct err *e)
{
	struct http_settings http = settings_of(c);
	struct http_server *server = NULL;
	struct gateway *g = NULL;
	uint8_t key[CRYPT_KEY_LEN];
	sigset_t ends;
	int which;

	if (crypt_init(e) || key_public_load(key, c->engine_public, e))
		return e->code == ERR_IO ? config_file_error(e) : e->code;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	/* before threads are: they take it over */
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	if (greet(c, e) == 0 && gateway_open(&g, c, key, e) == 0) {
		http.arg = g;
		if (http_open(&server, &http, e) == 0) {
			tell_ready(c, http_port(server));
			sigwait(&ends, &which);
		}
	}
	http_close(server);
	gateway_close(g);
	return e->code;
}

int cmd_gateway(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	enum log_level level;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc && strcmp(argv[first], "token") != 0)
		return opt_wrong(&usage, "'%s' is not known here", argv[first]);
	if (first < argc) {
		(void)!print_token(&e);
	} else if (!config_load(&c, config_file, &a, &e)) {
		if (log_level_read(str_of(c.log_level), &level))
			log_level(level);
		if (!*c.brokers)
			err_at(&e, ERR_USAGE, 0,
			       "kafka.brokers is empty: the embedded broker "
			       "lives in 'paxgate run' only; name a broker");
		else
			(void)!serve(&c, &e);
	}
	arena_release(&a);
	if (e.code)
		fprintf(stderr, "paxgate gateway: %s\n", e.text);
	return err_exit_code(&e);
}
