/*
 * t_evidence.c - what evidence says of a traveller, byte for byte
 */
#include "base/arena.h"
#include "engine/evidence.h"
#include "rules/offences.h"
#include "rules/profile_set.h"
#include "tests/unit/rules_fixture.h"
#include "watchlist/pair.h"

#define BEGIN(kind)                                                       \
	"{\"semantics\":5,\"kind\":\"" kind "\",\"flight\":{\"carrier\":" \
	"\"X9\",\"number\":\"101\",\"origin\":\"ADD\",\"destination\":"   \
	"\"VIE\",\"departs\":\"2026-11-22T18:00\",\"arrives\":"           \
	"\"2026-11-22T22:00\"},\"traveller\":{\"surname\":\"RIVERTEST\"," \
	"\"given\":\"JOAO\","

#define NAMES                                                          \
	"\"names\":[{\"surname\":\"RIVERTEST\",\"given\":\"JOAO\","    \
	"\"source\":\"TIF\"},{\"surname\":\"AL RIVERTEST\",\"given\":" \
	"null,\"source\":\"DOCS\"}],"

#define PERSON                                                                \
	"\"birth_date\":\"1990-04-17\",\"sex\":null,\"nationality\":\"UTO\"," \
	"\"second_nationality\":"

#define PLACE "\"birth_place\":\"LINZ\",\"birth_country\":\"AUT\","

#define DOCUMENTS                                                            \
	"\"documents\":[{\"type\":\"P\",\"number\":\"X1234567\",\"issuer\":" \
	"\"UTO\",\"expires\":\"2030-01-01\"},{\"type\":null,\"number\":"     \
	"\"A 7\",\"issuer\":null,\"expires\":null}],"

static struct name names[] = {
	{ STR("RIVERTEST"), STR("JOAO"), STR("TIF") },
	{ STR("AL RIVERTEST"), { 0 }, STR("DOCS") },
};

static struct document documents[] = {
	{ .type = STR("P"),
	  .number = STR("X1234567"),
	  .issuer = STR("UTO"),
	  .expires = { 2030, 1, 1 } },
	{ .number = STR("A 7") },
};

static void add_forms(struct traveller *t)
{
	t->names = names;
	t->nr_names = ARRAY_SIZE(names);
	t->documents = documents;
	t->nr_documents = ARRAY_SIZE(documents);
	t->second_nationality = STR("AUT");
	t->birth_place = STR("LINZ");
	t->birth_country = STR("AUT");
}

static void check_begins(struct str text, const char *with)
{
	ck_assert_msg(str_starts(text, str_of(with)),
		      STR_FMT "\ndoes not begin with\n%s", STR_ARG(text), with);
}

START_TEST(a_list_hit_holds_every_name_and_document)
{
	struct fixture f;
	struct watch_match m = { .class = WATCH_CLASS_A };
	struct watch_query q = { 0 };
	struct watch_entry n = { .list = STR("demo"), .id = STR("D1") };

	fixture_init(&f);
	check_begins(evidence_of_match(&f.subject, &m, &q, &n, &f.arena),
		     BEGIN("list") "\"names\":[]," PERSON
				   "null,\"birth_place\":null,"
				   "\"birth_country\":null,\"documents\":[],"
				   "\"locator\":\"AB12CD\"},\"match\":{"
				   "\"list\":\"demo\",\"entry\":\"D1\",");
	add_forms(&f.traveller);
	check_begins(evidence_of_match(&f.subject, &m, &q, &n, &f.arena),
		     BEGIN("list") NAMES PERSON "\"AUT\"," PLACE DOCUMENTS
						"\"locator\":\"AB12CD\"},"
						"\"match\":{");
	fixture_release(&f);
}
END_TEST

START_TEST(a_profile_hit_holds_every_name_and_document)
{
	struct fixture f;
	struct screen_set set = { 0 };
	struct profile_set *profiles = NULL;
	struct rules_scratch *tmp = NULL;
	struct offences *o = NULL;
	struct named_lists *lists = NULL;
	struct verdict v = { .score = 70 };

	fixture_init(&f);
	add_forms(&f.traveller);
	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f.e), 0);
	ck_assert_int_eq(named_lists_load(&lists, "etc/lists", &f.e), 0);
	ck_assert_msg(profile_set_load(&profiles, "etc/profiles", &f.context, o,
				       lists, &f.e) == 0,
		      "%s", f.e.text);
	ck_assert_int_eq(rules_scratch_new(&tmp, &f.e), 0);
	set.profiles = profiles;
	v.profile = profile_set_get(profiles, 0);
	check_begins(evidence_of_profile(&set, tmp, &f.subject, &v, &f.arena),
		     BEGIN("profile") NAMES PERSON "\"AUT\"," DOCUMENTS
						   "\"locator\":\"AB12CD\"},"
						   "\"verdict\":{\"profile\":");
	rules_scratch_free(tmp);
	profile_set_free(profiles);
	named_lists_free(lists);
	offences_free(o);
	fixture_release(&f);
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		a_list_hit_holds_every_name_and_document,
		a_profile_hit_holds_every_name_and_document,
	};

	return unit_run("evidence", test, ARRAY_SIZE(test));
}
