#include "engine/screen_files.h"

#include "engine/in_scope.h"
#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

void screen_files_init(struct screen_files *sf, const struct screen_set *set,
		       const struct scope *scope, struct parse_limits limits)
{
	*sf = (struct screen_files){ .set = set,
				     .scope = scope,
				     .limits = limits };
}

void screen_files_release(struct screen_files *sf)
{
	for (uint32_t i = 0; i < sf->nr; i++)
		flight_state_release(&sf->flight[i]);
	free(sf->flight);
	sf->flight = NULL;
	sf->nr = sf->cap = 0;
}

static struct flight_state *find_flight(struct screen_files *sf,
					const struct flight_key *key,
					struct err *e)
{
	for (uint32_t i = 0; i < sf->nr; i++)
		if (!strcmp(sf->flight[i].key.text, key->text))
			return &sf->flight[i];
	if (sf->nr == sf->cap) {
		uint32_t cap = sf->cap ? sf->cap * 2 : 64;
		struct flight_state *more =
			realloc(sf->flight, cap * sizeof(*more));

		if (!more) {
			err_at(e, ERR_NOMEM, 0, "out of memory");
			return NULL;
		}
		sf->flight = more;
		sf->cap = cap;
	}
	flight_state_init(&sf->flight[sf->nr], key);
	return &sf->flight[sf->nr++];
}

/* Link one message. An error in *bad means that it cannot be used. */
static int add_message(struct screen_files *sf, const struct intake *in,
		       const struct parsed *p, struct err *bad, struct arena *a,
		       struct err *e)
{
	const struct message *m = &p->message;
	struct archived_message am;
	struct flight_state next, *f;
	struct flight_key key;
	enum flight_scope scope;

	sf->messages++;
	*bad = p->error;
	if (bad->code || m->test == FLAG_YES)
		return 0;
	if (flight_key_make(&key, &m->flight, bad)) {
		bad->pos = p->whole.pos;
		return 0;
	}
	scope = message_scope(m, sf->set->reference, sf->scope).scope;
	if (scope == SCOPE_UNKNOWN)
		err_at(bad, ERR_VALUE, p->whole.pos,
		       "an airport of the flight is not in airports.csv");
	if (scope == SCOPE_OUT)
		sf->out_of_scope++;
	if (scope == SCOPE_OUT || scope == SCOPE_UNKNOWN)
		return 0;
	sf->travellers += m->nr_travellers;
	for (uint32_t i = 0; i < m->nr_bookings; i++)
		sf->travellers += m->bookings[i].nr_travellers;
	if (m->sent_at.s > sf->newest.s)
		sf->newest = m->sent_at;
	f = find_flight(sf, &key, e);
	if (!f)
		return e->code;
	archive_message(&am, in->archive, p, a);
	link_apply(&next, f, p, &am);
	flight_state_release(f);
	*f = next;
	return 0;
}

int screen_files_add(struct screen_files *sf, struct str bytes,
		     void (*unreadable)(const struct err *e, void *arg),
		     void *arg, struct err *e)
{
	struct arena a = { 0 };
	struct err bad = { 0 };
	struct intake in = { 0 };
	int rc = 0;

	if (intake_read(&in, bytes, &sf->limits, &a, &bad)) {
		in.payload.nr_parsed = 0;
		sf->unreadable++;
		if (unreadable)
			unreadable(&bad, arg);
	}
	for (uint32_t i = 0; i < in.payload.nr_parsed && !rc; i++) {
		bad = (struct err){ 0 };
		rc = add_message(sf, &in, &in.payload.parsed[i], &bad, &a, e);
		sf->unreadable += bad.code != 0;
		if (bad.code && unreadable)
			unreadable(&bad, arg);
	}
	arena_release(&a);
	return rc;
}

static int by_key(const void *x, const void *y)
{
	const struct flight_state *a = x, *b = y;

	return strcmp(a->key.text, b->key.text);
}

static int64_t screen_one(struct screen_files *sf, struct flight_state *f,
			  const struct linked *l, struct screen_scratch *tmp,
			  void (*print)(const struct file_hit *, void *),
			  void *arg, struct err *e)
{
	struct screen_input in = { .screened_at = sf->newest };
	struct arena a = { 0 };
	struct hit_list hits;

	in.pnr = subject_side_of(l->pnr);
	in.api = subject_side_of(l->api);
	if (!screen_traveller(&hits, sf->set, tmp, &in, &a, e)) {
		for (uint32_t i = 0; i < hits.nr; i++) {
			struct file_hit h = { f, l, &hits.subject, &hits.hit[i],
					      0 };

			h.id = rows_hit_id(&f->key, l->id, h.hit);
			print(&h, arg);
		}
	}
	arena_release(&a);
	return e->code ? e->code : (int64_t)hits.nr;
}

int64_t screen_files_finish(struct screen_files *sf,
			    void (*print)(const struct file_hit *h, void *arg),
			    void *arg, struct err *e)
{
	struct screen_scratch *tmp;
	int64_t nr = 0;

	if (screen_scratch_new(&tmp, sf->set, e))
		return e->code;
	if (sf->nr)
		qsort(sf->flight, sf->nr, sizeof(*sf->flight), by_key);
	for (uint32_t i = 0; i < sf->nr && !e->code; i++) {
		struct flight_state *f = &sf->flight[i];

		for (uint32_t k = 0; k < f->nr_linked && !e->code; k++)
			if (!f->linked[k].gone)
				nr += screen_one(sf, f, &f->linked[k], tmp,
						 print, arg, e);
	}
	screen_scratch_free(tmp);
	return e->code ? e->code : nr;
}
