/*
 * Named lists: what a file must say, what it may not hold, where a profile
 * may name it, when it has expired, and that its bytes are hashed.
 */
#include "rules/folder.h"
#include "rules/profile_set.h"
#include "tests/unit/rules_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "list: hubs\nkind: airports\ntitle: t\nowner: o\nbasis: b\n"
#define DAYS "valid: {from: 2026-09-01, until: 2027-02-28}\n"
#define GOOD HEAD DAYS "values: [ADD, PTY]\n"
#define KIND(k, v)                                                     \
	"list: hubs\nkind: " k "\ntitle: t\nowner: o\nbasis: b\n" DAYS \
	"values: [" v "]\n"

static int read_list(struct str text, struct arena *a, struct faults *faults,
		     struct named_list **out)
{
	struct err e = { 0 };
	int rc;

	*faults = (struct faults){ 0 };
	rc = named_list_read(out, "etc/hubs.yaml", text, a, faults, &e);
	ck_assert_int_eq(rc != 0, faults->nr != 0);
	if (rc)
		ck_assert_msg(str_starts(str_of(e.text), STR("etc/hubs.yaml:")),
			      "%s", e.text);
	return rc;
}

START_TEST(each_kind_reads_its_values)
{
	static const struct {
		const char *text, *kind;
		uint32_t nr;
	} row[] = {
		{ GOOD, "airports", 2 },
		{ KIND("countries", "BRA, COL, UTO"), "countries", 3 },
		{ KIND("agencies", "\"12345678\", VIE1A0980, ABC"), "agencies",
		  3 },
		{ KIND("carriers", "OS, X9, AUA"), "carriers", 3 },
		{ KIND("codes", "CA, C, \"1234\", UMNR"), "codes", 4 },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct named_list *l;
		struct faults f;

		ck_assert_msg(!read_list(str_of(row[i].text), &a, &f, &l),
			      "row %zu: " STR_FMT, i, STR_ARG(f.fault[0].text));
		ck_assert_uint_eq(l->nr, row[i].nr);
		ck_assert_str_eq(named_list_kind(l), row[i].kind);
		ck_assert(str_eq(l->content, str_of(row[i].text)));
	}
	arena_release(&a);
}
END_TEST

