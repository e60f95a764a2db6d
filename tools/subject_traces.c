#include "tools/subject_traces.h"

#include "base/docnumber.h"
#include "engine/archive.h"
#include "engine/flights.h"
#include "engine/history_value.h"

/* Him, as his record says; and what is opened to look for him. */
struct look {
	struct subject_cli *c;
	const struct subject_view *v;
	struct json_node *record;
	const uint8_t *key;
	struct slice_row *slice;
	struct str *plain; /* of slice[i]; absent: it does not open */
	uint32_t nr;
	struct str *found; /* hashes, hexadecimal */
	uint32_t nr_found;
};

static bool same_text(const struct json_node *n, const char *key,
		      struct str other)
{
	struct str mine = json_node_text(json_node_get(n, key));

	return (str_empty(mine) && str_empty(other)) ||
	       docnumber_same(mine, other);
}

static bool same_name(const struct look *l, struct str surname,
		      struct str given)
{
	const struct json_node *more = json_node_get(l->record, "names");

	if (!docnumber_is_set(surname))
		return false;
	if (same_text(l->record, "surname", surname) &&
	    same_text(l->record, "given", given))
		return true;
	for (size_t i = 0; i < json_node_nr(more); i++)
		if (same_text(json_node_at(more, i), "surname", surname) &&
		    same_text(json_node_at(more, i), "given", given))
			return true;
	return false;
}

static bool same_document(const struct look *l, const struct traveller *t)
{
	const struct json_node *mine = json_node_get(l->record, "documents");

	for (size_t i = 0; i < json_node_nr(mine); i++)
		for (uint32_t k = 0; k < t->nr_documents; k++)
			if (docnumber_same(
				    json_node_text(json_node_get(
					    json_node_at(mine, i), "number")),
				    t->documents[k].number))
				return true;
	return false;
}

static bool is_him(const struct look *l, const struct traveller *t)
{
	return same_name(l, t->surname, t->given) || same_document(l, t);
}

static bool names_him(const struct look *l, const struct parsed *p)
{
	const struct message *m = &p->message;

	for (uint32_t i = 0; i < m->nr_travellers; i++)
		if (is_him(l, &m->travellers[i]))
			return true;
	for (uint32_t b = 0; b < m->nr_bookings; b++)
		for (uint32_t i = 0; i < m->bookings[b].nr_travellers; i++)
			if (is_him(l, &m->bookings[b].travellers[i]))
				return true;
	return false;
}

static bool is_hash_of(const struct look *l, uint32_t i)
{
	const struct traveller_row *t = &l->v->traveller;

	return str_eq(l->slice[i].slice_hash, t->pnr_slice) ||
	       str_eq(l->slice[i].slice_hash, t->api_slice);
}

/* A slice parses behind a header of its own kind of message. */
static bool stands_in(const struct look *l, uint32_t i)
{
	struct parsed p;
	struct err none;

	if (is_hash_of(l, i))
		return true;
	for (uint32_t h = 0; h < l->nr && l->plain[i].ptr; h++) {
		none = (struct err){ 0 };
		if (l->slice[h].kind == SLICE_HEADER && l->plain[h].ptr &&
		    !archive_parse(&p, l->plain[h], l->plain[i], &l->c->arena,
				   &none) &&
		    names_him(l, &p))
			return true;
	}
	return false;
}

static void open_slices(struct look *l)
{
	struct buf plain = { 0 };

	l->plain = arena_alloc(&l->c->arena, (l->nr + 1) * sizeof(*l->plain));
	for (uint32_t i = 0; i < l->nr; i++) {
		struct row_ref ref = flights_slice_ref(l->slice[i].flight_id,
						       l->slice[i].clock_day,
						       l->slice[i].slice_hash);
		struct err none = { 0 };

		buf_clear(&plain);
		l->plain[i] =
			crypt_open_row(&plain, l->key, &ref, l->slice[i].sealed,
				       &none)
				? STR_NONE
				: arena_str(&l->c->arena, buf_view(&plain));
	}
	buf_release(&plain);
}

static void note(struct look *l, struct str hash)
{
	char hex[2 * CRYPT_HASH_LEN + 1];

	if (hash.len != CRYPT_HASH_LEN)
		return;
	crypt_to_hex(hex, (const uint8_t *)hash.ptr, CRYPT_HASH_LEN);
	*(struct str *)arena_push(&l->c->arena, &l->found, &l->nr_found,
				  sizeof(*l->found)) =
		arena_str(&l->c->arena, str_of(hex));
}

/* As history_trip() of engine/history_value.h, from what is stored. */
static int64_t trip_of(const struct look *l)
{
	struct flight f = { .carrier = l->v->flight.carrier };
	struct traveller t = {
		.locator = json_node_text(json_node_get(l->record, "locator")),
	};
	struct subject s = { .flight = &f, .traveller = &t };

	return history_trip(&s, l->v->traveller.flight_id,
			    l->v->traveller.traveller_id, &l->c->arena);
}

static int trip_of_booking(int64_t *out, struct look *l, struct err *e)
{
	const struct booking_row *b = &l->v->booking;
	struct json_node *doc;
	struct booking of = { .nr_legs = 0 };
	struct flight f = { .carrier = l->v->flight.carrier };
	struct subject s = { .flight = &f, .booking = &of };

	*out = trip_of(l);
	if (subject_unseal(&doc, l->c, "booking", b->clock_day, b->booking_id,
			   b->sealed, e))
		return e->code;
	if (doc) {
		of.locator = json_node_text(json_node_get(doc, "locator"));
		*out = history_trip(&s, l->v->traveller.flight_id,
				    l->v->traveller.traveller_id, &l->c->arena);
	}
	json_node_free(doc);
	return 0;
}

int subject_traces_of(struct subject_traces *out, struct subject_cli *c,
		      const struct subject_view *v, struct err *e)
{
	const struct traveller_row *t = &v->traveller;
	struct look l = { .c = c, .v = v };

	*out = (struct subject_traces){ .trip = 0 };
	if (subject_unseal(&l.record, c, "traveller", t->clock_day,
			   t->traveller_id, t->sealed, e) ||
	    key_folder_day(c->keys, date_from_days(t->clock_day), DAY_KEY_OPEN,
			   &l.key, e) ||
	    subject_slices(&l.slice, &l.nr, c->pg, t, &c->arena, e))
		goto out;
	open_slices(&l);
	for (uint32_t i = 0; i < l.nr; i++)
		if (l.slice[i].kind != SLICE_HEADER && stands_in(&l, i))
			note(&l, l.slice[i].slice_hash);
	out->slice =
		(struct row_texts){ l.found ? l.found : &STR(""), l.nr_found };
	if (!trip_of_booking(&out->trip, &l, e))
		(void)!subject_seal(&out->emptied, c, "booking", t->clock_day,
				    v->booking.booking_id, STR("{}"), e);
out:
	json_node_free(l.record);
	return e->code;
}
