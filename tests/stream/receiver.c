/*
 * receiver.c - a carrier's server for pushes: receiver FILE CERTIFICATE KEY
 *
 * Listens on 127.0.0.1 with TLS, prints its port, and appends each body that is
 * posted to FILE. While FILE.away is there it answers 503 and keeps nothing.
 */
#include "web/http.h"

#include <stdio.h>
#include <unistd.h>

struct receiver {
	const char *file;
	char away[4096];
};

static void take(struct http_reply *reply, const struct http_request *r,
		 void *arg)
{
	struct receiver *x = arg;
	FILE *f;

	if (access(x->away, F_OK) == 0) {
		reply->status = 503;
		return;
	}
	f = fopen(x->file, "a");
	if (!f || fwrite(r->body.ptr, 1, r->body.len, f) != r->body.len)
		reply->status = 500;
	if (f)
		fclose(f);
}

int main(int argc, char **argv)
{
	struct receiver x = { .file = argc == 4 ? argv[1] : "" };
	struct http_settings s = { .address = "127.0.0.1",
				   .certificate = argc == 4 ? argv[2] : NULL,
				   .key = argc == 4 ? argv[3] : NULL,
				   .body_bytes = 1 << 20,
				   .connections = 8,
				   .per_address = 8,
				   .idle_seconds = 30,
				   .handle = take,
				   .arg = &x };
	struct http_server *server;
	struct err e = { 0 };

	if (argc != 4) {
		fprintf(stderr, "usage: receiver FILE CERTIFICATE KEY\n");
		return 2;
	}
	snprintf(x.away, sizeof(x.away), "%s.away", x.file);
	if (http_open(&server, &s, &e)) {
		fprintf(stderr, "receiver: %s\n", e.text);
		return 1;
	}
	printf("%d\n", http_port(server));
	fflush(stdout);
	for (;;)
		pause();
}
