#include "engine/batch.h"
#include "engine/sighting.h"

static bool has_booking(const struct batch *b, int64_t flight_id, int64_t id)
{
	for (uint32_t i = b->rows.nr_booking; i-- > 0;)
		if (b->booking[i].flight_id == flight_id &&
		    b->booking[i].booking_id == id)
			return true;
	return false;
}

/*
 * Is this the newest that is known of the booking? An older push, of somebody
 * who was taken off it since, must not overwrite its row. Sightings of a
 * booking stand together: they are sorted by identity, which begins with the
 * locator.
 */
static bool is_newest_of_booking(const struct flight_state *s,
				 const struct sighting *x)
{
	const struct sighting *first = x, *end = s->sighting + s->nr_sighting;

	while (first > s->sighting && first[-1].source == SIGHTING_PNR &&
	       str_eq(first[-1].locator, x->locator))
		first--;
	for (; first < end && first->source == SIGHTING_PNR &&
	       str_eq(first->locator, x->locator);
	     first++)
		if (first != x && sighting_is_newer(first, x))
			return false;
	return true;
}

static void add_hits(struct batch *b, const struct row_maker *m,
		     const struct linked *l, const struct hit_list *hits)
{
	for (uint32_t i = 0; i < hits->nr; i++) {
		struct hit_row row;

		if (hits->hit[i].draft) {
			*BATCH_PUSH(b, shadow) = rows_shadow(
				m, l, &hits->subject, &hits->hit[i]);
			continue;
		}
		row = rows_hit(m, l, b->set, &hits->subject, &hits->hit[i]);

		*BATCH_PUSH(b, hit) = row;
		*BATCH_PUSH(b, evidence) =
			rows_evidence(m, row.hit_id, &hits->hit[i]);
	}
}

static struct history_who who_of(const struct row_maker *m,
				 const struct linked *l,
				 const struct subject *s)
{
	return (struct history_who){ s, m->clock_day, m->state->flight_id,
				     l->id };
}

/* For the days to come, until the record itself is masked or deleted. */
static int keep_facts(struct batch *b, const struct row_maker *m,
		      const struct linked *l, const struct subject *s,
		      struct err *e)
{
	struct history_who who = who_of(m, l, s);
	int32_t until =
		m->mask_on && (!m->delete_on || m->mask_on < m->delete_on)
			? m->mask_on
			: m->delete_on;

	return history_keep(&b->history, &who, l->gone, until, &b->fact,
			    &b->rows.nr_fact, e);
}

/* Screen one traveller that changed, and make his rows. */
static int add_traveller(struct batch *b, const struct row_maker *m,
			 const struct linked *l, struct err *e)
{
	struct screen_input in = { .pnr = subject_side_of(l->pnr),
				   .api = subject_side_of(l->api),
				   .screened_at = b->received_at,
				   .past = history_next(&b->history),
				   .cache = &b->cache };
	struct hit_list hits;
	int64_t booking;

	if (screen_traveller(&hits, b->set, b->scratch, &in, &b->arena, e))
		return e->code;
	stage_enter(b->clock, STAGE_rows);
	if (l->gone)
		hits.nr = 0; /* does not travel: nothing to examine */
	*BATCH_PUSH(b, traveller) = rows_traveller(m, l, &hits.subject);
	*BATCH_PUSH(b, screened) =
		(struct traveller_key){ m->clock_day, m->state->flight_id,
					l->id };
	add_hits(b, m, l, &hits);
	if (keep_facts(b, m, l, &hits.subject, e))
		return e->code;
	if (!l->pnr)
		return 0;
	booking = rows_booking_id(m, l->pnr);
	if (is_newest_of_booking(m->state, l->pnr) &&
	    !has_booking(b, m->state->flight_id, booking))
		*BATCH_PUSH(b, booking) =
			rows_booking(m, booking, hits.subject.booking);
	return 0;
}

