/*
 * Why a profile hits: taken apart, a condition says what the reference
 * evaluator says of it; a change that is found turns the verdict round, and
 * no smaller one does.
 */
#include "rules/change.h"
#include "rules/profile_set.h"
#include "tests/unit/rules_random.h"

enum { TREES = 6000, TRAVELLERS = 3 };

#define HEAD                                                                  \
	"profile: p\nrevision: 1\ntitle: t\npurpose:\n  offences: [\"04\"]\n" \
	"  basis: b\n  author: a\n  valid: {from: 2026-09-01, until: "        \
	"2027-02-28}\nbudget: {max_share: 0.001}\n"
#define TAIL                                                           \
	"exonerating:\n  - {id: e, points: -40, why: w, when: '%s'}\n" \
	"threshold: 60\n"

/* Four clauses as profile text; NULL ends. */
struct row {
	const char *scope, *against[3], *exonerating;
	bool hit;
	int32_t score;
	const char *change[CHANGE_MAX]; /* "path: value -> instead" */
};

static struct profile *read_profile(struct fixture *f, const char *text)
{
	struct profile_source s = { "p.yaml", str_of(text), NULL,
				    NULL,     &f->arena,    &f->regexes };
	struct faults faults = { 0 };
	struct offences *o;
	struct profile *p = NULL;

	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f->e), 0);
	s.offences = o;
	ck_assert_msg(profile_read(&p, &s, &faults, &f->e) == 0, "%s\n%s",
		      f->e.text, text);
	offences_free(o);
	return p;
}

static struct profile *make_profile(struct fixture *f, const struct row *r)
{
	struct buf b = { 0 };
	struct profile *p;

	buf_z(&b, HEAD);
	if (r->scope)
		buf_fmt(&b, "scope: %s\n", r->scope);
	buf_z(&b, "incriminating:\n");
	for (int i = 0; i < 3 && r->against[i]; i++)
		buf_fmt(&b,
			"  - {id: c%d, points: %d, why: w, reason: r, when: "
			"'%s'}\n",
			i, i ? 25 : 35, r->against[i]);
	buf_fmt(&b, TAIL, r->exonerating);
	buf_byte(&b, '\0');
	p = read_profile(f, b.data);
	buf_release(&b);
	return p;
}

static void explain(struct fixture *f, struct reasons *r, struct change_set *c,
		    const struct profile *p)
{
	struct eval *v = arena_alloc(&f->arena, sizeof(*v));

	eval_start(v, &f->context, &f->subject, f->regex);
	reasons_make(r, p, v, &f->arena);
	change_find(c, r, &f->arena);
}

static const struct row rows[] = {
	/* one value: the nearest on the other side */
	{ NULL,
	  { "booking.lead_time < 24h", "any(booking.payments, form == CA)",
	    "trip.type == oneway" },
	  "count(co_travellers) >= 9",
	  false,
	  25,
	  { "booking.lead_time: 1d7h -> 23h59m59s" } },
	/* of two ways the one with fewer values, though it comes later */
	{ NULL,
	  { "booking.lead_time < 24h and trip.type == oneway",
	    "any(booking.payments, form == CA)", "trip.legs == 2" },
	  "flight.carrier == QQ",
	  false,
	  25,
	  { "booking.lead_time: 1d7h -> 23h59m59s",
	    "trip.type: return -> oneway" } },
	/* a hit ends with what speaks for the person */
	{ NULL,
	  { "booking.lead_time < 48h", "any(booking.payments, form == CA)",
	    NULL },
	  "count(co_travellers) >= 3",
	  true,
	  60,
	  { "booking.lead_time: 1d7h -> 2d" } },
	/* the scope counts, too */
	{ "{carriers: [QQ]}",
	  { "booking.lead_time < 48h", "any(booking.payments, form == CA)",
	    NULL },
	  "count(co_travellers) >= 3",
	  false,
	  60,
	  { "flight.carrier: X9 -> QQ" } },
	/* one value in several tests: a change that helps one harms another */
	{ NULL,
	  { "booking.lead_time < 24h", "any(booking.payments, form == CA)",
	    "trip.legs == 9" },
	  "booking.lead_time between 23h and 24h",
	  false,
	  25,
	  { "booking.lead_time: 1d7h -> 22h59m59s" } },
	/* an element's own value */
	{ NULL,
	  { "any(booking.payments, form == MS)", "trip.legs == 4", NULL },
	  "count(co_travellers) >= 3",
	  false,
	  25,
	  { "booking.payments[1].form: CA -> MS" } },
	/* unknown is no match, and a pattern is met as a whole */
	{ NULL,
	  { "flight.number matches /^2/", "trip.legs == 4", NULL },
	  "booking.group_size > 9",
	  false,
	  25,
	  { "flight.number matches /^2/: false -> true" } },
};

static struct str change_text(struct fixture *f, const struct reasons *r,
			      const struct change *c)
{
	struct buf b = { 0 };
	struct str s;

	buf_fmt(&b, STR_FMT ": ", STR_ARG(r->value[c->value].path));
	value_write(&b, &r->value[c->value].value);
	buf_z(&b, " -> ");
	value_write(&b, &c->instead);
	s = arena_str(&f->arena, buf_view(&b));
	buf_release(&b);
	return s;
}

