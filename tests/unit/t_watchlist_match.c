#include "tests/unit/unit.h"
#include "watchlist/build.h"
#include "watchlist/evidence.h"
#include "watchlist/match.h"

#include <stdio.h>
#include <string.h>

enum { ENTRIES = 2000, QUERIES = 500, CAP = 64, SMALL = 60 };

static uint64_t seed = 88172645463325252u;

static uint32_t next_number(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 11) % n;
}

static const char *const words[] = {
	"ANNA",
	"ANNE",
	"HANS",
	"PETER",
	"PETRA",
	"LI",
	"LIN",
	"WEN",
	"DE",
	"LA",
	"CRUZ",
	"AL",
	"MASRI",
	"ALMASRI",
	"MUHAMMAD",
	"MOHAMED",
	"ALI",
	"ABD",
	"EL",
	"RAHMAN",
	"ABDERRAHMAN",
	"ABDULRAHMAN",
	"KADER",
	"JUAN",
	"MUELLER",
	"M\xc3\x9cLLER",
	"MULLER",
	"MANUEL",
	"VAN",
	"DER",
	"BERG",
	"VANDERBERG",
	"KOWALSKI",
	"KOWALSKA",
	"IVANOV",
	"IVANOVA",
	"V",
	"VLADIMIR",
	"VOLODYMYR",
	"JUNIOR",
	"O'BRIEN",
	"OBRIEN",
	"JEAN-PAUL",
	"JEANPAUL",
	"\xd0\x98\xd0\x92\xd0\x90\xd0\x9d\xd0\x9e\xd0\x92",
	"\xe6\xac\xa7\xe9\x98\xb3",
	"ALEKSANDR",
	"WILLIAMS",
	"SHAMS",
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	"A A A A A A A A A A",
	"\xff\xfe",
	"---",
	"XXX",
	"FNU",
	"MR",
	"\xcc\x88",
};

/* One to `most` words, some of them with an edit or glued to the next. */
static struct str random_words(struct arena *a, uint32_t most, bool title)
{
	struct buf b = { .data = NULL };
	struct str s;
	uint32_t nr = next_number(most + 1);

	for (uint32_t i = 0; i < nr; i++) {
		size_t at = b.len;

		buf_z(&b, words[next_number(ARRAY_SIZE(words))]);
		if (next_number(4) == 0 && b.len > at + 3)
			b.data[at + 1 +
			       next_number((uint32_t)(b.len - at - 1))] =
				(char)('A' + next_number(26));
		if (next_number(5))
			buf_byte(&b, ' ');
	}
	if (title && next_number(6) == 0)
		buf_z(&b, "MR");
	s = arena_str(a, buf_view(&b));
	buf_release(&b);
	return s;
}

static struct date random_date(void)
{
	struct date d = { (int16_t)(1970 + next_number(4)),
			  (uint8_t)(1 + next_number(12)),
			  (uint8_t)(1 + next_number(28)) };

	if (next_number(6) == 0)
		d.day = 0;
	if (next_number(9) == 0)
		d.day = d.month = 0;
	return d;
}

static struct watch_document random_document(void)
{
	static const struct str issuer[] = { STR_INIT("AUT"), STR_INIT("DEU"),
					     STR_INIT("") };
	char number[16];
	struct watch_document d = { .issuer = issuer[next_number(3)] };

	snprintf(number, sizeof(number), "X%c123%03u",
		 next_number(2) ? 'O' : '0', next_number(300));
	d.number = document_canonical(str_of(number));
	return d;
}

static struct str places[] = {
	{ NULL, 0 },	  STR_INIT("LINZ"),	     STR_INIT("Linz, Austria"),
	STR_INIT("Graz"), STR_INIT("BONN; Germany"), STR_INIT("DEU"),
};

