/*
 * All profiles together give what they give one by one: the compiled program
 * against the reference, on random profiles and random travellers.
 */
#include "base/buf.h"
#include "rules/cost.h"
#include "rules/pattern_literal.h"
#include "rules/profile_set.h"
#include "tests/unit/rules_random.h"

#include <stdio.h>

enum {
	SETS = 6, /* or what PAXGATE_SETS says */
	PROFILES = 400,
	TRAVELLERS = 100,
	CAP = 64,
	ALTERNATIVES = 30,
	PATTERNS = 60000,
	TEXTS = 12
};

static uint32_t between(uint32_t low, uint32_t high)
{
	return low + below(high - low + 1);
}

/* `pattern` with `word` for its %. */
static void put_filled(struct buf *b, const char *pattern, const char *word)
{
	struct str behind = str_of(pattern), before = str_split(&behind, '%');

	buf_str(b, before);
	buf_z(b, word);
	buf_str(b, behind);
}

/* Texts with literals in them, at their ends, and across their edges. */
static void put_part(struct buf *b)
{
	static const char *const code[] = { "GRU", "ADD", "VIE", "A", "U-A" };
	static const char *const pattern[] = {
		"^%",	   "%$",	 "%-*VIE",  "%+-ADD", "(%)-ADD",
		"[^]]%X?", "%{1,2}-VIE", "D-%|LHR", "\\w%",   "-%-VIE-ADD-GRU",
	};

	if (below(4) == 0) {
		buf_fmt(b, "flight.number matches /^%u/", below(4));
		return;
	}
	if (below(4) == 0)
		buf_z(b, "not ");
	if (below(2)) {
		buf_fmt(b, "trip.route %s \"%s\"",
			below(2) ? "contains" : "starts_with", ONE_OF(code));
		return;
	}
	buf_z(b, "trip.route matches /");
	put_filled(b, ONE_OF(pattern), ONE_OF(code));
	buf_z(b, below(3) ? "/" : "/i");
}

/* Patterns that take long, or forever, where nothing limits them. */
static void put_hostile(struct buf *b)
{
	static const char *const field[] = { "trip.route", "flight.number",
					     "booking.locator" };
	static const char *const pattern[] = {
		"(A+)+$",	   "([A-Z-]*)*X",    "(.*)*(.*)*(.*)*!",
		"(a|aa|[A-Z]+)+$", "^(([A-Z])+.)+$", "(-?[A-Z]{1,9}){1,40}$",
		"\\x{d8}|^\\W*$",  "[^\\x00-\\x7f]",
	};

	buf_fmt(b, "%s matches /%s/%s", ONE_OF(field), ONE_OF(pattern),
		below(2) ? "i" : "");
}

/* What is worked out: sums, products, amounts, definitions of the file. */
static void put_worked_out(struct buf *b)
{
	static const char *const order[] = { "<", "<=", ">", ">=", "==" };
	static const char *const text[] = {
		"known(traveller.bags)",
		"not known(booking.changed_at)",
		"any(co_travellers, known(birth_date))",
		"trip.route ends_with \"-VIE\"",
		"trip.route not contains GRU",
		"booking.lead_time not between 10h and 20h",
		"booking.lead_time / trip.legs > 8h",
		"is_late and not is_cash",
		"is_cash or nr_legs * 2 > 5",
		"any(booking.payments, form == CA and is_late)",
		"all(co_travellers, age > 3 and some_cash >= 1)",
	};

	switch (below(6)) {
	case 0:
		buf_fmt(b, "avg(booking.payments, amount) %s %u EUR",
			ONE_OF(order), between(20, 160));
		break;
	case 1:
		buf_fmt(b, "distinct(booking.legs, %s) %s %u",
			below(2) ? "origin" : "departs", ONE_OF(order),
			between(0, 4));
		break;
	case 2:
		buf_fmt(b,
			"sum(booking.payments, amount) / %u + %u EUR %s %u "
			"EUR",
			between(0, 3), between(0, 50), ONE_OF(order),
			between(50, 200));
		break;
	case 3:
		buf_fmt(b, "abs(booking.lead_time - %uh) %s %uh",
			between(1, 80), ONE_OF(order), between(0, 40));
		break;
	default:
		buf_z(b, ONE_OF(text));
	}
}

