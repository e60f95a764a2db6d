#include "rules/profile_set.h"
#include "tests/unit/rules_fixture.h"

#include <stdio.h>
#include <string.h>

#define HEAD "profile: p\nrevision: 2\ntitle: A test\n"
#define PURPOSE                                                     \
	"purpose:\n  offences: [\"04\"]\n  basis: b\n  author: a\n" \
	"  valid: {from: 2026-09-01, until: 2027-02-28}\n"
#define BUDGET "budget: {max_share: 0.001}\n"
#define LATE                                                                \
	"  - {id: late, points: 30, when: 'booking.lead_time < 48h', why: " \
	"x}\n"
#define CASH                                                               \
	"  - {id: cash, points: 30, when: 'any(booking.payments, form == " \
	"CA)', why: y}\n"
#define FAMILY                                               \
	"exonerating:\n  - {id: family, points: -40, when: " \
	"'count(co_travellers) >= 3', why: z}\n"
#define GOOD                                                    \
	HEAD PURPOSE BUDGET "incriminating:\n" LATE CASH FAMILY \
			    "threshold: 60\n"

static struct offences *catalogue(void)
{
	struct offences *o;
	struct err e = { 0 };

	ck_assert_msg(offences_load(&o, "etc/offences.yaml", &e) == 0, "%s",
		      e.text);
	return o;
}

/* Read one profile from text; the faults as fault_write() shows them. */
static int read_profile(const char *text, size_t len, struct buf *shown)
{
	struct offences *o = catalogue();
	struct arena a = { 0 };
	struct regex *regexes = NULL;
	struct profile_source s = { "p.yaml", { text, len }, o, NULL,
				    &a,	      &regexes };
	struct faults faults = { 0 };
	struct profile *p;
	struct err e = { 0 };
	int rc = profile_read(&p, &s, &faults, &e);

	buf_clear(shown);
	for (uint32_t i = 0; i < faults.nr; i++)
		fault_write(shown, "p.yaml", &faults, &faults.fault[i]);
	buf_byte(shown, '\0');
	ck_assert_int_eq(rc != 0, faults.nr != 0);
	ck_assert_int_eq(rc, e.code);
	regex_free_list(regexes);
	arena_release(&a);
	offences_free(o);
	return rc;
}

START_TEST(a_good_profile_loads)
{
	struct buf b = { 0 };

	ck_assert_msg(read_profile(GOOD, strlen(GOOD), &b) == 0, "%s", b.data);
	buf_release(&b);
}
END_TEST

/* What a test supposes of earlier bookings; at, above and below the limits. */
START_TEST(a_test_supposes_counts_within_their_limits)
{
	static const struct {
		const char *past, *says;
	} row[] = {
		{ "{same_card: 0, trips: 100}", NULL },
		{ "{same_card: 101}", "100" },
		{ "{same_card: -1}", "100" },
		{ "{same_cart: 1}", "same_card" },
		{ "3", "p.yaml:" },
	};
	struct buf b = { 0 }, text = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		int rc;

		buf_clear(&text);
		buf_fmt(&text,
			GOOD "tests: [{message: a.edi, expect: hit, past: "
			     "%s}]\n",
			row[i].past);
		rc = read_profile(text.data, text.len, &b);
		ck_assert_msg(!rc == !row[i].says, "%s: %s", row[i].past,
			      b.data);
		ck_assert_msg(!row[i].says || strstr(b.data, row[i].says), "%s",
			      b.data);
	}
	buf_release(&text);
	buf_release(&b);
}
END_TEST

