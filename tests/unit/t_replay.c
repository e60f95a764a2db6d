/*
 * t_replay.c - hits worked out again in memory; entries back from evidence
 */
#include "base/json.h"
#include "engine/flights.h"
#include "engine/intake.h"
#include "engine/replay.h"
#include "engine/replay_desk.h"
#include "engine/rows.h"
#include "tests/unit/unit.h"
#include "watchlist/build.h"
#include "watchlist/entry_read.h"
#include "watchlist/evidence.h"
#include "watchlist/match.h"

#include "tools/list_file.c"
#include "tools/registers.c"

#include <stdio.h>
#include <string.h>

enum { DAY = 20779 }; /* 2026-11-22 */

/* A set with all sample profiles and a list, and hits made with it. */
static struct arena arena;
static struct err e;
static struct screen_set set;
static struct screen_scratch *scratch;
static struct watchlist *list;
static struct buf list_bytes;
static uint8_t day_key[CRYPT_KEY_LEN];
static struct hit_inputs profile_hit, list_hit;
static const struct past
	*given; /* counts of earlier bookings; NULL: not known */

#define ck_ok(call) ck_assert_msg((call) >= 0, "%s", e.text)

static struct watch_list *read_demo(const char *sheet)
{
	struct watch_registers law = { .today = { 2026, 11, 22 } };
	struct list_warnings none = { 0 };
	struct watch_list *out = arena_alloc(&arena, sizeof(*out));

	ck_ok(registers_read(&law, &arena, "etc/offences.yaml",
			     "etc/authorities.yaml", &e));
	ck_ok(list_file_read(out, &arena, sheet, &law, &none, &e));
	return out;
}

/* The demonstration list, and the traveller of late-cash.edi in it. */
static void make_list(void)
{
	struct watch_list *l =
		read_demo("etc/watchlists/demo-wanted.list.yaml");

	l->entries[0].names[0].surname = STR("RIVERTEST");
	l->entries[0].names[0].given = STR("PAVEL");
	ck_assert(birth_read(STR("1990-04-17"), &l->entries[0].births[0]));
	ck_ok(watchlist_build(&list_bytes, l, 1, &e));
	ck_ok(watchlist_of_bytes(
		&list, (struct str){ list_bytes.data, list_bytes.len }, &e));
}

static struct slice_row stored(const struct row_maker *m,
			       const struct archived *s)
{
	return rows_slice(m, s, SLICE_BOOKING);
}

/* Take a message through the engine's own functions, as far as its rows. */
static void make_hits(const char *file)
{
	struct parse_limits limits = { SIZE_MAX };
	struct flight_state *old = arena_alloc(&arena, sizeof(*old));
	struct flight_state *now = arena_alloc(&arena, sizeof(*now));
	struct archived_message am;
	struct screen_input in = { .screened_at = { DAY * INT64_C(86400) +
							    16 * 3600,
						    MOMENT_SECOND } };
	struct row_maker m = { &arena,	  day_key,    now, DAY,
			       DAY + 180, DAY + 1800, NULL };
	struct buf bytes = { .data = NULL };
	struct flight_key key;
	struct hit_list hits;
	struct intake read;

	ck_ok(buf_read_file(&bytes, file, 0, &e));
	ck_ok(intake_read(&read, buf_view(&bytes), &limits, &arena, &e));
	ck_ok(flight_key_make(&key, &read.payload.parsed[0].message.flight,
			      &e));
	archive_message(&am, read.archive, &read.payload.parsed[0], &arena);
	flight_state_init(old, &key);
	link_apply(now, old, &read.payload.parsed[0], &am);
	flight_state_release(old);
	buf_release(&bytes);
	in.pnr = subject_side_of(now->linked->pnr);
	in.past = given;
	ck_ok(screen_traveller(&hits, &set, scratch, &in, &arena, &e));
	for (uint32_t i = 0; i < hits.nr; i++) {
		struct hit_inputs *to = hits.hit[i].kind == HIT_OF_LIST
						? &list_hit
						: &profile_hit;

		to->hit = rows_hit(&m, now->linked, &set, &hits.subject,
				   &hits.hit[i]);
		to->evidence = rows_evidence(&m, to->hit.hit_id, &hits.hit[i]);
		to->pnr_header = stored(&m, now->linked->pnr->header);
		to->pnr_slice = stored(&m, now->linked->pnr->slice);
	}
	flight_state_release(now);
}

