/*
 * Every row of record.def by its path: what profiles may use compiles with an
 * expression of its type, reads that member and nothing else, and is unknown
 * when the message does not say; what they may not use is refused with the
 * article.
 */
#include "tests/unit/rules_fixture.h"

#include <stdio.h>
#include <string.h>

enum { RECORDS = 40, BYTES = 4096 };

/* One zeroed record of each kind; lists lead to the one of their elements. */
static struct {
	const char *name;
	_Alignas(16) char bytes[BYTES];
} world[RECORDS];

static void *find_record(const char *name)
{
	size_t i = 0;

	while (world[i].name && strcmp(world[i].name, name) != 0)
		i++;
	ck_assert_uint_lt(i + 1, RECORDS);
	world[i].name = name;
	return world[i].bytes;
}

static bool is_root(const char *record)
{
	static const char *const root[] = { "message",	 "flight", "booking",
					    "traveller", "trip",   "past" };

	for (size_t i = 0; i < ARRAY_SIZE(root); i++)
		if (!strcmp(root[i], record))
			return true;
	return false;
}

/* The field whose elements, or whose value, a record is. */
static const struct field *parent_of(const char *record)
{
	for (size_t i = 0; i < field_table_nr; i++)
		if (field_table[i].child &&
		    !strcmp(field_table[i].child, record))
			return &field_table[i];
	ck_abort_msg("nothing leads to record '%s'", record);
	return NULL;
}

/* Where a record lies: a member of its parent, or a record of its own. */
static char *place_of(const char *record)
{
	const struct field *p = is_root(record) ? NULL : parent_of(record);

	if (p && p->type == FIELD_ONE)
		return place_of(p->record) + p->offset;
	return find_record(record);
}

/* `condition` with `path` in the place of its @. */
static struct str fill(struct arena *a, struct str condition, struct str path)
{
	ptrdiff_t hole = str_find_byte(condition, '@');

	ck_assert_int_ge(hole, 0);
	return arena_fmt(
		a, STR_FMT STR_FMT STR_FMT,
		STR_ARG(str_slice(condition, 0, (size_t)hole)), STR_ARG(path),
		STR_ARG(str_slice(condition, (size_t)hole + 1, condition.len)));
}

/* `condition` on the members of a record, as seen from the roots. */
static const char *wrap(struct arena *a, const char *record, struct str path,
			struct str condition)
{
	const struct field *p;

	if (is_root(record))
		return fill(a, condition,
			    arena_fmt(a, "%s." STR_FMT, record, STR_ARG(path)))
			.ptr;
	p = parent_of(record);
	if (p->type == FIELD_ONE)
		return wrap(a, p->record,
			    arena_fmt(a, "%s." STR_FMT, p->name, STR_ARG(path)),
			    condition);
	condition = arena_fmt(a, "any(@, " STR_FMT ")",
			      STR_ARG(fill(a, condition, path)));
	return wrap(a, p->record, str_of(p->name), condition);
}

static const char *on_field(struct fixture *f, const struct field *x,
			    const char *condition)
{
	return wrap(&f->arena, x->record, str_of(x->name), str_of(condition));
}

/* By type: a condition with a literal, and how to make it true. */
static const struct form {
	const char *condition;
	union {
		struct str text;
		struct number number;
		struct money money;
		enum flag flag;
		struct date date;
		struct moment moment;
	} value;
	size_t size;
} forms[] = {
	[FIELD_TEXT] = { "@ contains \"AB\"",
			 { .text = STR_INIT("XABY") },
			 sizeof(struct str) },
	[FIELD_REMARK] = { "@ starts_with \"AB\"",
			   { .text = STR_INIT("ABY") },
			   sizeof(struct str) },
	[FIELD_TITLE] = { "@ == \"AB\"",
			  { .text = STR_INIT("AB") },
			  sizeof(struct str) },
	[FIELD_CODE] = { "@ matches /^A[BC]$/",
			 { .text = STR_INIT("AB") },
			 sizeof(struct str) },
	[FIELD_COUNTRY] = { "@ in [DEU, AUT]",
			    { .text = STR_INIT("AUT") },
			    sizeof(struct str) },
	[FIELD_AIRPORT] = { "@ == VIE",
			    { .text = STR_INIT("VIE") },
			    sizeof(struct str) },
	[FIELD_INT] = { "@ >= 3",
			{ .number = { 3, true } },
			sizeof(struct number) },
	[FIELD_DECIMAL] = { "@ > 23.5",
			    { .number = { 23501, true } },
			    sizeof(struct number) },
	[FIELD_MONEY] = { "@ == 500 EUR",
			  { .money = { 500000, STR_INIT("EUR"), true } },
			  sizeof(struct money) },
	[FIELD_BOOL] = { "@", { .flag = FLAG_YES }, sizeof(enum flag) },
	[FIELD_DATE] = { "@ < 2026-03-01",
			 { .date = { 2026, 2, 0 } },
			 sizeof(struct date) },
	[FIELD_UTC] = { "@ between 1970-01-01T00:01 and 1970-01-02",
			{ .moment = { 60, MOMENT_MINUTE } },
			sizeof(struct moment) },
	[FIELD_LOCAL] = { "@ == 2020-01-01T11:00",
			  { .moment = { 1577880000, MOMENT_MINUTE } },
			  sizeof(struct moment) },
	[FIELD_DURATION] = { "@ < 48h", { .flag = 0 }, 0 },
	[FIELD_LIST] = { "count(@) == 1", { .flag = 0 }, 0 },
};

