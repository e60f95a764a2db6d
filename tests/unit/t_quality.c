/*
 * Scores of a carrier's data: what each lack costs, that a score stays within
 * 0 and 100, and when a push is late.
 */
#include "engine/carrier_count.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct document document[1];
static struct contact contact[1];
static struct payment payment[1];
static struct leg leg[1];

/* A traveller and a booking that state all that the rules ask for. */
static void make_whole(struct traveller *t, struct booking *b)
{
	document[0] = (struct document){ .number = STR("L898902C3"),
					 .issuer = STR("UTO"),
					 .expires = { 2031, 4, 15 } };
	contact[0].value = STR("32 2 555 0199");
	payment[0].form = STR("CA");
	leg[0] = (struct leg){ .number = STR("417"),
			       .origin = STR("CMN"),
			       .destination = STR("BRU"),
			       .departs = { 1795000000, MOMENT_MINUTE } };
	*t = (struct traveller){ .surname = STR("DOETEST"),
				 .given = STR("JANE"),
				 .birth_date = { 1982, 4, 17 },
				 .sex = STR("F"),
				 .nationality = STR("UTO"),
				 .documents = document,
				 .nr_documents = 1 };
	*b = (struct booking){ .created_at = { 1790000000, MOMENT_MINUTE },
			       .contacts = contact,
			       .nr_contacts = 1,
			       .payments = payment,
			       .nr_payments = 1,
			       .legs = leg,
			       .nr_legs = 1 };
	b->agency.system = STR("1A");
}

enum lack {
	NOTHING,
	GIVEN,
	CONTACT,
	PAYMENT,
	FORM,
	BOOKED,
	LEGS,
	AIRPORT,
	AGENCY,
	BIRTH,
	BIRTH_DAY,
	SEX,
	NATIONALITY,
	DOCUMENT,
	NUMBER,
	EXPIRY,
	ISSUER,
};

static void take(enum lack what, struct traveller *t, struct booking *b)
{
	switch (what) {
	case NOTHING:
		break;
	case GIVEN:
		t->given = STR_NONE;
		break;
	case CONTACT:
		b->nr_contacts = 0;
		break;
	case PAYMENT:
		b->nr_payments = 0;
		break;
	case FORM:
		payment[0].form = STR_NONE;
		break;
	case BOOKED:
		b->created_at = NO_MOMENT;
		break;
	case LEGS:
		b->nr_legs = 0;
		break;
	case AIRPORT:
		leg[0].origin = STR_NONE;
		break;
	case AGENCY:
		b->agency.system = STR_NONE;
		break;
	case BIRTH:
		t->birth_date = DATE_NONE;
		break;
	case BIRTH_DAY:
		t->birth_date.day = 0;
		break;
	case SEX:
		t->sex = STR_NONE;
		break;
	case NATIONALITY:
		t->nationality = STR_NONE;
		break;
	case DOCUMENT:
		t->nr_documents = 0;
		break;
	case NUMBER:
		document[0].number = STR_NONE;
		break;
	case EXPIRY:
		document[0].expires = DATE_NONE;
		break;
	case ISSUER:
		document[0].issuer = STR_NONE;
		break;
	}
}

/* Scores by the rules of PNR alone, of API alone, of both. */
static const struct {
	enum lack what;
	int32_t pnr, api, both;
	const char *reason;
} rows[] = {
	{ NOTHING, 100, 100, 100, NULL },
	{ GIVEN, 90, 90, 80, "no-given-name" },
	{ CONTACT, 85, 100, 85, "no-contact" },
	{ PAYMENT, 90, 100, 90, "no-payment" },
	{ FORM, 90, 100, 90, "no-payment" },
	{ BOOKED, 90, 100, 90, "no-booking-date" },
	{ LEGS, 90, 100, 90, "no-itinerary" },
	{ AIRPORT, 90, 100, 90, "no-itinerary" },
	{ AGENCY, 95, 100, 95, "no-agency" },
	{ BIRTH, 100, 80, 80, "no-birth-date" },
	{ BIRTH_DAY, 100, 80, 80, "no-birth-date" },
	{ SEX, 100, 95, 95, "no-sex" },
	{ NATIONALITY, 100, 90, 90, "no-nationality" },
	{ DOCUMENT, 100, 70, 70, "no-document" },
	{ NUMBER, 100, 80, 80, "no-document" },
	{ EXPIRY, 100, 95, 95, "no-expiry" },
	{ ISSUER, 100, 95, 95, "no-issuer" },
};

START_TEST(each_lack_costs_its_points)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct quality pnr, api, both;
		struct traveller t;
		struct booking b;

		make_whole(&t, &b);
		take(rows[i].what, &t, &b);
		quality_of_traveller(&pnr, QUALITY_PNR, &t, &b);
		quality_of_traveller(&api, QUALITY_API, &t, NULL);
		quality_of_traveller(&both, QUALITY_PNR | QUALITY_API, &t, &b);
		ck_assert_msg(pnr.score == rows[i].pnr &&
				      api.score == rows[i].api &&
				      both.score == rows[i].both,
			      "row %zu: %d %d %d", i, pnr.score, api.score,
			      both.score);
		if (!rows[i].reason)
			ck_assert_uint_eq(both.nr, 0);
		else
			ck_assert_str_eq(both.reason[0], rows[i].reason);
		if (rows[i].what == GIVEN) /* both sides say so: once */
			ck_assert_uint_eq(both.nr, 1);
	}
}
END_TEST

