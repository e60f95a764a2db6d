/*
 * doc/profile-gtas.md: each expression of its tables passes the checker, or is
 * refused as the row says.
 */
#include "base/buf.h"
#include "tests/unit/rules_fixture.h"

/* What must have a row: 86 fields of the editor, the back end's, operators. */
static struct gtas_name {
	const char *text;
	bool there;
} names[] = {
	{ "Address.city", false },
	{ "Address.country", false },
	{ "Address.line1", false },
	{ "Address.line2", false },
	{ "Address.line3", false },
	{ "Bag.data_source", false },
	{ "Address.postalCode", false },
	{ "Address.state", false },
	{ "CreditCard.accountHolder", false },
	{ "CreditCard.expiration", false },
	{ "CreditCard.number", false },
	{ "CreditCard.cardType", false },
	{ "Document.issuanceCountry", false },
	{ "Document.expirationDate", false },
	{ "Document.issuanceDate", false },
	{ "Document.documentNumber", false },
	{ "Document.documentType", false },
	{ "Email.address", false },
	{ "Email.domain", false },
	{ "Flight.destination", false },
	{ "Flight.origin", false },
	{ "Flight.carrier", false },
	{ "Flight.destinationCountry", false },
	{ "Flight.originCountry", false },
	{ "Flight.direction", false },
	{ "Flight.mutableFlightDetails.etaDate", false },
	{ "Flight.etdDate", false },
	{ "Flight.flightNumber", false },
	{ "Flight.isOperatingFlight", false },
	{ "Flight.isMarketingFlight", false },
	{ "BookingDetail.origin", false },
	{ "BookingDetail.destination", false },
	{ "FrequentFlyer.carrier", false },
	{ "FrequentFlyer.number", false },
	{ "Passenger.passengerDetails.age", false },
	{ "Passenger.passengerTripDetails.coTravelerCount", false },
	{ "Passenger.passengerTripDetails.hoursBeforeTakeOff", false },
	{ "Passenger.passengerDetails.nationality", false },
	{ "Passenger.passengerTripDetails.debarkation", false },
	{ "Passenger.passengerTripDetails.debarkCountry", false },
	{ "Passenger.passengerDetails.dob", false },
	{ "Passenger.passengerTripDetails.embarkation", false },
	{ "Passenger.passengerTripDetails.embarkCountry", false },
	{ "Passenger.passengerDetails.gender", false },
	{ "Passenger.passengerDetails.firstName", false },
	{ "Passenger.passengerDetails.lastName", false },
	{ "Passenger.passengerDetails.middleName", false },
	{ "Passenger.passengerDetails.residencyCountry", false },
	{ "Passenger.passengerDetails.passengerType", false },
	{ "Passenger.passengerTripDetails.travelFrequency", false },
	{ "Phone.number", false },
	{ "Seat.number", false },
	{ "Seat.cabinClass", false },
	{ "Seat.apis", false },
	{ "Bag.airline", false },
	{ "Bag.bagId", false },
	{ "Bag.country", false },
	{ "Bag.destinationAirport", false },
	{ "Bag.primeFlight", false },
	{ "Bag.bagMeasurements.weight", false },
	{ "Bag.bagMeasurements.bagCount", false },
	{ "Bag.headPool", false },
	{ "PaymentForm.wholeDollarAmount", false },
	{ "PaymentForm.paymentType", false },
	{ "Pnr.bagCount", false },
	{ "Pnr.baggageWeight", false },
	{ "Pnr.dateBooked", false },
	{ "Pnr.carrier", false },
	{ "Pnr.dateReceived", false },
	{ "Pnr.daysBookedBeforeTravel", false },
	{ "Pnr.departureDate", false },
	{ "Pnr.id", false },
	{ "Pnr.origin", false },
	{ "Pnr.originCountry", false },
	{ "Pnr.passengerCount", false },
	{ "Pnr.recordLocator", false },
	{ "Pnr.tripType", false },
	{ "Pnr.tripDuration", false },
	{ "DwellTime.location", false },
	{ "DwellTime.dwellTime", false },
	{ "Agency.country", false },
	{ "Agency.identifier", false },
	{ "Agency.location", false },
	{ "Agency.name", false },
	{ "Agency.city", false },
	{ "Agency.phone", false },
	{ "Passenger.seat", false },
	{ "Pnr.seat", false },
	{ "Pnr.paymentForms", false },
	{ "Bag.destination", false },
	{ "Flight.flightDate", false },
	{ "Document.categoryId", false },
	{ "HitsSummary.isRuleHit", false },
	{ "HitsSummary.isWatchListHit", false },
	{ "HitsSummary.id", false },
	{ "FlightPax.portOfFirstArrival", false },
	{ "FlightPax.residenceCountry", false },
	{ "FlightPax.installationAddress", false },
	{ "FlightPax.embarkation", false },
	{ "FlightPax.debarkation", false },
	{ "FlightPax.reservationReferenceNumber", false },
	{ "FlightPax.embarkationCountry", false },
	{ "FlightPax.debarkationCountry", false },
	{ "FlightPax.bagWeight", false },
	{ "FlightPax.bagCount", false },
	{ "FlightPax.averageBagWeight", false },
	{ "FlightPax.headOfPool", false },
	{ "passengerId", false },
	{ "flightId", false },
	{ "EQUAL", false },
	{ "NOT_EQUAL", false },
	{ "LESS", false },
	{ "LESS_OR_EQUAL", false },
	{ "GREATER", false },
	{ "GREATER_OR_EQUAL", false },
	{ "IN", false },
	{ "NOT_IN", false },
	{ "BETWEEN", false },
	{ "NOT_BETWEEN", false },
	{ "BEGINS_WITH", false },
	{ "NOT_BEGINS_WITH", false },
	{ "ENDS_WITH", false },
	{ "NOT_ENDS_WITH", false },
	{ "CONTAINS", false },
	{ "NOT_CONTAINS", false },
	{ "IS_NULL", false },
	{ "IS_NOT_NULL", false },
	{ "IS_EMPTY", false },
	{ "IS_NOT_EMPTY", false },
	{ "MEMBER_OF", false },
	{ "NOT_MEMBER_OF", false },
};