static void random_entry(struct watch_entry *n, struct arena *a, uint32_t at,
			 uint32_t threshold)
{
	static const char sexes[] = { 'M', 'F', 'X', 0 };
	static struct str nations[] = { STR_INIT("AUT"), STR_INIT("DEU"),
					STR_INIT("SCG"), STR_INIT("XXA") };

	*n = (struct watch_entry){
		.id = arena_fmt(a, "E%05u", at),
		.reference = STR("R"),
		.offence = STR("01"),
		.valid_until = { 2030, 1, 1 },
		.threshold = (uint16_t)threshold,
		.nr_names = next_number(4),
		.nr_births = next_number(3),
		.nr_nationalities = next_number(3),
		.nr_documents = next_number(3),
		.sex = sexes[next_number(4)],
	};
	n->names = arena_alloc(a, 3 * sizeof(*n->names));
	n->births = arena_alloc(a, 2 * sizeof(*n->births));
	n->nationalities = arena_alloc(a, 2 * sizeof(*n->nationalities));
	n->documents = arena_alloc(a, 2 * sizeof(*n->documents));
	n->birth_place = places[next_number(ARRAY_SIZE(places))];
	for (uint32_t i = 0; i < n->nr_names; i++) {
		n->names[i].surname = random_words(a, 3, false);
		n->names[i].given = random_words(a, 3, false);
	}
	for (uint32_t i = 0; i < n->nr_births; i++)
		n->births[i] = birth_of_date(random_date());
	for (uint32_t i = 0; i < n->nr_nationalities; i++)
		n->nationalities[i] = nations[next_number(4)];
	for (uint32_t i = 0; i < n->nr_documents; i++)
		n->documents[i] = random_document();
}

static struct watchlist *random_list(struct arena *a, struct buf *bytes,
				     uint32_t nr, uint32_t threshold)
{
	struct watch_list l = { .sheet = { .id = STR("l"),
					   .from = { 2026, 1, 1 },
					   .until = { 2027, 1, 1 } } };
	struct watchlist *wl;
	struct err e = { 0 };

	l.sheet.threshold = (uint16_t)threshold;
	l.entries = arena_alloc(a, nr * sizeof(*l.entries));
	l.nr_entries = nr;
	for (uint32_t i = 0; i < nr; i++)
		random_entry(&l.entries[i], a, i, threshold);
	ck_assert_int_eq(watchlist_build(bytes, &l, 1, &e), 0);
	ck_assert_msg(watchlist_of_bytes(&wl, buf_view(bytes), &e) == 0, "%s",
		      e.text);
	return wl;
}

/* A stranger, or somebody like an entry. */
static void random_query(struct watch_query *q, struct arena *a,
			 const struct watch_entry *near)
{
	static const char sexes[] = { 'M', 'F', 'X', 0 };
	uint32_t nr = next_number(3);

	*q = (struct watch_query){ .sex = sexes[next_number(4)] };
	if (near->nr_names && next_number(3)) {
		const struct watch_name *n =
			&near->names[next_number(near->nr_names)];

		watch_query_add_name(q, n->surname, n->given);
		if (next_number(4) == 0)
			watch_query_add_name(q, n->given, n->surname);
	}
	for (uint32_t i = 0; i < nr; i++)
		watch_query_add_name(q, random_words(a, 3, true),
				     random_words(a, 3, true));
	if (next_number(5))
		q->birth = random_date();
	if (near->nr_births && next_number(3) == 0)
		q->birth = date_from_days(near->births[0].from);
	watch_query_add_nationality(q, STR("AUT"));
	q->birth_place = places[next_number(ARRAY_SIZE(places))];
	if (next_number(4) == 0)
		q->birth_country = STR("DEU");
	if (next_number(3) == 0)
		q->document[q->nr_documents++] = random_document();
}

