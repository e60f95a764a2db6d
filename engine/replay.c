#include "engine/replay.h"

#include "base/json.h"
#include "engine/flights.h"
#include "engine/past_json.h"
#include "engine/rows.h"
#include "watchlist/entry_read.h"

#include <string.h>

/* One replay in the making. */
struct work {
	struct replay *out;
	const struct replay_setup *setup;
	const struct hit_inputs *in;
	struct arena *arena;
	struct str evidence; /* as stored, opened; absent: it could not be */
	struct screen_input input;
	struct past past;	    /* input.past, if the hit has one */
	struct screen_set recorded; /* what the hit says it was made with */
};

void replay_differ(struct replay *r, struct arena *a,
		   const struct replay_difference *d)
{
	if (r->nr < REPLAY_DIFFERENCES)
		*(struct replay_difference *)arena_push(
			a, &r->difference, &r->nr, sizeof(*d)) = *d;
}

static void say(struct work *w, const char *part, const char *what)
{
	replay_differ(w->out, w->arena,
		      &(struct replay_difference){ .part = str_of(part),
						   .what = what });
}

static void compare_text(struct work *w, const char *part, struct str recorded,
			 struct str replayed)
{
	struct replay_difference d = { str_of(part), "differs", recorded,
				       replayed, false };

	if (!str_eq(recorded, replayed))
		replay_differ(w->out, w->arena, &d);
}

static void compare_number(struct work *w, const char *part, int64_t recorded,
			   int64_t replayed)
{
	if (recorded != replayed)
		compare_text(w, part,
			     arena_fmt(w->arena, "%lld", (long long)recorded),
			     arena_fmt(w->arena, "%lld", (long long)replayed));
}

static struct str hex_of(struct work *w, struct str hash)
{
	char hex[2 * CRYPT_HASH_LEN + 1];

	if (hash.len != CRYPT_HASH_LEN)
		return STR("no hash");
	crypt_to_hex(hex, (const uint8_t *)hash.ptr, CRYPT_HASH_LEN);
	return arena_str(w->arena, str_of(hex));
}

static bool is_hash(struct str recorded, const uint8_t *hash)
{
	return recorded.len == CRYPT_HASH_LEN &&
	       !memcmp(recorded.ptr, hash, CRYPT_HASH_LEN);
}

static void compare_hash(struct work *w, const char *part, struct str recorded,
			 const uint8_t *hash)
{
	struct str now = { (const char *)hash, CRYPT_HASH_LEN };

	if (!is_hash(recorded, hash))
		compare_text(w, part, hex_of(w, recorded), hex_of(w, now));
}

/* Do we replay with what the hit was made with? */
static void compare_settings(struct work *w)
{
	const struct hit_row *h = &w->in->hit;
	const struct screen_set *set = w->setup->set;

	compare_number(w, "semantics", h->semantics.v, SCREEN_SEMANTICS);
	compare_text(w, "country", h->country, set->country);
	compare_hash(w, "profile_set_hash", h->profile_set_hash,
		     set->profiles_hash);
	compare_hash(w, "reference_hash", h->reference_hash,
		     set->reference_hash);
}

/* Open a row's blob. Absent, and the difference noted: it does not open. */
static struct str open_row(struct work *w, const char *part,
			   const struct row_ref *ref, struct str sealed)
{
	struct buf plain = { 0 };
	struct str out = STR_NONE;
	struct err bad = { 0 };

	if (!sealed.ptr)
		say(w, part, "is not stored");
	else if (crypt_open_row(&plain, w->setup->day_key, ref, sealed, &bad))
		say(w, part, "does not open: its seal is broken");
	else
		out = arena_str(w->arena, buf_view(&plain));
	buf_release(&plain);
	return out;
}

/* Counts of earlier bookings stand in the evidence, and nowhere else. */
static void take_past(struct work *w)
{
	struct json_node *doc = NULL;
	const struct json_node *n;
	struct err bad = { 0 };

	if (json_read(&doc, w->evidence, &bad))
		return; /* comparing it will tell */
	n = json_node_get(doc, "past");
	if (n) {
		if (past_read_json(&w->past, n))
			w->input.past = &w->past;
		else
			say(w, "past", "of the evidence cannot be read");
	}
	json_node_free(doc);
}