static void tick_off(struct str cell)
{
	while (cell.ptr) {
		struct str one = str_trim(str_split(&cell, ','));

		for (size_t i = 0; i < ARRAY_SIZE(names); i++)
			if (str_eq(one, str_of(names[i].text)))
				names[i].there = true;
	}
}

static void passes(struct fixture *f, const char *text, bool has_reason)
{
	struct expr *n;

	ck_assert_msg(fixture_compile(f, text, has_reason, &n) == 0, "%s: %s",
		      text, f->e.text);
}

static void is_refused(struct fixture *f, const char *text, bool has_reason,
		       const char *part)
{
	struct expr *n;

	ck_assert_msg(fixture_compile(f, text, has_reason, &n) == ERR_LEGAL,
		      "%s: not refused by law: %s", text, f->e.text);
	ck_assert_msg(str_find(str_of(f->e.text), str_of(part)) >= 0, "%s: %s",
		      text, f->e.text);
}

static void try_row(struct fixture *f, struct str here, struct str expression)
{
	const char *text;

	if (str_eq(here, STR("none"))) {
		ck_assert(str_eq(expression, STR("-")));
		return;
	}
	ck_assert_msg(str_starts(expression, STR("`")) &&
			      str_ends(expression, STR("`")),
		      "%.*s", STR_ARG(expression));
	text = arena_str(&f->arena,
			 str_slice(expression, 1, expression.len - 1))
		       .ptr;
	if (str_eq(here, STR("yes"))) {
		passes(f, text, false);
	} else if (str_eq(here, STR("reason"))) {
		is_refused(f, text, false, "reason");
		passes(f, text, true);
	} else if (str_eq(here, STR("watchlist"))) {
		is_refused(f, text, true, "watchlist");
	} else {
		ck_assert_msg(str_eq(here, STR("refused")), "'%.*s'",
			      STR_ARG(here));
		is_refused(f, text, true, "closes");
	}
}

START_TEST(each_row_is_as_it_says)
{
	struct buf b = { 0 };
	struct fixture f;
	struct str rest;

	fixture_init(&f);
	ck_assert_int_eq(buf_read_file(&b, "doc/profile-gtas.md", 0, &f.e), 0);
	rest = buf_view(&b);
	while (rest.ptr) {
		struct str line = str_split(&rest, '\n'), cell[4];

		if (!str_starts(line, STR("| ")) ||
		    str_starts(line, STR("| GTAS ")))
			continue;
		line = str_slice(line, 1, line.len);
		for (int i = 0; i < 4; i++)
			cell[i] = str_trim(str_split(&line, '|'));
		tick_off(cell[0]);
		try_row(&f, cell[1], cell[2]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		ck_assert_msg(names[i].there, "no row for %s", names[i].text);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/gtas", each_row_is_as_it_says)