/* Conditions that are met now and then, of each kind a guard knows. */
static void put_likely(struct buf *b)
{
	static const char *const form[] = { "CA", "CC", "MS" };
	static const char *const order[] = { "<", "<=", ">", ">=" };
	static const char *const place[] = { "ADD", "VIE", "GRU", "LHR" };

	switch (below(23)) {
	case 0:
	case 1:
		buf_fmt(b, "booking.lead_time %s %uh", ONE_OF(order),
			between(1, 80));
		break;
	case 2:
		buf_fmt(b, "any(booking.payments, form == %s)", ONE_OF(form));
		break;
	case 3:
		buf_fmt(b, "count(booking.legs) %s %u", ONE_OF(order),
			between(1, 5));
		break;
	case 4:
		buf_fmt(b, "any(booking.legs, origin in [%s, %s])",
			ONE_OF(place), ONE_OF(place));
		break;
	case 5:
		buf_fmt(b, "not (flight.origin == %s or booking.cancelled)",
			ONE_OF(place));
		break;
	case 6:
		buf_fmt(b, "any(booking.payments, amount %s %u EUR)",
			ONE_OF(order), between(0, 200));
		break;
	case 7:
		buf_fmt(b, "count(booking.payments, form == %s) %s %u",
			ONE_OF(form), below(2) ? "==" : ">=", between(1, 2));
		if (below(3) == 0)
			buf_z(b, " or count(booking.legs, origin == VIE) == 0");
		break;
	case 8:
		buf_fmt(b, "none(co_travellers, age < %u)", between(1, 30));
		break;
	case 9:
		buf_fmt(b,
			"not all(booking.legs, departs < 2026-11-%02uT%02u:00)",
			between(20, 26), between(0, 23));
		break;
	case 10:
		buf_fmt(b, "booking.group_size in [%u, %u]", between(0, 3),
			between(0, 3));
		break;
	case 11:
		buf_fmt(b, "booking.lead_time between %uh and %uh",
			between(0, 40), between(40, 90));
		break;
	case 12:
		buf_fmt(b, "traveller.birth_date < 19%02u-04-17",
			between(50, 99));
		break;
	case 13:
		buf_fmt(b, "not booking.group_size == %u", between(0, 3));
		break;
	case 15: /* each of its own: not worth a walk for everybody */
		buf_fmt(b,
			"count(booking.legs, departs < 2026-11-%02uT%02u:%02u) "
			"%s %u",
			between(20, 26), between(0, 23), between(0, 59),
			below(2) ? "<=" : "==", between(0, 2));
		break;
	case 14:
		buf_fmt(b, "traveller.bag_weight >= %u or trip.legs == %u",
			between(0, 3), between(1, 4));
		break;
	case 16:
		if (below(4))
			put_worked_out(b);
		else
			put_hostile(b);
		break;
	case 17:
	case 18:
	case 19:
		put_worked_out(b);
		break;
	default:
		put_part(b);
	}
}

/* What the profiles define; conditions are checked with it, too. */
#define DEFINITIONS(X)                                    \
	X("is_late", "booking.lead_time < 30h")           \
	X("is_cash", "any(booking.payments, form == CA)") \
	X("nr_legs", "count(booking.legs)")               \
	X("some_cash", "count(booking.payments, form == CA and is_late)")

static int compile_defined(struct fixture *f, const char *text)
{
	static const char *const define[][2] = {
#define ROW(name, text) { name, text },
		DEFINITIONS(ROW)
#undef ROW
	};
	struct constant k[ARRAY_SIZE(define)];
	struct check_rules rules = { .arena = &f->arena, .has_reason = true };
	struct expr *n, *value;

	f->e = (struct err){ 0 };
	for (size_t i = 0; i < ARRAY_SIZE(define); i++) {
		ck_assert_int_eq(expr_parse(&value, &f->arena, &f->regexes,
					    str_of(define[i][1]), &f->e),
				 0);
		k[i] = (struct constant){ str_of(define[i][0]), true, value,
					  i ? &k[i - 1] : NULL };
	}
	rules.constants = &k[ARRAY_SIZE(define) - 1];
	if (expr_parse(&n, &f->arena, &f->regexes, str_of(text), &f->e))
		return f->e.code;
	return expr_check(&n, &rules, &f->e);
}

/* An expression that the checker lets through. */
static void put_condition(struct fixture *f, struct buf *b)
{
	struct buf one = { 0 };

	do {
		buf_clear(&one);
		if (below(4))
			put_likely(&one);
		else
			put_bool(&one, 1 + (int)below(3));
		if (below(8) == 0) {
			buf_z(&one, below(2) ? " and " : " or ");
			put_likely(&one);
		}
		buf_byte(&one, '\0');
		arena_clear(&f->arena);
		regex_free_list(f->regexes);
		f->regexes = NULL;
	} while (compile_defined(f, one.data));
	buf_z(b, one.data);
	buf_release(&one);
}

