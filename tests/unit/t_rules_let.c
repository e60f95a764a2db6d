/*
 * `let:` in a profile: what it may define, where its mistakes are shown, and
 * that a definition stands for its text.
 */
#include "rules/profile.h"
#include "tests/unit/rules_fixture.h"
#include "tests/unit/rules_same.h"

#define HEAD                                                                  \
	"profile: p\nrevision: 1\ntitle: t\npurpose:\n  offences: [\"04\"]\n" \
	"  basis: b\n  author: a\n  valid: {from: 2026-09-01, until: "        \
	"2027-02-28}\nbudget: {max_share: 0.001}\n"
#define CLAUSES(one, rest)                                             \
	"incriminating:\n"                                             \
	"  - {id: one, points: 30, why: w" rest ", when: '" one "'}\n" \
	"  - {id: two, points: 30, why: w, when: 'trip.legs > 1'}\n"   \
	"exonerating:\n  - {id: e, points: -9, why: w, when: "         \
	"'trip.legs > 3'}\nthreshold: 60\n"

static int read_profile(struct fixture *f, struct str text, struct buf *says,
			struct faults *faults)
{
	struct profile_source s = { "p.yaml", text,	 NULL,
				    NULL,     &f->arena, &f->regexes };
	struct offences *o;
	struct profile *p = NULL;
	int rc;

	f->e = (struct err){ 0 };
	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f->e), 0);
	s.offences = o;
	rc = profile_read(&p, &s, faults, &f->e);
	if (!rc && says)
		same_write(says, p);
	offences_free(o);
	return rc;
}

START_TEST(a_definition_stands_for_its_text)
{
	static const char *const pair[][2] = {
		{ HEAD "let: {late: 'booking.lead_time < 48h'}\n" CLAUSES(
			  "late and not late or trip.legs == 4", ""),
		  HEAD CLAUSES("booking.lead_time < 48h and not "
			       "booking.lead_time < 48h or trip.legs == 4",
			       "") },
		{ HEAD "constants: {few: 3}\nlet: {n: count(booking.legs), "
		       "many: n > few}\n" CLAUSES("many and n != 9", ""),
		  HEAD CLAUSES("count(booking.legs) > 3 and "
			       "count(booking.legs) != 9",
			       "") },
		/* not what the element calls so */
		{ HEAD "let: {odd: flight.carrier == number}\n" CLAUSES(
			  "any(traveller.documents, odd and validity < 9d)",
			  ""),
		  HEAD CLAUSES("any(traveller.documents, flight.carrier == "
			       "\"number\" and validity < 9d)",
			       "") },
		{ HEAD
		  "let: {cash: 'any(booking.payments, form == CA)'}\n" CLAUSES(
			  "all(co_travellers, none(documents, cash))", ""),
		  HEAD CLAUSES("all(co_travellers, none(documents, "
			       "any(booking.payments, form == CA)))",
			       "") },
		{ HEAD "let: {minor: traveller.age < 18}\n" CLAUSES(
			  "minor and trip.legs == 4", ", reason: r"),
		  HEAD CLAUSES("traveller.age < 18 and trip.legs == 4",
			       ", reason: r") },
	};
	struct buf a = { 0 }, b = { 0 };
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(pair); i++) {
		struct faults x = { 0 }, y = { 0 };

		buf_clear(&a);
		buf_clear(&b);
		ck_assert_msg(!read_profile(&f, str_of(pair[i][0]), &a, &x),
			      "%zu: %s", i, f.e.text);
		ck_assert_msg(!read_profile(&f, str_of(pair[i][1]), &b, &y),
			      "%zu: %s", i, f.e.text);
		/* but for the depth at which an element stands */
		if (i != 3)
			ck_assert_msg(str_eq(buf_view(&a), buf_view(&b)), "%zu",
				      i);
	}
	buf_release(&a);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

