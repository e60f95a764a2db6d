/*
 * cmd_push.c - paxgate push: files of messages into the topic
 */
#include "engine/config.h"
#include "engine/feeder.h"
#include "law/keyfile.h"
#include "tools/cmd.h"
#include "tools/opt.h"

#include <stdio.h>

enum { FLUSH_MS = 60000 };

static const char *config_file;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ 0 },
};

static const struct opt_usage usage = {
	"push",
	"[OPTIONS] FILE...",
	"Put messages into the topic, one file one payload, each sealed to the "
	"engine's\npublic key. Ends when the broker has acknowledged all. Only "
	"the public half of\nthe engine's key is needed. A file that is too "
	"long is refused and the others\nare sent.",
	opts,
	"  paxgate push -c /etc/paxgate.yaml X9417.edi\n"
	"  paxgate push -c /etc/paxgate.yaml inbox/*\n",
};

/* Send what can be; returns how many were refused. */
static int send_all(struct feeder *f, char **path, int nr, struct err *e)
{
	int sent = 0, refused = 0;

	for (int i = 0; i < nr; i++) {
		struct err one = { 0 };

		if (feed_file(f, path[i], &one, e))
			break;
		if (one.code)
			fprintf(stderr, "paxgate push: %s\n", one.text);
		refused += one.code != 0;
		sent += !one.code;
	}
	printf("%d sent, %d refused\n", sent, refused);
	return refused;
}

static int load_key(uint8_t key[CRYPT_KEY_LEN], const struct config *c,
		    struct err *e)
{
	return key_public_load(key, c->engine_public, e) ? config_file_error(e)
							 : 0;
}

int cmd_push(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct producer *p = NULL;
	struct feeder f = { 0 };
	uint8_t key[CRYPT_KEY_LEN];
	int refused = 0, first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first == argc)
		return opt_wrong(&usage, "needs at least one file");
	if (!config_load(&c, config_file, &a, &e) && !*c.brokers)
		err_at(&e, ERR_USAGE, 0,
		       "kafka.brokers is empty: the embedded broker lives in "
		       "'paxgate run' only; use its --feed, or name a broker");
	if (!e.code && !crypt_init(&e) && !load_key(key, &c, &e) &&
	    !producer_open(&p, &c, &e) &&
	    !feeder_init(&f, p, key, (size_t)c.message_bytes, &e)) {
		refused = send_all(&f, argv + first, argc - first, &e);
		if (!e.code && producer_flush(p, FLUSH_MS, &e))
			err_wrap(&e, "not all messages are in the topic");
	}
	feeder_release(&f);
	producer_close(p);
	arena_release(&a);
	if (e.code) {
		fprintf(stderr, "paxgate push: %s\n", e.text);
		return err_exit_code(&e);
	}
	return refused ? EXIT_INPUT : EXIT_OK;
}
