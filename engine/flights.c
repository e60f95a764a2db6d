#include "engine/flights.h"

#include "db/load.h"

#include <stdlib.h>
#include <string.h>

struct row_ref flights_slice_ref(int64_t flight_id, int32_t clock_day,
				 struct str slice_hash)
{
	struct str part[] = { { (char *)&flight_id, sizeof(flight_id) },
			      slice_hash };

	return (struct row_ref){ STR("slice"), date_from_days(clock_day),
				 crypt_id64("slice", part, 2) };
}

/* What one flight needs while it is read back. */
struct restore {
	struct flight_state *state;
	const struct flight_rows *rows;
	int64_t flight_id;
	int32_t clock_day;
	const uint8_t *day_key;
	struct arena *arena;
	struct archived *opened; /* as rows->slice; ptr NULL: not yet */
};

/* A stored slice by its hash, opened and checked against it. */
static int open_slice(struct restore *r, struct str hash, struct archived *out,
		      struct err *e)
{
	struct row_ref ref =
		flights_slice_ref(r->flight_id, r->clock_day, hash);
	struct buf plain = { 0 };
	uint32_t i = 0;
	int rc;

	while (i < r->rows->nr_slice &&
	       !str_eq(r->rows->slice[i].slice_hash, hash))
		i++;
	if (i == r->rows->nr_slice || hash.len != CRYPT_HASH_LEN)
		return err_at(e, ERR_INTEGRITY, 0,
			      "a traveller's slice is not stored");
	if (r->opened[i].bytes.ptr) {
		*out = r->opened[i];
		return 0;
	}
	rc = crypt_open_row(&plain, r->day_key, &ref, r->rows->slice[i].sealed,
			    e);
	if (!rc) {
		out->bytes = arena_str(r->arena, buf_view(&plain));
		crypt_hash(out->hash, "slice", &out->bytes, 1);
		if (memcmp(out->hash, hash.ptr, CRYPT_HASH_LEN))
			rc = err_at(e, ERR_INTEGRITY, 0,
				    "a stored slice does not have its hash");
		r->opened[i] = *out;
	}
	buf_release(&plain);
	return rc;
}

static int restore_side(struct restore *r, struct str header, struct str slice,
			int64_t index, struct str message, struct err *e)
{
	struct archived_message am = { .nr_slice = 1 };
	struct archived one;
	struct parsed p;

	if (!header.ptr)
		return 0; /* this side is not known */
	if (message.len != CRYPT_HASH_LEN)
		return err_at(e, ERR_INTEGRITY, 0,
			      "a traveller's message hash is damaged");
	if (open_slice(r, header, &am.header, e) ||
	    open_slice(r, slice, &one, e) ||
	    archive_parse(&p, am.header.bytes, one.bytes, r->arena, e))
		return e->code;
	am.slice = &one;
	link_restore(r->state, &p, &am, (uint32_t)index,
		     (const uint8_t *)message.ptr);
	return 0;
}

static int restore_all(struct restore *r, struct err *e)
{
	for (uint32_t i = 0; i < r->rows->nr_traveller; i++) {
		const struct traveller_row *t = &r->rows->traveller[i];

		if (restore_side(r, t->pnr_header, t->pnr_slice, t->pnr_index.v,
				 t->pnr_message, e) ||
		    restore_side(r, t->api_header, t->api_slice, t->api_index.v,
				 t->api_message, e))
			return e->code;
	}
	link_settle(r->state);
	return 0;
}

static int read_back(struct flight_entry *n, struct flights *f, int32_t today,
		     struct arena *a, struct err *e)
{
	struct flight_rows rows;
	struct restore r = { .state = &n->committed,
			     .rows = &rows,
			     .flight_id = n->committed.flight_id,
			     .arena = a };