START_TEST(each_refusal_names_article_and_remedy)
{
	static const struct {
		const char *text;
		enum err_code code;
		const char *says;
	} row[] = {
		{ HEAD BUDGET "incriminating:\n" LATE CASH FAMILY
			      "threshold: 60\n",
		  ERR_LEGAL, "'purpose:' is missing" },
		{ HEAD "purpose: {basis: b, author: a, valid: {from: "
		       "2026-09-01, until: 2027-02-28}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_LEGAL, "name the offences" },
		{ HEAD "purpose: {offences: [\"77\"], basis: b, author: a, "
		       "valid: {from: 2026-09-01, until: 2027-02-28}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_LEGAL, "'77' is not in the catalogue" },
		{ HEAD "purpose: {offences: [\"04\"], author: a, valid: "
		       "{from: 2026-09-01, until: 2027-02-28}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_LEGAL, "'basis:' is missing" },
		{ HEAD
		  "purpose: {offences: [\"04\"], basis: b, author: a}\n" BUDGET
		  "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_LEGAL, "reviewed regularly" },
		{ HEAD "purpose: {offences: [\"04\"], basis: b, author: a, "
		       "valid: {from: 2026-09-01, until: 2027-03-02}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_LEGAL, "longer than the review period" },
		{ HEAD "purpose: {offences: [\"04\"], basis: b, author: a, "
		       "valid: {from: 2026-09-01, until: 2026-08-31}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_VALUE, "ends before it begins" },
		{ HEAD "purpose: {offences: [\"04\"], basis: b, author: a, "
		       "valid: {from: 9999-12-31, until: 2026-08-31}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_VALUE, "ends before it begins" },
		{ HEAD "purpose: {offences: [\"04\"], basis: b, author: a, "
		       "valid: {from: 9999-12-31, until: 9999-12-31}}\n" BUDGET
		       "incriminating:\n" LATE CASH FAMILY "threshold: 61\n",
		  ERR_VALUE, "never reached" },
		{ HEAD PURPOSE "incriminating:\n" LATE CASH FAMILY
			       "threshold: 60\n",
		  ERR_LEGAL, "proportionate" },
		{ HEAD PURPOSE
		  "budget: {max_share: 0.01}\nincriminating:\n" LATE CASH FAMILY
		  "threshold: 60\n",
		  ERR_LEGAL, "at most 0.001" },
		{ HEAD PURPOSE
		  "budget: {max_share: -1}\nincriminating:\n" LATE CASH FAMILY
		  "threshold: 60\n",
		  ERR_VALUE, "above 0" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE FAMILY
				      "threshold: 20\n",
		  ERR_LEGAL, "at least two" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE CASH
				      "threshold: 60\n",
		  ERR_LEGAL, "exonerating" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE CASH
				      "exonerating: []\nthreshold: 60\n",
		  ERR_LEGAL, "exonerating" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE CASH FAMILY
				      "threshold: 61\n",
		  ERR_VALUE, "never reached" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE CASH FAMILY
				      "threshold: 30\n",
		  ERR_LEGAL, "single condition" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE CASH FAMILY,
		  ERR_VALUE, "'threshold:' is missing" },
		{ HEAD PURPOSE BUDGET "incriminating:\n" LATE LATE FAMILY
				      "threshold: 60\n",
		  ERR_VALUE, "'late' stands here twice" },
		{ HEAD PURPOSE BUDGET
		  "incriminating:\n" LATE
		  "  - {id: c, points: 30, when: 'trip.legs > 2'}\n" FAMILY
		  "threshold: 60\n",
		  ERR_LEGAL, "say why" },
		{ HEAD PURPOSE BUDGET
		  "incriminating:\n" LATE
		  "  - {id: c, when: 'trip.legs > 2', why: x}\n" FAMILY
		  "threshold: 30\n",
		  ERR_LEGAL, "without 'points:'" },
		{ HEAD PURPOSE BUDGET
		  "incriminating:\n" LATE
		  "  - {id: c, points: -3, when: 'trip.legs > 2', why: "
		  "x}\n" FAMILY "threshold: 60\n",
		  ERR_VALUE, "above 0" },
		{ HEAD PURPOSE BUDGET
		  "incriminating:\n" LATE
		  "  - {id: c, points: 30, when: 'traveller.age < 18', "
		  "why: x}\n" FAMILY "threshold: 60\n",
		  ERR_LEGAL, "add 'reason:'" },
		{ HEAD PURPOSE BUDGET "scope: {direction: up}\n"
				      "incriminating:\n" LATE CASH FAMILY
				      "threshold: 60\n",
		  ERR_VALUE, "never 'up'" },
		{ HEAD PURPOSE BUDGET
		  "scop: {}\nincriminating:\n" LATE CASH FAMILY
		  "threshold: 60\n",
		  ERR_VALUE, "'scope'" },
		{ "profile: q\nrevision: 1\ntitle: t\n" PURPOSE BUDGET
		  "incriminating:\n" LATE CASH FAMILY "threshold: 60\n",
		  ERR_VALUE, "'q.yaml'" },
	};
	struct buf b = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		int rc = read_profile(row[i].text, strlen(row[i].text), &b);

		ck_assert_msg(rc == row[i].code, "row %zu: %d\n%s", i, rc,
			      b.data);
		ck_assert_msg(strstr(b.data, row[i].says), "row %zu:\n%s", i,
			      b.data);
		if (rc == ERR_LEGAL)
			ck_assert_msg(
				strstr(b.data, "Directive (EU) 2016/681 Art."),
				"row %zu:\n%s", i, b.data);
	}
	buf_release(&b);
}
END_TEST

START_TEST(places_in_inline_quoted_and_block_scalars)
{
	static const struct {
		const char *clause, *place; /* after 4 lines + clause line */
	} row[] = {
		{ "  - {id: c, points: 30, why: x, when: trip.legz > 2}\n",
		  ":12:44:" },
		{ "  - {id: c, points: 30, why: x, when: 'trip.legz > 2'}\n",
		  ":12:45:" },
		{ "  - {id: c, points: 30, why: x, when: 'flight.carrier == "
		  "''X9'' or trip.legz > 2'}\n",
		  ":12:73:" },
		{ "  - {id: c, points: 30, why: x, when: \"flight.carrier == "
		  "\\\"X9\\\" or trip.legz > 2\"}\n",
		  ":12:73:" },
		{ "  - id: c\n    points: 30\n    why: x\n    when: |\n"
		  "      flight.carrier == X9 and\n"
		  "        trip.legz > 2\n",
		  ":17:14:" },
		{ "  - id: c\n    points: 30\n    why: x\n    when: >-\n"
		  "      flight.carrier == X9 and\n"
		  "      trip.legz > 2\n",
		  ":17:12:" },
		{ "  - id: c\n    points: 30\n    why: x\n"
		  "    when: flight.carrier == X9 and\n"
		  "      trip.legz > 2\n",
		  ":16:12:" },
	};
	struct buf b = { 0 }, text = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		buf_clear(&text);
		buf_z(&text, HEAD PURPOSE BUDGET "incriminating:\n" LATE);
		buf_z(&text, row[i].clause);
		buf_z(&text, FAMILY "threshold: 60\n");
		ck_assert_int_eq(read_profile(text.data, text.len, &b),
				 ERR_VALUE);
		ck_assert_msg(strstr(b.data, row[i].place), "row %zu: %s\n%s",
			      i, row[i].place, b.data);
		ck_assert(strstr(b.data, "^"));
	}
	buf_release(&b);
	buf_release(&text);
}
END_TEST

START_TEST(bad_files_are_refused_with_a_place)
{
	static const struct {
		struct str text;
		enum err_code code;
	} row[] = {
		{ STR_INIT(""), ERR_LEGAL },
		{ STR_INIT("just text"), ERR_VALUE },
		{ STR_INIT("[1, 2]"), ERR_VALUE },
		{ STR_INIT("profile: [a]\n"), ERR_LEGAL },
		{ STR_INIT("profile: p\nprofile: p\n"), ERR_SYNTAX },
		{ STR_INIT("profile: {a: [}\n"), ERR_SYNTAX },
		{ STR_INIT("\x00\x01\x02\xff"), ERR_SYNTAX },
		{ STR_INIT("purpose: 3\nincriminating: 3\nexonerating: 4\n"
			   "tests: x\nbudget: [1]\nconstants: 3\nscope: 4\n"),
		  ERR_LEGAL },
		{ STR_INIT("incriminating: [1, [2], {id: {}}]\n"
			   "tests: [1, {message: ../x, expect: maybe}]\n"),
		  ERR_LEGAL },
	};
	struct buf b = { 0 }, huge = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		int rc = read_profile(row[i].text.ptr, row[i].text.len, &b);

		ck_assert_msg(rc == row[i].code, "row %zu: %d\n%s", i, rc,
			      b.data);
		ck_assert_msg(strstr(b.data, "p.yaml:"), "row %zu", i);
	}
	buf_z(&huge, GOOD "# ");
	while (huge.len < PROFILE_MAX_BYTES)
		buf_byte(&huge, 'x');
	ck_assert_int_eq(read_profile(huge.data, huge.len, &b), 0);
	buf_byte(&huge, 'x');
	ck_assert_int_eq(read_profile(huge.data, huge.len, &b), ERR_LIMIT);
	buf_release(&b);
	buf_release(&huge);
}
END_TEST

/* Every prefix of a good file: refused or not, but never a crash. */
START_TEST(a_file_cut_anywhere_is_survived)
{
	struct buf b = { 0 };

	for (size_t n = 0; n < strlen(GOOD); n++)
		ck_assert_int_ne(read_profile(GOOD, n, &b),
				 n == strlen(GOOD) - 1 ? 1 : 0);
	buf_release(&b);
}
END_TEST

#define CONSTANTS                                                           \
	HEAD PURPOSE BUDGET                                                 \
		"constants: {soon: 48h, hubs: [ADD, PTY]}\n"                \
		"incriminating:\n"                                          \
		"  - {id: late, points: 30, when: 'booking.lead_time < "    \
		"soon', "                                                   \
		"why: x}\n"                                                 \
		"  - {id: hub, points: 30, when: 'flight.origin in hubs', " \
		"why: x}\n" FAMILY "threshold: 60\n"

static struct profile_set *set_of(struct fixture *f, const char *text)
{
	struct profile_text one = { "p.yaml", str_of(text) };
	struct offences *o = catalogue();
	struct profile_set *s;

	f->e = (struct err){ 0 };
	ck_assert_msg(
		profile_set_read(&s, &one, 1, &f->context, o, NULL, &f->e) == 0,
		"%s", f->e.text);
	offences_free(o);
	return s;
}

static uint32_t hits(struct fixture *f, const char *text, struct verdict *v)
{
	struct profile_set *s = set_of(f, text);
	struct rules_scratch *scratch;
	uint32_t nr;

	ck_assert_int_eq(rules_scratch_new(&scratch, &f->e), 0);
	nr = profile_set_eval(s, scratch, &f->subject, v, 1);
	rules_scratch_free(scratch);
	profile_set_free(s);
	return nr;
}

START_TEST(scores_add_up_and_two_clauses_are_needed)
{
	struct verdict v;
	struct fixture f;

	fixture_init(&f);
	ck_assert_uint_eq(hits(&f, GOOD, &v), 1);
	ck_assert_int_eq(v.score, 60);
	ck_assert_uint_eq(v.nr_incriminating, 2);
	ck_assert_uint_eq(hits(&f, CONSTANTS, &v), 1);
	f.payment[0].form = STR("CC");
	ck_assert_uint_eq(hits(&f, GOOD, &v), 0);
	f.payment[0].form = STR("CA");
	f.booking.known_payments = false; /* unknown is not a match */
	ck_assert_uint_eq(hits(&f, GOOD, &v), 0);
	fixture_release(&f);
}
END_TEST

START_TEST(a_profile_runs_from_its_first_to_its_last_day)
{
	static const struct {
		const char *at;
		uint32_t nr;
	} row[] = {
		{ "2026-08-31T23:59:59", 0 },
		{ "2026-09-01T00:00:00", 1 },
		{ "2027-02-28T23:59:59", 1 },
		{ "2027-03-01T00:00:00", 0 },
	};
	struct verdict v;
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		f.subject.screened_at = at(row[i].at);
		ck_assert_uint_eq(hits(&f, GOOD, &v), row[i].nr);
	}
	f.subject.screened_at = NO_MOMENT;
	ck_assert_uint_eq(hits(&f, GOOD, &v), 0);
	fixture_release(&f);
}
END_TEST

START_TEST(scope_lets_only_its_flights_in)
{
	static const struct {
		const char *scope;
		uint32_t nr;
	} row[] = {
		{ "scope: {direction: inbound}\n", 1 },
		{ "scope: {direction: [outbound, inbound]}\n", 1 },
		{ "scope: {direction: outbound}\n", 0 },
		{ "scope: {direction: inbound, carriers: [Y1]}\n", 0 },
		{ "scope: {carriers: [Y1, X9], origins: ADD}\n", 1 },
		{ "scope: {origin_countries: [ETH], destination_countries: "
		  "[AUT]}\n",
		  1 },
		{ "scope: {destinations: [LHR]}\n", 0 },
		{ "scope: {}\n", 1 },
	};
	struct buf text = { 0 };
	struct verdict v;
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		buf_clear(&text);
		buf_z(&text, row[i].scope);
		buf_z(&text, GOOD);
		buf_byte(&text, '\0');
		ck_assert_msg(hits(&f, text.data, &v) == row[i].nr, "%s",
			      row[i].scope);
	}
	f.subject.flight = NULL; /* unknown: out of scope, no crash */
	ck_assert_uint_eq(hits(&f, text.data, &v), 0);
	buf_release(&text);
	fixture_release(&f);
}
END_TEST

#define OUTCOMES                                                \
	"{\"id\":\"late\",\"points\":30,\"outcome\":\"true\"}," \
	"{\"id\":\"cash\",\"points\":30,\"outcome\":\"true\"}," \
	"{\"id\":\"sex\",\"points\":20,\"outcome\":\"true\"},"  \
	"{\"id\":\"family\",\"points\":-40,\"outcome\":\"false\"}"

#define EVIDENCE                                                              \
	"{\"profile\":\"p\",\"revision\":2,\"approved\":false,\"score\":60,"  \
	"\"threshold\":60,\"incriminating\":[{\"id\":\"late\",\"points\":30," \
	"\"outcome\":\"true\",\"why\":\"x\",\"values\":[{\"path\":"           \
	"\"booking.lead_time\",\"value\":\"1d7h\"}]},{\"id\":\"cash\","       \
	"\"points\":30,\"outcome\":\"true\",\"why\":\"y\",\"values\":["       \
	"{\"path\":\"booking.payments\",\"value\":\"2\"},{\"path\":"          \
	"\"booking.payments[1].form\",\"value\":\"CA\"}]}],\"exonerating\":[" \
	"{\"id\":\"family\",\"points\":-40,\"outcome\":\"false\",\"why\":"    \
	"\"z\",\"values\":[{\"path\":\"count(co_travellers)\",\"value\":"     \
	"\"2\"}]}]}"

START_TEST(evidence_is_the_same_bytes_every_time)
{
	struct buf a = { 0 }, b = { 0 };
	struct rules_scratch *scratch;
	struct profile_set *s;
	struct verdict v;
	struct fixture f;

	fixture_init(&f);
	s = set_of(&f, GOOD);
	ck_assert_int_eq(rules_scratch_new(&scratch, &f.e), 0);
	ck_assert_uint_eq(profile_set_eval(s, scratch, &f.subject, &v, 1), 1);
	verdict_write_json(&a, profile_set_context(s), scratch, &f.subject, &v);
	verdict_write_json(&b, profile_set_context(s), scratch, &f.subject, &v);
	ck_str_is(buf_view(&a), EVIDENCE);
	ck_assert(str_eq(buf_view(&a), buf_view(&b)));
	/* an exonerating clause that cannot be known is listed as such */
	buf_clear(&b);
	f.subject.booking = NULL;
	profile_eval(&v, profile_set_get(s, 0), profile_set_context(s), scratch,
		     &f.subject);
	ck_assert(v.ran && !v.hit && v.score == 0);
	verdict_write_json(&b, profile_set_context(s), scratch, &f.subject, &v);
	ck_assert(str_find(buf_view(&b), STR("\"not evaluable\"")) > 0);
	buf_release(&a);
	buf_release(&b);
	rules_scratch_free(scratch);
	profile_set_free(s);
	fixture_release(&f);
}
END_TEST

/* A third clause, of a trait; enough with it, and without. */
#define TRAITS(threshold)                                                \
	HEAD PURPOSE BUDGET                                              \
		"incriminating:\n" LATE CASH                             \
		"  - {id: sex, points: 20, when: 'traveller.sex == M "   \
		"or traveller.nationality == UTO or any("                \
		"co_travellers, age < 90)', why: w, reason: r}\n" FAMILY \
		"threshold: " threshold "\n"

START_TEST(a_profile_in_shadow_says_outcomes_and_no_value)
{
	struct rules_scratch *scratch;
	struct profile_set *s;
	const struct profile *p;
	struct buf b = { 0 };
	struct verdict v;
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(rules_scratch_new(&scratch, &f.e), 0);
	for (int with = 0; with < 2; with++) {
		s = set_of(&f, with ? TRAITS("70") : TRAITS("60"));
		p = profile_set_get(s, 0);
		ck_assert_uint_eq(p->incriminating.clause[0].traits, 0);
		ck_assert_uint_eq(p->incriminating.clause[2].traits,
				  TRAIT_SEX | TRAIT_AGE | TRAIT_ORIGIN);
		ck_assert_uint_eq(p->traits,
				  TRAIT_SEX | TRAIT_AGE | TRAIT_ORIGIN);
		profile_eval(&v, p, profile_set_context(s), scratch,
			     &f.subject);
		ck_assert(v.hit);
		buf_clear(&b);
		verdict_write_outcomes(&b, profile_set_context(s), scratch,
				       &f.subject, &v);
		ck_str_is(buf_view(&b),
			  with ? "{\"score\":80,\"clauses\":[" OUTCOMES
				 "],\"without\":false}"
			       : "{\"score\":80,\"clauses\":[" OUTCOMES
				 "],\"without\":true}");
		profile_set_free(s);
	}
	rules_scratch_free(scratch);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

START_TEST(what_a_profile_is_belongs_to_the_sets_bytes)
{
	struct buf b = { 0 };
	struct profile_set *s;
	struct fixture f;

	fixture_init(&f);
	s = set_of(&f, GOOD);
	for (int i = PROFILE_DRAFT; i <= PROFILE_LIVE; i++) {
		char head[40];

		profile_set_state(s, 0, (enum profile_state)i);
		snprintf(head, sizeof(head), "profile p %s %zu\n",
			 profile_state_word((enum profile_state)i),
			 strlen(GOOD));
		buf_clear(&b);
		profile_set_write_content(&b, s);
		ck_assert(str_starts(buf_view(&b), str_of(head)));
	}
	buf_release(&b);
	profile_set_free(s);
	fixture_release(&f);
}
END_TEST

#define TWICE                                                           \
	HEAD PURPOSE BUDGET                                             \
		"incriminating:\n"                                      \
		"  - {id: a, points: 30, when: 'flight.number != X or " \
		"flight.number != Y or flight.number == Z', why: x}\n"  \
		"  - {id: b, points: 30, when: 'flight.number == 1 or " \
		"flight.number == 2 or flight.carrier == X9', why: "    \
		"x}\n" FAMILY "threshold: 60\n"

START_TEST(evidence_notes_a_value_once_and_cuts_long_ones)
{
	char longer[1000];
	struct rules_scratch *scratch;
	struct profile_set *s;
	struct buf b = { 0 };
	struct verdict v;
	struct fixture f;

	fixture_init(&f);
	memset(longer, 'L', sizeof(longer));
	f.message.flight.number = (struct str){ longer, sizeof(longer) };
	s = set_of(&f, TWICE);
	ck_assert_int_eq(rules_scratch_new(&scratch, &f.e), 0);
	ck_assert_uint_eq(profile_set_eval(s, scratch, &f.subject, &v, 1), 1);
	verdict_write_json(&b, profile_set_context(s), scratch, &f.subject, &v);
	longer[120] = '\0';
	buf_byte(&b, '\0');
	ck_assert(strstr(b.data, longer));
	longer[120] = 'L';
	longer[121] = '\0';
	ck_assert(!strstr(b.data, longer));
	/* clause b reads the number twice and the carrier once */
	ck_assert(strstr(b.data, "LLL\"},{\"path\":\"flight.carrier\""));
	ck_assert(!strstr(b.data, "LLL\"},{\"path\":\"flight.number\""));
	buf_release(&b);
	rules_scratch_free(scratch);
	profile_set_free(s);
	fixture_release(&f);
}
END_TEST

START_TEST(the_samples_load_sorted_and_hash_the_same)
{
	struct buf a = { 0 }, b = { 0 };
	struct offences *o = catalogue();
	struct named_lists *lists;
	struct profile_set *s, *again;
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(named_lists_load(&lists, "etc/lists", &f.e), 0);
	ck_assert_msg(profile_set_load(&s, "etc/profiles", &f.context, o, lists,
				       &f.e) == 0,
		      "%s", f.e.text);
	ck_assert_int_eq(profile_set_load(&again, "etc/profiles", &f.context, o,
					  lists, &f.e),
			 0);
	ck_assert_uint_eq(profile_set_nr(s), 14);
	for (uint32_t i = 1; i < profile_set_nr(s); i++)
		ck_assert_int_lt(str_cmp(profile_set_get(s, i - 1)->name,
					 profile_set_get(s, i)->name),
				 0);
	ck_assert_ptr_eq(profile_set_find(s, STR("no-bags-long-stay")),
			 profile_set_get(s, 8));
	ck_assert_ptr_null(profile_set_find(s, STR("nothing")));
	profile_set_write_content(&a, s);
	profile_set_write_content(&b, again);
	ck_assert(str_eq(buf_view(&a), buf_view(&b)));
	ck_assert(str_ends(buf_view(&a), STR("home AUT\n")));
	buf_release(&a);
	buf_release(&b);
	profile_set_free(s);
	profile_set_free(again);
	named_lists_free(lists);
	offences_free(o);
	ck_assert_int_eq(
		profile_set_load(&s, "no/such", &f.context, o, NULL, &f.e),
		ERR_IO);
	fixture_release(&f);
}
END_TEST

START_TEST(the_catalogue_holds_annex_ii_only)
{
	static const struct {
		const char *text;
		enum err_code code;
	} row[] = {
		{ "{code: a, annex_ii: 4, title: t, national_provision: p, "
		  "max_penalty_years: 3, valid_from: 2020-01-01}",
		  0 },
		{ "{code: a, annex_ii: 4, title: t, national_provision: p, "
		  "max_penalty_years: 2, valid_from: 2020-01-01}",
		  ERR_LEGAL },
		{ "{code: a, annex_ii: 27, title: t, national_provision: p, "
		  "max_penalty_years: 9, valid_from: 2020-01-01}",
		  ERR_LEGAL },
		{ "{code: a, annex_ii: 0, title: t, national_provision: p, "
		  "max_penalty_years: 9, valid_from: 2020-01-01}",
		  ERR_LEGAL },
		{ "{code: a, title: t, national_provision: p, "
		  "max_penalty_years: 9, valid_from: 2020-01-01}",
		  ERR_LEGAL },
		{ "{code: a, annex_ii: T, title: t, max_penalty_years: 9, "
		  "valid_from: 2020-01-01}",
		  ERR_LEGAL },
		{ "{code: a, annex_ii: T, title: t, national_provision: p, "
		  "max_penalty_years: 9}",
		  ERR_VALUE },
		{ "3", ERR_VALUE },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct offences *o;
		struct err e = { 0 };
		char text[400];

		snprintf(text, sizeof(text), "offences: [%s]\n", row[i].text);
		ck_assert_int_eq(
			offences_read(&o, str_of(text), "o.yaml", NULL, &e),
			row[i].code);
		if (!row[i].code)
			offences_free(o);
	}
}
END_TEST

UNIT_MAIN("rules/profile", a_good_profile_loads,
	  a_test_supposes_counts_within_their_limits,
	  each_refusal_names_article_and_remedy,
	  places_in_inline_quoted_and_block_scalars,
	  bad_files_are_refused_with_a_place, a_file_cut_anywhere_is_survived,
	  scores_add_up_and_two_clauses_are_needed,
	  a_profile_runs_from_its_first_to_its_last_day,
	  scope_lets_only_its_flights_in, evidence_is_the_same_bytes_every_time,
	  a_profile_in_shadow_says_outcomes_and_no_value,
	  what_a_profile_is_belongs_to_the_sets_bytes,
	  evidence_notes_a_value_once_and_cuts_long_ones,
	  the_samples_load_sorted_and_hash_the_same,
	  the_catalogue_holds_annex_ii_only)
