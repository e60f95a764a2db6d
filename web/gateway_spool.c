/*
 * gateway_spool.c - files in a folder, for transports that are not HTTP
 *
 *	SPOOL/X9/in/NAME	put there by rename, so it is whole
 *	SPOOL/X9/taken/NAME	the topic has it; NAME.report for tests in it
 *	SPOOL/X9/refused/NAME	and NAME.why, which says why not
 *
 * SFTP, MQ and AS4 bridges end here (doc/gateway.md). The folder's name says
 * whose it is; the system's permissions say who may write into it. Names that
 * begin with a dot are passed over: they are being written.
 */
#include "base/log.h"
#include "web/gateway_internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 500, PATH = 4096, FILE_PATH = PATH + 300 };

struct spool {
	struct gateway *g;
	const struct carrier *carrier;
	struct arena arena;
	char in[PATH], taken[PATH], refused[PATH];
};

static void move(const struct spool *s, const char *name, const char *to)
{
	char from[FILE_PATH], path[FILE_PATH];

	snprintf(from, sizeof(from), "%s/%s", s->in, name);
	snprintf(path, sizeof(path), "%s/%s", to, name);
	if (rename(from, path)) {
		struct err e = { 0 };

		err_at(&e, ERR_IO, 0, "a file stays in '%s': %s", s->in,
		       strerror(errno));
		log_err("spool-stuck", &e);
	}
}

/* The reason beside the file, for whoever put it there. */
static void write_why(const struct spool *s, const char *name,
		      const struct err *e)
{
	char path[FILE_PATH];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.why", s->refused, name);
	f = fopen(path, "w");
	if (!f)
		return;
	fprintf(f, "byte %zu: %s\n", e->pos, e->text);
	fclose(f);
}

/* Beside what was taken: a report on the tests in it, which are not kept. */
static int write_report(struct spool *s, const char *name,
			const struct receipt *list, uint32_t nr, struct err *e)
{
	char path[FILE_PATH];
	struct buf out = { 0 };
	struct json j;
	FILE *f;

	json_init(&j, &out);
	json_open(&j, NULL, '[');
	for (uint32_t i = 0; i < nr; i++)
		if (list[i].test)
			receipt_write_report(&j, &list[i], &s->arena);
	json_close(&j, ']');
	buf_byte(&out, '\n');
	snprintf(path, sizeof(path), "%s/%s.report", s->taken, name);
	f = out.len > sizeof("[]") ? fopen(path, "w") : NULL;
	if (f) {
		fwrite(out.data, 1, out.len, f);
		fclose(f);
	}
	buf_release(&out);
	return gateway_note_clean(s->g, s->carrier->code, list, nr, false, e);
}

static int check(const struct spool *s, const struct receipt *list, uint32_t nr,
		 struct err *e)
{
	if (gateway_has_real(list, nr) &&
	    (!s->carrier->live || !gateway_was_clean(s->g, s->carrier->code)))
		return err_at(e, ERR_LEGAL, 0,
			      "the carrier is not live, or has no clean test "
			      "run on record");
	for (uint32_t i = 0; i < nr; i++)
		if (!list[i].error.code &&
		    !carrier_is_sender(s->carrier, list[i].sender))
			return err_at(e, ERR_LEGAL, 0,
				      "interchange %u is not sent as one of "
				      "the carrier's senders",
				      i + 1);
	return 0;
}

/* 0; ERR_IO: the broker is away, the file stays; else it is refused. */
static int take_file(struct spool *s, const char *name, struct err *e)
{
	struct parse_limits limits = { (size_t)s->g->config->message_bytes };
	struct buf bytes = { 0 };
	struct receipt *list;
	char path[FILE_PATH];
	uint32_t nr;
	int rc;

	snprintf(path, sizeof(path), "%s/%s", s->in, name);
	arena_clear(&s->arena);
	rc = buf_read_file(&bytes, path,
			   (size_t)s->g->config->gateway_body_bytes, e);
	if (rc == 0)
		rc = receipts_make(&list, &nr, GATEWAY_INTERCHANGES,
				   buf_view(&bytes), &limits, &s->arena, e);
	if (rc == 0)
		rc = check(s, list, nr, e);
	if (rc == 0)
		rc = gateway_send(s->g, s->carrier->code, list, nr, &s->arena,
				  e);
	if (rc == 0)
		rc = write_report(s, name, list, nr, e);
	buf_release(&bytes);
	return rc;
}

static int is_whole(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

/* All files of one carrier, by name; false: the broker is away. */
static bool take_folder(struct spool *s)
{
	struct dirent **entry;
	int nr = scandir(s->in, &entry, is_whole, alphasort);
	bool there = true;

	for (int i = 0; i < nr; i++) {
		struct err e = { 0 };
		const char *name = entry[i]->d_name;

		if (there && !atomic_load(&s->g->stop)) {
			int rc = take_file(s, name, &e);

			there = rc != ERR_IO;
			if (rc == 0) {
				move(s, name, s->taken);
			} else if (there) {
				write_why(s, name, &e);
				move(s, name, s->refused);
			} else {
				log_err("spool-waits", &e);
			}
		}
		free(entry[i]);
	}
	if (nr >= 0)
		free(entry);
	return there;
}

static bool make_folders(struct spool *s, const char *spool, const char *name)
{
	snprintf(s->in, PATH, "%s/%s/in", spool, name);
	snprintf(s->taken, PATH, "%s/%s/taken", spool, name);
	snprintf(s->refused, PATH, "%s/%s/refused", spool, name);
	return access(s->in, R_OK | X_OK) == 0 &&
	       (mkdir(s->taken, 0700) == 0 || errno == EEXIST) &&
	       (mkdir(s->refused, 0700) == 0 || errno == EEXIST);
}

static void look(struct gateway *g)
{
	struct dirent **entry;
	int nr = scandir(g->config->gateway_spool, &entry, is_whole, alphasort);
	bool there = true;

	for (int i = 0; i < nr; i++) {
		struct spool s = { .g = g };
		struct arena a = { 0 };

		s.carrier = gateway_carrier(g, str_of(entry[i]->d_name), &a);
		if (there && s.carrier &&
		    make_folders(&s, g->config->gateway_spool,
				 entry[i]->d_name))
			there = take_folder(&s);
		arena_release(&s.arena);
		arena_release(&a);
		free(entry[i]);
	}
	if (nr >= 0)
		free(entry);
}

void *gateway_read_spool(void *arg)
{
	struct gateway *g = arg;

	while (!atomic_load(&g->stop)) {
		look(g);
		nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000L }, NULL);
	}
	return NULL;
}
