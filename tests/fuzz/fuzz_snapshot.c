/*
 * fuzz_snapshot.c - a snapshot with any bytes changed: refused, or all of it
 * can be read and searched
 *
 * Input: triples of a place (two bytes) and a byte to put there. The checksum
 * is made to fit, or nothing would ever come past it.
 */
#include "watchlist/build.h"
#include "watchlist/match.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct watch_name names[] = {
	{ .surname = STR_INIT("M\xc3\x9cLLER"),
	  .given = STR_INIT("HANS PETER") },
	{ .surname = STR_INIT("AL MASRI"), .given = STR_INIT("ABD EL KADER") },
	{ .surname = STR_INIT("\xe6\xac\xa7\xe9\x98\xb3"),
	  .given = STR_INIT("V") },
};

static void make(struct buf *out)
{
	static struct birth_range births[] = { { 44, 44 }, { 365, 729 } };
	static struct str nation = STR_INIT("AUT");
	static struct watch_document document = { .issuer = STR_INIT("AUT") };
	static struct watch_entry entries[3];
	struct watch_list l = { .sheet = { .id = STR("l"), .threshold = 800 },
				.entries = entries,
				.nr_entries = 3 };
	struct err e = { 0 };

	document.number = document_canonical(STR("P1234567"));
	for (uint32_t i = 0; i < 3; i++)
		entries[i] = (struct watch_entry){
			.id = STR("1"),
			.names = names,
			.nr_names = i + 1,
			.births = births,
			.nr_births = i,
			.nationalities = &nation,
			.nr_nationalities = 1,
			.documents = &document,
			.nr_documents = 1,
			.valid_until = { 2030, 1, 1 },
			.threshold = 800,
		};
	if (watchlist_build(out, &l, 1, &e))
		abort();
}

static void search(const struct watchlist *wl)
{
	struct watch_query q = { .birth = { 1970, 2, 14 } };
	struct watchlist_scratch *tmp;
	struct watch_match m[4];
	struct err e = { 0 };

	if (watchlist_scratch_new(&tmp, wl, &e))
		abort();
	watch_query_add_name(&q, STR("MULLER"), STR("HANSPETER"));
	watch_query_add_name(&q, STR("MASRY"), STR("A"));
	watch_query_add_name(&q, names[2].surname, STR_NONE);
	watch_query_add_document(&q, STR("P1234567"), STR("AUT"));
	watchlist_match(wl, tmp, &q, m, 4);
	q.birth = (struct date){ 0, 0, 0 };
	watchlist_match(wl, tmp, &q, m, 4);
	watchlist_scratch_free(tmp);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buf base;
	static struct name_form form;
	struct arena a = { 0 };
	struct watchlist *wl = NULL;
	struct watch_entry n;
	struct err e = { 0 };
	struct snap_header *h;
	char *copy;

	if (!base.len)
		make(&base);
	copy = malloc(base.len);
	if (!copy)
		abort();
	memcpy(copy, base.data, base.len);
	for (; size >= 3; data += 3, size -= 3)
		copy[(data[0] << 8 | data[1]) % base.len] = (char)data[2];
	h = (struct snap_header *)(void *)copy;
	if (size == 0)
		h->checksum = snapshot_checksum((struct str){ copy, base.len });
	if (watchlist_of_bytes(&wl, (struct str){ copy, base.len }, &e) == 0) {
		for (uint32_t i = 0; i < wl->nr_entry; i++)
			watchlist_entry(wl, i, &a, &n);
		for (uint32_t i = 0; i < wl->nr_name; i++)
			watchlist_name(wl, i, &form);
		search(wl);
		watchlist_free(wl);
	} else if (e.code != ERR_INTEGRITY && e.code != ERR_NOMEM) {
		abort();
	}
	arena_release(&a);
	free(copy);
	return 0;
}