static void put_clauses(struct fixture *f, struct buf *b, uint32_t nr, int sign,
			uint32_t points)
{
	for (uint32_t i = 0; i < nr; i++) {
		buf_fmt(b,
			"  - {id: c%u%c, points: %d, why: w, reason: r, when: "
			"'",
			i, sign > 0 ? 'i' : 'e',
			sign * (int)(i ? between(1, points) : points));
		put_condition(f, b);
		buf_z(b, "'}\n");
	}
}

static const char *const scopes[] = {
	"",
	"",
	"scope: {carriers: [X9, QQ]}\n",
	"scope: {origins: [ADD]}\n",
	"scope: {direction: inbound}\n",
	"scope: {direction: [inbound, transit], destinations: [VIE, CDG]}\n",
	"scope: {origin_countries: [ETH, BRA]}\n",
	"scope: {carriers: [ZZ]}\n",
};

static const char *const validities[] = {
	"{from: 2026-09-01, until: 2027-02-28}",
	"{from: 2026-09-01, until: 2027-02-28}",
	"{from: 2026-11-22, until: 2026-11-22}",
	"{from: 2026-11-23, until: 2027-02-28}",
};

/* The first clause has most points; the threshold is above it. */
static void put_profile(struct fixture *f, struct buf *b, uint32_t i)
{
	uint32_t nr = between(2, 5), most = between(10, 40);

	buf_fmt(b,
		"profile: p%05u\nrevision: 1\ntitle: t\npurpose:\n"
		"  offences: [\"04\"]\n  basis: b\n  author: a\n  valid: %s\n%s"
		"budget: {max_share: 0.001}\nlet:\n",
		i, ONE_OF(validities), ONE_OF(scopes));
#define ROW(name, text) buf_z(b, "  " name ": " text "\n");
	DEFINITIONS(ROW)
#undef ROW
	buf_z(b, "incriminating:\n");
	buf_fmt(b, "  - {id: first, points: %u, why: w, reason: r, when: '",
		most);
	put_condition(f, b);
	buf_z(b, "'}\n");
	put_clauses(f, b, nr - 1, 1, most);
	buf_z(b, "exonerating:\n");
	put_clauses(f, b, between(1, 3), -1, 20);
	buf_fmt(b, "threshold: %u\n", most + between(1, most));
}

static struct profile_set *random_set(struct fixture *f)
{
	struct profile_text text[PROFILES];
	char name[PROFILES][16];
	struct buf b[PROFILES] = { 0 };
	struct offences *o;
	struct profile_set *s;
	struct err e = { 0 };

	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &e), 0);
	for (uint32_t i = 0; i < PROFILES; i++) {
		put_profile(f, &b[i], i);
		snprintf(name[i], sizeof(name[i]), "p%05u.yaml", i);
		text[i] = (struct profile_text){ name[i], buf_view(&b[i]) };
	}
	ck_assert_msg(profile_set_read(&s, text, PROFILES, &f->context, o, NULL,
				       &e) == 0,
		      "%s", e.text);
	for (uint32_t i = 0; i < PROFILES; i++)
		buf_release(&b[i]);
	offences_free(o);
	return s;
}

/* Clauses of many predicates that nobody shares: none of them gives a mark. */
static void put_alternatives(struct buf *b, uint32_t seed)
{
	for (uint32_t i = 0; i < ALTERNATIVES; i++)
		buf_fmt(b, "%sflight.carrier != Q%u", i ? " or " : "",
			seed * ALTERNATIVES + i);
}

static void same(const struct verdict *a, const struct verdict *b)
{
	ck_assert_ptr_eq(a->profile, b->profile);
	ck_assert_int_eq(a->score, b->score);
	ck_assert_uint_eq(a->nr_incriminating, b->nr_incriminating);
	ck_assert_int_eq(a->ran, b->ran);
	ck_assert_int_eq(a->hit, b->hit);
}

/* Counts of earlier bookings, known or not. */
static void next_past(struct fixture *f)
{
	static struct past counts = { .days = PAST_DAYS };

	for (size_t i = 0; i < PAST_COUNTS; i++)
		counts.n[i] = (int32_t)below(PAST_MOST + 2) - 1;
	f->subject.past = below(4) ? &counts : NULL;
}

