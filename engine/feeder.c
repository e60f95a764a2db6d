#include "engine/feeder.h"

#include "base/buf.h"
#include "base/log.h"
#include "parsers/flight_key.h"
#include "parsers/message.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	WINDOW_BYTES = 2 << 20,
	FLUSH_MS = 60000,
	WAIT_NS = 2000000,
};

/* What was sent to one partition: sent[i] bytes in messages 0 to i-1. */
struct feed_window {
	int64_t *sum;
	int64_t nr, cap;
};

int feeder_init(struct feeder *f, struct producer *p,
		const uint8_t key[CRYPT_KEY_LEN], size_t message_bytes,
		struct err *e)
{
	*f = (struct feeder){ .producer = p,
			      .key = key,
			      .message_bytes = message_bytes };
	f->partitions = producer_partitions(p, e);
	if (f->partitions < 0)
		return e->code;
	f->window = calloc((size_t)f->partitions, sizeof(*f->window));
	return f->window ? 0 : err_at(e, ERR_NOMEM, 0, "out of memory");
}

void feeder_release(struct feeder *f)
{
	for (int i = 0; f->window && i < f->partitions; i++)
		free(f->window[i].sum);
	free(f->window);
	for (size_t i = 0; i < f->nr_fed; i++)
		free(f->fed[i]);
	free(f->fed);
	*f = (struct feeder){ 0 };
}

/* FNV-1a: spreads flight keys over partitions; no secret, no adversary. */
static uint64_t spread(struct str s)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
	return h ^ h >> 32;
}

/* The key of the first flight the payload speaks of; else absent. */
static struct str payload_key(struct str payload, struct flight_key *key,
			      struct arena *a)
{
	struct parse_limits limits = { SIZE_MAX };
	struct payload p;
	struct err e = { 0 };

	if (!payload_parse(&p, payload, &limits, a, &e))
		for (uint32_t i = 0; i < p.nr_parsed; i++)
			if (!p.parsed[i].error.code &&
			    !flight_key_make(key, &p.parsed[i].message.flight,
					     &e))
				return str_of(key->text);
	return STR_NONE;
}

static int64_t uncommitted(struct feeder *f, int partition)
{
	struct feed_window *w = &f->window[partition];
	int64_t next = atomic_load(&f->progress->next[partition]) - 1;

	if (next < 0)
		next = 0;
	if (next > w->nr)
		next = w->nr;
	return w->nr ? w->sum[w->nr] - w->sum[next] : 0;
}

static void wait_for_room(struct feeder *f, int partition, size_t len)
{
	struct timespec nap = { 0, WAIT_NS };

	while (!f->stop || !atomic_load(f->stop)) {
		int64_t ahead = uncommitted(f, partition);

		if (!ahead || ahead + (int64_t)len <= WINDOW_BYTES)
			return;
		nanosleep(&nap, NULL);
	}
}

static int note_sent(struct feeder *f, int partition, size_t len, struct err *e)
{
	struct feed_window *w = &f->window[partition];

	if (w->nr + 2 > w->cap) {
		int64_t cap = w->cap ? w->cap * 2 : 64;
		int64_t *sum = realloc(w->sum, (size_t)cap * sizeof(*sum));

		if (!sum)
			return err_at(e, ERR_NOMEM, 0, "out of memory");
		if (!w->cap)
			sum[0] = 0;
		w->sum = sum;
		w->cap = cap;
	}
	w->sum[w->nr + 1] = w->sum[w->nr] + (int64_t)len;
	w->nr++;
	return 0;
}

int feed_payload(struct feeder *f, struct str payload, int32_t *to,
		 struct err *e)
{
	struct arena a = { 0 };
	struct buf sealed = { 0 };
	struct flight_key key;
	struct str k = payload_key(payload, &key, &a);
	/* keys lie on the broker in clear: nothing of the payload is one */
	uint64_t h = spread(k.ptr ? k : str_slice(payload, 0, 64));
	int partition;
	int rc = 0;

	if (f->random_keys)
		crypt_random(&h, sizeof(h));
	partition = (int)(h % (uint64_t)f->partitions);
	if (to)
		*to = partition;
	crypt_seal_payload(&sealed, f->key, payload);
	if (sealed.failed)
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
	if (!rc && f->progress) {
		wait_for_room(f, partition, sealed.len);
		rc = note_sent(f, partition, sealed.len, e);
	}
	if (!rc)
		rc = producer_send(f->producer, partition, k, buf_view(&sealed),
				   e);
	buf_release(&sealed);
	arena_release(&a);
	return rc;
}

int feed_file(struct feeder *f, const char *path, struct err *refused,
	      struct err *e)
{
	struct buf bytes = { 0 };
	int rc = 0;

	if (!buf_read_file(&bytes, path, f->message_bytes, refused)) {
		rc = feed_payload(f, buf_view(&bytes), NULL, e);
		if (rc)
			err_wrap(e, "%s", path);
	}
	buf_release(&bytes);
	return rc;
}

static int is_message_file(const struct dirent *d)
{
	struct str name = str_of(d->d_name);

	return str_ends(name, STR(".edi")) || str_ends(name, STR(".txt"));
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static bool was_fed(const struct feeder *f, const char *name)
{
	return f->nr_fed &&
	       bsearch(&name, f->fed, f->nr_fed, sizeof(*f->fed), by_name);
}

/* Remember the names of a whole folder at once. */
static int remember(struct feeder *f, struct dirent **entry, int nr,
		    struct err *e)
{
	char **more =
		realloc(f->fed, (f->nr_fed + (size_t)nr + 1) * sizeof(*more));

	if (!more)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	f->fed = more;
	for (int i = 0; i < nr; i++)
		if (entry[i]->d_name[0])
			f->fed[f->nr_fed++] = strdup(entry[i]->d_name);
	qsort(f->fed, f->nr_fed, sizeof(*f->fed), by_name);
	return 0;
}

/* Send what is new in a sorted list of names; blanks the others out. */
static int feed_new(struct feeder *f, const char *dir, struct dirent **entry,
		    int nr, struct err *e)
{
	int sent = 0;

	for (int i = 0; i < nr; i++) {
		struct err one = { 0 };
		char path[4096];

		if (was_fed(f, entry[i]->d_name) ||
		    (f->stop && atomic_load(f->stop))) {
			entry[i]->d_name[0] = 0;
			continue;
		}
		snprintf(path, sizeof(path), "%s/%s", dir, entry[i]->d_name);
		if (feed_file(f, path, &one, e))
			return e->code;
		if (one.code)
			log_err("file-refused", &one);
		else
			sent++;
	}
	if (remember(f, entry, nr, e) ||
	    (sent && producer_flush(f->producer, FLUSH_MS, e)))
		return e->code;
	return sent;
}

int feed_folder(struct feeder *f, const char *dir, struct err *e)
{
	struct dirent **entry;
	int nr = scandir(dir, &entry, is_message_file, alphasort);
	int rc;

	if (nr < 0)
		return err_at(e, ERR_IO, 0, "cannot read folder '%s': %s", dir,
			      strerror(errno));
	rc = feed_new(f, dir, entry, nr, e);
	for (int i = 0; i < nr; i++)
		free(entry[i]);
	free(entry);
	return rc;
}