START_TEST(what_is_wrong_is_said_with_its_place)
{
	static const struct {
		const char *text;
		enum err_code code;
		unsigned line;
		const char *says;
	} row[] = {
		{ "", ERR_LEGAL, 1, "'owner:' is missing" },
		{ "3", ERR_VALUE, 1, "keys and values" },
		{ "list: {\n", ERR_SYNTAX, 2, "" },
		{ HEAD "values: [ADD]\n", ERR_LEGAL, 1, "201" },
		{ HEAD "valid: {from: 2026-09-01, until: 2027-03-02}\n"
		       "values: [ADD]\n",
		  ERR_LEGAL, 6, "review period" },
		{ "list: hubs\nkind: airports\ntitle: t\nbasis: b\n" DAYS
		  "values: [ADD]\n",
		  ERR_LEGAL, 1, "'owner:' is missing" },
		{ "list: hubs\nkind: airports\ntitle: t\nowner: o\n" DAYS
		  "values: [ADD]\n",
		  ERR_LEGAL, 1, "'basis:' is missing" },
		{ "list: hub\nkind: airports\ntitle: t\nowner: o\nbasis: "
		  "b\n" DAYS "values: [ADD]\n",
		  ERR_VALUE, 1, "'hub.yaml'" },
		{ "list: Hubs\nkind: airports\ntitle: t\nowner: o\nbasis: "
		  "b\n" DAYS "values: [ADD]\n",
		  ERR_VALUE, 1, "small letters" },
		{ KIND("airprots", "ADD"), ERR_VALUE, 2,
		  "did you mean 'airports'?" },
		{ KIND("things", "ADD"), ERR_VALUE, 2, "airports, countries" },
		{ HEAD DAYS "valeus: [ADD]\n", ERR_VALUE, 7, "'values'" },
		{ HEAD DAYS "values: []\n", ERR_VALUE, 7, "'values:'" },
		{ HEAD DAYS "values: [ADD, VIE, ADD]\n", ERR_VALUE, 7,
		  "twice" },
		{ HEAD DAYS "values:\n  - ADD\n  - vie\n", ERR_VALUE, 9,
		  "three letters" },
		{ HEAD DAYS "values: [[ADD]]\n", ERR_VALUE, 7, "expected" },
		{ KIND("countries", "BR"), ERR_VALUE, 7, "written BRA" },
		{ KIND("countries", "QQQ"), ERR_VALUE, 7, "'QQQ'" },
		{ KIND("carriers", "LONG"), ERR_VALUE, 7, "carrier" },
		/* persons: a watchlist's business */
		{ KIND("names", "DOE"), ERR_LEGAL, 2, "6(3)(a)" },
		{ KIND("documents", "X1234567"), ERR_LEGAL, 2, "watchlist" },
		{ KIND("phones", "\"1\""), ERR_LEGAL, 2, "watchlist" },
		{ KIND("codes", "X1234567"), ERR_LEGAL, 7, "watchlist" },
		{ KIND("codes", "\"+43 1 555\""), ERR_LEGAL, 7, "watchlist" },
		{ KIND("codes", "DOE/JOHN"), ERR_LEGAL, 7, "watchlist" },
		{ KIND("codes", "HILLTEST"), ERR_LEGAL, 7, "watchlist" },
		{ KIND("agencies", "a@mail.example"), ERR_LEGAL, 7,
		  "watchlist" },
		{ KIND("agencies", "\"411111111\""), ERR_LEGAL, 7,
		  "watchlist" },
		{ KIND("airports", "\"12345\""), ERR_LEGAL, 7, "watchlist" },
		/* sensitive */
		{ KIND("meals", "VGML"), ERR_LEGAL, 2, "6(4)" },
		{ KIND("codes", "KSML"), ERR_LEGAL, 7, "13(4)" },
		{ KIND("codes", "WCHR"), ERR_LEGAL, 7, "13(4)" },
		{ KIND("codes", "LENT"), ERR_LEGAL, 7, "religion" },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct named_list *l;
		struct faults f;
		bool said = false;
		int rc = read_list(str_of(row[i].text), &a, &f, &l);

		ck_assert_msg(rc == row[i].code, "row %zu: %d", i, rc);
		for (uint32_t k = 0; k < f.nr; k++)
			said |= f.fault[k].line == row[i].line &&
				str_find(f.fault[k].text,
					 str_of(row[i].says)) >= 0;
		if (rc == ERR_LEGAL && f.nr == 1) /* logged: no values */
			ck_assert(str_find(f.fault[0].text, STR("555")) < 0 &&
				  str_find(f.fault[0].text, STR("DOE")) < 0);
		ck_assert_msg(said, "row %zu: line %u: " STR_FMT, i,
			      f.fault[0].line, STR_ARG(f.fault[0].text));
	}
	for (size_t n = 0; n < strlen(GOOD); n++) { /* cut anywhere */
		struct named_list *l;
		struct faults f;

		if (!read_list((struct str){ GOOD, n }, &a, &f, &l))
			ck_assert_uint_eq(n, strlen(GOOD) - 1);
	}
	arena_release(&a);
}
END_TEST

/* A list of `nr` airports, AAA, AAB, ... */
static void many_values(struct buf *b, int nr)
{
	buf_clear(b);
	buf_z(b, HEAD DAYS "values: [");
	for (int i = 0; i < nr; i++)
		buf_fmt(b, "%s%c%c%c", i ? ", " : "", 'A' + i / 676,
			'A' + i / 26 % 26, 'A' + i % 26);
	buf_z(b, "]\n");
}

START_TEST(values_and_bytes_have_limits)
{
	struct buf b = { 0 };
	struct arena a = { 0 };
	struct named_list *l;
	struct faults f;

	for (int nr = LIST_MAX_VALUES - 1; nr <= LIST_MAX_VALUES + 1; nr++) {
		many_values(&b, nr);
		ck_assert_int_eq(read_list(buf_view(&b), &a, &f, &l),
				 nr <= LIST_MAX_VALUES ? 0 : ERR_LIMIT);
	}
	for (size_t len = LIST_MAX_BYTES - 1; len <= LIST_MAX_BYTES + 1;
	     len++) {
		buf_clear(&b);
		buf_z(&b, GOOD "#");
		while (b.len < len)
			buf_byte(&b, 'x');
		ck_assert_int_eq(read_list(buf_view(&b), &a, &f, &l),
				 len <= LIST_MAX_BYTES ? 0 : ERR_LIMIT);
	}
	buf_release(&b);
	arena_release(&a);
}
END_TEST

/* A folder of lists: each text becomes NAME.yaml. */
static struct named_lists *folder(const char *const (*file)[2], size_t nr)
{
	char dir[] = "/tmp/paxgate-lists-XXXXXX", path[200];
	struct named_lists *all = NULL;
	struct err e = { 0 };