static struct subject build_world(void)
{
	memset(world, 0, sizeof(world));
	for (size_t i = 0; i < field_table_nr; i++)
		(void)place_of(field_table[i].record);
	return (struct subject){
		.message = find_record("message"),
		.flight = find_record("flight"),
		.booking = find_record("booking"),
		.traveller = find_record("traveller"),
		.screened_at = at("2026-11-22T10:00:00"),
	};
}

/* All lists lead to one element, or nobody knows. */
static void link_lists(bool known)
{
	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *f = &field_table[i];
		char *base;

		if (f->type != FIELD_LIST || f->derived)
			continue;
		base = place_of(f->record);
		*(void **)(base + f->offset) = find_record(f->child);
		*(uint32_t *)(base + f->nr_offset) = 1;
		*(bool *)(base + f->known_offset) = known;
	}
}

static enum tri eval(struct fixture *f, const struct expr *n)
{
	struct eval v;

	eval_start(&v, &f->context, &f->subject, f->regex);
	return eval_bool(&v, n);
}

static void refused(struct fixture *f, const char *text, bool reason,
		    const char *article)
{
	struct expr *n;
	int rc = fixture_compile(f, text, reason, &n);

	ck_assert_msg(rc == ERR_LEGAL, "%s: %d, %s", text, rc, f->e.text);
	ck_assert_msg(strstr(f->e.text, article), "%s: %s", text, f->e.text);
}

/* Only this member makes the condition true. */
static void reads_its_member(struct fixture *f, const struct field *x,
			     const char *text, const struct expr *n)
{
	char *base = place_of(x->record);
	const struct field *clock =
		x->type == FIELD_LOCAL
			? field_find(x->record, str_of(local_airport(x)))
			: NULL;

	link_lists(true);
	if (x->type == FIELD_LIST) {
		ck_assert_msg(eval(f, n) == TRI_TRUE, "%s", text);
		return;
	}
	ck_assert_msg(eval(f, n) == TRI_UNKNOWN, "%s: read elsewhere", text);
	memcpy(base + x->offset, &forms[x->type].value, forms[x->type].size);
	if (clock)
		*(struct str *)(base + clock->offset) = STR("VIE");
	ck_assert_msg(eval(f, n) == TRI_TRUE, "%s: does not read it", text);
	memset(base + x->offset, 0, forms[x->type].size);
	if (clock)
		*(struct str *)(base + clock->offset) = STR_NONE;
}

static void may_be_used(struct fixture *f, const struct field *x)
{
	const char *text = on_field(f, x, forms[x->type].condition);
	struct expr *n;

	if (x->use == USE_REASON)
		refused(f, text, false, "197");
	ck_assert_msg(fixture_compile(f, text, true, &n) == 0, "%s: %s", text,
		      f->e.text);
	link_lists(false);
	ck_assert_msg(eval(f, n) == TRI_UNKNOWN, "%s: is not unknown", text);
	if (!x->derived && strcmp(x->record, "stop") != 0)
		reads_its_member(f, x, text, n);
}

static void may_be_compared(struct fixture *f, const struct field *x)
{
	const char *literal = on_field(f, x, forms[x->type].condition);
	const char *other =
		strcmp(x->record, "booking") || strcmp(x->name, "locator")
			? "@ == booking.locator"
			: "@ == booking.split_from";
	const char *text = on_field(f, x, other);
	struct expr *n;

	refused(f, literal, true, "6(3)(a)");
	ck_assert_msg(fixture_compile(f, text, false, &n) == 0, "%s: %s", text,
		      f->e.text);
	link_lists(true);
	ck_assert_msg(eval(f, n) == TRI_UNKNOWN, "%s: is not unknown", text);
}

/* Lists of other travellers: no profile goes there. */
static bool is_other_people(const struct field *x)
{
	return !strcmp(x->record, "message") && x->type == FIELD_LIST &&
	       strcmp(x->child, "flight") != 0;
}

START_TEST(each_field_does_what_its_use_says)
{
	unsigned nr[USE_NEVER + 1] = { 0 };
	struct fixture f;

	fixture_init(&f);
	f.subject = build_world();
	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *x = &field_table[i];

		if (x->type == FIELD_ONE || is_other_people(x))
			continue;
		nr[x->use]++;
		if (x->use == USE_NEVER)
			refused(&f, on_field(&f, x, forms[x->type].condition),
				true, "Directive (EU) 2016/681 Art. 6(4)");
		else if (x->use == USE_COMPARE)
			may_be_compared(&f, x);
		else
			may_be_used(&f, x);
	}
	ck_assert_uint_gt(nr[USE_YES], 100);
	ck_assert_uint_gt(nr[USE_COMPARE], 20);
	ck_assert_uint_gt(nr[USE_REASON], 5);
	ck_assert_uint_gt(nr[USE_NEVER], 20);
	fixture_release(&f);
}
END_TEST

START_TEST(members_of_a_record_stand_together)
{
	const struct field *all = field_table + field_table_nr;

	for (const struct field *f = field_table; f < all; f++) {
		const struct field *first = field_first(f->record);
		const struct field *end = field_end(f->record);

		ck_assert_msg(f->derived ? f < first || f >= end
					 : f >= first && f < end,
			      "%s.%s", f->record, f->name);
		for (const struct field *m = first; m < end; m++)
			ck_assert_msg(!strcmp(m->record, f->record) &&
					      !m->derived,
				      "%s.%s", m->record, m->name);
		if (first == end) /* all of it is derived */
			ck_assert_ptr_eq(first, all);
	}
	ck_assert_ptr_eq(field_first("no such"), all);
	ck_assert_ptr_eq(field_end("no such"), all);
}
END_TEST

UNIT_MAIN("rules/fields", members_of_a_record_stand_together,
	  each_field_does_what_its_use_says)
