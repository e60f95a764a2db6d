#include "engine/replay.h"

#include "base/json.h"
#include "engine/flights.h"
#include "engine/past_json.h"
#include "engine/replay_desk.h"
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
	struct replay_desk *desk;
	struct screen_input input;
	struct desk_traveller *traveller; /* of this input */
	struct screen_set recorded; /* what the hit says it was made with */
	uint8_t input_hash[CRYPT_HASH_LEN]; /* with that set */
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
		if (past_read_json(&w->out->past, n))
			w->input.past = &w->out->past;
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

/* NULL, and the difference noted: it is not there or not what it was. */
static const struct desk_slice *open_slice(struct work *w, const char *part,
					   struct str hash,
					   const struct slice_row *row)
{
	const struct hit_row *h = &w->in->hit;
	struct row_ref ref =
		flights_slice_ref(h->flight_id, h->clock_day, hash);
	const struct desk_slice *before =
		replay_desk_find(w->desk, hash, row->sealed);
	uint8_t is[CRYPT_HASH_LEN];
	struct str plain;

	if (before)
		return before;
	plain = open_row(w, part, &ref, row->sealed);
	if (!plain.ptr)
		return NULL;
	crypt_hash(is, "slice", &plain, 1);
	if (is_hash(hash, is))
		return replay_desk_add(w->desk, hash, row->sealed, plain);
	say(w, part, "does not have its recorded hash");
	return NULL;
}

static void open_side(struct work *w, struct subject_side *out,
		      const char *const part[2], struct str header_hash,
		      const struct slice_row *header, struct str slice_hash,
		      const struct slice_row *slice)
{
	const struct desk_slice *h =
		open_slice(w, part[0], header_hash, header);
	const struct desk_slice *s = open_slice(w, part[1], slice_hash, slice);

	if (!h || !s)
		return;
	out->header = h->plain;
	out->header_hash = h->hash;
	out->slice = s->plain;
	out->slice_hash = s->hash;
}

/* All that the hit was made of, or false: something is not there. */
static bool open_sides(struct work *w)
{
	const struct hit_row *h = &w->in->hit;
	const struct hit_inputs *in = w->in;
	struct screen_input *to = &w->input;
	uint32_t before = w->out->nr;

	to->screened_at = h->screened_at;
	to->pnr.index = h->pnr_header.ptr ? (uint32_t)h->pnr_index.v : 0;
	to->api.index = h->api_header.ptr ? (uint32_t)h->api_index.v : 0;
	if (h->pnr_header.ptr)
		open_side(w, &to->pnr,
			  (const char *const[]){ "pnr_header", "pnr_slice" },
			  h->pnr_header, &in->pnr_header, h->pnr_slice,
			  &in->pnr_slice);
	if (h->api_header.ptr)
		open_side(w, &to->api,
			  (const char *const[]){ "api_header", "api_slice" },
			  h->api_header, &in->api_header, h->api_slice,
			  &in->api_slice);
	if (!h->semantics.set || (!h->pnr_header.ptr && !h->api_header.ptr))
		say(w, "inputs", "were not recorded with the hit");
	return w->out->nr == before;
}

/* The hash over all inputs has to follow from the parts as recorded. */
static bool set_recorded(struct work *w)
{
	const struct hit_row *h = &w->in->hit;
	struct screen_set *set = &w->recorded;

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
	screen_input_hash(w->input_hash, set, &w->input,
			  (uint32_t)h->semantics.v);
	compare_hash(w, "input_hash", h->input_hash, w->input_hash);
	return true;
}

/* Do the sides give this traveller, of this flight, with this hit's id? */
static void compare_link(struct work *w, const struct hit *hit)
{
	const struct hit_row *h = &w->in->hit;
	const struct desk_link *l = replay_desk_link(w->traveller, w->desk);

	if (!l->known)
		say(w, "flight", "cannot be told from the slices");
	else if (l->rc)
		say(w, "slices", "cannot be linked");
	else if (l->flight_id != h->flight_id)
		say(w, "flight", "is not that of the slices");
	else if (l->nr != 1 || l->traveller_id != h->traveller_id)
		say(w, "traveller", "is not the one of the slices");
	else if (rows_hit_id(&l->key, h->traveller_id, hit) != h->hit_id)
		say(w, "hit_id", "does not follow from the hit");
}

/* Screen against the entry that the evidence has. NULL: there is none. */
static int screen_recorded(const struct hit_list **out, struct work *w,
			   const struct screen_set *set, struct err *e)
{
	struct screen_input in = w->input;
	struct hit_list *hits = arena_alloc(w->arena, sizeof(*hits));
	struct json_node *doc = NULL;
	struct watch_entry n;
	struct err bad = { 0 };
	int rc = 0;

	w->out->on_pair = true;
	in.subject = &w->traveller->subject;
	in.hash = w->input_hash;
	if (!w->evidence.ptr) {
		say(w, "record", "is not there, and the watchlist is another");
	} else if (json_read(
			   &doc,
			   json_skim(json_skim(w->evidence, "match"), "record"),
			   &bad) ||
		   watch_entry_read(&n, doc, w->arena, &bad)) {
		say(w, "record", "of the entry cannot be read");
	} else {
		rc = screen_pair(hits, set, &in, &n, replay_desk_pair(w->desk),
				 w->arena, e);
		*out = hits;
	}
	json_node_free(doc);
	return rc;
}

static int screen(const struct hit_list **out, struct work *w, struct err *e)
{
	const struct hit_row *h = &w->in->hit;
	struct screen_set set = *w->setup->set;

	*out = NULL;
	w->traveller = replay_desk_traveller(w->desk, &w->input);
	if (replay_desk_subject(w->traveller, w->desk, e))
		return e->code;
	if (!set.watchlist || !is_hash(h->watchlist_hash, set.watchlist_hash) ||
	    h->watchlist_delta.v != set.watchlist_delta) {
		set.watchlist = set.added = NULL;
		if (h->kind == HIT_LIST)
			return screen_recorded(out, w, &set, e);
	}
	return replay_desk_screen(out, w->traveller, w->desk, &set,
				  w->setup->scratch, w->input_hash, e);
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

static int replay(struct work *w, struct err *e)
{
	const struct hit_list *hits;
	const struct hit *hit;

	open_evidence(w);
	if (!open_sides(w))
		return 0;
	w->out->input = w->input;
	w->out->opened = true;
	compare_settings(w);
	if (!set_recorded(w))
		return 0;
	if (screen(&hits, w, e)) {
		if (e->code != ERR_INTEGRITY)
			return e->code;
		*e = (struct err){ 0 };
		say(w, "slices", "do not hold the traveller");
		return 0;
	}
	if (!hits)
		return 0; /* there was no entry to screen against */
	hit = find_hit(hits, &w->in->hit);
	if (hit) {
		compare_result(w, hit);
		compare_link(w, hit);
	} else {
		compare_text(w, "result", STR("hit"), STR("no hit"));
	}
	return 0;
}

int replay_hit(struct replay *out, const struct replay_setup *setup,
	       const struct hit_inputs *in, struct arena *a, struct err *e)
{
	struct replay_desk alone = { .arena.parent = a };
	struct work w = { .out = out,
			  .setup = setup,
			  .in = in,
			  .arena = a,
			  .desk = setup->desk ? setup->desk : &alone };

	*out = (struct replay){ 0 };
	replay_desk_turn(w.desk, &in->hit);
	return replay(&w, e);
}
