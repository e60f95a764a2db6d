#include "law/scope.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int load(struct scope **out, const char *text, struct err *e)
{
	char name[] = "/tmp/t_scope.XXXXXX";
	int fd = mkstemp(name), rc;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	rc = scope_load(out, name, e);
	unlink(name);
	return rc;
}

START_TEST(crew_are_not_passengers)
{
	ck_assert(!scope_traveller(STR("CRW")));
	ck_assert(!scope_traveller(STR("CR3")));
	ck_assert(scope_traveller(STR("ADT")));
	ck_assert(scope_traveller(STR("TRN"))); /* transit is in scope */
	ck_assert(scope_traveller(STR("UNN")));
	ck_assert(scope_traveller(STR_NONE));
	ck_assert(scope_traveller(STR("CR")));
}
END_TEST

#define STOP(a, c)                       \
	{                                \
		STR_INIT(a), STR_INIT(c) \
	}

static const struct {
	const char *name;
	struct scope_stop stop[3];
	size_t nr;
	enum flight_scope want;
} flights[] = {
	{ "into the Union",
	  { STOP("CMN", "MAR"), STOP("BRU", "BEL") },
	  2,
	  SCOPE_EXTRA_EU },
	{ "out of the Union",
	  { STOP("BRU", "BEL"), STOP("LHR", "GBR") },
	  2,
	  SCOPE_EXTRA_EU },
	{ "inside, not selected",
	  { STOP("BRU", "BEL"), STOP("VIE", "AUT") },
	  2,
	  SCOPE_OUT },
	{ "domestic",
	  { STOP("FRA", "DEU"), STOP("MUC", "DEU") },
	  2,
	  SCOPE_OUT },
	{ "domestic over a third country",
	  { STOP("FRA", "DEU"), STOP("ZRH", "CHE"), STOP("MUC", "DEU") },
	  3,
	  SCOPE_EXTRA_EU },
	{ "between third countries",
	  { STOP("CMN", "MAR"), STOP("LHR", "GBR") },
	  2,
	  SCOPE_OUT },
	{ "third countries by way of the Union",
	  { STOP("CMN", "MAR"), STOP("BRU", "BEL"), STOP("LHR", "GBR") },
	  3,
	  SCOPE_EXTRA_EU },
	{ "to an outermost region: domestic",
	  { STOP("CDG", "FRA"), STOP("RUN", "REU") },
	  2,
	  SCOPE_OUT },
	{ "from an outermost region",
	  { STOP("RUN", "REU"), STOP("MRU", "MUS") },
	  2,
	  SCOPE_EXTRA_EU },
	{ "Aland is Finland",
	  { STOP("HEL", "FIN"), STOP("MHQ", "ALA") },
	  2,
	  SCOPE_OUT },
	{ "Greenland is not the Union",
	  { STOP("CPH", "DNK"), STOP("GOH", "GRL") },
	  2,
	  SCOPE_EXTRA_EU },
	{ "unknown airport",
	  { STOP("BRU", "BEL"), STOP("QQQ", "") },
	  2,
	  SCOPE_UNKNOWN },
	{ "unknown stop of a flight in scope anyhow",
	  { STOP("BRU", "BEL"), STOP("QQQ", ""), STOP("CMN", "MAR") },
	  3,
	  SCOPE_EXTRA_EU },
};

START_TEST(flights_are_in_scope_by_where_they_touch)
{
	struct scope *s;
	struct err e = { 0 };

	ck_assert_msg(scope_load(&s, "etc/scope.yaml", &e) == 0, "%s", e.text);
	for (size_t i = 0; i < ARRAY_SIZE(flights); i++)
		ck_assert_msg(scope_flight(s, flights[i].stop, flights[i].nr,
					   (struct date){ 2026, 11, 22 })
					      .scope == flights[i].want,
			      "%s", flights[i].name);
	scope_free(s);
	scope_free(NULL);
}
END_TEST

#define HEAD(ref)                                                             \
	"  - decision: " ref "\n    reasons: r\n    valid_from: 2026-04-01\n" \
	"    valid_to: 2026-09-30\n    next_review: 2026-07-01\n"

static const char decisions[] = "intra_eu:\n" HEAD(
	"D1") "    routes: [BRU-VIE]\n" HEAD("D2") "    airports: [GRZ, LNZ]\n";

START_TEST(decisions_select_routes_and_airports)
{
	const struct scope_stop there[] = { STOP("BRU", "BEL"),
					    STOP("VIE", "AUT") };
	const struct scope_stop back[] = { STOP("VIE", "AUT"),
					   STOP("BRU", "BEL") };
	const struct scope_stop airport[] = { STOP("LNZ", "AUT"),
					      STOP("FRA", "DEU") };
	const struct scope_stop other[] = { STOP("BRU", "BEL"),
					    STOP("MUC", "DEU") };
	const struct scope_stop domestic[] = { STOP("VIE", "AUT"),
					       STOP("GRZ", "AUT") };
	const struct date day = { 2026, 5, 1 };
	struct scope_verdict v;
	struct scope *s;
	struct err e = { 0 };

	ck_assert_msg(load(&s, decisions, &e) == 0, "%s", e.text);
	v = scope_flight(s, there, 2, day);
	ck_assert_int_eq(v.scope, SCOPE_INTRA_EU_SELECTED);
	ck_str_is(v.decision, "D1");
	ck_assert_int_eq(scope_flight(s, back, 2, day).scope,
			 SCOPE_INTRA_EU_SELECTED);
	v = scope_flight(s, airport, 2, day);
	ck_assert_int_eq(v.scope, SCOPE_INTRA_EU_SELECTED);
	ck_str_is(v.decision, "D2");
	ck_assert_int_eq(scope_flight(s, other, 2, day).scope, SCOPE_OUT);
	ck_assert_int_eq(scope_flight(s, domestic, 2, day).scope, SCOPE_OUT);
	scope_free(s);
}
END_TEST

