/*
 * t_unmask.c - files between PIU, court and custodians; who opens what
 */
#include "law/keyfile.h"
#include "law/unmask.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static struct err e;
static char room[64];

static const struct date day = { 2026, 2, 14 };
enum { RECORD = 4711 };

struct people {
	struct key_pair dpo, deputy, court, once;
};

static void make_people(struct people *p)
{
	e = (struct err){ 0 };
	ck_assert_int_eq(crypt_init(&e), 0);
	crypt_new_pair(&p->dpo);
	crypt_new_pair(&p->deputy);
	crypt_new_pair(&p->court);
	crypt_new_pair(&p->once);
	p->dpo.older = p->deputy.older = NULL;
	p->court.older = p->once.older = NULL;
}

static const char *path(const char *name)
{
	static char p[4][160];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(p[turn], sizeof(p[turn]), "%s/%s", room, name);
	return p[turn];
}

/* What a wrap holds: day, record, a key of one byte. */
static struct str secret_of(const char *of_day, int64_t id, char key)
{
	char *s = arena_alloc(&arena, KEPT_SECRET_LEN);

	memcpy(s, of_day, 10);
	for (int i = 0; i < 8; i++)
		s[10 + i] = (char)((uint64_t)id >> (56 - 8 * i));
	memset(s + 18, key, CRYPT_KEY_LEN);
	return (struct str){ s, KEPT_SECRET_LEN };
}

static struct str box(const struct key_pair *to, struct str plain)
{
	struct buf b = { 0 };
	struct str out;

	crypt_seal_box(&b, to->public_half, plain);
	out = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return out;
}

static struct unmask_file sample(const struct people *p, struct str secret)
{
	static struct str field[] = { STR_INIT("traveller.surname") };
	struct unmask_file f = { .request = STR("9f3c01d2a4b5c6d7"),
				 .case_id = STR("26-114"),
				 .authority = STR("UT-POL"),
				 .asked_by = STR("ann"),
				 .asked_at = { 1795000000, MOMENT_SECOND },
				 .fields = { field, 1 },
				 .nr = 2 };

	memcpy(f.key, p->once.public_half, CRYPT_KEY_LEN);
	f.box = arena_alloc(&arena, 2 * sizeof(*f.box));
	f.box[0] = (struct unmask_box){ day, RECORD, STR("court"),
					box(&p->court, secret) };
	f.box[1] = (struct unmask_box){ day, RECORD, STR("dpo+deputy"),
					box(&p->dpo, box(&p->deputy, secret)) };
	return f;
}

static struct str text_of(const struct unmask_file *f)
{
	struct buf b = { 0 };
	struct str out;

	unmask_file_write(&b, f);
	out = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return out;
}

/* Written and read it is the same; a line less or more is none. */
START_TEST(files)
{
	struct people p;
	struct unmask_file f, g;
	struct str text;
	size_t lines = 0;

	make_people(&p);
	f = sample(&p, secret_of("2026-02-14", RECORD, 'k'));
	text = text_of(&f);
	ck_assert_msg(!unmask_file_read(&g, text, &arena, &e), "%s", e.text);
	ck_assert(str_eq(text_of(&g), text));
	ck_assert_uint_eq(g.nr, 2);
	ck_str_is(g.box[1].holders, "dpo+deputy");
	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	for (size_t n = 0; n < lines; n++) {
		struct str rest = text, out = STR("");
		size_t at = 0;

		while (rest.len) {
			struct str line = str_split(&rest, '\n');

			if (at++ != n)
				out = arena_fmt(&arena, STR_FMT STR_FMT "\n",
						STR_ARG(out), STR_ARG(line));
		}
		e = (struct err){ 0 };
		/* a box or the only field less is another request, but one */
		if (n >= 7)
			ck_assert_int_eq(unmask_file_read(&g, out, &arena, &e),
					 0);
		else
			ck_assert_msg(unmask_file_read(&g, out, &arena, &e) ==
					      ERR_SYNTAX,
				      "without line %zu", n);
	}
	e = (struct err){ 0 };
	ck_assert_int_eq(unmask_file_read(&g,
					  arena_fmt(&arena, STR_FMT "x\n",
						    STR_ARG(text)),
					  &arena, &e),
			 ERR_SYNTAX);
	ck_assert_int_eq(unmask_file_read(&g, STR(""), &arena, &e), ERR_SYNTAX);
}
END_TEST