static void add_flight(struct batch *b, const struct row_maker *m,
		       const struct flight_entry *f)
{
	const struct flight *is = &f->pending.flight;

	*BATCH_PUSH(b, flight) = (struct flight_claim){
		.row = { .clock_day = m->clock_day,
			 .flight_id = f->pending.flight_id,
			 .version = f->version + 1,
			 .carrier = is->carrier,
			 .number = is->number,
			 .origin = is->origin,
			 .destination = is->destination,
			 .departs = is->departs,
			 .arrives = is->arrives,
			 .last_sent_at = f->pending.flight_sent_at,
			 .mask_on = m->mask_on,
			 .delete_on = m->delete_on,
			 .regime = str_of(b->engine->config.regime),
			 .link = link_notes_write(&f->pending, &b->arena) },
		.expected = f->version,
	};
}

static int finish_flight(struct batch *b, struct flight_entry *f, struct err *e)
{
	struct flight_state *s = &f->pending;
	struct row_maker m;

	if (batch_row_maker(&m, b, f, e)) {
		if (e->code == ERR_LEGAL) /* masked since it was added */
			e->code = ERR_FENCED;
		return e->code;
	}
	for (uint32_t i = 0; i < s->nr_linked; i++)
		if (s->linked[i].changed &&
		    add_traveller(b, &m, &s->linked[i], e))
			return e->code;
	for (uint32_t i = 0; i < s->nr_removed; i++)
		*BATCH_PUSH(b, removed) =
			(struct traveller_key){ m.clock_day, s->flight_id,
						s->removed[i] };
	add_flight(b, &m, f);
	return 0;
}

/* What is asked of earlier days about those of a flight who changed. */
static int ask_flight(struct batch *b, struct flight_entry *f, struct err *e)
{
	struct flight_state *s = &f->pending;
	struct row_maker m = { .state = s, .clock_day = f->clock_day };

	stage_enter(b->clock, STAGE_link);
	link_compare(s, &f->committed);
	stage_enter(b->clock, STAGE_subject);
	for (uint32_t i = 0; i < s->nr_linked && b->history.days; i++) {
		const struct linked *l = &s->linked[i];
		struct subject_side pnr = subject_side_of(l->pnr);
		struct subject_side api = subject_side_of(l->api);
		struct history_who who;
		struct subject is;

		if (!l->changed)
			continue;
		if (subject_build(&is, &pnr, &api, b->received_at, &b->cache,
				  &b->arena, e))
			return e->code;
		who = who_of(&m, l, &is);
		if (history_ask(&b->history, &who, e))
			return e->code;
	}
	return 0;
}

/* Facts of all travellers of the batch, by one statement. */
static int load_history(struct batch *b, struct err *e)
{
	history_init(&b->history, b->engine->config.history_days,
		     b->engine->keys, &b->arena);
	for (uint32_t i = 0; i < b->flights->nr; i++)
		if (b->flights->entry[i]->has_pending &&
		    ask_flight(b, b->flights->entry[i], e))
			return e->code;
	stage_enter(b->clock, STAGE_store);
	return history_load(&b->history, b->flights->pg, e);
}

int batch_finish(struct batch *b, const char *cluster, struct err *e)
{
	if (load_history(b, e))
		return e->code;
	for (uint32_t i = 0; i < b->flights->nr; i++)
		if (b->flights->entry[i]->has_pending &&
		    finish_flight(b, b->flights->entry[i], e))
			return e->code;
	b->rows.cluster = str_of(cluster);
	b->rows.group = str_of(b->group);
	b->rows.set_version = b->set_version;
	b->rows.offset = b->offset;
	b->rows.flight = b->flight;
	b->rows.slice = b->slice;
	b->rows.booking = b->booking;
	b->rows.traveller = b->traveller;
	b->rows.screened = b->screened;
	b->rows.removed = b->removed;
	b->rows.hit = b->hit;
	b->rows.announce = *b->engine->config.hits_topic;
	b->rows.evidence = b->evidence;
	b->rows.shadow = b->shadow;
	b->rows.has_shadow = b->set->has_shadow;
	b->rows.fact = b->fact;
	b->rows.quarantine = b->quarantine;
	b->rows.counter = b->counter;
	b->rows.outbox = b->outbox;
	if (b->nr_messages)
		batch_audit(b);
	b->rows.series = b->series;
	b->rows.missing = b->missing;
	b->rows.retried = b->retried;
	return 0;
}