START_TEST(sides_that_disagree_cost_points)
{
	struct quality q;
	struct traveller t;
	struct booking b;
	struct subject s = { .traveller = &t, .booking = &b };

	make_whole(&t, &b);
	t.nr_documents = 0;
	quality_of_subject(&q, &s); /* no API data: nobody asks for it */
	ck_assert_int_eq(q.score, 100);
	s.nr_comparisons = 2;
	s.comparison[0] = (struct comparison){ STR("name"), FLAG_YES };
	s.comparison[1] = (struct comparison){ STR("sex"), FLAG_UNSET };
	quality_of_subject(&q, &s);
	ck_assert_int_eq(q.score, 55);
	ck_assert_uint_eq(q.nr, 4);
	ck_assert_str_eq(q.reason[3], "differs-name");
	make_whole(&t, &b);
	quality_of_subject(&q, &s);
	ck_assert_int_eq(q.score, 85);
}
END_TEST

START_TEST(a_score_ends_at_nothing)
{
	struct quality q;
	struct traveller t = { 0 };
	struct booking b = { 0 };
	struct subject s = { .traveller = &t, .booking = &b };

	s.nr_comparisons = 1;
	s.comparison[0] = (struct comparison){ STR("document"), FLAG_YES };
	quality_of_subject(&q, &s);
	ck_assert_int_eq(q.score, 0);
	/* each rule, a given name once, and the document */
	ck_assert_uint_eq(q.nr, quality_rules_nr);
	s.booking = NULL;
	s.nr_comparisons = 0;
	quality_of_subject(&q, &s); /* API alone: 75 points */
	ck_assert_int_eq(q.score, 25);
}
END_TEST

START_TEST(a_message_is_the_mean_of_its_travellers)
{
	struct traveller two[3], t;
	struct booking b;
	struct diag diag[3] = {
		{ DIAG_WARNING, "unt-count", 1, STR("") },
		{ DIAG_INFO, "removed", 2, STR("") },
		{ DIAG_WARNING, "unt-count", 3, STR("") },
	};
	struct parsed p = { 0 };

	ck_assert_int_eq(carrier_message_score(&p), -1);
	make_whole(&t, &b);
	two[0] = two[1] = two[2] = t;
	two[1].sex = STR_NONE;
	two[1].nationality = STR_NONE;
	two[2] = (struct traveller){ .type = STR("CRW") };
	p.message.type = STR("PAXLST");
	p.message.travellers = two;
	p.message.nr_travellers = 3;
	ck_assert_int_eq(carrier_message_score(&p), 92); /* 100, 85 */
	p.diag = diag;
	p.nr_diag = 3;
	ck_assert_int_eq(carrier_message_score(&p), 87); /* one kind */
	two[0] = two[1] = (struct traveller){ 0 };
	ck_assert_int_eq(carrier_message_score(&p), 20);
	p.message.nr_travellers = 0; /* crew alone has no score */
	ck_assert_int_eq(carrier_message_score(&p), -1);
}
END_TEST

/* Minutes before departure: at, above and below each limit. */
static const struct {
	const char *type;
	int64_t minutes;
	const char *push; /* NULL: none */
	bool late;
} pushes[] = {
	{ "PNRGOV", 48 * 60, "48h", false },
	{ "PNRGOV", 60 * 60, "48h", false },
	{ "PNRGOV", 47 * 60, "48h", false },
	{ "PNRGOV", 47 * 60 - 1, "48h", true },
	{ "PNRGOV", 36 * 60, "48h", true },
	{ "PNRGOV", 36 * 60 - 1, "24h", false },
	{ "PNRGOV", 23 * 60, "24h", false },
	{ "PNRGOV", 23 * 60 - 1, "24h", true },
	{ "PNRGOV", 12 * 60, "24h", true },
	{ "PNRGOV", 12 * 60 - 1, "closure", false },
	{ "PNRGOV", 0, "closure", false },
	{ "PNRGOV", -30, "closure", false },
	{ "PNRGOV", -31, "closure", true },
	{ "PNRGOV", -9000, "closure", true },
	{ "PAXLST", 40 * 60, "api", false },
	{ "PAXLST", -30, "api", false },
	{ "PAXLST", -31, "api", true },
	{ "CUSRES", 0, NULL, false },
};

START_TEST(a_push_is_late_behind_its_time)
{
	for (size_t i = 0; i < ARRAY_SIZE(pushes); i++) {
		bool late = false;
		const char *got = carrier_push(str_of(pushes[i].type),
					       pushes[i].minutes, &late);

		if (!pushes[i].push) {
			ck_assert_ptr_null(got);
			continue;
		}
		ck_assert_msg(got && !strcmp(got, pushes[i].push) &&
				      late == pushes[i].late,
			      "row %zu: %s, %d", i, got ? got : "none", late);
	}
}
END_TEST

UNIT_MAIN("engine/quality", each_lack_costs_its_points,
	  sides_that_disagree_cost_points, a_score_ends_at_nothing,
	  a_message_is_the_mean_of_its_travellers,
	  a_push_is_late_behind_its_time)
