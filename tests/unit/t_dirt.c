/*
 * t_dirt.c - dirty messages: nobody in them gets lost without a word
 *
 * The generator writes sound messages, gen_dirt.def spoils them, the parsers
 * read them. doc/testing.md says what has to hold. All rows alone, DIRT_SEEDS
 * times (8), and all pairs.
 */
#include "base/buf.h"
#include "parsers/message.h"
#include "parsers/record_json.h"
#include "tests/unit/unit.h"
#include "tools/gen_booking.h"
#include "tools/gen_dirt.h"
#include "tools/gen_message.h"

#include <stdio.h>
#include <string.h>

enum { MESSAGES = 4, MAX_PEOPLE = 64, NAME_ROOM = 2 * GEN_NAME };

/* Somebody in a message: the letters of his name, his document. */
struct planted {
	char name[NAME_ROOM], document[GEN_NAME];
	uint32_t group;
};

struct clean {
	struct str text;
	bool pnr;
	struct planted who[MAX_PEOPLE];
	uint32_t nr;
	struct str record;
};

static struct arena keep, arena;
static struct clean clean[MESSAGES];

/* Letters alone, in upper case; the one accent that dirt puts on is off. */
static void add_letters(char out[NAME_ROOM], struct str s)
{
	size_t n = strlen(out);

	for (size_t i = 0; i < s.len && n < NAME_ROOM - 1; i++) {
		char c = s.ptr[i];

		if ((uint8_t)c == 0xc3)
			out[n++] = 'E';
		else if (c >= 'a' && c <= 'z')
			out[n++] = (char)(c - 'a' + 'A');
		else if (c >= 'A' && c <= 'Z')
			out[n++] = c;
	}
	out[n] = '\0';
}

static struct str record_of(const struct payload *p)
{
	struct buf b = { 0 };
	struct json j;
	struct str out;

	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		json_init(&j, &b);
		record_write_json(&j, NULL, "message", &p->parsed[i].message);
	}
	out = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return out;
}

static void plant(struct clean *c, const struct gen_person *p, bool booked,
		  uint32_t group)
{
	struct planted *w = &c->who[c->nr++];

	ck_assert_uint_lt(c->nr, MAX_PEOPLE);
	add_letters(w->name, str_of(booked ? p->tif_surname : p->surname));
	add_letters(w->name, str_of(booked ? p->tif_given : p->given));
	snprintf(w->document, sizeof(w->document), "%s", p->doc_number);
	w->group = group;
}

static void plant_push(struct clean *c, const struct gen_envelope *env,
		       const struct gen_bookings *b, enum gen_phase phase)
{
	struct buf text = { 0 };
	uint32_t group = 0;

	c->pnr = true;
	gen_write_pnrgov(&text, env, b, phase);
	for (uint32_t i = 0; i < b->nr; i++) {
		const struct gen_booking *one = &b->item[i];

		if (!gen_in_push(one, phase))
			continue;
		group++;
		for (int k = 0; k < one->nr; k++)
			plant(c, &one->person[k], true, group);
	}
	c->text = arena_str(&keep, buf_view(&text));
	buf_release(&text);
}

static void plant_list(struct clean *c, const struct gen_envelope *env,
		       const struct gen_bookings *b, int total)
{
	struct buf text = { 0 };

	gen_write_paxlst(&text, env, b, 0, total, total);
	for (uint32_t i = 0; i < b->nr; i++) {
		const struct gen_booking *one = &b->item[i];

		if (!gen_is_active(one, PHASE_CLOSURE))
			continue;
		for (int k = 0; k < one->nr; k++)
			if (one->person[k].checked_in && (int)c->nr < total)
				plant(c, &one->person[k], false, c->nr + 1);
	}
	c->text = arena_str(&keep, buf_view(&text));
	buf_release(&text);
}

static struct payload parse(struct str bytes)
{
	struct payload p = { 0 };
	struct err e = { 0 };

	(void)!payload_parse(&p, bytes, &PARSE_LIMITS_DEFAULT, &arena, &e);
	return p;
}