static void open_evidence(struct work *w)
{
	const struct hit_row *h = &w->in->hit;
	struct row_ref ref = { STR("evidence"), date_from_days(h->clock_day),
			       h->hit_id };
	uint8_t hash[CRYPT_HASH_LEN];

	w->evidence = open_row(w, "evidence", &ref, w->in->evidence.sealed);
	if (!w->evidence.ptr)
		return;
	crypt_hash(hash, "evidence", &w->evidence, 1);
	if (!is_hash(h->evidence_hash, hash))
		say(w, "evidence", "does not have its recorded hash");
	take_past(w);
}

static struct str open_slice(struct work *w, const char *part, struct str hash,
			     const struct slice_row *row)
{
	const struct hit_row *h = &w->in->hit;
	struct row_ref ref =
		flights_slice_ref(h->flight_id, h->clock_day, hash);
	struct str plain = open_row(w, part, &ref, row->sealed);
	uint8_t is[CRYPT_HASH_LEN];

	if (!plain.ptr)
		return plain;
	crypt_hash(is, "slice", &plain, 1);
	if (is_hash(hash, is))
		return plain;
	say(w, part, "does not have its recorded hash");
	return STR_NONE;
}

/* All that the hit was made of, or false: something is not there. */
static bool open_sides(struct work *w)
{
	const struct hit_row *h = &w->in->hit;
	const struct hit_inputs *in = w->in;
	struct subject_side *pnr = &w->input.pnr, *api = &w->input.api;
	uint32_t before = w->out->nr;

	w->input.screened_at = h->screened_at;
	if (h->pnr_header.ptr) {
		pnr->header = open_slice(w, "pnr_header", h->pnr_header,
					 &in->pnr_header);
		pnr->slice = open_slice(w, "pnr_slice", h->pnr_slice,
					&in->pnr_slice);
		pnr->index = (uint32_t)h->pnr_index.v;
	}
	if (h->api_header.ptr) {
		api->header = open_slice(w, "api_header", h->api_header,
					 &in->api_header);
		api->slice = open_slice(w, "api_slice", h->api_slice,
					&in->api_slice);
		api->index = (uint32_t)h->api_index.v;
	}
	if (!h->semantics.set || (!h->pnr_header.ptr && !h->api_header.ptr))
		say(w, "inputs", "were not recorded with the hit");
	return w->out->nr == before;
}

/* The hash over all inputs has to follow from the parts as recorded. */
static bool set_recorded(struct work *w)
{
	const struct hit_row *h = &w->in->hit;
	struct screen_set *set = &w->recorded;
	uint8_t hash[CRYPT_HASH_LEN];

	*set = (struct screen_set){ .country = h->country,
				    .watchlist_delta = h->watchlist_delta.v };
	if (h->profile_set_hash.len != CRYPT_HASH_LEN ||
	    h->watchlist_hash.len != CRYPT_HASH_LEN ||
	    h->reference_hash.len != CRYPT_HASH_LEN) {
		say(w, "inputs", "were not recorded with the hit");
		return false;
	}
	memcpy(set->profiles_hash, h->profile_set_hash.ptr, CRYPT_HASH_LEN);
	memcpy(set->watchlist_hash, h->watchlist_hash.ptr, CRYPT_HASH_LEN);
	memcpy(set->reference_hash, h->reference_hash.ptr, CRYPT_HASH_LEN);
	screen_input_hash(hash, set, &w->input, (uint32_t)h->semantics.v);
	compare_hash(w, "input_hash", h->input_hash, hash);
	return true;
}

static int link_side(struct flight_state *s, const struct subject_side *side,
		     struct work *w, struct err *e)
{
	struct archived_message am = { .nr_slice = 1 };
	struct archived slice = { .bytes = side->slice };
	struct parsed p;

	if (!side->header.ptr)
		return 0;
	if (archive_parse(&p, side->header, side->slice, w->arena, e))
		return e->code;
	am.header.bytes = side->header;
	crypt_hash(am.header.hash, "slice", &side->header, 1);
	crypt_hash(slice.hash, "slice", &side->slice, 1);
	am.slice = &slice;
	link_restore(s, &p, &am, side->index, am.header.hash);
	return 0;
}

