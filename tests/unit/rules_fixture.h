/*
 * rules_fixture.h - a hand-made traveller, and expressions evaluated on it
 *
 * The traveller flies GRU-ADD-VIE on 22 November 2026, stays 30 hours and
 * flies back the same way. Tests change what they are about.
 */
#ifndef TESTS_RULES_FIXTURE_H
#define TESTS_RULES_FIXTURE_H

#include "rules/check.h"
#include "rules/eval.h"
#include "rules/name.h"
#include "rules/parse.h"
#include "rules/reference.h"
#include "tests/unit/unit.h"

#define FIXTURE_AIRPORTS                                                       \
	"# test\nADD,,ETH,Africa/Addis_Ababa\nGRU,SAO,BRA,America/Sao_Paulo\n" \
	"GIG,RIO,BRA,America/Sao_Paulo\nCDG,PAR,FRA,Europe/Vienna\n"           \
	"LGW,LON,GBR,Europe/London\nLHR,LON,GBR,Europe/London\n"               \
	"VIE,,AUT,Europe/Vienna\n"
#define FIXTURE_ZONES                                                 \
	"Africa/Addis_Ababa,1420070400,180\n"                         \
	"America/Sao_Paulo,1420070400,-180\n"                         \
	"Europe/London,1420070400,0\nEurope/London,1774746000,60\n"   \
	"Europe/London,1792890000,0\n"                                \
	"Europe/Vienna,1420070400,60\nEurope/Vienna,1774746000,120\n" \
	"Europe/Vienna,1792890000,60\n"

struct fixture {
	struct reference *reference;
	struct rules_context context;
	struct message message;
	struct booking booking;
	struct leg leg[4];
	struct payment payment[3];
	struct history history[2];
	struct ssr ssr[1];
	struct traveller traveller, other[2];
	struct bag bag[2];
	const struct traveller *co[2];
	struct subject subject;
	const struct named_lists *lists; /* none, unless a test has some */
	struct constant *constants;
	struct regex_scratch *regex;
	struct regex *regexes;
	struct arena arena;
	struct err e;
};

static inline struct moment at(const char *text)
{
	struct moment m = NO_MOMENT;

	ck_assert_msg(moment_read(str_of(text), &m), "moment '%s'", text);
	return m;
}

static inline struct leg leg_of(const char *from, const char *to,
				const char *departs, const char *arrives)
{
	return (struct leg){ .carrier = STR("X9"),
			     .number = STR("101"),
			     .origin = str_of(from),
			     .destination = str_of(to),
			     .departs = at(departs),
			     .arrives = at(arrives) };
}

static inline void fixture_people(struct fixture *f)
{
	f->traveller = (struct traveller){ .surname = STR("RIVERTEST"),
					   .given = STR("JOAO"),
					   .birth_date = { 1990, 4, 17 },
					   .nationality = STR("UTO"),
					   .bags = f->bag,
					   .known_bags = true,
					   .bag_weight = { 23500, true } };
	f->other[0] = (struct traveller){ .surname = STR("HILLTEST"),
					  .birth_date = { 2015, 1, 1 } };
	f->other[1] = (struct traveller){ .surname = STR("RIVERTEST"),
					  .birth_date = { 2010, 0, 0 } };
	f->co[0] = &f->other[0];
	f->co[1] = &f->other[1];
}

static inline void fixture_trip(struct fixture *f)
{
	f->leg[0] =
		leg_of("GRU", "ADD", "2026-11-21T22:00", "2026-11-22T15:00");
	f->leg[1] =
		leg_of("ADD", "VIE", "2026-11-22T18:00", "2026-11-22T22:00");
	f->leg[2] =
		leg_of("VIE", "ADD", "2026-11-24T04:00", "2026-11-24T12:00");
	f->leg[3] =
		leg_of("ADD", "GRU", "2026-11-24T14:00", "2026-11-24T20:00");
	f->message.type = STR("PNRGOV");
	f->message.sent_at = at("2026-11-22T10:00:00");
	f->message.flight =
		(struct flight){ .carrier = STR("X9"),
				 .number = STR("101"),
				 .origin = STR("ADD"),
				 .destination = STR("VIE"),
				 .departs = at("2026-11-22T18:00"),
				 .arrives = at("2026-11-22T22:00") };
}

static inline void fixture_booking(struct fixture *f)
{
	f->payment[0] =
		(struct payment){ .form = STR("CA"),
				  .amount = { 120500, STR("EUR"), true } };
	f->payment[1] = (struct payment){ .form = STR("CC"),
					  .amount = { 80000, STR("EUR"), true },
					  .holder = STR("OTTO HILLTEST") };
	f->history[0] = (struct history){ .status = STR("HX") };
	f->booking = (struct booking){ .locator = STR("AB12CD"),
				       .created_at = at("2026-11-21T08:00:00"),
				       .changed_at = at("2026-11-22"),
				       .legs = f->leg,
				       .nr_legs = 4,
				       .known_legs = true,
				       .payments = f->payment,
				       .nr_payments = 2,
				       .known_payments = true,
				       .history = f->history,
				       .nr_history = 2,
				       .known_history = true,
				       .known_splits = true };
	f->booking.agency.country = STR("CYP");
}

static inline void fixture_init(struct fixture *f)
{
	*f = (struct fixture){ 0 };
	ck_assert_int_eq(reference_read(&f->reference, STR(FIXTURE_AIRPORTS),
					STR(FIXTURE_ZONES), &f->e),
			 0);
	ck_assert_int_eq(regex_scratch_new(&f->regex, &f->e), 0);
	f->context = (struct rules_context){ STR("AUT"), f->reference };
	fixture_people(f);
	fixture_trip(f);
	fixture_booking(f);
	f->subject = (struct subject){ .message = &f->message,
				       .flight = &f->message.flight,
				       .booking = &f->booking,
				       .traveller = &f->traveller,
				       .co_traveller = f->co,
				       .nr_co_travellers = 2,
				       .screened_at = f->message.sent_at };
}

static inline void fixture_release(struct fixture *f)
{
	reference_free(f->reference);
	regex_scratch_free(f->regex);
	regex_free_list(f->regexes);
	arena_release(&f->arena);
}

/* Parse and check; the error is in f->e. */
static inline int fixture_compile(struct fixture *f, const char *text,
				  bool has_reason, struct expr **out)
{
	struct check_rules rules = { .arena = &f->arena,
				     .lists = f->lists,
				     .constants = f->constants,
				     .has_reason = has_reason };
	int rc;

	f->e = (struct err){ 0 };
	rc = expr_parse(out, &f->arena, &f->regexes, str_of(text), &f->e);
	return rc ? rc : expr_check(out, &rules, &f->e);
}

/* The truth of a condition that must compile. */
static inline enum tri fixture_eval(struct fixture *f, const char *text)
{
	struct eval v;
	struct expr *n;

	ck_assert_msg(fixture_compile(f, text, true, &n) == 0, "%s: %s", text,
		      f->e.text);
	eval_start(&v, &f->context, &f->subject, f->regex);
	return eval_bool(&v, n);
}

struct truth_row {
	const char *text;
	enum tri want;
};

static inline void fixture_table(struct fixture *f, const struct truth_row *row,
				 size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		enum tri got = fixture_eval(f, row[i].text);

		ck_assert_msg(got == row[i].want, "%s: got %s", row[i].text,
			      tri_name(got));
	}
}

#endif
