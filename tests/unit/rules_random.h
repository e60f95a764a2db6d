/*
 * rules_random.h - expressions and travellers at random, as hostile as they
 * come; seeded by `random_state`, so that a failure comes back
 */
#ifndef TESTS_RULES_RANDOM_H
#define TESTS_RULES_RANDOM_H

#include "tests/unit/rules_fixture.h"

static uint64_t random_state;

static inline uint32_t below(uint32_t n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (uint32_t)(random_state >> 20) % n;
}

static inline const char *one_of(const char *const *word, size_t nr)
{
	return word[below((uint32_t)nr)];
}

#define ONE_OF(list) one_of(list, ARRAY_SIZE(list))

static inline void put_value(struct buf *b, int depth)
{
	static const char *const leaf[] = {
		"booking.lead_time",
		"flight.departs",
		"booking.created_at",
		"booking.changed_at",
		"now",
		"trip.stay",
		"trip.legs",
		"past.trips",
		"past.same_agency",
		"48h",
		"-30d",
		"2026-11-22",
		"9223372036854775807",
		"106751991167300d",
		"count(booking.legs)",
		"traveller.bag_weight",
		"500 EUR",
		"flight.origin",
		"ADD",
		"X9",
		"flight.carrier",
		"traveller.surname",
		"booking.locator",
		"country(flight.origin)",
		"BRA",
		"traveller.age",
		"3",
		"2.5",
		"booking.group_size",
		"booking.cancelled",
		"true",
		"departs",
		"form",
		"amount",
		"origin",
		"surname",
		"age",
		"booking.agency.country",
		"trip.type",
		"oneway",
		"\"RIVER\"",
		"traveller.birth_date",
		"trip.origin_country",
		"trip.destination",
		"length",
		"airport",
	};
	static const char *const fold[] = { "sum",   "min", "max",
					    "count", "avg", "distinct" };
	static const char *const sign[] = { " + ", " - ", " * ", " / " };
	static const char *const list[] = {
		"booking.legs",	 "booking.payments", "booking.history",
		"co_travellers", "traveller.bags",   "trip.stops"
	};
	static const char *const member[] = {
		"arrives - departs", "amount", "departs", "age",
		"carrier == X9",     "at",     "length",  "via",
		"surname",	     "form",   "origin",  "amount * 2"
	};

	if (depth && below(5) == 0) {
		put_value(b, depth - 1);
		buf_z(b, ONE_OF(sign));
		put_value(b, depth - 1);
	} else if (depth && below(9) == 0) {
		buf_z(b, "abs(");
		put_value(b, depth - 1);
		buf_byte(b, ')');
	} else if (depth && below(5) == 0) {
		buf_fmt(b, "%s(%s, %s)", ONE_OF(fold), ONE_OF(list),
			ONE_OF(member));
	} else {
		buf_z(b, ONE_OF(leaf));
	}
}

static inline void put_bool(struct buf *b, int depth)
{
	static const char *const cmp[] = { "==",
					   "!=",
					   "<",
					   "<=",
					   ">",
					   ">=",
					   "contains",
					   "starts_with",
					   "ends_with",
					   "not contains",
					   "not starts_with",
					   "not ends_with" };
	static const char *const known[] = {
		"booking.legs",		"traveller.bags", "co_travellers",
		"booking.created_at",	"departs",	  "trip.stay",
		"traveller.comparisons"
	};
	static const char *const quantifier[] = { "any", "all", "none" };
	static const char *const list[] = {
		"booking.legs",	 "booking.payments",   "booking.history",
		"co_travellers", "traveller.bags",     "booking.ssr",
		"documents",	 "booking.travellers", "trip.stops",
	};

	switch (depth ? below(10) : 7) {
	case 0:
	case 1:
		buf_byte(b, '(');
		put_bool(b, depth - 1);
		buf_z(b, below(2) ? " and " : " or ");
		put_bool(b, depth - 1);
		buf_byte(b, ')');
		break;
	case 2:
		buf_z(b, "not ");
		put_bool(b, depth - 1);
		break;
	case 3:
	case 4:
		buf_fmt(b, "%s(%s, ", ONE_OF(quantifier), ONE_OF(list));
		put_bool(b, depth - 1);
		buf_byte(b, ')');
		break;
	case 5:
		put_value(b, 1);
		buf_z(b, below(2) ? " in [ADD, VIE]" : " not in [X9, 3]");
		break;
	case 8:
		buf_z(b, below(2) ? "any(trip.stops, turns_back)"
				  : "all(trip.stops, via and length < 9h)");
		break;
	case 9:
		buf_fmt(b, "known(%s)", ONE_OF(known));
		break;
	case 6:
		put_value(b, 1);
		buf_z(b, below(3) ? " between " : " not between ");
		put_value(b, 0);
		buf_z(b, " and ");
		put_value(b, 0);
		break;
	default:
		put_value(b, depth > 0);
		buf_fmt(b, " %s ", ONE_OF(cmp));
		put_value(b, depth > 0);
	}
}

static inline struct moment random_moment(void)
{
	static const int64_t second[] = {
		0,	   1795300000, 1795300000,    -1,
		INT64_MAX, INT64_MIN,  INT64_MAX / 2, 253402300799
	};

	return (struct moment){ second[below(ARRAY_SIZE(second))],
				(enum precision)below(4) };
}

/* Everything may be absent, partial, or as far away as 64 bits go. */
static inline void shake(struct fixture *f)
{
	static const int64_t number[] = { 0, 1, -1, 3, INT64_MAX, INT64_MIN };

	f->booking.created_at = random_moment();
	f->booking.changed_at = random_moment();
	f->message.flight.departs = random_moment();
	f->message.sent_at = random_moment();
	f->subject.screened_at = random_moment();
	f->booking.cancelled = (enum flag)below(3);
	f->booking.group_size = (struct number){ number[below(6)], below(2) };
	f->traveller.bag_weight = (struct number){ number[below(6)], below(2) };
	f->traveller.birth_date =
		(struct date){ (int16_t)below(10000), (uint8_t)below(13),
			       (uint8_t)below(29) };
	f->traveller.surname = below(2)	  ? STR("RIVERTEST")
			       : below(2) ? STR("\xc3\x98STERG\xc3\x85RDTEST")
			       : below(2) ? STR("\xff\xfe\x80")
					  : STR_NONE;
	f->traveller.known_bags = below(2);
	f->traveller.nr_bags = below(3);
	f->booking.known_legs = below(4) > 0;
	f->booking.nr_legs = below(5);
	f->booking.nr_payments = below(4);
	f->payment[0].amount =
		(struct money){ number[below(6)],
				below(2) ? STR("EUR") : STR_NONE, below(2) };
	for (int i = 0; i < 4; i++) {
		f->leg[i].departs = random_moment();
		f->leg[i].arrives = random_moment();
		f->leg[i].origin = below(4) ? STR("ADD") : STR_NONE;
	}
	f->subject.nr_co_travellers = below(3);
	f->subject.booking = below(8) ? &f->booking : NULL;
	f->subject.flight = below(8) ? &f->message.flight : NULL;
}

#endif