static void try_row(const struct row *row, int number)
{
	struct change_set c;
	struct reasons r;
	struct fixture f;

	fixture_init(&f);
	explain(&f, &r, &c, make_profile(&f, row));
	ck_assert_int_eq(c.hit, row->hit);
	ck_assert_int_eq(c.score, row->score);
	ck_assert(c.found);
	for (uint32_t i = 0; i < CHANGE_MAX; i++) {
		struct str got =
			i < c.nr ? change_text(&f, &r, &c.change[i]) : STR_NONE;

		ck_assert_msg(str_eq(got, str_of(row->change[i])),
			      "%d: '%.*s', not '%s'", number, STR_ARG(got),
			      row->change[i] ? row->change[i] : "(none)");
	}
	fixture_release(&f);
}

START_TEST(the_smallest_changes_are_found)
{
	for (int i = 0; i < (int)ARRAY_SIZE(rows); i++)
		try_row(&rows[i], i);
}
END_TEST

START_TEST(a_profile_that_does_not_hold_has_no_change)
{
	struct change_set c;
	struct reasons r;
	struct fixture f;

	fixture_init(&f);
	f.subject.screened_at = at("2027-03-01T00:00");
	explain(&f, &r, &c, make_profile(&f, &rows[2]));
	ck_assert(!r.valid && !c.hit && !c.found);
	fixture_release(&f);
}
END_TEST

START_TEST(more_than_four_values_are_not_found)
{
	static const struct row row = {
		NULL,
		{ "trip.legs == 9 and trip.type == oneway and "
		  "flight.carrier == QQ",
		  "flight.origin == CDG and flight.destination == CDG", NULL },
		"booking.group_size > 9",
		false,
		0,
		{ NULL }
	};
	struct change_set c;
	struct reasons r;
	struct fixture f;

	fixture_init(&f);
	explain(&f, &r, &c, make_profile(&f, &row));
	ck_assert(!c.found && c.ended);
	fixture_release(&f);
}
END_TEST

static void count_deciding(const struct reason *test, void *arg)
{
	uint32_t *nr = arg;

	ck_assert_int_eq(test->kind, REASON_TEST);
	(*nr)++;
}

/* One condition in place of a profile's. */
static void as_the_reference(struct fixture *f, struct expr *n, struct eval *v,
			     const char *text)
{
	struct clause clause = { .points = 10, .when = n };
	struct profile p = { .incriminating = { &clause, 1 } };
	struct reasons r;
	uint32_t nr = 0;
	enum tri want;

	eval_start(v, &f->context, &f->subject, f->regex);
	want = eval_bool(v, n);
	reasons_make(&r, &p, v, &f->arena);
	ck_assert_msg(r.clause[0].reason->outcome == want, "%s", text);
	ck_assert_int_eq(change_outcome(&(struct change_set){ 0 }, &r,
					r.clause[0].reason),
			 want);
	reason_each_deciding(r.clause[0].reason, count_deciding, &nr);
	ck_assert_uint_ge(nr, 1);
}

/* Elements that differ: random bodies mostly hold for all or for none. */
START_TEST(each_kind_of_part_is_the_reference)
{
	static const char *const text[] = {
		"none(booking.payments, form == CA)",
		"not none(booking.legs, origin == ADD)",
		"any(booking.payments, form == CC)",
		"all(booking.payments, form in [CA, CC])",
		"not all(booking.payments, form == CA)",
		"all(co_travellers, none(booking.payments, holder == surname))",
		"trip.legs == 4 and not (trip.type == oneway or trip.legs > 9)",
		"booking.cancelled or none(booking.splits, travellers > 1)",
	};
	struct eval *v = calloc(1, sizeof(*v));
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(text); i++) {
		struct expr *n;

		ck_assert_int_eq(fixture_compile(&f, text[i], true, &n), 0);
		as_the_reference(&f, n, v, text[i]);
	}
	free(v);
	fixture_release(&f);
}
END_TEST

START_TEST(taken_apart_it_is_the_reference)
{
	struct eval *v = calloc(1, sizeof(*v));
	struct buf b = { 0 };
	struct fixture f;

	random_state = 0x853c49e6748fea9bu;
	fixture_init(&f);
	for (int i = 0; i < TREES; i++) {
		struct expr *n;

		buf_clear(&b);
		put_bool(&b, 1 + (int)below(3));
		buf_byte(&b, '\0');
		arena_clear(&f.arena);
		if (!fixture_compile(&f, b.data, true, &n))
			for (int k = 0; k < TRAVELLERS; k++) {
				shake(&f);
				as_the_reference(&f, n, v, b.data);
			}
	}
	free(v);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/reasons", the_smallest_changes_are_found,
	  a_profile_that_does_not_hold_has_no_change,
	  more_than_four_values_are_not_found,
	  each_kind_of_part_is_the_reference, taken_apart_it_is_the_reference)