static void setup(void)
{
	struct config c;

	memset(&e, 0, sizeof(e));
	ck_ok(crypt_init(&e));
	crypt_random(day_key, sizeof(day_key));
	ck_ok(config_load(&c, NULL, &arena, &e));
	c.watchlist = "";
	ck_ok(screen_set_load(&set, &c, &e));
	make_list();
	set.watchlist = list;
	crypt_hash(set.watchlist_hash, "watchlist", &list->bytes, 1);
	ck_ok(screen_scratch_new(&scratch, &set, &e));
	make_hits("etc/profiles/tests/late-cash.edi");
	ck_str_is(profile_hit.hit.source, "late-cash-one-way");
	ck_str_is(list_hit.hit.source, "demo-wanted:DW-0001");
}

static void teardown(void)
{
	screen_scratch_free(scratch);
	set.watchlist = NULL;
	screen_set_release(&set);
	watchlist_free(list);
	buf_release(&list_bytes);
	arena_release(&arena);
}

static struct replay replay(const struct screen_set *with,
			    const struct hit_inputs *in)
{
	struct replay_setup s = { with, scratch, day_key, NULL };
	struct replay r;

	ck_ok(replay_hit(&r, &s, in, &arena, &e));
	return r;
}

static void is_identical(const struct replay *r)
{
	ck_assert_msg(!r->nr, "%.*s %s", STR_ARG(r->difference[0].part),
		      r->difference[0].what);
}

START_TEST(hits_replay_identical)
{
	struct replay r;

	setup();
	r = replay(&set, &profile_hit);
	is_identical(&r);
	r = replay(&set, &list_hit);
	is_identical(&r);
	ck_assert(!r.on_pair);
	teardown();
}
END_TEST

START_TEST(a_list_hit_replays_on_its_entry)
{
	struct screen_set other;
	struct replay r;

	setup();
	other = set;
	other.watchlist = NULL;
	memset(other.watchlist_hash, 0, CRYPT_HASH_LEN);
	r = replay(&other, &list_hit);
	ck_assert(r.on_pair);
	is_identical(&r);
	r = replay(&other, &profile_hit);
	ck_assert(!r.on_pair);
	is_identical(&r);
	other = set;
	other.watchlist_hash[0] ^= 1; /* another snapshot */
	r = replay(&other, &list_hit);
	ck_assert(r.on_pair);
	is_identical(&r);
	teardown();
}
END_TEST

/* Flip a bit; the bytes are shared with others, so in a copy. */
static struct str flipped(struct str s, size_t at)
{
	char *copy = arena_alloc(&arena, s.len + 1);

	memcpy(copy, s.ptr, s.len);
	copy[at % s.len] ^= 1;
	return (struct str){ copy, s.len };
}

/* Evidence with one text in the place of another, sealed as it should be. */
static void reseal(struct hit_inputs *in, const char *from, const char *to)
{
	struct row_ref ref = { STR("evidence"), date_from_days(DAY),
			       in->hit.hit_id };
	struct buf plain = { .data = NULL }, sealed = { .data = NULL };
	ptrdiff_t at;

	ck_ok(crypt_open_row(&plain, day_key, &ref, in->evidence.sealed, &e));
	at = str_find(buf_view(&plain), str_of(from));
	ck_assert_msg(at >= 0 && strlen(from) == strlen(to), "no %s", from);
	memcpy(plain.data + at, to, strlen(to));
	crypt_seal_row(&sealed, day_key, &ref, buf_view(&plain));
	in->evidence.sealed = arena_str(&arena, buf_view(&sealed));
	buf_release(&plain);
	buf_release(&sealed);
}

/* The evidence's recorded hash follows what is stored: a whole forgery. */
static void rehash(struct hit_inputs *in)
{
	struct row_ref ref = { STR("evidence"), date_from_days(DAY),
			       in->hit.hit_id };
	struct buf plain = { .data = NULL };
	struct str text;
	uint8_t hash[CRYPT_HASH_LEN];

	ck_ok(crypt_open_row(&plain, day_key, &ref, in->evidence.sealed, &e));
	text = buf_view(&plain);
	crypt_hash(hash, "evidence", &text, 1);
	in->hit.evidence_hash =
		arena_str(&arena, (struct str){ (char *)hash, sizeof(hash) });
	buf_release(&plain);
}