static bool same_match(const struct watch_match *a, const struct watch_match *b)
{
	if (a->class != b->class || a->total != b->total ||
	    a->carried_name != b->carried_name ||
	    a->listed_name != b->listed_name ||
	    a->name.score != b->name.score ||
	    a->name.rarity != b->name.rarity || a->name.nr != b->name.nr)
		return false;
	for (int i = 0; i < WATCH_FEATURES; i++)
		if (a->line[i].verdict != b->line[i].verdict ||
		    a->line[i].points != b->line[i].points)
			return false;
	for (uint8_t i = 0; i < a->name.nr; i++) {
		const struct name_match *x = &a->name.match[i];
		const struct name_match *y = &b->name.match[i];

		if (x->carried != y->carried || x->listed != y->listed ||
		    x->carried_key != y->carried_key ||
		    x->listed_key != y->listed_key || x->sim != y->sim ||
		    x->weight != y->weight)
			return false;
	}
	return true;
}

/* Every pair by watch_pair(), from the canonical records alone. */
static uint32_t check_query(const struct watchlist *wl,
			    struct watchlist_scratch *tmp,
			    const struct watch_entry *entry,
			    const struct watch_query *q)
{
	static struct watch_pair_scratch plain;
	static struct watch_match found[ENTRIES];
	struct watch_match m;
	uint32_t nr, nr_plain = 0;

	nr = watchlist_match(wl, tmp, q, found, ENTRIES);
	for (uint32_t i = 0; i < wl->nr_entry; i++) {
		const struct watch_match *same = NULL;

		if (!watch_pair(&m, &plain, q, &entry[i]))
			continue;
		nr_plain++;
		for (uint32_t k = 0; k < nr && !same; k++)
			if (found[k].entry == i)
				same = &found[k];
		ck_assert_msg(same && same_match(same, &m),
			      "entry %u: %s, class %s score %u", i,
			      same ? "differs" : "not found",
			      watch_class_word(m.class), m.name.score);
	}
	ck_assert_uint_eq(nr, nr_plain);
	for (uint32_t k = 1; k < nr; k++)
		ck_assert(found[k - 1].class < found[k].class ||
			  (found[k - 1].class == found[k].class &&
			   (found[k - 1].name.score > found[k].name.score ||
			    (found[k - 1].name.score == found[k].name.score &&
			     found[k - 1].entry < found[k].entry))));
	return nr;
}

static void compare_all(uint32_t entries, uint32_t queries, uint32_t threshold)
{
	struct arena a = { 0 };
	struct buf bytes = { .data = NULL };
	struct watchlist *wl = random_list(&a, &bytes, entries, threshold);
	struct watch_entry *entry = arena_alloc(&a, entries * sizeof(*entry));
	struct watchlist_scratch *tmp;
	struct watch_query q;
	struct err e = { 0 };
	uint32_t all = 0;

	ck_assert_int_eq(watchlist_scratch_new(&tmp, wl, &e), 0);
	for (uint32_t i = 0; i < entries; i++)
		watchlist_entry(wl, i, &a, &entry[i]);
	for (uint32_t i = 0; i < queries; i++) {
		random_query(&q, &a, &entry[next_number(entries)]);
		all += check_query(wl, tmp, entry, &q);
	}
	ck_assert_uint_gt(all, queries / 10); /* there is something to see */
	watchlist_scratch_free(tmp);
	watchlist_free(wl);
	buf_release(&bytes);
	arena_release(&a);
}

/* In quarters, each with a time-out of its own. */
#define QUARTER(name, part)                             \
	START_TEST(name)                                \
	{                                               \
		seed += part;                           \
		compare_all(ENTRIES, QUERIES / 4, 800); \
	}                                               \
	END_TEST

QUARTER(the_engine_equals_the_pair_for_every_entry, 0)
QUARTER(and_for_other_lists, 1)
QUARTER(and_for_others_again, 2)
QUARTER(and_for_the_last, 3)

START_TEST(it_does_so_at_every_threshold)
{
	for (uint32_t threshold = 600; threshold <= 1000; threshold += 50)
		compare_all(SMALL, SMALL, threshold);
}
END_TEST

