/*
 * t_explain.c - of a person with booking and API data each value is traced to
 * the bytes of the side that it came from
 */
#include "engine/archive.h"
#include "engine/intake.h"
#include "tests/unit/rules_fixture.h"
#include "tools/explain_print.h"

/* The child of minor-hub.edi; the API data say another birth date. */
#define API                                                             \
	"UNA:+.? '\n"                                                   \
	"UNB+UNOA:4+X9APIS:ZZ+PIUUTO:ZZ+261122:1500+R0001++APIS'\n"     \
	"UNG+PAXLST+X9APIS:ZZ+PIUUTO:ZZ+261122:1500+1+UN+D:05B'\n"      \
	"UNH+PAX001+PAXLST:D:05B:UN:IATA+X9117/261122/1600+01:F'\n"     \
	"BGM+745'\nTDT+20+X9117+++X9'\nLOC+125+CMN'\n"                  \
	"DTM+189:2611221600:201'\nLOC+87+BRU'\nDTM+232:2611222020:201'" \
	"\nNAD+FL+++BROOKTEST:MIA'\nATT+2++F'\nDTM+329:180309'\n"       \
	"NAT+2+UTO'\nDOC+P:110:111+T0000032'\nCNT+42:1'\n"              \
	"UNT+14+PAX001'\nUNE+1+1'\nUNZ+1+R0001'\n"

#define PROFILE                                                               \
	"profile: p\nrevision: 1\ntitle: t\npurpose:\n  offences: [\"04\"]\n" \
	"  basis: b\n  author: a\n  valid: {from: 2026-09-01, until: "        \
	"2027-02-28}\nbudget: {max_share: 0.001}\nincriminating:\n"           \
	"  - {id: young, points: 30, why: w, reason: r, when: "               \
	"'traveller.age < 18'}\n"                                             \
	"  - {id: hub, points: 30, why: w, when: 'trip.legs == 2'}\n"         \
	"  - {id: again, points: 30, why: w, when: "                          \
	"'past.same_agency >= 3'}\n"                                          \
	"exonerating:\n  - {id: party, points: -40, why: w, when: "           \
	"'count(co_travellers) >= 3'}\nthreshold: 60\n"

/* Header and slice number `slice` of a message. */
static struct subject_side side_of(struct str payload, uint32_t slice,
				   uint32_t index, struct fixture *f)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	struct archived_message am;
	struct intake in;

	ck_assert(!intake_read(&in, payload, &limits, &f->arena, &f->e));
	ck_assert_int_eq(in.payload.parsed[0].error.code, 0);
	archive_message(&am, in.archive, in.payload.parsed, &f->arena);
	ck_assert_uint_lt(slice, am.nr_slice);
	return (struct subject_side){ .header = am.header.bytes,
				      .slice = am.slice[slice].bytes,
				      .index = index };
}

static struct profile *read_profile(struct fixture *f)
{
	struct profile_source s = { "p.yaml", STR(PROFILE), NULL,
				    NULL,     &f->arena,    &f->regexes };
	struct faults faults = { 0 };
	struct offences *o;
	struct profile *p = NULL;

	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f->e), 0);
	s.offences = o;
	ck_assert_msg(profile_read(&p, &s, &faults, &f->e) == 0, "%s",
		      f->e.text);
	offences_free(o);
	return p;
}

static void ck_says(const struct buf *b, const char *text)
{
	ck_assert_msg(str_find(buf_view(b), str_of(text)) >= 0,
		      "no '%s' in\n%.*s", text, STR_ARG(buf_view(b)));
}

START_TEST(each_side_has_its_bytes)
{
	struct past past = { 0 };
	struct explanation x;
	struct source_input in;
	struct buf pnr = { 0 }, b = { 0 };
	struct fixture f;

	fixture_init(&f);
	ck_assert(!buf_read_file(&pnr, "etc/profiles/tests/minor-hub.edi", 0,
				 &f.e));
	past.n[PAST_SAME_AGENCY] = 4;
	in = (struct source_input){
		.pnr = side_of(buf_view(&pnr), 0, 1, &f),
		.api = side_of(STR(API), 0, 0, &f),
		.screened_at = { 1795359600, MOMENT_SECOND },
		.past = &past,
		.context = &f.context,
		.regex = f.regex,
		.profile = read_profile(&f),
	};
	ck_assert_msg(!explain(&x, &in, &f.arena, &f.e), "%s", f.e.text);
	x.hit = "20261122-1";
	x.identical = true;
	ck_assert(x.change->hit);
	ck_assert_int_eq(x.change->score, 90);
	explain_write_text(&b, &x);
	ck_says(&b, "hit 20261122-1 is as stored: a hit\n90 points, 60 needed");
	ck_says(&b, "traveller.age = 8\n");
	ck_says(&b, "API slice");
	ck_says(&b, "'180309'");
	ck_says(&b, "booking header"); /* when the flight goes */
	ck_says(&b, "trip.legs = 2\n            from booking ");
	ck_says(&b, "past.same_agency = 4\n");
	ck_assert_int_lt(str_find(buf_view(&b), STR("03FEB17")), 0);
	buf_clear(&b);
	explain_write_json(&b, &x);
	ck_says(&b, "\"of\":\"api\",\"slice\":\"body\",\"byte\":");
	buf_release(&b);
	buf_release(&pnr);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("tools/explain", each_side_has_its_bytes)