/* The slice sealed again, for the hit's flight, with another last byte. */
static struct str resealed_slice(const struct hit_inputs *in,
				 const struct slice_row *row, char flip)
{
	struct row_ref was =
		flights_slice_ref(list_hit.hit.flight_id, DAY, row->slice_hash);
	struct row_ref is =
		flights_slice_ref(in->hit.flight_id, DAY, row->slice_hash);
	struct buf plain = { .data = NULL }, sealed = { .data = NULL };
	struct str out;

	ck_ok(crypt_open_row(&plain, day_key, &was, row->sealed, &e));
	plain.data[plain.len - 1] ^= flip;
	crypt_seal_row(&sealed, day_key, &is, buf_view(&plain));
	out = arena_str(&arena, buf_view(&sealed));
	buf_release(&plain);
	buf_release(&sealed);
	return out;
}

/* All rows moved to another flight, with valid seals. */
static void move_to_flight(struct hit_inputs *in, int64_t flight_id)
{
	in->hit.flight_id = flight_id;
	in->pnr_header.sealed = resealed_slice(in, &in->pnr_header, 0);
	in->pnr_slice.sealed = resealed_slice(in, &in->pnr_slice, 0);
}

#define TAMPER(name, change)                             \
	static void tamper_##name(struct hit_inputs *in) \
	{                                                \
		struct hit_row *h = &in->hit;            \
                                                         \
		(void)h;                                 \
		change;                                  \
	}

TAMPER(score, h->score++)
TAMPER(revision, h->revision++)
TAMPER(class, h->class = h->class == 'A' ? 'B' : 'A')
TAMPER(draft, h->draft = !h->draft)
TAMPER(kind, h->kind = h->kind == HIT_LIST ? HIT_PROFILE : HIT_LIST)
TAMPER(source, h->source = STR("demo-wanted:DW-0002"))
TAMPER(country, h->country = STR("FRA"))
TAMPER(semantics, h->semantics.v++)
TAMPER(no_semantics, h->semantics.set = false)
TAMPER(screened_at, h->screened_at.s -= 1)
TAMPER(input_hash, h->input_hash = flipped(h->input_hash, 0))
TAMPER(profiles, h->profile_set_hash = flipped(h->profile_set_hash, 31))
TAMPER(list, h->watchlist_hash = flipped(h->watchlist_hash, 7))
TAMPER(reference, h->reference_hash = flipped(h->reference_hash, 7))
TAMPER(short_hash, h->reference_hash.len = 5)
TAMPER(evidence_hash, h->evidence_hash = flipped(h->evidence_hash, 3))
TAMPER(no_evidence, in->evidence.sealed = STR_NONE)
TAMPER(evidence, in->evidence.sealed = flipped(in->evidence.sealed, 50))
TAMPER(evidence_empty, in->evidence.sealed = STR(""))
TAMPER(evidence_text, reseal(in, "RIVERTEST", "WATERTEST"))
TAMPER(evidence_forged, reseal(in, "RIVERTEST", "WATERTEST"); rehash(in))
TAMPER(evidence_broken, reseal(in, "{", "["))
TAMPER(hit_id, h->hit_id++)
TAMPER(traveller, h->traveller_id++)
TAMPER(flight, h->flight_id++)
TAMPER(index, h->pnr_index.v++)
TAMPER(no_sides, h->pnr_header = STR_NONE)
TAMPER(no_slice, in->pnr_slice.sealed = STR_NONE)
TAMPER(no_header, in->pnr_header.sealed = STR_NONE)
TAMPER(slice, in->pnr_slice.sealed = flipped(in->pnr_slice.sealed, 99))
TAMPER(header, in->pnr_header.sealed = flipped(in->pnr_header.sealed, 99))
TAMPER(slice_hash, h->pnr_slice = flipped(h->pnr_slice, 1))
TAMPER(resealed, in->pnr_slice.sealed = resealed_slice(in, &in->pnr_slice, 1))
TAMPER(reheaded, in->pnr_header.sealed = resealed_slice(in, &in->pnr_header, 1))
TAMPER(moved, move_to_flight(in, 4711))
TAMPER(swapped, in->pnr_slice = in->pnr_header; h->pnr_slice = h->pnr_header)