/* Two flights: of each the last push and the list. */
static void make_clean(void)
{
	struct gen_day day = { .date = { 2026, 11, 23 },
			       .seed = 5,
			       .flights = 2,
			       .travellers = 16,
			       .home = gen_airport_of_country("BEL") };
	struct gen_flight *flights = gen_day_flights(&day, &keep);
	struct gen_plan plan = { 0 };

	for (int i = 0; i < day.flights; i++) {
		struct gen_envelope env = {
			&flights[i], "PIUBEL", flights[i].departs, 4, 1, 1
		};
		struct gen_maker m = { 0 };

		gen_make_bookings(&m, &day, &flights[i], &plan, &keep);
		plant_push(&clean[i], &env, &m.made, PHASE_CLOSURE);
		plant_list(&clean[2 + i], &env, &m.made, 9);
	}
	for (int i = 0; i < MESSAGES; i++) {
		struct payload p = parse(clean[i].text);

		ck_assert_uint_eq(p.nr_parsed, 1);
		clean[i].record = arena_str(&keep, record_of(&p));
		arena_clear(&arena);
	}
}

/* The names of rows; the spoilt message goes to standard error. */
static const char *story(uint64_t rows, const struct dirt *d)
{
	static char text[256];
	size_t n = 0;

	for (int i = 0; i < gen_dirt_rows_nr; i++)
		if (rows >> i & 1)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s ",
					      gen_dirt_rows[i].name);
	fprintf(stderr, "%s:\n" STR_FMT "\n", text, STR_ARG(d->bytes));
	return text;
}

/* From where two records differ on. */
static struct str from_change(struct str a, struct str b)
{
	size_t at = 0;

	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	return str_slice(a, at < 40 ? 0 : at - 40, at + 100);
}

/* Suffixes glued to the surname belong to it: SMITHJR. */
static struct str without_suffix(struct str surname)
{
	return str_ends(surname, STR("JR"))
		       ? str_slice(surname, 0, surname.len - 2)
		       : surname;
}

static bool is_he(const struct planted *w, const struct traveller *t)
{
	char name[NAME_ROOM] = "";

	for (uint32_t i = 0; *w->document && i < t->nr_documents; i++)
		if (str_eq(t->documents[i].number, str_of(w->document)))
			return true;
	add_letters(name, without_suffix(t->surname));
	add_letters(name, t->given);
	return strcmp(name, w->name) == 0;
}

struct seen {
	const struct traveller *who[16 * MAX_PEOPLE];
	uint32_t nr;
};

static void see(struct seen *s, const struct traveller *t, uint32_t nr)
{
	for (uint32_t i = 0; i < nr && s->nr < ARRAY_SIZE(s->who); i++)
		s->who[s->nr++] = &t[i];
}

/* Each traveller read stands for one who was sent. */
static bool take(struct seen *s, const struct planted *w)
{
	for (uint32_t i = 0; i < s->nr; i++)
		if (s->who[i] && is_he(w, s->who[i])) {
			s->who[i] = NULL;
			return true;
		}
	return false;
}

static bool is_in_group(const struct dirt *d, size_t byte, uint32_t group)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < d->nr_marks && d->mark[i].pos <= byte; i++)
		at = d->mark[i].group;
	return at == group;
}

/* doc/testing.md: what "covers" means. */
static bool is_covered(const struct payload *p, const struct dirt *d,
		       uint32_t group)
{
	if (p->nr_parsed == 0)
		return true; /* the payload is refused */
	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		const struct parsed *m = &p->parsed[i];

		for (uint32_t k = 0; k < d->nr_marks && m->error.code; k++)
			if (d->mark[k].group == group &&
			    d->mark[k].pos >= m->whole.pos &&
			    d->mark[k].pos < m->whole.pos + m->whole.len)
				return true;
		for (uint32_t k = 0; k < m->nr_diag; k++)
			if (m->diag[k].severity >= DIAG_WARNING &&
			    is_in_group(d, m->diag[k].byte, group))
				return true;
	}
	return false;
}

static bool has_code(const struct payload *p, const char *code)
{
	for (uint32_t i = 0; i < p->nr_parsed; i++)
		for (uint32_t k = 0; k < p->parsed[i].nr_diag; k++)
			if (!strcmp(p->parsed[i].diag[k].code, code))
				return true;
	return false;
}

static void check_people(const struct clean *c, const struct payload *p,
			 const struct dirt *d, uint64_t rows,
			 enum dirt_then then)
{
	struct seen seen = { .nr = 0 };

	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		const struct message *m = &p->parsed[i].message;

