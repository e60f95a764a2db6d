#include "engine/link.h"
#include "engine/pair.h"
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
	static const char *const lists[] = { "745", "745", "266:CLNB",
					     "266:XF" };
	bool push = any(2);
	uint32_t nr = 1 + any(4);

	make_message(m, number, push ? "PNRGOV" : "PAXLST",
		     push ? (any(2) ? "22" : "141") : lists[any(4)],
		     1000 * (1 + any(4)));
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

static void print_state(const struct flight_state *s, char *out, size_t len)
{
	size_t n = 0;

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
			for (int i = 0; i < MESSAGES; i++)
				apply(&s, &m[order[i]]);
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
	  compare_marks_what_changed_and_who_went, notes_survive_the_database,
	  the_order_of_messages_does_not_matter)