static int step(struct unmask_release *out, const struct unmask_file *f,
		const struct unmask_release *from, const struct key_pair *his)
{
	uint8_t hash[CRYPT_HASH_LEN];
	uint32_t opened;

	e = (struct err){ 0 };
	unmask_file_hash(hash, text_of(f));
	return unmask_release_step(out, &opened, f, hash, from, his, &arena,
				   &e);
}

/* Read back from its text, so that nothing but the file goes on. */
static struct unmask_release carried(const struct unmask_release *r)
{
	struct unmask_release back;
	struct buf b = { 0 };

	unmask_release_write(&b, r);
	ck_assert_msg(!unmask_release_read(&back,
					   arena_str(&arena, buf_view(&b)),
					   &arena, &e),
		      "%s", e.text);
	buf_release(&b);
	return back;
}

START_TEST(releases)
{
	struct people p, others;
	struct unmask_release r, first, second;
	struct unmask_file f, g;
	uint8_t key[CRYPT_KEY_LEN] = { 0 };
	struct date next = { 2026, 2, 15 };

	make_people(&p);
	make_people(&others);
	f = sample(&p, secret_of("2026-02-14", RECORD, 'k'));
	/* alone */
	ck_assert_msg(!step(&r, &f, NULL, &p.court), "%s", e.text);
	r = carried(&r);
	ck_str_is(r.by, "court");
	ck_assert_uint_eq(r.nr, 1);
	ck_assert(unmask_open(key, &r, day, RECORD, &p.once));
	ck_assert(key[0] == 'k' && key[CRYPT_KEY_LEN - 1] == 'k');
	/* for nobody else, and as no other record */
	ck_assert(!unmask_open(key, &r, day, RECORD, &others.once));
	ck_assert(!unmask_open(key, &r, day, RECORD + 1, &p.once));
	ck_assert(!unmask_open(key, &r, next, RECORD, &p.once));
	/* in turn: the first has nothing that the asker opens */
	ck_assert_int_eq(step(&r, &f, NULL, &p.deputy), ERR_LEGAL);
	ck_assert_int_eq(step(&r, &f, NULL, &others.dpo), ERR_LEGAL);
	ck_assert_int_eq(step(&first, &f, NULL, &p.dpo), 0);
	first = carried(&first);
	ck_str_is(first.box[0].holders, "deputy");
	ck_assert(!unmask_open(key, &first, day, RECORD, &p.once));
	ck_assert_int_eq(step(&r, &f, &first, &p.court), ERR_LEGAL);
	ck_assert_int_eq(step(&r, &f, &first, &p.dpo), ERR_LEGAL);
	ck_assert_int_eq(step(&second, &f, &first, &p.deputy), 0);
	second = carried(&second);
	ck_str_is(second.by, "dpo deputy");
	ck_assert(unmask_open(key, &second, day, RECORD, &p.once));
	/* what was opened for one request is of no use for another */
	g = f;
	g.case_id = STR("26-115");
	ck_assert_int_eq(step(&r, &g, &first, &p.deputy), ERR_LEGAL);
	g = f;
	g.request = STR("0000000000000001");
	ck_assert_int_eq(step(&r, &g, &first, &p.deputy), ERR_LEGAL);
}
END_TEST

/* A box under another record's name, or with something else in it. */
START_TEST(exchanged)
{
	static const struct {
		const char *of_day;
		int64_t id;
	} row[] = {
		{ "2026-02-14", RECORD + 1 },
		{ "2026-02-15", RECORD },
	};
	struct people p;
	struct unmask_release r;
	struct unmask_file f;

	make_people(&p);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		f = sample(&p, secret_of(row[i].of_day, row[i].id, 'k'));
		ck_assert_int_eq(step(&r, &f, NULL, &p.court), ERR_INTEGRITY);
	}
	f = sample(&p, STR("a day's key or anything"));
	ck_assert_int_eq(step(&r, &f, NULL, &p.court), ERR_INTEGRITY);
	/* a nested box said to be one for him alone */
	f = sample(&p, secret_of("2026-02-14", RECORD, 'k'));
	f.box[1].holders = STR("dpo");
	ck_assert_int_eq(step(&r, &f, NULL, &p.dpo), ERR_INTEGRITY);
}
END_TEST