START_TEST(mistakes_are_shown_where_they_are)
{
	static const struct {
		const char *text;
		enum err_code code;
		uint32_t line, column;
		const char *part;
	} row[] = {
		{ HEAD "let:\n  x: 'booking.lead_tme < 48h'\n" CLAUSES(
			  "trip.legs == 2", ""),
		  ERR_VALUE, 11, 15, "'lead_time'" },
		{ HEAD "let:\n  x: 'booking.lead_time <'\n" CLAUSES(
			  "trip.legs == 2", ""),
		  ERR_SYNTAX, 11, 26, "ends here" },
		{ HEAD "let:\n  x: 48h\n" CLAUSES("trip.legs == 2", ""),
		  ERR_VALUE, 11, 6, "under 'constants:'" },
		{ HEAD "let:\n  x: [A]\n" CLAUSES("trip.legs == 2", ""),
		  ERR_VALUE, 11, 6, "is an expression" },
		{ HEAD "let: x\n" CLAUSES("trip.legs == 2", ""), ERR_VALUE, 10,
		  6, "expected names" },
		{ HEAD
		  "let:\n  form: trip.legs > 1\n" CLAUSES("trip.legs == 2", ""),
		  ERR_VALUE, 11, 3, "a field has this name" },
		{ HEAD "constants: {x: 3}\nlet:\n  x: trip.legs > 1\n" CLAUSES(
			  "trip.legs == 2", ""),
		  ERR_VALUE, 12, 3, "a constant has this name" },
		{ HEAD
		  "let:\n  X-1: trip.legs > 1\n" CLAUSES("trip.legs == 2", ""),
		  ERR_VALUE, 11, 3, "small letters" },
		{ HEAD
		  "let:\n  meal: trip.legs > 1\n" CLAUSES("trip.legs == 2", ""),
		  ERR_LEGAL, 11, 3, "religion" },
		/* in the order of the file: none of itself, none of later */
		{ HEAD "let:\n  x: y > 1\n  y: trip.legs\n" CLAUSES(
			  "trip.legs == 2", ""),
		  ERR_VALUE, 11, 6, "no name 'y'" },
		{ HEAD "let:\n  xx: xx > 1\n" CLAUSES("trip.legs == 2", ""),
		  ERR_VALUE, 11, 7, "no name 'xx'" },
		/* the law looks at where it is used, and there is the place */
		{ HEAD
		  "let: {who: traveller.surname}\n" CLAUSES("who == \"X\"", ""),
		  ERR_LEGAL, 12, 42, "watchlist" },
		{ HEAD "let: {minor: traveller.age < 18}\n" CLAUSES(
			  "trip.legs == 2 and minor", ""),
		  ERR_LEGAL, 12, 61, "reason" },
		{ HEAD
		  "let: {n: count(booking.legs)}\n" CLAUSES("n == oneway", ""),
		  ERR_VALUE, 12, 47, "whole number" },
	};
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct faults x = { 0 };

		ck_assert_int_eq(
			read_profile(&f, str_of(row[i].text), NULL, &x),
			row[i].code);
		ck_assert_msg(x.fault[0].line == row[i].line &&
				      x.fault[0].column == row[i].column &&
				      str_find(x.fault[0].text,
					       str_of(row[i].part)) >= 0,
			      "%zu: %u:%u: %.*s", i, x.fault[0].line,
			      x.fault[0].column, STR_ARG(x.fault[0].text));
	}
	fixture_release(&f);
}
END_TEST

/* Each definition holds the one before it twice: 2, 4, 8, ... parts. */
static int read_doubling(struct fixture *f, int levels)
{
	struct buf b = { 0 };
	struct faults x = { 0 };
	int rc;

	buf_z(&b, HEAD "let:\n  d0: trip.legs == 2\n");
	for (int i = 1; i <= levels; i++)
		buf_fmt(&b, "  d%d: d%d and d%d\n", i, i - 1, i - 1);
	buf_fmt(&b,
		"incriminating:\n  - {id: one, points: 30, why: w, when: d%d}\n"
		"  - {id: two, points: 30, why: w, when: 'trip.legs > 1'}\n"
		"exonerating:\n  - {id: e, points: -9, why: w, when: "
		"'trip.legs > 3'}\nthreshold: 60\n",
		levels);
	rc = read_profile(f, buf_view(&b), NULL, &x);
	buf_release(&b);
	return rc;
}

START_TEST(unfolding_ends)
{
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(read_doubling(&f, 3), 0);
	ck_assert_int_eq(read_doubling(&f, 9), 0);
	ck_assert_int_eq(read_doubling(&f, 11), ERR_LIMIT);
	ck_assert_int_eq(read_doubling(&f, 60), ERR_LIMIT);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/let", a_definition_stands_for_its_text,
	  mistakes_are_shown_where_they_are, unfolding_ends)