START_TEST(a_decision_holds_to_the_day)
{
	static const struct {
		struct date day, review;
		enum flight_scope want;
	} days[] = {
		{ { 2026, 3, 31 }, { 2026, 9, 30 }, SCOPE_OUT },
		{ { 2026, 4, 1 }, { 2026, 9, 30 }, SCOPE_INTRA_EU_SELECTED },
		{ { 2026, 9, 30 }, { 2026, 9, 30 }, SCOPE_INTRA_EU_SELECTED },
		{ { 2026, 10, 1 }, { 2026, 9, 30 }, SCOPE_OUT },
		{ { 2026, 7, 1 }, { 2026, 7, 1 }, SCOPE_INTRA_EU_SELECTED },
		{ { 2026, 7, 2 }, { 2026, 7, 1 }, SCOPE_OUT }, /* overdue */
	};
	const struct scope_stop stop[] = { STOP("BRU", "BEL"),
					   STOP("VIE", "AUT") };

	for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
		struct scope *s;
		struct err e = { 0 };
		char text[400];

		snprintf(
			text, sizeof(text),
			"intra_eu:\n  - decision: D\n    reasons: r\n"
			"    valid_from: 2026-04-01\n    valid_to: 2026-09-30\n"
			"    next_review: %04d-%02d-%02d\n    all: true\n"
			"    threat: assessment\n",
			days[i].review.year, days[i].review.month,
			days[i].review.day);
		ck_assert_msg(load(&s, text, &e) == 0, "%s", e.text);
		ck_assert_msg(scope_flight(s, stop, 2, days[i].day).scope ==
				      days[i].want,
			      "row %zu", i);
		scope_free(s);
	}
}
END_TEST

static const struct {
	const char *text, *says;
	enum err_code code;
} bad[] = {
	{ "", "'intra_eu' is missing", ERR_USAGE },
	{ "intra_eu: all\n", "line 1, column 11: a list", ERR_SYNTAX },
	{ "extra_eu: []\n", "line 1, column 1: unknown key", ERR_SYNTAX },
	{ "intra_eu: [\n", "not YAML", ERR_SYNTAX },
	{ "intra_eu:\n" HEAD("D") "    routs: [BRU-VIE]\n",
	  "line 7, column 5: unknown key 'routs'", ERR_SYNTAX },
	{ "intra_eu:\n" HEAD("D"), "selects nothing", ERR_VALUE },
	{ "intra_eu:\n" HEAD("D") "    routes: BRU-VIE\n",
	  "line 7, column 13: a list", ERR_SYNTAX },
	{ "intra_eu:\n" HEAD("D") "    routes: [bru-vie]\n", "BRU-VIE",
	  ERR_VALUE },
	{ "intra_eu:\n" HEAD("D") "    airports: [VIEN]\n", "VIE", ERR_VALUE },
	{ "intra_eu:\n" HEAD("D") "    all: true\n", "'threat'", ERR_VALUE },
	{ "intra_eu:\n" HEAD("D") "    all: yes\n", "true or false",
	  ERR_VALUE },
	{ "intra_eu:\n" HEAD(
		  "D") "    all: true\n    threat: t\n    routes: [BRU-VIE]\n",
	  "stands alone", ERR_VALUE },
	{ "intra_eu:\n  - decision: D\n    routes: [BRU-VIE]\n",
	  "line 2, column 5: key 'reasons' is missing", ERR_USAGE },
	{ "intra_eu:\n  - decision: D\n    reasons: ''\n", "is missing",
	  ERR_VALUE },
	{ "intra_eu:\n  - decision: D\n    reasons: r\n"
	  "    valid_from: 2026-04\n",
	  "line 4, column 17: a date", ERR_VALUE },
	{ "intra_eu:\n  - decision: D\n    reasons: r\n"
	  "    valid_from: 2026-04-02\n    valid_to: 2026-04-01\n"
	  "    next_review: 2026-04-02\n    airports: [VIE]\n",
	  "ends before", ERR_VALUE },
	{ "intra_eu:\n  - decision: D\n    reasons: r\n"
	  "    valid_from: 2026-04-01\n    valid_to: 2026-04-30\n"
	  "    next_review: 2026-05-01\n    airports: [VIE]\n",
	  "next_review", ERR_VALUE },
};

START_TEST(wrong_files_are_refused_with_their_place)
{
	struct scope *s = NULL;
	struct err none = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct err e = { 0 };

		ck_assert_msg(load(&s, bad[i].text, &e) == (int)bad[i].code,
			      "row %zu: %d %s", i, e.code, e.text);
		ck_assert_msg(strstr(e.text, bad[i].says), "row %zu: %s", i,
			      e.text);
		ck_assert_ptr_null(s);
	}
	ck_assert_int_eq(scope_load(&s, "/nowhere/scope.yaml", &none), ERR_IO);
}
END_TEST

UNIT_MAIN("scope", crew_are_not_passengers,
	  flights_are_in_scope_by_where_they_touch,
	  decisions_select_routes_and_airports, a_decision_holds_to_the_day,
	  wrong_files_are_refused_with_their_place)