/* A record that no judge signed, put into what goes from hand to hand. */
START_TEST(smuggled)
{
	static const struct {
		struct date day;
		const char *of_day;
		int64_t id;
	} row[] = {
		{ { 2026, 2, 14 }, "2026-02-14", RECORD + 1 },
		{ { 2026, 2, 15 }, "2026-02-15", RECORD },
	};
	struct people p;
	struct unmask_release r, first;
	struct unmask_file f;

	make_people(&p);
	f = sample(&p, secret_of("2026-02-14", RECORD, 'k'));
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		ck_assert_int_eq(step(&first, &f, NULL, &p.dpo), 0);
		first.box[0] = (struct unmask_box){
			row[i].day, row[i].id, STR("deputy"),
			box(&p.deputy, secret_of(row[i].of_day, row[i].id, 'x'))
		};
		first = carried(&first);
		ck_assert_int_eq(step(&r, &f, &first, &p.deputy), ERR_LEGAL);
	}
}
END_TEST

START_TEST(approvals)
{
	struct approver row = { .name = STR("jud"),
				.from = { 2026, 1, 1 },
				.until = { 2026, 12, 31 } };
	struct approval a = { .approver = STR("jud"),
			      .signed_at = { 1795000000, MOMENT_SECOND } };
	struct approver_key *key;
	struct approvers *judges;
	struct people p;
	struct unmask_file f;
	struct str text;
	char *other;

	make_people(&p);
	snprintf(room, sizeof(room), "/tmp/t_unmask.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(room));
	ck_assert_int_eq(approver_create(&row, path("j.yaml"), path("j.key"),
					 STR(""), &e),
			 0);
	ck_assert_int_eq(approvers_load(&judges, path("j.yaml"), &e), 0);
	ck_assert_int_eq(approver_key_load(&key, path("j.key"), STR(""), &e),
			 0);
	f = sample(&p, secret_of("2026-02-14", RECORD, 'k'));
	text = text_of(&f);
	unmask_sign(&a, key, text);
	ck_assert_msg(!unmask_check(&a, judges, &f, text, &e), "%s", e.text);
	/* each byte of the file counts */
	other = arena_alloc(&arena, text.len);
	for (size_t i = 0; i < text.len; i += 7) {
		memcpy(other, text.ptr, text.len);
		other[i] ^= 1;
		e = (struct err){ 0 };
		ck_assert_int_eq(unmask_check(&a, judges, &f,
					      (struct str){ other, text.len },
					      &e),
				 ERR_LEGAL);
	}
	/* a signature under a profile is none here, and the other way round */
	approval_sign(&a, key, text);
	e = (struct err){ 0 };
	ck_assert_int_eq(unmask_check(&a, judges, &f, text, &e), ERR_LEGAL);
	unmask_sign(&a, key, text);
	e = (struct err){ 0 };
	ck_assert_int_eq(approval_check(&a, judges, STR("ann"), text, &e),
			 ERR_LEGAL);
	/* not by who asked, not by nobody, not out of time */
	f.asked_by = STR("JUD");
	e = (struct err){ 0 };
	ck_assert_int_eq(unmask_check(&a, judges, &f, text, &e), ERR_LEGAL);
	f.asked_by = STR("ann");
	a.approver = STR("jad");
	e = (struct err){ 0 };
	ck_assert_int_eq(unmask_check(&a, judges, &f, text, &e), ERR_LEGAL);
	a.approver = STR("jud");
	a.signed_at.s += 366 * (int64_t)SECONDS_PER_DAY;
	unmask_sign(&a, key, text);
	e = (struct err){ 0 };
	ck_assert_int_eq(unmask_check(&a, judges, &f, text, &e), ERR_LEGAL);
	approver_key_free(key);
	approvers_free(judges);
	unlink(path("j.yaml"));
	unlink(path("j.key"));
	rmdir(room);
}
END_TEST

START_TEST(one_time_key)
{
	struct key_pair *made, *read;

	e = (struct err){ 0 };
	ck_assert_int_eq(crypt_init(&e), 0);
	snprintf(room, sizeof(room), "/tmp/t_unmask.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(room));
	ck_assert_int_eq(unmask_key_create(&made, path("o.key"), &e), 0);
	ck_assert_int_eq(unmask_key_load(&read, path("o.key"), &e), 0);
	ck_assert_mem_eq(made->public_half, read->public_half, CRYPT_KEY_LEN);
	key_pair_free(read);
	key_pair_free(made);
	ck_assert_int_eq(unmask_key_create(&made, path("o.key"), &e),
			 ERR_USAGE);
	ck_assert_int_eq(chmod(path("o.key"), 0644), 0);
	e = (struct err){ 0 };
	ck_assert_int_eq(unmask_key_load(&read, path("o.key"), &e), ERR_USAGE);
	unlink(path("o.key"));
	rmdir(room);
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("unmask", files, releases, exchanged, smuggled, approvals,
	  one_time_key)