/* Mostly as the fixture is, so that something hits; then shaken. */
static void next_traveller(struct fixture *f)
{
	struct moment then = f->message.sent_at;

	next_past(f);
	if (below(3) == 0) {
		shake(f);
		if (below(4))
			f->subject.screened_at = then;
		return;
	}
	fixture_people(f);
	fixture_trip(f);
	fixture_booking(f);
	f->booking.created_at.s -= below(100) * 3600;
	f->booking.nr_payments = below(3);
	f->booking.nr_legs = below(5);
	f->booking.group_size = (struct number){ below(4), true };
	f->subject.booking = &f->booking;
	f->subject.flight = &f->message.flight;
	f->subject.screened_at = then;
}

/* Evidence is written by either scratch, whatever it did before. */
static void same_evidence(struct fixture *f, struct rules_scratch *fast,
			  struct rules_scratch *plain, const struct verdict *a,
			  const struct verdict *b)
{
	struct buf x = { 0 }, y = { 0 };

	verdict_write_json(&x, &f->context, fast, &f->subject, b);
	verdict_write_json(&y, &f->context, plain, &f->subject, a);
	ck_assert_msg(str_eq(buf_view(&x), buf_view(&y)), "%.*s\n%.*s",
		      STR_ARG(buf_view(&x)), STR_ARG(buf_view(&y)));
	buf_release(&x);
	buf_release(&y);
}

/* With marks, without them, and the reference. Returns the hits. */
static uint32_t compare(struct fixture *f, const struct profile_set *s,
			struct rules_scratch *fast, struct rules_scratch *plain)
{
	struct verdict a[CAP], b[CAP], c[CAP];
	uint32_t nr = profile_set_eval_plain(s, plain, &f->subject, a, CAP);

	ck_assert_uint_eq(
		profile_set_eval_unmarked(s, fast, &f->subject, c, CAP), nr);
	ck_assert_uint_eq(profile_set_eval(s, fast, &f->subject, b, CAP), nr);
	for (uint32_t i = 0; i < nr && i < CAP; i++) {
		same(&a[i], &b[i]);
		same(&a[i], &c[i]);
		if (i % 8 == 0)
			same_evidence(f, fast, plain, &a[i], &b[i]);
	}
	return nr;
}

/* A clock that goes on by one each time it is looked at. */
static int64_t tick(void)
{
	static int64_t ns;

	return ++ns;
}

/* What was counted on the way is what happened. */
static void costs_are(const struct rules_costs *c, uint64_t hits)
{
	uint64_t sum = 0, timed = 0;

	for (uint32_t i = 0; i < c->nr_profiles; i++) {
		const struct profile_cost *p = &c->profile[i];

		sum += p->hits;
		timed += p->time.nr;
		ck_assert_uint_le(p->hits, p->evaluated);
		ck_assert_uint_le(p->time.nr, p->evaluated);
		ck_assert_uint_ge(p->time.ns, p->time.nr);
	}
	ck_assert_uint_eq(sum, hits);
	ck_assert_uint_gt(timed, 0);
	/* those without a moment of screening are not evaluated */
	ck_assert_uint_gt(c->travellers, TRAVELLERS / 2);
	ck_assert_uint_eq(c->whole.nr, (c->travellers + 2) / 3);
}

static int nr_sets(void)
{
	const char *more = getenv("PAXGATE_SETS");
	int64_t nr = SETS;

	if (more)
		ck_assert(str_to_i64(str_of(more), &nr));
	return (int)nr;
}

START_TEST(compiled_is_the_reference)
{
	struct rules_scratch *fast, *plain;
	uint64_t hits = 0, all = 0;
	struct fixture f;

	random_state = 0x2545f4914f6cdd1du;
	fixture_init(&f);
	ck_assert_int_eq(rules_scratch_new(&fast, &f.e), 0);
	ck_assert_int_eq(rules_scratch_new(&plain, &f.e), 0);
	for (int i = 0; i < nr_sets(); i++) {
		struct profile_set *s = random_set(&f);
		struct rules_costs *c;
		uint64_t before = hits;

		ck_assert_int_eq(rules_costs_new(&c, s, tick, 3, &f.e), 0);
		rules_scratch_measure(fast, c);
		for (int k = 0; k < TRAVELLERS; k++) {
			next_traveller(&f);
			hits += compare(&f, s, fast, plain);
			all += PROFILES;
		}
		costs_are(c, hits - before);
		rules_scratch_measure(fast, NULL);
		rules_costs_free(c);
		profile_set_free(s);
	}
	/* something hits, and something is passed over */
	ck_assert_uint_gt(hits, 1000);
	ck_assert_uint_lt(rules_scratch_evaluated(fast), all + all / 2);
	rules_scratch_free(fast);
	rules_scratch_free(plain);
	fixture_release(&f);
}
END_TEST

