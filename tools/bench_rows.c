#include "tools/bench_rows.h"

#include "engine/rows.h"

enum { FLIGHTS_PER_BATCH = 8, MASK_AFTER = 183, DELETE_AFTER = 1826 };

#define PUSH(a, b, name)                    \
	((__typeof__((b)->name))arena_push( \
		(a), &(b)->name, &(b)->rows.nr_##name, sizeof(*(b)->name)))

static bool has_slice(const struct bench_batch *b, const struct archived *s)
{
	struct str hash = { (const char *)s->hash, CRYPT_HASH_LEN };

	for (uint32_t i = b->rows.nr_slice; i-- > 0;)
		if (str_eq(b->slice[i].slice_hash, hash))
			return true;
	return false;
}

static void add_side(struct bench_batch *b, const struct row_maker *m,
		     const struct sighting *x, enum slice_kind kind)
{
	if (x && !has_slice(b, x->header))
		*PUSH(m->arena, b, slice) =
			rows_slice(m, x->header, SLICE_HEADER);
	if (x && !has_slice(b, x->slice))
		*PUSH(m->arena, b, slice) = rows_slice(m, x->slice, kind);
}

static bool has_booking(const struct bench_batch *b, int64_t id)
{
	for (uint32_t i = b->rows.nr_booking; i-- > 0;)
		if (b->booking[i].booking_id == id)
			return true;
	return false;
}

static void add_person(struct bench_batch *b, const struct row_maker *m,
		       const struct bench_person *p)
{
	const struct linked *l = p->linked;
	int64_t booking;

	add_side(b, m, l->pnr, SLICE_BOOKING);
	add_side(b, m, l->api, SLICE_TRAVELLER_GROUP);
	*PUSH(m->arena, b, traveller) = rows_traveller(m, l, &p->subject);
	PUSH(m->arena, b, screened)->traveller_id = l->id;
	b->screened[b->rows.nr_screened - 1].flight_id = m->state->flight_id;
	if (!l->pnr)
		return;
	booking = rows_booking_id(m, l->pnr);
	if (!has_booking(b, booking))
		*PUSH(m->arena, b, booking) =
			rows_booking(m, booking, p->subject.booking);
}

static void add_flight(struct bench_batch *b, const struct row_maker *m)
{
	const struct flight_state *s = m->state;

	*PUSH(m->arena, b, flight) = (struct flight_claim){
		.row = { .flight_id = s->flight_id,
			 .version = 1,
			 .carrier = s->flight.carrier,
			 .number = s->flight.number,
			 .origin = s->flight.origin,
			 .destination = s->flight.destination,
			 .departs = s->flight.departs,
			 .arrives = s->flight.arrives,
			 .last_sent_at = s->flight_sent_at,
			 .mask_on = m->mask_on,
			 .delete_on = m->delete_on,
			 .link = link_notes_write(s, m->arena) },
	};
}

/* The arrays have grown: show them to the store. */
static void finish(struct bench_rows *r, struct arena *a)
{
	for (uint32_t i = 0; i < r->nr; i++) {
		struct bench_batch *b = &r->batch[i];

		*PUSH(a, b, offset) = (struct offset_claim){
			.topic = STR("bench"), .from = i, .to = i + 1
		};
		b->rows.group = STR("bench");
		b->rows.offset = b->offset;
		b->rows.flight = b->flight;
		b->rows.slice = b->slice;
		b->rows.booking = b->booking;
		b->rows.traveller = b->traveller;
		b->rows.screened = b->screened;
		r->rows += b->rows.nr_flight + b->rows.nr_slice +
			   b->rows.nr_booking + b->rows.nr_traveller;
	}
}

void bench_rows_make(struct bench_rows *out, const struct bench_day *day,
		     struct arena *a)
{
	uint8_t key[CRYPT_KEY_LEN];
	int32_t today = (int32_t)(day->linked.newest.s / SECONDS_PER_DAY);
	struct row_maker m = { .arena = a,
			       .day_key = key,
			       .clock_day = today,
			       .mask_on = today + MASK_AFTER,
			       .delete_on = today + DELETE_AFTER };
	struct bench_batch *b = NULL;

	*out = (struct bench_rows){ 0 };
	crypt_random(key, sizeof(key));
	for (uint32_t i = 0; i < day->nr_person; i++) {
		const struct bench_person *p = &day->person[i];

		if (m.state != p->flight) {
			m.state = p->flight;
			if (!b || b->rows.nr_flight == FLIGHTS_PER_BATCH)
				b = arena_push(a, &out->batch, &out->nr,
					       sizeof(*b));
			add_flight(b, &m);
		}
		add_person(b, &m, p);
	}
	finish(out, a);
	crypt_wipe(key, sizeof(key));
}

void bench_rows_set(struct bench_rows *r, int32_t day, struct str cluster)
{
	for (uint32_t i = 0; i < r->nr; i++) {
		struct bench_batch *b = &r->batch[i];

		b->rows.cluster = cluster;
		for (uint32_t k = 0; k < b->rows.nr_flight; k++)
			b->flight[k].row.clock_day = day;
		for (uint32_t k = 0; k < b->rows.nr_slice; k++)
			b->slice[k].clock_day = day;
		for (uint32_t k = 0; k < b->rows.nr_booking; k++)
			b->booking[k].clock_day = day;
		for (uint32_t k = 0; k < b->rows.nr_traveller; k++)
			b->traveller[k].clock_day = day;
		for (uint32_t k = 0; k < b->rows.nr_screened; k++)
			b->screened[k].clock_day = day;
	}
}
