/*
 * Random expressions on random travellers: whatever the parser and checker
 * let through, evaluation ends and says true, false or unknown, and says the
 * same again. Seeded: a failure comes back.
 */
#include "tests/unit/rules_fixture.h"

#include <string.h>

enum { TREES = 20000, TRAVELLERS = 4 };

static uint64_t state;

static uint32_t below(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 20) % n;
}

static const char *one_of(const char *const *word, size_t nr)
{
	return word[below((uint32_t)nr)];
}

#define ONE_OF(list) one_of(list, ARRAY_SIZE(list))

static void put_value(struct buf *b, int depth)
{
	static const char *const leaf[] = {
		"booking.lead_time",
		"flight.departs",
		"booking.created_at",
		"booking.changed_at",
		"now",
		"trip.stay",
		"trip.legs",
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
	static const char *const fold[] = { "sum", "min", "max", "count" };
	static const char *const list[] = {
		"booking.legs",	 "booking.payments", "booking.history",
		"co_travellers", "traveller.bags",   "trip.stops"
	};
	static const char *const member[] = {
		"arrives - departs", "amount", "departs", "age",
		"carrier == X9",     "at",     "length",  "via"
	};

	if (depth && below(5) == 0) {
		put_value(b, depth - 1);
		buf_z(b, below(2) ? " + " : " - ");
		put_value(b, depth - 1);
	} else if (depth && below(5) == 0) {
		buf_fmt(b, "%s(%s, %s)", ONE_OF(fold), ONE_OF(list),
			ONE_OF(member));
	} else {
		buf_z(b, ONE_OF(leaf));
	}
}

static void put_bool(struct buf *b, int depth)
{
	static const char *const cmp[] = {
		"==", "!=", "<", "<=", ">", ">=", "contains", "starts_with"
	};
	static const char *const quantifier[] = { "any", "all", "none" };
	static const char *const list[] = {
		"booking.legs",	 "booking.payments",   "booking.history",
		"co_travellers", "traveller.bags",     "booking.ssr",
		"documents",	 "booking.travellers", "trip.stops",
	};

	switch (depth ? below(9) : 7) {
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
	case 6:
		put_value(b, 1);
		buf_z(b, " between ");
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

static struct moment random_moment(void)
{
	static const int64_t second[] = {
		0,	   1795300000, 1795300000,    -1,
		INT64_MAX, INT64_MIN,  INT64_MAX / 2, 253402300799
	};

	return (struct moment){ second[below(ARRAY_SIZE(second))],
				(enum precision)below(4) };
}

/* Everything may be absent, partial, or as far away as 64 bits go. */
static void shake(struct fixture *f)
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
	f->traveller.surname = below(2) ? STR("RIVERTEST") : STR_NONE;
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

static void try_one(struct fixture *f, const struct expr *n, const char *text)
{
	for (int i = 0; i < TRAVELLERS; i++) {
		struct eval v;
		enum tri a, b;

		shake(f);
		eval_start(&v, &f->context, &f->subject, f->regex);
		a = eval_bool(&v, n);
		b = eval_bool(&v, n);
		ck_assert_msg(a == b && a <= TRI_TRUE, "%s", text);
	}
}

START_TEST(evaluation_is_total)
{
	struct buf b = { 0 };
	unsigned nr_good = 0;
	struct fixture f;

	state = 0x9e3779b97f4a7c15u;
	fixture_init(&f);
	for (int i = 0; i < TREES; i++) {
		struct expr *n;

		buf_clear(&b);
		put_bool(&b, 1 + (int)below(3));
		buf_byte(&b, '\0');
		arena_clear(&f.arena);
		if (fixture_compile(&f, b.data, true, &n))
			continue;
		nr_good++;
		try_one(&f, n, b.data);
	}
	/* enough got through the checker for the test to mean something */
	ck_assert_uint_gt(nr_good, TREES / 100);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

/* Bytes at random, and good text with a byte changed: no crash, a place. */
START_TEST(any_bytes_are_refused_or_compiled)
{
	static const char good[] =
		"any(booking.payments, form == \"CA\" and amount > 500 EUR) or "
		"flight.number matches /^1[0-9]+$/ and trip.stay < 48h";
	char text[sizeof(good)];
	struct fixture f;

	state = 88172645463325252u;
	fixture_init(&f);
	for (int i = 0; i < TREES; i++) {
		struct expr *n;
		size_t pos;

		memcpy(text, good, sizeof(good));
		for (uint32_t k = 0; k <= below(3); k++)
			text[below(sizeof(good) - 1)] = (char)(1 + below(255));
		if (below(10) == 0)
			for (size_t k = 0; k + 1 < sizeof(good); k++)
				text[k] = (char)(1 + below(255));
		arena_clear(&f.arena);
		if (fixture_compile(&f, text, true, &n)) {
			pos = f.e.pos;
			ck_assert_uint_le(pos, strlen(text));
			continue;
		}
		try_one(&f, n, text);
	}
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/random", evaluation_is_total,
	  any_bytes_are_refused_or_compiled)