/* clang-format off */
static const struct {
	void (*tamper)(struct hit_inputs *in);
	const char *part;
	bool list; /* of the list hit, else of the profile's */
} tampers[] = {
	{ tamper_score,		 "score", false },
	{ tamper_score,		 "score", true },
	{ tamper_revision,	 "revision", false },
	{ tamper_class,		 "class", true },
	{ tamper_draft,		 "draft", false },
	{ tamper_kind,		 "result", false },
	{ tamper_kind,		 "result", true },
	{ tamper_source,	 "result", true },
	{ tamper_country,	 "country", false },
	{ tamper_country,	 "input_hash", true },
	{ tamper_semantics,	 "semantics", false },
	{ tamper_semantics,	 "input_hash", false },
	{ tamper_no_semantics,	 "inputs", true },
	{ tamper_screened_at,	 "input_hash", true },
	{ tamper_input_hash,	 "input_hash", false },
	{ tamper_profiles,	 "profile_set_hash", false },
	{ tamper_profiles,	 "input_hash", true },
	{ tamper_list,		 "input_hash", false },
	{ tamper_list,		 "input_hash", true },
	{ tamper_reference,	 "reference_hash", true },
	{ tamper_short_hash,	 "inputs", true },
	{ tamper_evidence_hash,	 "evidence_hash", false },
	{ tamper_evidence_hash,	 "evidence", true },
	{ tamper_no_evidence,	 "evidence", false },
	{ tamper_evidence,	 "evidence", false },
	{ tamper_evidence_empty, "evidence", false },
	{ tamper_evidence_text,	 "evidence", false },
	{ tamper_evidence_text,	 "evidence.traveller.surname", true },
	{ tamper_evidence_forged, "evidence_hash", false },
	{ tamper_evidence_broken, "evidence", false },
	{ tamper_hit_id,	 "evidence", false },
	{ tamper_hit_id,	 "hit_id", false },
	{ tamper_traveller,	 "traveller", false },
	{ tamper_flight,	 "pnr_slice", false },
	{ tamper_index,		 "slices", false },
	{ tamper_no_sides,	 "inputs", false },
	{ tamper_no_slice,	 "pnr_slice", false },
	{ tamper_no_header,	 "pnr_header", true },
	{ tamper_slice,		 "pnr_slice", false },
	{ tamper_header,	 "pnr_header", true },
	{ tamper_slice_hash,	 "pnr_slice", true },
	{ tamper_resealed,	 "pnr_slice", false },
	{ tamper_reheaded,	 "pnr_header", true },
	{ tamper_moved,		 "flight", true },
	{ tamper_swapped,	 "slices", true },
};
/* clang-format on */

static bool has_part(const struct replay *r, const char *part)
{
	for (uint32_t i = 0; i < r->nr; i++)
		if (str_eq(r->difference[i].part, str_of(part)))
			return true;
	return false;
}

START_TEST(what_is_tampered_with_is_named)
{
	setup();
	for (size_t i = 0; i < ARRAY_SIZE(tampers); i++) {
		struct hit_inputs in = tampers[i].list ? list_hit : profile_hit;
		struct replay r;

		tampers[i].tamper(&in);
		r = replay(&set, &in);
		ck_assert_msg(has_part(&r, tampers[i].part),
			      "row %zu: no '%s' among %u", i, tampers[i].part,
			      r.nr);
	}
	teardown();
}
END_TEST

/* The same differences in the same order, values included. */
static void is_same(const struct replay *x, const struct replay *y, size_t row)
{
	ck_assert_msg(x->nr == y->nr, "row %zu: %u differences, not %u", row,
		      x->nr, y->nr);
	for (uint32_t i = 0; i < x->nr; i++) {
		const struct replay_difference *a = &x->difference[i];
		const struct replay_difference *b = &y->difference[i];

		ck_assert_msg(str_eq(a->part, b->part) &&
				      !strcmp(a->what, b->what) &&
				      str_eq(a->recorded, b->recorded) &&
				      str_eq(a->replayed, b->replayed),
			      "row %zu: " STR_FMT " %s", row, STR_ARG(a->part),
			      a->what);
	}
}