START_TEST(a_short_answer_is_the_best_of_the_long_one)
{
	static struct watch_match full[ENTRIES], part[4];
	struct arena a = { 0 };
	struct buf bytes = { .data = NULL };
	struct watchlist *wl = random_list(&a, &bytes, 500, 600);
	struct watchlist_scratch *tmp;
	struct watch_query q = { .sex = 0 };
	struct watch_entry n;
	struct err e = { 0 };
	uint32_t nr;

	ck_assert_int_eq(watchlist_scratch_new(&tmp, wl, &e), 0);
	for (uint32_t i = 0; i < wl->nr_entry && q.nr_names < QUERY_NAMES;
	     i++) {
		watchlist_entry(wl, i, &a, &n);
		if (n.nr_names && n.names[0].surname.len > 12 &&
		    n.names[0].given.len > 6)
			watch_query_add_name(&q, n.names[0].surname,
					     n.names[0].given);
	}
	nr = watchlist_match(wl, tmp, &q, full, ENTRIES);
	ck_assert_uint_gt(nr, 4);
	for (uint32_t cap = 1; cap <= 4; cap++) {
		ck_assert_uint_eq(watchlist_match(wl, tmp, &q, part, cap), nr);
		for (uint32_t i = 0; i < cap; i++)
			ck_assert(part[i].entry == full[i].entry &&
				  same_match(&part[i], &full[i]));
	}
	/* nobody asked for, nobody found */
	q = (struct watch_query){ .sex = 'M' };
	ck_assert_uint_eq(watchlist_match(wl, tmp, &q, full, 1), 0);
	watchlist_scratch_free(tmp);
	watchlist_free(wl);
	buf_release(&bytes);
	arena_release(&a);
}
END_TEST

START_TEST(evidence_is_the_same_bytes_each_time)
{
	struct birth_range born = birth_of_date((struct date){ 1970, 2, 14 });
	struct watch_name name = { STR("M\xc3\x9cLLER"),
				   STR("HANS PETER"),
				   { 130, 100, 100 } };
	struct str nation = STR("AUT");
	struct watch_document doc = { document_canonical(STR("X1234567")),
				      STR("AUT"), STR("P") };
	struct watch_entry n = {
		.list = STR("l"),
		.id = STR("E1"),
		.reference = STR("R/1"),
		.offence = STR("01"),
		.names = &name,
		.nr_names = 1,
		.births = &born,
		.nr_births = 1,
		.nationalities = &nation,
		.nr_nationalities = 1,
		.documents = &doc,
		.nr_documents = 1,
		.valid_until = { 2030, 1, 1 },
		.threshold = 800,
		.sex = 'M',
	};
	static struct watch_pair_scratch tmp;
	struct watch_query q = { .birth = { 1970, 2, 14 } };
	struct watch_match m;
	struct buf b = { .data = NULL };
	struct json j;

	watch_query_add_name(&q, STR("MULLER"), STR("HANSMR"));
	ck_assert(watch_pair(&m, &tmp, &q, &n));
	json_init(&j, &b);
	watch_match_write_json(&j, NULL, &m, &q, &n);
	ck_str_is(buf_view(&b),
		  "{\"list\":\"l\",\"entry\":\"E1\",\"class\":\"B\","
		  "\"score\":945,\"total\":945,\"rarity\":228,"
		  "\"lines\":{\"birth_date\":{\"verdict\":\"agree\","
		  "\"points\":50},\"sex\":{\"verdict\":\"unknown\","
		  "\"points\":0},\"nationality\":{\"verdict\":\"unknown\","
		  "\"points\":0},\"birth_place\":{\"verdict\":\"unknown\","
		  "\"points\":0},\"document\":{\"verdict\":\"unknown\","
		  "\"points\":0}},\"carried_name\":0,\"listed_name\":0,"
		  "\"carried_steps\":[\"title\"],"
		  "\"listed_steps\":[\"script\",\"joined\"],"
		  "\"alignment\":[{\"carried\":\"MULLER\","
		  "\"carried_as\":\"as-written\",\"listed\":\"MULLER\","
		  "\"listed_as\":\"digraph\",\"method\":\"equal\","
		  "\"crossed\":false,"
		  "\"similarity\":990,\"weight\":130},{\"carried\":\"HANS\","
		  "\"carried_as\":\"title\",\"listed\":\"HANS\","
		  "\"listed_as\":\"as-written\",\"method\":\"equal\","
		  "\"crossed\":false,"
		  "\"similarity\":1000,\"weight\":100}],\"carried_alone\":[],"
		  "\"listed_alone\":[{\"part\":\"PETER\",\"kind\":\"word\"}],"
		  "\"record\":{\"list\":\"l\",\"id\":\"E1\","
		  "\"reference\":\"R/1\",\"offence\":\"01\","
		  "\"valid_until\":\"2030-01-01\",\"threshold\":800,"
		  "\"names\":[{\"surname\":\"M\xc3\x9cLLER\","
		  "\"given\":\"HANS PETER\",\"weights\":[130,100,100]}],"
		  "\"birth_dates\":[\"1970-02-14\"],\"sex\":\"M\","
		  "\"nationalities\":[\"AUT\"],\"birth_place\":null,"
		  "\"documents\":[{\"number\":\"X1234567\",\"issuer\":\"AUT\","
		  "\"type\":\"P\"}]}}");
	buf_release(&b);
}
END_TEST

