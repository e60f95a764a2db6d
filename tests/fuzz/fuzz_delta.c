/*
 * fuzz_delta.c - a delta with any bytes changed: refused, or all of it can be
 * read, hides entries and can be edited
 *
 * Input: triples of a place (two bytes) and a byte to put there. The checksums
 * of file and snapshot are made to fit, or nothing would ever come past them.
 */
#include "watchlist/build.h"
#include "watchlist/delta_edit.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct watch_name names[] = {
	{ .surname = STR_INIT("PROBERIN"), .given = STR_INIT("ANA") },
	{ .surname = STR_INIT("TESTMANN"), .given = STR_INIT("IVO") },
};
static struct watch_entry entries[] = {
	{ .id = STR_INIT("1"),
	  .names = names,
	  .nr_names = 1,
	  .valid_until = { 2030, 1, 1 } },
	{ .id = STR_INIT("2"),
	  .names = names + 1,
	  .nr_names = 1,
	  .valid_until = { 2030, 1, 1 } },
};

static struct watch_list list_of(uint32_t first)
{
	return (struct watch_list){ .sheet = { .id = STR("l"),
					       .title = STR("t"),
					       .until = { 2030, 1, 1 },
					       .threshold = 800 },
				    .entries = entries + first,
				    .nr_entries = 2 - first };
}

/* The snapshot that the delta stands beside, of both entries. */
static struct watchlist *make_base(void)
{
	static struct buf bytes;
	struct watch_list l = list_of(0);
	struct watchlist *wl;
	struct err e = { 0 };

	if (watchlist_build(&bytes, &l, 1, &e) ||
	    watchlist_of_bytes(&wl, buf_view(&bytes), &e))
		abort();
	return wl;
}

/* A delta of sequence 8: the second entry added, the first withdrawn. */
static void make(struct buf *out)
{
	struct watch_delta none = { .sequence = 7 };
	struct watch_list l = list_of(1);
	struct delta_edit ed;
	struct err e = { 0 };

	delta_edit_init(&ed, &none);
	delta_edit_add(&ed, &l);
	delta_edit_withdraw(&ed, &(struct watch_id){ STR("l"), STR("1") });
	if (delta_edit_finish(out, &ed, &e))
		abort();
	delta_edit_release(&ed);
}

/* The snapshot inside, then the file: both begin alike. */
static void seal(char *at, size_t len, const struct watchlist *added,
		 const char *original)
{
	size_t pos = (size_t)(added->bytes.ptr - original);
	struct snap_header *h = (struct snap_header *)(void *)(at + pos);

	h->checksum =
		snapshot_checksum((struct str){ at + pos, added->bytes.len });
	h = (struct snap_header *)(void *)at;
	h->checksum = snapshot_checksum((struct str){ at, len });
}

static void use(const struct watch_delta *d, const struct watchlist *base)
{
	struct buf out = { 0 };
	struct delta_edit ed;
	struct err e = { 0 };
	uint8_t *hidden;

	if (d->sequence < 1 || watch_delta_hide(&hidden, d, base, &e))
		abort();
	free(hidden);
	delta_edit_init(&ed, d);
	delta_edit_settle(&ed, base);
	if (!delta_edit_finish(&out, &ed, &e)) {
		struct watch_delta *next;

		if (watch_delta_of_bytes(&next, buf_view(&out), &e) ||
		    next->sequence != d->sequence + 1)
			abort();
		watch_delta_free(next);
	}
	delta_edit_release(&ed);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct watchlist *base;
	static struct watch_delta *whole;
	struct watch_delta *d;
	struct err e = { 0 };
	struct str file;
	char *copy;

	if (!base) {
		struct buf made = { 0 };

		base = make_base();
		make(&made);
		if (watch_delta_of_bytes(&whole, buf_view(&made), &e))
			abort();
		buf_release(&made);
	}
	file = buf_view(&whole->bytes);
	copy = malloc(file.len);
	if (!copy)
		abort();
	memcpy(copy, file.ptr, file.len);
	for (; size >= 3; data += 3, size -= 3)
		copy[(data[0] << 8 | data[1]) % file.len] = (char)data[2];
	if (size == 0)
		seal(copy, file.len, whole->added, file.ptr);
	if (!watch_delta_of_bytes(&d, (struct str){ copy, file.len }, &e)) {
		use(d, base);
		watch_delta_free(d);
	} else if (e.code != ERR_INTEGRITY && e.code != ERR_NOMEM) {
		abort();
	}
	free(copy);
	return 0;
}