/* Do the sides give this traveller, of this flight, with this hit's id? */
static void compare_link(struct work *w, const struct hit_list *hits,
			 const struct hit *hit)
{
	const struct hit_row *h = &w->in->hit;
	struct flight_state s;
	struct flight_key key;
	struct err e = { 0 };

	if (flight_key_make(&key, hits->subject.flight, &e)) {
		say(w, "flight", "cannot be told from the slices");
		return;
	}
	flight_state_init(&s, &key);
	if (!link_side(&s, &w->input.pnr, w, &e) &&
	    !link_side(&s, &w->input.api, w, &e)) {
		link_settle(&s);
		if (s.flight_id != h->flight_id)
			say(w, "flight", "is not that of the slices");
		else if (s.nr_linked != 1 || s.linked->id != h->traveller_id)
			say(w, "traveller", "is not the one of the slices");
		else if (rows_hit_id(&key, h->traveller_id, hit) != h->hit_id)
			say(w, "hit_id", "does not follow from the hit");
	}
	flight_state_release(&s);
}

/* Screen against the entry that the evidence has. */
static int screen_recorded(struct hit_list *hits, struct work *w,
			   const struct screen_set *set, struct err *e)
{
	struct json_node *doc = NULL;
	struct watch_entry n;
	struct err bad = { 0 };
	int rc = 0;

	w->out->on_pair = true;
	*hits = (struct hit_list){ 0 };
	if (!w->evidence.ptr)
		say(w, "record", "is not there, and the watchlist is another");
	else if (json_read(&doc, w->evidence, &bad) ||
		 watch_entry_read(
			 &n,
			 json_node_get(json_node_get(doc, "match"), "record"),
			 w->arena, &bad))
		say(w, "record", "of the entry cannot be read");
	else
		rc = screen_pair(hits, set, &w->input, &n, w->arena, e);
	json_node_free(doc);
	return rc;
}

static int screen(struct hit_list *hits, struct work *w, struct err *e)
{
	const struct hit_row *h = &w->in->hit;
	struct screen_set set = *w->setup->set;

	if (set.watchlist && is_hash(h->watchlist_hash, set.watchlist_hash) &&
	    h->watchlist_delta.v == set.watchlist_delta)
		return screen_traveller(hits, &set, w->setup->scratch,
					&w->input, w->arena, e);
	set.watchlist = set.added = NULL;
	if (h->kind == HIT_LIST)
		return screen_recorded(hits, w, &set, e);
	return screen_traveller(hits, &set, w->setup->scratch, &w->input,
				w->arena, e);
}

static const struct hit *find_hit(const struct hit_list *hits,
				  const struct hit_row *h)
{
	enum hit_source kind =
		h->kind == HIT_LIST ? HIT_OF_LIST : HIT_OF_PROFILE;

	for (uint32_t i = 0; i < hits->nr; i++)
		if (hits->hit[i].kind == kind &&
		    str_eq(hits->hit[i].source, h->source))
			return &hits->hit[i];
	return NULL;
}

static void compare_result(struct work *w, const struct hit *hit)
{
	const struct hit_row *h = &w->in->hit;
	char class = h->class == ' ' ? 0 : h->class;

	compare_number(w, "revision", h->revision, hit->revision);
	compare_number(w, "score", h->score, hit->score);
	compare_text(w, "class", (struct str){ &h->class, class ? 1 : 0 },
		     (struct str){ &hit->class, hit->class ? 1 : 0 });
	compare_number(w, "draft", h->draft, hit->draft);
	compare_hash(w, "evidence_hash", h->evidence_hash, hit->evidence_hash);
	if (w->evidence.ptr)
		replay_compare_evidence(w->out, w->evidence, hit->evidence,
					w->arena);
}

int replay_hit(struct replay *out, const struct replay_setup *setup,
	       const struct hit_inputs *in, struct arena *a, struct err *e)
{
	struct work w = { .out = out, .setup = setup, .in = in, .arena = a };
	const struct hit *hit;
	struct hit_list hits;

	*out = (struct replay){ 0 };
	open_evidence(&w);
	if (!open_sides(&w))
		return 0;
	compare_settings(&w);
	if (!set_recorded(&w))
		return 0;
	if (screen(&hits, &w, e)) {
		if (e->code != ERR_INTEGRITY)
			return e->code;
		*e = (struct err){ 0 };
		say(&w, "slices", "do not hold the traveller");
		return 0;
	}
	if (!hits.subject.traveller)
		return 0; /* there was no entry to screen against */
	hit = find_hit(&hits, &in->hit);
	if (hit) {
		compare_result(&w, hit);
		compare_link(&w, &hits, hit);
	} else {
		compare_text(&w, "result", STR("hit"), STR("no hit"));
	}
	return 0;
}