	ck_assert_ptr_nonnull(mkdtemp(dir));
	for (size_t i = 0; i < nr; i++) {
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s.yaml", dir, file[i][0]);
		f = fopen(path, "w");
		ck_assert_ptr_nonnull(f);
		fputs(file[i][1], f);
		fclose(f);
	}
	ck_assert_msg(!named_lists_load(&all, dir, &e), "%s", e.text);
	for (size_t i = 0; i < nr; i++) {
		snprintf(path, sizeof(path), "%s/%s.yaml", dir, file[i][0]);
		unlink(path);
	}
	rmdir(dir);
	return all;
}

#define LIST(name, kind, days, values)                                       \
	{                                                                    \
		name, "list: " name "\nkind: " kind "\ntitle: t\nowner: o\n" \
		      "basis: b\n" days "values: [" values "]\n"             \
	}

static const char *const files[][2] = {
	LIST("hubs", "airports", DAYS, "ADD, PTY"),
	LIST("sources", "countries", DAYS, "BRA, COL"),
	LIST("desks", "agencies", DAYS, "\"12345678\""),
	LIST("mine", "carriers", DAYS, "X9"),
	LIST("forms", "codes", DAYS, "CA"),
	LIST("words", "codes", DAYS, "UP"),
};

START_TEST(expressions_name_lists)
{
	static const struct truth_row row[] = {
		{ "flight.origin in hubs", TRI_TRUE },
		{ "flight.destination in hubs", TRI_FALSE },
		{ "flight.destination not in hubs", TRI_TRUE },
		{ "any(trip.stops, via and airport in hubs)", TRI_TRUE },
		{ "trip.origin_country in sources", TRI_TRUE },
		{ "country(flight.origin) in sources", TRI_FALSE },
		{ "booking.agency.number in desks", TRI_UNKNOWN },
		{ "flight.carrier in mine", TRI_TRUE },
		{ "any(booking.payments, form in forms)", TRI_TRUE },
		{ "traveller.nationality in sources", TRI_FALSE },
	};
	static const struct {
		const char *text;
		enum err_code code;
		size_t pos;
		const char *says;
	} bad[] = {
		{ "flight.origin in hub", ERR_VALUE, 17,
		  "no list 'hub'; did you mean 'hubs'?" },
		{ "flight.origin in nothing_like_it", ERR_VALUE, 17,
		  "write [A, B]" },
		{ "flight.origin in sources", ERR_VALUE, 17,
		  "list 'sources' holds countries" },
		{ "flight.carrier in hubs", ERR_VALUE, 18, "holds airports" },
		{ "flight.origin == hubs", ERR_VALUE, 17, "airport" },
		{ "flight.number in desks", ERR_VALUE, 17, "booking.agency" },
		{ "flight.origin in forms", ERR_VALUE, 17, "holds codes" },
		{ "trip.direction in words", ERR_VALUE, 18, "never 'UP'" },
		{ "traveller.nationality in sources", ERR_LEGAL, 0, "reason" },
		{ "traveller.locator in forms", ERR_LEGAL, 0, "watchlist" },
		{ "flight.origin in flight.destination", ERR_VALUE, 17,
		  "a list" },
	};
	struct named_lists *all = folder(files, ARRAY_SIZE(files));
	struct fixture f;

	fixture_init(&f);
	f.lists = all;
	fixture_table(&f, row, ARRAY_SIZE(row));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct expr *n;
		int rc = fixture_compile(&f, bad[i].text, false, &n);

		ck_assert_msg(rc == bad[i].code, "%s: %d", bad[i].text, rc);
		ck_assert_msg(f.e.pos == bad[i].pos, "%s: byte %zu",
			      bad[i].text, f.e.pos);
		ck_assert_msg(strstr(f.e.text, bad[i].says), "%s: %s",
			      bad[i].text, f.e.text);
	}
	named_lists_free(all);
	fixture_release(&f);
}
END_TEST

#define PROFILE                                                              \
	"profile: p\nrevision: 2\ntitle: A test\npurpose:\n"                 \
	"  offences: [\"04\"]\n  basis: b\n  author: a\n"                    \
	"  " DAYS "budget: {max_share: 0.001}\nincriminating:\n"             \
	"  - {id: late, points: 30, when: 'booking.lead_time < 48h', why: "  \
	"x}\n"                                                               \
	"  - {id: hub, points: 30, when: 'flight.origin in hubs and "        \
	"flight.origin in hubs', why: x}\nexonerating:\n"                    \
	"  - {id: c, points: -40, when: 'flight.carrier in ours', why: z}\n" \
	"threshold: 60\n"

