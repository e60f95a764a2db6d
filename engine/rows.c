#include "engine/rows.h"

#include "base/buf.h"
#include "engine/false_match.h"
#include "engine/flights.h"
#include "engine/quality.h"
#include "engine/sighting.h"
#include "engine/tokens.h"
#include "parsers/record_json.h"
#include "rules/reference.h"

#include <string.h>

static struct str seal(const struct row_maker *m, const struct row_ref *ref,
		       struct str plain)
{
	struct buf sealed = { 0 };
	struct str out;

	crypt_seal_row(&sealed, m->day_key, ref, plain);
	out = arena_str(m->arena, buf_view(&sealed));
	buf_release(&sealed);
	return out;
}

static struct row_ref ref_of(const struct row_maker *m, struct str table,
			     int64_t id)
{
	return (struct row_ref){ table, date_from_days(m->clock_day), id };
}

static struct str hash_text(const struct row_maker *m, const uint8_t *hash)
{
	return arena_str(m->arena,
			 (struct str){ (const char *)hash, CRYPT_HASH_LEN });
}

struct slice_row rows_slice(const struct row_maker *m, const struct archived *s,
			    enum slice_kind kind)
{
	struct str hash = hash_text(m, s->hash);
	struct row_ref ref =
		flights_slice_ref(m->state->flight_id, m->clock_day, hash);

	return (struct slice_row){
		.clock_day = m->clock_day,
		.flight_id = m->state->flight_id,
		.slice_hash = hash,
		.kind = (int16_t)kind,
		.sealed = seal(m, &ref, s->bytes),
		.mask_on = m->mask_on,
		.delete_on = m->delete_on,
	};
}

int64_t rows_booking_id_of(const struct flight_key *flight, struct str locator)
{
	struct str part[] = { str_of(flight->text), locator };

	return crypt_id64("booking", part, 2);
}

int64_t rows_booking_id(const struct row_maker *m, const struct sighting *pnr)
{
	return rows_booking_id_of(&m->state->key, pnr->locator);
}

static void add_contacts(struct tokens *t, const struct contact *c, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		tokens_add(t, "contact", c[i].value);
}

static struct row_tokens traveller_tokens(const struct row_maker *m,
					  const struct traveller *p)
{
	struct tokens t = { m->day_key, m->arena, NULL, 0 };

	tokens_add_name(&t, p->surname);
	tokens_add_name(&t, p->given);
	for (uint32_t i = 0; i < p->nr_names; i++) {
		tokens_add_name(&t, p->names[i].surname);
		tokens_add_name(&t, p->names[i].given);
	}
	for (uint32_t i = 0; i < p->nr_documents; i++)
		tokens_add(&t, "document", p->documents[i].number);
	for (uint32_t i = 0; i < p->nr_visas; i++)
		tokens_add(&t, "document", p->visas[i].number);
	for (uint32_t i = 0; i < p->nr_frequent_flyers; i++)
		tokens_add(&t, "card", p->frequent_flyers[i].number);
	add_contacts(&t, p->contacts, p->nr_contacts);
	return (struct row_tokens){ t.v, t.nr };
}

static struct row_tokens booking_tokens(const struct row_maker *m,
					const struct booking *b)
{
	struct tokens t = { m->day_key, m->arena, NULL, 0 };

	for (uint32_t i = 0; i < b->nr_payments; i++)
		tokens_add(&t, "card", b->payments[i].account);
	add_contacts(&t, b->contacts, b->nr_contacts);
	return (struct row_tokens){ t.v, t.nr };
}

static struct str seal_record(const struct row_maker *m,
			      const struct row_ref *ref, const char *type,
			      const void *record)
{
	struct buf text = { 0 };
	struct json j;
	struct str out;

	json_init(&j, &text);
	record_write_json(&j, NULL, type, record);
	out = seal(m, ref, buf_view(&text));
	buf_release(&text);
	return out;
}

struct booking_row rows_booking(const struct row_maker *m, int64_t booking_id,
				const struct booking *b)
{
	struct row_ref ref = ref_of(m, STR("booking"), booking_id);
	struct booking alone = *b;
	struct str *form =
		arena_alloc(m->arena, b->nr_payments * sizeof(*form) + 1);

	alone.travellers = NULL;
	alone.nr_travellers = 0;
	for (uint32_t i = 0; i < b->nr_payments; i++)
		form[i] =
			b->payments[i].form.ptr ? b->payments[i].form : STR("");
	return (struct booking_row){
		.clock_day = m->clock_day,
		.flight_id = m->state->flight_id,
		.booking_id = booking_id,
		.created_at = b->created_at,
		.agency_number = b->agency.number,
		.payment_forms = { form, b->nr_payments },
		.leg_count = { b->nr_legs, b->known_legs },
		.sealed = seal_record(m, &ref, "booking", &alone),
		.tokens = booking_tokens(m, b),
		.mask_on = m->mask_on,
		.delete_on = m->delete_on,
	};
}

/* Which slices a side stands in, and where; members are null without it. */
struct side {
	struct str header, slice;
	struct row_number index;
};

static struct side side_of(const struct row_maker *m, const struct sighting *x)
{
	if (!x)
		return (struct side){ .header = STR_NONE };
	return (struct side){ hash_text(m, x->header->hash),
			      hash_text(m, x->slice->hash),
			      { x->index, true } };
}

static struct row_texts reasons(const struct row_maker *m,
				const struct quality *q)
{
	struct str *code = arena_alloc(m->arena, q->nr * sizeof(*code) + 1);

	for (uint32_t i = 0; i < q->nr; i++)
		code[i] = str_of(q->reason[i]);
	return (struct row_texts){ code, q->nr };
}

