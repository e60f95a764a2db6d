/*
 * The truth tables of doc/profiles.md, section 1: each cell is put to the
 * evaluator. A heading such as `a and b` is the expression, with conditions,
 * or with counts that are known in part, in the place of a and b.
 */
#include "base/buf.h"
#include "tests/unit/rules_fixture.h"

#include <string.h>

enum { COLUMNS = 8, ELEMENTS = 8 };

struct table {
	struct str head[COLUMNS];
	uint32_t nr; /* of columns */
};

struct page {
	struct fixture f;
	struct history history[ELEMENTS];
	struct ticket ticket[ELEMENTS];
	struct table table;
	unsigned cells, tables;
};

static enum tri read_tri(struct str s)
{
	if (str_eq(s, STR("true")))
		return TRI_TRUE;
	if (str_eq(s, STR("false")))
		return TRI_FALSE;
	ck_assert_msg(str_eq(s, STR("unknown")), "'%.*s'", STR_ARG(s));
	return TRI_UNKNOWN;
}

static bool is_tri(struct str s)
{
	return str_eq(s, STR("true")) || str_eq(s, STR("false")) ||
	       str_eq(s, STR("unknown"));
}

/* "| a | b |" as cells; 0: no row of a table. */
static uint32_t split_row(struct str line, struct str *cell)
{
	uint32_t nr = 0;

	line = str_trim(line);
	if (!str_starts(line, STR("|")))
		return 0;
	line = str_slice(line, 1, line.len - 1);
	while (line.ptr) {
		ck_assert_uint_lt(nr, COLUMNS);
		cell[nr++] = str_trim(str_split(&line, '|'));
	}
	return nr;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* `a` and `b`, where they stand as words, replaced. */
static const char *expand(struct page *p, struct str head, const char *a,
			  const char *b)
{
	struct buf out = { 0 };
	struct str text;

	for (size_t i = 0; i < head.len; i++) {
		char c = head.ptr[i], before = i ? head.ptr[i - 1] : ' ';
		bool word = is_letter(before) ||
			    (i + 1 < head.len && is_letter(head.ptr[i + 1]));

		if (word || (c != 'a' && c != 'b'))
			buf_byte(&out, c);
		else
			buf_z(&out, c == 'a' ? a : b);
	}
	text = arena_str(&p->f.arena, buf_view(&out));
	buf_release(&out);
	return text.ptr;
}

static void check(struct page *p, const char *text, enum tri want)
{
	enum tri got = fixture_eval(&p->f, text);

	ck_assert_msg(got == want, "%s: the page says %s, it is %s", text,
		      tri_name(want), tri_name(got));
	p->cells++;
}

/* A condition that is true, false or unknown on the fixture. */
static const char *condition(struct str cell)
{
	static const char *const text[] = {
		[TRI_TRUE] = "(booking.lead_time < 48h)",
		[TRI_FALSE] = "(booking.lead_time > 48h)",
		[TRI_UNKNOWN] = "(booking.ticketed_at < now)",
	};

	return text[read_tri(cell)];
}

/* "1 to 3" or "2". */
static void read_range(struct str s, int64_t *lo, int64_t *hi)
{
	ptrdiff_t to = str_find(s, STR(" to "));

	ck_assert(str_to_i64(to < 0 ? s : str_slice(s, 0, (size_t)to), lo));
	*hi = *lo;
	if (to >= 0)
		ck_assert(str_to_i64(str_slice(s, (size_t)to + 4, s.len), hi));
}

/* A count from lo to hi: so many true bodies, the others unknown. */
static const char *count_a(struct page *p, struct str cell)
{
	int64_t lo, hi;

	read_range(cell, &lo, &hi);
	for (int64_t i = 0; i < hi; i++)
		p->history[i].status = i < lo ? STR("HX") : STR_NONE;
	p->f.booking.history = p->history;
	p->f.booking.nr_history = (uint32_t)hi;
	return "count(booking.history, status == HX)";
}

static const char *count_b(struct page *p, struct str cell)
{
	int64_t lo, hi;

	read_range(cell, &lo, &hi);
	for (int64_t i = 0; i < hi; i++)
		p->ticket[i].award = i < lo ? FLAG_YES : FLAG_UNSET;
	p->f.booking.tickets = p->ticket;
	p->f.booking.nr_tickets = (uint32_t)hi;
	p->f.booking.known_tickets = true;
	return "count(booking.tickets, award)";
}

static void try_operator_row(struct page *p, const struct str *cell)
{
	bool truths = is_tri(cell[0]);
	const char *a = truths ? condition(cell[0]) : count_a(p, cell[0]);
	const char *b = truths ? condition(cell[1]) : count_b(p, cell[1]);

	for (uint32_t i = 2; i < p->table.nr; i++)
		check(p, expand(p, p->table.head[i], a, b), read_tri(cell[i]));
}

/* Elements whose bodies are the digits of `code`, base three. */
static void set_bodies(struct page *p, uint32_t nr, unsigned code)
{
	static const enum flag flag[] = { [TRI_FALSE] = FLAG_NO,
					  [TRI_UNKNOWN] = FLAG_UNSET,
					  [TRI_TRUE] = FLAG_YES };

	for (uint32_t i = 0; i < nr; i++, code /= 3) {
		p->ticket[i].award = flag[code % 3];
		p->ticket[i].total = (struct money){ (i + 1) * 1000, STR("EUR"),
						     code % 3 == TRI_TRUE };
	}
	p->f.booking.tickets = p->ticket;
	p->f.booking.nr_tickets = nr;
	p->f.booking.known_tickets = true;
}

static enum tri body(const struct page *p, uint32_t i)
{
	return p->ticket[i].award == FLAG_UNSET
		       ? TRI_UNKNOWN
		       : tri_of(p->ticket[i].award == FLAG_YES);
}

static void else_quantifier(struct page *p, const char *text)
{
	enum tri any = TRI_FALSE, all = TRI_TRUE;

	for (uint32_t i = 0; i < p->f.booking.nr_tickets; i++) {
		any = tri_or(any, body(p, i));
		all = tri_and(all, body(p, i));
	}
	check(p, text,
	      strstr(text, "all(")    ? all
	      : strstr(text, "none(") ? tri_not(any)
				      : any);
}

static void else_count(struct page *p, const char *text)
{
	int64_t lo = 0, hi = 0;
	struct arena *a = &p->f.arena;

	for (uint32_t i = 0; i < p->f.booking.nr_tickets; i++) {
		lo += body(p, i) == TRI_TRUE || !strstr(text, "award");
		hi += body(p, i) != TRI_FALSE || !strstr(text, "award");
	}
	for (int64_t n = 1; n <= 3; n++)
		check(p, arena_fmt(a, "%s >= %lld", text, (long long)n).ptr,
		      lo >= n  ? TRI_TRUE
		      : hi < n ? TRI_FALSE
			       : TRI_UNKNOWN);
}

static void else_fold(struct page *p, const char *text)
{
	uint32_t nr = p->f.booking.nr_tickets;
	bool known = true;
	int64_t sum = 0, want;

	for (uint32_t i = 0; i < nr; i++) {
		known &= p->ticket[i].total.set;
		sum += i + 1;
	}
	want = strstr(text, "sum(") ? sum : strstr(text, "max(") ? nr : 1;
	if (strstr(text, "avg(")) {
		text = arena_fmt(&p->f.arena, "%s * %u", text, nr).ptr;
		want = sum;
	}
	check(p,
	      arena_fmt(&p->f.arena, "%s == %lld EUR", text, (long long)want)
		      .ptr,
	      known ? TRI_TRUE : TRI_UNKNOWN);
}

/* Known totals differ: 1 EUR, 2 EUR, ... */
static void else_distinct(struct page *p, const char *text)
{
	uint32_t nr = p->f.booking.nr_tickets, known = 0;
	int64_t lo;

	for (uint32_t i = 0; i < nr; i++)
		known += p->ticket[i].total.set;
	lo = known || !nr ? known : 1;
	for (int64_t n = 1; n <= 4; n++)
		check(p,
		      arena_fmt(&p->f.arena, "%s >= %lld", text, (long long)n)
			      .ptr,
		      lo >= n  ? TRI_TRUE
		      : nr < n ? TRI_FALSE
			       : TRI_UNKNOWN);
}

/* The rows' names, the expression of each, and what "else" means. */
static const struct collection_row {
	const char *name, *text, *zero; /* zero: NULL for truths */
	const char *otherwise;
	void (*all_bodies)(struct page *p, const char *text);
} collection_rows[] = {
	{ "any(c, p)", "any(booking.tickets, award)", NULL,
	  "`or` of the bodies", else_quantifier },
	{ "all(c, p)", "all(booking.tickets, award)", NULL,
	  "`and` of the bodies", else_quantifier },
	{ "none(c, p)", "none(booking.tickets, award)", NULL, "`not any`",
	  else_quantifier },
	{ "count(c)", "count(booking.tickets)", "0", "number of elements",
	  else_count },
	{ "count(c, p)", "count(booking.tickets, award)", "0",
	  "from the true bodies to those that are not false", else_count },
	{ "sum(c, v)", "sum(booking.tickets, total)", "0 EUR",
	  "sum; unknown if one element is", else_fold },
	{ "min(c, v)", "min(booking.tickets, total)", "0 EUR",
	  "least; unknown if one element is", else_fold },
	{ "max(c, v)", "max(booking.tickets, total)", "0 EUR",
	  "greatest; unknown if one element is", else_fold },
	{ "avg(c, v)", "avg(booking.tickets, total)", "0 EUR",
	  "sum divided by number; unknown if one element is", else_fold },
	{ "distinct(c, v)", "distinct(booking.tickets, total)", "0",
	  "different values; one that is unknown may be one more",
	  else_distinct },
};

/* The cell of an unknown or an empty collection. */
static void try_extreme(struct page *p, const struct collection_row *row,
			struct str cell)
{
	const char *is_zero;

	if (!row->zero) {
		check(p, row->text, read_tri(cell));
		return;
	}
	is_zero = arena_fmt(&p->f.arena, "%s == %s", row->text, row->zero).ptr;
	if (str_eq(cell, STR("0; of money unknown"))) {
		check(p, is_zero, TRI_UNKNOWN);
		check(p, "sum(booking.splits, travellers) == 0", TRI_TRUE);
		return;
	}
	check(p, is_zero, str_eq(cell, STR("0")) ? TRI_TRUE : read_tri(cell));
}

static void try_collection_row(struct page *p, const struct str *cell)
{
	const struct collection_row *row = collection_rows;
	const struct collection_row *end =
		collection_rows + ARRAY_SIZE(collection_rows);

	while (row < end && !str_eq(cell[0], str_of(row->name)))
		row++;
	ck_assert_msg(row < end, "no test for row '%.*s'", STR_ARG(cell[0]));
	p->f.booking.known_tickets = false;
	p->f.booking.nr_tickets = 0;
	try_extreme(p, row, cell[1]);
	p->f.booking.known_tickets = true;
	try_extreme(p, row, cell[2]);
	ck_assert_msg(str_eq(cell[3], str_of(row->otherwise)), "'%.*s'",
		      STR_ARG(cell[3]));
	for (uint32_t nr = 1; nr <= 3; nr++)
		for (unsigned code = 0; code < 27; code++) {
			set_bodies(p, nr, code);
			row->all_bodies(p, row->text);
		}
}

static void try_row(struct page *p, const struct str *cell)
{
	arena_clear(&p->f.arena);
	if (str_eq(p->table.head[0], STR("a")))
		try_operator_row(p, cell);
	else
		try_collection_row(p, cell);
}

static void read_line(struct page *p, struct str line)
{
	struct str cell[COLUMNS];
	uint32_t nr = split_row(line, cell);

	if (!nr) {
		p->table.nr = 0;
	} else if (!p->table.nr) {
		memcpy(p->table.head, cell, sizeof(cell));
		p->table.nr = nr;
		p->tables++;
	} else if (!str_starts(cell[0], STR("---"))) {
		ck_assert_uint_eq(nr, p->table.nr);
		try_row(p, cell);
	}
}

START_TEST(the_tables_of_the_page_are_true)
{
	static struct page p;
	struct buf b = { 0 };
	struct str rest;
	ptrdiff_t from, to;

	fixture_init(&p.f);
	ck_assert_int_eq(buf_read_file(&b, "doc/profiles.md", 0, &p.f.e), 0);
	from = str_find(buf_view(&b), STR("\n## 1. Logic"));
	to = str_find(buf_view(&b), STR("\n## 2. "));
	ck_assert(from >= 0 && to > from);
	rest = str_slice(buf_view(&b), (size_t)from, (size_t)to);
	while (rest.ptr)
		read_line(&p, str_split(&rest, '\n'));
	ck_assert_uint_eq(p.tables, 4);
	ck_assert_uint_ge(p.cells, 27 + 24 + 8 * 81);
	buf_release(&b);
	fixture_release(&p.f);
}
END_TEST

UNIT_MAIN("rules/tables", the_tables_of_the_page_are_true)