static struct profile_set *set_of(struct fixture *f, struct offences *o,
				  const struct named_lists *lists,
				  const char *text)
{
	struct profile_text one = { "p.yaml", str_of(text) };
	struct profile_set *s = NULL;

	f->e = (struct err){ 0 };
	(void)!profile_set_read(&s, &one, 1, &f->context, o, lists, &f->e);
	return s;
}

static bool runs_at(struct fixture *f, const struct profile_set *s,
		    const char *day)
{
	struct rules_scratch *scratch;
	struct verdict v;

	ck_assert_int_eq(rules_scratch_new(&scratch, &f->e), 0);
	f->subject.screened_at = at(day);
	profile_eval(&v, profile_set_get(s, 0), profile_set_context(s), scratch,
		     &f->subject);
	rules_scratch_free(scratch);
	ck_assert(v.hit == v.ran);
	return v.ran;
}

/* A list that ends before the profile ends it, on the day, at either end. */
START_TEST(a_profile_runs_while_all_its_lists_hold)
{
	static const char *const file[][2] = {
		LIST("hubs", "airports",
		     "valid: {from: 2026-10-01, until: 2027-01-31}\n", "ADD"),
		LIST("ours", "carriers",
		     "valid: {from: 2026-11-01, until: 2027-02-28}\n", "ZZ"),
		LIST("unused", "codes",
		     "valid: {from: 2020-01-01, until: 2020-01-02}\n", "ZZ"),
	};
	struct named_lists *all = folder(file, ARRAY_SIZE(file));
	struct offences *o;
	struct profile_set *s;
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f.e), 0);
	s = set_of(&f, o, all, PROFILE);
	ck_assert_msg(s != NULL, "%s", f.e.text);
	ck_assert(!runs_at(&f, s, "2026-10-31T23:59:59"));
	ck_assert(runs_at(&f, s, "2026-11-01T00:00:00"));
	ck_assert(runs_at(&f, s, "2027-01-31T23:59:59"));
	ck_assert(!runs_at(&f, s, "2027-02-01T00:00:00"));
	profile_set_free(s);
	/* without the lists, and with a constant of the same name */
	ck_assert_ptr_null(set_of(&f, o, NULL, PROFILE));
	ck_assert_msg(strstr(f.e.text, "no list 'hubs'"), "%s", f.e.text);
	ck_assert_ptr_null(
		set_of(&f, o, all, "constants: {hubs: [VIE]}\n" PROFILE));
	ck_assert_msg(strstr(f.e.text, "a list has this name"), "%s", f.e.text);
	named_lists_free(all);
	offences_free(o);
	fixture_release(&f);
}
END_TEST

/* A key of the scope names a list: its flights, while it holds. */
START_TEST(scopes_name_lists)
{
	static const char *const file[][2] = {
		LIST("hubs", "airports", DAYS, "ADD"),
		LIST("ours", "carriers", DAYS, "ZZ"),
		LIST("north", "countries", DAYS, "NOR, SWE"),
		LIST("south", "countries",
		     "valid: {from: 2026-10-01, until: 2026-12-31}\n",
		     "ETH, KEN"),
	};
	static const struct {
		const char *scope, *says; /* NULL: it is fine */
		const char *at;
		bool runs;
	} row[] = {
		{ "origins: hubs", NULL, "2026-11-22", true },
		{ "origins: [hubs]", NULL, "2026-11-22", true },
		{ "origin_countries: south", NULL, "2026-12-31", true },
		{ "origin_countries: south", NULL, "2027-01-01", false },
		{ "origin_countries: north", NULL, "2026-11-22", false },
		{ "carriers: ours", NULL, "2026-11-22", false },
		{ "origins: hub", "did you mean 'hubs'?", NULL, false },
		{ "origins: south", "holds countries", NULL, false },
		{ "origins: [hubs, VIE]", "'hubs' is not an airport", NULL,
		  false },
		{ "direction: inbond", "'inbound'", NULL, false },
	};
	struct named_lists *all = folder(file, ARRAY_SIZE(file));
	struct offences *o;
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f.e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct str text = arena_fmt(&f.arena, "scope: {%s}\n" PROFILE,
					    row[i].scope);
		struct profile_set *s = set_of(&f, o, all, text.ptr);

		ck_assert_msg(!s == !!row[i].says, "%s: %s", row[i].scope,
			      f.e.text);
		if (s)
			ck_assert_msg(runs_at(&f, s, row[i].at) == row[i].runs,
				      "%s", row[i].scope);
		else
			ck_assert_msg(strstr(f.e.text, row[i].says), "%s: %s",
				      row[i].scope, f.e.text);
		profile_set_free(s);
	}
	named_lists_free(all);
	offences_free(o);
	fixture_release(&f);
}
END_TEST