START_TEST(many_alternatives_lose_no_hit)
{
	struct profile_text text = { "p.yaml", STR_NONE };
	struct rules_scratch *fast, *plain;
	struct profile_set *s;
	struct offences *o;
	struct buf b = { 0 };
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f.e), 0);
	buf_z(&b, "profile: p\nrevision: 1\ntitle: t\npurpose:\n  offences: "
		  "[\"04\"]\n  basis: b\n  author: a\n  valid: {from: "
		  "2026-09-01, until: 2027-02-28}\nbudget: {max_share: "
		  "0.001}\nincriminating:\n");
	for (uint32_t i = 0; i < PROFILE_MAX_CLAUSES; i++) {
		buf_fmt(&b, "  - {id: c%u, points: 5, why: w, when: '", i);
		put_alternatives(&b, i);
		buf_z(&b, "'}\n");
	}
	buf_z(&b, "exonerating:\n  - {id: e, points: -5, why: w, when: "
		  "'trip.type == oneway'}\nthreshold: 80\n");
	text.text = buf_view(&b);
	ck_assert_msg(
		profile_set_read(&s, &text, 1, &f.context, o, NULL, &f.e) == 0,
		"%s", f.e.text);
	ck_assert_int_eq(rules_scratch_new(&fast, &f.e), 0);
	ck_assert_int_eq(rules_scratch_new(&plain, &f.e), 0);
	ck_assert_uint_eq(compare(&f, s, fast, plain), 1);
	rules_scratch_free(fast);
	rules_scratch_free(plain);
	profile_set_free(s);
	offences_free(o);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

START_TEST(what_a_pattern_needs_is_read)
{
	static const char *const row[][2] = {
		{ "/abc/", "abc" },
		{ "/^OO[0-9]+-ABC$/", "-ABC" },
		{ "/ab?cd/", "cd" },
		{ "/ab+c/", "ab" },
		{ "/ab{0,2}/", "a" },
		{ "/(abc)d/", "d" },
		{ "/ab\\.cde/", "cde" },
		{ "/[^]]ab/", "ab" },
		{ "/ab|cd/", NULL },
		{ "/abc/i", NULL },
		{ "/a\\x41bc/", NULL },
		{ "/[[:alpha:]]ab/", NULL },
		{ "/(?i)abc/", NULL },
		{ "/.*/", NULL },
		{ "/(ab|cd)-XY/", "-XY" },
		{ "/XYZ-(ab|cd)/", "XYZ-" },
		{ "/(ab|c(d|ef)gh)?x/", "x" },
		{ "/(ab|cd)|efg/", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct str got = pattern_literal(str_of(row[i][0]));

		ck_assert_msg(str_eq(got, str_of(row[i][1])), "%s: '%.*s'",
			      row[i][0], STR_ARG(got));
	}
}
END_TEST

static struct str random_text(char *to, uint32_t most, const char *letters)
{
	uint32_t nr = between(1, most);

	for (uint32_t i = 0; i < nr; i++)
		to[i] = letters[below((uint32_t)strlen(letters))];
	return (struct str){ to, nr };
}

/* Whatever the pattern: where it matches, its literal is. */
START_TEST(a_match_holds_the_literal)
{
	char pattern[16] = "/", text[16];
	uint32_t nr_matches = 0;
	struct fixture f;

	random_state = 0x9e3779b97f4a7c15u;
	fixture_init(&f);
	for (int i = 0; i < PATTERNS; i++) {
		struct str p = random_text(pattern + 1, 9,
					   "aabbbc|?*+.(())[]{1,}^$\\-w");
		struct str literal;

		f.e = (struct err){ 0 };
		if (regex_compile(&f.regexes, p, false, &f.e))
			continue;
		pattern[1 + p.len] = '/';
		literal = pattern_literal((struct str){ pattern, p.len + 2 });
		for (int k = 0; k < TEXTS && literal.len; k++) {
			struct str t = random_text(text, 8, "abbc1-");

			if (regex_match(f.regexes, f.regex, t) != TRI_TRUE)
				continue;
			nr_matches++;
			ck_assert_msg(str_find(t, literal) >= 0,
				      "%.*s: '%.*s' not in '%.*s'", STR_ARG(p),
				      STR_ARG(literal), STR_ARG(t));
		}
		regex_free_list(f.regexes);
		f.regexes = NULL;
	}
	ck_assert_uint_gt(nr_matches, 1000);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/compiled", compiled_is_the_reference,
	  many_alternatives_lose_no_hit, what_a_pattern_needs_is_read,
	  a_match_holds_the_literal)