static struct replay replay_on(struct replay_desk *desk,
			       const struct screen_set *with,
			       const struct hit_inputs *in)
{
	struct replay_setup s = { with, scratch, day_key, desk };
	struct replay r;

	ck_ok(replay_hit(&r, &s, in, &arena, &e));
	return r;
}

/* Whatever lies on the desk from hits before, a hit gets what is its own. */
START_TEST(a_desk_changes_no_result)
{
	struct replay_desk desk = { .nr = 0 };
	struct screen_set without;

	setup();
	without = set;
	without.watchlist = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(tampers); i++) {
		struct hit_inputs good =
			tampers[i].list ? list_hit : profile_hit;
		struct hit_inputs bad = good;
		struct replay r, cold;

		tampers[i].tamper(&bad);
		r = replay_on(&desk, &set, &good);
		is_identical(&r);
		cold = replay(&set, &bad);
		r = replay_on(&desk, &set, &bad);
		is_same(&r, &cold, i);
		cold = replay(&without, &bad);
		r = replay_on(&desk, &without, &bad);
		is_same(&r, &cold, i);
		r = replay_on(&desk, &set, &good);
		is_identical(&r);
	}
	replay_desk_release(&desk);
	teardown();
}
END_TEST

START_TEST(hits_of_a_traveller_share_the_desk)
{
	struct replay_desk desk = { .nr = 0 };
	struct hit_inputs other, moved;
	struct replay r;

	setup();
	other = list_hit; /* its slices were sealed by themselves: one row now */
	other.pnr_header = profile_hit.pnr_header;
	other.pnr_slice = profile_hit.pnr_slice;
	r = replay_on(&desk, &set, &profile_hit);
	is_identical(&r);
	r = replay_on(&desk, &set, &other);
	is_identical(&r);
	ck_assert_uint_eq(desk.nr, 2);
	ck_assert_uint_eq(desk.parsed.nr, 1);
	r = replay_on(&desk, &set, &list_hit); /* the same in other bytes */
	is_identical(&r);
	ck_assert_uint_eq(desk.nr, 4);
	moved = list_hit;
	move_to_flight(&moved, 4711);
	r = replay_on(&desk, &set, &moved);
	ck_assert(has_part(&r, "flight"));
	ck_assert_uint_eq(desk.nr, 2); /* those of the other flight */
	ck_assert_int_eq(desk.flight_id, 4711);
	arena_alloc(&desk.arena, DESK_BYTES); /* no more room */
	r = replay_on(&desk, &set, &moved);
	ck_assert_uint_lt(arena_used(&desk.arena), DESK_BYTES);
	replay_desk_release(&desk);
	teardown();
}
END_TEST

/* What is kept of a set is for that set, and with its lists or without. */
START_TEST(a_desk_keeps_sets_apart)
{
	struct replay_desk desk = { .nr = 0 };
	struct hit_inputs listed;
	struct screen_set without, none;
	struct replay r;

	setup();
	listed = list_hit;
	listed.pnr_header = profile_hit.pnr_header;
	listed.pnr_slice = profile_hit.pnr_slice;
	without = none = set;
	without.watchlist = NULL;
	r = replay_on(&desk, &without, &profile_hit);
	is_identical(&r);
	r = replay_on(&desk, &set, &listed);
	is_identical(&r);
	none.profiles = NULL;
	none.profiles_hash[0] ^= 1;
	r = replay_on(&desk, &none, &profile_hit);
	ck_assert(has_part(&r, "result"));
	r = replay_on(&desk, &set, &profile_hit);
	is_identical(&r);
	replay_desk_release(&desk);
	teardown();
}
END_TEST

START_TEST(a_desk_keeps_inputs_apart)
{
	static const uint8_t hash[CRYPT_HASH_LEN];
	struct subject_side side = { STR("h"), STR("s"), 0, hash, hash };
	struct screen_input in = { .pnr = side, .screened_at = { 1, 1 } };
	struct screen_input x[5] = { in, in, in, in, in };
	struct replay_desk desk = { .nr = 0 };
	struct desk_traveller *t = replay_desk_traveller(&desk, &in);

	x[0].screened_at.s++;
	x[1].pnr.index = DESK_CHAINS; /* the same chain */
	x[2].pnr.slice = STR("another");
	x[3].pnr.header = STR("other");
	x[4].api = side;
	for (size_t i = 0; i < ARRAY_SIZE(x); i++)
		ck_assert_ptr_ne(replay_desk_traveller(&desk, &x[i]), t);
	ck_assert_ptr_eq(replay_desk_traveller(&desk, &in), t);
	replay_desk_release(&desk);
}
END_TEST

