#include "engine/false_match.h"

#include "base/docnumber.h"
#include "base/json_write.h"
#include "engine/sighting.h"
#include "watchlist/evidence.h"

#include <stdlib.h>

static void put(struct buf *b, struct arena *a, struct str text)
{
	buf_str(b, docnumber_fold(a, text));
	buf_byte(b, '\n');
}

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* "NUMBER:ISSUER" of each, sorted and once: both sides may state one. */
static uint32_t put_documents(struct buf *b, const struct traveller *t,
			      struct arena *a)
{
	struct str *all = arena_alloc(a, (t->nr_documents + 1) * sizeof(*all));
	uint32_t nr = 0;

	for (uint32_t i = 0; i < t->nr_documents; i++) {
		struct str number = docnumber_fold(a, t->documents[i].number);

		if (!str_empty(number))
			all[nr++] = arena_fmt(a, STR_FMT ":" STR_FMT,
					      STR_ARG(number),
					      STR_ARG(t->documents[i].issuer));
	}
	qsort(all, nr, sizeof(*all), by_text);
	for (uint32_t i = 0; i < nr; i++) {
		if (i && str_eq(all[i], all[i - 1]))
			continue;
		buf_str(b, all[i]);
		buf_byte(b, '\n');
	}
	return nr;
}

struct row_number false_match_traveller(const uint8_t *secret,
					const struct subject *s,
					struct arena *a)
{
	const struct traveller *t = s->traveller;
	struct str locator = s->booking ? s->booking->locator : t->locator;
	struct row_number key = { 0, false };
	struct buf b = { .data = NULL };

	if (!secret)
		return key;
	date_write(&b, t->birth_date);
	buf_byte(&b, '\n');
	put(&b, a, t->surname);
	if (!put_documents(&b, t, a)) {
		put(&b, a, t->given);
		put(&b, a, s->flight->carrier);
		put(&b, a, locator);
		key.set = !str_empty(locator);
	} else {
		key.set = true;
	}
	if (key.set && !b.failed)
		key.v = crypt_token(secret, "false match", buf_view(&b));
	crypt_wipe(b.data, b.len);
	buf_release(&b);
	return key;
}

void false_match_entry(uint8_t out[CRYPT_HASH_LEN], const struct watch_entry *n)
{
	struct buf b = { .data = NULL };
	struct json j;
	struct str content;

	json_init(&j, &b);
	watch_entry_write_content(&j, n);
	content = buf_view(&b);
	crypt_hash(out, "watch entry", &content, 1);
	buf_release(&b);
}
