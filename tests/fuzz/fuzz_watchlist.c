/*
 * fuzz_watchlist.c - any bytes as a watchlist in any format: refused with a
 * sentence, or read, and what was read makes a snapshot that can be opened
 *
 * The first byte chooses the format.
 */
#include "watchlist/build.h"
#include "watchlist/entry_add.h"
#include "watchlist/ftm.h"
#include "watchlist/list_json.h"
#include "watchlist/list_merge.h"
#include "watchlist/ofac.h"
#include "watchlist/snapshot.h"
#include "watchlist/un.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str offence = STR_INIT("04");
static const struct watch_registers law = { .offence = &offence,
					    .nr_offences = 1,
					    .today = { 2026, 11, 22 } };
static const struct watch_sheet sheet = {
	.id = STR_INIT("l"),
	.offence = { STR_INIT("04") },
	.nr_offences = 1,
	.program = { { STR_INIT("wanted"), STR_INIT("04") },
		     { STR_INIT("Taliban"), STR_INIT("04") },
		     { STR_INIT("SDGT"), STR_INIT("04") } },
	.nr_programs = 3,
	.from = { 2026, 1, 1 },
	.until = { 2026, 12, 31 },
	.threshold = 800,
};

static int read_list(struct watch_list *l, struct arena *a, unsigned int format,
		     struct str text, struct err *e)
{
	struct list_warnings w = { .file = "f" };
	struct ofac_file sdn = { "f", text },
			 alt = { "a", STR("1,1,a,DOE,\n") };

	switch (format) {
	case 0:
		return watch_list_read_on(l, a, &sheet, text, &law, &w, e);
	case 1:
		return list_json_read(l, a, &sheet, text, &law, &w, e);
	case 2:
		return un_list_read(l, a, &sheet, text, &w, e);
	case 3:
		return ftm_list_read(l, a, &sheet, text, &w, e);
	default:
		return ofac_list_read(l, a, &sheet, &sdn, &alt, &w, e);
	}
}

static void check_entries(const struct watch_list *l)
{
	for (uint32_t i = 0; i < l->nr_entries; i++) {
		const struct watch_entry *n = &l->entries[i];

		if (str_empty(n->id) || !str_eq(n->offence, offence) ||
		    !n->nr_names || n->nr_names > LIST_NAMES ||
		    n->nr_births > LIST_VALUES || n->nr_documents > LIST_VALUES)
			abort();
		if (i && str_cmp(l->entries[i - 1].id, n->id) >= 0)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct watch_list l;
	struct watchlist *wl;
	struct err e = { 0 };
	struct str text;

	if (!size)
		return 0;
	text = (struct str){ (const char *)data + 1, size - 1 };
	if (read_list(&l, &a, data[0] % 5, text, &e)) {
		if (!e.code || !e.text[0])
			abort();
	} else {
		check_entries(&l);
		if (watch_lists_merge(&l, 1, &e) < 0 ||
		    watchlist_build(&out, &l, 1, &e) ||
		    watchlist_of_bytes(&wl, buf_view(&out), &e))
			abort();
		watchlist_free(wl);
	}
	buf_release(&out);
	arena_release(&a);
	return 0;
}