struct traveller_row rows_traveller(const struct row_maker *m,
				    const struct linked *l,
				    const struct subject *s)
{
	const struct traveller *t = s->traveller;
	struct row_ref ref = ref_of(m, STR("traveller"), l->id);
	struct str *seat =
		arena_alloc(m->arena, t->nr_seats * sizeof(*seat) + 1);
	struct side pnr = side_of(m, l->pnr), api = side_of(m, l->api);
	struct traveller_row row = {
		.clock_day = m->clock_day,
		.flight_id = m->state->flight_id,
		.traveller_id = l->id,
		.type = t->type,
		.status = l->gone ? STR("cancelled") : t->status,
		.seat = { seat, t->nr_seats },
		.bag_count = { t->nr_bags, t->known_bags },
		.bag_weight_milli = { t->bag_weight.v, t->bag_weight.set },
		.sealed = seal_record(m, &ref, "traveller", t),
		.tokens = traveller_tokens(m, t),
		.pnr_header = pnr.header,
		.pnr_slice = pnr.slice,
		.pnr_index = pnr.index,
		.api_header = api.header,
		.api_slice = api.slice,
		.api_index = api.index,
		.mask_on = m->mask_on,
		.delete_on = m->delete_on,
	};
	struct quality q;

	quality_of_subject(&q, s);
	row.quality = (struct row_number){ q.score, true };
	row.quality_codes = reasons(m, &q);
	for (uint32_t i = 0; i < t->nr_seats; i++)
		seat[i] = t->seats[i].number.ptr ? t->seats[i].number : STR("");
	if (l->pnr)
		row.booking_id =
			(struct row_number){ rows_booking_id(m, l->pnr), true };
	if (l->pnr) {
		row.pnr_sent_at = l->pnr->sent_at;
		row.pnr_message = hash_text(m, l->pnr->message_hash);
	}
	if (l->api) {
		row.api_sent_at = l->api->sent_at;
		row.api_message = hash_text(m, l->api->message_hash);
	}
	return row;
}

int64_t rows_hit_id(const struct flight_key *flight, int64_t traveller_id,
		    const struct hit *h)
{
	struct str part[] = {
		str_of(flight->text),
		{ (const char *)&traveller_id, sizeof(traveller_id) },
		h->kind == HIT_OF_LIST ? STR("list") : STR("profile"),
		h->source
	};

	return crypt_id64("hit", part, ARRAY_SIZE(part));
}

struct hit_row rows_hit(const struct row_maker *m, const struct linked *l,
			const struct screen_set *set, const struct subject *s,
			const struct hit *h)
{
	struct side pnr = side_of(m, l->pnr), api = side_of(m, l->api);
	struct hit_row row = {
		.clock_day = m->clock_day,
		.flight_id = m->state->flight_id,
		.traveller_id = l->id,
		.kind = h->kind == HIT_OF_LIST ? HIT_LIST : HIT_PROFILE,
		.source = h->source,
		.hit_id = rows_hit_id(&m->state->key, l->id, h),
		.revision = h->revision,
		.score = h->score,
		.class = h->class,
		.draft = h->draft,
		.departs = m->state->flight.departs,
		.screened_at = s->screened_at,
		.input_hash = hash_text(m, h->input_hash),
		.profile_set_hash = hash_text(m, set->profiles_hash),
		.watchlist_hash = hash_text(m, set->watchlist_hash),
		.reference_hash = hash_text(m, set->reference_hash),
		.evidence_hash = hash_text(m, h->evidence_hash),
		.mask_on = m->mask_on,
		.delete_on = m->delete_on,
		.semantics = { SCREEN_SEMANTICS, true },
		.country = set->country,
		.pnr_header = pnr.header,
		.pnr_slice = pnr.slice,
		.pnr_index = pnr.index,
		.api_header = api.header,
		.api_slice = api.slice,
		.api_index = api.index,
		.watchlist_delta = { set->watchlist_delta, true },
	};
	int64_t east;

	if (!reference_to_utc(set->reference, m->state->flight.origin,
			      m->state->flight.departs, &row.departs_utc,
			      &east))
		row.departs_utc = m->state->flight.departs;
	if (h->kind == HIT_OF_LIST) {
		row.traveller_key =
			false_match_traveller(m->secret, s, m->arena);
		row.entry_hash = hash_text(m, h->entry_hash);
	}
	return row;
}

struct evidence_row rows_evidence(const struct row_maker *m, int64_t id,
				  const struct hit *h)
{
	struct row_ref ref = ref_of(m, STR("evidence"), id);

	return (struct evidence_row){
		.clock_day = m->clock_day,
		.flight_id = m->state->flight_id,
		.hit_id = id,
		.sealed = seal(m, &ref, h->evidence),
		.mask_on = m->mask_on,
		.delete_on = m->delete_on,
	};
}

struct shadow_row rows_shadow(const struct row_maker *m, const struct linked *l,
			      const struct subject *s, const struct hit *h)
{
	int64_t id = rows_hit_id(&m->state->key, l->id, h);
	struct row_ref ref = ref_of(m, STR("shadow"), id);

	return (struct shadow_row){
		.clock_day = m->clock_day,
		.flight_id = m->state->flight_id,
		.traveller_id = l->id,
		.source = h->source,
		.shadow_id = id,
		.revision = h->revision,
		.score = h->score,
		.screened_at = s->screened_at,
		.sealed = seal(m, &ref, h->outcomes),
		.mask_on = m->mask_on,
		.delete_on = m->delete_on,
	};
}