static void content_of(struct fixture *f, struct offences *o, struct buf *b,
		       const char *hubs, const char *unused)
{
	const char *const file[][2] = {
		{ "hubs", hubs },
		LIST("ours", "carriers", DAYS, "ZZ"),
		{ "unused", unused },
	};
	struct named_lists *all = folder(file, ARRAY_SIZE(file));
	struct profile_set *s = set_of(f, o, all, PROFILE);

	ck_assert_msg(s != NULL, "%s", f->e.text);
	buf_clear(b);
	profile_set_write_content(b, s);
	profile_set_free(s);
	named_lists_free(all);
}

START_TEST(lists_that_are_named_belong_to_the_set)
{
	static const char unused[] = "list: unused\nkind: codes\ntitle: t\n"
				     "owner: o\nbasis: b\n" DAYS "values: [";
	char one[300], two[300];
	struct buf a = { 0 }, b = { 0 };
	struct offences *o;
	struct fixture f;

	fixture_init(&f);
	snprintf(one, sizeof(one), "%sA]\n", unused);
	snprintf(two, sizeof(two), "%sB]\n", unused);
	ck_assert_int_eq(offences_load(&o, "etc/offences.yaml", &f.e), 0);
	content_of(&f, o, &a, GOOD, one);
	ck_assert(str_find(buf_view(&a), STR("list hubs ")) > 0);
	ck_assert(str_find(buf_view(&a), STR("list ours ")) >
		  str_find(buf_view(&a), STR("list hubs ")));
	content_of(&f, o, &b, GOOD, two); /* nobody names it */
	ck_assert(str_eq(buf_view(&a), buf_view(&b)));
	content_of(&f, o, &b, GOOD "# a word\n", one);
	ck_assert(!str_eq(buf_view(&a), buf_view(&b)));
	buf_release(&a);
	buf_release(&b);
	offences_free(o);
	fixture_release(&f);
}
END_TEST

static int count_files(void *arg, const char *path, struct str text,
		       struct err *e)
{
	(void)path;
	(void)text;
	(void)e;
	(*(int *)arg)++;
	return 0;
}

START_TEST(a_folder_has_so_many_files_and_no_more)
{
	struct folder folder = { "etc/lists", "lists", LIST_MAX_FILES,
				 LIST_MAX_BYTES };
	struct err e = { 0 };
	int nr = 0, seen = 0;

	ck_assert_int_eq(folder_read(&folder, count_files, &nr, &e), 0);
	ck_assert_int_gt(nr, 1);
	for (int max = nr + 1; max >= nr; max--) {
		folder.max_files = max;
		ck_assert_int_eq(folder_read(&folder, count_files, &seen, &e),
				 0);
	}
	folder.max_files = nr - 1;
	ck_assert_int_eq(folder_read(&folder, count_files, &seen, &e),
			 ERR_LIMIT);
	ck_assert_msg(strstr(e.text, "'etc/lists' has more than"), "%s",
		      e.text);
	ck_assert_int_eq(seen, 2 * nr);
}
END_TEST

START_TEST(folders_are_read_or_refused)
{
	struct named_lists *all = NULL;
	struct err e = { 0 };

	ck_assert_int_eq(named_lists_load(&all, "etc/lists", &e), 0);
	ck_assert_uint_ge(all->nr, 3);
	for (uint32_t i = 1; i < all->nr; i++)
		ck_assert_int_lt(
			str_cmp(all->list[i - 1]->name, all->list[i]->name), 0);
	named_lists_free(all);
	ck_assert_int_eq(named_lists_load(&all, "", &e), 0);
	ck_assert_uint_eq(all->nr, 0);
	named_lists_free(all);
	ck_assert_int_eq(named_lists_load(&all, "no/such", &e), ERR_IO);
}
END_TEST

UNIT_MAIN("rules/list", each_kind_reads_its_values,
	  what_is_wrong_is_said_with_its_place, values_and_bytes_have_limits,
	  expressions_name_lists, a_profile_runs_while_all_its_lists_hold,
	  scopes_name_lists, lists_that_are_named_belong_to_the_set,
	  a_folder_has_so_many_files_and_no_more, folders_are_read_or_refused)
