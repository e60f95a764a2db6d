#include "engine/link.h"
#include "engine/pair.h"
#include "engine/series.h"
#include "engine/sighting.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

/* A message made by hand: records, and slices that are only hashes. */
struct made {
	struct parsed p;
	struct archived_message am;
	struct booking booking[8];
	struct traveller traveller[32];
	struct archived slice[32];
};

static const struct flight_key key = { "X9-417-2026-11-14-CMN" };
static uint64_t seed = 1;

static uint32_t any(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

static void make_hash(uint8_t out[CRYPT_HASH_LEN], const char *what, int n)
{
	struct str part[] = { str_of(what), { (char *)&n, sizeof(n) } };

	crypt_hash(out, "test", part, 2);
}

static void make_message(struct made *m, int number, const char *type,
			 const char *function, int64_t sent_at)
{
	memset(m, 0, sizeof(*m));
	m->p.message.type = str_of(type);
	m->p.message.function = str_of(function);
	m->p.message.sent_at = (struct moment){ sent_at, MOMENT_MINUTE };
	m->p.message.bookings = m->booking;
	m->p.message.travellers = m->traveller;
	m->am.slice = m->slice;
	m->am.header.bytes = STR("header");
	make_hash(m->am.header.hash, "header", number);
	make_hash(m->am.hash, "message", number);
}

static uint32_t add_slice(struct made *m)
{
	uint32_t i = m->am.nr_slice++;

	m->slice[i].bytes = STR("slice");
	make_hash(m->slice[i].hash, "slice", (int)i);
	return i;
}

/* A booking of one traveller. */
static struct traveller *add_booking(struct made *m, const char *locator,
				     const char *surname, const char *given)
{
	struct booking *b = &m->booking[m->p.message.nr_bookings];
	struct traveller *t = &m->traveller[31 - m->p.message.nr_bookings++];

	b->locator = str_of(locator);
	b->slice = add_slice(m);
	b->travellers = t;
	b->nr_travellers = 1;
	t->surname = str_of(surname);
	t->given = str_of(given);
	t->ref = STR("1");
	return t;
}

static struct traveller *add_api(struct made *m, const char *surname,
				 const char *given, struct date born)
{
	struct traveller *t = &m->traveller[m->p.message.nr_travellers++];

	t->surname = str_of(surname);
	t->given = str_of(given);
	t->birth_date = born;
	t->slice = add_slice(m);
	return t;
}

static void apply(struct flight_state *s, const struct made *m)
{
	struct flight_state next;

	link_apply(&next, s, &m->p, &m->am);
	flight_state_release(s);
	*s = next;
}

static void start(struct flight_state *s)
{
	struct err e = { 0 };

	ck_assert_int_eq(crypt_init(&e), 0);
	flight_state_init(s, &key);
}

static const struct linked *only(const struct flight_state *s)
{
	ck_assert_uint_eq(s->nr_linked, 1);
	return &s->linked[0];
}

START_TEST(api_joins_its_booking_by_each_clue)
{
	static const struct {
		const char *what, *locator, *surname, *given, *document;
		struct date born;
		bool joined;
	} row[] = {
		{ "locator and name",
		  "QZ7TST",
		  "DOETEST",
		  "JANE",
		  NULL,
		  { 1982, 4, 17 },
		  true },
		{ "given names cut and joined",
		  "QZ7TST",
		  "DOE TEST",
		  "JANE PETRA",
		  NULL,
		  { 1982, 4, 17 },
		  true },
		{ "document without locator",
		  NULL,
		  "DOE",
		  "J",
		  "l-898902c3",
		  { 1982, 4, 17 },
		  true },
		{ "name and birth date",
		  NULL,
		  "DOETEST",
		  "JANE",
		  NULL,
		  { 1982, 4, 17 },
		  true },
		{ "name alone",
		  NULL,
		  "DOETEST",
		  "JANE",
		  NULL,
		  { 0, 0, 0 },
		  false },
		{ "birth dates disagree",
		  "QZ7TST",
		  "DOETEST",
		  "JANE",
		  "L898902C3",
		  { 1983, 4, 17 },
		  false },
		{ "document and name, another system's locator",
		  "QZ8TST",
		  "DOETEST",
		  "JANE",
		  "L898902C3",
		  { 1982, 4, 17 },
		  true },
		{ "another locator",
		  "QZ8TST",
		  "DOETEST",
		  "JANE",
		  NULL,
		  { 1982, 4, 17 },
		  false },
		{ "another name",
		  "QZ7TST",
		  "ROETEST",
		  "JANE",
		  NULL,
		  { 1982, 4, 17 },
		  false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct document pnr_doc = { .number = STR("L898902C3") };
		struct document api_doc = { .number = str_of(row[i].document) };
		struct made push, list;
		struct flight_state s;
		struct traveller *t;

		start(&s);
		make_message(&push, 1, "PNRGOV", "22", 1000);
		t = add_booking(&push, "QZ7TST", "DOETEST", "JANE");
		t->birth_date = (struct date){ 1982, 4, 17 };
		t->documents = &pnr_doc;
		t->nr_documents = 1;
		make_message(&list, 2, "PAXLST", "745", 2000);
		t = add_api(&list, row[i].surname, row[i].given, row[i].born);
		t->locator = str_of(row[i].locator);
		t->documents = &api_doc;
		t->nr_documents = row[i].document != NULL;
		apply(&s, &push);
		apply(&s, &list);
		ck_assert_msg((s.nr_linked == 1) == row[i].joined, "%s",
			      row[i].what);
		flight_state_release(&s);
	}
}
END_TEST

START_TEST(crew_gate_passes_and_names_of_a_close_out_are_no_travellers)
{
	struct made list, close, gate;
	struct flight_state s;

	start(&s);
	make_message(&list, 1, "PAXLST", "745", 1000);
	add_api(&list, "PILOTTEST", "ROSA", DATE_NONE)->type = STR("CRW");
	add_api(&list, "STEWARDTEST", "SAM", DATE_NONE)->type = STR("CR3");
	make_message(&close, 2, "PAXLST", "266:CLNB", 2000);
	add_api(&close, "OKTEST", "BRAM", DATE_NONE);
	apply(&s, &list);
	apply(&s, &close);
	make_message(&gate, 3, "PAXLST", "655", 3000);
	add_api(&gate, "PARENTTEST", "PAT", DATE_NONE);
	apply(&s, &gate);
	ck_assert_uint_eq(s.nr_linked, 0);
	flight_state_release(&s);
}
END_TEST

START_TEST(who_is_missing_from_a_later_full_push_is_gone)
{
	struct made first, second, update;
	struct flight_state s;

	start(&s);
	make_message(&first, 1, "PNRGOV", "22", 1000);
	add_booking(&first, "QZ7TST", "DOETEST", "JANE");
	make_message(&second, 2, "PNRGOV", "22", 2000);
	make_message(&update, 3, "PNRGOV", "141", 3000);
	apply(&s, &first);
	ck_assert(!only(&s)->gone);
	apply(&s, &update); /* speaks only of what changed */
	ck_assert(!only(&s)->gone);
	apply(&s, &second);
	ck_assert(only(&s)->gone);
	flight_state_release(&s);
}
END_TEST

START_TEST(a_cancelled_booking_is_gone_until_booked_again)
{
	struct made first, cancel, again;
	struct flight_state s;

	start(&s);
	make_message(&first, 1, "PNRGOV", "141", 1000);
	add_booking(&first, "QZ7TST", "DOETEST", "JANE");
	make_message(&cancel, 2, "PNRGOV", "141", 2000);
	cancel.p.message.nr_bookings = 1;
	cancel.booking[0].locator = STR("QZ7TST");
	cancel.booking[0].cancelled = FLAG_YES;
	make_message(&again, 3, "PNRGOV", "141", 3000);
	add_booking(&again, "QZ7TST", "DOETEST", "JANE");
	apply(&s, &cancel); /* in the wrong order, too */
	apply(&s, &first);
	ck_assert(only(&s)->gone);
	apply(&s, &again);
	ck_assert(!only(&s)->gone);
	flight_state_release(&s);
}
END_TEST

/* A close-out or cancellation that names one person. */
static struct traveller *make_notice(struct made *m, int number,
				     const char *function, const char *status,
				     int64_t sent_at, const char *id)
{
	struct traveller *t;

	make_message(m, number, "PAXLST", function, sent_at);
	t = add_api(m, "DOETEST", "JANE", DATE_NONE);
	t->locator = STR("QZ7TST");
	t->status = str_of(status);
	t->carrier_id = str_of(id);
	return t;
}

START_TEST(who_is_not_on_board_is_gone_in_either_order)
{
	static const struct {
		const char *function, *status, *id;
		int64_t sent_at;
		bool gone;
	} row[] = {
		{ "266:CLNB", "not_on_board", "X9-1", 2000, true },
		{ "266:CLNB", "not_on_board", NULL, 2000, true },
		/* somebody else of that name */
		{ "266:CLNB", "not_on_board", "X9-2", 2000, false },
		{ "266:CLOB", "on_board", "X9-1", 2000, false },
		{ "266:CL", NULL, "X9-1", 2000, false },
		{ "745:XR", "cancelled", "X9-1", 2000, true },
		{ "745:RP", "cancelled", "X9-1", 2000, true },
		/* what the list says is newer */
		{ "266:CLNB", "not_on_board", "X9-1", 500, false },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(row); i++) {
		struct made list, word;
		struct flight_state s;
		struct traveller *t;

		start(&s);
		make_message(&list, 1, "PAXLST", "745", 1000);
		t = add_api(&list, "DOETEST", "JANE",
			    (struct date){ 1982, 4, 17 });
		t->locator = STR("QZ7TST");
		t->carrier_id = STR("X9-1");
		make_notice(&word, 2, row[i / 2].function, row[i / 2].status,
			    row[i / 2].sent_at, row[i / 2].id);
		apply(&s, i % 2 ? &word : &list);
		apply(&s, i % 2 ? &list : &word);
		ck_assert_msg(only(&s)->gone == row[i / 2].gone, "row %zu", i);
		/* his documents are still those of the list */
		ck_assert_uint_eq(only(&s)->api->birth_date.year, 1982);
		flight_state_release(&s);
	}
}
END_TEST

START_TEST(a_notice_that_fits_several_takes_nobody_off)
{
	struct made list, word;
	struct flight_state s;
	static const char *const id[] = { "X9-1", "X9-2" };

	start(&s);
	make_message(&list, 1, "PAXLST", "745", 1000);
	for (size_t i = 0; i < ARRAY_SIZE(id); i++) {
		struct traveller *t =
			add_api(&list, "DOETEST", "JANE", DATE_NONE);

		t->locator = STR("QZ7TST");
		t->carrier_id = str_of(id[i]);
	}
	apply(&s, &list);
	make_notice(&word, 2, "266:CLNB", "not_on_board", 2000, NULL);
	apply(&s, &word);
	ck_assert_uint_eq(s.nr_linked, 2);
	ck_assert(!s.linked[0].gone && !s.linked[1].gone);
	make_notice(&word, 3, "266:CLNB", "not_on_board", 3000, "X9-2");
	apply(&s, &word);
	ck_assert_int_eq(s.linked[0].gone + s.linked[1].gone, 1);
	for (size_t i = 0; i < 2; i++)
		if (s.linked[i].gone)
			ck_str_is(s.linked[i].api->carrier_id, "X9-2");
	flight_state_release(&s);
}
END_TEST

START_TEST(a_flight_that_is_cancelled_takes_all_off_until_a_later_list)
{
	struct made push, list, off;
	struct flight_state s;

	start(&s);
	make_message(&push, 1, "PNRGOV", "22", 1000);
	add_booking(&push, "QZ7TST", "DOETEST", "JANE");
	make_message(&off, 2, "PAXLST", "266:XF", 2000);
	make_message(&list, 3, "PAXLST", "745", 3000);
	add_api(&list, "DOETEST", "JANE", DATE_NONE)->locator = STR("QZ7TST");
	apply(&s, &off);
	apply(&s, &push);
	ck_assert(only(&s)->gone);
	apply(&s, &list);
	ck_assert(!only(&s)->gone);
	flight_state_release(&s);
}
END_TEST

START_TEST(compare_marks_what_changed_and_who_went)
{
	struct made list, push;
	struct flight_state before, s;

	start(&before);
	start(&s);
	make_message(&list, 1, "PAXLST", "745", 1000);
	add_api(&list, "DOETEST", "JANE", DATE_NONE)->locator = STR("QZ7TST");
	apply(&before, &list);
	make_message(&push, 2, "PNRGOV", "22", 2000);
	add_booking(&push, "QZ7TST", "DOETEST", "JANE");
	link_apply(&s, &before, &push.p, &push.am);
	link_compare(&s, &before);
	ck_assert(only(&s)->changed);
	ck_assert_uint_eq(s.nr_removed, 1); /* he was API alone, now is both */
	ck_assert(s.removed[0] == before.linked[0].id);
	s.nr_applied = 0; /* committed */
	link_compare(&s, &s);
	ck_assert(!only(&s)->changed);
	before.nr_applied = 0;
	flight_state_release(&before);
	start(&before);
	link_apply(&before, &s, &push.p, &push.am); /* sent again */
	link_compare(&before, &s);
	ck_assert(only(&before)->changed);
	link_compare(&s, &s);
	ck_assert_uint_eq(s.nr_removed, 0);
	flight_state_release(&before);
	flight_state_release(&s);
}
END_TEST

START_TEST(a_push_takes_off_whom_later_api_data_do_not_speak_of)
{
	static const struct {
		int64_t api_at, push_at;
		bool gone;
	} row[] = {
		{ 1500, 2000, true },
		{ 2000, 2000, false },
		{ 2500, 2000, false },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(row); i++) {
		struct made first, list, second;
		struct flight_state s;

		start(&s);
		make_message(&first, 1, "PNRGOV", "22", 1000);
		add_booking(&first, "QZ7TST", "DOETEST", "JANE");
		make_message(&list, 2, "PAXLST", "745", row[i / 2].api_at);
		add_api(&list, "DOETEST", "JANE", DATE_NONE)->locator =
			STR("QZ7TST");
		make_message(&second, 3, "PNRGOV", "22", row[i / 2].push_at);
		apply(&s, i % 2 ? &second : &first);
		apply(&s, &list);
		apply(&s, i % 2 ? &first : &second);
		ck_assert_msg(only(&s)->gone == row[i / 2].gone, "row %zu", i);
		flight_state_release(&s);
	}
}
END_TEST

START_TEST(api_data_go_to_the_booking_that_still_stands)
{
	struct document doc = { .number = STR("L898902C3") };
	struct made first, list, second;
	struct flight_state s;
	struct traveller *t;

	start(&s);
	make_message(&first, 1, "PNRGOV", "22", 1000);
	add_booking(&first, "QZ7TST", "DOETEST", "JANE");
	make_message(&list, 2, "PAXLST", "745", 1500);
	t = add_api(&list, "DOETEST", "JANE", (struct date){ 1982, 4, 17 });
	t->locator = STR("QZ7TST");
	t->documents = &doc;
	t->nr_documents = 1;
	/* booked anew under another locator: less alike, but it stands */
	make_message(&second, 3, "PNRGOV", "22", 2000);
	t = add_booking(&second, "QZ9TST", "DOETEST", "JANE");
	t->documents = &doc;
	t->nr_documents = 1;
	apply(&s, &first);
	apply(&s, &list);
	ck_assert_uint_eq(s.nr_linked, 1);
	apply(&s, &second);
	ck_assert_uint_eq(s.nr_linked, 2);
	for (size_t i = 0; i < 2; i++) {
		bool old = s.linked[i].pnr->sent_at.s == 1000;

		ck_assert(s.linked[i].gone == old);
		ck_assert((s.linked[i].api == NULL) == old);
	}
	flight_state_release(&s);
}
END_TEST

START_TEST(locators_of_other_systems_are_the_booking_s_too)
{
	struct locator pnr = { .value = STR("1A-ABC TST") };
	struct locator api = { .value = STR("1AABCTST") };
	struct made push, list;
	struct flight_state s;
	struct traveller *t;

	start(&s);
	make_message(&push, 1, "PNRGOV", "22", 1000);
	add_booking(&push, "QZ7TST", "DOETEST", "JANE");
	push.booking[0].locators = &pnr;
	push.booking[0].nr_locators = 1;
	make_message(&list, 2, "PAXLST", "745", 1500);
	t = add_api(&list, "DOETEST", "JANE", DATE_NONE);
	t->locator = STR("OTHER1");
	apply(&s, &push);
	apply(&s, &list);
	ck_assert_uint_eq(s.nr_linked, 2);
	make_message(&list, 3, "PAXLST", "745", 1600);
	t = add_api(&list, "DOETEST", "JANE", DATE_NONE);
	t->locator = STR("OTHER1");
	t->locators = &api;
	t->nr_locators = 1;
	apply(&s, &list);
	ck_assert_uint_eq(s.nr_linked, 1);
	flight_state_release(&s);
}
END_TEST

/* A part of a push, with one booking. */
static void make_part(struct made *m, int number, int64_t part, bool last,
		      int64_t sent_at, const char *locator)
{
	make_message(m, number, "PNRGOV", "22", sent_at);
	m->p.message.reference = STR("X9417/261114/0930");
	m->p.message.sender = STR("X9");
	m->p.message.part = (struct number){ part, true };
	m->p.message.last = last ? FLAG_YES : FLAG_UNSET;
	add_booking(m, locator, "DOETEST", "JANE");
}

START_TEST(a_push_in_parts_counts_when_it_is_whole)
{
	enum { PARTS = 3 };

	for (int missing = 0; missing <= PARTS; missing++) {
		for (int turn = 0; turn < PARTS; turn++) {
			struct flight_state s;
			struct made m;
			int gone = 0;

			start(&s);
			make_message(&m, 9, "PNRGOV", "22", 1000);
			add_booking(&m, "QZ0TST", "ROETEST", "BO");
			apply(&s, &m);
			for (int i = 0; i < PARTS; i++) {
				int n = 1 + (i + turn) % PARTS;
				char locator[] = "QZ1TST";

				locator[2] = (char)('0' + n);
				make_part(&m, n, n, n == PARTS, 2000 + 60 * n,
					  locator);
				if (n != missing)
					apply(&s, &m);
			}
			for (uint32_t i = 0; i < s.nr_linked; i++)
				gone += s.linked[i].gone;
			ck_assert_int_eq(gone, !missing);
			flight_state_release(&s);
		}
	}
}
END_TEST

START_TEST(parts_of_one_reference_fall_into_pushes)
{
	static const struct {
		int part, last, at;
		const char *seen;
		int all, complete;
	} row[] = {
		{ 2, 0, 2000, "2", 0, 0 },
		{ 1, 0, 2000, "1-2", 0, 0 },
		{ 1, 0, 2000, "1-2", 0, 0 }, /* the same again */
		{ 5, 1, 2060, "1-2,5", 5, 0 },
		{ 4, 0, 2300, "1-2,4-5", 5, 0 },
		{ 3, 0, 2600, "1-5", 5, 1 },
		/* a number again: the next push; a pause: the next, too */
		{ 1, 0, 2601, "1", 0, 0 },
		{ 2, 1, 2901, "1-2", 2, 1 },
		{ 3, 0, 3202, "3", 0, 0 },
		/* what is late belongs to what it was sent with */
		{ 7, 0, 100, "3", 0, 0 },
	};
	struct arena a = { 0 };
	struct flight_state s;

	start(&s);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct series is;
		struct made m;

		make_part(&m, (int)i, row[i].part, row[i].last, row[i].at,
			  "QZ1TST");
		apply(&s, &m);
		series_of(&is, &s, &m.p.message, &a);
		ck_assert_msg(str_eq(is.seen, str_of(row[i].seen)),
			      "row %zu: " STR_FMT, i, STR_ARG(is.seen));
		ck_assert_int_eq(is.last, row[i].all);
		ck_assert_int_eq(is.complete, row[i].complete);
	}
	ck_assert_int_eq(s.pushed_at.s, 2601);
	flight_state_release(&s);
	arena_release(&a);
}
END_TEST

START_TEST(the_newest_parts_of_a_flight_are_kept)
{
	struct flight_state s;
	struct made m;

	start(&s);
	for (int i = 0; i < SERIES_PARTS_MAX + 2; i++) {
		make_part(&m, i, 1, false, 1000 + i, "QZ1TST");
		series_note(&s, &m.p.message);
	}
	(void)!moment_is_set(series_settle(&s));
	ck_assert_uint_eq(s.nr_part, SERIES_PARTS_MAX);
	ck_assert_int_eq(s.part[0].sent_at.s, 1002);
	make_part(&m, 1, SERIES_NUMBER_MAX, false, 1000, "QZ1TST");
	ck_assert(series_is_part(&m.p.message));
	make_part(&m, 1, SERIES_NUMBER_MAX + 1, false, 1000, "QZ1TST");
	ck_assert(!series_is_part(&m.p.message));
	make_part(&m, 1, 0, false, 1000, "QZ1TST");
	ck_assert(!series_is_part(&m.p.message));
	flight_state_release(&s);
}
END_TEST

START_TEST(a_revision_is_newer_and_a_bare_change_changes_nothing)
{
	struct flight_state s;
	struct made list, other;

	start(&s);
	for (int i = 0; i < 2; i++) {
		/* of one minute: by the hash the first would win, or the second */
		struct made *m = i ? &other : &list;

		make_message(m, 1 + i, "PAXLST", "745", 1000);
		m->p.message.revision = (struct number){ 2 - i, true };
		add_api(m, "DOETEST", "JANE",
			(struct date){ 1982, 4, (uint8_t)(17 + i) })
			->carrier_id = STR("X9-1");
	}
	apply(&s, &list);
	apply(&s, &other);
	ck_assert_int_eq(only(&s)->api->birth_date.day, 17);
	list.p.message.revision.v = 1;
	other.p.message.revision.v = 2;
	flight_state_release(&s);
	start(&s);
	apply(&s, &other);
	apply(&s, &list);
	ck_assert_int_eq(only(&s)->api->birth_date.day, 18);

	make_notice(&list, 3, "745:XR", "cancelled", 2000, "X9-1");
	apply(&s, &list);
	ck_assert(only(&s)->gone);
	make_notice(&list, 4, "745:CP", NULL, 3000, "X9-1");
	apply(&s, &list);
	ck_assert(!only(&s)->gone); /* but he travels */
	ck_assert_int_eq(only(&s)->api->birth_date.day, 18);
	/* whom nothing else is known of is a traveller all the same */
	make_notice(&list, 5, "745:CP", NULL, 3000, "X9-2");
	list.traveller[0].surname = STR("ROETEST");
	apply(&s, &list);
	ck_assert_uint_eq(s.nr_linked, 2);
	/* a change that states something takes the place of what was stated */
	make_message(&list, 6, "PAXLST", "745:CP", 4000);
	add_api(&list, "DOETEST", "JANE", (struct date){ 1982, 4, 19 })
		->carrier_id = STR("X9-1");
	apply(&s, &list);
	ck_assert_uint_eq(s.nr_linked, 2);
	for (size_t i = 0; i < 2; i++)
		if (date_is_set(s.linked[i].api->birth_date))
			ck_assert_int_eq(s.linked[i].api->birth_date.day, 19);
	flight_state_release(&s);
}
END_TEST

START_TEST(notes_survive_the_database)
{
	struct made cancel, word;
	struct flight_state s, back;
	struct arena a = { 0 };
	struct err e = { 0 };

	start(&s);
	start(&back);
	make_message(&cancel, 1, "PNRGOV", "22", 2000);
	cancel.p.message.nr_bookings = 1;
	cancel.booking[0].locator = STR("QZ7TST");
	cancel.booking[0].cancelled = FLAG_YES;
	apply(&s, &cancel);
	make_notice(&word, 2, "266:CLNB", "not_on_board", 3000, "X9-1");
	apply(&s, &word);
	ck_assert_int_eq(link_notes_read(&back, link_notes_write(&s, &a), &e),
			 0);
	ck_assert_int_eq(back.full_push_at.s, 2000);
	ck_assert_uint_eq(back.nr_tombstone, 1);
	ck_str_is(back.tombstone[0].locator, "QZ7TST");
	ck_assert_uint_eq(back.nr_notice, 1);
	ck_assert(back.notice->id == s.notice->id);
	ck_assert(back.notice->name == s.notice->name);
	ck_assert_int_eq(back.notice->sent_at.s, 3000);
	ck_assert(!back.notice->travels);
	ck_assert_int_eq(link_notes_read(&back, STR("push x\n"), &e),
			 ERR_INTEGRITY);
	ck_assert_int_eq(link_notes_read(&back, STR("word 1 x\n"), &e),
			 ERR_INTEGRITY);
	ck_assert_int_eq(link_notes_read(&back, STR("part 1 2 3\n"), &e),
			 ERR_INTEGRITY);
	ck_assert_int_eq(link_notes_read(&back, STR("flight 1 2 3\n"), &e),
			 ERR_INTEGRITY);
	ck_assert_int_eq(link_notes_read(&back, STR("off 1 2\n"), &e),
			 ERR_INTEGRITY);
	flight_state_release(&s);
	flight_state_release(&back);
	arena_release(&a);
}
END_TEST

/* Random traffic for a few persons who share names and locators. */
static void make_random(struct made *m, int number)
{
	static const char *const surnames[] = { "DOETEST", "ROETEST" };
	static const char *const given[] = { "A", "AB", "C" };
	static const char *const locators[] = { "QZ1TST", "QZ2TST", "QZ3TST" };
	static const char *const statuses[] = { "on_board", "cancelled",
						"not_on_board" };
	static const char *const lists[] = { "745",	 "745",	   "745:CP",
					     "266:CLNB", "266:XF", "266:CF" };
	bool push = any(2);
	uint32_t nr = 1 + any(4);

	make_message(m, number, push ? "PNRGOV" : "PAXLST",
		     push ? (any(2) ? "22" : "141")
			  : lists[any(ARRAY_SIZE(lists))],
		     100 * (1 + any(6)));
	m->p.message.flight = (struct flight){
		.carrier = STR("X9"),
		.number = STR("417"),
		.origin = STR("CMN"),
		.departs = { 1000 * number, MOMENT_MINUTE },
	};
	if (any(3) == 0) {
		m->p.message.part = (struct number){ 1 + any(2), true };
		m->p.message.last =
			m->p.message.part.v == 2 ? FLAG_YES : FLAG_UNSET;
	}
	if (any(3) == 0)
		m->p.message.revision = (struct number){ any(3), true };
	for (uint32_t i = 0; i < nr; i++) {
		struct traveller *t =
			push ? add_booking(m, locators[i % 3], surnames[any(2)],
					   given[any(3)])
			     : add_api(m, surnames[any(2)], given[any(3)],
				       DATE_NONE);

		if (any(2))
			t->birth_date =
				(struct date){ 1980, 1, (uint8_t)(1 + any(2)) };
		if (!push && any(2))
			t->locator = str_of(locators[any(3)]);
		if (!push && any(3) == 0)
			t->carrier_id = str_of(given[any(3)]);
		if (!push && any(3) == 0)
			t->status = str_of(statuses[any(3)]);
		if (push && any(8) == 0)
			m->booking[i].cancelled = FLAG_YES;
	}
}

/* Add what one side is made of, as it is read back from the database. */
static void restore(struct flight_state *s, const struct sighting *x,
		    const struct made *all, int nr)
{
	for (int i = 0; i < nr; i++) {
		const struct made *m = &all[i];
		struct archived_message am = { .header = m->am.header,
					       .nr_slice = 1 };
		struct parsed p = m->p;
		struct booking b;
		struct traveller t;

		if (memcmp(m->am.hash, x->message_hash, CRYPT_HASH_LEN))
			continue;
		for (uint32_t k = 0; k < m->am.nr_slice; k++) {
			if (memcmp(m->slice[k].hash, x->slice->hash,
				   CRYPT_HASH_LEN))
				continue;
			am.slice = &all[i].am.slice[k];
			b = m->booking[k];
			t = m->traveller[k];
			b.slice = t.slice = 0;
			p.message.bookings = &b;
			p.message.travellers = &t;
			p.message.nr_bookings = m->p.message.nr_bookings > 0;
			p.message.nr_travellers =
				m->p.message.nr_travellers > 0;
		}
		link_restore(s, &p, &am, x->index, m->am.hash);
	}
}

/* The engine ends, and reads the flight back. */
static void restart(struct flight_state *s, const struct made *all, int nr)
{
	struct flight_state back;
	struct arena a = { 0 };
	struct err e = { 0 };

	flight_state_init(&back, &key);
	ck_assert_msg(link_notes_read(&back, link_notes_write(s, &a), &e) == 0,
		      "%s", e.text);
	for (uint32_t i = 0; i < s->nr_linked; i++) {
		const struct linked *l = &s->linked[i];

		if (l->pnr)
			restore(&back, l->pnr, all, nr);
		if (l->api)
			restore(&back, l->api, all, nr);
	}
	link_settle(&back);
	flight_state_release(s);
	*s = back;
	arena_release(&a);
}

static void print_state(const struct flight_state *s, char *out, size_t len)
{
	size_t n = (size_t)snprintf(
		out, len, "%lld %lld %x\n", (long long)s->flight.departs.s,
		(long long)s->pushed_at.s, s->flight_message[0]);

	for (uint32_t i = 0; i < s->nr_linked; i++) {
		const struct linked *l = &s->linked[i];

		n += (size_t)snprintf(out + n, len - n, "%llx %d %x.%u %x.%u\n",
				      (unsigned long long)l->id, l->gone,
				      l->pnr ? l->pnr->message_hash[0] : 0,
				      l->pnr ? l->pnr->index : 9,
				      l->api ? l->api->message_hash[0] : 0,
				      l->api ? l->api->slice->hash[0] : 9);
	}
	out[n] = 0;
}

START_TEST(the_order_of_messages_does_not_matter)
{
	enum { MESSAGES = 6, TRIES = 300, ORDERS = 6 };
	static struct made m[MESSAGES];
	static char first[16384], other[16384];

	for (int t = 0; t < TRIES; t++) {
		int order[MESSAGES];

		seed = (uint64_t)t + 1;
		for (int i = 0; i < MESSAGES; i++) {
			make_random(&m[i], i);
			order[i] = i;
		}
		for (int o = 0; o < ORDERS; o++) {
			struct flight_state s;

			start(&s);
			for (int i = 0; i < MESSAGES; i++) {
				apply(&s, &m[order[i]]);
				if (o % 2)
					restart(&s, m, MESSAGES);
			}
			print_state(&s, o ? other : first, sizeof(first));
			flight_state_release(&s);
			if (o)
				ck_assert_msg(!strcmp(first, other),
					      "seed %d\n%s\n%s", t + 1, first,
					      other);
			for (int i = MESSAGES - 1; i > 0; i--) {
				int k = (int)any((uint32_t)i + 1);
				int x = order[i];

				order[i] = order[k];
				order[k] = x;
			}
		}
	}
}
END_TEST

UNIT_MAIN("link", api_joins_its_booking_by_each_clue,
	  crew_gate_passes_and_names_of_a_close_out_are_no_travellers,
	  who_is_missing_from_a_later_full_push_is_gone,
	  a_cancelled_booking_is_gone_until_booked_again,
	  who_is_not_on_board_is_gone_in_either_order,
	  a_notice_that_fits_several_takes_nobody_off,
	  a_flight_that_is_cancelled_takes_all_off_until_a_later_list,
	  compare_marks_what_changed_and_who_went,
	  a_push_takes_off_whom_later_api_data_do_not_speak_of,
	  api_data_go_to_the_booking_that_still_stands,
	  locators_of_other_systems_are_the_booking_s_too,
	  a_push_in_parts_counts_when_it_is_whole,
	  parts_of_one_reference_fall_into_pushes,
	  the_newest_parts_of_a_flight_are_kept,
	  a_revision_is_newer_and_a_bare_change_changes_nothing,
	  notes_survive_the_database, the_order_of_messages_does_not_matter)
