#include "engine/retention_seal.h"

#include "base/json_write.h"
#include "db/query.h"

struct row_ref retention_ref(int32_t day, int64_t record_id)
{
	return (struct row_ref){ STR("masked_record"), date_from_days(day),
				 record_id };
}

/* The id cannot be computed from what the traveller is once the key is gone. */
static int64_t record_id_of(const uint8_t *day_key,
			    const struct traveller_row *t)
{
	int64_t part[] = { t->flight_id, t->traveller_id };

	return crypt_token(day_key, "record",
			   (struct str){ (const char *)part, sizeof(part) });
}

struct opening {
	const uint8_t *key;
	struct date day;
	struct buf plain; /* of one part; wiped */
	struct json j;
	struct err *e;
};

/* A member with what was sealed there; null when nothing is stored. */
static void add_part(struct opening *o, const char *name, struct str table,
		     int64_t id, struct str sealed)
{
	struct row_ref ref = { table, o->day, id };

	if (!sealed.ptr) {
		json_null(&o->j, name);
		return;
	}
	if (!crypt_open_row(&o->plain, o->key, &ref, sealed, o->e))
		json_raw(&o->j, name, buf_view(&o->plain));
	crypt_wipe(o->plain.data, o->plain.len);
	buf_clear(&o->plain);
}

static void add_review(struct opening *o, const struct review_row *r)
{
	json_open(&o->j, NULL, '{');
	json_str(&o->j, "state", r->state);
	json_str(&o->j, "reviewer", r->reviewer);
	json_moment(&o->j, "at", r->at, true);
	json_str(&o->j, "reason", r->reason);
	json_str(&o->j, "offence", r->offence);
	json_str(&o->j, "air_link", r->air_link);
	json_str(&o->j, "recipient", r->recipient);
	json_open(&o->j, "answers", '[');
	for (uint32_t i = 0; i < r->answers.nr; i++)
		json_str(&o->j, NULL, r->answers.v[i]);
	json_close(&o->j, ']');
	add_part(o, "words", STR("review"), r->review_id, r->sealed);
	json_close(&o->j, '}');
}

static void add_reviews(struct opening *o, const struct kept_rows *kept,
			const struct hit_row *h)
{
	json_open(&o->j, "reviews", '[');
	for (uint32_t i = 0; i < kept->nr_review; i++)
		if (kept->review[i].flight_id == h->flight_id &&
		    kept->review[i].hit_id == h->hit_id)
			add_review(o, &kept->review[i]);
	json_close(&o->j, ']');
}

static void add_hit(struct opening *o, const struct kept_rows *kept,
		    const struct kept_hit *k)
{
	const struct hit_row *h = &k->hit;
	char class[2] = { h->class, '\0' };

	json_open(&o->j, NULL, '{');
	json_z(&o->j, "hit", hit_name_of(h->clock_day, h->hit_id).text);
	json_z(&o->j, "kind", h->kind == HIT_LIST ? "list" : "profile");
	json_str(&o->j, "source", h->source);
	json_int(&o->j, "revision", h->revision);
	json_int(&o->j, "score", h->score);
	json_z(&o->j, "class", h->class ? class : NULL);
	json_str(&o->j, "state", h->state);
	json_moment(&o->j, "screened_at", h->screened_at, true);
	add_part(o, "evidence", STR("evidence"), h->hit_id, k->evidence.sealed);
	add_reviews(o, kept, h);
	json_close(&o->j, '}');
}

static void add_hits(struct opening *o, const struct kept_rows *kept,
		     const struct traveller_row *t)
{
	json_open(&o->j, "hits", '[');
	for (uint32_t i = 0; i < kept->nr_hit; i++) {
		const struct hit_row *h = &kept->hit[i].hit;

		if (h->flight_id == t->flight_id &&
		    h->traveller_id == t->traveller_id)
			add_hit(o, kept, &kept->hit[i]);
	}
	json_close(&o->j, ']');
}

static void add_corrections(struct opening *o, const struct kept_rows *kept,
			    const struct traveller_row *t)
{
	json_open(&o->j, "corrections", '[');
	for (uint32_t i = 0; i < kept->nr_addendum; i++) {
		const struct addendum_row *x = &kept->addendum[i];

		if (x->flight_id != t->flight_id ||
		    x->traveller_id != t->traveller_id)
			continue;
		json_open(&o->j, NULL, '{');
		json_str(&o->j, "field", x->field);
		json_moment(&o->j, "made_at", x->made_at, true);
		add_part(o, "said", STR("addendum"), x->addendum_id, x->sealed);
		json_close(&o->j, '}');
	}
	json_close(&o->j, ']');
}

/* What the law does not mask; section by section of record.def, KEEP. */
static struct masked_record_row clear_columns(const struct kept_row *k)
{
	return (struct masked_record_row){
		.clock_day = k->traveller.clock_day,
		.carrier = k->flight.carrier,
		.number = k->flight.number,
		.origin = k->flight.origin,
		.destination = k->flight.destination,
		.departs = k->flight.departs,
		.arrives = k->flight.arrives,
		.type = k->traveller.type,
		.status = k->traveller.status,
		.seat = k->traveller.seat,
		.bag_count = k->traveller.bag_count,
		.bag_weight_milli = k->traveller.bag_weight_milli,
		.booked_at = k->booking.created_at,
		.agency_number = k->booking.agency_number,
		.payment_forms = k->booking.payment_forms,
		.leg_count = k->booking.leg_count,
	};
}

int retention_seal(struct masked_record_row *out, struct kept_key *own,
		   const struct kept_rows *kept, uint32_t i,
		   const uint8_t day_key[CRYPT_KEY_LEN], int32_t delete_on,
		   struct arena *a, struct err *e)
{
	const struct kept_row *k = &kept->row[i];
	const struct traveller_row *t = &k->traveller;
	struct buf plain = { 0 }, sealed = { 0 };
	struct opening o = { .key = day_key,
			     .day = date_from_days(t->clock_day),
			     .e = e };
	struct row_ref ref;

	*out = clear_columns(k);
	out->delete_on = delete_on;
	out->record_id = own->id = record_id_of(day_key, t);
	crypt_random(own->key, CRYPT_KEY_LEN);
	json_init(&o.j, &plain);
	json_open(&o.j, NULL, '{');
	add_part(&o, "traveller", STR("traveller"), t->traveller_id, t->sealed);
	add_part(&o, "booking", STR("booking"), k->booking.booking_id,
		 k->booking.sealed);
	add_hits(&o, kept, t);
	add_corrections(&o, kept, t);
	json_close(&o.j, '}');
	ref = retention_ref(t->clock_day, out->record_id);
	crypt_seal_row(&sealed, own->key, &ref, buf_view(&plain));
	if (!e->code && (plain.failed || sealed.failed))
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	out->sealed = arena_str(a, buf_view(&sealed));
	crypt_wipe(plain.data, plain.len);
	buf_release(&plain);
	buf_release(&o.plain);
	buf_release(&sealed);
	return e->code;
}