START_TEST(a_forged_entry_is_seen_without_the_list)
{
	struct screen_set other;
	struct hit_inputs in;
	struct replay r;

	setup();
	other = set;
	other.watchlist = NULL;
	in = list_hit;
	reseal(&in, "\"1990-04-17\"],\"sex\"", "\"1991-05-18\"],\"sex\"");
	r = replay(&other, &in);
	ck_assert(has_part(&r, "evidence"));
	ck_assert(has_part(&r, "result"));
	in = list_hit;
	reseal(&in, "\"threshold\":8", "\"threshold\":\"");
	r = replay(&other, &in);
	ck_assert(has_part(&r, "evidence"));
	in = list_hit;
	reseal(&in, "\"record\"", "\"rekord\"");
	r = replay(&other, &in);
	ck_assert(has_part(&r, "record"));
	ck_assert(!has_part(&r, "result")); /* nobody knows */
	teardown();
}
END_TEST

/* Counts come from the evidence, and from nowhere else. */
START_TEST(counts_of_earlier_bookings_replay)
{
	static const struct past counts = { 90,
					    { 3, -1, 0, 1, 100, -1, 2, 0, 1 } };
	const struct hit_inputs *of[] = { &profile_hit, &list_hit };
	struct replay_desk desk = { .nr = 0 };
	struct replay_setup s = { &set, NULL, day_key, &desk };
	struct replay r;

	given = &counts;
	setup();
	s.scratch = scratch;
	for (size_t i = 0; i < ARRAY_SIZE(of); i++) {
		struct hit_inputs in = *of[i];

		ck_ok(replay_hit(&r, &s, &in, &arena, &e));
		is_identical(&r);
		reseal(&in, "\"trips\":2", "\"trips\":3");
		ck_ok(replay_hit(&r, &s, &in, &arena, &e));
		ck_assert(has_part(&r, "input_hash"));
		ck_assert(has_part(&r, "evidence_hash"));
		reseal(&in, "\"days\":90", "\"days\":91");
		ck_ok(replay_hit(&r, &s, &in, &arena, &e));
		ck_assert(has_part(&r, "past"));
		in = *of[i];
		reseal(&in, "\"past\"", "\"fast\"");
		ck_ok(replay_hit(&r, &s, &in, &arena, &e));
		ck_assert(has_part(&r, "input_hash"));
	}
	replay_desk_release(&desk);
	teardown();
}
END_TEST

START_TEST(values_of_evidence_are_marked_as_personal)
{
	struct hit_inputs in;
	struct replay r;

	setup();
	in = profile_hit;
	reseal(&in, "RIVERTEST", "WATERTEST");
	in.hit.score++;
	r = replay(&set, &in);
	for (uint32_t i = 0; i < r.nr; i++) {
		const struct replay_difference *d = &r.difference[i];
		bool of_evidence = str_starts(d->part, STR("evidence."));

		ck_assert_int_eq(d->personal, of_evidence);
		ck_assert(str_find(d->part, STR("TEST")) < 0);
		if (of_evidence && d->recorded.ptr)
			ck_str_is(d->recorded, "\"WATERTEST\"");
	}
	teardown();
}
END_TEST