		see(&seen, m->travellers, m->nr_travellers);
		for (uint32_t k = 0; k < m->nr_bookings; k++)
			see(&seen, m->bookings[k].travellers,
			    m->bookings[k].nr_travellers);
	}
	for (uint32_t i = 0; i < c->nr; i++)
		if (!take(&seen, &c->who[i]))
			ck_assert_msg(then == DIRT_TOLD &&
					      is_covered(p, d, c->who[i].group),
				      "%s is lost: %s", c->who[i].name,
				      story(rows, d));
}

static void check_record(const struct clean *c, struct str got, uint64_t rows,
			 const struct dirt *d)
{
	if (!str_eq(got, c->record))
		ck_abort_msg("%s: the record says " STR_FMT ", not " STR_FMT,
			     story(rows, d),
			     STR_ARG(from_change(got, c->record)),
			     STR_ARG(from_change(c->record, got)));
}

/* What is left when all that nobody claimed is overwritten with blanks. */
static struct str blanked(const struct payload *p)
{
	struct str out = arena_str(&arena, p->bytes);
	char *c = (char *)(uintptr_t)out.ptr;

	for (size_t i = 0; i < out.len; i++)
		if (!claims_kept(&p->claims, i) && c[i] != '\r' && c[i] != '\n')
			c[i] = ' ';
	return out;
}

/* The archive copy of a dirty message says what the message says. */
static void check_copy(const struct payload *p, uint64_t rows,
		       const struct dirt *d)
{
	struct payload again = parse(blanked(p));
	struct str got = record_of(&again), want = record_of(p);

	if (p->nr_parsed && !str_eq(got, want))
		ck_abort_msg("%s: the copy says " STR_FMT ", not " STR_FMT,
			     story(rows, d), STR_ARG(from_change(got, want)),
			     STR_ARG(from_change(want, got)));
}

/* Rows together may cost a traveller, if it is said. False: no place. */
static bool check_rows(const struct clean *c, uint64_t rows, uint64_t seed)
{
	const struct dirt_row *row = &gen_dirt_rows[__builtin_ctzll(rows)];
	bool alone = (rows & (rows - 1)) == 0;
	struct dirt d;
	struct rng dice;
	struct payload p;
	uint64_t done;

	rng_seed(&dice, seed, rows);
	gen_dirt_open(&d, c->text, c->pnr, &dice, &arena);
	done = gen_dirt_segments(&d, rows);
	done |= gen_dirt_bytes(&d, rows);
	if (done == rows) {
		p = parse(d.bytes);
		check_people(c, &p, &d, rows, alone ? row->then : DIRT_TOLD);
		check_copy(&p, rows, &d);
		if (alone && row->then == DIRT_SAME)
			check_record(c, record_of(&p), rows, &d);
		if (alone && *row->code)
			ck_assert_msg(has_code(&p, row->code), "no %s: %s",
				      row->code, story(rows, &d));
	}
	arena_clear(&arena);
	return done == rows;
}

START_TEST(each_row_alone)
{
	const char *seeds = getenv("DIRT_SEEDS");
	uint64_t nr = seeds ? (uint64_t)atoll(seeds) : 8;
	bool done = false;

	for (uint64_t seed = 1; seed <= nr; seed++)
		for (int m = 0; m < MESSAGES; m++)
			done |= check_rows(&clean[m], (uint64_t)1 << _i, seed);
	ck_assert_msg(done, "nowhere a place for %s", gen_dirt_rows[_i].name);
}
END_TEST

START_TEST(rows_in_pairs)
{
	const char *seeds = getenv("DIRT_SEEDS");
	uint64_t nr = seeds ? (uint64_t)atoll(seeds) : 1;

	for (uint64_t seed = 1; seed <= nr; seed++)
		for (int k = _i + 1; k < gen_dirt_rows_nr; k++)
			for (int m = 0; m < MESSAGES; m++)
				check_rows(&clean[m],
					   (uint64_t)1 << _i | (uint64_t)1 << k,
					   seed);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("dirt");
	TCase *tc = tcase_create("dirt");
	SRunner *r;
	int failed;

	tcase_set_timeout(tc, 600);
	tcase_add_unchecked_fixture(tc, make_clean, NULL);
	tcase_add_loop_test(tc, each_row_alone, 0, gen_dirt_rows_nr);
	tcase_add_loop_test(tc, rows_in_pairs, 0, gen_dirt_rows_nr);
	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