/*
 * A name alone needs mass, and the search passes over names that lack it. Such
 * a one may still be the best of its entry: then it decides.
 */
START_TEST(a_name_passed_over_may_be_the_best)
{
	struct watch_name names[] = {
		{ .surname = STR("ANNATEST") },
		{ .surname = STR("TESTMANN"), .given = STR("PETRA") },
	};
	struct watch_entry n = { .id = STR("E1"),
				 .reference = STR("R"),
				 .offence = STR("01"),
				 .valid_until = { 2030, 1, 1 },
				 .names = names,
				 .nr_names = 2,
				 .threshold = 540 };
	struct watch_list l = { .sheet = { .id = STR("l"),
					   .from = { 2026, 1, 1 },
					   .until = { 2027, 1, 1 },
					   .threshold = 540 },
				.entries = &n,
				.nr_entries = 1 };
	struct watch_query q = { .sex = 0 };
	struct buf bytes = { .data = NULL };
	struct watchlist *wl;
	struct watchlist_scratch *tmp;
	static struct watch_pair_scratch plain;
	struct watch_match m;
	struct err e = { 0 };

	ck_assert_int_eq(watchlist_build(&bytes, &l, 1, &e), 0);
	ck_assert_int_eq(watchlist_of_bytes(&wl, buf_view(&bytes), &e), 0);
	ck_assert_int_eq(watchlist_scratch_new(&tmp, wl, &e), 0);
	watch_query_add_name(&q, STR("TESTMANN"), STR("PETRA MARIA"));
	ck_assert_uint_eq(watchlist_match(wl, tmp, &q, &m, 1), 1);
	ck_assert_uint_eq(m.class, WATCH_CLASS_D);
	watch_query_add_name(&q, STR("ANNATEST"), STR_NONE);
	ck_assert(!watch_pair(&m, &plain, &q, &n));
	ck_assert_uint_eq(watchlist_match(wl, tmp, &q, &m, 1), 0);
	watchlist_scratch_free(tmp);
	watchlist_free(wl);
	buf_release(&bytes);
}
END_TEST

UNIT_MAIN("watchlist match", the_engine_equals_the_pair_for_every_entry,
	  and_for_other_lists, and_for_others_again, and_for_the_last,
	  it_does_so_at_every_threshold,
	  a_short_answer_is_the_best_of_the_long_one,
	  evidence_is_the_same_bytes_each_time,
	  a_name_passed_over_may_be_the_best)