static const struct {
	const char *x, *y, *parts;
} evidence[] = {
	{ "{\"a\":1}", "{\"a\":1}", "" },
	{ "{\"a\":1}", "{\"a\":2}", "evidence.a " },
	{ "{\"a\":1}", "{\"a\":\"1\"}", "evidence.a " },
	{ "{\"a\":1,\"b\":2}", "{\"a\":1}", "evidence.b " },
	{ "{\"a\":1}", "{\"a\":1,\"b\":null}", "evidence.b " },
	{ "{\"a\":[1,{\"b\":2}]}", "{\"a\":[1,{\"b\":3}]}",
	  "evidence.a[1].b " },
	{ "{\"a\":[1,2,3]}", "{\"a\":[1]}", "evidence.a[1] evidence.a[2] " },
	{ "{\"a\":[]}", "{\"a\":[1]}", "evidence.a[0] " },
	{ "{\"a\":1}", "{ \"a\":1}", "evidence " },
	{ "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "evidence " },
	{ "{\"a\":1", "{\"a\":1}", "evidence " },
	{ "", "{}", "evidence " },
	{ "\x01\xff", "{}", "evidence " },
	{ "[]", "{}", "evidence " },
};

START_TEST(evidence_is_compared_member_by_member)
{
	for (size_t i = 0; i < ARRAY_SIZE(evidence); i++) {
		struct replay r = { .nr = 0 };
		struct buf parts = { .data = NULL };

		replay_compare_evidence(&r, str_of(evidence[i].x),
					str_of(evidence[i].y), &arena);
		for (uint32_t k = 0; k < r.nr; k++)
			buf_fmt(&parts, STR_FMT " ",
				STR_ARG(r.difference[k].part));
		ck_str_is(buf_view(&parts), evidence[i].parts);
		buf_release(&parts);
	}
	arena_release(&arena);
}
END_TEST

START_TEST(differences_are_at_most_so_many)
{
	struct buf x = { .data = NULL }, y = { .data = NULL };
	struct replay r = { .nr = 0 };

	for (int i = 0; i < 3 * REPLAY_DIFFERENCES; i++) {
		buf_fmt(&x, "%c%d", i ? ',' : '[', i);
		buf_fmt(&y, "%c%d", i ? ',' : '[', i + 1);
	}
	buf_byte(&x, ']');
	buf_byte(&y, ']');
	replay_compare_evidence(&r, buf_view(&x), buf_view(&y), &arena);
	ck_assert_uint_eq(r.nr, REPLAY_DIFFERENCES);
	buf_release(&x);
	buf_release(&y);
	arena_release(&arena);
}
END_TEST

static struct str record_of(const struct watch_entry *n)
{
	struct buf text = { .data = NULL };
	struct json j;
	struct str out;

	json_init(&j, &text);
	watch_entry_write_json(&j, NULL, n);
	out = arena_str(&arena, buf_view(&text));
	buf_release(&text);
	return out;
}

static struct str match_of(const struct watch_query *q,
			   const struct watch_entry *n)
{
	static struct watch_pair_scratch tmp;
	struct buf text = { .data = NULL };
	struct watch_match m;
	struct json j;
	struct str out = STR("none");

	if (!watch_pair(&m, &tmp, q, n))
		return out;
	json_init(&j, &text);
	watch_match_write_json(&j, NULL, &m, q, n);
	out = arena_str(&arena, buf_view(&text));
	buf_release(&text);
	return out;
}

/* Someone rather like the entry: its k-th name, with or without the rest. */
static struct watch_query near(const struct watch_entry *n, uint32_t k)
{
	struct watch_query q = { .sex = n->sex };

	if (k < n->nr_names)
		watch_query_add_name(&q, n->names[k].surname,
				     n->names[k].given);
	if (n->nr_births)
		q.birth = date_from_days(n->births[0].from);
	if (n->nr_nationalities)
		watch_query_add_nationality(&q, n->nationalities[0]);
	if (n->nr_documents && (k % 2 || !n->nr_names))
		watch_query_add_document(
			&q,
			(struct str){ n->documents[0].number.text,
				      n->documents[0].number.len },
			n->documents[0].issuer);
	return q;
}

static uint32_t check_entry(const struct watch_entry *n)
{
	struct str text = record_of(n);
	struct json_node *doc;
	struct watch_entry back;
	uint32_t matches = 0;

	ck_ok(json_read(&doc, text, &e));
	ck_ok(watch_entry_read(&back, doc, &arena, &e));
	json_node_free(doc);
	ck_assert_msg(str_eq(record_of(&back), text), "%.*s", STR_ARG(text));
	for (uint32_t k = 0; k == 0 || k < n->nr_names; k++) {
		struct watch_query q = near(n, k);
		struct str match = match_of(&q, n);

		matches += !str_eq(match, STR("none"));
		ck_assert_msg(str_eq(match_of(&q, &back), match), "%.*s",
			      STR_ARG(match));
	}
	return matches;
}

START_TEST(every_demo_entry_comes_back_from_its_record)
{
	static const char *const sheets[] = {
		"etc/watchlists/demo-wanted.list.yaml",
		"etc/watchlists/demo-documents.list.yaml",
	};

	for (size_t i = 0; i < ARRAY_SIZE(sheets); i++) {
		struct buf bytes = { .data = NULL };
		struct watchlist *wl;
		uint32_t matches = 0, names = 0;

		ck_ok(watchlist_build(&bytes, read_demo(sheets[i]), 1, &e));
		ck_ok(watchlist_of_bytes(
			&wl, (struct str){ bytes.data, bytes.len }, &e));
		for (uint32_t k = 0; k < wl->nr_entry; k++) {
			struct watch_entry n;

			watchlist_entry(wl, k, &arena, &n);
			ck_assert(n.list_version != 0);
			names += n.nr_names ? n.nr_names : 1;
			matches += check_entry(&n);
		}
		ck_assert_uint_ge(wl->nr_entry, 10);
		ck_assert_uint_ge(matches * 10, names * 9);
		watchlist_free(wl);
		buf_release(&bytes);
	}
	arena_release(&arena);
}
END_TEST

#define RECORD(names, births, rest)                                    \
	"{\"list\":\"l\",\"id\":\"i\",\"reference\":null,"             \
	"\"offence\":\"02\",\"valid_until\":null,\"threshold\":800,"   \
	"\"names\":" names ",\"birth_dates\":" births ",\"sex\":null," \
	"\"nationalities\":[],\"birth_place\":null,\"documents\":[]" rest "}"
#define NAME "[{\"surname\":\"A\",\"given\":null,\"weights\":[1]}]"

static const struct {
	const char *text, *member; /* NULL: read */
} records[] = {
	{ RECORD(NAME, "[]", ""), NULL },
	{ RECORD("[]", "[\"1970..1971-02\"]", ""), NULL },
	{ "{}", "list" },
	{ "[]", "list" },
	{ "null", "list" },
	{ RECORD("7", "[]", ""), "names" },
	{ RECORD("[7]", "[]", ""), "surname" },
	{ RECORD("[{\"surname\":\"A\",\"given\":null}]", "[]", ""), "weights" },
	{ RECORD("[{\"surname\":\"A\",\"given\":null,\"weights\":[-1]}]", "[]",
		 ""),
	  "weights" },
	{ RECORD("[{\"surname\":\"A\",\"given\":null,\"weights\":[65536]}]",
		 "[]", ""),
	  "weights" },
	{ RECORD("[{\"surname\":\"A\",\"given\":null,\"weights\":"
		 "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}]",
		 "[]", ""),
	  "weights" },
	{ RECORD(NAME, "[\"1970-13\"]", ""), "birth_dates" },
	{ RECORD(NAME, "[]", ",\"list_version\":\"0123456789abcdef\""), NULL },
	{ RECORD(NAME, "[]", ",\"list_version\":\"0000000000000000\""),
	  "list_version" },
	{ RECORD(NAME, "[]", ",\"list_version\":null"), "list_version" },
	{ RECORD(NAME, "[null]", ""), "birth_dates" },
};

START_TEST(bad_records_are_refused_by_member)
{
	for (size_t i = 0; i < ARRAY_SIZE(records); i++) {
		struct json_node *doc;
		struct watch_entry n;
		struct err bad = { 0 };
		char want[60];
		int rc;

		ck_ok(json_read(&doc, str_of(records[i].text), &e));
		rc = watch_entry_read(&n, doc, &arena, &bad);
		json_node_free(doc);
		if (!records[i].member) {
			ck_assert_msg(rc == 0, "row %zu: %s", i, bad.text);
			continue;
		}
		snprintf(want, sizeof(want), "no usable '%s'",
			 records[i].member);
		ck_assert_int_eq(rc, ERR_VALUE);
		ck_assert_msg(strstr(bad.text, want), "row %zu: %s", i,
			      bad.text);
	}
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("replay", hits_replay_identical, a_list_hit_replays_on_its_entry,
	  what_is_tampered_with_is_named, a_desk_changes_no_result,
	  hits_of_a_traveller_share_the_desk, a_desk_keeps_sets_apart,
	  a_desk_keeps_inputs_apart, a_forged_entry_is_seen_without_the_list,
	  counts_of_earlier_bookings_replay,
	  values_of_evidence_are_marked_as_personal,
	  evidence_is_compared_member_by_member,
	  differences_are_at_most_so_many,
	  every_demo_entry_comes_back_from_its_record,
	  bad_records_are_refused_by_member)