	if (load_clock_day(&n->clock_day, f->pg, r.flight_id, today, e) ||
	    load_flight(&rows, f->pg, r.flight_id, n->clock_day, a, e))
		return e->code;
	n->version = rows.flight.version;
	if (!n->version)
		return 0;
	r.clock_day = n->clock_day;
	r.opened = arena_alloc(a, rows.nr_slice * sizeof(*r.opened) + 1);
	if (key_folder_day(f->keys, date_from_days(n->clock_day), DAY_KEY_OPEN,
			   &r.day_key, e) ||
	    link_notes_read(&n->committed, rows.flight.link, e))
		return e->code;
	return restore_all(&r, e);
}

static void entry_free(struct flight_entry *n)
{
	flight_state_release(&n->committed);
	flight_state_release(&n->pending);
	free(n);
}

static void forget(struct flights *f, uint32_t i)
{
	entry_free(f->entry[i]);
	f->entry[i] = f->entry[--f->nr];
}

/* The one used longest ago goes, if there is one that may. */
static bool forget_oldest(struct flights *f)
{
	uint32_t oldest = f->nr;

	for (uint32_t i = 0; i < f->nr; i++)
		if (!f->entry[i]->has_pending &&
		    (oldest == f->nr ||
		     f->entry[i]->used < f->entry[oldest]->used))
			oldest = i;
	if (oldest == f->nr)
		return false;
	forget(f, oldest);
	return true;
}

static size_t bytes_of(const struct flights *f)
{
	size_t sum = 0;

	for (uint32_t i = 0; i < f->nr; i++)
		sum += arena_used(&f->entry[i]->committed.arena);
	return sum;
}

static int add_entry(struct flights *f, struct flight_entry *n, struct err *e)
{
	if (f->nr == f->cap) {
		uint32_t cap = f->cap ? f->cap * 2 : FLIGHTS_KEPT;
		struct flight_entry **more =
			realloc(f->entry, cap * sizeof(*more));

		if (!more)
			return err_at(e, ERR_NOMEM, 0, "out of memory");
		f->entry = more;
		f->cap = cap;
	}
	f->entry[f->nr++] = n;
	return 0;
}

int flights_get(struct flight_entry **out, struct flights *f,
		const struct flight_key *key, int32_t today, struct err *e)
{
	struct flight_entry *n;
	struct arena a = { 0 };
	int rc;

	for (uint32_t i = 0; i < f->nr; i++) {
		n = f->entry[i];
		if (!strcmp(n->committed.key.text, key->text)) {
			n->used = ++f->clock;
			*out = n;
			return 0;
		}
	}
	if (f->nr >= FLIGHTS_KEPT)
		(void)forget_oldest(f);
	n = calloc(1, sizeof(*n));
	if (!n)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	flight_state_init(&n->committed, key);
	n->used = ++f->clock;
	rc = read_back(n, f, today, &a, e);
	if (!rc)
		rc = add_entry(f, n, e);
	arena_release(&a);
	if (rc) {
		entry_free(n);
		return rc;
	}
	*out = n;
	return 0;
}

void flights_commit(struct flights *f)
{
	for (uint32_t i = 0; i < f->nr; i++) {
		struct flight_entry *n = f->entry[i];

		if (!n->has_pending)
			continue;
		flight_state_release(&n->committed);
		n->committed = n->pending;
		n->committed.nr_applied = 0;
		n->committed.rescreen = false;
		memset(&n->pending, 0, sizeof(n->pending));
		n->has_pending = false;
		n->version++;
	}
	while (bytes_of(f) > FLIGHTS_BYTES && forget_oldest(f))
		;
}

void flights_forget_pending(struct flights *f)
{
	for (uint32_t i = f->nr; i-- > 0;)
		if (f->entry[i]->has_pending)
			forget(f, i);
}

void flights_release(struct flights *f)
{
	while (f->nr)
		forget(f, f->nr - 1);
	free(f->entry);
	f->entry = NULL;
	f->cap = 0;
}
